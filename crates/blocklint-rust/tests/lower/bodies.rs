//! Bodies: values, variables, branches, loops, closures.

use super::check_body;
use expect_test::expect;

#[test]
fn calls_methods_fields_and_awaits() {
    check_body(
        "let x = std::fs::read(a.path)?; b.c.d(&x, 1).await; <T as Tr>::m(); Vec::<u8>::new(); x[0] + *b",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path std::fs::read
              %3 = %0.path
              %4 = call %2(%3)
              %5 = unknown
              %6 = unwrap %4
              %7 = %1.c
              %8 = %7.d
              %9 = 1
              %10 = call %8(%6, %9)
              %11 = await %10
              %12 = drop %11
              %13 = <T as Tr>::m
              %14 = call %13()
              %15 = drop %14
              %16 = <Vec[u8]>::new
              %17 = call %16<u8>()
              %18 = drop %17
              %19 = 0
              %20 = %6[%19]
              %21 = add %20 %1
              %22 = drop %6
              %23 = drop %0
              return %21
              discard %11 %14 %17
        "#]],
    );
}

#[test]
fn shadowing_makes_a_new_variable() {
    check_body(
        "let x = 1; { let x = 2; g(x); } let y = move || x; let x = 3; h(|| x)",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = 1
          %3 = 2
          %4 = path g
          %5 = call %4(%3)
          %6 = drop %5
          %7 = none
          %8 = fn 2
          %9 = 3
          %10 = path h
          %11 = fn 3
          %12 = call %10(%11)
          %13 = drop %0
          return %12
          discard %5
        fn 2 f::{closure}() in 1
          %0 = captured x of 1
          return %0
        fn 3 f::{closure}() in 1
          %0 = captured x#3 of 1
          return %0
    "#]],
    );
}

#[test]
fn if_let_and_let_else_know_the_variant() {
    check_body(
        "if let Some(x) = a.next() { x } else { 0 }; let Ok(y) = b.r() else { return }; y.z()",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %0.next
              %3 = call %2()
             match %3 Some:
              %4 = %3 as Some .0
             match not %3 Some:
              %5 = 0
             body:
              %6 = choice %4 %5
              %7 = %1.r
              %8 = call %7()
             match not %8 Ok:
              %9 = none
              %10 = unknown
              %11 = none
             match %8 Ok:
              %12 = %8 as Ok .0
              %13 = %12.z
              %14 = call %13()
              %15 = drop %12
             body:
              %16 = drop %0
              return %9 %14
        "#]],
    );
}

#[test]
fn after_a_branch_that_leaves_its_test_is_known() {
    check_body(
        "if !b.running() { return; } g()",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.running
              %3 = call %2()
              %4 = not %3
             when %4:
              %5 = none
              %6 = unknown
              %7 = none
              %8 = none
             when not %4:
              %9 = path g
              %10 = call %9()
             body:
              %11 = drop %0
              return %5 %10
        "#]],
    );
}

#[test]
fn match_arms_and_guards() {
    check_body(
        "match b.k { K::A(x, ..) | K::B(x) => x, K::C { y: (p, q) } if p > 1 => q, MAX => 1, _ => return }",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.k
             match %2:
              %3 = %2 as K::A .0
              %4 = %2 as K::B .0
              %5 = choice %3 %4
             match %2 K::C:
              %6 = %2 as K::C .y
              %7 = element 0 of %6
              %8 = element 1 of %6
              %9 = 1
              %10 = order %7 %9
             match %2 MAX:
              %11 = 1
             match %2:
              %12 = none
              %13 = unknown
              %14 = none
             body:
              %15 = choice %5 %8 %11
              %16 = drop %0
              return %12 %15
        "#]],
    );
}

#[test]
fn loops_give_what_they_break_with() {
    check_body(
        "let r = 'o: loop { for i in b.list() { if i { break 'o 5; } continue; } }; while let Some(x) = b.pop() { x; } r",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
             loop:
              %2 = choice %1
              %3 = %2.list
              %4 = call %3()
             loop / loop:
              %5 = each %4
             loop / loop / when %5:
              %6 = 5
              %7 = none
              %8 = none
             loop / loop / when not %5:
              %9 = none
              %10 = none
             loop:
              %11 = none
             body:
              %12 = none
             loop:
              %13 = choice %2
              %14 = %13.pop
              %15 = call %14()
             loop / match %15 Some:
              %16 = %15 as Some .0
              %17 = none
              %18 = drop %16
             body:
              %19 = none
              %20 = drop %0
              return %6
        "#]],
    );
}

#[test]
fn a_loop_sees_an_earlier_round() {
    check_body(
        "let mut x = 1; while b.go() { g(x); x = 2; } x",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = 1
         loop:
          %3 = choice %1
          %4 = %3.go
          %5 = call %4()
         loop / when %5:
          %6 = path g
          %7 = choice %2 %10
          %8 = call %6(%7)
          %9 = drop %8
          %10 = 2
          %11 = none
          %12 = none
          %13 = choice %7 %10
         body:
          %14 = none
          %15 = drop %0
          return %13
          discard %8
    "#]],
    );
}

#[test]
fn closures_and_async_blocks_capture() {
    check_body(
        "let x = 1; let f = async move |p: P| { p.go(x) }; spawn(async move { f(b).await })",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = 1
          %3 = fn 2
          %4 = path spawn
          %5 = fn 3
          %6 = call %4(%5)
          %7 = drop %0
          return %6
        fn 2 f::{async block}(p: P) Async in 1
          %0 = parameter 0
          %1 = %0 is P
          %2 = %1.go
          %3 = captured x of 1
          %4 = call %2(%3)
          return %4
        fn 3 f::{async block}() Async in 1
          %0 = captured f of 1
          %1 = captured b of 1
          %2 = call %0(%1)
          %3 = await %2
          return %3
    "#]],
    );
}

#[test]
fn struct_literals_are_calls_with_names() {
    check_body(
        "S { x: 1, y: b.z, ..Default::default() }",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = path S
          %3 = 1
          %4 = %1.z
          %5 = path Default::default
          %6 = call %5()
          %7 = call %2(x=%3, y=%4, **%6)
          %8 = drop %0
          return %7
    "#]],
    );
}

#[test]
fn turbofish_results_are_narrowed() {
    check_body(
        "let x = b.parse::<Url>()?; let y: Vec<u8> = b.collect(); (x, y as Z)",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.parse
              %3 = call %2<Url>()
              %4 = %3 is /std::result::Result[Url]
              %5 = unknown
              %6 = unwrap %4
              %7 = %1.collect
              %8 = call %7()
              %9 = %8 is Vec[u8]
              %10 = %9 is Z
              %11 = tuple %6 %10
              %12 = drop %9
              %13 = drop %0
              return %11
        "#]],
    );
}

#[test]
fn logic_runs_its_right_side_under_the_left() {
    check_body(
        "let x = b.p() && b.q(); if x || b.r() { 1 } else { 2 }",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.p
          %3 = call %2()
         when %3:
          %4 = %1.q
          %5 = call %4()
         body:
          %6 = and %3 %5
         when not %6:
          %7 = %1.r
          %8 = call %7()
         body:
          %9 = or %6 %8
         when %9:
          %10 = 1
         when not %9:
          %11 = 2
         body:
          %12 = choice %10 %11
          %13 = drop %0
          return %12
    "#]],
    );
}
