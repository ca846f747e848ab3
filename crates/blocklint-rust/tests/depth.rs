//! No input overflows the stack: what is too deep is refused, what is accepted is read.

/// Reads `before`, then `count` times `open`, `middle`, `count` times `close`, `after`.
fn check(before: &str, open: &str, middle: &str, close: &str, after: &str) {
    for count in [10, 300, 900, 1900, 3900, 100_000] {
        let text = format!("{before}{}{middle}{}{after}", open.repeat(count), close.repeat(count));
        let module = blocklint_rust::lower("src/lib.rs", &text);
        let refused = module.errors.iter().any(|it| it.message.contains("nested too deeply"));
        assert_eq!(refused, count == 100_000 || module.functions.len() == 1, "{count} times {open}");
        assert!(!refused || count > 300, "{count} times {open}");
    }
}

#[test]
fn nested_brackets() {
    check("fn f() { ", "(", "1", ")", "; }");
    check("fn f() { ", "[", "1", "]", "; }");
    check("fn f() { ", "{", "1", "}", " }");
    check("fn f() { ", "g(", "1", ")", "; }");
    check("fn f() { ", "if a { ", "", "}", " }");
    check("fn f() { let ", "(", "a", ")", " = 1; }");
}

#[test]
fn chains() {
    check("fn f() { ", "!", "a", "", "; }");
    check("fn f() { ", "&", "a", "", "; }");
    check("fn f() { a", "+ a", "", "", "; }");
    check("fn f() { a", "?", "", "", "; }");
    check("fn f() { a", ".a", "", "", "; }");
    check("fn f() { ", "a = ", "a", "", "; }");
    check("fn f() { ", "|| ", "a", "", "; }");
    check("fn f() { ", "return ", "a", "", "; }");
    check("fn f() { ", "if a {} else ", "{}", "", " }");
    check("fn f() { let x: ", "&", "a", "", "; }");
    check("fn f() { let x: ", "fn() -> ", "a", "", "; }");
    check("fn f() { let x: ", "A<", "a", ">", "; }");
    check("fn f() { use ", "a::", "a", "", "; }");
}

#[test]
fn deep_macro_arguments() {
    check("fn f() { m!(", "(", "1", ")", "); }");
    check("fn f() { println!(\"{}\", ", "(", "1", ")", "); }");
    check("fn f() { m!{ ", "a + ", "b => c", "", "} }");
}
