//! The gateway's own log, on standard error: what it does itself, not what it serves.

use std::{
    io::{self, IsTerminal},
    sync::OnceLock,
};

use tracing_subscriber::{EnvFilter, filter::ParseError, reload, util::TryInitError};

/// Puts another filter in the place of the one that the log was set up with.
type Swap = Box<dyn Fn(EnvFilter) -> Result<(), reload::Error> + Send + Sync>;

static SWAP: OnceLock<Swap> = OnceLock::new();

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
    /// There is no log whose filter could change.
    #[error("the log is not set up")]
    Missing,
}

/// Sets up the log of this process; `filter` is as in `RUST_LOG`, such as `info` or `warn,gateway_proxy=debug`.
///
/// # Errors
/// When the filter cannot be read, or on the second call.
pub fn init(format: LogFormat, filter: &str) -> Result<(), LoggingError> {
    use tracing_subscriber::util::SubscriberInitExt as _;
    let builder = tracing_subscriber::fmt().with_env_filter(parsed(filter)?);
    let builder = builder.with_writer(io::stderr).with_ansi(io::stderr().is_terminal());
    let (initialised, swap): (_, Swap) = match format {
        LogFormat::Text => {
            let builder = builder.with_filter_reloading();
            let handle = builder.reload_handle();
            (builder.finish().try_init(), Box::new(move |filter| handle.reload(filter)))
        }
        LogFormat::Json => {
            let builder = builder.json().flatten_event(true).with_filter_reloading();
            let handle = builder.reload_handle();
            (builder.finish().try_init(), Box::new(move |filter| handle.reload(filter)))
        }
    };
    initialised.map_err(LoggingError::Again)?;
    // There is none yet: a second log is refused above.
    drop(SWAP.set(swap));
    Ok(())
}

/// Has the log of this process follow another filter from now on.
///
/// # Errors
/// When the filter cannot be read, or no log was set up.
pub fn set_filter(filter: &str) -> Result<(), LoggingError> {
    let filter = parsed(filter)?;
    let swap = SWAP.get().ok_or(LoggingError::Missing)?;
    swap(filter).map_err(|_| LoggingError::Missing)
}

fn parsed(filter: &str) -> Result<EnvFilter, LoggingError> {
    EnvFilter::try_new(filter).map_err(|source| LoggingError::Filter { filter: filter.to_owned(), source })
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
        set_filter("off,gateway_telemetry=error").unwrap();
        assert!(tracing::enabled!(tracing::Level::ERROR) && !tracing::enabled!(tracing::Level::WARN));
    }
}
