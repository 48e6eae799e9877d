//! Rules on one value, checked while reading and told by the schema.

use serde_json::Value;

use super::{Reading, Schema, time_span};
use crate::setup::is_header_name;

/// Limits on a value; those that do not apply to its type are ignored.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The smallest number.
    pub minimum: Option<Bound>,
    /// The largest number.
    pub maximum: Option<Bound>,
    /// Numbers are greater than this.
    pub above: Option<Bound>,
    /// Numbers are less than this.
    pub below: Option<Bound>,
    /// The fewest characters of a text.
    pub min_length: Option<usize>,
    /// The most characters of a text.
    pub max_length: Option<usize>,
    /// The fewest items of a list or members of a map.
    pub min_items: Option<usize>,
    /// The most items of a list or members of a map.
    pub max_items: Option<usize>,
    /// A regular expression that the text matches somewhere. In the gateway it is checked before the module sees the
    /// configuration, so that no module holds an engine for it.
    pub pattern: Option<Pattern>,
    /// The shortest time.
    pub shortest: Option<&'static str>,
    /// The longest time.
    pub longest: Option<&'static str>,
    /// The text names a header.
    pub header_name: bool,
    /// The text names a secret that the attachment grants.
    pub secret: bool,
}

/// A number to compare with, and its JSON.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// To compare with; exact up to 2⁵³.
    pub value: f64,
    /// To show.
    pub text: &'static str,
}

/// A regular expression, and its JSON.
#[derive(Clone, Copy, Debug)]
pub struct Pattern {
    /// To match with.
    pub regex: &'static str,
    /// To show.
    pub json: &'static str,
}

/// What a header name is (RFC 9110, 5.6.2), as a regular expression of JSON Schema.
const HEADER_NAME: &str = r#""^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,255}$""#;

impl Rules {
    /// No rule at all.
    pub const NONE: Self = Self {
        minimum: None,
        maximum: None,
        above: None,
        below: None,
        min_length: None,
        max_length: None,
        min_items: None,
        max_items: None,
        pattern: None,
        shortest: None,
        longest: None,
        header_name: false,
        secret: false,
    };

    /// Notes what the value breaks.
    pub fn check(&self, value: &Value, reading: &mut Reading) {
        match value {
            Value::Number(number) => self.check_number(number.as_f64().unwrap_or(f64::NAN), reading),
            Value::String(text) => self.check_text(text, reading),
            Value::Array(items) => self.check_items(items.len(), reading),
            Value::Object(members) => self.check_items(members.len(), reading),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn check_number(&self, number: f64, reading: &mut Reading) {
        let broken =
            |bound: Option<Bound>, holds: fn(f64, f64) -> bool| bound.filter(|bound| !holds(number, bound.value));
        for (bound, remedy) in [
            (broken(self.minimum, |number, bound| number >= bound), "at least"),
            (broken(self.above, |number, bound| number > bound), "more than"),
            (broken(self.maximum, |number, bound| number <= bound), "at most"),
            (broken(self.below, |number, bound| number < bound), "less than"),
        ] {
            if let Some(bound) = bound {
                reading.find(format!("use {remedy} {}", bound.text));
            }
        }
    }

    fn check_text(&self, text: &str, reading: &mut Reading) {
        let length = text.chars().count();
        let min_length = if self.secret { Some(1) } else { self.min_length };
        check_size(length, min_length, self.max_length, "characters", reading);
        if self.header_name && !is_header_name(text) {
            reading.find(format!("{text:?} is not a header name: use letters, digits and '-'"));
        }
        self.check_time(text, reading);
        self.check_natively(text, reading);
    }

    fn check_time(&self, text: &str, reading: &mut Reading) {
        let Some(time) = time_span::parse(text) else { return };
        if let Some(shortest) = self.shortest.filter(|bound| time_span::parse(bound).is_some_and(|bound| time < bound))
        {
            reading.find(format!("use at least {shortest}"));
        }
        if let Some(longest) = self.longest.filter(|bound| time_span::parse(bound).is_some_and(|bound| time > bound)) {
            reading.find(format!("use at most {longest}"));
        }
    }

    /// What the gateway checks before a module is asked.
    #[cfg(not(target_family = "wasm"))]
    fn check_natively(&self, text: &str, reading: &mut Reading) {
        if let Some(Pattern { regex: pattern, .. }) = self.pattern {
            let regex =
                regex_lite::Regex::new(pattern).unwrap_or_else(|error| panic!("the pattern {pattern}: {error}"));
            if !regex.is_match(text) {
                reading.find(format!("does not match the pattern {pattern}"));
            }
        }
        if self.secret && !text.is_empty() && !crate::sys::grants_secret(text) {
            reading.find(format!("the secret {text:?} is not granted: give the grant secret:{text}"));
        }
    }

    #[cfg(target_family = "wasm")]
    fn check_natively(&self, _text: &str, _reading: &mut Reading) {}

    fn check_items(&self, items: usize, reading: &mut Reading) {
        check_size(items, self.min_items, self.max_items, "items", reading);
    }

    /// Adds the rules to the schema of the value.
    #[must_use]
    pub(super) fn describe(&self, mut schema: Schema) -> Schema {
        let bounds = [
            ("minimum", self.minimum),
            ("maximum", self.maximum),
            ("exclusiveMinimum", self.above),
            ("exclusiveMaximum", self.below),
        ];
        for (keyword, bound) in bounds {
            if let Some(bound) = bound {
                schema = schema.set(keyword, bound.text);
            }
        }
        let (min_items, max_items) =
            if schema.is_object() { ("minProperties", "maxProperties") } else { ("minItems", "maxItems") };
        let sizes = [
            ("minLength", self.min_length),
            ("maxLength", self.max_length),
            (min_items, self.min_items),
            (max_items, self.max_items),
        ];
        for (keyword, size) in sizes {
            if let Some(size) = size {
                schema = schema.set(keyword, size.to_string());
            }
        }
        if let Some(pattern) = self.pattern {
            schema = schema.set("pattern", pattern.json);
        }
        if self.header_name {
            schema = schema.set("format", r#""header-name""#).set("pattern", HEADER_NAME);
        }
        if self.secret {
            schema = schema.set("format", r#""secret""#).set("minLength", "1");
        }
        schema
    }
}

fn check_size(size: usize, least: Option<usize>, most: Option<usize>, what: &str, reading: &mut Reading) {
    if let Some(least) = least.filter(|least| size < *least) {
        reading.find(format!("{size} {what}: use at least {least}"));
    }
    if let Some(most) = most.filter(|most| size > *most) {
        reading.find(format!("{size} {what}: use at most {most}"));
    }
}
