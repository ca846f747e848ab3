//! Items, paths and attributes.

use super::check;
use expect_test::expect;

#[test]
fn use_trees_bind_their_leaves() {
    check(
        "use a::{self, b::{C as D, *}, super_::e}; use super::super::x; pub use crate::y; use ::z as _; use self::w;",
        &expect![[r#"
            scope 0
              a = import a
              D = import a::b::C
              e = import a::super_::e
              x = import up2/x
              y = import package/y
              w = import up0/w
              * = a::b
        "#]],
    );
}

#[test]
fn an_inline_module_is_a_scope_of_its_own() {
    check(
        "mod a { use super::f; fn g() { f() } mod b; } fn f() {}",
        &expect![[r#"
            scope 0
              a = scope 1
              f = fn f
            scope 1 in 0
              f = import up1/f
              g = fn a::g
              b = file 0
            fn 1 a::g()
              %0 = path 1:f
              %1 = call %0()
              return %1
            fn 2 f()
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn both_cfg_twins_are_bound() {
    check(
        "#[cfg(unix)] fn f() {} #[cfg(windows)] fn f() {}",
        &expect![[r#"
            scope 0
              f = fn f
              f = fn f
            fn 1 f()
              %0 = none
              return %0
            fn 2 f()
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn items_of_a_block_are_seen_in_all_of_it() {
    check(
        "fn f() { g(); fn g() {} use a::b; }",
        &expect![[r#"
            scope 0
              f = fn f
            scope 1 in 0
              g = fn f::g
              b = import a::b
            fn 1 f()
              %0 = path 1:g
              %1 = call %0()
              %2 = drop %1
              %3 = none
              return %3
              discard %1
            fn 2 f::g() in 1
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn a_static_holds_its_initialiser() {
    check(
        "static A: LazyLock<u8> = LazyLock::new(|| load()); const B: u8 = 1;",
        &expect![[r#"
            scope 0
              A: LazyLock[u8] = 0%2
              B: u8 = 0%3
              %0 = path LazyLock::new
              %1 = fn 1
              %2 = call %0(%1)
              %3 = 1
            fn 1 {closure}()
              %0 = path load
              %1 = call %0()
              return %1
        "#]],
    );
}

#[test]
fn attributes_are_decorators_and_silent_ones_are_not() {
    check(
        "#[tokio::main(flavor = \"current_thread\", worker_threads = 2)] #[inline] /// doc\nasync fn main() {}\n#[derive(Clone, x::Y)] #[cfg_attr(f, pyclass)] struct S;",
        &expect![[r#"
            scope 0
              main = fn main
              S = type S
            struct S() decorators 0%4 | 0%5 | 0%6
              %0 = path tokio::main
              %1 = "current_thread"
              %2 = 2
              %3 = call %0(flavor=%1, worker_threads=%2)
              %4 = path Clone
              %5 = path x::Y
              %6 = path pyclass
            fn 1 main() Async decorators %3
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn tests_are_marked() {
    let module = blocklint_rust::lower(
        "src/lib.rs",
        "fn a() {} #[tokio::test] async fn b() {} #[cfg(all(test, unix))] mod m { fn c() {} } #[cfg(not(test))] fn d() {} #[cfg(any(test, x))] fn e() {}",
    );
    let marked: Vec<&str> = module.functions.iter().filter(|it| it.test).map(|it| it.qualname.as_str()).collect();
    assert_eq!(marked, ["b", "m::c"]);
    assert!(blocklint_rust::lower("crates/a/tests/it.rs", "").test);
    assert!(!blocklint_rust::lower("crates/a/src/tests.rs", "").test);
}

#[test]
fn a_broken_item_is_reported_and_the_rest_is_read() {
    check(
        "fn a() {}\nfn b() { let = 1; }\nfn c() {}",
        &expect![[r#"
            scope 0
              a = fn a
              c = fn c
            fn 1 a()
              %0 = none
              return %0
            fn 2 c()
              %0 = none
              return %0
            error 23..24 expected one of: identifier, `::`, `<`, `_`, literal, `const`, `ref`, `mut`, `&`, parentheses, square brackets, `..`, `const`
        "#]],
    );
    check(
        "fn a() {}\nfn b( { }\nfn c() {}",
        &expect![[r#"
            scope 0
              a = fn a
              c = fn c
            fn 1 a()
              %0 = none
              return %0
            fn 2 c()
              %0 = none
              return %0
            error 14..14 brackets or literals do not end
        "#]],
    );
    check(
        "fn a() {} \" ",
        &expect![[r#"
            error 10..10 brackets or literals do not end
        "#]],
    );
}

#[test]
fn text_before_the_program_keeps_its_bytes() {
    let text = "\u{feff}#!/usr/bin/env run\nfn é() {}";
    let module = blocklint_rust::lower("a.rs", text);
    assert_eq!(&text[module.functions[1].name_span.range()], "é");
}

#[test]
fn comments_speak_for_their_line_or_the_next_statement() {
    let text = "// blocklint: nonblocking\n#[inline]\nfn f() {\n    a(); // blocklint: ignore[BL1] why\n    // blocklint: ignore[BL2]\n    b(\n        1,\n    );\n}\n";
    let module = blocklint_rust::lower("a.rs", text);
    let targets: Vec<&str> = module.directives.iter().map(|it| text[it.target.range()].trim()).collect();
    assert_eq!(targets, ["fn f() {", "a(); // blocklint: ignore[BL1] why", "b(\n        1,\n    );"]);
}

#[test]
fn generated_files_say_so() {
    assert!(blocklint_rust::lower("a.rs", "// @generated by prost\nfn f() {}").generated);
    assert!(blocklint_rust::lower("a.rs", "// Code generated by x. DO NOT EDIT.\n").generated);
    assert!(!blocklint_rust::lower("a.rs", "const A: &str = \"@generated\";").generated);
}

#[test]
fn an_included_file_is_a_child_whose_names_are_here() {
    check(
        "include!(\"gen/a.rs\"); #[path = \"x.rs\"] mod y;",
        &expect![[r#"
            scope 0
              include_gen_a_rs = file 0
              y = file 1
              * = up0/include_gen_a_rs
        "#]],
    );
}
