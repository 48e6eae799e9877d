//! A change: from edits to a revision that is live.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use gateway_model::{
    Actor, Attachment, Basis, Compiled, Document, Edit, Finding, Kind, Path, Purge, Resource, Upstream,
};
use gateway_store::{Commit, StoreError};

use super::{Core, Service};
use crate::{
    advice::Advice,
    certificates,
    error::ChangeError,
    policy::Policy,
    references::blame_deletions,
    reload::{Prepared, compile},
};

/// How long a committed change waits for the data path; building takes milliseconds unless something is wrong.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a change that expects no certain revision starts over because another process committed in between.
/// Against one busy process each attempt has about even odds; more than a few are needed only in a stampede.
const ATTEMPTS: usize = 64;

/// What is to be changed, by whom and on what assumption.
#[derive(Clone, Debug)]
pub struct ChangeRequest {
    pub actor: Actor,
    /// The revision that the edits were made on; none means whatever is newest.
    pub expected: Option<u64>,
    pub comment: Option<String>,
    /// Applied in this order.
    pub edits: Vec<Edit>,
    /// What is no longer to be served from the cache; a revision may consist of them alone.
    pub purges: Vec<Purge>,
    /// Says what would happen, and does not do it.
    pub dry_run: bool,
}

/// What became of a change.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The revision that the change made; the newest one if it made none.
    pub revision: u64,
    /// False when it was a dry run, or when the edits change nothing and nothing is purged.
    pub committed: bool,
    /// The document after the change, or as it would be after it.
    pub document: Arc<Document>,
    /// The edits that change something, by kind and name.
    pub edits: Vec<Edit>,
    pub warnings: Vec<Finding>,
}

/// A document with edits applied.
struct Draft {
    document: Arc<Document>,
    /// Those that change something.
    edits: Vec<Edit>,
}

