//! The same random requests to this crate and to the botocore that AWS ships: the answers must be the same bytes.
//!
//! botocore is installed by pip into an environment of this test's own, once. Where that cannot be, the test says so and passes,
//! except in CI, where it must have run.

use iam_refresh::aws::{AwsToken, Credentials, Database, KeyValueStore};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

const BOTOCORE: &str = "botocore==1.44.5";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/botocore_tokens.py");
const REQUESTS: usize = 4_000;

#[test]
fn random_requests_are_signed_as_botocore_signs_them() {
    let Some(python) = python_with_botocore() else { return };
    let mut rng = fastrand::Rng::with_seed(20_260_102);
    let requests: Vec<Value> = (0..REQUESTS).map(|_| request(&mut rng)).collect();
    let theirs = ask(&python, &requests);
    assert_eq!(theirs.len(), requests.len());
    for (request, theirs) in requests.iter().zip(theirs) {
        assert_eq!(sign(request), theirs, "{request}");
    }
}

fn request(rng: &mut fastrand::Rng) -> Value {
    const ODD: [char; 20] =
        ['a', 'Z', '0', '-', '_', '.', '~', ' ', '+', '%', '&', '=', '#', '/', '?', '@', '"', 'é', '√', '🦀'];
    const KEY: [char; 6] = ['a', 'B', '9', '/', '+', '='];
    let mut text = |alphabet: &[char], length: std::ops::Range<usize>| -> String {
        (0..rng.usize(length)).map(|_| *rng.choice(alphabet).unwrap()).collect()
    };
    let host = format!("db{}.rds.amazonaws.com", text(&['a', 'B', '7'], 0..20));
    let (user, secret) = (format!("u{}", text(&ODD, 0..30)), text(&KEY, 40..41));
    let session = Some(text(&KEY, 0..60)).filter(|session| session.len() > 20);
    json!({
        "service": *rng.choice(&["rds", "elasticache", "serverless"]).unwrap(),
        "host": host,
        "port": *rng.choice(&[1, 443, 3306, 5432, 65_535]).unwrap(),
        "user": user,
        "region": *rng.choice(&["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"]).unwrap(),
        "secret": secret,
        "session": session,
        "at": rng.u64(1_600_000_000..2_000_000_000),
    })
}

fn sign(request: &Value) -> String {
    let text = |key: &str| request[key].as_str();
    let credentials =
        Credentials::new("AKIDEXAMPLE", text("secret").unwrap(), text("session").map(str::to_owned), None, "test");
    let (host, region, user) = (text("host").unwrap(), text("region").unwrap(), text("user").unwrap());
    let source = if text("service") == Some("rds") {
        let port = u16::try_from(request["port"].as_u64().unwrap()).unwrap();
        AwsToken::rds(Database { host, port, region, user }, credentials.clone())
    } else {
        let serverless = text("service") == Some("serverless");
        AwsToken::elasticache(KeyValueStore { name: host, region, user, serverless }, credentials.clone())
    };
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(request["at"].as_u64().unwrap());
    source.unwrap().sign(&credentials, at).unwrap()
}

fn ask(python: &Path, requests: &[Value]) -> Vec<String> {
    let mut child =
        Command::new(python).arg(SCRIPT).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python starts");
    let input = serde_json::to_vec(requests).unwrap();
    // All in one piece: the script reads everything before it writes anything.
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{SCRIPT} failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn python_with_botocore() -> Option<PathBuf> {
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join(BOTOCORE.replace("==", "-"));
    let python = venv.join("bin/python");
    let run = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    };
    let installed = run(Command::new(&python).args(["-c", "import botocore"]))
        || run(Command::new("python3").args(["-m", "venv"]).arg(&venv))
            && run(Command::new(&python).args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--retries",
                "1",
                "--timeout",
                "15",
                BOTOCORE,
            ]));
    if !installed {
        assert!(!in_ci(), "{BOTOCORE} must be installable in CI: python3 with venv and pip, and its registry");
        // Past the test harness, which shows what `eprintln!` prints only for tests that fail.
        let notice = "SKIPPED: no comparison with botocore, since python3, pip or its registry cannot be reached\n";
        std::io::stderr().write_all(notice.as_bytes()).unwrap();
    }
    installed.then_some(python)
}

#[expect(clippy::disallowed_methods, reason = "a test may know whether it runs in CI")]
fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !value.is_empty())
}
