//! What Rust text means: each test lowers a small program and shows the module.

use expect_test::Expect;

mod bodies;
mod drops;
mod items;
mod macros;
mod types;

/// Shows the module of `text`, without what is the same in all of them.
fn check(text: &str, expected: &Expect) {
    let module = blocklint_rust::lower("src/lib.rs", text);
    let printed = blocklint_ir::print::module(&module);
    let lines: Vec<&str> = printed.lines().filter(|it| *it != "fn 0 <module>()").collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

/// Likewise, only the function bodies.
fn check_body(body: &str, expected: &Expect) {
    let module = blocklint_rust::lower("src/lib.rs", &format!("async fn f(a: A, b: &B) {{\n{body}\n}}"));
    let printed = blocklint_ir::print::module(&module);
    let body = printed.split_once("fn 1 ").map_or(printed.as_str(), |it| it.1);
    expected.assert_eq(body);
}
