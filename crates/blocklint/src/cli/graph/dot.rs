//! The picture for Graphviz.

use super::{label, role};
use crate::cli::shown::Shown;
use blocklint_engine::explain::{Neighbourhood, Node, Role};
use blocklint_report::visible;
use std::fmt::Write as _;

/// The picture as a `digraph`, callers on the left.
pub(super) fn dot(graph: &Neighbourhood, shown: &Shown<'_>) -> String {
    let mut out = String::from("digraph blocklint {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    for (index, it) in graph.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{index} [label={}{}];", quoted(&lines(it, shown)), look(index, it));
    }
    for link in &graph.links {
        let dashed = if link.guarded || link.handed_to.is_some() { ", style=dashed" } else { "" };
        let _ = writeln!(out, "  n{} -> n{} [label={}{dashed}];", link.from, link.to, quoted(&label(link)));
    }
    out.push_str("}\n");
    out
}

fn lines(node: &Node, shown: &Shown<'_>) -> String {
    let mut text = visible(&node.name).into_owned();
    let role = role(node.role);
    if !role.is_empty() {
        text.extend(["\n", role]);
    }
    if let Some(place) = &node.place {
        text.extend(["\n", &shown.at(place)]);
    }
    text
}

fn look(index: usize, node: &Node) -> &'static str {
    match node.role {
        _ if index == 0 => ", penwidth=3",
        Role::Blocks(_) => ", style=filled, fillcolor=\"#ffd6d6\"",
        Role::Asynchronous | Role::Callback => ", style=filled, fillcolor=\"#d6e8ff\"",
        Role::Worker => ", style=filled, fillcolor=\"#dff5df\"",
        Role::Program | Role::Plain => "",
    }
}

/// A text in quotes; a line break is written as the language writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
