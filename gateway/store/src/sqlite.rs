//! The store on one machine: a SQLite file that several processes may open.
//!
//! Write-ahead logging lets readers go on while one connection writes.
//! `synchronous=FULL` writes the log through to the disk before a commit returns.
//! Every writing transaction begins with the write lock, so what it read first still holds when it commits.

mod audit;
mod changes;
mod commit;
mod modules;
mod open;
mod purges;
mod resources;
mod tokens;
mod usage;
mod uses;

use std::{collections::BTreeMap, path::Path};

use async_trait::async_trait;
use gateway_model::{Actor, Digest, Kind, PluginFacts, Revision};
use jiff::civil::Date;
use sqlx::{Sqlite as Database, SqlitePool, Transaction};

use crate::{
    Blobs, ConfigStore,
    error::StoreError,
    records::{
        AuditEntry, AuditRecord, Commit, CredentialUse, Page, ResourceChange, Since, Slice, Step, Stored, StoredModule,
        StoredPurge, StoredToken,
    },
    usage::{AccountName, StoredUsage, UnsavedUsage, UsageDay, UsageStore},
};

/// A store in a SQLite database. Cheap to clone.
#[derive(Clone)]
pub struct Sqlite {
    /// One connection: SQLite has one writer at a time, and waiting here is fairer than its busy loop.
    writer: SqlitePool,
    /// A few connections, so that a long read holds up no other.
    readers: SqlitePool,
}

impl Sqlite {
    /// Opens the database at `path`, creates it if it is not there and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`]: the place cannot be written, holds no database, or one of a newer version.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        open::file(path).await
    }

    /// A store that is gone when its last clone is dropped; for tests and for trying things out.
    ///
    /// # Errors
    /// [`StoreError::Open`] when memory is short.
    pub async fn in_memory() -> Result<Self, StoreError> {
        open::in_memory().await
    }

    /// Begins a transaction that holds the write lock from its start.
    async fn write(&self) -> Result<Transaction<'static, Database>, StoreError> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::database("begin a change"))
    }

    /// Begins a transaction in which all reads see the same moment.
    async fn read(&self) -> Result<Transaction<'static, Database>, StoreError> {
        self.readers.begin().await.map_err(StoreError::database("begin a read"))
    }
}

#[async_trait]
impl ConfigStore for Sqlite {
    async fn load(&self) -> Result<Stored, StoreError> {
        let mut transaction = self.read().await?;
        let (revision, document) = resources::load(&mut transaction).await?;
        Ok(Stored { revision, document, purges: purges::kept(&mut transaction).await? })
    }

    async fn revision(&self) -> Result<u64, StoreError> {
        let mut reader = self.readers.acquire().await.map_err(StoreError::database("connect"))?;
        changes::newest(&mut reader).await
    }

    async fn since(&self, revision: u64) -> Result<Since, StoreError> {
        let mut transaction = self.read().await?;
        let (newest, edits) = changes::edits_since(&mut transaction, revision).await?;
        Ok(Since { revision: newest, edits, purges: purges::kept_since(&mut transaction, revision).await? })
    }

    async fn commit(&self, expected: u64, commit: &Commit) -> Result<Revision, StoreError> {
        let mut transaction = self.write().await?;
        let revision = commit::write(&mut transaction, expected, commit).await?;
        transaction.commit().await.map_err(StoreError::database("commit a revision"))?;
        Ok(revision)
    }

    async fn revisions(&self, page: &Page) -> Result<Slice<Revision>, StoreError> {
        changes::revisions(&self.readers, page).await
    }

    async fn changes(&self, revision: u64) -> Result<Vec<ResourceChange>, StoreError> {
        changes::of_revision(&self.readers, revision).await
    }

    async fn changed_since(&self, since: u64) -> Result<Vec<(Kind, String)>, StoreError> {
        changes::names_since(&self.readers, since).await
    }

    async fn history(&self, kind: Kind, name: &str, page: &Page) -> Result<Slice<Step>, StoreError> {
        changes::history(&self.readers, kind, name, page).await
    }

