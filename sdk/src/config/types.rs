//! The types of the standard library as configuration.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Config, Object, ObjectSchema, Reading, Schema};

impl Config for bool {
    fn schema() -> Schema {
        Schema::of_type("boolean")
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        value.as_bool().or_else(|| reading.expected("true or false", value))
    }
}

impl Config for f64 {
    fn schema() -> Schema {
        Schema::of_type("number")
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        value.as_f64().or_else(|| reading.expected("a number", value))
    }
}

impl Config for String {
    fn schema() -> Schema {
        Schema::of_type("string")
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        value.as_str().map(str::to_owned).or_else(|| reading.expected("a text", value))
    }
}

/// Anything at all, as it was given.
impl Config for Value {
    fn schema() -> Schema {
        Schema::any()
    }

    fn read(value: &Value, _reading: &mut Reading) -> Option<Self> {
        Some(value.clone())
    }
}

/// An object with any members.
impl Config for Object {
    fn schema() -> Schema {
        Schema::of_type("object")
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        value.as_object().cloned().or_else(|| reading.expected("an object", value))
    }
}

/// No configuration: an object without members.
impl Config for () {
    fn schema() -> Schema {
        ObjectSchema::new(None).finish()
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        reading.object(value, &[]).map(|_| ())
    }
}

impl<T: Config> Config for Option<T> {
    fn schema() -> Schema {
        T::schema()
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        T::read(value, reading).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Config> Config for Vec<T> {
    fn schema() -> Schema {
        Schema::of_type("array").of_each("items", T::schema())
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        let Value::Array(items) = value else { return reading.expected("a list", value) };
        let read = |(at, item): (usize, &Value)| reading.within(&at.to_string(), |reading| T::read(item, reading));
        let items: Vec<Option<T>> = items.iter().enumerate().map(read).collect();
        items.into_iter().collect()
    }
}

impl<T: Config> Config for BTreeMap<String, T> {
    fn schema() -> Schema {
        Schema::of_type("object").of_each("additionalProperties", T::schema())
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        let Value::Object(members) = value else { return reading.expected("an object", value) };
        let mut read = |(name, value): (&String, &Value)| {
            let value = reading.within(name, |reading| T::read(value, reading));
            value.map(|value| (name.clone(), value))
        };
        let members: Vec<Option<(String, T)>> = members.iter().map(&mut read).collect();
        members.into_iter().collect()
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Config for $integer {
            fn schema() -> Schema {
                integer_schema(<$integer>::MIN.to_string(), <$integer>::MAX.to_string())
            }

            fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
                match integer(value).map(Self::try_from) {
                    Some(Ok(integer)) => Some(integer),
                    Some(Err(_)) => {
                        reading.find(format!("use {} to {}", Self::MIN, Self::MAX));
                        None
                    }
                    None => reading.expected("a whole number", value),
                }
            }
        }
    )*};
}

integers!(u8, u16, u32, u64, i8, i16, i32, i64);

fn integer_schema(least: String, most: String) -> Schema {
    Schema::of_type("integer").set("minimum", least).set("maximum", most)
}

/// A whole number; JSON Schema counts `1.0` among them.
fn integer(value: &Value) -> Option<i128> {
    let whole =
        || value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15).map(|number| number as i64);
    let signed = value.as_i64().or_else(whole).map(i128::from);
    value.as_u64().map(i128::from).or(signed)
}
