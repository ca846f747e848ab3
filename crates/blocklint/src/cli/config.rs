//! `blocklint config`: what is in force, and where each value came from. The text is a configuration itself.

use super::args::{ConfigShowArgs, TextOrJson};
use super::settings::in_force;
use super::settings::{options, own};
use crate::config::keys::Key;
use crate::config::settings::Settings;
use crate::config::value::{Given, Origin, Value};
use anyhow::{Result, anyhow};
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;

/// What is in force for a project.
pub(super) fn show(args: &ConfigShowArgs, cwd: &Path) -> Result<String> {
    let (_, settings) = in_force(&args.paths, &args.config, cwd)?;
    // What names a rule or a fact that does not exist is not in force.
    let own = own(&settings, cwd)?;
    let rules = own.rules().map_err(|it| anyhow!(it))?;
    options(&settings, own.catalog(&settings, &rules).map_err(|it| anyhow!(it))?, &rules)?;
    settings.per_file(&rules).map_err(|it| anyhow!(it))?;
    match args.output_format {
        TextOrJson::Text => Ok(text(&settings)),
        TextOrJson::Json => Ok(serde_json::to_string_pretty(&as_json(&settings))? + "\n"),
    }
}

fn text(settings: &Settings) -> String {
    let mut out = String::new();
    match settings.configurations.as_slice() {
        [] => out.push_str("# no configuration file\n"),
        files => files.iter().for_each(|it| {
            let _ = writeln!(out, "# {}", it.shown);
        }),
    }
    let rows: Vec<(String, String)> = settings.in_force().iter().flat_map(|(key, given)| rows(key, given)).collect();
    let width = rows.iter().map(|it| it.0.chars().count()).filter(|it| *it <= 60).max().unwrap_or(0);
    for (said, origin) in rows {
        let _ = match origin.as_str() {
            "" => writeln!(out, "{said}"),
            _ => writeln!(out, "{said:width$}  # {origin}"),
        };
    }
    out
}

/// Lines and what stands behind them.
fn rows(key: &Key, given: &[&Given]) -> Vec<(String, String)> {
    match given {
        [] => match key.default {
            Some(default) => vec![(format!("{} = {default}", key.name), Origin::Default.to_string())],
            None => vec![(format!("# {} is not set", key.name), String::new())],
        },
        [only] => vec![(format!("{} = {}", key.name, only.value.toml()), only.origin.to_string())],
        several => {
            let (open, close) = if matches!(several[0].value, Value::PerFile(_)) { ("{", "}") } else { ("[", "]") };
            let inside = |it: &&Given| {
                let toml = it.value.toml();
                let inner = toml.get(1..toml.len() - 1).unwrap_or_default().trim().to_owned();
                (format!("  {inner},"), it.origin.to_string())
            };
            let empty = |it: &&&Given| !matches!(it.value.toml().as_str(), "[]" | "{}");
            let mut rows = vec![(format!("{} = {open}", key.name), String::new())];
            rows.extend(several.iter().filter(empty).map(inside));
            rows.push((close.to_owned(), String::new()));
            rows
        }
    }
}

fn as_json(settings: &Settings) -> serde_json::Value {
    let mut rows = Vec::new();
    for (key, given) in settings.in_force() {
        if given.is_empty() {
            let default = key.default.and_then(|it| toml::from_str::<toml::Table>(&format!("value = {it}")).ok());
            let value = default.and_then(|mut it| it.remove("value"));
            rows.push(json!({"key": key.name, "value": value, "from": "default"}));
        }
        for it in given {
            let mut row = json!({"key": key.name, "value": it.value.json()});
            match &it.origin {
                Origin::File { file, line, .. } => {
                    row["from"] = "file".into();
                    row["file"] = file.as_str().into();
                    row["line"] = (*line).into();
                }
                Origin::Variable { name, .. } => {
                    row["from"] = "environment".into();
                    row["variable"] = (*name).into();
                }
                Origin::Default | Origin::Inline { .. } | Origin::Option { .. } => {
                    row["from"] = "option".into();
                    row["option"] = it.origin.to_string().into();
                }
            }
            rows.push(row);
        }
    }
    let files: Vec<&str> =
        settings.configurations.iter().filter(|it| it.path.is_some()).map(|it| it.shown.as_str()).collect();
    json!({"files": files, "settings": rows})
}
