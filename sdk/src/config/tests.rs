//! The reader against the schema: what one accepts the other accepts.

use serde_json::json;

use super::*;

/// Everything that can be said.
#[derive(Debug, PartialEq, crate::Config)]
#[config(any_of(text, list))]
struct Everything {
    /// A text with "quotes"
    /// on two lines.
    #[config(min_length = 2, max_length = 4)]
    text: Option<String>,
    #[config(min_items = 1, max_items = 2)]
    list: Option<Vec<u8>>,
    #[config(default = {}, max_items = 1)]
    map: BTreeMap<String, Nested>,
    #[config(default = "x-a", header_name)]
    header: String,
    #[config(default = -1, range(-2..=2))]
    signed: i64,
    #[config(default = 0.5, above = 0, below = 1)]
    fraction: f64,
    #[config(default = "fast")]
    speed: Speed,
    #[config(only_with(speed = "halfFast"))]
    reason: Option<String>,
    #[config(default = false, rename = "on")]
    enabled: bool,
    #[config(default = [])]
    anything: Vec<Value>,
    #[config(default = "1m", min = "1s", max = "1h", title = "Time to live")]
    ttl: Duration,
    #[config(pattern = "^[a-z]+$")]
    word: Option<String>,
    #[config(default = [], each(header_name))]
    names: Vec<String>,
    #[config(default = {}, each(range(1..=9)))]
    weights: BTreeMap<String, u8>,
    #[config(secret)]
    key: Option<String>,
}

#[derive(Debug, PartialEq, crate::Config)]
struct Nested {
    count: u16,
    #[config(flatten)]
    source: Source,
}

/// How fast.
#[derive(Debug, PartialEq, crate::Config)]
enum Speed {
    /// At once.
    Fast,
    HalfFast,
}

#[derive(Debug, PartialEq, crate::Config)]
enum Source {
    /// A name.
    Name(String),
    Number(u32),
}

use std::{collections::BTreeMap, time::Duration};

fn findings<C: Config>(value: &Value) -> Vec<(String, String)> {
    let findings = read::<C>(value.to_string().as_bytes()).err().map_or_else(Vec::new, |refused| refused.findings);
    findings.into_iter().map(|finding| (finding.pointer, finding.message)).collect()
}

fn schema<C: Config>() -> Value {
    C::schema().document("test").parse().expect("a schema is JSON")
}

#[test]
fn defaults_fill_what_is_left_out() {
    let read: Everything = read(br#"{"text": "ab"}"#).unwrap();
    assert_eq!(read.text.as_deref(), Some("ab"));
    assert_eq!((read.header.as_str(), read.signed, read.fraction, read.enabled), ("x-a", -1, 0.5, false));
    assert_eq!((read.speed, read.list, read.map.len(), read.anything.len()), (Speed::Fast, None, 0, 0));
}

#[test]
fn reader_and_schema_agree() {
    let schema = schema::<Everything>();
    jsonschema::meta::validate(&schema).expect("the schema is one");
    let validator = jsonschema::validator_for(&schema).expect("the schema compiles");
    let with = |member: &str, value: Value| {
        let mut config = json!({ "text": "ab" });
        config[member] = value;
        config
    };
    let nested = |nested: Value| with("map", json!({ "a": nested }));
    for (config, pointers) in [
        (json!({ "text": "ab" }), &[][..]),
        (json!({ "list": [255] }), &[]),
        (json!({}), &[""]),
        (json!([]), &[""]),
        (json!({ "list": [] }), &["/list"]),
        (json!({ "list": [1, 256, -1, 0.5, "x"] }), &["/list", "/list/1", "/list/2", "/list/3", "/list/4"]),
        (with("text", json!("a")), &["/text"]),
        (with("text", json!("äöüß")), &[]),
        (with("text", json!("abcde")), &["/text"]),
        (with("text", json!(null)), &["/text"]),
        (with("header", json!("not a name")), &["/header"]),
        (with("header", json!("X-Good_1")), &[]),
        (with("signed", json!(2.0)), &[]),
        (with("signed", json!(3)), &["/signed"]),
        (with("signed", json!(-3)), &["/signed"]),
        (with("signed", json!(1.5)), &["/signed"]),
        (with("fraction", json!(0)), &["/fraction"]),
        (with("fraction", json!(1)), &["/fraction"]),
        (with("fraction", json!(0.999)), &[]),
        (with("fraction", json!("0.5")), &["/fraction"]),
        (with("speed", json!("slow")), &["/speed"]),
        (with("speed", json!("halfFast")), &["/reason"]),
        (json!({ "text": "ab", "speed": "halfFast", "reason": "r" }), &[]),
        (with("reason", json!("r")), &["/reason"]),
        (with("on", json!(1)), &["/on"]),
        (with("enabled", json!(true)), &["/enabled"]),
        (with("anything", json!([null, {}, 1])), &[]),
        (with("ttl", json!("90s")), &[]),
        (with("ttl", json!("1 hour")), &["/ttl"]),
        (with("ttl", json!(60)), &["/ttl"]),
        (with("word", json!("word")), &[]),
        (with("word", json!("two words")), &["/word"]),
        (with("names", json!(["x-a", "b"])), &[]),
        (with("names", json!(["x-a", "b c"])), &["/names/1"]),
        (with("weights", json!({ "a": 9, "b": 10 })), &["/weights/b"]),
        (with("key", json!("signing")), &[]),
        (with("key", json!("")), &["/key"]),
        (nested(json!({ "count": 1, "name": "n" })), &[]),
        (nested(json!({ "count": 1, "number": 7 })), &[]),
        (nested(json!({ "count": 1 })), &["/map/a"]),
        (nested(json!({ "count": 1, "name": "n", "number": 7 })), &["/map/a"]),
        (nested(json!({ "name": "n" })), &["/map/a/count"]),
        (nested(json!({ "count": 65_536, "name": 1 })), &["/map/a/count", "/map/a/name"]),
        (nested(json!({ "count": 1, "name": "n", "c": 1 })), &["/map/a/c"]),
        (with("map", json!({ "a/b~": {} })), &["/map/a~1b~0/count", "/map/a~1b~0"]),
    ] {
        let found = findings::<Everything>(&config);
        let found: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, pointers, "{config}");
        assert_eq!(validator.is_valid(&config), pointers.is_empty(), "{config}");
    }
}

