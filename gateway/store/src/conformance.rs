//! What every store promises, as one suite.
//!
//! `store_conformance!(fresh)` makes a test of each promise, where `fresh` is an async function that opens an
//! empty store and returns it with whatever must live as long, such as its folder.
#![allow(clippy::unwrap_used, reason = "these are tests, for use by other crates")]

use std::sync::Arc;

use gateway_model::{
    Actor, Digest, Document, Edit, KeptPurges, Kind, MOST_PURGES, Plugin, PluginFacts, Purge, PurgeScope, Resource,
    Revision, Throttle, Upstream, UsagePlan,
};
use serde_json::json;

use crate::{
    AuditRecord, Blobs, Commit, ConfigStore, CredentialUse, Page, ResourceChange, Since, Slice, Step, StoreError,
    Stored, StoredToken, action,
};

/// Makes a test of each promise for the backend that the async function `$fresh` opens.
#[macro_export]
macro_rules! store_conformance {
    ($fresh:expr) => {
        $crate::store_conformance! { @each $fresh;
            an_empty_store_is_at_revision_zero,
            what_was_committed_is_loaded,
            a_commit_on_an_old_revision_is_refused_and_changes_nothing,
            changes_tell_before_and_after,
            following_the_edits_leads_to_what_is_loaded,
            resources_touched_since_a_revision_are_told_once,
            revisions_are_listed_newest_first_page_by_page,
            every_act_leaves_an_audit_row,
            numbers_come_back_to_the_last_bit,
            a_module_is_stored_once,
            a_module_is_deleted_unless_a_plugin_names_it,
            the_history_of_a_resource_is_told_newest_first,
            a_token_is_found_by_its_digest_until_it_is_deleted,
            a_secret_of_the_installation_is_made_once,
            the_last_use_of_a_credential_is_kept_until_it_is_gone,
            a_purge_is_committed_with_its_revision,
            whoever_follows_is_told_of_purges_when_there_are_new_ones,
            a_purge_goes_when_a_later_one_covers_it,
            when_there_are_too_many_purges_the_floor_rises,
            edits_undo_no_purge,
        }
    };
    (@each $fresh:expr; $($promise:ident,)*) => {
        $(#[tokio::test]
        async fn $promise() {
            let (store, _kept) = $fresh().await;
            $crate::conformance::$promise(&store).await;
        })*
    };
}

pub async fn the_last_use_of_a_credential_is_kept_until_it_is_gone(store: &dyn ConfigStore) {
    let key = |name: &str, digit: &str| {
        let body = json!({"name": name, "consumer": "acme", "keyDigest": digit.repeat(64)}).to_string();
        Edit::Put(Resource::from_json(Kind::Credentials, &body).unwrap())
    };
    let used =
        |name: &str, digit: &str, at_ms: i64| CredentialUse { credential: name.into(), key: digit.repeat(64), at_ms };
    commit(store, 0, vec![key("one", "a"), key("two", "b")]).await;
    store.note_uses(&[used("one", "a", 120_000), used("two", "b", 60_000)]).await.unwrap();
    store.note_uses(&[used("one", "a", 60_000), used("two", "b", 180_000)]).await.unwrap();
    assert_eq!(store.uses_since(0).await.unwrap(), [used("one", "a", 120_000), used("two", "b", 180_000)]);
    assert_eq!(store.uses_since(180_000).await.unwrap(), [used("two", "b", 180_000)]);

    commit(store, 1, vec![key("one", "c"), Edit::Delete { kind: Kind::Credentials, name: "two".into() }]).await;
    store.note_uses(&[used("one", "c", 240_000)]).await.unwrap();
    store.forget_uses().await.unwrap();
    assert_eq!(store.uses_since(0).await.unwrap(), [used("one", "c", 240_000)], "keys and credentials that are gone");
    assert_eq!(store.revision().await.unwrap(), 2, "a use makes no revision");
}

