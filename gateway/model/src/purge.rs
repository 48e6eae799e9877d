//! Purges: what an operator wants gone from the cache.
//!
//! A purge is no resource: it is not exported, and no edit undoes it. It is part of the revision that it makes, and covers
//! what was asked for under earlier ones, so whoever reverts the document to one of them does not bring anything back.

mod scope;

use std::fmt;

use gateway_algorithms::caching;

pub use scope::{LONGEST_PURGE_SCOPE, LONGEST_TAG, PurgeKind, PurgeScope, PurgeScopeError};

/// Purges that are kept. Each is looked up in the compiled form that every request reads, so there is an end to them: when
/// there are more, the oldest go, and everything cached before them counts as gone instead ([`KeptPurges::floor`]).
pub const MOST_PURGES: u32 = 1_000;

/// An order that something is no longer to be served from the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purge {
    pub scope: PurgeScope,
    /// Whether it counts as stale, so that the origin may confirm it, rather than as gone.
    pub soft: bool,
}

/// A purge and the revision that it made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPurge {
    /// Entries of earlier revisions are covered.
    pub revision: u64,
    pub purge: Purge,
}

/// The purges that say something, as they stand at one revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptPurges {
    /// Entries of revisions before this one are gone: purges of them may have been dropped. 0 until there were too many.
    pub floor: u64,
    /// In the order of their revisions; at most [`MOST_PURGES`].
    pub purges: Vec<KeptPurge>,
}

impl KeptPurges {
    /// What the data path asks.
    #[must_use]
    pub fn compile(&self) -> caching::Purges {
        let purges = self.purges.iter().map(|KeptPurge { revision, purge }| caching::Purge {
            revision: *revision,
            scope: purge.scope.compile(),
            soft: purge.soft,
        });
        caching::Purges::new(purges, self.floor)
    }
}

/// As the audit log tells it: `purged tag "articles"`.
impl fmt::Display for Purge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let softly = if self.soft { "softly " } else { "" };
        write!(f, "{softly}purged {}", self.scope)
    }
}

#[cfg(test)]
mod tests;
