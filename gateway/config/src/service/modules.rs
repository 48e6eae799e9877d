//! The uploaded modules: which there are, and which may go.

use std::{collections::BTreeSet, sync::Arc};

use gateway_model::{Actor, Digest};
use gateway_store::{StoreError, StoredModule};

use super::{Core, Service};
use crate::{actor::system, error::ModuleError};

/// A module that one of so many newest revisions names is kept: a rollback may need it.
pub const KEPT_REVISIONS: u64 = 100;

impl Service {
    /// All uploaded modules, oldest upload first.
    #[must_use]
    pub fn modules(&self) -> Vec<Arc<StoredModule>> {
        self.core.catalog.list()
    }

    /// One uploaded module.
    #[must_use]
    pub fn stored_module(&self, digest: &Digest) -> Option<Arc<StoredModule>> {
        self.core.catalog.stored(digest)
    }

    /// The bytes of an uploaded module.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn module(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.core.blobs.module(digest).await
    }

    /// Deletes an uploaded module that neither the document nor one of the last [`KEPT_REVISIONS`] revisions names.
    ///
    /// # Errors
    /// [`ModuleError`]; the module is still there.
    pub async fn delete_module(&self, actor: &Actor, digest: &Digest) -> Result<(), ModuleError> {
        let core = &self.core;
        let _turn = core.writer.lock().await;
        core.reconcile().await?;
        core.check_unused(digest).await?;
        match core.delete(actor, digest).await? {
            true => Ok(()),
            false => Err(ModuleError::Unknown(digest.clone())),
        }
    }
}

impl Core {
    async fn check_unused(&self, digest: &Digest) -> Result<(), ModuleError> {
        let (revision, document) = self.head.lock().await.document();
        if let Some(plugin) = document.plugins.values().find(|plugin| plugin.digest == *digest) {
            return Err(ModuleError::InUse(plugin.name.clone()));
        }
        let named = self.store.modules_named_since(revision.saturating_sub(KEPT_REVISIONS)).await?;
        match named.get(digest) {
            Some(&revision) => Err(ModuleError::InHistory { revision }),
            None => Ok(()),
        }
    }

    /// Deletes the oldest modules that nothing needs until no more of them are left than are to be kept.
    ///
    /// `fresh` was uploaded a moment ago, to be named next: it stays in any case.
    pub(crate) async fn delete_surplus(&self, fresh: &Digest) -> Result<(), StoreError> {
        let _turn = self.writer.lock().await;
        self.reconcile().await?;
        let needed = self.needed_modules().await?;
        let modules = self.catalog.list();
        let unused: Vec<_> = modules
            .iter()
            .map(|module| &module.facts.digest)
            .filter(|digest| *digest != fresh && !needed.contains(*digest))
            .collect();
        let surplus = unused.len().saturating_sub(self.policy.unused_modules);
        for digest in unused.into_iter().take(surplus) {
            self.delete(&system(), digest).await?;
            tracing::info!(%digest, "deleted a module that nothing needs");
        }
        Ok(())
    }

    async fn needed_modules(&self) -> Result<BTreeSet<Digest>, StoreError> {
        let (revision, document) = self.head.lock().await.document();
        let named = self.store.modules_named_since(revision.saturating_sub(KEPT_REVISIONS)).await?;
        let present = document.plugins.values().map(|plugin| plugin.digest.clone());
        Ok(named.into_keys().chain(present).collect())
    }

    /// False if the module is not there.
    async fn delete(&self, actor: &Actor, digest: &Digest) -> Result<bool, StoreError> {
        let deleted = self.blobs.delete_module(actor, digest).await?;
        self.catalog.remove(digest);
        if deleted {
            self.sandbox.forget(digest);
        }
        Ok(deleted)
    }
}
