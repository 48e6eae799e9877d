use serde_json::json;

use super::*;
use crate::catalog::compile_schema;

/// What is told of a configuration, as `path: sentence`.
fn told(schema: &Value, config: Value) -> Vec<String> {
    let validator = compile_schema(schema).unwrap();
    let errors = validator.iter_errors(&config).flat_map(|error| tell(schema, &config, &error));
    let mut told: Vec<String> = errors.map(|(path, sentence)| format!("{path}: {sentence}")).collect();
    told.sort();
    told
}

/// Each line: a configuration, and all that is told of it.
fn check<const N: usize>(schema: &Value, table: [(Value, &[&str]); N]) {
    for (config, expected) in table {
        assert_eq!(told(schema, config.clone()), expected, "{config}");
    }
}

/// As the SDK derives it for the rate limit, with its conditional member.
fn rate_limit() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["rateLimit", "burstLimit"],
        "properties": {
            "rateLimit": {"type": "number", "minimum": 1e-6, "maximum": 1_000_000_000},
            "burstLimit": {"type": "integer", "minimum": 1, "maximum": 4_294_967_295_u32},
            "by": {"enum": ["consumer", "ip", "header"], "type": "string", "default": "consumer"},
            "header": {"type": "string", "pattern": HEADER_NAME, "description": "Whose request it is."},
        },
        "allOf": [{
            "if": {"properties": {"by": {"const": "header"}}, "required": ["by"]},
            "then": {"required": ["header"]},
            "else": {"properties": {"header": false}},
        }],
    })
}

/// As the SDK derives it for the authentication, with its alternatives.
fn auth() -> Value {
    let alternatives = json!([{"required": ["secret"]}, {"required": ["pem"]}, {"required": ["jwk"]}]);
    let key = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["algorithm"],
        "allOf": [{"oneOf": alternatives}],
        "properties": {
            "algorithm": {"enum": ["HS256", "RS256"], "type": "string"},
            "secret": {"type": "string"},
            "pem": {"type": "string"},
            "jwk": {"type": "object"},
        },
    });
    json!({
        "type": "object",
        "additionalProperties": false,
        "allOf": [{"anyOf": [{"required": ["apiKey"]}, {"required": ["jwt"]}]}],
        "properties": {
            "apiKey": {"type": "object", "additionalProperties": false, "properties": {"header": {"type": "string"}}},
            "jwt": {"type": "object", "properties": {"keys": {"type": "array", "items": key, "minItems": 1}}},
        },
    })
}

#[test]
fn a_rate_limit_is_told_where_and_how_it_is_mistaken() {
    check(
        &rate_limit(),
        [
            (json!({"rateLimit": 5, "burstLimit": 5, "by": "header", "header": "x-tenant"}), &[]),
            (
                json!({"rateLimit": "5", "burstLimit": 1.5}),
                &["burstLimit: expected a whole number, found 1.5", "rateLimit: expected a number, found a text"],
            ),
            (
                json!({"rateLimit": 0, "burstLimit": 0}),
                &["burstLimit: give at least 1, not 0", "rateLimit: give at least 1e-6, not 0"],
            ),
            (json!({}), &["burstLimit: missing: it is required", "rateLimit: missing: it is required"]),
            (json!([]), &[": expected an object, found a list"]),
        ],
    );
}

