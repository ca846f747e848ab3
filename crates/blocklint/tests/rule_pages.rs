//! A rule's page is its documentation and its test: every example is run.

use crate::support::{check, pages};
use blocklint_testkit::{compare, examples, front_matter};

#[test]
fn every_example_is_judged_as_its_markers_say() {
    let mut wrong = Vec::new();
    for (name, text) in pages() {
        let code = front_matter(&text, "code").unwrap_or_else(|| panic!("{name} has no code"));
        wrong.extend(examples(&name, &text).iter().filter_map(|it| compare(it, &check(it), Some(code)).err()));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_shows_a_hazard_and_a_silent_neighbour() {
    for (name, text) in pages() {
        let (silent, marked): (Vec<_>, Vec<_>) =
            examples(&name, &text).into_iter().partition(|it| it.markers().unwrap().is_empty());
        assert!(!marked.is_empty(), "{name} shows no hazard");
        assert!(!silent.is_empty(), "{name} shows nothing that stays silent");
    }
}

#[test]
fn a_page_is_named_as_its_rule() {
    for (name, text) in pages() {
        assert_eq!(front_matter(&text, "name"), Some(name.as_str()));
    }
}
