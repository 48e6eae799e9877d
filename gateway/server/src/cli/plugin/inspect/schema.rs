//! A configuration schema as a table for people.

use serde_json::Value;

/// Members of members are listed this deep; a schema may refer to itself.
const DEPTH: usize = 4;

/// One row: a member, what it may be, and what it is for.
type Row = [String; 3];

/// The members of the configuration, a line each, nested ones under the one that holds them.
pub(super) fn table(schema: &Value) -> String {
    let mut rows = Vec::new();
    members(schema, schema, 0, &mut rows);
    if rows.is_empty() {
        return "  none\n".to_owned();
    }
    let width = |column: usize| rows.iter().map(|row: &Row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    let line = |[name, kind, about]: &Row| format!("  {name:<first$}  {kind:<second$}  {about}").trim_end().to_owned();
    rows.iter().map(|row| line(row) + "\n").collect()
}

fn members(root: &Value, schema: &Value, depth: usize, rows: &mut Vec<Row>) {
    let schema = resolve(root, schema);
    let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let member = resolve(root, member);
        let mut kind = kind(root, member);
        match &member["default"] {
            Value::Null if required.iter().any(|it| it == name) => kind.push_str(", required"),
            Value::Null => {}
            default => kind.push_str(&format!(", default {default}")),
        }
        rows.push([format!("{}{name}", "  ".repeat(depth)), kind, first_line(&member["description"])]);
        if depth < DEPTH {
            members(root, member, depth + 1, rows);
            members(root, &member["items"], depth + 1, rows);
        }
    }
    for keyword in ["oneOf", "anyOf", "allOf"] {
        for choice in schema[keyword].as_array().into_iter().flatten().filter(|_| depth < DEPTH) {
            members(root, choice, depth, rows);
        }
    }
}

/// Follows references within the document.
fn resolve<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let pointer = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

fn kind(root: &Value, schema: &Value) -> String {
    if let Some(choices) = schema["enum"].as_array() {
        return choices.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ");
    }
    let name = match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(root, resolve(root, &schema["items"]))),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    };
    match range(schema) {
        Some(range) => format!("{name} {range}"),
        None => name,
    }
}

/// `1..=100`, `..=100`, `>0`: what numbers, texts and lists are held to.
fn range(schema: &Value) -> Option<String> {
    let bound = |names: [&str; 4]| names.iter().map(|name| &schema[*name]).find(|value| !value.is_null());
    let least = bound(["minimum", "minLength", "minItems", "minProperties"]);
    let most = bound(["maximum", "maxLength", "maxItems", "maxProperties"]);
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least}..={most}")),
        (Some(least), None) => Some(format!("{least}..")),
        (None, Some(most)) => Some(format!("..={most}")),
        (None, None) => {
            let (above, below) = (&schema["exclusiveMinimum"], &schema["exclusiveMaximum"]);
            match (above.is_null(), below.is_null()) {
                (false, false) => Some(format!(">{above}, <{below}")),
                (false, true) => Some(format!(">{above}")),
                (true, false) => Some(format!("<{below}")),
                (true, true) => None,
            }
        }
    }
}

fn first_line(description: &Value) -> String {
    description.as_str().and_then(|text| text.lines().next()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_told_with_its_type_bounds_default_and_purpose() {
        let schema = json!({
            "type": "object",
            "required": ["header"],
            "properties": {
                "header": { "type": "string", "minLength": 1, "description": "Its name.\nMore." },
                "perMinute": { "type": "integer", "minimum": 1, "maximum": 100, "default": 60 },
                "mode": { "enum": ["soft", "hard"] },
                "rules": { "type": "array", "items": { "$ref": "#/$defs/rule" } },
            },
            "$defs": { "rule": { "type": "object", "properties": { "path": { "type": "string" } } } },
        });
        let table = table(&schema);
        for part in [
            "header     string 1.., required",
            "Its name.\n",
            "integer 1..=100, default 60",
            "\"soft\" | \"hard\"",
            "list of object",
            "    path",
        ] {
            assert!(table.contains(part), "{part}:\n{table}");
        }
    }

    #[test]
    fn a_schema_without_members_says_so() {
        assert_eq!(table(&json!({ "type": "object" })), "  none\n");
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = json!({
            "properties": { "next": { "$ref": "#" } },
        });
        assert_eq!(table(&schema).lines().count(), DEPTH + 1);
    }
}
