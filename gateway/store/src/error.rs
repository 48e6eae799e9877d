//! What can go wrong with a store, by what the caller can do about it.

use std::path::PathBuf;

/// A store that did not do as asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another change came first: read again, decide again.
    #[error("the configuration is at revision {current} by now: another change came first")]
    Conflict {
        /// The newest revision.
        current: u64,
    },

    /// Names are unique: choose another, or delete the old one first.
    #[error("the name {0:?} is taken: choose another, or delete what has it")]
    NameTaken(String),

    /// The database cannot be opened or brought to this version's schema.
    #[error("cannot open the store at {}: check that its folder can be written and that no newer version has used it", path.display())]
    Open {
        path: PathBuf,
        #[source]
        source: Cause,
    },

    /// A stored row is not what this version wrote.
    #[error("the store holds {what} that cannot be read")]
    Corrupt {
        /// Such as `resource routes.orders`.
        what: String,
        #[source]
        source: Cause,
    },

    /// The database refused or is out of reach; the same call may succeed later.
    #[error("the database failed to {doing}")]
    Database {
        /// Such as `commit a revision`.
        doing: &'static str,
        #[source]
        source: Cause,
    },
}

/// The error below, whatever the backend.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

impl StoreError {
    pub(crate) fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Self {
        move |source| Self::Database { doing, source: source.into() }
    }

    pub(crate) fn corrupt(what: impl Into<String>, source: impl Into<Cause>) -> Self {
        Self::Corrupt { what: what.into(), source: source.into() }
    }
}

/// Why a key-value store did not do as asked. Nothing was changed, but that a write may have come through after a
/// [`KvError::Timeout`] or [`KvError::Unavailable`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KvError {
    /// A bound was reached; the text names it.
    #[error("{0}")]
    Limit(String),

    /// It makes no sense; the text has the remedy.
    #[error("{0}")]
    Invalid(String),

    /// Something else is there than was expected: read again, decide again.
    #[error("somebody else was first")]
    Conflict,

    /// No answer in time.
    #[error("the store did not answer in time")]
    Timeout,

    /// Out of reach, or not able to serve; the same call may succeed later.
    #[error("{0}")]
    Unavailable(String),
}
