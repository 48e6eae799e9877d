//! Reading a value: where we are in it, and what is wrong with it so far.

use std::borrow::Cow;

use serde_json::Value;

use super::{Config, Field, Object};

/// Something wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What, and what to do about it.
    pub message: String,
}

/// The place that is being read, and the findings so far.
#[derive(Debug, Default)]
pub struct Reading {
    pointer: String,
    findings: Vec<Finding>,
}

impl Reading {
    /// Notes a finding at the place that is being read.
    pub fn find(&mut self, message: impl Into<String>) {
        self.findings.push(Finding { pointer: self.pointer.clone(), message: message.into() });
    }

    /// Notes that the value is not what it should be, and returns nothing.
    pub fn expected<T>(&mut self, expected: &str, value: &Value) -> Option<T> {
        let found = match value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.find(format!("expected {expected}, found {found}"));
        None
    }

    /// Reads within a member or an item.
    pub fn within<T>(&mut self, segment: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.enter(segment);
        let value = read(self);
        self.pointer.truncate(outer);
        value
    }

    /// Appends a segment and returns where the pointer ended before.
    fn enter(&mut self, segment: &str) -> usize {
        let outer = self.pointer.len();
        self.pointer.push('/');
        for letter in segment.chars() {
            match letter {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                other => self.pointer.push(other),
            }
        }
        outer
    }

    /// The value as an object whose members are all among `known`.
    pub fn object<'v>(&mut self, value: &'v Value, known: &[&[&str]]) -> Option<&'v Object> {
        let Value::Object(object) = value else { return self.expected("an object", value) };
        let known = known.concat();
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            let known = known.join(", ");
            self.within(name, |reading| match known.as_str() {
                "" => reading.find("no member is known here; leave it out"),
                known => reading.find(format!("unknown; the known members are {known}")),
            });
        }
        Some(object)
    }

    /// Reads a member, or its default.
    pub fn field<T: Config>(&mut self, object: &Object, field: &Field) -> Option<T> {
        self.within(field.name, |reading| match reading.value(object, field) {
            Some(value) => T::read(&value, reading),
            None => T::absent().or_else(|| {
                reading.find("missing");
                None
            }),
        })
    }

    /// The value of a member by its rules, or its default; not generic, so that a module holds it once.
    fn value<'o>(&mut self, object: &'o Object, field: &Field) -> Option<Cow<'o, Value>> {
        let value = object.get(field.name);
        self.only_with(object, value.is_some(), field);
        match (value, field.default) {
            (Some(value), _) => {
                field.rules.check(value, self);
                self.check_each(value, field);
                Some(Cow::Borrowed(value))
            }
            (None, Some(json)) => {
                let value = serde_json::from_slice(json.as_bytes()).expect("the macro wrote this JSON");
                Some(Cow::Owned(value))
            }
            (None, None) => None,
        }
    }

    /// Checks the items of a list, or the values of the members of a map.
    fn check_each(&mut self, value: &Value, field: &Field) {
        match value {
            Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| {
                self.within(&at.to_string(), |reading| field.each.check(item, reading));
            }),
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                self.within(name, |reading| field.each.check(value, reading));
            }),
            _ => {}
        }
    }

    fn only_with(&mut self, object: &Object, given: bool, field: &Field) {
        let Some((member, text)) = field.only_with else { return };
        let holds = object.get(member).and_then(Value::as_str) == Some(text);
        match (holds, given) {
            (true, false) => self.find(format!("missing: `{member}` is \"{text}\"")),
            (false, true) => self.find(format!("leave it out unless `{member}` is \"{text}\"")),
            _ => {}
        }
    }

    /// Notes a finding if none of the members is given.
    pub fn any_of(&mut self, object: &Object, members: &[&str]) {
        if !members.iter().any(|member| object.contains_key(*member)) {
            self.find(format!("give at least one of {}", members.join(", ")));
        }
    }

    /// The only one of the members that is given.
    pub fn one_of(&mut self, object: &Object, members: &[&'static str]) -> Option<&'static str> {
        let mut given = members.iter().filter(|member| object.contains_key(**member));
        match (given.next(), given.next()) {
            (Some(member), None) => Some(member),
            _ => {
                self.find(format!("give exactly one of {}", members.join(", ")));
                None
            }
        }
    }

    /// The position of the value among texts to choose from.
    pub fn choice(&mut self, value: &Value, texts: &[&str]) -> Option<usize> {
        let Value::String(text) = value else { return self.expected("a text", value) };
        let position = texts.iter().position(|choice| choice == text);
        if position.is_none() {
            self.find(format!("{text:?} is none of {}", texts.join(", ")));
        }
        position
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
