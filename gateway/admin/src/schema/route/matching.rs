//! What a route's requests must have.

use async_graphql::{InputObject, SimpleObject};
use gateway_model as model;

/// A header field, or a parameter of the query, that a request must have.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct ValueMatch {
    /// Its name.
    name: String,
    /// The value that it must have.
    value: Option<String>,
    /// A regular expression that its value must match as a whole. Where this and `value` are null, any value will do.
    regex: Option<String>,
}

/// A header field, or a parameter of the query, that a request must have.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ValueMatchInput {
    /// Its name.
    name: String,
    /// The value that it must have.
    value: Option<String>,
    /// A regular expression that its value must match as a whole. Without this and without `value`, any value will do.
    regex: Option<String>,
}

impl From<model::ValueMatch> for ValueMatch {
    fn from(model::ValueMatch { name, value, regex }: model::ValueMatch) -> Self {
        Self { name, value, regex }
    }
}

impl From<ValueMatchInput> for model::ValueMatch {
    fn from(ValueMatchInput { name, value, regex }: ValueMatchInput) -> Self {
        Self { name, value, regex }
    }
}
