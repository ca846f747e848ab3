//! `match`.

use super::check;
use expect_test::expect;

#[test]
fn match_narrows_and_captures() {
    check(
        r#"
def f(c):
    match c:
        case Point(x, y=[a, *b]) if a:
            return x
        case {"k": v} | v:
            go(v)
        case _:
            c.end()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(c)
              %0 = parameter 0
             match %0 Point:
              %1 = %0 is Point
              %2 = %0 as Point .0
              %3 = %0 is Point
              %4 = %3.y
              %5 = element 0 of %4
              %6 = element * of %4
              %7 = truth %5
             match %0 Point / when %5:
              %8 = present %5
             match %0:
              %9 = "k"
              %10 = %0[%9]
              %11 = path go
              %12 = call %11(%0)
             match %0:
              %13 = %0.end
              %14 = call %13()
             body:
              %15 = none
              return %2 %15
              discard %12 %14
        "#]],
    );
}

#[test]
fn patterns_that_compare_are_tests() {
    check(
        r#"
def f(c):
    match c:
        case "a" | "b":
            one()
        case K.X if ready():
            two()
        case None:
            three()
        case _:
            four()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(c)
              %0 = parameter 0
              %1 = "a"
              %2 = equal %0 %1
              %3 = "b"
              %4 = equal %0 %3
              %5 = or %2 %4
             when %5:
              %6 = path one
              %7 = call %6()
             when not %5:
              %8 = path K
              %9 = %8.X
              %10 = equal %0 %9
             when not %5 / when %10:
              %11 = path ready
              %12 = call %11()
              %13 = truth %12
             when not %5 / when %10 / when %12:
              %14 = path two
              %15 = call %14()
             when not %5:
              %16 = isNone %0
             when not %5 / when %16:
              %17 = path three
              %18 = call %17()
             when not %5 / when not %16 / match %0:
              %19 = path four
              %20 = call %19()
             body:
              %21 = none
              return %21
              discard %7 %15 %18 %20
        "#]],
    );
}
