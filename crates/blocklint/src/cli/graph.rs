//! `blocklint graph FUNCTION`: who leads to a function, and what it leads to that blocks.

mod dot;
mod text;

use super::args::{GraphArgs, GraphFormat};
use super::load::{Loaded, Spoken, load};
use super::shown::{self, Asked, Shown};
use super::terminal::style;
use crate::libraries::Libraries;
use anyhow::{Result, anyhow};
use blocklint_engine::explain::{self, Link, Neighbourhood, Node, Role, Subject, Unknown};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The picture, as it is printed.
pub(super) fn run(args: &GraphArgs, cwd: &Path) -> Result<String> {
    let place = shown::place(&args.function).filter(|it| cwd.join(it.0).is_file());
    let paths = match (place, args.paths.as_slice()) {
        (Some((file, ..)), []) => vec![PathBuf::from(file)],
        (None, []) => vec![PathBuf::from(".")],
        (_, given) => given.to_vec(),
    };
    let mut loaded = load(&paths, &args.analysis, Spoken::default(), cwd)?;
    loaded.inputs.iter_mut().for_each(|it| it.reported = true);
    let shown = Shown::new(&loaded.targets.root, cwd, &loaded.inputs);
    let asked = place.map(|it| shown.asked(it)).transpose()?;
    let (found, libraries) = around(&loaded, asked.as_ref(), args)?;
    loaded.progress.end();
    let shown = Shown::new(&loaded.targets.root, cwd, loaded.inputs.iter().chain(&libraries.inputs));
    let graph = found.map_err(|it| unknown(&args.function, &it, &shown))?;
    Ok(match args.format {
        GraphFormat::Text => text::text(&graph, &shown, &style(args.color)),
        GraphFormat::Dot => dot::dot(&graph, &shown),
        GraphFormat::Json => serde_json::to_string_pretty(&document(&graph, &shown))? + "\n",
    })
}

/// What was asked for, and the libraries that it may speak of.
type Found = (Result<Neighbourhood, Unknown>, Libraries);

fn around(loaded: &Loaded, asked: Option<&Asked>, args: &GraphArgs) -> Result<Found> {
    let question = |subject: Subject<'_>| match asked {
        Some(it) => explain::neighbourhood_at(subject, &it.file, it.line, args.depth).ok_or(Unknown::Missing(None)),
        None => explain::neighbourhood(subject, &args.function, args.depth),
    };
    loaded.ask(question)
}

fn unknown(name: &str, unknown: &Unknown, shown: &Shown<'_>) -> anyhow::Error {
    match unknown {
        Unknown::Missing(Some(near)) => anyhow!("no function `{name}`; did you mean `{near}`?"),
        Unknown::Missing(None) => anyhow!("no function `{name}` in the checked sources; FILE:LINE names one too"),
        Unknown::Ambiguous(candidates) => {
            let each = |it: &(String, _)| format!("\n  {}  {}", it.0, shown.at(&it.1));
            let list: String = candidates.iter().map(each).collect();
            anyhow!("`{name}` may be any of {} functions; name one of them:{list}", candidates.len())
        }
    }
}

/// How an arrow is labelled.
fn label(link: &Link) -> String {
    let mut label = match link.handed_to {
        Some(domain) => format!("handed to {} thread", if domain.name() == "loop" { "the loop's" } else { "a worker" }),
        None => link.via.name().to_owned(),
    };
    if link.guarded {
        label.push_str(", only where no loop runs");
    }
    label
}

/// What a function is, in a word.
fn role(role: Role) -> &'static str {
    match role {
        Role::Asynchronous => "asynchronous",
        Role::Callback => "called by the loop",
        Role::Worker => "worker",
        Role::Program => "top level",
        Role::Blocks(effect) => effect.name(),
        Role::Plain => "",
    }
}

fn document(graph: &Neighbourhood, shown: &Shown<'_>) -> Value {
    let node = |(index, it): (usize, &Node)| {
        let range = it.place.as_ref().map(|it| shown.range(it)[0]);
        let blocks = match it.role {
            Role::Blocks(effect) => Some(effect.name()),
            _ => None,
        };
        json!({
            "id": index,
            "name": it.name,
            "file": it.place.as_ref().map(|it| shown.file(it)),
            "line": range.map(|it| it.0),
            "column": range.map(|it| it.1),
            "role": if blocks.is_some() { "blocks" } else { role(it.role) },
            "effect": blocks,
            "on_loop": it.on_loop,
            "distance": it.distance,
        })
    };
    let link = |it: &Link| {
        let [(line, column), _] = shown.range(&it.place);
        json!({
            "from": it.from,
            "to": it.to,
            "via": it.via.name(),
            "accessor": it.accessor.map(blocklint_engine::finding::Accessor::name),
            "confidence": it.confidence.name(),
            "handed_to": it.handed_to.map(blocklint_engine::finding::Domain::name),
            "guarded": it.guarded,
            "file": shown.file(&it.place),
            "line": line,
            "column": column,
        })
    };
    json!({
        "schema_version": 1,
        "nodes": graph.nodes.iter().enumerate().map(node).collect::<Vec<_>>(),
        "links": graph.links.iter().map(link).collect::<Vec<_>>(),
        "left_out": graph.left_out,
    })
}
