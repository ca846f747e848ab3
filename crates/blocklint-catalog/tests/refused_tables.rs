//! What is said about a table that is not accepted.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a failed helper fails its test; snapshots are written in the call"
)]

use blocklint_catalog::{Catalog, Table};
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    let text = format!("library = \"x\"\nsource = \"https://example.org\"\n{text}");
    check_whole("rules/apis/python/x.toml", &text, expected);
}

fn check_whole(name: &str, text: &str, expected: Expect) {
    let error = Catalog::load([Table::shipped(name, text)]).unwrap_err();
    expected.assert_eq(&format!("{error}\n"));
}

#[test]
fn unknown_keys() {
    check(
        "[[blokking]]\npath = \"a\"\n",
        expect![[r#"
        rules/apis/python/x.toml:3:3: unknown key `blokking`, did you mean `blocking`?
          |
        3 | [[blokking]]
          |   ^^^^^^^^
    "#]],
    );
    check(
        "[[blocking]]\npath = \"a\"\nefect = \"net\"\n",
        expect![[r#"
        rules/apis/python/x.toml:5:1: unknown key `efect`, did you mean `effect`?
          |
        5 | efect = "net"
          | ^^^^^
    "#]],
    );
    check(
        "[[harmless]]\npath = \"a\"\neffect = \"net\"\n",
        expect![[r#"
        rules/apis/python/x.toml:5:1: unknown key `effect`, expected one of path, except, source
          |
        5 | effect = "net"
          | ^^^^^^
    "#]],
    );
    check(
        "[[blocking]]\npath = \"a\"\neffect = \"net\"\nbound = { arg = \"t\" }\n",
        expect![[r#"
        rules/apis/python/x.toml:6:11: unknown key `arg`, expected one of argument, position, unit, default
          |
        6 | bound = { arg = "t" }
          |           ^^^
    "#]],
    );
}

#[test]
fn unknown_words() {
    check(
        "[[blocking]]\npath = \"a\"\neffect = \"slep\"\n",
        expect![[r#"
        rules/apis/python/x.toml:5:10: unknown effect "slep", did you mean `sleep`?
          |
        5 | effect = "slep"
          |          ^^^^^^
    "#]],
    );
    check(
        "[[hand-off]]\npath = \"a\"\nruns = \"elsewhere\"\n",
        expect![[r#"
            rules/apis/python/x.toml:5:8: unknown runs "elsewhere", expected one of worker, loop, here, process, in-place, each-step, when-called, first-use
              |
            5 | runs = "elsewhere"
              |        ^^^^^^^^^^^
        "#]],
    );
}

#[test]
fn missing_values() {
    check(
        "[[blocking]]\npath = \"a\"\n",
        expect![[r#"
        rules/apis/python/x.toml:3:1: missing key `effect`
          |
        3 | [[blocking]]
          | ^^^^^^^^^^^^
    "#]],
    );
    check(
        "[[blocking]]\neffect = \"net\"\n",
        expect![[r#"
        rules/apis/python/x.toml:3:1: missing key `path`
          |
        3 | [[blocking]]
          | ^^^^^^^^^^^^
    "#]],
    );
    check_whole(
        "apis/python/x.toml",
        "[[harmless]]\npath = \"a\"\n",
        expect![[r#"
        apis/python/x.toml:1:1: missing key `library`
          |
        1 | [[harmless]]
          | ^
    "#]],
    );
    check_whole(
        "mine.toml",
        "library = \"x\"\n",
        expect![[r#"
        mine.toml:1:1: missing key `language`
          |
        1 | library = "x"
          | ^
    "#]],
    );
}

#[test]
fn wrong_values() {
    check(
        "[[blocking]]\npath = \"a\"\neffect = \"net\"\nfirst-use = 1\n",
        expect![[r#"
        rules/apis/python/x.toml:6:13: `first-use` must be true or false
          |
        6 | first-use = 1
          |             ^
    "#]],
    );
    check(
        "[[blocking]]\npath = \"a\"\neffect = \"net\"\nunless = [{ argument = \"t\", is = \"none\" }]\n",
        expect![[r#"
            rules/apis/python/x.toml:6:34: `is` must be written as `absent = true` when it means None or not given
              |
            6 | unless = [{ argument = "t", is = "none" }]
              |                                  ^^^^^^
        "#]],
    );
    check(
        "[[blocking]]\npath = \"a\"\neffect = \"net\"\nunless = [{ position = 0, type = \"io.BytesIO\", is = 1 }]\n",
        expect![[r#"
            rules/apis/python/x.toml:6:53: `is` must be left out when `type` is given
              |
            6 | unless = [{ position = 0, type = "io.BytesIO", is = 1 }]
              |                                                     ^
        "#]],
    );
    check(
        "[[gives]]\npath = \"a\"\ntype = \"b\"\notherwise = \"c\"\n",
        expect![[r#"
        rules/apis/python/x.toml:3:1: missing key `unless`
          |
        3 | [[gives]]
          | ^^^^^^^^^
    "#]],
    );
    check(
        "[[gives]]\npath = \"a\"\ntype = \"b\"\nowner = true\n",
        expect![[r#"
        rules/apis/python/x.toml:6:9: `owner` must be left out when `type` is given
          |
        6 | owner = true
          |         ^^^^
    "#]],
    );
    check(
        "[[hand-off]]\npath = \"a\"\nruns = \"here\"\nreceives = \"element\"\nreceives-element-of = 0\n",
        expect![[r#"
        rules/apis/python/x.toml:6:12: `receives` must be left out when `receives-element-of` is given
          |
        6 | receives = "element"
          |            ^^^^^^^^^
    "#]],
    );
    check(
        "[[parses]]\npath = \"a\"\n",
        expect![[r"
        rules/apis/python/x.toml:3:1: missing key `argument`
          |
        3 | [[parses]]
          | ^^^^^^^^^^
    "]],
    );
    check(
        "[[consumes]]\npath = \"a\"\nargument = -1\n",
        expect![[r#"
        rules/apis/python/x.toml:5:12: `argument` must be a position counted from 0
          |
        5 | argument = -1
          |            ^^
    "#]],
    );
}

#[test]
fn broken_toml() {
    check(
        "[[blocking]\n",
        expect![[r#"
        rules/apis/python/x.toml:3:12: unclosed array table, expected `]`
          |
        3 | [[blocking]
          |            ^
    "#]],
    );
    check(
        "[[harmless]]\npath = \"a\"\npath = \"b\"\n",
        expect![[r#"
        rules/apis/python/x.toml:5:1: duplicate key
          |
        5 | path = "b"
          | ^^^^
    "#]],
    );
}

#[test]
fn broken_paths() {
    check(
        "[[harmless]]\npath = \"a..b\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: `a..b` is not a path: a segment is empty
          |
        4 | path = "a..b"
          |        ^^^^^^
    "#]],
    );
    check(
        "[[harmless]]\npath = \"a::b\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: `a::b` is not a path: `:` cannot stand in a segment; segments are separated by `.`
          |
        4 | path = "a::b"
          |        ^^^^^^
    "#]],
    );
    check(
        "[[harmless]]\npath = \"a.{b,c}{d,e}{f,g}{h,i}{j,k}{l,m}{n,o}{p,q}{r,s}{t,u}{v,w}{x,y}{z,a}\"\n",
        expect![[r#"
            rules/apis/python/x.toml:4:8: `a.{b,c}{d,e}{f,g}{h,i}{j,k}{l,m}{n,o}{p,q}{r,s}{t,u}{v,w}{x,y}{z,a}` is not a path: braces stand for more than 4096 paths: use `*`, or several paths
              |
            4 | path = "a.{b,c}{d,e}{f,g}{h,i}{j,k}{l,m}{n,o}{p,q}{r,s}{t,u}{v,w}{x,y}{z,a}"
              |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        "#]],
    );
    check(
        "[[harmless]]\npath = \"a.{b,c\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: `a.{b,c` is not a path: `{` without `}`
          |
        4 | path = "a.{b,c"
          |        ^^^^^^^^
    "#]],
    );
    check(
        "[[harmless]]\npath = \"a.b**\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: `a.b**` is not a path: `**` must be a whole segment
          |
        4 | path = "a.b**"
          |        ^^^^^^^
    "#]],
    );
    check(
        "[[alias]]\npath = \"a.*\"\nis = \"b\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: `a.*` is not a path: an alias renames everything below it: write it without wildcards
          |
        4 | path = "a.*"
          |        ^^^^^
    "#]],
    );
}

#[test]
fn duplicates() {
    check(
        "[[blocking]]\npath = \"a.{b,c}\"\neffect = \"net\"\n\n[[blocking]]\npath = [\"a.d\", \"a.c\"]\neffect = \"db\"\n",
        expect![[r#"
            rules/apis/python/x.toml:8:16: duplicate blocking `a.c`, first at rules/apis/python/x.toml:4
              |
            8 | path = ["a.d", "a.c"]
              |                ^^^^^
        "#]],
    );
}

#[test]
fn unreachable_patterns() {
    check(
        "[[blocking]]\npath = \"a.b\"\nexcept = \"a.*\"\neffect = \"net\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: unreachable blocking `a.b`: `except` leaves it out
          |
        4 | path = "a.b"
          |        ^^^^^
    "#]],
    );
    check(
        "[[blocking]]\npath = \"a.b\"\nexcept = \"a.c\"\neffect = \"net\"\n",
        expect![[r#"
        rules/apis/python/x.toml:5:10: unreachable blocking `a.c`: no `path` of the entry matches this exception
          |
        5 | except = "a.c"
          |          ^^^^^
    "#]],
    );
    check(
        "[[blocking]]\npath = \"a.b\"\neffect = \"net\"\n[[harmless]]\npath = \"a.b\"\n",
        expect![[r#"
        rules/apis/python/x.toml:7:8: unreachable harmless `a.b`: it blocks according to rules/apis/python/x.toml:4
          |
        7 | path = "a.b"
          |        ^^^^^
    "#]],
    );
    check(
        "[[alias]]\npath = \"a.b\"\nis = \"c\"\n[[blocking]]\npath = \"a.b.*\"\neffect = \"net\"\n",
        expect![[r#"
        rules/apis/python/x.toml:7:8: unreachable blocking `a.b.*`: `a.b` is an alias, write it with `c`
          |
        7 | path = "a.b.*"
          |        ^^^^^^^
    "#]],
    );
    check(
        "[[alias]]\npath = \"a\"\nis = \"b\"\n[[alias]]\npath = \"b\"\nis = \"a\"\n",
        expect![[r#"
        rules/apis/python/x.toml:4:8: unreachable alias `a`: `b` leads back to it
          |
        4 | path = "a"
          |        ^^^
    "#]],
    );
}
