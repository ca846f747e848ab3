//! What the front end makes of Python, construct by construct.

use crate::lower;
use expect_test::{Expect, expect};

#[expect(clippy::needless_pass_by_value, reason = "`expect!` makes a value")]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&blocklint_ir::print::module(&lower("module.py", text)));
}

#[test]
fn smoke() {
    check(
        "import asyncio\nasync def f(x: int = 3) -> str | None:\n    if not isinstance(x, int):\n        return\n    for y in await g(x):\n        x = y.z(1, k=x)\n    return x\n",
        expect![[r#"
            scope 0
              asyncio = import /asyncio
              f = fn f
            fn 0 <module>()
              %0 = import /asyncio
              %1 = 3
              %2 = fn 1
            fn 1 f(x: int = %1) Async -> (str | ())
              %0 = parameter 0
              %1 = path isinstance
              %2 = path int
              %3 = call %1(%0, %2)
              %4 = not %3
             when %4:
              %5 = %0 is not int
              %6 = none
             when not %4:
              %7 = %0 is int
             when not %4:
              %8 = path g
              %9 = call %8(%7)
              %10 = await %9
             when not %4 / loop:
              %11 = each %10
              %12 = %11.z
              %13 = 1
              %14 = choice %7 %15
              %15 = call %12(%13, k=%14)
              %16 = choice %14 %15
              return %6 %16
        "#]],
    );
}