    async fn purges(&self, first: u32) -> Result<Vec<StoredPurge>, StoreError> {
        purges::newest(&self.readers, first).await
    }

    async fn modules_named_since(&self, since: u64) -> Result<BTreeMap<Digest, u64>, StoreError> {
        changes::modules_named_since(&self.readers, since).await
    }

    async fn audit(&self, page: &Page) -> Result<Slice<AuditEntry>, StoreError> {
        audit::page(&self.readers, page).await
    }

    async fn record(&self, record: &AuditRecord) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        audit::add(&mut transaction, record, None).await?;
        transaction.commit().await.map_err(StoreError::database("record an act"))
    }

    async fn add_token(&self, token: &StoredToken) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        tokens::add(&mut transaction, token).await?;
        transaction.commit().await.map_err(StoreError::database("add a token"))
    }

    async fn tokens(&self) -> Result<Vec<StoredToken>, StoreError> {
        tokens::all(&self.readers).await
    }

    async fn token_by_digest(&self, digest: &[u8; 32]) -> Result<Option<StoredToken>, StoreError> {
        tokens::by_digest(&self.readers, digest).await
    }

    async fn delete_token(&self, actor: &Actor, name: &str) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let deleted = tokens::delete(&mut transaction, actor, name).await?;
        transaction.commit().await.map_err(StoreError::database("delete a token"))?;
        Ok(deleted)
    }

    async fn note_uses(&self, uses: &[CredentialUse]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        uses::note(&mut transaction, uses).await?;
        transaction.commit().await.map_err(StoreError::database("note the uses of credentials"))
    }

    async fn uses_since(&self, since: i64) -> Result<Vec<CredentialUse>, StoreError> {
        uses::since(&self.readers, since).await
    }

    async fn forget_uses(&self) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        uses::forget(&mut transaction).await?;
        transaction.commit().await.map_err(StoreError::database("forget the uses of credentials"))
    }

    async fn installation_secret(&self, name: &str, make: [u8; 32]) -> Result<[u8; 32], StoreError> {
        let mut transaction = self.write().await?;
        let secret = tokens::secret(&mut transaction, name, make).await?;
        transaction.commit().await.map_err(StoreError::database("keep a secret"))?;
        Ok(secret)
    }
}

#[async_trait]
impl Blobs for Sqlite {
    async fn put_module(
        &self,
        actor: &Actor,
        facts: &PluginFacts,
        wasm: &[u8],
        signer: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        modules::put(&mut transaction, actor, facts, wasm, signer).await?;
        transaction.commit().await.map_err(StoreError::database("store a module"))
    }

    async fn delete_module(&self, actor: &Actor, digest: &Digest) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let deleted = modules::delete(&mut transaction, actor, digest).await?;
        transaction.commit().await.map_err(StoreError::database("delete a module"))?;
        Ok(deleted)
    }

    async fn stored_module(&self, digest: &Digest) -> Result<Option<StoredModule>, StoreError> {
        modules::one(&self.readers, digest).await
    }

    async fn module(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        modules::bytes(&self.readers, digest).await
    }

    async fn modules(&self) -> Result<Vec<StoredModule>, StoreError> {
        modules::all(&self.readers).await
    }
}

#[async_trait]
impl UsageStore for Sqlite {
    async fn load_usage(&self, since: Date) -> Result<StoredUsage, StoreError> {
        usage::forget(&self.writer).await?;
        usage::load(&self.readers, since).await
    }

    async fn save_usage(&self, unsaved: &UnsavedUsage) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        usage::save(&mut transaction, unsaved).await?;
        transaction.commit().await.map_err(StoreError::database("save the usage"))
    }

    async fn forget_usage(&self) -> Result<(), StoreError> {
        usage::forget(&self.writer).await
    }

    async fn usage_days(&self, account: &AccountName, from: Date, to: Date) -> Result<Vec<UsageDay>, StoreError> {
        usage::days(&self.readers, account, from, to).await
    }
}

#[cfg(test)]
mod tests;
