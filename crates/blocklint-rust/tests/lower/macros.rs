//! Macros that are known, defined in the file, or neither.

use super::{check, check_body};
use expect_test::expect;

#[test]
fn format_strings_format_their_arguments_and_captures() {
    check_body(
        "let x = 1; println!(\"{x:?} {{no}} {} {y}\", b.c(), y = 2); write!(b.w, \"{}\", x)?;",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = 1
              %3 = format %2
              %4 = %1.c
              %5 = call %4()
              %6 = format %5
              %7 = 2
              %8 = format %7
              %9 = path println
              %10 = call %9(%2, %5, %7)
              %11 = %1.w
              %12 = format %2
              %13 = %11.write_fmt
              %14 = call %13(%2)
              %15 = unknown
              %16 = unwrap %14
              %17 = drop %16
              %18 = none
              %19 = drop %0
              return %18
              discard %16
        "#]],
    );
}

#[test]
fn logging_fields_are_values() {
    check_body(
        "tracing::info!(target: \"t\", peer = %b.addr(), ?a, \"done {}\", b.n());",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.addr
          %3 = call %2()
          %4 = format %3
          %5 = format %0
          %6 = %1.n
          %7 = call %6()
          %8 = format %7
          %9 = path tracing::info
          %10 = call %9(%3, %0, %7)
          %11 = none
          %12 = drop %0
          return %11
    "#]],
    );
}

#[test]
fn join_awaits_all() {
    check_body(
        "let (x, y) = tokio::join!(one(), two()); futures::try_join!(three())?",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = path one
              %3 = call %2()
              %4 = path two
              %5 = call %4()
              %6 = await %3
              %7 = await %5
              %8 = tuple %6 %7
              %9 = element 0 of %8
              %10 = element 1 of %8
              %11 = path three
              %12 = call %11()
              %13 = await %12
              %14 = unwrap %13
              %15 = tuple %14
              %16 = path /std::result::Result::Ok
              %17 = call %16(%15)
              %18 = unknown
              %19 = unwrap %17
              %20 = drop %0
              return %19
        "#]],
    );
}

#[test]
fn select_awaits_each_branch_and_runs_one() {
    check_body(
        "tokio::select! { biased; Some(x) = b.recv() => x.go(), _ = sleep(), if b.c => { return; } else => {} }",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.recv
              %3 = call %2()
              %4 = %1.c
             when %4:
              %5 = path sleep
              %6 = call %5()
             body:
              %7 = await %3
             match %7 Some:
              %8 = %7 as Some .0
              %9 = %8.go
              %10 = call %9()
             body:
              %11 = await %6
             match %11:
              %12 = none
              %13 = unknown
              %14 = none
              %15 = none
             body:
              %16 = none
              %17 = none
              %18 = choice %10 %16
              %19 = drop %0
              return %12 %18
        "#]],
    );
}

#[test]
fn a_stream_is_an_asynchronous_generator() {
    check_body(
        "async_stream::try_stream! { for await x in b { yield x.go()?; } }",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = fn 2
          %3 = drop %0
          return %2
        fn 2 f::{async block}() AsyncGenerator in 1
          %0 = captured b of 1
         loop:
          %1 = each async %0
          %2 = %1.go
          %3 = call %2()
          %4 = unwrap %3
          %5 = none
          %6 = none
         body:
          %7 = none
          return %7
          yield %4
    "#]],
    );
}

#[test]
fn vec_assert_matches_and_pin() {
    check_body(
        "vec![g(); 3]; assert_eq!(x(), y(), \"{}\", z()); matches!(b.k(), K::A(_)); pin!(b.f())",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = path g
          %3 = call %2()
          %4 = sequence %3
          %5 = path x
          %6 = call %5()
          %7 = path y
          %8 = call %7()
          %9 = equal %6 %8
          %10 = path z
          %11 = call %10()
          %12 = format %11
          %13 = path assert_eq
          %14 = call %13(%6, %8, %11)
          %15 = %1.k
          %16 = call %15()
          %17 = unknown
          %18 = %1.f
          %19 = call %18()
          %20 = drop %0
          return %19
    "#]],
    );
}

#[test]
fn panics_leave() {
    check_body(
        "if b.c { panic!(\"no\"); } g()",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.c
         when %2:
          %3 = path panic
          %4 = call %3()
          %5 = none
         when not %2:
          %6 = path g
          %7 = call %6()
         body:
          %8 = drop %0
          return %7
    "#]],
    );
}

