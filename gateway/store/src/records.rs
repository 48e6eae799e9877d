//! What goes into a store and comes out of it, beside the model's own nouns.

use std::{fmt, sync::Arc};

use gateway_model::{Actor, Document, Edit, KeptPurges, Kind, PluginFacts, Purge, Resource, Revision};

/// A change on its way into the store.
#[derive(Clone, Debug, PartialEq)]
pub struct Commit {
    pub actor: Actor,
    pub comment: Option<String>,
    /// Each changes something.
    pub edits: Vec<Edit>,
    /// At least one if there are no edits.
    pub purges: Vec<Purge>,
}

/// All that a store says of what is served, at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The newest revision; 0 before any commit.
    pub revision: u64,
    pub document: Document,
    pub purges: KeptPurges,
}

/// What became of the configuration after a revision.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Since {
    /// The newest revision.
    pub revision: u64,
    /// In the order of their commits: applied to the document of the earlier revision they yield the newest one.
    pub edits: Vec<Edit>,
    /// All that are kept now; none if nothing was purged since.
    pub purges: Option<KeptPurges>,
}

/// A purge that is kept, and the revision that it made.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPurge {
    pub revision: Revision,
    pub purge: Purge,
}

/// What a revision did to one resource: created it (no `before`), deleted it (no `after`) or changed it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceChange {
    pub kind: Kind,
    pub name: String,
    pub before: Option<Resource>,
    pub after: Option<Resource>,
}

/// One step of a resource's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub revision: Revision,
    pub change: ResourceChange,
}

/// An uploaded module without its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredModule {
    pub facts: Arc<PluginFacts>,
    /// Milliseconds since the Unix epoch.
    pub uploaded_at_ms: i64,
    /// None if it was uploaded before that was recorded.
    pub uploaded_by: Option<Actor>,
    /// Whose key had signed it, if a signature was asked for.
    pub signer: Option<String>,
}

/// One line of the audit log: who did what, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Counts up; a page goes on after it.
    pub id: u64,
    /// Milliseconds since the Unix epoch.
    pub at_ms: i64,
    pub actor: Actor,
    /// One of [`action`].
    pub action: String,
    /// The revision that the act made, if it made one.
    pub revision: Option<u64>,
    /// What it was done to, as a phrase; never a secret.
    pub detail: String,
}

/// An act that makes no revision, on its way into the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    pub actor: Actor,
    /// One of [`action`].
    pub action: &'static str,
    /// What it was done to, as a phrase; never a secret.
    pub detail: String,
}

/// The acts that the audit log knows.
pub mod action {
    /// A revision that purges and changes no resource.
    pub const CACHE_PURGED: &str = "cache.purged";
    pub const CONFIG_CHANGED: &str = "config.changed";
    pub const MODULE_UPLOADED: &str = "module.uploaded";
    pub const MODULE_DELETED: &str = "module.deleted";
    pub const TOKEN_CREATED: &str = "token.created";
    pub const TOKEN_DELETED: &str = "token.deleted";
    pub const USAGE_TOPPED_UP: &str = "usage.topped-up";
    pub const USAGE_RESET: &str = "usage.reset";
}

/// An admin token as it is stored: the token itself is nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredToken {
    pub name: String,
    /// Keyed hash of the token.
    pub digest: [u8; 32],
    /// Milliseconds since the Unix epoch.
    pub created_at_ms: i64,
    pub created_by: Actor,
}

/// When a credential was last used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialUse {
    /// Name of the credential.
    pub credential: String,
    /// The digest of the key that was used, 64 hex digits; empty for a credential of another kind.
    pub key: String,
    /// Milliseconds since the Unix epoch, to the minute.
    pub at_ms: i64,
}

/// Which part of a list to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// At most so many items.
    pub first: u32,
    /// Only what follows the item with this number (of a revision) or id (of an audit entry).
    pub after: Option<u64>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    pub items: Vec<T>,
    /// Whether more items follow.
    pub has_next: bool,
}

impl ResourceChange {
    /// The edit that makes this change.
    #[must_use]
    pub fn into_edit(self) -> Edit {
        match self.after {
            Some(resource) => Edit::Put(resource),
            None => Edit::Delete { kind: self.kind, name: self.name },
        }
    }
}

impl Page {
    /// The first items of a list.
    #[must_use]
    pub fn first(first: u32) -> Self {
        Self { first, after: None }
    }
}

impl<T> Slice<T> {
    /// Makes a slice of a list that was read one item further than `page` asks for.
    pub(crate) fn cut(mut items: Vec<T>, page: &Page) -> Self {
        let first = usize::try_from(page.first).unwrap_or(usize::MAX);
        let has_next = items.len() > first;
        items.truncate(first);
        Self { items, has_next }
    }
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken")
            .field("name", &self.name)
            .field("created_at_ms", &self.created_at_ms)
            .field("created_by", &self.created_by)
            .finish_non_exhaustive()
    }
}
