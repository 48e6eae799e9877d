//! A change and the data path's report of it.

use std::time::Duration;

use crate::{
    error::ChangeError,
    testing::{Home, change, request, soon, upstream},
};

#[tokio::test]
async fn a_change_returns_when_the_data_path_serves_it() {
    let home = Home::new();
    let service = home.open().await;
    let reporter = service.applied();
    let mut snapshots = service.snapshots();
    let task = tokio::spawn({
        let service = service.clone();
        async move { service.change(request(vec![upstream("shop", 1)])).await }
    });
    soon(snapshots.wait_for(|snapshot| snapshot.revision == 1)).await.unwrap();
    reporter.live(0);
    tokio::task::yield_now().await;
    assert!(!task.is_finished());
    reporter.live(1);
    assert_eq!(soon(task).await.unwrap().unwrap().revision, 1);
}

#[tokio::test]
async fn what_the_data_path_cannot_build_is_told_with_its_reason() {
    let home = Home::new();
    let service = home.open().await;
    let reporter = service.applied();
    let mut snapshots = service.snapshots();
    snapshots.mark_unchanged();
    let data_path = async {
        snapshots.changed().await.unwrap();
        reporter.failed(1, "the module is gone");
    };
    let (changed, ()) = tokio::join!(service.change(request(vec![upstream("shop", 1)])), data_path);
    let Err(ChangeError::NotApplied { revision: 1, reason }) = changed else { panic!("{changed:?}") };
    assert_eq!(reason, "the module is gone");
    assert_eq!(service.document().0, 1, "it is committed all the same");
}

#[tokio::test]
async fn a_data_path_that_goes_away_is_not_waited_for() {
    let home = Home::new();
    let service = home.open().await;
    let reporter = service.applied();
    let mut snapshots = service.snapshots();
    snapshots.mark_unchanged();
    let data_path = async {
        snapshots.changed().await.unwrap();
        drop(reporter);
    };
    let (changed, ()) = tokio::join!(service.change(request(vec![upstream("shop", 1)])), data_path);
    assert_eq!(changed.unwrap().revision, 1);
    assert_eq!(change(&service, vec![upstream("shop", 2)]).await.revision, 2);
}

#[tokio::test]
async fn a_data_path_that_says_nothing_is_given_up_after_five_seconds() {
    let home = Home::new();
    let service = home.open().await;
    let _silent = service.applied();
    let mut snapshots = service.snapshots();
    let task = tokio::spawn({
        let service = service.clone();
        async move { service.change(request(vec![upstream("shop", 1)])).await }
    });
    soon(snapshots.wait_for(|snapshot| snapshot.revision == 1)).await.unwrap();
    tokio::time::pause();
    let committed = tokio::time::Instant::now();
    let changed = task.await.unwrap();
    assert!(matches!(changed, Err(ChangeError::NotApplied { revision: 1, .. })), "{changed:?}");
    assert!(committed.elapsed() >= Duration::from_secs(4));
}
