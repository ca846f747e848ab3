//! The ends of values' lives, and guards.

use super::check_body;
use expect_test::expect;

#[test]
fn what_a_block_owns_is_dropped_at_its_end_in_reverse() {
    check_body(
        "let x = X::new(); { let y = Y {}; g(&y); } let z = x.clone();",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path X::new
              %3 = call %2()
              %4 = path Y
              %5 = call %4()
              %6 = path g
              %7 = call %6(%5)
              %8 = drop %7
              %9 = none
              %10 = drop %5
              %11 = %3.clone
              %12 = call %11()
              %13 = none
              %14 = drop %3
              %15 = drop %0
              return %13
              discard %7
        "#]],
    );
}

#[test]
fn what_moved_is_not_dropped() {
    check_body(
        "let x = X::new(); let y = Y::new(); drop(x); g(y); let z = Z::new(); spawn(async move { k(z) })",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path X::new
              %3 = call %2()
              %4 = path Y::new
              %5 = call %4()
              %6 = path drop
              %7 = call %6(%3)
              %8 = drop %7
              %9 = path g
              %10 = call %9(%5)
              %11 = drop %10
              %12 = path Z::new
              %13 = call %12()
              %14 = path spawn
              %15 = fn 2
              %16 = call %14(%15)
              %17 = drop %0
              return %16
              discard %7 %10
            fn 2 f::{async block}() Async in 1
              %0 = path k
              %1 = captured z of 1
              %2 = call %0(%1)
              return %2
        "#]],
    );
}

#[test]
fn what_moved_on_a_path_that_left_is_dropped_on_the_other() {
    check_body(
        "let x = X::new(); if b.c { return k(x); } g()",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path X::new
              %3 = call %2()
              %4 = %1.c
             when %4:
              %5 = path k
              %6 = call %5(%3)
              %7 = unknown
              %8 = none
              %9 = none
             when not %4:
              %10 = path g
              %11 = call %10()
              %12 = drop %3
             body:
              %13 = drop %0
              return %6 %11
        "#]],
    );
}

#[test]
fn temporaries_and_overwritten_values_are_dropped_at_once() {
    check_body(
        "X::new(); let _ = Y::new(); let mut z = Z::new(); z = Z::other(); b.field = z;",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = path X::new
          %3 = call %2()
          %4 = drop %3
          %5 = path Y::new
          %6 = call %5()
          %7 = drop %6
          %8 = path Z::new
          %9 = call %8()
          %10 = path Z::other
          %11 = call %10()
          %12 = drop %9
          %13 = none
          %14 = %1.field
          %15 = drop %14
          %16 = %1.field := %11
          %17 = none
          %18 = none
          %19 = drop %0
          return %18
          discard %3 %6
    "#]],
    );
}

#[test]
fn references_are_not_dropped() {
    check_body(
        "let x = &X::new(); let y = b.get(1).unwrap(); let z = b.as_ref(); if let Some(w) = b.take() { w.go() }",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path X::new
              %3 = call %2()
              %4 = %1.get
              %5 = 1
              %6 = call %4(%5)
              %7 = %6.unwrap
              %8 = call %7()
              %9 = %1.as_ref
              %10 = call %9()
              %11 = %1.take
              %12 = call %11()
             match %12 Some:
              %13 = %12 as Some .0
              %14 = %13.go
              %15 = call %14()
             body:
              %16 = drop %13
              %17 = drop %0
              return %15
        "#]],
    );
}

#[test]
fn a_guard_is_held_until_it_is_dropped() {
    check_body(
        "let g = b.m.lock().unwrap(); one().await; drop(g); two().await;",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.m
          %3 = %2.lock
          %4 = call %3()
          %5 = %4.unwrap
          %6 = call %5()
         held %6:
          %7 = path one
          %8 = call %7()
          %9 = await %8
          %10 = drop %9
          %11 = path drop
         body:
          %12 = call %11(%6)
          %13 = drop %12
          %14 = path two
          %15 = call %14()
          %16 = await %15
          %17 = drop %16
          %18 = none
          %19 = drop %0
          return %18
          discard %9 %12 %16
    "#]],
    );
}

