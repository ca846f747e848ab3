//! What the front end makes of Python, construct by construct, printed as the intermediate representation's text.

mod definitions;
mod expressions;
mod files;
mod flow;
mod names;
mod patterns;

use crate::lower;
use expect_test::Expect;

#[expect(clippy::needless_pass_by_value, reason = "`expect!` makes a value")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&blocklint_ir::print::module(&lower("module.py", text.trim_start())));
}
