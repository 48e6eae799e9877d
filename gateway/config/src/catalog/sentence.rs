//! What a schema finds wrong with a configuration, in sentences that say what to do about it.
//!
//! No text of the configuration is ever repeated, as any of them could be a secret; numbers, and the
//! names of members, are.

mod schema;

use std::fmt::Display;

use gateway_model::{Path, nearest};
use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use schema::{Found, Schema};

/// What the SDK writes for a member that names a header (RFC 9110, 5.6.2).
const HEADER_NAME: &str = "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,255}$";

/// Tells an error that `schema` found in `config`: where, and in which words.
/// One error is several findings when several members are unknown.
pub(super) fn tell(schema: &Value, config: &Value, error: &ValidationError<'_>) -> Vec<(Path, String)> {
    let schema = Schema(schema);
    let rule = schema.rule(error);
    let place = place(error);
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => unknown(&place, unexpected, &rule),
        Kind::FalseSchema if rule.keyword == "additionalProperties" => unknown(&place, &members(config, error), &rule),
        Kind::UnevaluatedProperties { unexpected } => {
            let sentence = || "unknown here: remove it, or correct its name".to_owned();
            unexpected.iter().map(|name| (place.then(name), sentence())).collect()
        }
        Kind::Required { property: Value::String(name) } => vec![(place.then(name), missing(&rule))],
        Kind::PropertyNames { error } => vec![bad_name(&place, &schema.rule(error), error)],
        _ => vec![(place, sentence(&rule, error))],
    }
}

fn place(error: &ValidationError<'_>) -> Path {
    error.instance_path().segments().fold(Path::new(), |path, step| path.then(step))
}

/// The members of the object in which the error was found.
fn members(config: &Value, error: &ValidationError<'_>) -> Vec<String> {
    let object = config.pointer(error.instance_path().as_str()).and_then(Value::as_object);
    object.into_iter().flat_map(|object| object.keys().cloned()).collect()
}

fn unknown(place: &Path, names: &[String], rule: &Found<'_>) -> Vec<(Path, String)> {
    let known = rule.known_members();
    let sentence = |name: &String| match (nearest(name, &known), known.is_empty()) {
        (Some(near), _) => format!("unknown: did you mean {near}? The known members are {}", known.join(", ")),
        (None, false) => format!("unknown; the known members are {}", known.join(", ")),
        (None, true) => "unknown: no member is known here; remove it".to_owned(),
    };
    names.iter().map(|name| (place.then(name), sentence(name))).collect()
}

fn missing(rule: &Found<'_>) -> String {
    match rule.condition() {
        Some(condition) => format!("missing: it is required {condition}"),
        None => "missing: it is required".to_owned(),
    }
}

fn bad_name(place: &Path, rule: &Found<'_>, error: &ValidationError<'_>) -> (Path, String) {
    let path = error.instance().as_str().map_or_else(|| place.clone(), |name| place.then(name));
    (path, format!("the name of this member is not allowed: {}", sentence(rule, error)))
}

fn sentence(rule: &Found<'_>, error: &ValidationError<'_>) -> String {
    let value = error.instance().as_ref();
    match error.kind() {
        Kind::FalseSchema => forbidden(rule),
        Kind::AnyOf { .. } => choose(rule, "at least one", "fits none of the forms that are allowed here"),
        Kind::OneOfNotValid { .. } => choose(rule, "exactly one", "fits none of the forms that are allowed here"),
        Kind::OneOfMultipleValid { .. } => {
            choose(rule, "exactly one", "fits several forms of which one is to be chosen")
        }
        Kind::Type { kind } => format!("expected {}, found {}", expected(kind), found(value)),
        Kind::Enum { options } => one_of(options, value),
        Kind::Constant { expected_value } => format!("give {expected_value}"),
        Kind::Pattern { pattern } => unmatched(rule, pattern),
        Kind::Format { format } => format!("is not a valid {format}"),
        Kind::UniqueItems => "an item is repeated: give each of them once".to_owned(),
        Kind::Contains => "lacks an item of the kind that has to be among these".to_owned(),
        Kind::UnevaluatedItems { .. } => "has items that are not known here: remove them".to_owned(),
        Kind::Not { .. } => "has a form that is not allowed here".to_owned(),
        kind => limit(kind, value).unwrap_or_else(|| error.masked_with("the value").to_string()),
    }
}

