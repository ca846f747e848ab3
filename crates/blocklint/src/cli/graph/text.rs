//! The picture as two trees: upwards to the callers, downwards to what blocks.

use super::{label, role};
use crate::cli::shown::Shown;
use blocklint_engine::detect::does;
use blocklint_engine::explain::{Link, Neighbourhood, Node, Role};
use blocklint_report::{Style, visible, wrapped};
use std::collections::BTreeSet;

/// The picture.
pub(super) fn text(graph: &Neighbourhood, shown: &Shown<'_>, style: &Style) -> String {
    let mut out = Out { text: String::new(), graph, shown, style };
    let centre = &graph.nodes[0];
    let place = centre.place.as_ref().map_or_else(String::new, |it| format!("  {}", shown.at(it)));
    let head = format!("{}{place}{}", out.paint(&visible(&centre.name), "1"), thread(centre));
    out.line(0, &head);
    out.section("Reached from", "Nothing in the checked sources calls it.", Way::Up);
    out.section("Leads to what blocks", "Nothing that blocks is known below it at this depth.", Way::Down);
    if graph.left_out > 0 {
        out.line(0, &format!("\n{} more functions are left out: there are too many.", graph.left_out));
    }
    out.text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

struct Out<'o> {
    text: String,
    graph: &'o Neighbourhood,
    shown: &'o Shown<'o>,
    style: &'o Style,
}

impl Out<'_> {
    fn paint(&self, text: &str, code: &str) -> String {
        if self.style.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.text.push_str(&wrapped(text, self.style.width, (indent, indent + 4)));
        self.text.push('\n');
    }

    fn section(&mut self, title: &str, none: &str, way: Way) {
        self.text.push('\n');
        if self.links(0, way).is_empty() {
            return self.line(0, none);
        }
        self.line(0, &format!("{title}:"));
        self.tree(0, 2, way, &mut BTreeSet::from([0]));
    }

    fn links(&self, of: usize, way: Way) -> Vec<Link> {
        let end = |it: &Link| if way == Way::Up { (it.to, it.from) } else { (it.from, it.to) };
        let distance = |it: usize| self.graph.nodes[it].distance;
        let further = |it: &Link| match way {
            Way::Up => distance(it.from) < distance(it.to) && distance(it.to) <= 0,
            Way::Down => distance(it.to) > distance(it.from) && distance(it.from) >= 0,
        };
        self.graph.links.iter().filter(|it| end(it).0 == of && further(it)).cloned().collect()
    }

    /// What hangs below a function; a function is spelled out where it appears first.
    fn tree(&mut self, of: usize, indent: usize, way: Way, seen: &mut BTreeSet<usize>) {
        for link in self.links(of, way) {
            let other = if way == Way::Up { link.from } else { link.to };
            let again = !seen.insert(other);
            let graph = self.graph;
            let node = &graph.nodes[other];
            let name = self.paint(&visible(&node.name), if matches!(node.role, Role::Blocks(_)) { "31" } else { "1" });
            let what = match node.role {
                Role::Blocks(effect) => format!(" {}", does(effect)),
                _ => thread(node),
            };
            let arrow = if way == Way::Up { "<-" } else { "->" };
            let more = again && !self.links(other, way).is_empty();
            let again = if more { ", as above" } else { "" };
            let at = self.shown.at(&link.place);
            self.line(indent, &format!("{arrow} {name}{what}  ({}, {at}{again})", label(&link)));
            if !more {
                self.tree(other, indent + 2, way, seen);
            }
        }
    }
}

/// Where a function runs, in brackets.
fn thread(node: &Node) -> String {
    match (node.role, role(node.role)) {
        (Role::Plain, _) if node.on_loop => " [on the loop]".to_owned(),
        (Role::Plain, _) => String::new(),
        (Role::Worker | Role::Program, role) if node.on_loop => format!(" [{role}, on the loop]"),
        (_, role) => format!(" [{role}]"),
    }
}
