//! Purges of the cache: revisions of their own, which nothing undoes.

use gateway_model::{Covered, Document, Purge, PurgeScope};
use gateway_store::Page;

use crate::{
    error::ChangeError,
    service::{ChangeRequest, Service},
    testing::{Home, change, request, route, served, soon, upstream},
};

const ARTICLES: &str = "articles";

fn purging(purges: Vec<Purge>) -> ChangeRequest {
    ChangeRequest { purges, ..request(Vec::new()) }
}

fn articles() -> Vec<Purge> {
    vec![Purge { scope: PurgeScope::tag(ARTICLES).unwrap(), soft: false }]
}

/// Whether an article is served that was asked for under `revision`.
fn covers(service: &Service, revision: u64) -> Covered {
    let tags: [Box<str>; 1] = [ARTICLES.into()];
    service.snapshots().borrow().purges.covers(revision, "https://a.example/7", &tags)
}

#[tokio::test]
async fn a_purge_is_a_revision_and_is_published_with_it() {
    let home = Home::new();
    let service = home.open().await;
    let before = change(&service, vec![upstream("shop", 1)]).await;
    let purged = service.change(ChangeRequest { comment: Some("typo".into()), ..purging(articles()) }).await.unwrap();
    assert_eq!((purged.revision, purged.committed, purged.edits), (2, true, Vec::new()));
    assert_eq!((purged.document, served(&service)), (before.document, 2));
    assert_eq!([covers(&service, 1), covers(&service, 2)], [Covered::Hard, Covered::No]);

    let kept = service.purges(10).await.unwrap();
    let told = (kept[0].revision.number, kept[0].revision.comment.as_deref(), kept[0].revision.actor.name.as_str());
    assert_eq!(told, (2, Some("typo"), "alice"));
    assert_eq!((kept.len(), &kept[0].purge), (1, &articles()[0]));
    let newest = service.revisions(&Page::first(1)).await.unwrap().items.remove(0);
    assert_eq!(newest.summary, r#"purged tag "articles""#);
}

#[tokio::test]
async fn the_same_purge_again_is_a_revision_of_its_own() {
    let home = Home::new();
    let service = home.open().await;
    for revision in 1..=2 {
        assert_eq!(service.change(purging(articles())).await.unwrap().revision, revision);
        assert_eq!(covers(&service, revision - 1), Covered::Hard, "what was stored since the one before");
    }
    assert_eq!(service.purges(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn going_back_to_an_older_document_brings_nothing_back() {
    let home = Home::new();
    let service = home.open().await;
    let old = change(&service, vec![upstream("shop", 1)]).await.document;
    service.change(purging(articles())).await.unwrap();
    change(&service, vec![route("orders", "shop")]).await;
    let back = service.document().1.diff(&old);
    assert_eq!(change(&service, back).await.document, old);
    let empty = service.document().1.diff(&Document::default());
    change(&service, empty).await;
    assert_eq!((served(&service), covers(&service, 1)), (5, Covered::Hard));
    assert_eq!(service.purges(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_purge_on_an_old_revision_is_refused() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    let on = |expected| ChangeRequest { expected: Some(expected), ..purging(articles()) };
    let Err(ChangeError::Conflict { current, yours, changed }) = service.change(on(0)).await else {
        panic!("a stale purge passed")
    };
    assert_eq!((current, yours, changed), (1, 0, vec!["upstreams.shop".to_owned()]));
    assert_eq!((served(&service), covers(&service, 0)), (1, Covered::No));
    assert_eq!(service.change(on(1)).await.unwrap().revision, 2);
}

#[tokio::test]
async fn a_dry_run_purges_nothing() {
    let home = Home::new();
    let service = home.open().await;
    let dry = service.change(ChangeRequest { dry_run: true, ..purging(articles()) }).await.unwrap();
    assert_eq!((dry.revision, dry.committed), (0, false));
    assert_eq!((served(&service), service.purges(10).await.unwrap()), (0, Vec::new()));
}

#[tokio::test]
async fn edits_and_purges_are_one_revision() {
    let home = Home::new();
    let service = home.open().await;
    let both = ChangeRequest { edits: vec![upstream("shop", 1)], ..purging(articles()) };
    assert_eq!(service.change(both).await.unwrap().revision, 1);
    assert_eq!((covers(&service, 0), service.document().1.upstreams.len()), (Covered::Hard, 1));
}

#[tokio::test]
async fn a_purge_of_another_process_is_published_soon_and_stays_through_edits() {
    let home = Home::new();
    let (here, there) = (home.open().await, home.open().await);
    let mut snapshots = there.snapshots();
    here.change(purging(articles())).await.unwrap();
    soon(snapshots.wait_for(|snapshot| snapshot.revision == 1)).await.unwrap();
    assert_eq!(covers(&there, 0), Covered::Hard);
    change(&there, vec![upstream("shop", 1)]).await;
    assert_eq!((served(&there), covers(&there, 0)), (2, Covered::Hard));
}

#[tokio::test]
async fn purges_survive_a_restart() {
    let home = Home::new();
    let service = home.open().await;
    service.change(purging(articles())).await.unwrap();
    drop(service);
    assert_eq!(covers(&home.open().await, 0), Covered::Hard);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_purges_in_two_processes_none_is_lost() {
    let home = Home::new();
    let services = [home.open().await, home.open().await];
    let writers = (0..20).map(|number| {
        let service = services[number % 2].clone();
        let scope = PurgeScope::tag(&format!("t{number}")).unwrap();
        tokio::spawn(async move { service.change(purging(vec![Purge { scope, soft: false }])).await.unwrap().revision })
    });
    let mut revisions = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        revisions.push(writer.await.unwrap());
    }
    revisions.sort_unstable();
    assert_eq!(revisions, (1..=20).collect::<Vec<_>>());
    let opened = home.open().await;
    assert_eq!((served(&opened), opened.purges(100).await.unwrap().len()), (20, 20));
}
