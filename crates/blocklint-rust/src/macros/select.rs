//! `select!` of tokio and futures: every branch's future is polled, one branch's handler runs.

use crate::context::{BlockScope, Lower};
use blocklint_ir::{RegionKind, Span, ValueId, ValueKind};
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, Ident, Macro, Pat, Token};

struct Branch {
    /// `None` for `else`, `default` and `complete`.
    awaited: Option<(Pat, Expr)>,
    condition: Option<Expr>,
    handler: Expr,
}

fn parse(input: ParseStream<'_>) -> syn::Result<Vec<Branch>> {
    if input.fork().parse::<Ident>().is_ok_and(|it| it == "biased") {
        input.parse::<Ident>()?;
        input.parse::<Token![;]>()?;
    }
    let mut branches = Vec::new();
    while !input.is_empty() {
        branches.push(parse_branch(input)?);
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(branches)
}

fn parse_branch(input: ParseStream<'_>) -> syn::Result<Branch> {
    let bare = input.peek(Token![else]) || (input.peek(syn::Ident) && input.peek2(Token![=>]));
    let mut condition = None;
    let awaited = if bare {
        if input.parse::<Option<Token![else]>>()?.is_none() {
            input.parse::<Ident>()?;
        }
        None
    } else {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        input.parse::<Token![=]>()?;
        let future = input.parse()?;
        if input.parse::<Option<Token![,]>>()?.is_some() {
            input.parse::<Token![if]>()?;
            condition = Some(input.parse()?);
        }
        Some((pattern, future))
    };
    input.parse::<Token![=>]>()?;
    let handler = if input.peek(syn::token::Brace) {
        Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: input.parse()? })
    } else {
        input.parse()?
    };
    Ok(Branch { awaited, condition, handler })
}

impl Lower {
    pub(super) fn select(&mut self, mac: &Macro, span: Span) -> ValueId {
        let Ok(branches) = parse.parse2(mac.tokens.clone()) else { return self.unknown_macro(mac, span) };
        let region = self.builder().region();
        let futures: Vec<Option<ValueId>> = branches.iter().map(|it| self.future(it)).collect();
        let before = self.frame().save();
        let mut ends = Vec::new();
        let mut values = Vec::new();
        for (branch, future) in branches.iter().zip(futures) {
            self.frame().restore(before.clone());
            let value = self.branch(branch, future);
            let place = self.frame().save();
            if place.flow.live() {
                values.push(value);
            }
            ends.push(place);
            self.builder().set_region(region);
        }
        let unit = self.unit(span);
        if ends.is_empty() {
            return unit;
        }
        self.frame().join(ends);
        self.frame().refresh_region();
        self.any_of(values, unit)
    }

    fn future(&mut self, branch: &Branch) -> Option<ValueId> {
        let (_, future) = branch.awaited.as_ref()?;
        let region = self.builder().region();
        if let Some(condition) = &branch.condition {
            self.condition(condition);
        }
        let value = self.operand(future);
        self.frame().leave_region(region);
        Some(value)
    }

    fn branch(&mut self, branch: &Branch, future: Option<ValueId>) -> ValueId {
        let held = self.frame().held.len();
        self.frame().blocks.push(BlockScope::default());
        if let (Some((pattern, _)), Some(future)) = (&branch.awaited, future) {
            let at = self.builder().value(future).span;
            let subject = self.push(ValueKind::Await(future), at);
            let variant = self.variant(pattern);
            self.builder().enter(RegionKind::Match { subject, holds: true, variant });
            self.pattern(pattern, subject, false);
        }
        let value = self.operand(&branch.handler);
        self.drop_block();
        let frame = self.frame();
        frame.blocks.pop();
        frame.held.truncate(held);
        value
    }
}