#[test]
fn a_guard_is_held_to_the_end_of_its_block_on_the_path_that_keeps_it() {
    check_body(
        "{ let g = b.m.lock().await; if g.x { drop(g); return one().await; } two().await; } three().await",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.m
              %3 = %2.lock
              %4 = call %3()
              %5 = await %4
             held %5:
              %6 = %5.x
             held %5 / when %6:
              %7 = path drop
             when %6:
              %8 = call %7(%5)
              %9 = drop %8
              %10 = path one
              %11 = call %10()
              %12 = await %11
              %13 = unknown
              %14 = none
              %15 = none
             held %5 / when not %6:
              %16 = path two
              %17 = call %16()
              %18 = await %17
              %19 = drop %18
              %20 = none
              %21 = drop %5
             body:
              %22 = path three
              %23 = call %22()
              %24 = await %23
              %25 = drop %0
              return %12 %24
              discard %8 %18
        "#]],
    );
}

#[test]
fn a_guard_in_a_tested_expression_lives_as_long_as_the_branch() {
    check_body(
        "match b.m.lock().unwrap().next() { Some(x) => x.await, None => {} } one().await",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.m
          %3 = %2.lock
          %4 = call %3()
          %5 = %4.unwrap
          %6 = call %5()
         held %6:
          %7 = %6.next
          %8 = call %7()
         held %6 / match %8 Some:
          %9 = %8 as Some .0
          %10 = await %9
         held %6 / match %8 None:
          %11 = none
         body:
          %12 = choice %10 %11
          %13 = path one
          %14 = call %13()
          %15 = await %14
          %16 = drop %0
          return %15
    "#]],
    );
    check_body(
        "if b.m.lock().unwrap().is_empty() { one().await }",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.m
          %3 = %2.lock
          %4 = call %3()
          %5 = %4.unwrap
          %6 = call %5()
         held %6:
          %7 = %6.is_empty
          %8 = call %7()
         when %8:
          %9 = path one
          %10 = call %9()
          %11 = await %10
         body:
          %12 = drop %0
          return %11
    "#]],
    );
}

#[test]
fn a_temporary_guard_lives_to_the_end_of_its_statement() {
    check_body(
        "let x = b.m.lock().unwrap().clone(); one().await; b.m.lock().unwrap().send(two().await); three().await",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.m
              %3 = %2.lock
              %4 = call %3()
              %5 = %4.unwrap
              %6 = call %5()
             held %6:
              %7 = %6.clone
              %8 = call %7()
             body:
              %9 = path one
              %10 = call %9()
              %11 = await %10
              %12 = drop %11
              %13 = %1.m
              %14 = %13.lock
              %15 = call %14()
              %16 = %15.unwrap
              %17 = call %16()
             held %17:
              %18 = %17.send
              %19 = path two
              %20 = call %19()
              %21 = await %20
              %22 = call %18(%21)
              %23 = drop %22
             body:
              %24 = path three
              %25 = call %24()
              %26 = await %25
              %27 = drop %0
              return %26
              discard %11 %22
        "#]],
    );
}

#[test]
fn what_moves_into_an_asynchronous_block_ends_with_it() {
    check_body(
        "let x = X::new(); let y = Y::new(); spawn(async move { x.go(); k(y) }); thread(move || a.go())",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path X::new
              %3 = call %2()
              %4 = path Y::new
              %5 = call %4()
              %6 = path spawn
              %7 = fn 2
              %8 = call %6(%7)
              %9 = drop %8
              %10 = path thread
              %11 = fn 3
              %12 = call %10(%11)
              return %12
              discard %8
            fn 2 f::{async block}() Async in 1
              %0 = captured x of 1
              %1 = %0.go
              %2 = call %1()
              %3 = drop %2
              %4 = path k
              %5 = captured y of 1
              %6 = call %4(%5)
              %7 = captured x of 1
              %8 = drop %7
              return %6
              discard %2
            fn 3 f::{closure}() in 1
              %0 = captured a of 1
              %1 = %0.go
              %2 = call %1()
              return %2
        "#]],
    );
}
