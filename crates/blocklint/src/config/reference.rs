//! Holds `docs/configuration.md` to the truth: its table is the table of keys, and every configuration that it shows is one.

use super::keys::{KEYS, Key, Kind};
use super::{Reader, schema};
use expect_test::expect_file;
use serde_json::Value;
use std::path::Path;

const BEGIN: &str = "<!-- keys: written by";
const END: &str = "<!-- end of keys -->";

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.md")).unwrap()
}

fn row(key: &Key) -> String {
    let option = match (key.variable, key.kind) {
        (None, _) => "`--config`".to_owned(),
        (Some(variable), Kind::Flag) => format!("`--{}`, `--{}`, `{variable}`", key.name, key.negation),
        (Some(variable), kind) => format!("`--{} {}`, `{variable}`", key.name, kind.value_name()),
    };
    let help = key.help.split(" [default").next().unwrap_or_default();
    let default = key.default.map_or_else(String::new, |it| format!("`{it}`"));
    format!("| `{}` | {help} | {default} | `{}` | {option} |\n", key.name, key.example.replace('|', "\\|"))
}

#[test]
fn the_page_lists_every_key() {
    let page = page();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (marker, _) = rest.split_once('\n').unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let rows: String = KEYS.iter().map(row).collect::<Vec<_>>().concat();
    let table =
        format!("\n| key | what it does | default | for example | option, variable |\n|---|---|---|---|---|\n{rows}\n");
    let expected = format!("{before}{BEGIN}{marker}\n{table}{END}{after}");
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md")].assert_eq(&expected);
}

/// The TOML blocks of a page that are configurations, and not tables of a user's own.
fn shown(page: &str) -> Vec<&str> {
    let blocks = page.split("```toml\n").skip(1).filter_map(|it| it.split_once("```").map(|it| it.0));
    blocks.filter(|it| !it.contains("[[")).collect()
}

#[test]
fn what_the_pages_show_is_a_configuration_by_parser_and_schema() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let schema = schema::schema();
    let page = page();
    let mut count = 0;
    for text in shown(&page).into_iter().chain(shown(&readme)) {
        let text = text.replace("[tool.blocklint]\n", "");
        check(&schema, &text).unwrap_or_else(|it| panic!("{it}\n{text}"));
        count += 1;
    }
    assert!(count >= 5, "only {count} configurations were found");
}

#[test]
fn schema_and_parser_refuse_the_same() {
    let schema = schema::schema();
    for text in [
        "slect = []",
        "select = \"BL101\"",
        "select = [1]",
        "profile = \"loud\"",
        "threshold = \"2 hours\"",
        "max-file-size = \"2 pages\"",
        "max-file-size = 2",
        "max-nesting = \"deep\"",
        "require-reason = \"yes\"",
        "per-file-ignores = { x = \"BL1\" }",
        "blocking = [{ effect = \"net\" }]",
        "blocking = [{ path = \"a.b\", effect = \"nett\" }]",
        "blocking = [{ path = \"a.b\", efect = \"net\" }]",
        "offloaders = [{ path = \"a.b\", runs = \"elsewhere\" }]",
        "offloaders = [{ path = \"a.b\", callable = { place = 1 } }]",
        "loop-entries = [{ path = \"a.b\", runs = \"worker\" }]",
        "non-blocking = [{ path = \"a.b\", effect = \"net\" }]",
    ] {
        let value: toml::Table = text.parse().unwrap();
        assert!(!valid(&schema, &schema, &serde_json::to_value(value).unwrap()), "the schema takes {text}");
        assert!(read(text).is_err(), "the parser takes {text}");
    }
}

#[test]
fn every_key_and_its_values_are_in_the_schema() {
    let schema = schema::schema();
    for key in KEYS {
        assert!(schema["properties"][key.name].is_object(), "{}", key.name);
        for toml in key.default.into_iter().chain([key.example]).filter(|_| key.name != "extend") {
            check(&schema, &format!("{} = {toml}", key.name)).unwrap_or_else(|it| panic!("{}: {it}", key.name));
        }
    }
}

fn check(schema: &Value, text: &str) -> Result<(), String> {
    let table: toml::Table = text.parse().map_err(|it| format!("{it}"))?;
    if !valid(schema, schema, &serde_json::to_value(table).unwrap()) {
        return Err("the schema refuses it".to_owned());
    }
    // What a page extends does not exist here.
    read(&text.lines().filter(|it| !it.starts_with("extend =")).collect::<Vec<_>>().join("\n"))
}

fn read(text: &str) -> Result<(), String> {
    let read = Reader { cwd: Path::new("") }.inline(text)?;
    let tables = read.iter().map(|it| blocklint_catalog::Table::configuration(&it.shown, &it.text, it.below));
    blocklint_catalog::Catalog::with_user_tables(tables).map(|_| ()).map_err(|it| it.to_string())
}

/// As much of JSON Schema as the schema uses, patterns left out but for times and sizes.
fn valid(root: &Value, rule: &Value, value: &Value) -> bool {
    let reference = rule["$ref"].as_str().and_then(|it| it.rsplit('/').next());
    let all = |name: &str, test: &dyn Fn(&Value) -> bool| rule.get(name).is_none_or(test);
    reference.is_none_or(|it| valid(root, &root["definitions"][it], value))
        && all("enum", &|it| it.as_array().unwrap().contains(value))
        && all("anyOf", &|it| it.as_array().unwrap().iter().any(|it| valid(root, it, value)))
        && all("type", &|it| is_type(it, value))
        && all("pattern", &|it| {
            let (pattern, text) = (it.as_str().unwrap(), value.as_str().unwrap_or_default());
            (!pattern.contains("ms|s|min") || super::value::milliseconds(text).is_some())
                && (!pattern.contains("kB|MB") || super::value::bytes(text).is_some())
        })
        && all("required", &|it| it.as_array().unwrap().iter().all(|it| value.get(it.as_str().unwrap()).is_some()))
        && all("items", &|it| value.as_array().is_none_or(|items| items.iter().all(|item| valid(root, it, item))))
        && value.as_object().is_none_or(|object| {
            object.iter().all(|(key, inner)| match (rule["properties"].get(key), rule.get("additionalProperties")) {
                (Some(known), _) => valid(root, known, inner),
                (None, Some(Value::Bool(more))) => *more,
                (None, Some(more)) => valid(root, more, inner),
                (None, None) => true,
            })
        })
}

fn is_type(types: &Value, value: &Value) -> bool {
    let one = |name: &Value| match name.as_str().unwrap() {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    types.as_array().map_or_else(|| one(types), |it| it.iter().any(one))
}
