//! Functions, classes and annotations.

use super::check;
use expect_test::expect;

#[test]
fn methods_and_triggers() {
    check(
        r#"
class A(B, metaclass=M):
    @property
    def p(self): return 1
    @p.setter
    def p(self, v): self._p = v
    @functools.cached_property
    def q(self): return 1
    @staticmethod
    def s(): return 1
    @classmethod
    def c(cls): cls.n = 1
    def __init__(self, x: int):
        self.x = x
        self.y: C = make()
    def __getattr__(self, name): return name
    def __await__(self): yield
    __str__ = __repr__ = lambda self: ""
    z = property(s, fdel=q)
"#,
        expect![[r#"
            scope 0
              A = type A
            class A(B) metaclass M
              Getter p = fn 1
              Setter p = fn 2
              CachedGetter q = fn 3
              Static s = fn 4
              ClassMethod c = fn 5
              Construct __init__ = fn 6
              MissingAttribute __getattr__ = fn 7
              Await __await__ = fn 8
              Format __str__ = fn 9
              Format __repr__ = fn 9
              Getter z = fn 4
              Deleter z = fn 3
              ._p = 2%1
              .n = 5%1 on class
              .x = 6%1
              .y: C = 6%5
              .__str__ = 0%14 on class
              .__repr__ = 0%14 on class
              .z = 0%16 on class
            fn 0 <module>()
              %0 = path property
              %1 = fn 1
              %2 = %1.setter
              %3 = fn 2
              %4 = path functools
              %5 = %4.cached_property
              %6 = fn 3
              %7 = path staticmethod
              %8 = fn 4
              %9 = path classmethod
              %10 = fn 5
              %11 = fn 6
              %12 = fn 7
              %13 = fn 8
              %14 = fn 9
              %15 = path property
              %16 = call %15(%8, fdel=%6)
              %17 = type A
            fn 1 A.p(self) decorators %0
              %0 = parameter 0
              %1 = 1
              return %1
            fn 2 A.p(self, v) decorators %2
              %0 = parameter 0
              %1 = parameter 1
              %2 = %0._p := %1
              %3 = none
              return %3
            fn 3 A.q(self) decorators %5
              %0 = parameter 0
              %1 = 1
              return %1
            fn 4 A.s() decorators %7
              %0 = 1
              return %0
            fn 5 A.c(cls) decorators %9
              %0 = parameter 0
              %1 = 1
              %2 = %0.n := %1
              %3 = none
              return %3
            fn 6 A.__init__(self, x: int)
              %0 = parameter 0
              %1 = parameter 1
              %2 = %0.x := %1
              %3 = path make
              %4 = call %3()
              %5 = %4 is C
              %6 = %0.y := %5
              %7 = none
              return %7
            fn 7 A.__getattr__(self, name)
              %0 = parameter 0
              %1 = parameter 1
              return %1
            fn 8 A.__await__(self) Generator
              %0 = parameter 0
              %1 = none
              %2 = unknown
              %3 = none
              return %3
              yield %1
              discard %2
            fn 9 A.<lambda>(self)
              %0 = parameter 0
              %1 = ""
              return %1
        "#]],
    );
}

#[test]
fn fields_of_the_class_body() {
    check(
        r#"
@dataclass
class A:
    a: int
    b: list[B] = field(default_factory=list)
    c = None
"#,
        expect![[r#"
            scope 0
              A = type A
            class A() decorators 0%0
              .a: int
              .b: list[B] = 0%4 on class
              .c = 0%5 on class
            fn 0 <module>()
              %0 = path dataclass
              %1 = path field
              %2 = path list
              %3 = call %1(default_factory=%2)
              %4 = %3 is list[B]
              %5 = none
              %6 = type A
        "#]],
    );
}

#[test]
fn parameters_and_defaults() {
    check(
        r#"
@deco(1)
def f(a, /, b: int = d(), *c, e: Annotated[X, Depends(g)] = None, **h) -> Self: return a
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = path deco
              %1 = 1
              %2 = call %0(%1)
              %3 = path d
              %4 = call %3()
              %5 = none
              %6 = path Depends
              %7 = path g
              %8 = call %6(%7)
              %9 = fn 1
            fn 1 f(a, b: int = %4, *c, e: Annotated[X] = %5 @%8, **h) -> Self decorators %2
              %0 = parameter 0
              %1 = parameter 1
              %2 = parameter 2
              %3 = parameter 3
              %4 = parameter 4
              return %0
        "#]],
    );
}

#[test]
fn annotations() {
    check(
        r#"
def f(a: Optional[A], b: "list[B] | None", c: t.Union[A, m.B], d: Callable[[int], C], e: tuple[A, ...], f: type[A], g: Literal["x"], h: dict[str, A], i: tuple[A, B]): ...
"#,
        expect![[r#"
            scope 0
              f = fn f
            fn 0 <module>()
              %0 = fn 1
            fn 1 f(a: (A | ()), b: (list[B] | ()), c: (A | m.B), d: fn -> C, e: [A], f: type[A], g: text ["x"], h: dict[str, A], i: (A, B)) stub
              %0 = parameter 0
              %1 = parameter 1
              %2 = parameter 2
              %3 = parameter 3
              %4 = parameter 4
              %5 = parameter 5
              %6 = parameter 6
              %7 = parameter 7
              %8 = parameter 8
        "#]],
    );
}

#[test]
fn qualified_names() {
    check(
        r#"
def outer():
    class C:
        class D:
            def m(self): return lambda: 1
    def inner(): return C
    return inner
"#,
        expect![[r#"
            scope 0
              outer = fn outer
            scope 1 in 0
              D = type outer.<locals>.C.D
            scope 2 in 0
              C = type outer.<locals>.C
            class outer.<locals>.C()
              .D = 1%1 on class
            class outer.<locals>.C.D()
              Method m = fn 2
            fn 0 <module>()
              %0 = fn 1
            fn 1 outer()
              %0 = fn 2
              %1 = type outer.<locals>.C.D
              %2 = type outer.<locals>.C
              %3 = fn 4
              return %3
            fn 2 outer.<locals>.C.D.m(self) in 1
              %0 = parameter 0
              %1 = fn 3
              return %1
            fn 3 outer.<locals>.C.D.m.<locals>.<lambda>() in 2
              %0 = 1
              return %0
            fn 4 outer.<locals>.inner() in 1
              %0 = captured C of 1
              return %0
        "#]],
    );
}

#[test]
fn local_types_are_seen_by_annotations() {
    check(
        r#"
def f():
    from m import X
    class L: ...
    def g(a: X, b: L) -> L: ...
    return g
"#,
        expect![[r#"
            scope 0
              f = fn f
            scope 1 in 0
              X = import /m.X
              L = type f.<locals>.L
            class f.<locals>.L()
            fn 0 <module>()
              %0 = fn 1
            fn 1 f()
              %0 = import /m.X
              %1 = type f.<locals>.L
              %2 = fn 2
              return %2
            fn 2 f.<locals>.g(a: 1:X, b: 1:L) -> 1:L stub in 1
              %0 = parameter 0
              %1 = parameter 1
        "#]],
    );
}

#[test]
fn a_nested_class_is_seen_by_annotations() {
    check(
        r#"
class A:
    class B: ...
    def f(self) -> B: ...
"#,
        expect![[r#"
            scope 0
              A = type A
            scope 1 in 0
              B = type A.B
            class A()
              Method f = fn 1
              .B = 0%0 on class
            class A.B()
            fn 0 <module>()
              %0 = type A.B
              %1 = fn 1
              %2 = type A
            fn 1 A.f(self) -> 1:B stub
              %0 = parameter 0
        "#]],
    );
}

#[test]
fn aliases() {
    check(
        r#"
type X = list[int]
Y: TypeAlias = "A | B"
Z = NewType("Z", int)
class P(Protocol[T]): ...
class G[T: A]:
    def f[U](self, u: U) -> T: ...
"#,
        expect![[r#"
            scope 0
              X = type X
              Y = type Y
              Z = type Z
              P = type P
              G = type G
            alias X(list[int])
            alias Y((A | B))
            alias Z(int)
            trait P(Protocol[T]) generics [T]
            class G() generics [T: A]
              Method f = fn 1
            fn 0 <module>()
              %0 = type X
              %1 = type Y
              %2 = type Z
              %3 = type P
              %4 = fn 1
              %5 = type G
            fn 1 G.f(self, u: U) -> T stub generics [U]
              %0 = parameter 0
              %1 = parameter 1
        "#]],
    );
}

#[test]
fn stubs() {
    check(
        r#"
def a(): ...
def b():
    """Doc."""
    raise NotImplementedError("x")
def c():
    return None
"#,
        expect![[r#"
            scope 0
              a = fn a
              b = fn b
              c = fn c
            fn 0 <module>()
              %0 = fn 1
              %1 = fn 2
              %2 = fn 3
            fn 1 a() stub
            fn 2 b() stub
              %0 = path NotImplementedError
              %1 = "x"
              %2 = call %0(%1)
            fn 3 c()
              %0 = none
              return %0
        "#]],
    );
}

#[test]
fn fields_through_a_closure_and_setattr() {
    check(
        r#"
class A:
    def f(self):
        def g():
            self.x = 1
        object.__setattr__(self, "y", g)
        for i in g:
            self.z = i
"#,
        expect![[r#"
            scope 0
              A = type A
            class A()
              Method f = fn 1
              .x = 2%0
              .y = 1%1
              .z = 1%6
            fn 0 <module>()
              %0 = fn 1
              %1 = type A
            fn 1 A.f(self)
              %0 = parameter 0
              %1 = fn 2
              %2 = path object
              %3 = %2.__setattr__
              %4 = "y"
              %5 = call %3(%0, %4, %1)
             loop:
              %6 = each %1
              %7 = choice %0
              %8 = %7.z := %6
             body:
              %9 = none
              return %9
              discard %5
            fn 2 A.f.<locals>.g() in 1
              %0 = 1
              %1 = captured self of 1
              %2 = %1.x := %0
              %3 = none
              return %3
        "#]],
    );
}

#[test]
fn a_protocol_of_another_module_is_a_class() {
    check(
        "import asyncio, typing as t\nfrom twisted.internet.protocol import Protocol\nclass A(asyncio.Protocol): ...\nclass B(t.Protocol): ...\nclass C(Protocol): ...\n",
        expect![[r#"
            scope 0
              asyncio = import /asyncio
              t = import /typing
              Protocol = import /twisted.internet.protocol.Protocol
              A = type A
              B = type B
              C = type C
            class A(asyncio.Protocol)
            trait B(t.Protocol)
            class C(Protocol)
            fn 0 <module>()
              %0 = import /asyncio
              %1 = import /typing
              %2 = import /twisted.internet.protocol.Protocol
              %3 = type A
              %4 = type B
              %5 = type C
        "#]],
    );
}
