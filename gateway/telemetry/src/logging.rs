//! The gateway's own log, on standard error: what it does itself, not what it serves.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, filter::ParseError, util::TryInitError};

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Why the log could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LoggingError {
    /// The filter cannot be read.
    #[error(
        "log filter {filter:?} cannot be read: write levels and modules, such as \"info\" or \"warn,gateway_proxy=debug\""
    )]
    Filter { filter: String, source: ParseError },
    /// Something else has set up a log in this process.
    #[error("the log is set up already")]
    Again(#[source] TryInitError),
}

/// Sets up the log of this process; `filter` is as in `RUST_LOG`, such as `info` or `warn,gateway_proxy=debug`.
///
/// # Errors
/// When the filter cannot be read, or on the second call.
pub fn init(format: LogFormat, filter: &str) -> Result<(), LoggingError> {
    use tracing_subscriber::util::SubscriberInitExt as _;
    let parsed = EnvFilter::try_new(filter);
    let filter = parsed.map_err(|source| LoggingError::Filter { filter: filter.to_owned(), source })?;
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let initialised = match format {
        LogFormat::Text => builder.finish().try_init(),
        LogFormat::Json => builder.json().flatten_event(true).finish().try_init(),
    };
    initialised.map_err(LoggingError::Again)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_cannot_be_read_is_quoted_with_an_example() {
        let error = init(LogFormat::Text, "gateway_proxy=loud").unwrap_err().to_string();
        assert!(error.contains(r#""gateway_proxy=loud""#) && error.contains("warn,gateway_proxy=debug"), "{error}");
    }

    #[test]
    fn the_log_is_set_up_once() {
        init(LogFormat::Json, "off").unwrap();
        assert!(matches!(init(LogFormat::Json, "off"), Err(LoggingError::Again(_))));
    }
}
