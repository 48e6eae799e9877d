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

/// What a finding is about, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A value is not valid, or does not fit the rest of the document.
    Invalid,
    /// Something that is allowed, but perhaps not meant.
    Advice,
    /// The change lets a plugin do more than before.
    GrantWidened,
    /// A grant that the plugin cannot use.
    GrantUnused,
    /// A grant for a store that this gateway's settings do not have.
    StoreMissing,
    /// Only the names of two routes say which of them takes requests that both match.
    RouteOverlaps,
    /// A certificate is over, or will be soon.
    CertificateExpires,
}

/// One thing that validation found, at its place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub code: Code,
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
        Self { severity: Severity::Error, code: Code::Invalid, path, message: message.into() }
    }

    #[must_use]
    pub fn warning(path: Path, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code: Code::Advice, path, message: message.into() }
    }

    /// This finding under a code of its own.
    #[must_use]
    pub fn coded(self, code: Code) -> Self {
        Self { code, ..self }
    }
}

/// What a parser says of text that cannot be read, unless it quotes a private key.
#[must_use]
pub fn without_keys(message: String) -> String {
    match message.contains("PRIVATE KEY") {
        true => "a private key is where none belongs, or is not of the form that belongs there".to_owned(),
        false => message,
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

    /// This path, then the steps of another.
    #[must_use]
    pub fn join(&self, inner: &Self) -> Self {
        Self(self.0.iter().chain(&inner.0).cloned().collect())
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
