//! The tables and pages that come with the tool.

use blocklint_catalog::{Catalog, Entry, Facts, Origin, Rules, Severity, Table};
use blocklint_ir::Language;
use std::collections::BTreeSet;

#[test]
fn every_table_loads_alone() {
    let errors: Vec<String> = Catalog::builtin_tables()
        .filter_map(|table| Catalog::load([table]).err())
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "\n{}", errors.join("\n\n"));
}

#[test]
fn all_tables_load_together() {
    if let Err(error) = Catalog::load(Catalog::builtin_tables()) {
        panic!("\n{error}");
    }
}

#[test]
fn what_is_shipped_is_put_together_by_language() {
    let (catalog, all) = (Catalog::builtin(), Catalog::load(Catalog::builtin_tables()).unwrap());
    for language in [Language::Python, Language::Rust] {
        assert_eq!(catalog.entries(language), all.entries(language), "a table stands in the other language's folder");
    }
}

/// A path that the pattern matches and, as far as can be told, no more precise one does.
fn instance(pattern: &str, language: Language) -> String {
    let segments: Vec<&str> = pattern.split(language.separator()).collect();
    let written = segments.iter().enumerate().filter(|(at, it)| **it != "**" || at + 1 == segments.len());
    written.map(|it| it.1.replace("**", "thing").replace('*', "thing")).collect::<Vec<_>>().join(language.separator())
}

#[test]
fn every_pattern_is_what_is_known_of_a_path_that_it_matches() {
    let catalog = Catalog::builtin();
    let mut hidden = Vec::new();
    let all = [Language::Python, Language::Rust].into_iter().flat_map(|it| catalog.entries(it).iter().enumerate());
    for (at, entry) in all {
        for (pattern, bytes) in &entry.paths {
            let facts = catalog.facts(entry.language, &instance(pattern.text(), entry.language));
            if !facts.entries.iter().any(|it| it.index() == at) {
                let place = catalog.place(entry, bytes);
                hidden.push(format!("{}:{}: {} `{pattern}`", place.file, place.line, entry.knowledge.kind()));
            }
        }
    }
    assert!(hidden.is_empty(), "{} patterns never count:\n{}", hidden.len(), hidden.join("\n"));
}

#[test]
fn every_table_says_something() {
    for table in Catalog::builtin_tables() {
        let catalog = Catalog::load([table]).unwrap();
        let any = [Language::Python, Language::Rust].into_iter().any(|it| !catalog.entries(it).is_empty());
        assert!(any, "{} has no entry", table.name);
    }
}

#[test]
fn a_users_table_may_repeat_any_shipped_one() {
    let users = Catalog::builtin_tables().map(|it| Table::user(it.name, it.text));
    let catalog = Catalog::with_user_tables(users).unwrap();
    let facts = catalog.facts(Language::Python, "time.sleep");
    assert!(facts.entries.iter().all(|id| catalog.entry(*id).origin == Origin::User));
}

#[test]
fn every_page_is_a_rule() {
    match Rules::builtin() {
        Ok(rules) => assert_eq!(rules.iter().count(), blocklint_rules::PAGES.len()),
        Err(error) => panic!("\n{error}"),
    }
}

#[test]
fn what_stops_for_good_is_an_error() {
    for rule in Rules::builtin().unwrap().selected("BL0") {
        assert_eq!(rule.severity, Severity::Error, "{}", rule.code);
    }
}

#[test]
fn the_rules_are_these() {
    let rules = Rules::builtin().unwrap();
    let codes: Vec<&str> = rules.iter().map(|it| it.code.as_str()).collect();
    let expected = "BL001 BL002 BL003 BL004 BL101 BL102 BL103 BL104 BL105 BL106 BL107 BL108 BL109 BL110 BL111 \
        BL201 BL202 BL203 BL204 BL301 BL302 BL401 BL402 BL901 BL902";
    assert_eq!(codes.join(" "), expected, "codes are never reused or renamed: users' comments hold them");
}

#[test]
fn pages_have_their_parts_in_order() {
    let parts = ["## What it does", "## Why it hurts", "## Instead", "## What it cannot see", "## Examples"];
    for rule in &Rules::builtin().unwrap() {
        let headings: Vec<&str> = rule.page.lines().filter(|it| parts.contains(it)).collect();
        assert_eq!(headings, parts, "rules/{}.md", rule.name);
        assert!(rule.page.lines().count() <= 140, "rules/{}.md is too long to be read", rule.name);
    }
}

#[test]
fn summaries_are_messages() {
    for rule in &Rules::builtin().unwrap() {
        assert!(!rule.summary.ends_with('.'), "{}: {}", rule.code, rule.summary);
    }
}

#[test]
fn every_page_has_a_reported_and_a_silent_program() {
    for rule in &Rules::builtin().unwrap() {
        let (_, examples) = rule.page.split_once("## Examples\n").unwrap();
        let programs: Vec<&str> = examples.split("\n### ").skip(1).filter(|it| it.contains("\n```")).collect();
        let (loud, silent): (Vec<&str>, Vec<&str>) = programs.iter().partition(|it| it.contains("hazard"));
        assert!(!loud.is_empty(), "rules/{}.md has no reported example", rule.name);
        assert!(!silent.is_empty(), "rules/{}.md has no silent example", rule.name);
        for language in &rule.languages {
            let fence = if language.name() == "python" { "```py" } else { "```rust" };
            assert!(examples.contains(fence), "rules/{}.md has no {language:?} example", rule.name);
        }
    }
}

#[test]
fn a_page_mentions_only_rules_that_exist() {
    let rules = Rules::builtin().unwrap();
    let known: BTreeSet<&str> = rules.iter().map(|it| it.code.as_str()).collect();
    for rule in &rules {
        for (at, _) in rule.page.match_indices("BL") {
            let code = rule.page.get(at..at + 5).unwrap_or_default();
            if code[2..].bytes().all(|it| it.is_ascii_digit()) {
                assert!(known.contains(code), "rules/{}.md mentions {code}", rule.name);
            }
        }
    }
}

/// The last name of each marker in a page, with the language of its fence.
fn marked_apis(page: &str) -> Vec<(Language, &str)> {
    let mut language = None;
    let mut apis = Vec::new();
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some("py") => language = Some(Language::Python),
            Some("rust") => language = Some(Language::Rust),
            Some(_) => language = None,
            None => {
                let marker = line.split_once(" hazard").and_then(|(_, it)| it.split_once(": "));
                let api = marker.and_then(|(_, names)| names.rsplit(" > ").next());
                apis.extend(language.zip(api));
            }
        }
    }
    apis
}

#[test]
fn every_marked_api_is_known_to_the_tables() {
    let catalog = Catalog::builtin();
    let known = |language: Language, api: &str| {
        let end = format!("{}{api}", language.separator());
        let listed = |it: &Entry| it.paths.iter().any(|(path, _)| path.text().ends_with(&end));
        catalog.entries(language).iter().any(listed) || catalog.facts(language, api) != Facts::default()
    };
    let mut unknown = Vec::new();
    for rule in Rules::builtin().unwrap().iter().filter(|it| !it.code.starts_with("BL9")) {
        let apis = marked_apis(&rule.page);
        unknown.extend(
            apis.into_iter()
                .filter(|(language, api)| !known(*language, api))
                .map(|it| (rule.code.clone(), it.1.to_owned())),
        );
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}
