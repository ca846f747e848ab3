//! Names: where they are bound and what reading them gives.

use super::check;
use expect_test::expect;

#[test]
fn a_function_of_the_file_is_bound_once() {
    check(
        r#"
def f(): ...
f()
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
              %1 = call %0()
              discard %1
            fn 1 f() stub
        "#]],
    );
}

#[test]
fn imports_run_and_bind() {
    check(
        r#"
import a.b
import a.c as d
from .x import y as z
from m import *
z(a.b)
"#,
        expect![[r#"
            scope 0
              a = import /a
              d = import /a.c
              z = import .x.y
              * = /m
            fn 0 <module>()
              %0 = import /a.b as /a
              %1 = import /a.c
              %2 = import .x.y
              %3 = import /m
              %4 = %0.b
              %5 = call %2(%4)
              discard %5
        "#]],
    );
}

#[test]
fn an_import_in_a_function_is_local() {
    check(
        r#"
def f():
    import boto3
    def g():
        return boto3.client()
    return boto3
"#,
        expect![[r#"
            scope 0
              f = fn f
            scope 1 in 0
              boto3 = import /boto3
            fn 0 <module>()
              %0 = fn 1
            fn 1 f()
              %0 = import /boto3
              %1 = fn 2
              return %0
            fn 2 f.<locals>.g() in 1
              %0 = captured boto3 of 1
              %1 = %0.client
              %2 = call %1()
              return %2
        "#]],
    );
}

#[test]
fn twins_of_an_import_are_both_bound() {
    check(
        r#"
try:
    import fast as impl
except ImportError:
    import slow as impl
"#,
        expect![[r#"
            scope 0
              impl = import /fast
              impl = import /slow
            fn 0 <module>()
             try#1:
              %0 = import /fast
             body:
              %1 = path ImportError
             except#1 %1:
              %2 = import /slow
             body:
              %3 = choice %0 %2
        "#]],
    );
}

#[test]
fn an_import_that_may_be_missing_is_a_value() {
    check(
        r#"
try:
    import fast
except ImportError:
    fast = None
"#,
        expect![[r#"
            scope 0
              fast = 0%0 | 0%2
            fn 0 <module>()
             try#1:
              %0 = import /fast
             body:
              %1 = path ImportError
             except#1 %1:
              %2 = none
             body:
              %3 = choice %0 %2
        "#]],
    );
}

#[test]
fn imports_for_annotations_run_nothing() {
    check(
        r#"
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from a import B
else:
    x = 1
def f(b: "B"): ...
"#,
        expect![[r#"
            scope 0
              TYPE_CHECKING = import /typing.TYPE_CHECKING
              B = import /a.B
              x = 0%1
              f = fn f
            fn 0 <module>()
              %0 = import /typing.TYPE_CHECKING
              %1 = 1
              %2 = fn 1
            fn 1 f(b: B) stub
              %0 = parameter 0
        "#]],
    );
}

#[test]
fn a_global_is_assigned_from_functions() {
    check(
        r#"
client: Client = None
def get():
    global client
    if client is None:
        client = Client()
    return client
"#,
        expect![[r#"
            scope 0
              client: Client = 0%1 | 1%4
              get = fn get
            fn 0 <module>()
              %0 = none
              %1 = %0 is Client
              %2 = fn 1
            fn 1 get()
              %0 = path client
              %1 = none
              %2 = isNone %0
             when %2:
              %3 = path Client
              %4 = call %3()
             body:
              %5 = path client
              return %5
        "#]],
    );
}

#[test]
fn nonlocal_reaches_the_variable_around() {
    check(
        r#"
def f():
    n = 0
    def g():
        nonlocal n
        n = 1
        return n
    return g, n
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f()
              %0 = 0
              %1 = fn 2
              %2 = captured n of 1
              %3 = tuple %1 %2
              return %3
              n is also 2%0
            fn 2 f.<locals>.g() in 1
              %0 = 1
              %1 = captured n of 1
              return %1
        "#]],
    );
}

#[test]
fn a_lambda_captures() {
    check(
        r#"
def f(x):
    return [lambda: x + y for y in x]
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(x)
              %0 = parameter 0
             loop:
              %1 = each %0
              %2 = fn 2
             body:
              %3 = sequence %2
              return %3
            fn 2 f.<locals>.<lambda>() in 1
              %0 = captured x of 1
              %1 = captured y of 1
              %2 = add %0 %1
              return %2
        "#]],
    );
}

#[test]
fn a_class_body_s_names_are_its_own() {
    check(
        r#"
x = 1
class A:
    x = 2
    y = x
    def f(self):
        return x
"#,
        expect![[r#"
            scope 0
              x = 0%0
              A = type A
            class A()
              Method f = fn 1
              .x = 0%1 on class
              .y = 0%1 on class
            fn 0 <module>()
              %0 = 1
              %1 = 2
              %2 = fn 1
              %3 = type A
            fn 1 A.f(self)
              %0 = parameter 0
              %1 = path x
              return %1
        "#]],
    );
}

#[test]
fn a_comprehension_s_variable_ends_with_it() {
    check(
        r#"
x = 1
ys = [x for x in xs if x]
print(x)
"#,
        expect![[r#"
            scope 0
              x = 0%0
              ys = 0%5
            fn 0 <module>()
              %0 = 1
              %1 = path xs
             loop:
              %2 = each %1
              %3 = truth %2
             loop / when %2:
              %4 = present %2
             body:
              %5 = sequence %4
              %6 = path print
              %7 = call %6(%0)
              discard %7
        "#]],
    );
}

#[test]
fn exports_are_listed() {
    check(
        r#"
__all__ = ["a", "b"]
__all__ += ["c"]
__all__.append("d")
def __getattr__(name): return name
"#,
        expect![[r#"
            scope 0
              __all__ = 0%2 | 0%5
              __getattr__ = fn __getattr__
              exports a, b, c, d
              fallback __getattr__
            fn 0 <module>()
              %0 = "a"
              %1 = "b"
              %2 = sequence %0 %1
              %3 = "c"
              %4 = sequence %3
              %5 = add %2 %4
              %6 = %5.append
              %7 = "d"
              %8 = call %6(%7)
              %9 = fn 1
              discard %8
            fn 1 __getattr__(name)
              %0 = parameter 0
              return %0
        "#]],
    );
}

#[test]
fn a_variable_that_holds_nothing_yet_is_whatever_it_is_given() {
    check(
        r#"
def f(xs):
    for x in xs:
        if x:
            go(last)
        last = x
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(xs)
              %0 = parameter 0
             loop:
              %1 = each %0
              %2 = truth %1
             loop / when %1:
              %3 = present %1
              %4 = path go
              %5 = captured last of 1
              %6 = call %4(%5)
             body:
              %7 = none
              return %7
              discard %6
        "#]],
    );
}

#[test]
fn a_declared_variable_has_its_type() {
    check(
        r#"
def f(c):
    x: A
    if c:
        x = b()
    else:
        x = d()
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
              %3 = path b
              %4 = call %3()
              %5 = %4 is A
             when not %0:
              %6 = path d
              %7 = call %6()
              %8 = %7 is A
             body:
              %9 = choice %5 %8
              return %9
        "#]],
    );
}

#[test]
fn a_flag_set_at_the_end_of_a_try_is_not_seen_by_its_handler() {
    check(
        r#"
def f():
    on_loop = False
    try:
        get_running_loop()
        on_loop = True
    except RuntimeError:
        pass
    return on_loop
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f()
              %0 = false
             try#1:
              %1 = path get_running_loop
              %2 = call %1()
              %3 = true
             body:
              %4 = path RuntimeError
              %5 = choice %3 %0
              return %5
              discard %2
        "#]],
    );
}

#[test]
fn computed_exports_are_not_listed_in_part() {
    check(
        r#"
__all__ = ["a"]
__all__ += other.__all__
__all__ += ["b"]
"#,
        expect![[r#"
            scope 0
              __all__ = 0%1 | 0%4 | 0%7
            fn 0 <module>()
              %0 = "a"
              %1 = sequence %0
              %2 = path other
              %3 = %2.__all__
              %4 = add %1 %3
              %5 = "b"
              %6 = sequence %5
              %7 = add %4 %6
        "#]],
    );
}
