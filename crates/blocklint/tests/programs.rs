//! `testdata/programs`: several files each, one folder a program, markers at the lines.

use crate::support::{check, root};
use blocklint_testkit::{Program, compare};

#[test]
fn every_program_is_judged_as_its_markers_say() {
    let programs = Program::read_all(&root().join("testdata/programs")).unwrap();
    assert!(programs.len() >= 20, "only {} programs were read", programs.len());
    let wrong: Vec<String> = programs.iter().filter_map(|it| compare(it, &check(it), None).err()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
