//! `Command::from(…)` gives a library's type, whoever implements the conversion.

use std::process::Command;

pub struct Tool {
    name: String,
}

impl From<Tool> for Command {
    fn from(tool: Tool) -> Self {
        Command::new(tool.name)
    }
}

impl From<Tool> for tokio::process::Command {
    fn from(tool: Tool) -> Self {
        tokio::process::Command::new(tool.name)
    }
}

pub async fn waits(tool: Tool) -> bool {
    Command::from(tool).output().is_ok() // hazard: waits > std::process::Command::output
}

pub async fn awaits(tool: Tool) -> bool {
    tokio::process::Command::from(tool).output().await.is_ok()
}
