//! Configuration: read from JSON, checked, and described by a JSON Schema, all from one type.
//!
//! `#[derive(Config)]` is the way to make one; the traits here are what it writes.

mod object;
mod reading;
mod rules;
mod schema;
#[cfg(test)]
mod tests;
mod time_span;
mod types;

use std::fmt;

pub use serde_json::Value;

pub use object::{Field, Object, ObjectSchema, OneOf};
pub use reading::{Finding, Reading};
pub use rules::{Bound, Pattern, Rules};
pub use schema::Schema;

/// A value that can be read from JSON and described by a JSON Schema (2020-12).
///
/// Besides derived types: `bool`, integers of 8 to 64 bits, `f64`, [`String`], [`Vec`], [`BTreeMap`](std::collections::BTreeMap)
/// with text keys, [`Option`] (which may be left out), [`Duration`](std::time::Duration)
/// (a text such as `"5m"`), [`Value`] (anything), and `()` (an object without members).
///
/// ```
/// # use sluice_sdk::prelude::*;
/// /// Refuses requests from elsewhere.
/// #[derive(Config)]
/// struct Settings {
///     /// Header that carries the country.
///     #[config(default = "x-country", header_name)]
///     header: String,
///     /// Countries that may pass.
///     #[config(min_items = 1)]
///     countries: Vec<String>,
///     /// What to do with the rest.
///     #[config(default = "refuse")]
///     otherwise: Otherwise,
///     /// Status of a refusal.
///     #[config(default = 451, range(400..=499))]
///     status: u16,
/// }
///
/// #[derive(Config)]
/// enum Otherwise {
///     /// Answer with the status.
///     Refuse,
///     /// Let it pass, and count it.
///     Count,
/// }
/// ```
pub trait Config: Sized {
    /// The JSON Schema of the type.
    fn schema() -> Schema;

    /// Reads a value; findings go to `reading`, and whoever adds one may still return a value.
    fn read(value: &Value, reading: &mut Reading) -> Option<Self>;

    /// The value of a member that is left out, for types that can do without.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// Why a configuration was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Everything that is wrong with it; at least one.
    pub findings: Vec<Finding>,
}

/// Reads a configuration.
///
/// # Errors
/// All findings at once.
pub fn read<C: Config>(json: &[u8]) -> Result<C, Refused> {
    let value: Value = serde_json::from_slice(json).map_err(|error| Refused::one(format!("no JSON: {error}")))?;
    let mut reading = Reading::default();
    let config = C::read(&value, &mut reading);
    match (config, reading.into_findings()) {
        (Some(config), findings) if findings.is_empty() => Ok(config),
        (None, findings) if findings.is_empty() => Err(Refused::one("it cannot be read".to_owned())),
        (_, findings) => Err(Refused { findings }),
    }
}

// === impl Refused ===

impl Refused {
    fn one(message: String) -> Self {
        Self { findings: vec![Finding { pointer: String::new(), message }] }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, finding) in self.findings.iter().enumerate() {
            let gap = if at == 0 { "" } else { "; " };
            let pointer = if finding.pointer.is_empty() { "the configuration" } else { &finding.pointer };
            write!(f, "{gap}{pointer}: {}", finding.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
