//! What resolvers fail with, and how it is told: `extensions.code`.
//!
//! Expected failures (a bad field, a name that is taken) are data, see `schema::change`; these are the others.

use std::{error::Error as StdError, sync::Arc};

use async_graphql::{Error, ErrorExtensionValues, ServerError, Value};

use crate::report;

/// The closed list of error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    GraphqlParseFailed,
    GraphqlValidationFailed,
    BadUserInput,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    LimitExceeded,
    Unavailable,
    Internal,
}

/// A resolver that cannot answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An argument that the schema's types cannot rule out.
    BadInput(String),
    /// Another change came first.
    Conflict { current: u64, yours: u64, changed: Vec<String> },
    /// Other changes came first, again and again.
    Busy,
    /// Committed, but the data path serves the revision before.
    NotApplied { revision: u64, reason: String },
    /// The store did not do as asked; nothing was changed.
    Store(Cause),
    /// A defect of ours.
    Internal(Cause),
}

/// The error below.
pub(crate) type Cause = Box<dyn StdError + Send + Sync>;

/// What travels with an error to the log; clients never see it.
struct Hidden(Cause);

impl Code {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

impl Failure {
    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    pub(crate) fn store(cause: impl Into<Cause>) -> Self {
        Self::Store(cause.into())
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::BadInput(message) => error(Code::BadUserInput, message),
            Failure::Conflict { current, yours, changed } => conflict(current, yours, changed),
            Failure::Busy => {
                error(Code::Unavailable, "other changes came first too often; nothing was changed: try again")
            }
            Failure::NotApplied { revision, reason } => {
                let message = format!("revision {revision} is committed but not live: {reason}");
                with(error(Code::Unavailable, message), "revision", revision.into())
            }
            Failure::Store(cause) => hiding(
                error(Code::Unavailable, "the configuration store did not answer; nothing was changed: try again"),
                cause,
            ),
            Failure::Internal(cause) => hiding(error(Code::Internal, "this is a defect of the gateway"), cause),
        }
    }
}

fn conflict(current: u64, yours: u64, changed: Vec<String>) -> Error {
    let message = format!(
        "you saw revision {yours}, the newest is {current}: read what changed, then send the change again with expectedRevision {current}"
    );
    let error = with(error(Code::Conflict, message), "currentRevision", current.into());
    let error = with(error, "yourRevision", yours.into());
    with(error, "changedPaths", Value::List(changed.into_iter().map(Value::from).collect()))
}

/// Completes the errors of a response: each gets a code, and those with a hidden cause a line in the log.
pub(crate) fn finish(errors: &mut [ServerError], request_id: &str, otherwise: Code) {
    for error in errors {
        if let Some(Hidden(cause)) = error.source::<Hidden>() {
            tracing::error!(error = %report::chain(&**cause), "a resolver failed");
        }
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", otherwise.as_str());
        }
        extensions.set("requestId", request_id);
    }
}

fn error(code: Code, message: impl Into<String>) -> Error {
    with(Error::new(message), "code", code.as_str().into())
}

fn with(mut error: Error, name: &str, value: Value) -> Error {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set(name, value);
    error
}

fn hiding(mut error: Error, cause: Cause) -> Error {
    error.source = Some(Arc::new(Hidden(cause)));
    error
}
