//! `blocklint why FILE:LINE`: what the analysis knows of a line, for a person who doubts a finding or a silence.

mod document;
mod text;
mod words;

use super::args::{TextOrJson, WhyArgs};
use super::load::{Loaded, Spoken, load};
use super::shown::{self, Shown};
use super::terminal::style;
use crate::libraries::Libraries;
use anyhow::{Context as _, Result};
use blocklint_engine::explain;
use std::path::{Path, PathBuf};

/// The answer, as it is printed.
pub(super) fn run(args: &WhyArgs, cwd: &Path) -> Result<String> {
    let written = shown::place(&args.place)
        .with_context(|| format!("`{}` is no place: it reads FILE:LINE, as in app/db.py:41", args.place))?;
    let mut loaded = load(&[PathBuf::from(written.0)], &args.analysis, Spoken::default(), cwd)?;
    // The file says which program is meant; what is asked about may lead anywhere in it.
    loaded.inputs.iter_mut().for_each(|it| it.reported = true);
    let shown = Shown::new(&loaded.targets.root, cwd, &loaded.inputs);
    let asked = shown.asked(written)?;
    let (answer, libraries) = answer(&loaded, &asked)?;
    loaded.progress.end();
    let shown = Shown::new(&loaded.targets.root, cwd, loaded.inputs.iter().chain(&libraries.inputs));
    match args.answer.output_format {
        TextOrJson::Json => Ok(serde_json::to_string_pretty(&document::document(&answer, &asked, &shown))? + "\n"),
        TextOrJson::Text => Ok(text::text(&answer, &asked, &shown, &style(args.answer.color))),
    }
}

fn answer(loaded: &Loaded, asked: &shown::Asked) -> Result<(explain::Why, Libraries)> {
    loaded.ask(|subject| explain::why(subject, &asked.file, asked.line, asked.at))
}
