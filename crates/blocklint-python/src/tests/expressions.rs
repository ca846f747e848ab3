//! Expressions, in order of evaluation.

use super::check;
use expect_test::expect;

#[test]
fn calls_take_all_kinds_of_arguments() {
    check(
        r#"
f(1, *a, k=2, **b)
"#,
        expect![[r#"
            fn 0 <module>()
              %0 = path f
              %1 = 1
              %2 = path a
              %3 = 2
              %4 = path b
              %5 = call %0(%1, *%2, k=%3, **%4)
              discard %5
        "#]],
    );
}

#[test]
fn await_and_asynchronous_loops() {
    check(
        r#"
async def f(xs):
    await xs.a()
    async for x in xs:
        yield [y async for y in x if await y.z()]
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(xs) AsyncGenerator
              %0 = parameter 0
              %1 = %0.a
              %2 = call %1()
              %3 = await %2
             loop:
              %4 = each async %0
             loop / loop:
              %5 = each async %4
              %6 = %5.z
              %7 = call %6()
              %8 = await %7
              %9 = truth %8
             loop:
              %10 = sequence %5
              %11 = unknown
             body:
              %12 = none
              return %12
              yield %10
              discard %3 %11
        "#]],
    );
}

#[test]
fn formatting_runs_on_each_part() {
    check(
        r#"
f"{a!r:{w}} {b}"
"#,
        expect![[r#"
            fn 0 <module>()
              %0 = path a
              %1 = path w
              %2 = format %1
              %3 = format %0
              %4 = path b
              %5 = format %4
              %6 = literal
              discard %6
        "#]],
    );
}

#[test]
fn operators_and_comparisons() {
    check(
        r#"
a + b * c
a < b < c
a not in b
a is not None
a is b
-a
not a
a @ b
"#,
        expect![[r#"
            fn 0 <module>()
              %0 = path a
              %1 = path b
              %2 = path c
              %3 = mul %1 %2
              %4 = add %0 %3
              %5 = path a
              %6 = path b
              %7 = order %5 %6
              %8 = path c
              %9 = order %6 %8
              %10 = and %7 %9
              %11 = path a
              %12 = path b
              %13 = contains %11 %12
              %14 = not %13
              %15 = path a
              %16 = none
              %17 = isPresent %15
              %18 = path a
              %19 = path b
              %20 = identity %18 %19
              %21 = path a
              %22 = neg %21
              %23 = path a
              %24 = not %23
              %25 = path a
              %26 = path b
              %27 = matMul %25 %26
              discard %4 %10 %14 %17 %20 %22 %24 %27
        "#]],
    );
}

#[test]
fn subscripts_and_stores() {
    check(
        r#"
a[b] = c.d
a.b += 1
del a.b, a[1:2], a
"#,
        expect![[r#"
            fn 0 <module>()
              %0 = path c
              %1 = %0.d
              %2 = path a
              %3 = path b
              %4 = %2[%3] := %1
              %5 = path a
              %6 = %5.b
              %7 = 1
              %8 = add %6 %7
              %9 = %5.b := %8
              %10 = path a
              %11 = %10.b := del
              %12 = path a
              %13 = 1
              %14 = 2
              %15 = literal
              %16 = %12[%15] := del
        "#]],
    );
}

#[test]
fn unpacking_a_written_tuple_needs_no_elements() {
    check(
        r#"
a, b = c, d
*e, f = a
"#,
        expect![[r#"
            scope 0
              a = 0%0
              b = 0%1
              e = 0%4
              f = 0%5
            fn 0 <module>()
              %0 = path c
              %1 = path d
              %2 = tuple %0 %1
              %3 = element * of %0
              %4 = sequence %3
              %5 = element * of %0
        "#]],
    );
}

#[test]
fn displays() {
    check(
        r#"
[a, *b]
{a: b, **c}
(a, b)
{a}
{k: v for k, v in x.items()}
"#,
        expect![[r#"
            fn 0 <module>()
              %0 = path a
              %1 = path b
              %2 = each %1
              %3 = sequence %0 %2
              %4 = path a
              %5 = path b
              %6 = path c
              %7 = each %6
              %8 = %6[%7]
              %9 = mapping %4 %5 %7 %8
              %10 = path a
              %11 = path b
              %12 = tuple %10 %11
              %13 = path a
              %14 = sequence %13
              %15 = path x
              %16 = %15.items
              %17 = call %16()
             loop:
              %18 = each %17
              %19 = element 0 of %18
              %20 = element 1 of %18
             body:
              %21 = mapping %19 %20
              discard %3 %9 %12 %14 %21
        "#]],
    );
}

#[test]
fn walrus_binds_around() {
    check(
        r#"
def f(x):
    if (m := x.find()) is not None:
        return m.group
    return [last := y for y in x], last
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(x)
              %0 = parameter 0
              %1 = %0.find
              %2 = call %1()
              %3 = none
              %4 = isPresent %2
             when %4:
              %5 = present %2
              %6 = %5.group
             when not %4:
              %7 = %2 is ()
             when not %4 / loop:
              %8 = each %0
             when not %4:
              %9 = sequence %8
              %10 = tuple %9 %8
              return %6 %10
        "#]],
    );
}

#[test]
fn super_and_cast() {
    check(
        r#"
from typing import cast
class A(B):
    def f(self):
        super().f()
        return cast(C, self.x)
"#,
        expect![[r#"
            scope 0
              cast = import /typing.cast
              A = type A
            class A(B)
              Method f = fn 1
            fn 0 <module>()
              %0 = import /typing.cast
              %1 = fn 1
              %2 = type A
            fn 1 A.f(self)
              %0 = parameter 0
              %1 = super
              %2 = %1.f
              %3 = call %2()
              %4 = %0.x
              %5 = %4 is C
              return %5
              discard %3
        "#]],
    );
}

#[test]
fn generators() {
    check(
        r#"
def f():
    x = yield 1
    yield from g()
    return x
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f() Generator
              %0 = 1
              %1 = unknown
              %2 = path g
              %3 = call %2()
              %4 = each %3
              %5 = unknown
              return %1
              yield %0 %4
              discard %5
        "#]],
    );
}

#[test]
fn classes_of_values_and_builtins_that_are_statements() {
    check(
        r#"
def f(a, b):
    type(a).x = a.__class__
    setattr(a, "y", b)
    delattr(a, "z")
    setattr(a, b, 1)
    return "%s %d" % (a, b)
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(a, b)
              %0 = parameter 0
              %1 = parameter 1
              %2 = type of %0
              %3 = type of %0
              %4 = %3.x := %2
              %5 = path setattr
              %6 = "y"
              %7 = %0.y := %1
              %8 = none
              %9 = path delattr
              %10 = "z"
              %11 = %0.z := del
              %12 = none
              %13 = path setattr
              %14 = 1
              %15 = call %13(%0, %1, %14)
              %16 = "%s %d"
              %17 = tuple %0 %1
              %18 = format %0
              %19 = format %1
              %20 = rem %16 %17
              return %20
              discard %8 %12 %15
        "#]],
    );
}
