//! The pictures in `docs/`, from real output: the findings of the shipped incident as a terminal shows them, and a rule's page in a browser.

use anyhow::{Context as _, Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Browsers that draw a page without a window.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// How wide the terminal is.
const COLUMNS: &str = "90";

/// Draws all of them again. Without a browser the page's picture stays as it is.
pub(crate) fn run(root: &Path) -> Result<()> {
    let folder = root.join("docs");
    fs::create_dir_all(&folder)?;
    let svg = folder.join("incident.svg");
    fs::write(&svg, terminal(root)?)?;
    println!("wrote {}", svg.display());
    crate::docs::run(root)?;
    let picture = folder.join("rule.png");
    let page = root.join("target/docs/self-wait-deadlock.html");
    if page_picture(&page, &picture)? {
        println!("wrote {}", picture.display());
    } else {
        println!("no browser of {} is installed: {} is as it was", BROWSERS.join(", "), picture.display());
    }
    Ok(())
}

/// What the command of the README prints, colours and all.
fn terminal(root: &Path) -> Result<String> {
    let command = "check testdata/programs/litellm-26192/incident";
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "blocklint", "--bin", "blocklint", "--"])
        .args(command.split(' '))
        .args(["--isolated", "--color", "always"])
        .env("COLUMNS", COLUMNS)
        .current_dir(root)
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.code() == Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = format!("$ blocklint {command}\n\n{}", String::from_utf8(output.stdout)?);
    Ok(anstyle_svg::Term::new().palette(anstyle_svg::WIN10_CONSOLE).min_width_px(860).render_svg(&text))
}

/// The top of a page; false when there is no browser.
fn page_picture(page: &Path, picture: &Path) -> Result<bool> {
    for browser in BROWSERS {
        let mut command = Command::new(browser);
        command.args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--window-size=1000,1150",
        ]);
        command.arg(format!("--screenshot={}", picture.display())).arg(format!("file://{}", page.display()));
        match command.output() {
            Ok(output) => {
                ensure!(output.status.success(), "{browser}: {}", String::from_utf8_lossy(&output.stderr));
                return Ok(true);
            }
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => {}
            Err(err) => return Err(err).context(format!("cannot run {browser}")),
        }
    }
    Ok(false)
}