impl Service {
    /// Changes the configuration: all edits or none. When this returns, requests see the change.
    ///
    /// # Errors
    /// [`ChangeError`]; of its variants only `NotApplied` comes after the commit.
    pub async fn change(&self, request: ChangeRequest) -> Result<Changed, ChangeError> {
        let core = &self.core;
        let _turn = core.writer.lock().await;
        for _ in 0..ATTEMPTS {
            core.reconcile().await?;
            let (base, document, basis) = core.head.lock().await.standing();
            core.check_expected(request.expected, base).await?;
            // Before anything else: no other step sees a private key.
            let edits = certificates::sealed(core.policy.vault.as_ref(), &document, request.edits.clone());
            let draft = Draft::new(&document, &edits.map_err(ChangeError::Invalid)?);
            let compiled = core.validate(basis, &document, &draft, base + 1).await?;
            let Compiled { snapshot, warnings, basis } = compiled;
            let is_idle = draft.edits.is_empty() && request.purges.is_empty();
            if request.dry_run || is_idle {
                return Ok(draft.changed(base, false, warnings));
            }
            let commit = Commit {
                actor: request.actor.clone(),
                comment: request.comment.clone(),
                edits: draft.edits.clone(),
                purges: request.purges.clone(),
            };
            let prepared = Prepared { document: draft.document.clone(), snapshot, basis };
            core.prepared.lock().replace(prepared);
            match core.store.commit(base, &commit).await {
                Ok(revision) => {
                    core.settle(revision.number).await?;
                    return Ok(draft.changed(revision.number, true, warnings));
                }
                // Another process came first: look again, now at what it left.
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let current = core.store.revision().await?;
        Err(StoreError::Conflict { current }.into())
    }
}

impl Core {
    async fn check_expected(&self, expected: Option<u64>, current: u64) -> Result<(), ChangeError> {
        let Some(yours) = expected.filter(|expected| *expected != current) else { return Ok(()) };
        let touched = self.store.changed_since(yours).await?;
        let changed = touched.into_iter().map(|(kind, name)| format!("{kind}.{name}")).collect();
        Err(ChangeError::Conflict { current, yours, changed })
    }

    /// Returns a draft that may be committed as `revision`, compiled, with everything that the operator should know about it.
    async fn validate(
        &self,
        basis: Basis,
        before: &Document,
        draft: &Draft,
        revision: u64,
    ) -> Result<Compiled, ChangeError> {
        self.learn_modules(&draft.document).await?;
        self.forget_deleted_modules(&draft.edits).await?;
        let compiled = compile(basis, draft.document.clone(), revision, self.catalog.clone()).await;
        let mut compiled = compiled
            .map_err(|findings| ChangeError::Invalid(blame_deletions(findings, &draft.document, &draft.edits)))?;
        let mut refused = self.rehearse(before, &draft.document).await;
        refused.extend(self.check_upstreams(before, &draft.document));
        refused.extend(certificates::unusable(self.policy.vault.as_ref(), before, &draft.document));
        refused.extend(certificates::untrustworthy(before, &draft.document));
        if !refused.is_empty() {
            return Err(ChangeError::Invalid(refused));
        }
        let Policy { stores, counts_together, .. } = &self.policy;
        let (after, catalog) = (&draft.document, &self.catalog);
        let advice = Advice { before, after, catalog, stores, counts_together: *counts_together };
        compiled.warnings.extend(advice.all());
        let certificates = &compiled.snapshot.certificates;
        compiled.warnings.extend(certificates::expiring(certificates, jiff::Timestamp::now()));
        Ok(compiled)
    }

    /// Another process may have deleted a module that is to be named now.
    async fn forget_deleted_modules(&self, edits: &[Edit]) -> Result<(), StoreError> {
        for edit in edits {
            let Edit::Put(Resource::Plugin(plugin)) = edit else { continue };
            if self.blobs.stored_module(&plugin.digest).await?.is_none() {
                self.catalog.remove(&plugin.digest);
            }
        }
        Ok(())
    }

    /// Tries each attachment that would run differently, and returns what their plugins refuse.
    async fn rehearse(&self, before: &Document, after: &Document) -> Vec<Finding> {
        let mut findings = Vec::new();
        for attachment in after.attachments.values().filter(|it| runs_differently(it, before, after)) {
            let Some(plugin) = after.plugins.get(&attachment.plugin) else { continue };
            if let Err(reason) = self.sandbox.rehearse(&attachment.resolve(&plugin.digest)).await {
                let path = Path::new().then(Kind::Attachments).then(&attachment.name).then("config");
                findings.push(Finding::error(path, reason));
            }
        }
        findings
    }

    /// What is wrong with upstreams that have other TLS than before, beyond what they say themselves.
    fn check_upstreams(&self, before: &Document, after: &Document) -> Vec<Finding> {
        let is_new = |upstream: &Upstream| {
            let known = before.upstreams.get(&upstream.name);
            upstream.tls.is_some() && known.is_none_or(|known| known.tls != upstream.tls)
        };
        let check = |upstream: &Arc<Upstream>| {
            let (field, reason) = self.sandbox.check_upstream(upstream).err()?;
            Some(Finding::error(Path::new().then(Kind::Upstreams).then(&upstream.name).join(&field), reason))
        };
        after.upstreams.values().filter(|upstream| is_new(upstream)).filter_map(check).collect()
    }

    /// Publishes a revision that is committed and waits for the data path to take it over.
    async fn settle(&self, revision: u64) -> Result<(), ChangeError> {
        let not_applied = |reason: String| ChangeError::NotApplied { revision, reason };
        self.reconcile().await.map_err(|error| not_applied(format!("the store cannot be read back: {error}")))?;
        if let Some(reason) = self.head.lock().await.fault() {
            return Err(not_applied(reason));
        }
        match tokio::time::timeout(PATIENCE, self.applied.settled(revision)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(reason)) => Err(not_applied(reason.to_string())),
            Err(_) => Err(not_applied(format!("the data path has not answered for {} seconds", PATIENCE.as_secs()))),
        }
    }
}

impl Draft {
    fn new(base: &Document, edits: &[Edit]) -> Self {
        let mut document = base.clone();
        for edit in edits {
            document.apply(edit);
        }
        let touched: BTreeSet<(Kind, &str)> = edits.iter().map(|edit| (edit.kind(), edit.name())).collect();
        let real = touched.into_iter().filter_map(|(kind, name)| difference(base, &document, kind, name)).collect();
        Self { document: Arc::new(document), edits: real }
    }

    fn changed(self, revision: u64, committed: bool, warnings: Vec<Finding>) -> Changed {
        Changed { revision, committed, document: self.document, edits: self.edits, warnings }
    }
}

/// The edit between two documents at one place, if there is one.
fn difference(before: &Document, after: &Document, kind: Kind, name: &str) -> Option<Edit> {
    match (before.get(kind, name), after.get(kind, name)) {
        (before, after) if before == after => None,
        (_, Some(resource)) => Some(Edit::Put(resource)),
        (_, None) => Some(Edit::Delete { kind, name: name.to_owned() }),
    }
}

/// Whether the plugin of an attachment is to be configured anew.
fn runs_differently(attachment: &Attachment, before: &Document, after: &Document) -> bool {
    let digest = |document: &Document| document.plugins.get(&attachment.plugin).map(|plugin| plugin.digest.clone());
    let Some(old) = before.attachments.get(&attachment.name) else { return true };
    // Where it stands and whether it is called make no difference to a plugin.
    let alike = Attachment {
        route: attachment.route.clone(),
        order: attachment.order,
        quarantined: attachment.quarantined,
        ..Attachment::clone(old)
    };
    alike != *attachment || digest(before) != digest(after)
}