fn forbidden(rule: &Found<'_>) -> String {
    match rule.condition() {
        Some(condition) => format!("not allowed {condition}: remove it, or change {}", condition.member),
        None if rule.is_conditional() => "not allowed here: remove it, or change the member it depends on".to_owned(),
        None => "not allowed here: remove it".to_owned(),
    }
}

fn choose(rule: &Found<'_>, how_many: &str, otherwise: &str) -> String {
    match rule.required_alternatives() {
        Some(members) => format!("give {how_many} of {}", enumerated(&members, "and")),
        None => otherwise.to_owned(),
    }
}

fn one_of(options: &Value, value: &Value) -> String {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    let texts: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
    let all: Vec<String> = options.iter().map(Value::to_string).collect();
    match value.as_str().and_then(|text| nearest(text, &texts)) {
        Some(near) => format!("did you mean {near:?}? Give one of {}", all.join(", ")),
        None => format!("give one of {}", all.join(", ")),
    }
}

fn unmatched(rule: &Found<'_>, pattern: &str) -> String {
    if pattern == HEADER_NAME {
        return "is not a header name: use letters, digits and '-'".to_owned();
    }
    match (rule.text("format"), rule.text("description").or(rule.text("title"))) {
        (Some(format), _) => format!("is not a valid {format}: it does not match the pattern {pattern}"),
        (None, Some(about)) => format!("does not match the pattern {pattern}: {about}"),
        (None, None) => format!("does not match the pattern {pattern}"),
    }
}

fn limit(kind: &Kind, value: &Value) -> Option<String> {
    Some(match kind {
        Kind::Minimum { limit } => format!("give at least {limit}, not {value}"),
        Kind::Maximum { limit } => format!("give at most {limit}, not {value}"),
        Kind::ExclusiveMinimum { limit } => format!("give more than {limit}, not {value}"),
        Kind::ExclusiveMaximum { limit } => format!("give less than {limit}, not {value}"),
        Kind::MultipleOf { multiple_of } => format!("give a multiple of {multiple_of}, not {value}"),
        // How long a text is says something about a secret.
        Kind::MinLength { limit } => format!("give at least {}", counted(limit, "character")),
        Kind::MaxLength { limit } => format!("give at most {}", counted(limit, "character")),
        Kind::MinItems { limit } => format!("give at least {}, not {}", counted(limit, "item"), size(value)),
        Kind::MaxItems { limit } => format!("give at most {}, not {}", counted(limit, "item"), size(value)),
        Kind::AdditionalItems { limit } => format!("give at most {}, not {}", counted(limit, "item"), size(value)),
        Kind::MinProperties { limit } => format!("give at least {}, not {}", counted(limit, "member"), size(value)),
        Kind::MaxProperties { limit } => format!("give at most {}, not {}", counted(limit, "member"), size(value)),
        _ => return None,
    })
}

fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => 0,
    }
}

fn counted(count: impl Display, what: &str) -> String {
    match count.to_string().as_str() {
        "1" => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}

fn expected(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(kind) => type_name(*kind).to_owned(),
        TypeKind::Multiple(kinds) => enumerated(&kinds.iter().map(type_name).collect::<Vec<_>>(), "or"),
    }
}

fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "a text",
        JsonType::Array => "a list",
        JsonType::Object => "an object",
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// `a, b and c`
fn enumerated(names: &[impl AsRef<str>], last: &str) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((end, start)) if !start.is_empty() => format!("{} {last} {end}", start.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
mod tests;