#[test]
fn a_member_that_depends_on_another_is_told_with_it() {
    let with = |by: &str, header: Value| json!({"rateLimit": 5, "burstLimit": 5, "by": by, "header": header});
    let mut without = with("header", Value::Null);
    without.as_object_mut().unwrap().remove("header");
    check(
        &rate_limit(),
        [
            (without, &[r#"header: missing: it is required when by is "header""#]),
            (with("ip", json!("x-tenant")), &[r#"header: not allowed unless by is "header": remove it, or change by"#]),
            (with("header", json!("x tenant")), &["header: is not a header name: use letters, digits and '-'"]),
            (
                with("haeder", json!("x-tenant")),
                &[
                    r#"by: did you mean "header"? Give one of "consumer", "ip", "header""#,
                    r#"header: not allowed unless by is "header": remove it, or change by"#,
                ],
            ),
        ],
    );
}

#[test]
fn a_condition_that_is_not_easily_said_is_still_told_as_one() {
    let schema = json!({
        "if": {"properties": {"a": {"minimum": 3}}},
        "then": {"properties": {"b": false}, "required": ["c"]},
    });
    let expected: &[&str] =
        &["b: not allowed here: remove it, or change the member it depends on", "c: missing: it is required"];
    check(&schema, [(json!({"a": 4, "b": 1}), expected)]);
    check(&json!({"properties": {"then": false}}), [(json!({"then": 1}), &["then: not allowed here: remove it"])]);
}

#[test]
fn alternatives_are_told_by_their_members() {
    let keys = |key: Value| json!({"jwt": {"keys": [key]}});
    let one = "jwt.keys.0: give exactly one of secret, pem and jwk";
    check(
        &auth(),
        [
            (json!({}), &[": give at least one of apiKey and jwt"]),
            (keys(json!({"algorithm": "HS256"})), &[one]),
            (keys(json!({"algorithm": "HS256", "secret": "s", "pem": "p"})), &[one]),
            (json!({"jwt": {"keys": []}}), &["jwt.keys: give at least 1 item, not 0"]),
        ],
    );
}

#[test]
fn alternatives_of_other_forms_are_told_plainly() {
    let forms = json!([{"type": "number"}, {"minimum": 3}]);
    check(&json!({"anyOf": [{"type": "number"}]}), [(json!("a"), &[": fits none of the forms that are allowed here"])]);
    let several = ": fits several forms of which one is to be chosen";
    check(&json!({"oneOf": forms}), [(json!(4), &[several])]);
}

#[test]
fn an_unknown_member_is_told_at_its_own_place() {
    let known = "The known members are apiKey, jwt";
    check(
        &auth(),
        [
            (json!({"jwt": {}, "apikey": {}}), &[&format!("apikey: unknown: did you mean apiKey? {known}")]),
            (
                json!({"jwt": {}, "oauth": 1, "saml": 2}),
                &[
                    "oauth: unknown; the known members are apiKey, jwt",
                    "saml: unknown; the known members are apiKey, jwt",
                ],
            ),
            (
                json!({"apiKey": {"heder": "a"}}),
                &["apiKey.heder: unknown: did you mean header? The known members are header"],
            ),
        ],
    );
    let empty = json!({"type": "object", "properties": {}, "additionalProperties": false});
    let expected = "unknown: no member is known here; remove it";
    check(&empty, [(json!({"a": 1, "b": 2}), &[&format!("a: {expected}"), &format!("b: {expected}")])]);
}

#[test]
fn a_pattern_is_told_with_what_the_schema_says_of_it() {
    for (schema, expected) in [
        (json!({"pattern": "^a$"}), "does not match the pattern ^a$"),
        (json!({"pattern": "^a$", "title": "A"}), "does not match the pattern ^a$: A"),
        (json!({"pattern": "^a$", "description": "One a.\nMore."}), "does not match the pattern ^a$: One a."),
        (json!({"pattern": "^a$", "format": "uri"}), "is not a valid uri: it does not match the pattern ^a$"),
    ] {
        check(&schema, [(json!("b"), &[&format!(": {expected}")])]);
    }
}

#[test]
fn a_reference_does_not_hide_what_the_schema_says() {
    let key = json!({"additionalProperties": false, "properties": {"bits": {}}});
    let schema = json!({"properties": {"key": {"$ref": "#/$defs/key"}}, "$defs": {"key": key}});
    let expected = "key.bit: unknown: did you mean bits? The known members are bits";
    check(&schema, [(json!({"key": {"bit": 1}}), &[expected])]);
}

#[test]
fn no_rule_repeats_a_text() {
    let rules = json!([
        {"type": "number"}, {"enum": ["a"]}, {"const": "a"}, {"pattern": "^a$"}, {"minLength": 99}, {"maxLength": 1},
        {"not": {"type": "string"}}, {"anyOf": [{"const": "a"}]}, {"oneOf": [{"const": "a"}]}, false,
        {"maxItems": 0}, {"uniqueItems": true}, {"contains": {"const": 1}}, {"items": {"const": 1}},
        {"type": "array", "unevaluatedItems": false}, {"additionalProperties": {"const": 1}}, {"type": "object"},
    ]);
    for rule in rules.as_array().unwrap() {
        let values = [json!("hunter2"), json!(["hunter2", "hunter2"]), json!({"a": "hunter2"})];
        let told = values.map(|value| told(rule, value)).concat();
        assert!(!told.is_empty(), "{rule} finds nothing");
        assert!(!told.concat().contains("hunter2"), "{rule}: {told:?}");
    }
}

#[test]
fn the_name_of_a_member_is_told_as_such() {
    let schema = json!({"propertyNames": {"maxLength": 2}});
    let expected = "abc: the name of this member is not allowed: give at most 2 characters";
    check(&schema, [(json!({"abc": 1}), &[expected])]);
}