#[test]
fn lazy_statics_run_their_initialisers_on_first_use() {
    check(
        "lazy_static! { static ref A: T = load(); } thread_local! { static B: U = const { make() }; }",
        &expect![[r#"
            scope 0
              A: /std::sync::LazyLock[T] = 0%2
              B: /std::thread::LocalKey[U] = 0%5
              %0 = fn 1
              %1 = path /std::sync::LazyLock::new
              %2 = call %1(%0)
              %3 = fn 2
              %4 = path /std::thread::LocalKey::new
              %5 = call %4(%3)
            fn 1 {closure}()
              %0 = path load
              %1 = call %0()
              return %1
            fn 2 {closure}()
              %0 = path make
              %1 = call %0()
              return %1
        "#]],
    );
}

#[test]
fn macros_of_the_file_are_written_out() {
    check(
        "macro_rules! getter { ($($name:ident => $e:expr),*) => { $(fn $name(&self) -> u8 { $e })* }; } impl S { getter!(a => one(), b => two()); } macro_rules! call { ($x:expr) => { std::fs::read($x)? } } fn f() { call!(path()); }",
        &expect![[r#"
            scope 0
              f = fn f
            implementation S(S)
              Method a = fn 1
              Method b = fn 2
            fn 1 S::a(self) -> u8
              %0 = parameter 0
              %1 = path one
              %2 = call %1()
              return %2
            fn 2 S::b(self) -> u8
              %0 = parameter 0
              %1 = path two
              %2 = call %1()
              return %2
            fn 3 f()
              %0 = path std::fs::read
              %1 = path path
              %2 = call %1()
              %3 = call %0(%2)
              %4 = unwrap %3
              %5 = none
              return %5
        "#]],
    );
}

#[test]
fn select_of_channels_waits_once_unless_there_is_a_default() {
    check_body(
        "select! { recv(b.r) -> x => x.go(), send(b.s, 1) -> _ => {}, default(limit()) => {} }",
        &expect![[r#"
            f(a: A, b: B) Async
              %0 = parameter 0
              %1 = parameter 1
              %2 = %1.r
              %3 = %1.s
              %4 = 1
              %5 = path limit
              %6 = call %5()
              %7 = path select
              %8 = call %7(%2, %3, %4, default=%6)
              %9 = %8.go
              %10 = call %9()
              %11 = none
              %12 = none
              %13 = none
              %14 = choice %10 %11 %12
              %15 = drop %0
              return %14
        "#]],
    );
    check_body(
        "select! { recv(b.r) -> _ => {}, default => {} }",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = %1.r
          %3 = true
          %4 = path select
          %5 = call %4(%2, default=%3)
          %6 = none
          %7 = none
          %8 = none
          %9 = choice %6 %7
          %10 = drop %0
          return %9
    "#]],
    );
}

#[test]
fn unknown_macros_are_tried_piece_by_piece() {
    check_body(
        "json!({ \"a\": one(), \"b\": [two()] }); other!(x = three() => four(), 5)",
        &expect![[r#"
        f(a: A, b: B) Async
          %0 = parameter 0
          %1 = parameter 1
          %2 = path one
          %3 = call %2()
          %4 = path two
          %5 = call %4()
          %6 = sequence %5
          %7 = path json
          %8 = call %7(%3, %6)
          %9 = path four
          %10 = call %9()
          %11 = path other
          %12 = call %11(%10)
          %13 = drop %0
          return %12
    "#]],
    );
    check(
        "cfg_rt! { fn f() {} }",
        &expect![[r#"
            scope 0
              f = fn f
            fn 1 f()
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn code_behind_a_word_of_a_foreign_macro_is_a_closure_where_it_stands() {
    let before = "fn f(b: B) {\n    b.c();\n    db_run! { b: sqlite ";
    let module = blocklint_rust::lower("src/lib.rs", &format!("{before}{{ one(); two() }} }}\n}}"));
    let closures: Vec<_> = module.functions.iter().filter(|it| it.form == blocklint_ir::Form::Closure).collect();
    let [closure] = closures[..] else { panic!("{} closures", closures.len()) };
    assert_eq!(closure.span.start as usize, before.len());
    assert_eq!(closure.values.iter().filter(|it| matches!(it.kind, blocklint_ir::ValueKind::Call(_))).count(), 2);
}

#[test]
fn a_macro_that_never_ends_is_cut_off() {
    check(
        "macro_rules! m { ($($x:tt)*) => { m!($($x)* $($x)*) } } fn f() { m!(a b) }",
        &expect![[r#"
            scope 0
              f = fn f
            fn 1 f()
              %0 = path m
              %1 = call %0()
              return %1
        "#]],
    );
}
