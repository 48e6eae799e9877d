//! Opening: where the file lies, how SQLite is set, which schema it has.

use std::{
    fs, io,
    path::Path,
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, SqlSafeStr, SqlitePool,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::Sqlite;
use crate::error::{Cause, StoreError};

/// How long a writer waits for another process to finish its transaction, which takes milliseconds.
const BUSY: Duration = Duration::from_secs(5);

/// Between two attempts to open a file that is busy.
const AGAIN: Duration = Duration::from_millis(10);

/// Connections for reading: history and audit pages are read by a handful of operators at once.
const READERS: u32 = 4;

/// The schema's steps; a shipped file is never edited, for its checksum is kept in the database.
const STEPS: [(i64, &str, &str); 5] = [
    (1, "first", include_str!("../../migrations/0001_first.sql")),
    (2, "modules", include_str!("../../migrations/0002_modules.sql")),
    (3, "usage", include_str!("../../migrations/0003_usage.sql")),
    (4, "credential uses", include_str!("../../migrations/0004_credential_uses.sql")),
    (5, "purges", include_str!("../../migrations/0005_purges.sql")),
];

pub(super) async fn file(path: &Path) -> Result<Sqlite, StoreError> {
    let failed = |source: Cause| StoreError::Open { path: path.to_owned(), source };
    create(path).map_err(|error| failed(error.into()))?;
    let options = SqliteConnectOptions::new().filename(path);
    let writer = pool(1, settings(&options).journal_mode(SqliteJournalMode::Wal));
    migrate_when_free(&writer).await.map_err(failed)?;
    Ok(Sqlite { writer, readers: pool(READERS, settings(&options).read_only(true)) })
}

pub(super) async fn in_memory() -> Result<Sqlite, StoreError> {
    let failed = |source: Cause| StoreError::Open { path: ":memory:".into(), source };
    // A second connection would see a database of its own.
    let pool = pool(1, settings(&SqliteConnectOptions::new().in_memory(true)));
    migrate(&pool).await.map_err(failed)?;
    Ok(Sqlite { writer: pool.clone(), readers: pool })
}

/// Makes the file and its folder. Only the owner may read it: it holds the secrets of the installation.
fn create(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn settings(options: &SqliteConnectOptions) -> SqliteConnectOptions {
    options.clone().busy_timeout(BUSY).synchronous(SqliteSynchronous::Full).disable_statement_logging()
}

fn pool(connections: u32, options: SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(connections)
        // Reopening a file buys nothing, and a database in memory would be lost.
        .max_lifetime(None)
        .idle_timeout(None)
        .test_before_acquire(false)
        .connect_lazy_with(options)
}

/// Of processes that begin with one new file at the same moment SQLite refuses some the journal's mode, and does not wait
/// for it as it does for transactions: so this asks again, for as long.
async fn migrate_when_free(writer: &SqlitePool) -> Result<(), Cause> {
    let until = Instant::now() + BUSY;
    loop {
        match migrate(writer).await {
            Err(cause) if is_busy(&cause) && Instant::now() < until => tokio::time::sleep(AGAIN).await,
            done => return done,
        }
    }
}

/// Whether another connection held what was needed (SQLITE_BUSY).
fn is_busy(cause: &Cause) -> bool {
    let error = cause.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
    error.and_then(|error| error.code()).is_some_and(|code| code == "5")
}

/// Brings the schema up to date, under the write lock: another process may be starting, too.
async fn migrate(writer: &SqlitePool) -> Result<(), Cause> {
    take_steps(writer, &STEPS).await
}

async fn take_steps(writer: &SqlitePool, steps: &[(i64, &'static str, &'static str)]) -> Result<(), Cause> {
    let migration = |(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    let steps: Vec<_> = steps.iter().map(migration).collect();
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    // Not `run`: its future is not `Send` for a borrowed connection, which this form of it is there to avoid.
    Migrator::with_migrations(steps).run_direct(None, &mut *transaction, false).await?;
    Ok(transaction.commit().await?)
}

#[cfg(test)]
mod tests {
    use gateway_model::{Digest, KeptPurges};

    use super::*;
    use crate::{Blobs, ConfigStore, Page};

    #[tokio::test]
    async fn a_file_of_the_first_version_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sluice.db");
        create(&path).unwrap();
        let old = pool(1, settings(&SqliteConnectOptions::new().filename(&path)));
        take_steps(&old, &STEPS[..1]).await.unwrap();
        let digest = Digest::sha256([7; 32]);
        let facts = r#"{"name":"one","version":"1","description":"","defaultOrder":1,"configSchema":{},"imports":[],"hooks":[],"needs":[],"size":4}"#;
        let insert = "INSERT INTO modules (digest, facts, wasm, size, uploaded_at_ms) VALUES ($1, $2, x'00', 4, 5)";
        sqlx::query(insert).bind(digest.as_str()).bind(facts).execute(&old).await.unwrap();
        let audit = "INSERT INTO audit (at_ms, actor, action, detail) VALUES (5, 'alice', 'module.uploaded', $1)";
        sqlx::query(audit).bind(format!("one 1 ({digest})")).execute(&old).await.unwrap();
        let revision = "INSERT INTO revisions (number, actor, committed_at_ms) VALUES (1, 'alice', 5)";
        sqlx::query(revision).execute(&old).await.unwrap();
        let audit = "INSERT INTO audit (at_ms, actor, action, revision, detail) VALUES (5, 'alice', 'config.changed', 1, 'put routes.a')";
        sqlx::query(audit).execute(&old).await.unwrap();
        old.close().await;

        let store = file(&path).await.unwrap();
        let modules = store.modules().await.unwrap();
        assert_eq!(modules[0].facts.digest, digest);
        assert_eq!(modules[0].uploaded_by.as_ref().unwrap().name, "alice");
        assert_eq!((modules[0].uploaded_at_ms, &modules[0].signer), (5, &None));
        assert_eq!(store.revisions(&Page::first(1)).await.unwrap().items[0].summary, "put routes.a");
        assert_eq!(store.load().await.unwrap().purges, KeptPurges::default());
    }
}
