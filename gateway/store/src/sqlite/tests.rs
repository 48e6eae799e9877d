use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use gateway_model::{Edit, Resource, Target, Upstream};
use tempfile::TempDir;

use super::*;

mod in_memory {
    use super::*;

    async fn fresh() -> (Sqlite, ()) {
        (Sqlite::in_memory().await.unwrap(), ())
    }

    crate::store_conformance!(fresh);
}

mod in_a_file {
    use super::*;

    async fn fresh() -> (Sqlite, TempDir) {
        let (folder, path) = place();
        (Sqlite::open(&path).await.unwrap(), folder)
    }

    crate::store_conformance!(fresh);
}

/// A file in a folder that is not there yet.
fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data/sluice.db");
    (folder, path)
}

/// One commit that makes upstream `name` answer at `port`.
fn commit(name: &str, port: u64) -> Commit {
    let targets = vec![Target::new(format!("127.0.0.1:{port}"))];
    let upstream = Upstream::new(name, targets);
    let edits = vec![Edit::Put(Resource::Upstream(Arc::new(upstream)))];
    Commit { actor: Actor { name: "test".into() }, comment: None, edits, purges: Vec::new() }
}

#[tokio::test]
async fn what_is_in_a_file_is_there_when_it_is_opened_again() {
    let (_folder, path) = place();
    Sqlite::open(&path).await.unwrap().commit(0, &commit("shop", 1)).await.unwrap();
    let Stored { revision, document, .. } = Sqlite::open(&path).await.unwrap().load().await.unwrap();
    assert_eq!((revision, document.names(Kind::Upstreams)), (1, vec!["shop"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_commits_on_the_same_revision_one_wins_and_none_is_lost() {
    let (_folder, path) = place();
    for expected in 0..5 {
        // Each has connections of its own, as another process would.
        let attempts = (0..8).map(|attempt| {
            let path = path.clone();
            tokio::spawn(async move {
                let store = Sqlite::open(&path).await.unwrap();
                store.commit(expected, &commit(&format!("by-{expected}-{attempt}"), 1)).await
            })
        });
        let mut won = 0;
        for attempt in attempts.collect::<Vec<_>>() {
            match attempt.await.unwrap() {
                Ok(revision) => {
                    assert_eq!(revision.number, expected + 1);
                    won += 1;
                }
                Err(error) => {
                    assert!(matches!(error, StoreError::Conflict { current } if current == expected + 1), "{error:?}")
                }
            }
        }
        assert_eq!(won, 1);
    }
    let Stored { revision, document, .. } = Sqlite::open(&path).await.unwrap().load().await.unwrap();
    assert_eq!((revision, document.upstreams.len()), (5, 5));
}

#[tokio::test]
async fn a_reader_sees_a_commit_of_another_connection_at_once() {
    let (_folder, path) = place();
    let (here, there) = (Sqlite::open(&path).await.unwrap(), Sqlite::open(&path).await.unwrap());
    for expected in 0..20 {
        here.commit(expected, &commit("shop", expected + 1)).await.unwrap();
        assert_eq!(there.revision().await.unwrap(), expected + 1);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = place();
    let store = Sqlite::open(&path).await.unwrap();
    store.commit(0, &commit("shop", 1)).await.unwrap();
    let mut files = 0;
    for file in fs::read_dir(folder.path().join("data")).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.path());
        files += 1;
    }
    assert!(files > 1, "the log lies beside the database");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_not_opened() {
    let (folder, _) = place();
    let path = folder.path().join("notes.txt");
    fs::write(&path, "these are my notes and no database, ".repeat(100)).unwrap();
    let error = Sqlite::open(&path).await.err().unwrap();
    assert!(matches!(&error, StoreError::Open { path: named, .. } if *named == path), "{error:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_not_opened() {
    let (_folder, path) = place();
    let store = Sqlite::open(&path).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'of the future', TRUE, x'00', 0)";
    sqlx::query(newer).execute(&store.writer).await.unwrap();
    let error = Sqlite::open(&path).await.err().unwrap();
    assert!(matches!(error, StoreError::Open { .. }), "{error:?}");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_named() {
    let store = Sqlite::in_memory().await.unwrap();
    store.commit(0, &commit("shop", 1)).await.unwrap();
    sqlx::query("UPDATE resources SET body = '{}'").execute(&store.writer).await.unwrap();
    let error = store.load().await.unwrap_err().to_string();
    assert_eq!(error, "the store holds resource upstreams.shop that cannot be read");
}

// === death ===

const VICTIM: &str = "SLUICE_TEST_VICTIM";

/// Kills a process that commits without pause, and finds every commit that it had been promised.
#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let (_folder, path) = place();
    let mut promised = 0;
    for _ in 0..3 {
        promised = kill_after(spawn_victim(&path), promised + 20);
        let Stored { revision, document, .. } = Sqlite::open(&path).await.unwrap().load().await.unwrap();
        // The last commit may have been made without its promise having been heard.
        assert!(revision >= promised, "{promised} were promised, {revision} survived");
        assert_eq!(document.upstreams["shop"].targets[0].address, format!("127.0.0.1:{revision}"));
        promised = revision;
    }
}

#[tokio::test]
#[ignore = "runs in a process of its own, to be killed by what_was_acknowledged_survives_kill_9"]
async fn victim() {
    let Some(path) = std::env::var_os(VICTIM) else { return };
    let store = Sqlite::open(Path::new(&path)).await.unwrap();
    let first = store.revision().await.unwrap();
    for expected in first.. {
        store.commit(expected, &commit("shop", expected + 1)).await.unwrap();
        println!("committed {}", expected + 1);
    }
}

fn spawn_victim(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sqlite::tests::victim", "--ignored", "--nocapture"])
        .env(VICTIM, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until the victim has promised revision `until`, kills it and returns the last revision that it promised.
fn kill_after(mut victim: Child, until: u64) -> u64 {
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut promises = lines.by_ref().filter_map(|line| line.strip_prefix("committed ")?.parse().ok());
    assert!(promises.any(|revision: u64| revision == until), "the victim gave up");
    victim.kill().unwrap();
    victim.wait().unwrap();
    promises.last().unwrap_or(until)
}
