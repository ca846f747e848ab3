//! Each format over one finding with a chain, and over hostile names.

use super::*;
use blocklint_engine::finding::{Accessor, Analysis, Confidence, Domain, Finding, Place, Severity, Step, Summary, Via};
use blocklint_ir::{Language, Span};
use expect_test::{Expect, expect};

const DB: &str =
    "class Client:\n    @property\n    def rows(self):\n        return requests.get(self.url, timeout=5)\n";
const APP: &str = "async def handler(client):\n    return client.rows\n";

fn place(file: &str, text: &str, needle: &str) -> Place {
    let start = text.find(needle).unwrap() as u32;
    Place { file: file.into(), span: Span::new(start, start + needle.len() as u32) }
}

fn analysis(db: &str) -> Analysis {
    let call = place(db, DB, "requests.get(self.url, timeout=5)");
    let step = |place: Place, function: &str, via| Step { place, function: function.into(), via, domain: Domain::Loop };
    let finding = Finding {
        code: "BL201".into(),
        rule: "blocking-accessor".into(),
        severity: Severity::Warning,
        confidence: Confidence::Likely,
        language: Language::Python,
        effect: None,
        api: "requests.get".to_owned(),
        bound_ms: Some(5000),
        message: "reading `Client.rows` blocks the event loop in `requests.get`".to_owned(),
        help: "make it an async method and use `httpx.AsyncClient`".to_owned(),
        place: call.clone(),
        function: "Client.rows".into(),
        accessor: Some(Accessor::Property),
        chain: vec![
            step(place("app.py", APP, "client.rows"), "handler", Via::Property),
            step(call, "Client.rows", Via::Call),
        ],
        other_chains: Vec::new(),
        entries: 1,
        small_in_test: false,
        fingerprint: "00ff".to_owned(),
    };
    let summary =
        Summary { files: 2, functions: 4, async_functions: 1, call_sites: 3, calls_external: 2, ..Summary::default() };
    Analysis { findings: vec![finding], summary, errors: Vec::new(), unmatched: Vec::new() }
}

fn render(format: Format, db: &str, style: &Style) -> String {
    render_with(format, db, style, None)
}

