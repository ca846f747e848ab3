//! The thread that analyses. A job that is overtaken by a newer one is not begun.

use super::marks::{Mark, marks};
use super::position::Encoding;
use super::program::{Buffers, Program};
use crate::cli::args::ServerArgs;
use anyhow::{Result, anyhow};
use crossbeam_channel::{Receiver, Sender, unbounded};
use gen_lsp_types::Uri;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::{io, thread};

/// What to analyse.
#[derive(Debug)]
pub(super) struct Job {
    /// Programs, by their folders.
    pub(super) roots: BTreeSet<PathBuf>,
    pub(super) buffers: Buffers,
    /// The open files, as they are now.
    pub(super) versions: Vec<(Uri, i32)>,
    /// Whether other files may have changed since the job before.
    pub(super) disk: bool,
}

/// What came of a job.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The files that were open, as they were then.
    pub(super) versions: Vec<(Uri, i32)>,
    /// What to show in each of them; `None`: what was shown before still is the best that is known.
    pub(super) marks: Option<BTreeMap<PathBuf, Vec<Mark>>>,
    /// Why there is nothing to show.
    pub(super) complaint: Option<String>,
}

/// The thread's two ends.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) jobs: Sender<Job>,
    pub(super) outcomes: Receiver<Outcome>,
}

impl Worker {
    pub(super) fn start(args: ServerArgs, encoding: Encoding) -> io::Result<Self> {
        let (jobs, todo) = unbounded::<Job>();
        let (done, outcomes) = unbounded();
        let mut held = Held { args, encoding, programs: BTreeMap::new() };
        thread::Builder::new().name("analysis".to_owned()).spawn(move || {
            while let Ok(mut job) = todo.recv() {
                for newer in todo.try_iter() {
                    job = Job { disk: newer.disk || job.disk, ..newer };
                }
                if done.send(held.run(job)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, outcomes })
    }
}

struct Held {
    args: ServerArgs,
    encoding: Encoding,
    programs: BTreeMap<PathBuf, Program>,
}

impl Held {
    fn run(&mut self, job: Job) -> Outcome {
        // A bug that one text brings out must not end the session: the next key may take it away.
        let result = catch_unwind(AssertUnwindSafe(|| self.analyse(&job))).unwrap_or_else(|_| {
            self.programs.clear();
            Err(anyhow!("internal error, please report it; this state of the files was not checked"))
        });
        let (marks, complaint) = match result {
            Ok(marks) => (Some(marks), None),
            Err(err) => (None, Some(format!("{err:#}"))),
        };
        Outcome { versions: job.versions, marks, complaint }
    }

    fn analyse(&mut self, job: &Job) -> Result<BTreeMap<PathBuf, Vec<Mark>>> {
        self.programs.retain(|root, _| job.roots.contains(root));
        let mut all = BTreeMap::new();
        for root in &job.roots {
            // A program that could not be read whole is read again.
            let mut program = self.programs.remove(root).unwrap_or_default();
            program.refresh(&self.args, root, &job.buffers, job.disk)?;
            let analysis = program.analyze(&self.args)?;
            let open = |path: &Path| job.buffers.contains_key(path);
            all.extend(marks(&program, &analysis, self.encoding, open));
            self.programs.insert(root.clone(), program);
        }
        Ok(all)
    }
}
