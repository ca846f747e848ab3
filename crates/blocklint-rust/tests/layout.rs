//! Manifests and module trees.

use blocklint_rust::{Declared, lower, packages, place};
use expect_test::{Expect, expect};

/// Shows the packages of a tree of files, and where its Rust files stand. A file is `path` or `path: text`.
fn check(files: &[&str], expected: &Expect) {
    let files: Vec<(&str, &str)> = files.iter().map(|it| it.split_once(": ").unwrap_or((it, ""))).collect();
    let paths: Vec<&str> = files.iter().map(|it| it.0).collect();
    let manifests: Vec<(&str, &str)> = files.iter().copied().filter(|it| it.0.contains("Cargo.toml")).collect();
    let packages = packages(&manifests, &paths);
    let mut lines = Vec::new();
    for package in &packages {
        let dependencies: Vec<String> =
            package.dependencies.iter().map(|it| format!("{}={}", it.name, it.package)).collect();
        lines.push(format!(
            "{} in {:?} from {} [{}]{}{}{}",
            package.name,
            package.directory,
            package.roots.join(" "),
            dependencies.join(" "),
            package.version.as_ref().map_or_else(String::new, |it| format!(" v{it}")),
            if package.test { " test" } else { "" },
            package.extension_modules.first().map_or_else(String::new, |it| format!(" python {it}")),
        ));
    }
    let sources: Vec<_> =
        files.iter().filter(|it| !it.0.contains("Cargo.toml")).map(|it| (it.0, lower(it.0, it.1))).collect();
    let declared: Vec<Declared<'_>> = sources.iter().map(|(path, module)| Declared::new(path, module)).collect();
    for ((path, _), placement) in sources.iter().zip(place(&declared, &packages)) {
        let package = placement.package.map_or("-", |it| &packages[it].name);
        let directory = if placement.directory { "/" } else { "" };
        let also: String = placement.also.iter().flat_map(|it| [" also ".to_owned(), it.join("::")]).collect();
        lines.push(format!("{path}: {package} {}{directory}{also}", placement.path.join("::")));
    }
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn targets_are_found_where_cargo_finds_them() {
    check(
        &[
            "Cargo.toml: [package]\nname = 'my-app'\nversion = '1.2.3'\n[dependencies]\ntokio = '1'\nold = { package = 'new-one', version = '1' }\n[target.'cfg(unix)'.dependencies]\nnix = '1'",
            "src/lib.rs: mod a; mod b;",
            "src/a.rs: mod c;",
            "src/a/c.rs",
            "src/b/mod.rs: mod d;",
            "src/b/d.rs",
            "src/main.rs: mod cli;",
            "src/cli.rs",
            "src/bin/tool.rs",
            "src/bin/big/main.rs: mod x;",
            "src/bin/big/x.rs",
            "examples/e.rs",
            "tests/it.rs: mod common;",
            "tests/common/mod.rs",
            "benches/b.rs",
            "build.rs",
            "scripts/lost.rs",
        ],
        &expect![[r#"
            my_app in "" from src/lib.rs [nix=nix old=new_one tokio=tokio] v1.2.3
            big(bin of my_app) in "" from src/bin/big/main.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3
            my_app(bin) in "" from src/main.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3
            tool(bin of my_app) in "" from src/bin/tool.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3
            e(example of my_app) in "" from examples/e.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3
            it(test of my_app) in "" from tests/it.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3 test
            b(bench of my_app) in "" from benches/b.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3 test
            my_app(build) in "" from build.rs [nix=nix old=new_one tokio=tokio my_app=my_app] v1.2.3
            src/lib.rs: my_app my_app/
            src/a.rs: my_app my_app::a
            src/a/c.rs: my_app my_app::a::c
            src/b/mod.rs: my_app my_app::b/
            src/b/d.rs: my_app my_app::b::d
            src/main.rs: my_app(bin) my_app(bin)/
            src/cli.rs: my_app(bin) my_app(bin)::cli
            src/bin/tool.rs: tool(bin of my_app) tool(bin of my_app)/
            src/bin/big/main.rs: big(bin of my_app) big(bin of my_app)/
            src/bin/big/x.rs: big(bin of my_app) big(bin of my_app)::x
            examples/e.rs: e(example of my_app) e(example of my_app)/
            tests/it.rs: it(test of my_app) it(test of my_app)/
            tests/common/mod.rs: it(test of my_app) it(test of my_app)::common/
            benches/b.rs: b(bench of my_app) b(bench of my_app)/
            build.rs: my_app(build) my_app(build)/
            scripts/lost.rs: my_app (unreached)::scripts::lost
        "#]],
    );
}

#[test]
fn listed_targets_and_names_win() {
    check(
        &[
            "Cargo.toml: [package]\nname = 'a'\nautotests = false\n[lib]\nname = 'core_of_a'\npath = 'lib/core.rs'\ncrate-type = ['cdylib', 'rlib']\n[[bin]]\nname = 'a'\npath = 'src/run.rs'\n[[example]]\nname = 'x'",
            "lib/core.rs",
            "src/run.rs",
            "examples/x.rs",
            "tests/t.rs",
        ],
        &expect![[r#"
            core_of_a in "" from lib/core.rs [] python core_of_a
            a in "" from src/run.rs [core_of_a=core_of_a]
            x(example of a) in "" from examples/x.rs [core_of_a=core_of_a]
            lib/core.rs: core_of_a core_of_a/
            src/run.rs: a a/
            examples/x.rs: x(example of a) x(example of a)/
            tests/t.rs: core_of_a (unreached)::tests::t
        "#]],
    );
}

#[test]
fn members_inherit_from_their_workspace() {
    check(
        &[
            "Cargo.toml: [workspace]\nmembers = ['crates/*']\n[workspace.package]\nversion = '0.3.0'\n[workspace.dependencies]\nre = { package = 'real-name', version = '1' }",
            "crates/m/Cargo.toml: [package]\nname = 'm'\nversion.workspace = true\n[dependencies]\nre.workspace = true\nm-two = { path = '../two' }",
            "crates/m/src/lib.rs",
            "crates/two/Cargo.toml: [package]\nname = 'm-two'\n[lib]\nname = 'second'\npath = 'x.rs'",
            "crates/broken/Cargo.toml: [package\n",
        ],
        &expect![[r#"
            m in "crates/m" from crates/m/src/lib.rs [second=second re=real_name] v0.3.0
            second in "crates/two" from crates/two/x.rs []
            crates/m/src/lib.rs: m m/
        "#]],
    );
}

#[test]
fn path_attributes_and_inline_modules_lead_to_files() {
    check(
        &[
            "Cargo.toml: [package]\nname = 'p'",
            "src/lib.rs: mod a; #[path = \"other/z.rs\"] mod z; mod i { mod j; #[path = \"k2.rs\"] mod k; }",
            "src/a.rs: mod i { mod j; } #[path = \"b2.rs\"] mod b;",
            "src/a/i/j.rs",
            "src/b2.rs",
            "src/other/z.rs: mod y;",
            "src/other/y.rs",
            "src/i/j.rs",
            "src/i/k2.rs",
        ],
        &expect![[r#"
            p in "" from src/lib.rs []
            src/lib.rs: p p/
            src/a.rs: p p::a
            src/a/i/j.rs: p p::a::i::j
            src/b2.rs: p p::a::b/
            src/other/z.rs: p p::z/
            src/other/y.rs: p p::z::y
            src/i/j.rs: p p::i::j
            src/i/k2.rs: p p::i::k/
        "#]],
    );
}

#[test]
fn the_first_target_claims_a_shared_file() {
    check(
        &["Cargo.toml: [package]\nname = 'p'", "src/lib.rs: mod a;", "src/main.rs: mod a;", "src/a.rs"],
        &expect![[r#"
            p in "" from src/lib.rs []
            p(bin) in "" from src/main.rs [p=p]
            src/lib.rs: p p/
            src/main.rs: p(bin) p(bin)/
            src/a.rs: p p::a also p(bin)::a
        "#]],
    );
}
