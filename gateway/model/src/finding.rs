//! What validation has to say, and where.

use std::fmt;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is accepted; the operator should know.
    Warning,
}

/// One thing that validation found, at its place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub path: Path,
    /// The value and the remedy, as a sentence; never a secret.
    pub message: String,
}

/// Where in a document: kind, name of the resource, then fields and list positions.
///
/// Displays as `attachments.auth.config.keys.0`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Vec<String>);

impl Finding {
    #[must_use]
    pub fn error(path: Path, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, path, message: message.into() }
    }

    #[must_use]
    pub fn warning(path: Path, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, path, message: message.into() }
    }
}

impl Path {
    /// The document itself.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// This path, one step further.
    #[must_use]
    pub fn then(&self, step: impl ToString) -> Self {
        let mut steps = self.0.clone();
        steps.push(step.to_string());
        Self(steps)
    }

    /// The steps from the document down.
    #[must_use]
    pub fn steps(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        match self.path.0.is_empty() {
            true => write!(f, "{severity}: {}", self.message),
            false => write!(f, "{severity} at {}: {}", self.path, self.message),
        }
    }
}
