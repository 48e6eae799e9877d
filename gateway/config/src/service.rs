//! The service: one door to configuration for the admin API, the command line and the data path.

mod change;
mod modules;
mod upload;

use std::sync::{Arc, OnceLock};

use gateway_model::{ChainLink, Document, KeyDigest, Kind, Revision, Snapshot};
use gateway_store::{AuditEntry, Blobs, ConfigStore, Page, ResourceChange, Slice, Step, StoreError, StoredPurge};
use parking_lot::RwLock;
use tokio::sync::{Mutex, watch};

use crate::{
    applied::{Applied, AppliedReporter},
    catalog::Catalog,
    error::ConfigError,
    keys,
    policy::Policy,
    reload::{self, Head, Prepared},
    sandbox::Sandbox,
    usage::Metering,
    uses::{self, Ledger},
};

pub use change::{ChangeRequest, Changed};
pub use modules::KEPT_REVISIONS;
pub use upload::LARGEST_MODULE;

/// The configuration: what is served, and the only way to change it. Cheap to clone.
///
/// It follows the store until the last clone is dropped.
#[derive(Clone)]
pub struct Service {
    pub(crate) core: Arc<Core>,
}

pub(crate) struct Core {
    pub(crate) store: Arc<dyn ConfigStore>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) sandbox: Arc<dyn Sandbox>,
    pub(crate) catalog: Catalog,
    pub(crate) secrets: Secrets,
    pub(crate) policy: Policy,
    /// Held by the one change that is under way.
    pub(crate) writer: Mutex<()>,
    /// The store as it was last read; the lock is held while reading and publishing, so revisions are published in order.
    pub(crate) head: Mutex<Head>,
    /// What the change under way has compiled, so that it need not be compiled again once it is read back.
    pub(crate) prepared: parking_lot::Mutex<Option<Prepared>>,
    /// What is published, for those who look at the document.
    pub(crate) document: RwLock<(u64, Arc<Document>)>,
    /// What is published, for the data path.
    pub(crate) snapshots: watch::Sender<Arc<Snapshot>>,
    pub(crate) applied: Applied,
    /// Told once, when the process serves.
    pub(crate) metering: OnceLock<Metering>,
    /// Held while uses of credentials are written and read.
    pub(crate) uses: Mutex<Ledger>,
}

/// The secrets of the installation. Deliberately without `Debug`.
pub(crate) struct Secrets {
    /// Hashes API keys.
    pub(crate) key_hash: [u8; 32],
    /// Hashes admin tokens.
    pub(crate) token_hash: [u8; 32],
}

impl Service {
    /// Loads the store, compiles the newest revision, publishes it, and follows the store from then on. Under the default [`Policy`].
    ///
    /// # Errors
    /// The store cannot be read, or what it holds does not compile.
    pub async fn open(
        store: Arc<dyn ConfigStore>,
        blobs: Arc<dyn Blobs>,
        sandbox: Arc<dyn Sandbox>,
    ) -> Result<Self, ConfigError> {
        Self::open_with(store, blobs, sandbox, Policy::default()).await
    }

    /// As [`Self::open`], under this policy.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(
        store: Arc<dyn ConfigStore>,
        blobs: Arc<dyn Blobs>,
        sandbox: Arc<dyn Sandbox>,
        policy: Policy,
    ) -> Result<Self, ConfigError> {
        let secrets = Secrets {
            key_hash: key_hash_secret(store.as_ref()).await?,
            token_hash: store.installation_secret("token-hash", keys::random32()).await?,
        };
        let catalog = Catalog::default();
        catalog.add(blobs.modules().await?);
        let core = Core {
            store,
            blobs,
            sandbox,
            catalog,
            secrets,
            policy,
            writer: Mutex::default(),
            head: Mutex::default(),
            prepared: parking_lot::Mutex::default(),
            document: RwLock::default(),
            snapshots: watch::Sender::default(),
            applied: Applied::new(),
            metering: OnceLock::new(),
            uses: Mutex::default(),
        };
        core.start().await?;
        core.exchange_uses().await?;
        let core = Arc::new(core);
        reload::follow(&core);
        uses::follow(&core);
        Ok(Self { core })
    }

    /// The published document and its revision.
    #[must_use]
    pub fn document(&self) -> (u64, Arc<Document>) {
        self.core.document.read().clone()
    }

    /// The plugins that a request to a route of `document` meets, in order.
    #[must_use]
    pub fn chain(&self, document: &Document, route: &str) -> Vec<ChainLink> {
        gateway_model::chain(document, &self.core.catalog, route)
    }

    /// The published snapshots, the current one first. For the data path.
    #[must_use]
    pub fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.core.snapshots.subscribe()
    }

    /// Where the data path reports what became of the snapshots. Take it before the first change, for changes wait for reports only while one is held.
    #[must_use]
    pub fn applied(&self) -> AppliedReporter {
        self.core.applied.reporter()
    }

    /// Revisions, newest first.
    ///
    /// # Errors
    /// The store cannot be read; so for the other queries.
    pub async fn revisions(&self, page: &Page) -> Result<Slice<Revision>, StoreError> {
        self.core.store.revisions(page).await
    }

    /// What one revision changed.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn changes(&self, revision: u64) -> Result<Vec<ResourceChange>, StoreError> {
        self.core.store.changes(revision).await
    }

    /// The last purges of the cache that still say something, newest first, at most `first` of them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn purges(&self, first: u32) -> Result<Vec<StoredPurge>, StoreError> {
        self.core.store.purges(first).await
    }

    /// What became of one resource, newest first; a page goes on after a revision.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn history(&self, kind: Kind, name: &str, page: &Page) -> Result<Slice<Step>, StoreError> {
        self.core.store.history(kind, name, page).await
    }

    /// The audit log, newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn audit(&self, page: &Page) -> Result<Slice<AuditEntry>, StoreError> {
        self.core.store.audit(page).await
    }

    /// The digest under which requests with this key are known: HMAC-SHA-256 under [`Self::key_hash_secret`].
    #[must_use]
    pub fn digest_key(&self, key: &str) -> KeyDigest {
        keys::keyed_hash(&self.core.secrets.key_hash, key)
    }

    /// The secret under which API keys are hashed, for whoever verifies them.
    #[must_use]
    pub fn key_hash_secret(&self) -> [u8; 32] {
        self.core.secrets.key_hash
    }
}

/// The secret under which this installation hashes API keys, for whoever verifies them before there is a [`Service`].
///
/// # Errors
/// The store cannot be read or written.
pub async fn key_hash_secret(store: &dyn ConfigStore) -> Result<[u8; 32], StoreError> {
    store.installation_secret("key-hash", keys::random32()).await
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("revision", &self.document().0).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
