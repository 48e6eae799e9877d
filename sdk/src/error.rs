//! Errors: one sentence for the operator's log.

use std::{borrow::Cow, error, fmt};

/// Why a hook or a configuration failed.
///
/// Every [`std::error::Error`] becomes one by `?`, its sources included.
/// Returned from a hook it is a *fault*: counted and logged, then the attachment's failure policy decides.
/// The client never sees the message, so it may name internals; it must not quote secrets, for it is logged.
pub struct Error {
    message: Cow<'static, str>,
}

/// The result of a hook or of a definition.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Returns an [`Error`] made of a format string.
///
/// ```
/// # use sluice_sdk::prelude::*;
/// fn port(text: &str) -> Result<u16> {
///     match text.parse()? {
///         0 => bail!("port {text} is reserved"),
///         port => Ok(port),
///     }
/// }
/// assert_eq!(port("0").unwrap_err().to_string(), "port 0 is reserved");
/// assert!(port("x").is_err());
/// ```
#[macro_export]
macro_rules! bail {
    ($message:literal $(, $argument:expr)* $(,)?) => {
        return ::core::result::Result::Err($crate::Error::new(::std::format!($message $(, $argument)*)))
    };
}

// === impl Error ===

impl Error {
    /// An error that says `message`.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into() }
    }

    /// The sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl<E: error::Error> From<E> for Error {
    fn from(error: E) -> Self {
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            message.push_str(": ");
            message.push_str(&cause.to_string());
            source = cause.source();
        }
        Self::new(message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
