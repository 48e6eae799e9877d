//! Why the service refuses, by what the caller can do about it.

use gateway_model::{Digest, Finding};
use gateway_store::StoreError;

use crate::{service::KEPT_REVISIONS, signature::SignatureError};

/// The configuration cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Store(#[from] StoreError),

    /// The stored document no longer compiles, for this version of the gateway is stricter than the one that wrote it.
    #[error("revision {revision} of the stored configuration does not compile:{}", listed(findings))]
    Refused { revision: u64, findings: Vec<Finding> },
}

/// A change that did not come about, or not as asked.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Somebody else came first: look at what they changed, then decide again.
    #[error("you saw revision {yours}, but the configuration is at revision {current} by now")]
    Conflict {
        current: u64,
        yours: u64,
        /// What was touched since, such as `routes.orders`.
        changed: Vec<String>,
    },

    /// The document would be wrong; nothing was changed.
    #[error("the change is refused:{}", listed(.0))]
    Invalid(Vec<Finding>),

    /// The store did not do as asked; nothing was changed.
    #[error(transparent)]
    Store(#[from] StoreError),

    /// The change is committed, but requests are still served from an older revision.
    #[error("revision {revision} is committed but not live: {reason}")]
    NotApplied { revision: u64, reason: String },
}

/// A module that was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    #[error("the module has {size} bytes: at most {most} are taken; strip debug information and optimise for size")]
    TooLarge { size: usize, most: usize },

    /// The bytes are no module of the kind that plugins are.
    #[error("{0}")]
    NotAModule(&'static str),

    /// What the module does or says of itself is not acceptable.
    #[error("the module is refused: {0}")]
    Refused(String),

    /// Signatures are asked for, and this module's does not do.
    #[error(transparent)]
    Unsigned(#[from] SignatureError),

    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A module that was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum ModuleError {
    #[error("there is no module {0}")]
    Unknown(Digest),

    #[error("it is in use by the plugin {0:?}: upgrade or delete the plugin first")]
    InUse(String),

    #[error(
        "revision {revision} names it, and a rollback to one of the last {KEPT_REVISIONS} revisions may need it: it can be deleted once revision {free} is reached",
        free = revision + KEPT_REVISIONS
    )]
    InHistory { revision: u64 },

    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An admin token that was not made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The name is no name, or one that the gateway needs itself.
    #[error("{0}")]
    Name(String),

    #[error("there is a token {0:?} already: choose another name, or delete it first")]
    Taken(String),

    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for TokenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NameTaken(name) => Self::Taken(name),
            error => Self::Store(error),
        }
    }
}

/// Each finding on a line of its own.
pub(crate) fn listed(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("\n  {finding}")).collect()
}
