//! Where state lives: configuration and modules in a database, limiter states in memory.
//!
//! [`ConfigStore`] and [`Blobs`] are the seams to a database; [`Sqlite`] stands behind both on one machine.
//! Whatever stands there passes the suite in `conformance`, which the feature `test-util` opens to other crates.
//! [`Table`] keeps the limiter states that requests read and write, [`Stores`] and [`Responses`] what plugins
//! keep on a node, [`RemoteStores`] what they share with other nodes; [`remote::limits`] are limits that nodes share.

mod bounded;
pub mod cache;
#[cfg(any(test, feature = "test-util"))]
pub mod conformance;
mod counters;
mod error;
pub mod kv;
pub mod limits;
mod records;
pub mod remote;
pub mod responses;
mod rows;
mod sqlite;
pub mod usage;

use std::collections::BTreeMap;

use async_trait::async_trait;
use gateway_model::{Actor, Digest, Kind, PluginFacts, Revision};

pub use counters::{Kind as LimitKind, Table};
pub use error::{Cause, KvError, StoreError};
pub use kv::{Kv, Stores};
pub use records::{
    AuditEntry, AuditRecord, Commit, CredentialUse, Page, ResourceChange, Since, Slice, Step, Stored, StoredModule,
    StoredPurge, StoredToken, action,
};
pub use remote::{RemoteAddress, RemoteError, RemoteStore, RemoteStores};
pub use responses::{CachedResponse, NotKept, ResponseKey, Responses};
pub use sqlite::Sqlite;

/// The configuration with its history, the audit log, and what guards the admin API.
///
/// Several processes may share one store; a commit is refused when another one came first.
#[async_trait]
pub trait ConfigStore: Send + Sync {
    /// The newest revision number, the whole document and all purges that are kept, read at one moment.
    async fn load(&self) -> Result<Stored, StoreError>;

    /// The number of the newest revision. Cheap: it is polled.
    async fn revision(&self) -> Result<u64, StoreError>;

    /// What came after a revision, read at one moment; so following the store costs what changed.
    async fn since(&self, revision: u64) -> Result<Since, StoreError>;

    /// Commits edits and purges as revision `expected + 1`, with the rows of its history and its audit row, all or nothing.
    /// When this returns, the revision survives the death of the process and of the machine.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the newest revision is not `expected`.
    async fn commit(&self, expected: u64, commit: &Commit) -> Result<Revision, StoreError>;

    /// Revisions, newest first.
    async fn revisions(&self, page: &Page) -> Result<Slice<Revision>, StoreError>;

    /// What one revision changed, by kind and name; nothing for a revision that does not exist.
    async fn changes(&self, revision: u64) -> Result<Vec<ResourceChange>, StoreError>;

    /// Kind and name of each resource that was touched after revision `since`, each once.
    async fn changed_since(&self, since: u64) -> Result<Vec<(Kind, String)>, StoreError>;

    /// What became of one resource, newest first; a page goes on after a revision.
    async fn history(&self, kind: Kind, name: &str, page: &Page) -> Result<Slice<Step>, StoreError>;

    /// The last purges that are kept, newest first, at most `first` of them.
    ///
    /// Of those that say something [`MOST_PURGES`](gateway_model::MOST_PURGES) are kept, and a floor in the place of the
    /// others; the audit log tells of all.
    async fn purges(&self, first: u32) -> Result<Vec<StoredPurge>, StoreError>;

    /// The modules that plugins named, or ceased to name, after revision `since`; each with the newest revision that did.
    async fn modules_named_since(&self, since: u64) -> Result<BTreeMap<Digest, u64>, StoreError>;

    /// The audit log, newest first.
    async fn audit(&self, page: &Page) -> Result<Slice<AuditEntry>, StoreError>;

    /// Adds an audit row for an act that makes no revision.
    async fn record(&self, record: &AuditRecord) -> Result<(), StoreError>;

    /// Stores an admin token and its audit row, both or neither.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] when a token has that name already.
    async fn add_token(&self, token: &StoredToken) -> Result<(), StoreError>;

    /// All admin tokens by name.
    async fn tokens(&self) -> Result<Vec<StoredToken>, StoreError>;

    /// The admin token with this digest.
    async fn token_by_digest(&self, digest: &[u8; 32]) -> Result<Option<StoredToken>, StoreError>;

    /// Deletes an admin token with an audit row in the name of `actor`; false if there is none.
    async fn delete_token(&self, actor: &Actor, name: &str) -> Result<bool, StoreError>;

    /// Raises the last uses of credentials to these; earlier ones change nothing. Makes no revision.
    async fn note_uses(&self, uses: &[CredentialUse]) -> Result<(), StoreError>;

    /// The last uses that are not before `since`, in milliseconds since the Unix epoch.
    async fn uses_since(&self, since: i64) -> Result<Vec<CredentialUse>, StoreError>;

    /// Forgets the last uses of credentials and keys that the document does not have any more.
    async fn forget_uses(&self) -> Result<(), StoreError>;

    /// The secret of this installation called `name`; the first to ask stores `make` as its value.
    async fn installation_secret(&self, name: &str, make: [u8; 32]) -> Result<[u8; 32], StoreError>;
}

/// Uploaded plugin modules by digest.
#[async_trait]
pub trait Blobs: Send + Sync {
    /// Stores a module with an audit row in the name of `actor`; of a module that is there already only a missing signer is
    /// filled in, without a row.
    async fn put_module(
        &self,
        actor: &Actor,
        facts: &PluginFacts,
        wasm: &[u8],
        signer: Option<&str>,
    ) -> Result<(), StoreError>;

    /// Deletes a module with an audit row in the name of `actor`; false if it is not there, or if a plugin names it.
    async fn delete_module(&self, actor: &Actor, digest: &Digest) -> Result<bool, StoreError>;

    /// The bytes of a module.
    async fn module(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// One module without its bytes.
    async fn stored_module(&self, digest: &Digest) -> Result<Option<StoredModule>, StoreError>;

    /// All modules without their bytes, oldest upload first.
    async fn modules(&self) -> Result<Vec<StoredModule>, StoreError>;
}
