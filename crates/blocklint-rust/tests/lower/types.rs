//! Types, traits, implementations and their members.

use super::check;
use expect_test::expect;

#[test]
fn structs_and_enums_have_fields() {
    check(
        "struct S { a: Arc<Mutex<T>>, b: &'static [u8] } struct P(u8, S); enum E { A, B(S), C { x: P } }",
        &expect![[r#"
            scope 0
              S = type S
              P = type P
              E = type E
            struct S()
              .a: Arc[Mutex[T]]
              .b: [u8]
            struct P()
              .0: u8
              .1: S
            enum E()
              .B.0: S
              .C.x: P
        "#]],
    );
}

#[test]
fn futures_are_seen_through_boxes() {
    check(
        "fn a() -> Pin<Box<dyn Future<Output = u8> + Send>> {} fn b() -> impl Future<Output = ()> {} fn c() -> BoxFuture<'static, R> {} async fn d() -> Result<(), E> {}",
        &expect![[r#"
            scope 0
              a = fn a
              b = fn b
              c = fn c
              d = fn d
            fn 1 a() -> future u8
              %0 = none
              return %0
            fn 2 b() -> future ()
              %0 = none
              return %0
            fn 3 c() -> future R
              %0 = none
              return %0
            fn 4 d() Async -> Result[(), E]
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn bounds_callables_and_associated_types() {
    check(
        "fn f<T: Read + Send, F>(a: T, b: F, c: &dyn Write, d: impl AsyncFn() -> u8, e: T::Item) where F: Fn() -> Fut + 'static {} impl Iterator for S { type Item = u8; fn next(&mut self) -> Option<Self::Item> { None } }",
        &expect![[r#"
            scope 0
              f = fn f
            implementation <S as Iterator>(S)
              Next next = fn 2
            fn 1 f(a: T, b: F, c: (Write), d: fn -> future u8, e: <T>::Item) generics [T: (Read), F: fn -> Fut]
              %0 = parameter 0
              %1 = parameter 1
              %2 = parameter 2
              %3 = parameter 3
              %4 = parameter 4
              %5 = none
              %6 = drop %4
              %7 = drop %1
              %8 = drop %0
              return %5
            fn 2 <S as Iterator>::next(self) -> Option[<Self>::Item]
              %0 = parameter 0
              %1 = path None
              return %1
        "#]],
    );
}

#[test]
fn trait_members_have_the_trigger_that_runs_them() {
    check(
        "impl Drop for S { fn drop(&mut self) {} } impl fmt::Display for S { fn fmt(&self) {} } impl AddAssign for S { fn add_assign(&mut self) {} } impl<T> From<T> for S { fn from(t: T) -> Self {} } impl Service<R> for S { fn call(&mut self) {} fn other(&self) {} } impl AsyncRead for S { fn poll_read(&mut self) {} } impl S { fn new() -> Self {} fn m(self: Arc<Self>) {} const C: u8 = 1; }",
        &expect![[r#"
            implementation <S as Drop>(S)
              Finalize drop = fn 1
            implementation <S as Display>(S)
              Format fmt = fn 2
            implementation <S as AddAssign>(S)
              Operator(Add) add_assign = fn 3
            implementation <S as From>(S) generics [T]
              Convert from = fn 4
            implementation <S as Service>(S)
              Poll call = fn 5
              Method other = fn 6
            implementation <S as AsyncRead>(S)
              Poll poll_read = fn 7
            implementation S(S)
              Static new = fn 8
              Method m = fn 9
              .C: u8 = 0%0 on class
              %0 = 1
            fn 1 <S as Drop>::drop(self)
              %0 = parameter 0
              %1 = none
              return %1
            fn 2 <S as Display>::fmt(self)
              %0 = parameter 0
              %1 = none
              return %1
            fn 3 <S as AddAssign>::add_assign(self)
              %0 = parameter 0
              %1 = none
              return %1
            fn 4 <S as From>::from(t: T) -> Self
              %0 = parameter 0
              %1 = none
              %2 = drop %0
              return %1
            fn 5 <S as Service>::call(self)
              %0 = parameter 0
              %1 = none
              return %1
            fn 6 <S as Service>::other(self)
              %0 = parameter 0
              %1 = none
              return %1
            fn 7 <S as AsyncRead>::poll_read(self)
              %0 = parameter 0
              %1 = none
              return %1
            fn 8 S::new() -> Self
              %0 = none
              return %0
            fn 9 S::m(self: Arc[Self])
              %0 = parameter 0
              %1 = none
              return %1
        "#]],
    );
}

#[test]
fn a_trait_has_stubs_and_defaults() {
    check(
        "trait T: Send + U { type X: V; fn a(&self); async fn b(&self) { self.a() } } type A<T> = Arc<T>;",
        &expect![[r#"
            scope 0
              T = type T
              A = type A
            trait T(Send, U)
              Method a = fn 1
              Method b = fn 2
            alias A(Arc[T]) generics [T]
            fn 1 T::a(self) stub
              %0 = parameter 0
            fn 2 T::b(self) Async
              %0 = parameter 0
              %1 = %0.a
              %2 = call %1()
              return %2
        "#]],
    );
}

#[test]
fn self_in_a_body_is_the_type_around() {
    check(
        "impl crate::a::S<u8> { fn a() -> Self { Self::b(); match x { Self::V(y) => y, _ => Self { z: 1 } } } } trait T { fn c() { Self::d() } } impl<T: U> V for T { fn e() { Self::f(); T::g() } }",
        &expect![[r#"
            scope 0
              T = type T
            implementation S(package/a::S[u8])
              Static a = fn 1
            trait T()
              Static c = fn 2
            implementation <T as V>(T) generics [T: (U)]
              Static e = fn 3
            fn 1 S::a() -> Self
              %0 = path package/a::S::b
              %1 = call %0()
              %2 = drop %1
              %3 = path x
             match %3 package/a::S::V:
              %4 = %3 as package/a::S::V .0
             match not %3 package/a::S::V:
              %5 = path package/a::S
              %6 = 1
              %7 = call %5(z=%6)
             body:
              %8 = choice %4 %7
              return %8
              discard %1
            fn 2 T::c()
              %0 = <Self>::d
              %1 = call %0()
              return %1
            fn 3 <T as V>::e()
              %0 = <Self>::f
              %1 = call %0()
              %2 = drop %1
              %3 = <T>::g
              %4 = call %3()
              return %4
              discard %1
        "#]],
    );
}
