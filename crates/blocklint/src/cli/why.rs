//! `blocklint why FILE:LINE`: what the analysis knows of a line, for a person who doubts a finding or a silence.

mod document;
mod text;
mod words;

use super::args::{TextOrJson, WhyArgs};
use super::load::{Loaded, Spoken, load};
use super::shown::{self, Shown};
use super::terminal::style;
use crate::pipeline::ask;
use crate::summaries::summarize_cached;
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
    let answer = answer(&loaded, &asked);
    loaded.progress.end();
    match args.answer.output_format {
        TextOrJson::Json => Ok(serde_json::to_string_pretty(&document::document(&answer, &asked, &shown))? + "\n"),
        TextOrJson::Text => Ok(text::text(&answer, &asked, &shown, &style(args.answer.color))),
    }
}

fn answer(loaded: &Loaded, asked: &shown::Asked) -> explain::Why {
    let question = |subject: explain::Subject<'_>| explain::why(subject, &asked.file, asked.line, asked.at);
    ask(&summarize_cached(&loaded.inputs, loaded.cache.as_ref()), &loaded.manifests(), &loaded.options, question)
}
