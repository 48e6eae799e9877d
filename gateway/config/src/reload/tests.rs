use super::*;
use crate::testing::{Home, change, served, upstream};

#[tokio::test]
async fn a_store_that_was_set_back_is_served_as_it_is() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    // As after nine revisions, of which a restored backup holds the first.
    *service.core.head.lock().await = Head { revision: 9, ..Head::default() };
    *service.core.document.write() = (9, Arc::default());
    service.core.reconcile().await.unwrap();
    assert_eq!((served(&service), service.document().0), (1, 1));
    assert!(service.document().1.upstreams.contains_key("shop"));
}

#[tokio::test]
async fn nothing_is_published_when_nothing_was_committed() {
    let home = Home::new();
    let service = home.open().await;
    change(&service, vec![upstream("shop", 1)]).await;
    let mut snapshots = service.snapshots();
    snapshots.mark_unchanged();
    service.core.reconcile().await.unwrap();
    assert!(!snapshots.has_changed().unwrap());
}

#[tokio::test]
async fn the_service_that_nobody_holds_is_gone() {
    let home = Home::new();
    let service = home.open().await;
    let core = Arc::downgrade(&service.core);
    // Whoever reconciles at this moment holds the core until it is done.
    let snapshots = service.snapshots();
    drop(service);
    let mut snapshots = snapshots;
    while snapshots.changed().await.is_ok() {}
    assert!(core.upgrade().is_none());
}
