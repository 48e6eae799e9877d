//! Which values of a configuration name secrets: those whose schema has `"format": "secret"`.

use std::collections::BTreeSet;

use gateway_model::Path;
use serde_json::Value;

/// The format of a string that names a secret.
const FORMAT: &str = "secret";

/// How deep schemas are followed; a schema may refer to itself.
const DEEPEST: usize = 32;

/// Places that are looked at in one configuration: alternatives of alternatives multiply.
const MOST: usize = 10_000;

/// The names of secrets in `config`, each once, with the places relative to it.
pub(super) fn named(schema: &Value, config: &Value) -> Vec<(Path, String)> {
    if !has_marks(schema) {
        return Vec::new();
    }
    let mut walk = Walk { root: schema, found: BTreeSet::new(), left: MOST };
    walk.value(schema, config, &Path::new(), DEEPEST);
    walk.found.into_iter().collect()
}

/// Whether anything in the schema is marked.
pub(super) fn has_marks(schema: &Value) -> bool {
    match schema {
        Value::Object(object) => {
            object.get("format").is_some_and(|format| format == FORMAT) || object.values().any(has_marks)
        }
        Value::Array(items) => items.iter().any(has_marks),
        _ => false,
    }
}

struct Walk<'a> {
    root: &'a Value,
    found: BTreeSet<(Path, String)>,
    left: usize,
}

impl<'a> Walk<'a> {
    fn value(&mut self, schema: &'a Value, value: &Value, path: &Path, depth: usize) {
        if depth == 0 || self.left == 0 {
            return;
        }
        self.left -= 1;
        if let (Some(FORMAT), Value::String(name)) = (schema["format"].as_str(), value) {
            self.found.insert((path.clone(), name.clone()));
        }
        for same in self.alternatives(schema) {
            self.value(same, value, path, depth - 1);
        }
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    let known = schema["properties"].get(name);
                    if let Some(schema) = known.or_else(|| schema.get("additionalProperties")) {
                        self.value(schema, inner, &path.then(name), depth - 1);
                    }
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    let schema = schema["prefixItems"].get(index).or_else(|| schema.get("items"));
                    if let Some(schema) = schema {
                        self.value(schema, inner, &path.then(index), depth - 1);
                    }
                }
            }
            _ => {}
        }
    }

    /// The schemas that hold for the same value, or may.
    fn alternatives(&self, schema: &'a Value) -> Vec<&'a Value> {
        let lists = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
        let single = ["if", "then", "else"].into_iter().filter_map(|key| schema.get(key));
        let referred = schema.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix('#'));
        lists.chain(single).chain(referred.and_then(|pointer| self.root.pointer(pointer))).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_found_wherever_the_schema_marks_them() {
        let schema = json!({
            "type": "object",
            "properties": {
                "key": {"type": "string", "format": "secret"},
                "name": {"type": "string"},
                "issuers": {"type": "array", "items": {"$ref": "#/$defs/issuer"}},
            },
            "additionalProperties": {"anyOf": [{"type": "null"}, {"type": "string", "format": "secret"}]},
            "$defs": {"issuer": {"oneOf": [
                {"properties": {"secret": {"format": "secret"}, "next": {"$ref": "#/$defs/issuer"}}},
                {"properties": {"pem": {"type": "string"}}},
            ]}},
        });
        let config = json!({
            "key": "a", "name": "no", "other": "b", "none": null,
            "issuers": [{"secret": "c", "next": {"secret": "d"}}, {"pem": "no"}],
        });
        let found: Vec<_> = named(&schema, &config).into_iter().map(|(path, name)| format!("{path}={name}")).collect();
        assert_eq!(found, ["issuers.0.next.secret=d", "issuers.0.secret=c", "key=a", "other=b"]);
        assert!(named(&json!({"properties": {"key": {"type": "string"}}}), &config).is_empty());
        assert!(named(&json!(true), &config).is_empty());
    }

    #[test]
    fn a_schema_that_turns_in_circles_ends() {
        let schema = json!({"$ref": "#", "anyOf": [{"$ref": "#"}, {"$ref": "#"}], "format": "secret"});
        assert_eq!(named(&schema, &json!("x")).len(), 1);
    }
}
