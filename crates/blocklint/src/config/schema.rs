//! The JSON Schema of a configuration, for editors: made from the table of keys and the catalogue's words, so that it cannot lag behind.

use super::keys::{KEYS, Key, Kind};
use blocklint_catalog::{FACTS, Rules, fact_keys, known_words};
use serde_json::{Map, Value, json};

/// The schema as `blocklint schema config` prints it.
pub(crate) fn text() -> String {
    let text = serde_json::to_string_pretty(&schema()).expect("a schema is a tree of texts");
    text + "\n"
}

pub(crate) fn schema() -> Value {
    let properties: Map<String, Value> = KEYS.iter().map(|it| (it.name.to_owned(), property(it))).collect();
    let mut definitions: Map<String, Value> = FACTS.iter().map(|it| ((*it).to_owned(), fact(it))).collect();
    for (name, definition) in shared() {
        definitions.insert(name.to_owned(), definition);
    }
    json!({
        // What editors' TOML plug-ins understand.
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://github.com/blocklint/blocklint/schemas/config.json",
        "title": "blocklint's configuration: blocklint.toml, [tool.blocklint], [workspace.metadata.blocklint]",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "definitions": definitions,
    })
}

fn property(key: &Key) -> Value {
    let mut schema = match key.kind {
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Text | Kind::Path => json!({"type": "string", "minLength": 1}),
        Kind::Choice(words) => json!({"enum": words}),
        Kind::Duration => json!({"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *(ms|s|min)$"}),
        Kind::Size => json!({"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *(B|kB|MB|GB)$"}),
        Kind::Number => json!({"type": "integer", "minimum": 0}),
        Kind::Rules => json!({"type": "array", "items": reference("rule")}),
        Kind::Patterns | Kind::Paths => json!({"type": "array", "items": {"type": "string", "minLength": 1}}),
        Kind::PerFile => {
            json!({"type": "object", "additionalProperties": {"type": "array", "items": reference("rule")}})
        }
        Kind::Facts => {
            json!({"type": "array", "items": {"anyOf": [{"type": "string", "minLength": 1}, reference(key.name)]}})
        }
    };
    schema["description"] = key.help.into();
    let value = |toml: &str| toml::from_str::<toml::Table>(&format!("value = {toml}")).ok()?.remove("value");
    if let Some(default) = key.default.and_then(value) {
        schema["default"] = json!(default);
    }
    schema["examples"] = json!(value(key.example).as_slice());
    schema
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}

/// A fact in full.
fn fact(name: &str) -> Value {
    let mut properties = Map::new();
    for key in ["path", "except", "language", "source"].into_iter().chain(fact_keys(name)) {
        properties.insert(key.to_owned(), fact_property(key));
    }
    json!({"type": "object", "additionalProperties": false, "required": ["path"], "properties": properties})
}

fn fact_property(key: &str) -> Value {
    match key {
        "path" | "except" => reference("paths"),
        "language" => json!({"enum": ["python", "rust"]}),
        "bound" => reference("bound"),
        "unless" | "only" => json!({"type": "array", "items": reference("condition")}),
        "credential" | "first-use" => json!({"type": "boolean"}),
        "callable" => reference("callable"),
        "instead" => json!({"anyOf": [
            {"type": "string", "minLength": 1},
            {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}},
        ]}),
        _ => match known_words(key) {
            words if words.is_empty() => json!({"type": "string", "minLength": 1}),
            words => json!({"enum": words}),
        },
    }
}

fn shared() -> Vec<(&'static str, Value)> {
    let text = || json!({"type": "string", "minLength": 1});
    let position = || json!({"type": "integer", "minimum": 0});
    let mut rules: Vec<String> = vec!["ALL".to_owned()];
    for rule in Rules::builtin().iter().flat_map(Rules::iter) {
        rules.extend([rule.code.clone(), rule.name.clone()]);
    }
    vec![
        (
            "rule",
            json!({"type": "string", "minLength": 1, "anyOf": [{"enum": rules}, {"pattern": "^[A-Za-z][A-Za-z0-9-]*$"}]}),
        ),
        ("paths", json!({"anyOf": [text(), {"type": "array", "minItems": 1, "items": text()}]})),
        (
            "bound",
            json!({"type": "object", "additionalProperties": false, "properties": {
                "argument": text(),
                "position": position(),
                "unit": {"enum": known_words("unit")},
                "default": {"type": "number", "minimum": 0},
            }}),
        ),
        (
            "condition",
            json!({"type": "object", "additionalProperties": false, "properties": {
                "argument": text(),
                "position": position(),
                "is": {"type": ["boolean", "number", "string"]},
                "absent": {"type": "boolean"},
                "type": reference("paths"),
            }}),
        ),
        (
            "callable",
            json!({"type": "object", "additionalProperties": false, "properties": {"name": text(), "position": position()}}),
        ),
    ]
}
