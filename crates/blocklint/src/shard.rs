//! What files contain, in a file that another run can go on from: `blocklint summarize` writes it, `blocklint check --summaries` reads
//! one or many. It holds all that the second run needs, so that the sources may be on another machine.
//!
//! It is good for the build of the tool that wrote it. Unlike an entry of the cache, one that cannot be read is an error: without it
//! the program is not whole.

use crate::cache::BUILD;
use crate::key::Key;
use crate::records::{self, Records};
use crate::summaries::{Input, Summarized};
use blocklint_engine::FileSummary;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::PathBuf;
use std::sync::Arc;

const MAGIC: &str = "blocklint summaries of ";

/// A part of a program. Paths are below the directory that was the root.
#[derive(Debug, Default)]
pub(crate) struct Shard {
    pub(crate) inputs: Vec<Input>,
    /// One for each input.
    pub(crate) files: Vec<Summarized>,
    /// Paths and texts.
    pub(crate) manifests: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    files: usize,
    manifests: Vec<(String, String)>,
}

/// A file: what it contains, its text for the lines that a report shows, and why that is not the whole truth.
type File<Summary> = (Summary, String, Option<String>);

/// The whole file; the same bytes for the same shard.
pub(crate) fn bytes(shard: &Shard) -> Option<Vec<u8>> {
    let head = Head { files: shard.inputs.len(), manifests: shard.manifests.clone() };
    let head = records::record(&Key::of(&[]), &postcard::to_stdvec(&head).ok()?)?;
    let file = |(input, file): (&Input, &Summarized)| {
        let content: File<&FileSummary> = (&*file.summary, input.text.clone(), input.problem.clone());
        records::record(&Key::of_file(&input.path, &input.text), &postcard::to_stdvec(&content).ok()?)
    };
    let files: Option<Vec<Vec<u8>>> = shard.inputs.par_iter().zip(&shard.files).map(file).collect();
    let all: Vec<Vec<u8>> = std::iter::once(head).chain(files?).collect();
    Some(records::file(start().as_bytes(), &all))
}

/// Bytes as the records of a file.
pub(crate) fn sealed(parts: &[&[u8]]) -> Vec<u8> {
    let records: Vec<Vec<u8>> = parts.iter().filter_map(|it| records::record(&Key::of(&[]), it)).collect();
    records::file(start().as_bytes(), &records)
}

fn start() -> String {
    format!("{MAGIC}{BUILD}\n")
}

/// What a file says, or why it cannot be used.
pub(crate) fn read(bytes: Vec<u8>) -> Result<Shard, String> {
    let start = start();
    if !bytes.starts_with(start.as_bytes()) {
        return Err(if bytes.starts_with(MAGIC.as_bytes()) {
            "another build of blocklint wrote it; summarize again".to_owned()
        } else {
            "`blocklint summarize` did not write it".to_owned()
        });
    }
    let records = Records::find(bytes, start.len());
    whole(&records).ok_or_else(|| "it is damaged or not complete; summarize again".to_owned())
}

fn whole(records: &Records) -> Option<Shard> {
    if records.len() == 0 {
        return None;
    }
    let head: Head = postcard::from_bytes(records.get(0)?).ok()?;
    if records.len() - 1 != head.files {
        return None;
    }
    let file = |at: usize| -> Option<(Input, Summarized)> {
        let (summary, text, problem): File<FileSummary> = postcard::from_bytes(records.get(at)?).ok()?;
        if !summary.is_sound() {
            return None;
        }
        let input = Input { path: summary.path.to_string(), text, reported: true, problem: problem.clone() };
        Some((input, Summarized { summary: Arc::new(summary), reported: true, problem }))
    };
    let files: Option<Vec<(Input, Summarized)>> = (1..records.len()).into_par_iter().map(file).collect();
    let (inputs, files) = files?.into_iter().unzip();
    Some(Shard { inputs, files, manifests: head.manifests })
}

/// Puts shards together, in the order of a run over everything. Files may be in several, as long as they are the same.
pub(crate) fn merged(shards: Vec<(String, Shard)>) -> Result<Shard, String> {
    let mut manifests: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut files: BTreeMap<PathBuf, (Input, Summarized, String)> = BTreeMap::new();
    for (name, shard) in shards {
        for (path, text) in shard.manifests {
            match manifests.entry(path) {
                Entry::Occupied(it) if it.get().0 != text => return Err(differs(it.key(), &it.get().1, &name)),
                Entry::Occupied(_) => {}
                Entry::Vacant(it) => {
                    it.insert((text, name.clone()));
                }
            }
        }
        for (input, file) in shard.inputs.into_iter().zip(shard.files) {
            match files.entry(PathBuf::from(&input.path)) {
                Entry::Occupied(it) if it.get().0 != input => return Err(differs(&input.path, &it.get().2, &name)),
                Entry::Occupied(_) => {}
                Entry::Vacant(it) => {
                    it.insert((input, file, name.clone()));
                }
            }
        }
    }
    let (inputs, files) = files.into_values().map(|it| (it.0, it.1)).unzip();
    Ok(Shard { inputs, files, manifests: manifests.into_iter().map(|(path, it)| (path, it.0)).collect() })
}

fn differs(path: &str, one: &str, other: &str) -> String {
    format!("{path} is not the same in {one} and {other}; summarize both again")
}
