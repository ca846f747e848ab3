//! The rules' pages in the terminal, without a network.

use super::args::{ExplainArgs, RulesArgs, TextOrJson};
use super::settings::rules;
use anyhow::{Result, anyhow};
use blocklint_catalog::{Rule, Rules};
use serde_json::{Value, json};
use std::path::Path;

/// One page, or all of them.
pub(super) fn explain(args: &ExplainArgs, cwd: &Path) -> Result<String> {
    let rules = rules(&args.own, cwd)?;
    let chosen: Vec<&Rule> = match &args.rule {
        Some(name) => vec![rules.rule(name).ok_or_else(|| unknown(&rules, name))?],
        None => rules.iter().collect(),
    };
    if args.output_format == TextOrJson::Json {
        return json_text(&chosen, true);
    }
    Ok(chosen.into_iter().map(page).collect::<Vec<_>>().join("\n\n"))
}

/// Every rule with its summary.
pub(super) fn table(args: &RulesArgs, cwd: &Path) -> Result<String> {
    let rules = rules(&args.own, cwd)?;
    if args.output_format == TextOrJson::Json {
        return json_text(&rules.iter().collect::<Vec<_>>(), false);
    }
    let code_width = rules.iter().map(|it| it.code.len()).max().unwrap_or(0);
    let width = rules.iter().map(|it| it.name.len()).max().unwrap_or(0);
    let row = |it: &Rule| {
        let languages: Vec<&str> = it.languages.iter().map(|it| it.name()).collect();
        format!(
            "{:code_width$}  {:width$}  {:7}  {:12}  {}\n",
            it.code,
            it.name,
            it.severity.name(),
            languages.join(", "),
            it.summary
        )
    };
    Ok(rules.iter().map(row).collect())
}

fn unknown(rules: &Rules, name: &str) -> anyhow::Error {
    match rules.nearest(name) {
        Some(near) => anyhow!("unknown rule `{name}`; did you mean `{near}`?"),
        None => anyhow!("unknown rule `{name}`; `blocklint rules` lists them"),
    }
}

fn page(rule: &Rule) -> String {
    let languages: Vec<&str> = rule.languages.iter().map(|it| it.name()).collect();
    let head = format!("{} {}", rule.code, rule.name);
    let line = "=".repeat(head.len());
    let facts = format!("{} · {} · since {}", rule.severity, languages.join(", "), rule.since);
    format!("{head}\n{line}\n{facts}\n\n{}\n\n{}\n", rule.summary, rule.page.trim())
}

fn json_text(rules: &[&Rule], pages: bool) -> Result<String> {
    let value: Vec<Value> = rules
        .iter()
        .map(|it| {
            let languages: Vec<&str> = it.languages.iter().map(|it| it.name()).collect();
            let mut value = json!({
                "code": it.code,
                "name": it.name,
                "summary": it.summary,
                "severity": it.severity.name(),
                "languages": languages,
                "since": it.since,
            });
            if pages {
                value["page"] = json!(it.page);
            }
            value
        })
        .collect();
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}
