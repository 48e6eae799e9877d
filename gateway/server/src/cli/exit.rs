//! How commands fail, and the exit code of each way.

use std::{fmt, process::ExitCode};

/// A command that did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// Anything without a code of its own.
    Failed(anyhow::Error),
    /// The input was refused; each line says where and why.
    Refused(Vec<String>),
    /// The gateway does not answer.
    Unreachable(anyhow::Error),
    /// The configuration has moved on since it was read.
    Conflict(String),
}

impl Failure {
    /// The process's exit code; `sluice --help` lists them.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Failed(_) => 1,
            Self::Refused(_) => 3,
            Self::Unreachable(_) => 4,
            Self::Conflict(_) => 5,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) | Self::Unreachable(error) => write!(f, "{error:#}"),
            Self::Conflict(text) => f.write_str(text),
            Self::Refused(lines) => {
                write!(f, "refused, nothing was changed:")?;
                lines.iter().try_for_each(|line| write!(f, "\n  {line}"))
            }
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}
