//! Objects with known members.

use serde_json::{Map, Value};

use super::{Config, Reading, Rules, Schema, schema::list};

/// A JSON object.
pub type Object = Map<String, Value>;

/// One member of an object, as `#[derive(Config)]` found it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// Its description, as JSON.
    pub description: Option<&'static str>,
    /// Its default, as JSON.
    pub default: Option<&'static str>,
    /// It is given exactly when that member is that text.
    pub only_with: Option<(&'static str, &'static str)>,
    /// Its title, as JSON.
    pub title: Option<&'static str>,
    /// Limits on its value.
    pub rules: Rules,
    /// Limits on each item of a list, or on the value of each member of a map.
    pub each: Rules,
}

/// An enum whose variants hold one value each: exactly one of its members is given.
pub trait OneOf: Config {
    /// The names of its members.
    const NAMES: &'static [&'static str];

    /// Describes the members.
    #[must_use]
    fn add_to(schema: ObjectSchema) -> ObjectSchema;

    /// Reads the member that is given.
    fn read_one(object: &Object, reading: &mut Reading) -> Option<Self>;
}

/// The schema of an object in the making.
#[derive(Debug)]
pub struct ObjectSchema {
    description: Option<&'static str>,
    properties: Vec<String>,
    required: Vec<&'static str>,
    conditions: Vec<String>,
}

// === impl Field ===

impl Field {
    /// A member without default and rules.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            description: None,
            default: None,
            only_with: None,
            title: None,
            rules: Rules::NONE,
            each: Rules::NONE,
        }
    }
}

// === impl ObjectSchema ===

impl ObjectSchema {
    /// An object without members; `description` is JSON.
    #[must_use]
    pub fn new(description: Option<&'static str>) -> Self {
        Self { description, properties: Vec::new(), required: Vec::new(), conditions: Vec::new() }
    }

    /// Adds a member, which is required if it has no default and cannot be absent.
    #[must_use]
    pub fn field<T: Config>(self, field: &Field) -> Self {
        let required = field.default.is_none() && T::absent().is_none();
        self.add(field, T::schema(), required)
    }

    /// Adds a member that may be given.
    #[must_use]
    pub fn member<T: Config>(self, field: &Field) -> Self {
        self.add(field, T::schema(), false)
    }

    /// Not generic, so that a module holds it once.
    fn add(mut self, field: &Field, schema: Schema, required: bool) -> Self {
        let name = field.name;
        if required {
            self.required.push(name);
        }
        if let Some((member, text)) = field.only_with {
            self.conditions.push(format!(
                "{{\"if\":{{\"properties\":{{\"{member}\":{{\"const\":\"{text}\"}}}},\"required\":[\"{member}\"]}},\
                 \"then\":{{\"required\":[\"{name}\"]}},\"else\":{{\"properties\":{{\"{name}\":false}}}}}}"
            ));
        }
        let mut schema =
            field.rules.describe(schema.describe(field.description)).with_inner(|inner| field.each.describe(inner));
        if let Some(json) = field.title {
            schema = schema.set("title", json);
        }
        if let Some(json) = field.default {
            schema = schema.set("default", json);
        }
        self.properties.push(format!("\"{name}\":{}", schema.json()));
        self
    }

    /// Adds members of which exactly one is given.
    #[must_use]
    pub fn one_of<T: OneOf>(self) -> Self {
        let mut schema = T::add_to(self);
        schema.condition("oneOf", T::NAMES);
        schema
    }

    /// Requires at least one of these members.
    #[must_use]
    pub fn any_of(mut self, members: &[&str]) -> Self {
        self.condition("anyOf", members);
        self
    }

    /// The schema; members that were not added are not allowed.
    #[must_use]
    pub fn finish(self) -> Schema {
        let mut schema = Schema::of_type("object");
        if let Some(json) = self.description {
            schema = schema.set("description", json);
        }
        schema = schema.set("properties", format!("{{{}}}", self.properties.join(",")));
        if !self.required.is_empty() {
            schema = schema.set("required", list(&self.required));
        }
        if !self.conditions.is_empty() {
            schema = schema.set("allOf", format!("[{}]", self.conditions.join(",")));
        }
        schema.set("additionalProperties", "false")
    }

    fn condition(&mut self, keyword: &str, members: &[&str]) {
        let required: Vec<String> = members.iter().map(|member| format!("{{\"required\":[\"{member}\"]}}")).collect();
        self.conditions.push(format!("{{\"{keyword}\":[{}]}}", required.join(",")));
    }
}
