//! What the catalogue answers about a path.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a failed helper fails its test; snapshots are written in the call"
)]

use blocklint_catalog::{
    ArgumentRef, Bound, Catalog, Condition, Constant, Effect, Expected, Facts, Gives, Inherits, OnLoop, RunsOn, Scale,
    Table,
};
use blocklint_ir::Language;
use expect_test::{Expect, expect};

const HEADER: &str = "library = \"x\"\nsource = \"https://example.org\"\n";

fn catalog(text: &str) -> Catalog {
    let text = format!("{HEADER}{text}");
    Catalog::load([Table::shipped("apis/python/x.toml", &text)]).unwrap()
}

/// What is said about each path, in short.
fn check(text: &str, paths: &[&str], expected: Expect) {
    let catalog = catalog(text);
    let lines: Vec<String> =
        paths.iter().map(|path| format!("{path}: {}", short(&catalog.facts(Language::Python, path)))).collect();
    expected.assert_eq(&lines.join("\n"));
}

fn short(facts: &Facts<'_>) -> String {
    let mut words = Vec::new();
    words.extend(facts.blocking.map(|it| it.effect.name().to_owned()));
    words.extend(facts.harmless.then(|| "harmless".to_owned()));
    words.extend(facts.hand_offs.iter().map(|it| format!("{:?}", it.runs)));
    words.extend(facts.gives.map(|it| format!("{it:?}")));
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

#[test]
fn the_most_precise_pattern_wins() {
    check(
        r#"
[[blocking]]
path = "a.**"
effect = "net"
[[blocking]]
path = "a.*"
effect = "db"
[[blocking]]
path = ["a.read_*", "b.{x,y}.z"]
effect = "file"
[[blocking]]
path = "a.sleep"
effect = "sleep"
"#,
        &["a.sleep", "a.read_all", "a.other", "a.b.c", "a", "b.y.z", "b.z.z", "c"],
        expect![[r"
            a.sleep: sleep
            a.read_all: file
            a.other: db
            a.b.c: net
            a: net
            b.y.z: file
            b.z.z: nothing
            c: nothing"]],
    );
}

#[test]
fn harmless_covers_what_is_below_unless_a_more_precise_entry_blocks() {
    check(
        r#"
[[blocking]]
path = "redis.**"
effect = "db"
[[harmless]]
path = "redis.asyncio"
except = "redis.asyncio.util"
[[blocking]]
path = "redis.asyncio.connection.dial"
effect = "net"
"#,
        &[
            "redis.get",
            "redis.asyncio",
            "redis.asyncio.Redis.get",
            "redis.asyncio.connection.dial",
            "redis.asyncio.util.load",
        ],
        expect![[r"
            redis.get: db
            redis.asyncio: harmless
            redis.asyncio.Redis.get: harmless
            redis.asyncio.connection.dial: net
            redis.asyncio.util.load: db"]],
    );
}

#[test]
fn an_exception_is_left_out() {
    check(
        r#"
[[blocking]]
path = "s.Session.*"
except = ["s.Session.close", "s.Session.mount*"]
effect = "net"
"#,
        &["s.Session.get", "s.Session.close", "s.Session.mount_all"],
        expect![[r"
            s.Session.get: net
            s.Session.close: nothing
            s.Session.mount_all: nothing"]],
    );
}

#[test]
fn facts_of_different_kinds_and_hand_offs_of_different_callables_combine() {
    check(
        r#"
[[hand-off]]
path = "p.submit"
callable = { position = 0 }
runs = "worker"
[[hand-off]]
path = "p.*"
callable = { position = 0 }
runs = "process"
[[hand-off]]
path = "p.submit"
callable = { name = "done" }
runs = "loop"
[[gives]]
path = "p.submit"
future-of = 0
"#,
        &["p.submit", "p.other"],
        expect![[r#"
            p.submit: Worker, Loop, FutureOf(0, None)
            p.other: Process"#]],
    );
}

#[test]
fn a_users_entry_wins_over_a_more_precise_shipped_one() {
    let shipped = format!("{HEADER}[[blocking]]\npath = \"a.b\"\neffect = \"net\"\n");
    let user = "language = \"python\"\n[[harmless]]\npath = \"a\"\n";
    let tables = [Table::shipped("apis/python/x.toml", &shipped), Table::user("blocklint.toml", user)];
    let catalog = Catalog::load(tables).unwrap();
    let facts = catalog.facts(Language::Python, "a.b");
    assert!(facts.harmless);
    assert!(facts.blocking.is_none());
    assert_eq!(catalog.facts(Language::Rust, "a.b"), Facts::default());
}

#[test]
fn a_users_hand_off_wins_whichever_arguments_it_names() {
    let shipped = format!("{HEADER}[[hand-off]]\npath = \"a.run\"\nruns = \"here\"\n");
    let user = "language = \"python\"\n[[hand-off]]\npath = \"a.*\"\ncallable = { position = 0 }\nruns = \"worker\"\n";
    let tables = [Table::shipped("apis/python/x.toml", &shipped), Table::user("blocklint.toml", user)];
    let catalog = Catalog::load(tables).unwrap();
    let runs: Vec<RunsOn> = catalog.facts(Language::Python, "a.run").hand_offs.iter().map(|it| it.runs).collect();
    assert_eq!(runs, [RunsOn::Worker]);
}

#[test]
fn an_alias_renames_what_stands_below_it() {
    let catalog = catalog(
        r#"
[[alias]]
path = ["requests.sessions.Session", "requests.api.Session"]
is = "requests.Session"
[[alias]]
path = "rq"
is = "requests.sessions"
[[base]]
path = "cached.Session"
is = "requests.Session"
"#,
    );
    let canonical = |path| catalog.canonical(Language::Python, path).into_owned();
    assert_eq!(canonical("requests.sessions.Session.get"), "requests.Session.get");
    assert_eq!(canonical("rq.Session"), "requests.Session");
    assert_eq!(canonical("requests.get"), "requests.get");
    assert_eq!(catalog.facts(Language::Python, "rq").alias, Some("requests.sessions"));
    assert_eq!(catalog.facts(Language::Python, "cached.Session").base, Some("requests.Session"));
    assert_eq!(catalog.facts(Language::Python, "requests.Session").base, None);
}

#[test]
fn a_blocking_entry_keeps_all_that_it_says() {
    let catalog = catalog(
        r#"
[[blocking]]
path = "queue.Queue.get"
effect = "wait"
scale = "small"
bound = { argument = "timeout", position = 1, unit = "ms", default = 2.5 }
unless = [{ argument = "block", position = 0, is = false }, { argument = "timeout", absent = true }]
only = [{ position = 0, is = "r" }, { position = 1, type = ["io.BytesIO"] }]
credential = true
first-use = true
on-loop = "fails-or-deadlocks"
failure = "no"
instead = { smol = "`smol::get`", tokio = "`tokio::get`" }
"#,
    );
    let blocking = catalog.facts(Language::Python, "queue.Queue.get").blocking.unwrap();
    let timeout = ArgumentRef { position: Some(1), name: Some("timeout".to_owned()) };
    assert_eq!(blocking.bound, Some(Bound { argument: timeout, unit_ms: 1.0, default_ms: Some(3) }));
    let named = |name: &str, position| ArgumentRef { position, name: Some(name.to_owned()) };
    let unless = [
        Condition { argument: named("block", Some(0)), is: Expected::Value(Constant::Bool(false)) },
        Condition { argument: named("timeout", None), is: Expected::Value(Constant::None) },
    ];
    assert_eq!(blocking.unless, unless);
    let first = ArgumentRef { position: Some(0), name: None };
    let second = ArgumentRef { position: Some(1), name: None };
    let only = [
        Condition { argument: first, is: Expected::Value(Constant::Text("r".to_owned())) },
        Condition { argument: second, is: Expected::Instance(vec!["io.BytesIO".to_owned()]) },
    ];
    assert_eq!(blocking.only, only);
    assert_eq!(
        (blocking.effect, blocking.scale, blocking.on_loop),
        (Effect::Wait, Scale::Small, OnLoop::FailsOrDeadlocks)
    );
    assert!(blocking.credential && blocking.first_use);
    assert_eq!((blocking.failure.as_deref(), blocking.instead.as_deref()), (Some("no"), Some("`tokio::get`")));
    let instead_on = [("smol", "`smol::get`"), ("tokio", "`tokio::get`")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(blocking.instead_on, instead_on);
    assert_eq!(blocking.source, "https://example.org");
}

#[test]
fn every_other_kind_is_read() {
    let catalog = catalog(
        r#"
[[is]]
path = "m.attribute"
type = "m.Type"
[[gives]]
path = "m.make"
type = "m.Type[int]"
[[gives]]
path = "m.fetch"
type = "m.Loaded"
unless = [{ argument = "stream", is = true }]
otherwise = "m.Streamed"
[[guard]]
path = "m.running"
tells = "true-on-loop"
[[decorator]]
path = "m.endpoint"
makes = "worker-entry"
[[container]]
path = "m.Box"
contains = "itself"
[[lock]]
path = "m.Lock"
kind = "thread"
[[inherits]]
path = "m.Kind"
gives = "members"
[[weak-task]]
path = "m.task"
[[override]]
path = "m.App.on_mount"
runs = "loop"
[[completes]]
path = "m.{wait,gather}"
[[schedules]]
path = "m.schedule"
loop = { argument = "loop", position = 1 }
[[current-loop]]
path = "m.loop"
[[diverges]]
path = "m.exit"
[[consumes]]
path = "m.list"
argument = 0
[[keeps]]
path = "m.list.append"
argument = 0
[[gives]]
path = "m.each"
each-result-of = 1
[[gives]]
path = "m.dict"
mapping-of = 0
[[gives]]
path = "m.attrgetter"
reader-of = 0
[[gives]]
path = "m.methodcaller"
caller-of = 0
[[hand-off]]
path = "m.filter"
callable = { position = 0 }
runs = "here"
receives-element-of = 1
[[parses]]
path = "m.loads"
argument = "text"
position = 0
[[fails]]
path = "m.Result"
argument = 1
[[subscribes]]
path = "m.install"
argument = 0
to = "log"
implements = "m.Sink"
members = ["write"]
[[publishes]]
path = "m.info"
to = "log"
[[extracts]]
path = "m.Json"
by = "deserialize"
"#,
    );
    let facts = |path| catalog.facts(Language::Python, path);
    assert_eq!(facts("m.attribute").is, Some("m.Type"));
    assert_eq!(facts("m.make").gives, Some(&Gives::Type("m.Type[int]".to_owned())));
    let stream = ArgumentRef { position: None, name: Some("stream".to_owned()) };
    let streams = Condition { argument: stream, is: Expected::Value(Constant::Bool(true)) };
    let fetched = Gives::TypeUnless("m.Loaded".to_owned(), vec![streams], "m.Streamed".to_owned());
    assert_eq!(facts("m.fetch").gives, Some(&fetched));
    assert!(facts("m.running").guard.is_some());
    assert!(facts("m.endpoint").decorates.is_some());
    assert!(facts("m.Box").contains.is_some());
    assert!(facts("m.Lock").lock.is_some());
    assert_eq!(facts("m.Kind").inherits, Some(Inherits::Members));
    assert!(facts("m.task").weak_task);
    assert_eq!(facts("m.App.on_mount").overrides, Some(RunsOn::Loop));
    assert!(facts("m.gather").completes);
    assert_eq!(facts("m.schedule").schedules_on.and_then(|it| it.position), Some(1));
    assert!(facts("m.loop").current_loop);
    assert!(facts("m.exit").diverges);
    assert_eq!(facts("m.list").consumes, Some(0));
    assert_eq!(facts("m.list.append").keeps, Some(0));
    assert_eq!(facts("m.each").gives, Some(&Gives::EachResultOf(1)));
    assert_eq!(facts("m.attrgetter").gives, Some(&Gives::Reader(0, false)));
    assert_eq!(facts("m.methodcaller").gives, Some(&Gives::Reader(0, true)));
    assert_eq!(facts("m.dict").gives, Some(&Gives::MappingOf(0)));
    assert_eq!(facts("m.filter").hand_offs[0].receives, Some(blocklint_catalog::fact::Receives::ElementOf(1)));
    assert_eq!(facts("m.loads").parses.and_then(|it| it.name.as_deref()), Some("text"));
    assert_eq!(facts("m.Result").fails, Some(&Gives::Argument(1)));
    assert_eq!(facts("m.install").subscribes.map(|it| &it.members[..]), Some(&["write".to_owned()][..]));
    assert_eq!(facts("m.info").publishes, Some("log"));
    assert_eq!(facts("m.Json").extracts, Some("deserialize"));
}

#[test]
fn facts_name_the_entries_that_matched() {
    let catalog = catalog("[[weak-task]]\npath = \"a.b\"\n[[harmless]]\npath = \"c\"\n");
    let matched = catalog.facts(Language::Python, "a.b").entries;
    let kinds: Vec<&str> = matched.iter().map(|id| catalog.entry(*id).knowledge.kind()).collect();
    assert_eq!(kinds, ["weak-task"]);
    assert_eq!(catalog.entries(Language::Python).len(), 2);
}
