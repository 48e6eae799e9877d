//! Revisions: one committed change of configuration each.

use serde::{Deserialize, Serialize};

/// Who made a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Name of the admin token, or `system` for what the gateway does by itself.
    pub name: String,
}

/// The record of one committed change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts from 1; 0 is the empty document before any change.
    pub number: u64,
    pub actor: Actor,
    /// Milliseconds since the Unix epoch.
    pub committed_at_ms: i64,
    pub comment: Option<String>,
    /// What it did, as the audit log tells it: `put routes.orders`, or `purged tag "articles"`.
    pub summary: String,
}
