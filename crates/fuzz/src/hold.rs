//! What must hold of every program, and a small one that everything can be tried on.

use blocklint::{Options, Profile, check_sources, doors};
use blocklint_engine::finding::Analysis;
use blocklint_report::{Document, Format, Report, Sources, Style};
use std::sync::LazyLock;

/// Reports all it can.
pub(crate) static EVERYTHING: LazyLock<Options> =
    LazyLock::new(|| Options { require_reason: true, ..Options::new(Profile::Pedantic) });

/// One finding in each language.
pub(crate) const SMALL: [(&str, &str); 2] = [
    (
        "a.py",
        "import time\n\n\ndef helper(wait=time.sleep):\n    wait(1)\n\n\nasync def handler():\n    time.sleep(1)\n    helper()\n",
    ),
    ("src/lib.rs", "fn helper() {\n    std::thread::sleep(D);\n}\n\nasync fn handler() {\n    helper();\n}\n"),
];

/// Analyses a program; its reports can be written.
pub(crate) fn checked(files: &doors::Texts<'_>, options: &Options) -> Analysis {
    let analysis = check_sources(files, options);
    for error in &analysis.errors {
        assert!(!error.message.contains("please report it"), "a front end panicked on {}", error.file);
    }
    written(files, &analysis);
    analysis
}

/// The result as a document, for comparing.
pub(crate) fn json(files: &doors::Texts<'_>, analysis: &Analysis) -> String {
    serde_json::to_string(&document(files, analysis).0).expect("a document is JSON")
}

fn document(files: &doors::Texts<'_>, analysis: &Analysis) -> (Document, Sources) {
    let sources = Sources::collect(analysis, |path| files.iter().find(|it| it.0 == path).map(|it| it.1));
    (Document::new(analysis, &sources, "0.0.0", None), sources)
}

pub(crate) fn written(files: &doors::Texts<'_>, analysis: &Analysis) {
    let (document, sources) = document(files, analysis);
    for style in [Style::default(), Style { narrated: true, unicode: false, width: 20, color: true }] {
        let report = Report {
            document: &document,
            sources: &sources,
            rules: &[],
            style: &style,
            hidden_hint: None,
            docs_url: None,
        };
        for format in Format::ALL {
            let mut out = Vec::new();
            blocklint_report::write(format, &report, &mut out).expect("a vector takes everything");
            assert!(style.color || !out.contains(&b'\x1b'), "an escape reaches the terminal as {}", format.name());
        }
    }
}
