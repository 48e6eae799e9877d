//! The reconciler: reads what the store holds, compiles it and publishes it.
//!
//! There is one path: [`Core::start`] and [`Core::reconcile`] read the store and end in [`Core::adopt`].
//! A change commits and then reconciles; a timer reconciles for what other processes commit.

use std::{
    cmp::Ordering,
    sync::{Arc, Weak},
    time::Duration,
};

use gateway_model::{Basis, Compiled, Document, Finding, KeptPurges, Path, Snapshot};
use gateway_store::{StoreError, Stored};
use tokio::time::MissedTickBehavior;

use crate::{
    catalog::Catalog,
    error::{ConfigError, listed},
    service::Core,
};

/// How often the store is asked for revisions of other processes.
const POLL: Duration = Duration::from_millis(500);

/// The store as it was last read.
#[derive(Default)]
pub(crate) struct Head {
    revision: u64,
    document: Arc<Document>,
    purges: KeptPurges,
    /// What the next document is compiled on; that of an empty one where this one does not compile.
    basis: Basis,
    /// Why the revision is not published: the one before it stays.
    fault: Vec<Finding>,
}

/// A document that a change compiled before it was committed.
pub(crate) struct Prepared {
    pub(crate) document: Arc<Document>,
    pub(crate) snapshot: Snapshot,
    pub(crate) basis: Basis,
}

impl Head {
    pub(crate) fn document(&self) -> (u64, Arc<Document>) {
        (self.revision, self.document.clone())
    }

    /// The revision, its document, and what the next one is compiled on.
    pub(crate) fn standing(&self) -> (u64, Arc<Document>, Basis) {
        (self.revision, self.document.clone(), self.basis.clone())
    }

    pub(crate) fn fault(&self) -> Option<String> {
        (!self.fault.is_empty()).then(|| format!("it does not compile:{}", listed(&self.fault)))
    }
}

impl Core {
    /// Loads and publishes what the store holds at the start.
    ///
    /// # Errors
    /// The store cannot be read; or the document does not compile, and there is none before it to stay with.
    pub(crate) async fn start(&self) -> Result<(), ConfigError> {
        let mut head = self.head.lock().await;
        let stored = self.store.load().await?;
        self.adopt(&mut head, stored).await?;
        match head.fault.is_empty() {
            true => Ok(()),
            false => Err(ConfigError::Refused { revision: head.revision, findings: std::mem::take(&mut head.fault) }),
        }
    }

    /// Catches up with the store. When this returns, what the store held at the call is published, or known to be at fault.
    ///
    /// # Errors
    /// The store cannot be read; everything stays as it is.
    pub(crate) async fn reconcile(&self) -> Result<(), StoreError> {
        let mut head = self.head.lock().await;
        let stored = match self.store.revision().await?.cmp(&head.revision) {
            Ordering::Equal => return Ok(()),
            Ordering::Greater => self.catch_up(&head).await?,
            // The file was replaced by an older one, such as a backup.
            Ordering::Less => self.store.load().await?,
        };
        self.adopt(&mut head, stored).await
    }

    /// Makes sure that the catalog knows each module of the document that the store knows.
    pub(crate) async fn learn_modules(&self, document: &Document) -> Result<(), StoreError> {
        if self.catalog.lacks_any_of(document) {
            self.catalog.add(self.blobs.modules().await?);
        }
        Ok(())
    }

    async fn catch_up(&self, head: &Head) -> Result<Stored, StoreError> {
        let since = self.store.since(head.revision).await?;
        let mut document = Document::clone(&head.document);
        for edit in &since.edits {
            document.apply(edit);
        }
        let purges = since.purges.unwrap_or_else(|| head.purges.clone());
        Ok(Stored { revision: since.revision, document, purges })
    }

    /// Takes what was read from the store as the new head, and publishes it if it compiles.
    async fn adopt(&self, head: &mut Head, stored: Stored) -> Result<(), StoreError> {
        let Stored { revision, document, purges } = stored;
        self.learn_modules(&document).await?;
        let document = Arc::new(document);
        match self.compiled(&head.basis, &document, revision).await {
            Ok((mut snapshot, basis)) => {
                // Here, and not by the change that made them: what purges say of each other is known to the store.
                snapshot.purges = purges.compile();
                *head = Head { revision, document: document.clone(), purges, basis, fault: Vec::new() };
                // The document first: who was woken by the snapshot finds the document of the same revision.
                *self.document.write() = (revision, document);
                let before = self.snapshots.borrow().clone();
                if !Arc::ptr_eq(&before.credentials, &snapshot.credentials) {
                    snapshot.credentials.continue_from(&before.credentials);
                }
                self.snapshots.send_replace(Arc::new(snapshot));
                tracing::info!(revision, "configuration published");
            }
            Err(fault) => {
                tracing::error!(
                    revision,
                    findings = listed(&fault),
                    "configuration does not compile: the last good one stays"
                );
                // What was compiled before may name what is no longer there.
                *head = Head { revision, document, purges, basis: Basis::default(), fault };
            }
        }
        Ok(())
    }

    /// The snapshot of what was read from the store: the one that the change behind it has compiled already, if it is
    /// of the very same revision and document.
    async fn compiled(
        &self,
        basis: &Basis,
        document: &Arc<Document>,
        revision: u64,
    ) -> Result<(Snapshot, Basis), Vec<Finding>> {
        let prepared = self.prepared.lock().take();
        match prepared.filter(|it| it.snapshot.revision == revision && *it.document == **document) {
            Some(prepared) => Ok((prepared.snapshot, prepared.basis)),
            None => {
                let compiled = compile(basis.clone(), document.clone(), revision, self.catalog.clone()).await?;
                Ok((compiled.snapshot, compiled.basis))
            }
        }
    }
}

/// Compiles on a thread where it holds up nobody: at the start a hundred thousand routes take a second.
pub(crate) async fn compile(
    basis: Basis,
    document: Arc<Document>,
    revision: u64,
    catalog: Catalog,
) -> Result<Compiled, Vec<Finding>> {
    let work = move || gateway_model::compile_on(&basis, &document, revision, &catalog);
    let lost = |error| Err(vec![Finding::error(Path::new(), format!("compiling was given up: {error}"))]);
    tokio::task::spawn_blocking(work).await.unwrap_or_else(lost)
}

/// Follows the store for as long as the service is in use.
pub(crate) fn follow(core: &Arc<Core>) {
    tokio::spawn(poll(Arc::downgrade(core)));
}

async fn poll(core: Weak<Core>) {
    let mut timer = tokio::time::interval(POLL);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut reachable = true;
    loop {
        timer.tick().await;
        let Some(core) = core.upgrade() else { return };
        let outcome = core.reconcile().await;
        // An outage is said once, not twice a second.
        match &outcome {
            Err(error) if reachable => {
                tracing::warn!(%error, "the store cannot be read: changes of other processes wait")
            }
            Ok(()) if !reachable => tracing::info!("the store can be read again"),
            _ => {}
        }
        reachable = outcome.is_ok();
    }
}

#[cfg(test)]
mod tests;
