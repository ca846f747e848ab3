//! `blocklint self-test`: a tool that is silent because it is broken looks like a clean project, so it can be asked to find the
//! incident that it ships with.

use super::{CLEAN, FINDINGS, print};
use crate::options::{Options, Profile};
use crate::pipeline::check_sources;
use anyhow::Result;

macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../../../testdata/programs/litellm-26192/incident/", $path)))),*]
    };
}

/// Runs the incident; exit 1 when it is not found.
pub(super) fn run() -> Result<u8> {
    let files = shipped!["proxy/__init__.py", "proxy/app.py", "proxy/db.py", "proxy/iam.py"];
    let analysis = check_sources(&files, &Options::new(Profile::Default));
    let Some(finding) = analysis.findings.iter().find(|it| it.code == "BL001") else {
        print(&format!("blocklint {} does not find the shipped deadlock: do not trust its silence\n", crate::VERSION))?;
        return Ok(FINDINGS);
    };
    let way: Vec<&str> = finding.chain.iter().map(|it| &*it.function).collect();
    print(&format!("blocklint {} works: it finds the shipped deadlock ({})\n", crate::VERSION, way.join(" > ")))?;
    Ok(CLEAN)
}
