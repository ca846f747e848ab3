//! `select!`: of futures, every branch's future is polled; of channels' operations (`recv(r) -> message`), the thread waits for the
//! first that can be done, or for none where there is a `default`. One branch's handler runs.

use crate::context::{BlockScope, Lower};
use blocklint_ir::{Argument, Literal, RegionKind, Span, Spread, ValueId, ValueKind};
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Macro, Pat, Token};

struct Branch {
    event: Event,
    condition: Option<Expr>,
    handler: Expr,
}

/// What makes a branch be taken.
enum Event {
    /// `pattern = future`
    Future(Box<Pat>, Expr),
    /// `recv(channel) -> pattern`, `send(channel, value) -> pattern`
    Operation(Vec<Expr>, Box<Pat>),
    /// `default`, or `default(timeout)`: no other was.
    Default(Option<Expr>),
    /// `else`, `complete`
    Otherwise,
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
    let (event, condition) = match parse_plain(input)? {
        Some(event) => (event, None),
        None => parse_future(input)?,
    };
    input.parse::<Token![=>]>()?;
    let handler = if input.peek(syn::token::Brace) {
        Expr::Block(syn::ExprBlock { attrs: Vec::new(), label: None, block: input.parse()? })
    } else {
        input.parse()?
    };
    Ok(Branch { event, condition, handler })
}

/// `pattern = future`, and the condition under which it is looked at.
fn parse_future(input: ParseStream<'_>) -> syn::Result<(Event, Option<Expr>)> {
    let pattern = Pat::parse_multi_with_leading_vert(input)?;
    input.parse::<Token![=]>()?;
    let future = input.parse()?;
    let mut condition = None;
    if input.parse::<Option<Token![,]>>()?.is_some() {
        input.parse::<Token![if]>()?;
        condition = Some(input.parse()?);
    }
    Ok((Event::Future(Box::new(pattern), future), condition))
}

/// What a branch begins with that waits for no future.
fn parse_plain(input: ParseStream<'_>) -> syn::Result<Option<Event>> {
    if input.parse::<Option<Token![else]>>()?.is_some() {
        return Ok(Some(Event::Otherwise));
    }
    let ahead = input.fork();
    let Ok(word) = ahead.parse::<Ident>() else { return Ok(None) };
    let mut arguments = Vec::new();
    if ahead.peek(syn::token::Paren) {
        let inside;
        syn::parenthesized!(inside in ahead);
        let Ok(given) = inside.call(Punctuated::<Expr, Token![,]>::parse_terminated) else { return Ok(None) };
        arguments.extend(given);
    }
    let event = if ahead.peek(Token![=>]) {
        if word == "default" { Event::Default(arguments.pop()) } else { Event::Otherwise }
    } else if ahead.parse::<Option<Token![->]>>()?.is_some() {
        Event::Operation(arguments, Box::new(Pat::parse_multi_with_leading_vert(&ahead)?))
    } else {
        return Ok(None);
    };
    input.advance_to(&ahead);
    Ok(Some(event))
}

impl Lower {
    pub(super) fn select(&mut self, mac: &Macro, span: Span) -> ValueId {
        let Ok(branches) = parse.parse2(mac.tokens.clone()) else { return self.unknown_macro(mac, span) };
        let region = self.builder().region();
        let waits = branches.iter().any(|it| matches!(it.event, Event::Operation(..)));
        let waited = waits.then(|| self.wait_for_any(mac, &branches, span));
        let events: Vec<Option<ValueId>> = branches.iter().map(|it| self.future(it).or(waited)).collect();
        let before = self.frame().save();
        let mut ends = Vec::new();
        let mut values = Vec::new();
        for (branch, event) in branches.iter().zip(events) {
            self.frame().restore(before.clone());
            let value = self.branch(branch, event);
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

    /// The macro as a call: with the operations' channels and values, and with `default = true`, or the time until it is taken.
    fn wait_for_any(&mut self, mac: &Macro, branches: &[Branch], span: Span) -> ValueId {
        let mut arguments = Vec::new();
        for branch in branches {
            match &branch.event {
                Event::Operation(operands, _) => arguments.extend(operands.iter().map(|it| Argument {
                    name: None,
                    value: self.operand(it),
                    spread: Spread::No,
                })),
                Event::Default(timeout) => {
                    let value = match timeout {
                        Some(timeout) => self.operand(timeout),
                        None => self.push(ValueKind::Literal(Literal::Bool(true)), span),
                    };
                    arguments.push(Argument { name: Some(self.name("default")), value, spread: Spread::No });
                }
                Event::Future(..) | Event::Otherwise => {}
            }
        }
        let callee = self.path_value(&mac.path);
        let name_span = self.path_span(&mac.path);
        self.push_call(callee, arguments, name_span, span)
    }

    fn future(&mut self, branch: &Branch) -> Option<ValueId> {
        let Event::Future(_, future) = &branch.event else { return None };
        let region = self.builder().region();
        if let Some(condition) = &branch.condition {
            self.condition(condition);
        }
        let value = self.operand(future);
        self.frame().leave_region(region);
        Some(value)
    }

    fn branch(&mut self, branch: &Branch, event: Option<ValueId>) -> ValueId {
        let held = self.frame().held.len();
        self.frame().blocks.push(BlockScope::default());
        match (&branch.event, event) {
            (Event::Future(pattern, _), Some(future)) => {
                let at = self.builder().value(future).span;
                let subject = self.push(ValueKind::Await(future), at);
                let variant = self.variant(pattern);
                self.builder().enter(RegionKind::Match { subject, holds: true, variant });
                self.pattern(pattern, subject, false);
            }
            (Event::Operation(_, pattern), Some(waited)) => self.pattern(pattern, waited, false),
            _ => {}
        }
        let value = self.operand(&branch.handler);
        self.drop_block();
        let frame = self.frame();
        frame.blocks.pop();
        frame.held.truncate(held);
        value
    }
}