fn render_with(format: Format, db: &str, style: &Style, docs_url: Option<&str>) -> String {
    let analysis = analysis(db);
    let sources = Sources::collect(&analysis, |name| Some(if name == "app.py" { APP } else { DB }));
    let document = Document::new(&analysis, &sources, "0.0.0", docs_url);
    let page = String::new();
    let rules = [RuleText { code: "BL201".into(), name: "blocking-accessor".into(), summary: "x".into(), page }];
    let report = Report { document: &document, sources: &sources, rules: &rules, style, hidden_hint: None, docs_url };
    let mut out = Vec::new();
    write(format, &report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn check(format: Format, expected: &Expect) {
    expected.assert_eq(&render(format, "db.py", &Style::default()));
}

#[test]
fn full_shows_the_blocking_line_and_then_the_way_to_it() {
    check(
        Format::Full,
        &expect![[r#"
            warning[BL201 blocking-accessor]

              ⚠ reading `Client.rows` blocks the event loop in `requests.get`
               ╭─[db.py:4:16]
             4 │         return requests.get(self.url, timeout=5)
               ·                ────────────────┬────────────────
               ·                                ╰── in Client.rows, up to 5 s
               ╰────
              ╰─▶   ☞ handler on the event loop reads or sets a property, which runs Client.rows
                     ╭─[app.py:2:12]
                   2 │     return client.rows
                     ·            ─────┬─────
                     ·                 ╰── property
                     ╰────
              help: make it an async method and use `httpx.AsyncClient`
              more: likely, `blocklint explain BL201`

            Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
        "#]],
    );
}

#[test]
fn full_needs_neither_colour_nor_unicode() {
    let style = Style { unicode: false, width: 60, ..Style::default() };
    expect![[r#"
        warning[BL201 blocking-accessor]

          ! reading `Client.rows` blocks the event loop in
          | `requests.get`
           ,-[db.py:4:16]
         4 |         return requests.get(self.url, timeout=5)
           :                ^^^^^^^^^^^^^^^^|^^^^^^^^^^^^^^^^
           :                                `-- in Client.rows, up to 5 s
           `----
          `->   > handler on the event loop reads or sets a
                | property, which runs Client.rows
                 ,-[app.py:2:12]
               2 |     return client.rows
                 :            ^^^^^|^^^^^
                 :                 `-- property
                 `----
          help: make it an async method and use `httpx.AsyncClient`
          more: likely, `blocklint explain BL201`

        Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
    "#]]
    .assert_eq(&render(Format::Full, "db.py", &style));
}

#[test]
fn full_can_be_read_aloud() {
    let style = Style { narrated: true, ..Style::default() };
    expect![[r#"
        warning[BL201 blocking-accessor] reading `Client.rows` blocks the event loop in `requests.get` [handler > Client.rows]
        reading `Client.rows` blocks the event loop in `requests.get`
            Diagnostic severity: warning
        Begin snippet for db.py starting at line 4, column 16

        snippet line 4:         return requests.get(self.url, timeout=5)
            label at line 4, columns 16 to 48: in Client.rows, up to 5 s
        diagnostic code: warning[BL201 blocking-accessor]

        Advice: handler on the event loop reads or sets a property, which runs Client.rows
            Diagnostic severity: advice

        Begin snippet for app.py starting at line 2, column 12

        snippet line 2:     return client.rows
            label at line 2, columns 12 to 22: property
          help: make it an async method and use `httpx.AsyncClient`
          more: likely, `blocklint explain BL201`

        Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
    "#]].assert_eq(&render(Format::Full, "db.py", &style));
}

#[test]
fn concise_is_one_line() {
    check(
        Format::Concise,
        &expect![[r#"
        db.py:4:16: warning[BL201 blocking-accessor] reading `Client.rows` blocks the event loop in `requests.get` [handler > Client.rows]
        Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
    "#]],
    );
}

#[test]
fn grouped_names_the_file_once() {
    check(
        Format::Grouped,
        &expect![[r#"
        db.py:
          4:16 warning[BL201 blocking-accessor] reading `Client.rows` blocks the event loop in `requests.get` [handler > Client.rows]

        Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
    "#]],
    );
}

#[test]
fn github_annotates() {
    check(
        Format::Github,
        &expect![[r#"
        ::warning title=BL201 blocking-accessor,file=db.py,line=4,col=16,endLine=4,endColumn=49::reading `Client.rows` blocks the event loop in `requests.get`%0Areached by handler > Client.rows%0Ahelp: make it an async method and use `httpx.AsyncClient`
        Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
    "#]],
    );
}

#[test]
fn azure_logs() {
    check(
        Format::Azure,
        &expect![[r#"
        ##vso[task.logissue type=warning;sourcepath=db.py;linenumber=4;columnnumber=16;code=BL201;]reading `Client.rows` blocks the event loop in `requests.get`
        Found 1 warning in 2 files, 4 functions (1 async); 66 % of 3 calls resolved.
    "#]],
    );
}

#[test]
fn junit_fails_a_test() {
    check(
        Format::Junit,
        &expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="blocklint" tests="1" failures="1">
          <testsuite name="db.py" tests="1" failures="1">
            <testcase name="BL201 blocking-accessor" classname="db.py" file="db.py" line="4">
              <failure type="warning" message="reading `Client.rows` blocks the event loop in `requests.get`">db.py:4:16: warning[BL201 blocking-accessor] reading `Client.rows` blocks the event loop in `requests.get` [handler &gt; Client.rows]</failure>
            </testcase>
          </testsuite>
        </testsuites>
    "#]],
    );
}

#[test]
fn every_json_format_is_json() {
    for format in [Format::Json, Format::JsonLines, Format::Sarif, Format::Gitlab, Format::Rdjson] {
        let text = render(format, "db.py", &Style::default());
        serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|err| panic!("{}: {err}", format.name()));
    }
}

#[test]
fn the_document_reads_back() {
    let text = render(Format::Json, "db.py", &Style::default());
    let document: Document = serde_json::from_str(&text).unwrap();
    assert_eq!((document.findings[0].line, document.findings[0].column, document.findings[0].end_column), (4, 16, 49));
}

#[test]
fn the_schema_names_every_field_of_the_document() {
    let schema: serde_json::Value = serde_json::from_str(FINDINGS_SCHEMA).unwrap();
    let text = render(Format::Json, "db.py", &Style::default());
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&schema["properties"]), keys(&document));
    assert_eq!(keys(&schema["$defs"]["finding"]["properties"]), keys(&document["findings"][0]));
    assert_eq!(keys(&schema["properties"]["summary"]["properties"]), keys(&document["summary"]));
    let step = &document["findings"][0]["chain"][0];
    assert_eq!(keys(&schema["$defs"]["chain"]["items"]["properties"]), keys(step));
}

/// A file name cannot begin a workflow command, colour the terminal, or leave its cell, attribute or string.
#[test]
fn hostile_file_names_stay_text() {
    let name = "a\n::error::b\u{1b}[31m##vso[task.complete]\u{9b}\u{202e}<x>\"',;]%.py";
    for format in Format::ALL {
        let text = render(format, name, &Style::default());
        assert!(
            !text.contains(['\u{1b}', '\u{202e}', '\u{9b}']) || format_escapes_itself(format),
            "{}: {text}",
            format.name()
        );
        for line in text.lines() {
            let forged = line.trim_start().starts_with("::error::") || (line.contains("##vso[task.complete"));
            assert!(!forged || format_escapes_itself(format), "{}: {line}", format.name());
        }
    }
}

/// JSON strings hold anything; a reader of JSON prints nothing of it raw.
fn format_escapes_itself(format: Format) -> bool {
    matches!(format, Format::Json | Format::JsonLines | Format::Sarif | Format::Gitlab | Format::Rdjson)
}

#[test]
fn columns_count_characters_and_every_kind_of_line_end() {
    let source = SourceFile::new("a.py".into(), "é = 1\r\nb\rc\n");
    let at = |offset| (source.position(offset).line, source.position(offset).column);
    assert_eq!([at(0), at(2), at(8), at(10), at(99)], [(1, 1), (1, 2), (2, 1), (3, 1), (4, 1)]);
}

#[test]
fn control_characters_of_the_source_are_replaced_in_place() {
    let source = SourceFile::new("a.py".into(), "a\u{1b}[0m\u{202e}\u{9b}b");
    assert_eq!(source.line(0), "a?[0m\u{fffd}\u{b7}b");
}

#[test]
fn commands_in_the_source_are_not_passed_on() {
    let source = SourceFile::new("a.py".into(), "x  # ##vso[task.complete] ##[error]");
    assert_eq!(source.line(0), "x  # ##vso(task.complete] ##(error]");
    assert_eq!(visible("##[error]a"), "# #[error]a");
}

#[test]
fn silence_says_what_was_seen() {
    let analysis = Analysis { summary: analysis("db.py").summary, ..Analysis::default() };
    let sources = Sources::default();
    let document = Document::new(&analysis, &sources, "0.0.0", None);
    let report = Report {
        document: &document,
        sources: &sources,
        rules: &[],
        style: &Style::default(),
        hidden_hint: None,
        docs_url: None,
    };
    expect!["All clear: nothing found that blocks an event loop in 2 files, 4 functions (1 async); 66 % of 3 calls resolved."].assert_eq(&summary_line(&report));
}

#[test]
fn more_findings_than_github_shows_are_counted() {
    let mut analysis = analysis("db.py");
    analysis.findings = vec![analysis.findings[0].clone(); 13];
    let sources = Sources::collect(&analysis, |_| None);
    let document = Document::new(&analysis, &sources, "0.0.0", None);
    let report = Report {
        document: &document,
        sources: &sources,
        rules: &[],
        style: &Style::default(),
        hidden_hint: None,
        docs_url: None,
    };
    let mut out = Vec::new();
    write(Format::Github, &report, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.matches("::warning").count(), 10);
    assert!(text.contains("::notice title=blocklint::3 more findings"), "{text}");
    assert_eq!(text.lines().filter(|it| it.starts_with("- db.py:")).count(), 3);
}

#[test]
fn every_format_that_names_a_page_gives_its_address() {
    let address = "https://lint.example.org/blocking-accessor.html";
    for format in [Format::Full, Format::Json, Format::JsonLines, Format::Sarif, Format::Rdjson] {
        let with = |url| render_with(format, "db.py", &Style::default(), url);
        let served = with(Some("https://lint.example.org/"));
        assert!(served.contains(address) && !served.contains("blocklint explain"), "{}: {served}", format.name());
        assert!(!with(None).contains("lint.example.org"), "{}", format.name());
    }
}
