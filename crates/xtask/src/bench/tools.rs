//! The tools that are measured beside this one, of pinned versions, in an environment of their own.

use crate::corpus::run_quietly;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Command;

const TOOLS: [&str; 3] = ["ruff==0.17.6", "flake8==7.5.0", "flake8-async==26.8.1"];

/// Where the tools' programs are, installed when they are missing.
pub(super) fn install(folder: &Path) -> Result<PathBuf> {
    let environment = folder.join("tools");
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    if !programs.join("flake8").exists() {
        println!("installing {}", TOOLS.join(", "));
        run_quietly(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        run_quietly(Command::new(programs.join("pip")).args(["install", "--quiet"]).args(TOOLS))?;
    }
    Ok(programs)
}

/// Their names and versions.
pub(super) fn versions() -> String {
    TOOLS.map(|it| it.replace("==", " ")).join(", ")
}
