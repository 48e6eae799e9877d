//! From inputs to resources: collects every complaint about the fields, each at its place.

use std::{fmt::Display, str::FromStr};

use async_graphql::MaybeUndefined;
use gateway_model::Path;

use super::{
    change::{UserError, UserErrorCode},
    scalar::Long,
};

const NO_NULL: &str = "null is no value here: give one, or leave the field out";

/// A resource that is being put together, as far as its complaints go.
pub(crate) struct Draft {
    path: Path,
    errors: Vec<UserError>,
}

impl Draft {
    /// A draft of the resource at `path`.
    pub(crate) fn at(path: Path) -> Self {
        Self { path, errors: Vec::new() }
    }

    /// The finished resource, or the complaints.
    pub(crate) fn finish<T>(self, item: Option<T>) -> Result<T, Vec<UserError>> {
        match (item, self.errors.is_empty()) {
            (Some(item), true) => Ok(item),
            _ => Err(self.errors),
        }
    }

    /// Works on a part of the resource.
    pub(crate) fn within<T>(&mut self, step: impl ToString, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::take(&mut self.path);
        self.path = outer.then(step);
        let result = work(self);
        self.path = outer;
        result
    }

    /// Complains about `field`.
    pub(crate) fn error(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(UserError::new(self.path.then(field), message, UserErrorCode::Invalid));
    }

    /// A number that cannot be negative.
    pub(crate) fn count(&mut self, field: &str, value: i32) -> u32 {
        u32::try_from(value).unwrap_or_else(|_| {
            self.error(field, format!("{value} is below 0: give a positive whole number"));
            0
        })
    }

    /// A large number that cannot be negative.
    pub(crate) fn long(&mut self, field: &str, Long(value): Long) -> u64 {
        u64::try_from(value).unwrap_or_else(|_| {
            self.error(field, format!("{value} is below 0: give a positive whole number"));
            0
        })
    }

    /// A value written as text.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(&mut self, field: &str, text: &str) -> Option<T> {
        text.parse().map_err(|error: T::Err| self.error(field, error.to_string())).ok()
    }

    /// Values written as a list of texts.
    pub(crate) fn all_parsed<T: FromStr<Err: Display>>(&mut self, field: &str, texts: &[String]) -> Vec<T> {
        self.within(field, |draft| {
            let parsed = texts.iter().enumerate().map(|(index, text)| draft.parsed(&index.to_string(), text));
            parsed.collect::<Vec<_>>().into_iter().flatten().collect()
        })
    }

    /// Sets a field that has no default; null is a mistake.
    pub(crate) fn set<T: Clone>(&mut self, field: &str, patch: &MaybeUndefined<T>, target: &mut T) {
        match patch {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => self.error(field, NO_NULL),
            MaybeUndefined::Value(value) => target.clone_from(value),
        }
    }

    /// The value of a field that has no default, in a part of the resource that may not be there yet.
    pub(crate) fn merged<T: Clone>(&mut self, field: &str, patch: &MaybeUndefined<T>, old: Option<T>) -> Option<T> {
        match (patch, old) {
            (MaybeUndefined::Value(value), _) => Some(value.clone()),
            (MaybeUndefined::Undefined, Some(old)) => Some(old),
            (MaybeUndefined::Undefined, None) => {
                self.error(field, "it has no value yet: give one");
                None
            }
            (MaybeUndefined::Null, _) => {
                self.error(field, NO_NULL);
                None
            }
        }
    }
}

/// Sets a field that has a default; null asks for it.
pub(crate) fn set_or_default<T: Clone>(patch: &MaybeUndefined<T>, target: &mut T, default: impl FnOnce() -> T) {
    match patch {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *target = default(),
        MaybeUndefined::Value(value) => target.clone_from(value),
    }
}

/// Sets a field that may be absent; null takes it away.
pub(crate) fn set_option<T: Clone>(patch: &MaybeUndefined<T>, target: &mut Option<T>) {
    match patch {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *target = None,
        MaybeUndefined::Value(value) => *target = Some(value.clone()),
    }
}