pub async fn a_purge_is_committed_with_its_revision(store: &dyn ConfigStore) {
    commit(store, 0, vec![upstream("shop", 1)]).await;
    let refused = store.commit(0, &purging(vec![soft(tag("lost"))])).await;
    assert!(matches!(refused, Err(StoreError::Conflict { current: 1 })), "{refused:?}");
    let alone = purge(store, 1, vec![hard(tag("articles"))]).await;
    let both = Commit { edits: vec![upstream("shop", 2)], ..purging(vec![soft(PurgeScope::all())]) };
    let both = store.commit(2, &both).await.unwrap();
    assert_eq!((alone.number, alone.summary.as_str()), (2, r#"purged tag "articles""#));
    assert_eq!((both.number, both.summary.as_str()), (3, "put upstreams.shop, softly purged everything"));

    let stored = store.load().await.unwrap();
    assert_eq!((stored.revision, stored.document), (3, applied(&[upstream("shop", 2)])));
    assert_eq!(list(&stored.purges), [(2, hard(tag("articles"))), (3, soft(PurgeScope::all()))]);
    assert_eq!(stored.purges.floor, 0);
    let told = store.purges(10).await.unwrap();
    let told: Vec<_> = told.into_iter().map(|it| (it.revision, it.purge)).collect();
    assert_eq!(told, [(both.clone(), soft(PurgeScope::all())), (alone.clone(), hard(tag("articles")))]);
    assert_eq!(store.purges(1).await.unwrap().len(), 1);

    assert_eq!(store.revisions(&Page::first(2)).await.unwrap().items, [both, alone]);
    assert_eq!(store.changes(2).await.unwrap(), []);
    let audit = store.audit(&Page::first(2)).await.unwrap().items;
    let rows: Vec<_> = audit.iter().map(|row| (row.action.as_str(), row.revision, row.detail.as_str())).collect();
    let expected = [
        (action::CONFIG_CHANGED, Some(3), "put upstreams.shop, softly purged everything"),
        (action::CACHE_PURGED, Some(2), r#"purged tag "articles""#),
    ];
    assert_eq!(rows, expected);
}

pub async fn whoever_follows_is_told_of_purges_when_there_are_new_ones(store: &dyn ConfigStore) {
    purge(store, 0, vec![hard(tag("a"))]).await;
    commit(store, 1, vec![upstream("shop", 1)]).await;
    let since = store.since(1).await.unwrap();
    assert_eq!(since, Since { revision: 2, edits: vec![upstream("shop", 1)], purges: None });
    purge(store, 2, vec![hard(tag("b"))]).await;
    let purges = store.load().await.unwrap().purges;
    assert_eq!(list(&purges), [(1, hard(tag("a"))), (3, hard(tag("b")))]);
    let since = store.since(2).await.unwrap();
    assert_eq!(since, Since { revision: 3, edits: Vec::new(), purges: Some(purges) });
    assert_eq!(store.since(3).await.unwrap(), Since { revision: 3, ..Since::default() });
}

pub async fn a_purge_goes_when_a_later_one_covers_it(store: &dyn ConfigStore) {
    let prefix = || PurgeScope::prefix("https://a.example/x").unwrap();
    let url = || PurgeScope::url("https://a.example/x").unwrap();
    let steps = [
        (hard(url()), vec![1]),
        (soft(prefix()), vec![1, 2]),
        (soft(prefix()), vec![1, 3]),
        (hard(prefix()), vec![1, 4]),
        (soft(prefix()), vec![1, 4, 5]),
        (hard(url()), vec![4, 5, 6]),
        (soft(PurgeScope::all()), vec![4, 6, 7]),
        (soft(tag("t")), vec![4, 6, 7, 8]),
        (hard(PurgeScope::all()), vec![9]),
        (hard(tag("t")), vec![9, 10]),
    ];
    for (revision, (step, kept)) in (0..).zip(steps) {
        purge(store, revision, vec![step.clone()]).await;
        let purges = store.load().await.unwrap().purges;
        let revisions: Vec<u64> = purges.purges.iter().map(|it| it.revision).collect();
        assert_eq!((revisions, purges.floor), (kept, 0), "after {step} at revision {}", revision + 1);
    }
}

pub async fn when_there_are_too_many_purges_the_floor_rises(store: &dyn ConfigStore) {
    let tags = |from: u32, to: u32| (from..to).map(|number| hard(tag(&format!("t{number}")))).collect::<Vec<_>>();
    purge(store, 0, tags(0, 2)).await;
    purge(store, 1, tags(2, 3)).await;
    purge(store, 2, tags(3, MOST_PURGES)).await;
    let full = store.load().await.unwrap().purges;
    assert_eq!((full.purges.len(), full.floor), (MOST_PURGES as usize, 0));

    purge(store, 3, tags(MOST_PURGES, MOST_PURGES + 1)).await;
    let purges = store.load().await.unwrap().purges;
    assert_eq!((purges.floor, purges.purges[0].revision), (1, 2), "both of the first revision are gone");
    assert_eq!(purges.purges.len(), MOST_PURGES as usize - 1);

    // More than are kept in one revision: everything before it counts as purged.
    purge(store, 4, tags(5_000, 5_000 + MOST_PURGES + 1)).await;
    let nothing_kept = KeptPurges { floor: 5, purges: Vec::new() };
    assert_eq!(store.load().await.unwrap().purges, nothing_kept);
    assert_eq!(store.since(4).await.unwrap().purges, Some(nothing_kept));
    assert_eq!(store.since(5).await.unwrap().purges, None);
    purge(store, 5, tags(0, 1)).await;
    let purges = store.load().await.unwrap().purges;
    assert_eq!((purges.floor, list(&purges)), (5, vec![(6, hard(tag("t0")))]));
}

pub async fn edits_undo_no_purge(store: &dyn ConfigStore) {
    commit(store, 0, vec![upstream("shop", 1)]).await;
    purge(store, 1, vec![hard(tag("articles"))]).await;
    commit(store, 2, vec![delete("shop")]).await;
    commit(store, 3, vec![upstream("shop", 1)]).await;
    assert_eq!(list(&store.load().await.unwrap().purges), [(2, hard(tag("articles")))]);
}

pub async fn an_empty_store_is_at_revision_zero(store: &dyn ConfigStore) {
    assert_eq!(store.revision().await.unwrap(), 0);
    assert_eq!(store.load().await.unwrap(), Stored::default());
    assert_eq!(store.since(0).await.unwrap(), Since::default());
    assert_eq!(store.purges(10).await.unwrap(), []);
    assert_eq!(store.revisions(&Page::first(10)).await.unwrap(), Slice { items: Vec::new(), has_next: false });
}

pub async fn what_was_committed_is_loaded(store: &dyn ConfigStore) {
    let committed = commit(store, 0, vec![upstream("shop", 1), plan("gold", 10.0)]).await;
    assert_eq!((committed.number, committed.actor, committed.comment.as_deref()), (1, alice(), Some("because")));
    assert_eq!(committed.summary, "put upstreams.shop, put usagePlans.gold");
    let document = applied(&[upstream("shop", 1), plan("gold", 10.0)]);
    assert_eq!(store.load().await.unwrap(), Stored { revision: 1, document, ..Stored::default() });
    assert_eq!(store.revision().await.unwrap(), 1);
}

pub async fn a_commit_on_an_old_revision_is_refused_and_changes_nothing(store: &dyn ConfigStore) {
    commit(store, 0, vec![upstream("shop", 1)]).await;
    for wrong in [0, 2] {
        let refused = store.commit(wrong, &of(vec![upstream("shop", 2), upstream("other", 1)])).await;
        assert!(matches!(refused, Err(StoreError::Conflict { current: 1 })), "{refused:?}");
    }
    let document = applied(&[upstream("shop", 1)]);
    assert_eq!(store.load().await.unwrap(), Stored { revision: 1, document, ..Stored::default() });
    assert_eq!(store.audit(&Page::first(10)).await.unwrap().items.len(), 1);
}

pub async fn changes_tell_before_and_after(store: &dyn ConfigStore) {
    commit(store, 0, vec![upstream("kept", 1), upstream("gone", 1)]).await;
    commit(store, 1, vec![upstream("kept", 2), delete("gone"), upstream("new", 3)]).await;
    let change = |name: &str, before: Option<u16>, after: Option<u16>| ResourceChange {
        kind: Kind::Upstreams,
        name: name.into(),
        before: before.map(|port| resource(name, port)),
        after: after.map(|port| resource(name, port)),
    };
    let expected = [change("gone", Some(1), None), change("kept", Some(1), Some(2)), change("new", None, Some(3))];
    assert_eq!(store.changes(2).await.unwrap(), expected);
    assert_eq!(store.changes(3).await.unwrap(), []);
}

pub async fn following_the_edits_leads_to_what_is_loaded(store: &dyn ConfigStore) {
    let steps = [
        vec![upstream("a", 1), upstream("b", 1), plan("gold", 1.0)],
        vec![delete("a"), upstream("b", 2)],
        vec![upstream("a", 3), plan("gold", 2.0)],
        vec![delete("b")],
    ];
    let mut documents = vec![Document::default()];
    for (revision, edits) in (0..).zip(steps) {
        commit(store, revision, edits).await;
        documents.push(store.load().await.unwrap().document);
    }
    let newest = documents.last().unwrap();
    for (since, document) in (0..).zip(&documents) {
        let Since { revision, edits, purges } = store.since(since).await.unwrap();
        assert_eq!(purges, None);
        let mut walked = document.clone();
        for edit in &edits {
            walked.apply(edit);
        }
        assert_eq!((revision, &walked), (4, newest), "from revision {since}");
    }
}

pub async fn resources_touched_since_a_revision_are_told_once(store: &dyn ConfigStore) {
    commit(store, 0, vec![upstream("before", 1)]).await;
    commit(store, 1, vec![upstream("shop", 1), plan("gold", 1.0)]).await;
    commit(store, 2, vec![upstream("shop", 2)]).await;
    let touched = store.changed_since(1).await.unwrap();
    assert_eq!(touched, [(Kind::Upstreams, "shop".to_owned()), (Kind::UsagePlans, "gold".to_owned())]);
    assert_eq!(store.changed_since(3).await.unwrap(), []);
}

pub async fn revisions_are_listed_newest_first_page_by_page(store: &dyn ConfigStore) {
    for revision in 0..5 {
        commit(store, revision, vec![upstream("shop", 1 + u16::try_from(revision).unwrap())]).await;
    }
    let mut seen = Vec::new();
    let mut page = Page::first(2);
    loop {
        let slice = store.revisions(&page).await.unwrap();
        seen.push(slice.items.iter().map(|revision| revision.number).collect::<Vec<_>>());
        page.after = slice.items.last().map(|revision| revision.number);
        if !slice.has_next {
            break;
        }
    }
    assert_eq!(seen, [vec![5, 4], vec![3, 2], vec![1]]);
    assert!(store.revisions(&Page { first: 0, after: None }).await.unwrap().has_next);
}

pub async fn every_act_leaves_an_audit_row(store: &(impl ConfigStore + Blobs)) {
    commit(store, 0, vec![upstream("shop", 1), plan("gold", 1.0)]).await;
    store.put_module(&alice(), &facts(1), b"wasm", None).await.unwrap();
    store.add_token(&token("ci", 7)).await.unwrap();
    store.delete_token(&alice(), "ci").await.unwrap();
    let seen = AuditRecord { actor: alice(), action: "test.act", detail: "what was done".into() };
    store.record(&seen).await.unwrap();

    let audit = store.audit(&Page::first(10)).await.unwrap().items;
    let rows: Vec<_> = audit.iter().map(|row| (row.action.as_str(), row.revision, row.detail.as_str())).collect();
    let module = format!("one 1.0.0 ({})", facts(1).digest);
    let expected = [
        ("test.act", None, "what was done"),
        (action::TOKEN_DELETED, None, r#"admin token "ci""#),
        (action::TOKEN_CREATED, None, r#"admin token "ci""#),
        (action::MODULE_UPLOADED, None, module.as_str()),
        (action::CONFIG_CHANGED, Some(1), "put upstreams.shop, put usagePlans.gold"),
    ];
    assert_eq!(rows, expected);
    assert!(audit.iter().all(|row| row.actor == alice() && row.at_ms > 0));
    let older = store.audit(&Page { first: 1, after: Some(audit[0].id) }).await.unwrap();
    assert_eq!((older.items, older.has_next), (vec![audit[1].clone()], true));
}

pub async fn numbers_come_back_to_the_last_bit(store: &dyn ConfigStore) {
    let rates = [0.1 + 0.2, 1e-6, 1.0 / 3.0, 123_456.789_012_345_67, 2.225_073_858_507_201_4e-5];
    for (revision, rate) in (0..).zip(rates) {
        commit(store, revision, vec![plan("gold", rate)]).await;
        let stored = store.load().await.unwrap().document;
        assert_eq!(stored.usage_plans["gold"].throttle.unwrap().rate_limit.to_bits(), rate.to_bits());
    }
}

pub async fn a_module_is_stored_once(store: &(impl ConfigStore + Blobs)) {
    store.put_module(&alice(), &facts(2), b"second", None).await.unwrap();
    store.put_module(&alice(), &facts(1), b"first", Some("release")).await.unwrap();
    store.put_module(&alice(), &facts(2), b"second", None).await.unwrap();
    let stored = store.modules().await.unwrap();
    let told: Vec<_> =
        stored.iter().map(|it| (it.facts.as_ref(), it.uploaded_by.clone(), it.signer.as_deref())).collect();
    assert_eq!(told, [(&facts(2), Some(alice()), None), (&facts(1), Some(alice()), Some("release"))]);
    assert!(stored.iter().all(|module| module.uploaded_at_ms > 0));
    assert_eq!(store.module(&facts(1).digest).await.unwrap().as_deref(), Some(&b"first"[..]));
    assert_eq!(store.module(&facts(3).digest).await.unwrap(), None);
    assert_eq!(store.stored_module(&facts(3).digest).await.unwrap(), None);
    assert_eq!(store.audit(&Page::first(10)).await.unwrap().items.len(), 2);

    store.put_module(&alice(), &facts(2), b"second", Some("later")).await.unwrap();
    let signed = store.stored_module(&facts(2).digest).await.unwrap().unwrap();
    assert_eq!(signed.signer.as_deref(), Some("later"));
    assert_eq!(store.audit(&Page::first(10)).await.unwrap().items.len(), 2);
}

pub async fn a_module_is_deleted_unless_a_plugin_names_it(store: &(impl ConfigStore + Blobs)) {
    for number in [1, 2] {
        store.put_module(&alice(), &facts(number), b"wasm", None).await.unwrap();
    }
    commit(store, 0, vec![plugin("one", 1)]).await;
    assert!(!store.delete_module(&alice(), &facts(1).digest).await.unwrap());
    assert!(!store.delete_module(&alice(), &facts(3).digest).await.unwrap());
    assert!(store.delete_module(&alice(), &facts(2).digest).await.unwrap());
    assert_eq!(store.module(&facts(2).digest).await.unwrap(), None);
    assert_eq!(store.modules().await.unwrap().len(), 1);
    let newest = store.audit(&Page::first(1)).await.unwrap().items.remove(0);
    assert_eq!((newest.action.as_str(), newest.actor), (action::MODULE_DELETED, alice()));
    assert_eq!(newest.detail, format!("one 1.0.0 ({})", facts(2).digest));
}

pub async fn the_history_of_a_resource_is_told_newest_first(store: &dyn ConfigStore) {
    commit(store, 0, vec![plugin("one", 1), upstream("shop", 1)]).await;
    commit(store, 1, vec![upstream("shop", 2)]).await;
    commit(store, 2, vec![plugin("one", 2), plugin("two", 3)]).await;
    let digests = |slice: &Slice<Step>| -> Vec<_> {
        let digest = |resource: &Option<Resource>| match resource {
            Some(Resource::Plugin(plugin)) => Some(plugin.digest.clone()),
            _ => None,
        };
        slice
            .items
            .iter()
            .map(|step| (step.revision.number, digest(&step.change.before), digest(&step.change.after)))
            .collect()
    };
    let whole = store.history(Kind::Plugins, "one", &Page::first(10)).await.unwrap();
    let [first, second] = [1, 2].map(|number| Some(facts(number).digest));
    assert_eq!(digests(&whole), [(3, first.clone(), second), (1, None, first.clone())]);
    assert!(!whole.has_next);
    let rest = store.history(Kind::Plugins, "one", &Page { first: 1, after: Some(3) }).await.unwrap();
    assert_eq!(digests(&rest), [(1, None, first)]);
    assert!(store.history(Kind::Plugins, "none", &Page::first(10)).await.unwrap().items.is_empty());
    let named = store.modules_named_since(1).await.unwrap();
    let expected: Vec<_> = [1, 2, 3].map(|number| (facts(number).digest, 3)).into();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), expected);
    assert!(store.modules_named_since(3).await.unwrap().is_empty());
}

pub async fn a_token_is_found_by_its_digest_until_it_is_deleted(store: &dyn ConfigStore) {
    store.add_token(&token("ops", 1)).await.unwrap();
    store.add_token(&token("ci", 2)).await.unwrap();
    let again = store.add_token(&token("ci", 3)).await;
    assert!(matches!(&again, Err(StoreError::NameTaken(name)) if name == "ci"), "{again:?}");

    assert_eq!(store.tokens().await.unwrap(), [token("ci", 2), token("ops", 1)]);
    assert_eq!(store.token_by_digest(&[2; 32]).await.unwrap(), Some(token("ci", 2)));
    assert_eq!(store.token_by_digest(&[3; 32]).await.unwrap(), None);

    assert!(store.delete_token(&alice(), "ci").await.unwrap());
    assert!(!store.delete_token(&alice(), "ci").await.unwrap());
    assert_eq!(store.token_by_digest(&[2; 32]).await.unwrap(), None);
}

pub async fn a_secret_of_the_installation_is_made_once(store: &dyn ConfigStore) {
    assert_eq!(store.installation_secret("key-hash", [1; 32]).await.unwrap(), [1; 32]);
    assert_eq!(store.installation_secret("key-hash", [2; 32]).await.unwrap(), [1; 32]);
    assert_eq!(store.installation_secret("other", [3; 32]).await.unwrap(), [3; 32]);
}

// === what the promises are tried with ===

async fn commit(store: &dyn ConfigStore, expected: u64, edits: Vec<Edit>) -> Revision {
    store.commit(expected, &of(edits)).await.unwrap()
}

async fn purge(store: &dyn ConfigStore, expected: u64, purges: Vec<Purge>) -> Revision {
    store.commit(expected, &purging(purges)).await.unwrap()
}

fn purging(purges: Vec<Purge>) -> Commit {
    Commit { purges, ..of(Vec::new()) }
}

fn hard(scope: PurgeScope) -> Purge {
    Purge { scope, soft: false }
}

fn soft(scope: PurgeScope) -> Purge {
    Purge { scope, soft: true }
}

fn tag(text: &str) -> PurgeScope {
    PurgeScope::tag(text).unwrap()
}

fn list(purges: &KeptPurges) -> Vec<(u64, Purge)> {
    purges.purges.iter().map(|it| (it.revision, it.purge.clone())).collect()
}

fn of(edits: Vec<Edit>) -> Commit {
    Commit { actor: alice(), comment: Some("because".into()), edits, purges: Vec::new() }
}

fn applied(edits: &[Edit]) -> Document {
    let mut document = Document::default();
    for edit in edits {
        document.apply(edit);
    }
    document
}

fn alice() -> Actor {
    Actor { name: "alice".into() }
}

fn resource(name: &str, port: u16) -> Resource {
    let targets = vec![gateway_model::Target::new(format!("127.0.0.1:{port}"))];
    Resource::Upstream(Arc::new(Upstream::new(name, targets)))
}

fn upstream(name: &str, port: u16) -> Edit {
    Edit::Put(resource(name, port))
}

fn plugin(name: &str, module: u8) -> Edit {
    Edit::Put(Resource::Plugin(Arc::new(Plugin { name: name.into(), digest: facts(module).digest })))
}

fn plan(name: &str, rate_limit: f64) -> Edit {
    let throttle = Some(Throttle { rate_limit, burst_limit: 5 });
    Edit::Put(Resource::UsagePlan(Arc::new(UsagePlan { name: name.into(), throttle, ..UsagePlan::default() })))
}

fn delete(name: &str) -> Edit {
    Edit::Delete { kind: Kind::Upstreams, name: name.into() }
}

fn facts(number: u8) -> PluginFacts {
    PluginFacts {
        digest: Digest::sha256([number; 32]),
        name: "one".into(),
        version: "1.0.0".into(),
        description: "does one thing".into(),
        default_order: 100,
        config_schema: json!({"type": "object", "properties": {"level": {"type": "number"}}}),
        imports: vec!["sluice:plugin/log@0.1.0".into()],
        hooks: vec!["request".into()],
        needs: vec!["identity".parse().unwrap(), "secret:hmac".parse().unwrap()],
        size: 4,
    }
}

fn token(name: &str, digest: u8) -> StoredToken {
    StoredToken { name: name.into(), digest: [digest; 32], created_at_ms: 1_700_000_000_000, created_by: alice() }
}
