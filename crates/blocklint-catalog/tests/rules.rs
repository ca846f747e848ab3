//! How rule pages are read and rules are found.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a failed helper fails its test; snapshots are written in the call"
)]

use blocklint_catalog::{Rules, Severity};
use expect_test::{Expect, expect};

const FRONT: &str = "code: BL101
name: blocking-sleep
summary: a sleep holds up the event loop
severity: warning
languages: python, rust
since: 0.1.0
detector: blocking
";

fn page(front: &str) -> String {
    format!("---\n{front}---\n\n# Page\n")
}

fn refused(front: &str, expected: Expect) {
    let error = Rules::load([("blocking-sleep.md", page(front).as_str())]).unwrap_err();
    expected.assert_eq(&format!("{error}\n"));
}

#[test]
fn a_rule_is_found_by_code_and_name() {
    let text = page(FRONT);
    let rules = Rules::load([("blocking-sleep.md", text.as_str())]).unwrap();
    let rule = rules.rule("BL101").unwrap();
    assert_eq!(rules.rule("blocking-sleep"), Some(rule));
    assert_eq!(rules.rule("bl101"), Some(rule));
    assert_eq!(rules.rule("BL1"), None);
    assert_eq!(rules.selected("BL1").count(), 1);
    assert_eq!(rules.selected("BL2").count(), 0);
    assert_eq!((rule.severity, rule.page.as_str()), (Severity::Warning, "# Page\n"));
    assert_eq!(rules.nearest("BL102"), Some("BL101"));
    assert_eq!(rules.nearest("blocking-slep"), Some("blocking-sleep"));
    assert_eq!(rules.nearest("unrelated"), None);
}

#[test]
fn keys_are_known_and_given_once() {
    refused(
        &FRONT.replace("summary", "sumary"),
        expect![[r#"
        blocking-sleep.md:4:1: unknown key `sumary`, did you mean `summary`?
          |
        4 | sumary: a sleep holds up the event loop
          | ^^^^^^
    "#]],
    );
    refused(
        &FRONT.replace("since: 0.1.0\n", ""),
        expect![[r#"
        blocking-sleep.md:1:1: missing key `since`
          |
        1 | ---
          | ^^^
    "#]],
    );
    refused(
        &FRONT.replace("since: 0.1.0", "since"),
        expect![[r#"
        blocking-sleep.md:7:1: expected `key: value`
          |
        7 | since
          | ^^^^^
    "#]],
    );
    refused(
        &format!("{FRONT}code: BL102\n"),
        expect![[r#"
        blocking-sleep.md:9:1: the key is given twice
          |
        9 | code: BL102
          | ^^^^
    "#]],
    );
}

#[test]
fn values_are_checked() {
    refused(
        &FRONT.replace("warning", "warn"),
        expect![[r#"
        blocking-sleep.md:5:11: unknown severity "warn", expected one of note, warning, error
          |
        5 | severity: warn
          |           ^^^^
    "#]],
    );
    refused(
        &FRONT.replace("BL101", "BL1"),
        expect![[r#"
        blocking-sleep.md:2:7: `code` must be `BL` and three digits
          |
        2 | code: BL1
          |       ^^^
    "#]],
    );
    refused(
        &FRONT.replace("name: blocking-sleep", "name: blocking-nap"),
        expect![[r#"
        blocking-sleep.md:3:7: `name` must be `blocking-sleep`, as the file is named
          |
        3 | name: blocking-nap
          |       ^^^^^^^^^^^^
    "#]],
    );
    refused(
        &FRONT.replace("python, rust", "python, rusty"),
        expect![[r#"
        blocking-sleep.md:6:12: unknown language "rusty", did you mean `rust`?
          |
        6 | languages: python, rusty
          |            ^^^^^^^^^^^^^
    "#]],
    );
}

#[test]
fn a_code_belongs_to_one_page() {
    let (first, second) = (page(FRONT), page(&FRONT.replace("blocking-sleep", "other")));
    let error = Rules::load([("blocking-sleep.md", first.as_str()), ("other.md", second.as_str())]).unwrap_err();
    expect![[r#"
        other.md:2:7: duplicate code `BL101`, first at blocking-sleep.md
          |
        2 | code: BL101
          |       ^^^^^
    "#]]
    .assert_eq(&format!("{error}\n"));
}

#[test]
fn a_page_without_front_matter_is_refused() {
    let error = Rules::load([("a.md", "# Page\n")]).unwrap_err();
    expect![[r#"
        a.md:1:1: a rule page begins with lines between `---`
          |
        1 | # Page
          | ^
    "#]]
    .assert_eq(&format!("{error}\n"));
}
