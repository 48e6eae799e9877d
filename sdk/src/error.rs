//! Errors: one sentence for the operator's log.

/// Why a hook or a configuration failed.
///
/// `?` makes one of every [`std::error::Error`], of a [`String`] and of a `&str`; [`bail!`](crate::bail) writes one.
/// Returned from a hook it is a *fault*: counted and logged with its sources, then the attachment's failure policy
/// decides. The client never sees the message, so it may name internals; it must not quote secrets, for it is logged.
///
/// ```
/// # use sluice_sdk::prelude::*;
/// fn port(settings: &BTreeMap<String, String>) -> Result<u16> {
///     let text = settings.get("port").ok_or("there is no port")?;
///     Ok(text.parse().map_err(|error| format!("{text:?} is no port: {error}"))?)
/// }
/// assert_eq!(port(&BTreeMap::new()).unwrap_err().to_string(), "there is no port");
/// ```
pub type Error = Box<dyn std::error::Error + Send + Sync>;

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
        return ::core::result::Result::Err($crate::Error::from(::std::format!($message $(, $argument)*)))
    };
}

/// The sentence of an error and of all its sources.
pub(crate) fn sentence(error: &Error) -> String {
    let mut sentence = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        sentence.push_str(": ");
        sentence.push_str(&cause.to_string());
        source = cause.source();
    }
    sentence
}
