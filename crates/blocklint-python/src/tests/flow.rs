//! Branches, loops, handlers and contexts.

use super::check;
use expect_test::expect;

#[test]
fn both_branches_meet() {
    check(
        r#"
def f(c):
    if c:
        x = 1
    elif c > 1:
        x = 2
    else:
        x = 3
    return x
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(c)
              %0 = parameter 0
              %1 = truth %0
             when %0:
              %2 = present %0
              %3 = 1
             when not %0:
              %4 = 1
              %5 = order %0 %4
             when not %0 / when %5:
              %6 = 2
             when not %0 / when not %5:
              %7 = 3
             body:
              %8 = choice %3 %6 %7
              return %8
        "#]],
    );
}

#[test]
fn an_early_return_is_remembered() {
    check(
        r#"
def f(x):
    if x is None:
        return
    elif not x.ok:
        raise E
    x.go()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(x)
              %0 = parameter 0
              %1 = none
              %2 = isNone %0
             when %2:
              %3 = %0 is ()
              %4 = none
             when not %2:
              %5 = present %0
              %6 = %5.ok
              %7 = not %6
             when not %2 / when %7:
              %8 = path E
             when not %2 / when not %7:
              %9 = %5.go
              %10 = call %9()
             body:
              %11 = none
              return %4 %11
              discard %10
        "#]],
    );
}

#[test]
fn isinstance_narrows() {
    check(
        r#"
def f(x):
    if isinstance(x, (A, B)) and x.ok:
        x.a()
    else:
        x.b()
    x.c()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(x)
              %0 = parameter 0
              %1 = path isinstance
              %2 = path A
              %3 = path B
              %4 = tuple %2 %3
              %5 = call %1(%0, %4)
             when %5:
              %6 = %0 is (A | B)
              %7 = %6.ok
              %8 = truth %7
             body:
              %9 = and %5 %7
             when %9:
              %10 = %0 is (A | B)
              %11 = %10.a
              %12 = call %11()
             when not %9:
              %13 = %0.b
              %14 = call %13()
             body:
              %15 = %0.c
              %16 = call %15()
              %17 = none
              return %17
              discard %12 %14 %16
        "#]],
    );
}

#[test]
fn a_loop_runs_its_body_and_else() {
    check(
        r#"
def f(xs):
    n = None
    for a, (b, *c) in xs:
        n = b
        if n: break
    else:
        n = a
    return n
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(xs)
              %0 = parameter 0
              %1 = none
             loop:
              %2 = each %0
              %3 = element 0 of %2
              %4 = element 1 of %2
              %5 = element 0 of %4
              %6 = element * of %4
              %7 = sequence %6
              %8 = truth %5
             loop / when %5:
              %9 = present %5
             loop:
              %10 = choice %1 %5
             body:
              %11 = choice %3 %9
              return %11
        "#]],
    );
}

#[test]
fn an_endless_loop_is_left_by_break() {
    check(
        r#"
def f(q):
    while True:
        x = q.get()
        if x is None: break
    return x
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(q)
              %0 = parameter 0
             loop:
              %1 = choice %0
              %2 = %1.get
              %3 = call %2()
              %4 = none
              %5 = isNone %3
             loop / when %5:
              %6 = %3 is ()
             loop / when not %5:
              %7 = present %3
              return %6
        "#]],
    );
}

#[test]
fn a_while_loop_tests_each_time() {
    check(
        r#"
def f(q):
    x = None
    while x is None:
        x = q.get()
    x.go()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(q)
              %0 = parameter 0
              %1 = none
             loop:
              %2 = choice %1 %8
              %3 = none
              %4 = isNone %2
             loop / when %4:
              %5 = %2 is ()
              %6 = choice %0
              %7 = %6.get
              %8 = call %7()
              %9 = choice %2 %8
             body:
              %10 = present %9
             when not %4:
              %11 = %10.go
              %12 = call %11()
             body:
              %13 = none
              return %13
              discard %12
        "#]],
    );
}

#[test]
fn what_cannot_be_reached_is_left_out() {
    check(
        r#"
def f():
    raise E
    yield g()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f() Generator
              %0 = path E
        "#]],
    );
}

#[test]
fn a_guard_by_exception_is_remembered() {
    check(
        r#"
def f():
    try:
        loop = get_running_loop()
    except RuntimeError as error:
        return run(error)
    loop.go()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f()
             try#1:
              %0 = path get_running_loop
              %1 = call %0()
             body:
              %2 = path RuntimeError
             except#1 %2:
              %3 = unknown
              %4 = %3 is RuntimeError
              %5 = path run
              %6 = call %5(%4)
             completed#1:
              %7 = %1.go
              %8 = call %7()
             body:
              %9 = none
              return %6 %9
              discard %8
        "#]],
    );
}

#[test]
fn try_else_finally() {
    check(
        r#"
def f():
    x = None
    try:
        x = a()
    except (A, b.C):
        x = b()
    else:
        x.c()
    finally:
        d(x)
    return x
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f()
              %0 = none
             try#1:
              %1 = path a
              %2 = call %1()
             body:
              %3 = path A
              %4 = path b
              %5 = %4.C
             except#1 %3 %5:
              %6 = path b
              %7 = call %6()
             completed#1:
              %8 = %2.c
              %9 = call %8()
             body:
              %10 = choice %2 %7
             finally:
              %11 = path d
              %12 = call %11(%10)
              return %10
              discard %9 %12
        "#]],
    );
}

#[test]
fn contexts_are_held() {
    check(
        r#"
async def f(lock):
    async with lock as a, b() as c:
        a.x = c
    with suppress(E):
        raise E
    after()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(lock) Async
              %0 = parameter 0
              %1 = enter async %0
             held %0:
              %2 = path b
              %3 = call %2()
              %4 = enter async %3
             held %0 / held %3:
              %5 = %1.x := %4
             held %0:
              %6 = exit async %3
             body:
              %7 = exit async %0
              %8 = path suppress
              %9 = path E
              %10 = call %8(%9)
              %11 = enter %10
             held %10:
              %12 = path E
             body:
              %13 = exit %10
              %14 = path after
              %15 = call %14()
              %16 = none
              return %16
              discard %15
        "#]],
    );
}

#[test]
fn and_or_as_values_and_as_tests() {
    check(
        r#"
def f(a, b):
    x = a or b.c()
    if a and (b or not x):
        y = a.d if x else b
    assert a is not None, b()
    return a
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(a, b)
              %0 = parameter 0
              %1 = parameter 1
              %2 = truth %0
             when not %0:
              %3 = %1.c
              %4 = call %3()
             body:
              %5 = choice %0 %4
              %6 = truth %0
             when %0:
              %7 = present %0
              %8 = truth %1
             when %0 / when not %1:
              %9 = not %5
             when %0:
              %10 = or %1 %9
             body:
              %11 = and %0 %10
             when %11:
              %12 = present %0
              %13 = truth %5
             when %11 / when %5:
              %14 = present %5
              %15 = %12.d
             when %11:
              %16 = choice %15 %1
             body:
              %17 = none
              %18 = isPresent %0
             when not %18:
              %19 = call %1()
             body:
              %20 = present %0
              return %20
        "#]],
    );
}