#[test]
fn findings_say_what_to_do() {
    for (config, expected) in [
        (json!({}), "give at least one of text, list"),
        (json!({ "text": "a" }), "1 characters: use at least 2"),
        (json!({ "text": "ab", "signed": 3 }), "use at most 2"),
        (json!({ "text": "ab", "fraction": 0 }), "use more than 0"),
        (json!({ "text": 5 }), "expected a text, found a number"),
        (json!({ "list": [300] }), "use 0 to 255"),
        (json!({ "text": "ab", "speed": "slow" }), r#""slow" is none of fast, halfFast"#),
        (json!({ "text": "ab", "header": "a b" }), r#""a b" is not a header name: use letters, digits and '-'"#),
        (json!({ "text": "ab", "ttl": "2h" }), "use at most 1h"),
        (json!({ "text": "ab", "ttl": "5" }), r#""5" is no time: write it as "250ms", "5m" or "1h30m""#),
        (json!({ "text": "ab", "word": "W" }), "does not match the pattern ^[a-z]+$"),
        (json!({ "text": "ab", "reason": "r" }), r#"leave it out unless `speed` is "halfFast""#),
    ] {
        assert_eq!(findings::<Everything>(&config)[0].1, expected, "{config}");
    }
    let unknown = &findings::<Nested>(&json!({ "count": 1, "name": "n", "cuont": 1 }))[0];
    assert_eq!(unknown.1, "unknown; the known members are count, name, number");
}

#[test]
fn a_configuration_that_is_no_json_is_refused() {
    let refused = read::<()>(b"{").unwrap_err();
    assert!(refused.to_string().starts_with("the configuration: no JSON: "), "{refused}");
}

#[test]
fn the_schema_tells_what_the_source_tells() {
    let schema = schema::<Everything>();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "test");
    assert_eq!(schema["description"], "Everything that can be said.");
    assert_eq!(schema["additionalProperties"], false);
    let text = json!({ "type": "string", "description": "A text with \"quotes\" on two lines.", "minLength": 2, "maxLength": 4 });
    assert_eq!(schema["properties"]["text"], text);
    let speed = json!({ "type": "string", "enum": ["fast", "halfFast"], "default": "fast", "description": "How fast.\nfast: At once." });
    assert_eq!(schema["properties"]["speed"], speed);
    assert_eq!(schema["properties"]["list"]["items"], json!({ "type": "integer", "minimum": 0, "maximum": 255 }));
    assert_eq!(schema["properties"]["ttl"]["title"], "Time to live");
    assert_eq!(schema["properties"]["ttl"]["format"], "time-span");
    assert_eq!(schema["properties"]["names"]["items"]["format"], "header-name");
    assert_eq!(schema["properties"]["weights"]["additionalProperties"]["maximum"], 9);
    assert_eq!(schema["properties"]["key"], json!({ "type": "string", "format": "secret", "minLength": 1 }));
    let nested = &schema["properties"]["map"]["additionalProperties"];
    assert_eq!(nested["required"], json!(["count"]));
    assert_eq!(nested["allOf"], json!([{ "oneOf": [{ "required": ["name"] }, { "required": ["number"] }] }]));
}

#[test]
fn no_configuration_is_an_empty_object() {
    assert_eq!(findings::<()>(&json!({})), []);
    assert_eq!(findings::<()>(&json!({ "a": 1 }))[0].1, "no member is known here; leave it out");
    let validator = jsonschema::validator_for(&schema::<()>()).unwrap();
    assert!(validator.is_valid(&json!({})) && !validator.is_valid(&json!({ "a": 1 })));
}

#[test]
fn an_enum_of_values_stands_by_itself_too() {
    assert_eq!(read::<Source>(br#"{"number": 7}"#).unwrap(), Source::Number(7));
    assert_eq!(findings::<Source>(&json!({ "name": "n", "other": 1 }))[0].0, "/other");
    assert_eq!(read::<Source>(br#"{"name": "n"}"#).unwrap(), Source::Name("n".to_owned()));
}

// Bounds beyond 31 bits were read as others.
#[test]
fn bounds_may_be_larger_than_31_bits() {
    #[derive(Debug, PartialEq, crate::Config)]
    struct Large {
        #[config(range(3_000_000_000..=5_000_000_000))]
        number: u64,
    }
    for (number, sound) in
        [(2_999_999_999_u64, false), (3_000_000_000, true), (5_000_000_000, true), (5_000_000_001, false)]
    {
        assert_eq!(findings::<Large>(&json!({ "number": number })).is_empty(), sound, "{number}");
    }
}
