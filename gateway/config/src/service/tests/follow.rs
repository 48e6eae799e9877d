//! Several processes on one store, and a process that starts again.

use gateway_model::{Head, Kind};
use gateway_store::{Commit, ConfigStore};
use serde_json::json;

use crate::{
    error::{ChangeError, ConfigError},
    service::ChangeRequest,
    testing::{Home, alice, change, delete, module, put, request, route, served, soon, uploaded, upstream},
};

#[tokio::test]
async fn a_restart_serves_the_same_document() {
    let home = Home::new();
    let service = home.open().await;
    let facts = uploaded(&service, json!({"type": "object"})).await;
    change(&service, vec![upstream("shop", 1), route("orders", "shop")]).await;
    let plugin = put(json!({
        "plugins": [{"name": "paper", "digest": facts.digest}],
        "attachments": [{"name": "paper-all", "plugin": "paper", "config": {"level": 0.1}}],
    }));
    change(&service, plugin).await;
    let before = service.document();
    drop(service);

    let service = home.open().await;
    assert_eq!(service.document(), before);
    assert_eq!(served(&service), 2);
    assert_eq!(service.modules()[0].facts, facts);
    assert_eq!(service.snapshots().borrow().routes.route(&Head::get("any", "/orders")).unwrap().chain.len(), 1);
}

#[tokio::test]
async fn what_another_process_commits_is_served_soon() {
    let home = Home::new();
    let (here, there) = (home.open().await, home.open().await);
    let mut snapshots = there.snapshots();
    change(&here, vec![upstream("shop", 1)]).await;
    soon(snapshots.wait_for(|snapshot| snapshot.revision == 1)).await.unwrap();
    assert_eq!(there.document(), here.document());
}

#[tokio::test]
async fn a_change_builds_on_what_another_process_committed_a_moment_ago() {
    let home = Home::new();
    let (here, there) = (home.open().await, home.open().await);
    change(&here, vec![upstream("shop", 1)]).await;
    assert_eq!(change(&there, vec![route("orders", "shop")]).await.revision, 2);
    let stale = ChangeRequest { expected: Some(1), ..request(vec![upstream("shop", 2)]) };
    let Err(ChangeError::Conflict { changed, .. }) = here.change(stale).await else { panic!("a stale change passed") };
    assert_eq!(changed, ["routes.orders"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_writers_in_two_processes_none_loses_a_change() {
    let home = Home::new();
    let services = [home.open().await, home.open().await];
    let writers = (0..20).map(|number| {
        let service = services[number % 2].clone();
        tokio::spawn(async move { change(&service, vec![upstream(&format!("u{number}"), 1)]).await.revision })
    });
    let mut revisions = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        revisions.push(writer.await.unwrap());
    }
    revisions.sort_unstable();
    assert_eq!(revisions, (1..=20).collect::<Vec<_>>());
    let (revision, document) = home.open().await.document();
    assert_eq!((revision, document.upstreams.len()), (20, 20));
}

#[tokio::test]
async fn a_module_of_another_process_is_known_when_a_document_names_it() {
    let home = Home::new();
    let (here, there) = (home.open().await, home.open().await);
    let facts = uploaded(&there, json!({})).await;
    change(&here, put(json!({"plugins": [{"name": "paper", "digest": facts.digest}]}))).await;
    assert_eq!(here.modules()[0].facts, facts);
    assert_eq!(here.module(&facts.digest).await.unwrap(), Some(module(json!({}))));
}

#[tokio::test]
async fn a_stored_document_that_does_not_compile_is_named_at_the_start() {
    let home = Home::new();
    commit_unchecked(&home, 0).await;
    let Err(ConfigError::Refused { revision, findings }) = home.try_open().await else { panic!("it was served") };
    assert_eq!((revision, findings[0].path.to_string()), (1, "routes.lost.upstream".to_owned()));
}

#[tokio::test]
async fn while_the_newest_revision_does_not_compile_the_last_good_one_is_served_and_a_change_can_repair_it() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    commit_unchecked(&home, 1).await;

    let unrelated = service.change(request(vec![upstream("other", 1)])).await;
    assert!(matches!(unrelated, Err(ChangeError::Invalid(_))), "{unrelated:?}");
    assert_eq!((served(&service), service.document().0), (1, 1));

    assert_eq!(change(&service, vec![delete(Kind::Routes, "lost")]).await.revision, 3);
    assert_eq!((served(&service), service.document().0), (3, 3));
}

/// Commits a route to nowhere past the service, as a version of the gateway with other rules could.
async fn commit_unchecked(home: &Home, expected: u64) {
    let commit = Commit { actor: alice(), comment: None, edits: vec![route("lost", "nowhere")], purges: Vec::new() };
    home.store().await.commit(expected, &commit).await.unwrap();
}
