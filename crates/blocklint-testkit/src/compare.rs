//! Compares what was found with what the markers say, and says in a few lines where they differ.

use crate::marker::{Marker, last_name};
use crate::program::Program;
use std::fmt::Write as _;

/// A finding, as far as markers speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The primary place's file.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The rule's code.
    pub code: String,
    /// The severity.
    pub severity: String,
    /// The functions of the shortest chain, from the entry down.
    pub functions: Vec<String>,
    /// The API.
    pub api: String,
}

/// What differs, or nothing. With `page_code`, only findings of that rule count, and of codes that a marker names.
pub fn compare(program: &Program, found: &[Found], page_code: Option<&str>) -> Result<(), String> {
    let markers = program.markers()?;
    let counts = |it: &&Found| {
        page_code
            .is_none_or(|code| it.code == code || markers.iter().any(|m| m.code.as_deref() == Some(it.code.as_str())))
    };
    let mut left: Vec<&Found> = found.iter().filter(counts).collect();
    let mut differences = String::new();
    for marker in &markers {
        let code = marker.code.as_deref().or(page_code);
        let hit = left
            .iter()
            .position(|it| it.file == marker.file && it.line == marker.line && code.is_none_or(|code| code == it.code));
        match (hit.map(|at| left.remove(at)), &marker.todo) {
            (Some(found), None) => differences.push_str(&disagreement(marker, found)),
            (Some(found), Some(_)) if disagreement(marker, found).is_empty() => {
                let _ = writeln!(differences, "  {}:{}: is found now: remove its `todo:`", marker.file, marker.line);
            }
            (None, None) => {
                let _ = writeln!(
                    differences,
                    "  missed      {}:{}: {}",
                    marker.file,
                    marker.line,
                    marker.names.join(" > ")
                );
            }
            (_, Some(_)) => {}
        }
    }
    for found in left {
        let _ = writeln!(differences, "  unexpected  {}", describe(found));
    }
    if differences.is_empty() { Ok(()) } else { Err(format!("{}\n{differences}", program.name)) }
}

fn describe(found: &Found) -> String {
    let way: Vec<&str> = found.functions.iter().map(String::as_str).chain([found.api.as_str()]).collect();
    format!("{}:{}: {} {} {}", found.file, found.line, found.severity, found.code, way.join(" > "))
}

fn disagreement(marker: &Marker, found: &Found) -> String {
    let (api, functions) = marker.names.split_last().expect("a marker has names");
    let same_way = functions.len() == found.functions.len()
        && functions.iter().zip(&found.functions).all(|(a, b)| last_name(a) == last_name(b));
    let same_severity = marker.severity.as_deref().is_none_or(|it| it == found.severity);
    if same_way && same_severity && ends_with_path(&found.api, api) {
        return String::new();
    }
    let severity = marker.severity.as_ref().map_or_else(String::new, |it| format!("{it} "));
    format!(
        "  different   {}:{}: {severity}{}\n    is        {}\n",
        marker.file,
        marker.line,
        marker.names.join(" > "),
        describe(found)
    )
}

/// Whether the path ends with these segments: `Future.result` in `concurrent.futures.Future.result`.
fn ends_with_path(path: &str, end: &str) -> bool {
    let segments =
        |text: &str| text.trim_end_matches("()").replace("::", ".").split('.').map(str::to_owned).collect::<Vec<_>>();
    segments(path).ends_with(&segments(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::SourceText;

    fn found(line: usize) -> Found {
        Found {
            file: "app.py".to_owned(),
            line,
            code: "BL102".to_owned(),
            severity: "warning".to_owned(),
            functions: vec!["handler".to_owned(), "Client.load".to_owned()],
            api: "requests.api.get".to_owned(),
        }
    }

    fn check(text: &str, found: &[Found], expected: Result<(), &str>) {
        let program = Program::new("p", vec![SourceText { path: "app.py".to_owned(), text: text.to_owned() }]);
        assert_eq!(compare(&program, found, None), expected.map_err(|it| format!("p\n{it}")));
    }

    #[test]
    fn a_marker_and_its_finding_agree() {
        check("get()  # hazard(warning)[BL102]: handler > load > get", &[found(1)], Ok(()));
    }

    #[test]
    fn a_missing_and_a_surplus_finding_differ() {
        check("get()  # hazard: handler > load > get", &[], Err("  missed      app.py:1: handler > load > get\n"));
        let surplus = "  unexpected  app.py:1: warning BL102 handler > Client.load > requests.api.get\n";
        check("get()", &[found(1)], Err(surplus));
    }

    #[test]
    fn another_way_differs() {
        let is = "  different   app.py:1: handler > get\n    is        app.py:1: warning BL102 handler > Client.load > requests.api.get\n";
        check("get()  # hazard: handler > get", &[found(1)], Err(is));
    }

    #[test]
    fn a_known_miss_must_be_missed() {
        check("get()  # hazard: handler > load > get  # todo: no types yet", &[], Ok(()));
        let now = "  app.py:1: is found now: remove its `todo:`\n";
        check("get()  # hazard: handler > load > get  # todo: no types yet", &[found(1)], Err(now));
    }

    #[test]
    fn a_page_counts_its_own_rule() {
        let program = Program::new("p", vec![SourceText { path: "app.py".to_owned(), text: "get()\n".to_owned() }]);
        assert_eq!(compare(&program, &[found(1)], Some("BL101")), Ok(()));
    }
}
