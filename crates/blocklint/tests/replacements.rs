//! What to do instead, in the words of the runtime that a program is built on.

use blocklint::{Options, Profile, check_sources};

/// The help of the one finding in these files.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &str) {
    let analysis = check_sources(files, &Options::new(Profile::Strict));
    let helps: Vec<&str> = analysis.findings.iter().map(|it| it.help.as_str()).collect();
    assert_eq!(helps, [expected]);
}

#[test]
fn a_file_says_which_runtime_it_is_written_for() {
    let program = |import: &str, call: &str| {
        format!(
            "import {import}\nimport time\nimport zipfile\n\n\nasync def work(archive: zipfile.ZipFile):\n    await {import}.lowlevel.checkpoint()\n    {call}\n"
        )
    };
    let check = |import, call, expected| check(&[("app.py", &program(import, call))], expected);
    check(
        "asyncio",
        "time.sleep(1)",
        "use `await asyncio.sleep(…)`, or hand the call off with `await asyncio.to_thread(…)`",
    );
    check(
        "anyio",
        "time.sleep(1)",
        "use `await anyio.sleep(…)`, or hand the call off with `await anyio.to_thread.run_sync(…)`",
    );
    check(
        "trio",
        "time.sleep(1)",
        "use `await trio.sleep(…)`, or hand the call off with `await trio.to_thread.run_sync(…)`",
    );
    check("trio", "archive.extractall('.')", "use `await trio.to_thread.run_sync(archive.extractall, …)`");
}

#[test]
fn the_file_of_the_entry_counts() {
    let helper = ("helper.py", "import asyncio\nimport time\n\n\ndef pause():\n    time.sleep(1)\n");
    let app =
        ("app.py", "import trio\nfrom helper import pause\n\n\nasync def main():\n    pause()\n\n\ntrio.run(main)\n");
    check(&[helper, app], "use `await trio.sleep(…)`, or hand the call off with `await trio.to_thread.run_sync(…)`");
}

#[test]
fn what_serves_another_runtime_only_is_not_named() {
    let app =
        "import requests\nimport trio\n\n\nasync def main():\n    requests.get('https://example.org', timeout=1)\n";
    let analysis = check_sources(&[("app.py", app)], &Options::new(Profile::Strict));
    assert!(analysis.findings.iter().all(|it| !it.help.contains("asyncio")), "{:?}", analysis.findings);
}

#[test]
fn the_only_runtime_of_a_manifest_is_meant() {
    let manifest = |dependencies: &str| format!("[package]\nname = \"app\"\n\n[dependencies]\n{dependencies}\n");
    let code = "pub async fn pause() {\n    std::thread::sleep(std::time::Duration::from_secs(1));\n}\n";
    let check =
        |dependencies, expected| check(&[("Cargo.toml", &manifest(dependencies)), ("src/lib.rs", code)], expected);
    check(
        "tokio = \"1\"",
        "use `tokio::time::sleep(…).await`, or hand the call off with `tokio::task::spawn_blocking`",
    );
    check("smol = \"2\"", "use `smol::Timer::after(…).await`, or hand the call off with `smol::unblock`");
    check(
        "async-std = \"1\"",
        "use `async_std::task::sleep(…).await`, or hand the call off with `async_std::task::spawn_blocking`",
    );
    check(
        "smol = \"2\"\ntokio = \"1\"",
        "use `tokio::time::sleep(…).await`, or hand the call off with `tokio::task::spawn_blocking`",
    );
}
