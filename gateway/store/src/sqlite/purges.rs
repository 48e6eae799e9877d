//! Purges: those that still say something, and the floor beneath them.

use gateway_model::{KeptPurge, KeptPurges, MOST_PURGES, Purge, PurgeKind, PurgeScope};
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use super::changes;
use crate::{error::StoreError, records::StoredPurge, rows};

/// Adds the purges of a revision; what they cover goes, and the oldest of too many.
pub(super) async fn add(connection: &mut SqliteConnection, revision: u64, purges: &[Purge]) -> Result<(), StoreError> {
    for purge in purges {
        drop_covered(connection, purge).await?;
        insert(connection, revision, purge).await?;
    }
    match purges.is_empty() {
        true => Ok(()),
        false => drop_oldest(connection).await,
    }
}

/// Drops earlier purges that say nothing beside a new one: of the same scope, or of any where it is about everything, and
/// no harder than it.
async fn drop_covered(connection: &mut SqliteConnection, purge: &Purge) -> Result<(), StoreError> {
    let delete = "DELETE FROM purges WHERE ($1 = 'all' OR scope = $1 AND value = $2) AND soft >= $3";
    sqlx::query(delete)
        .bind(purge.scope.kind().as_str())
        .bind(purge.scope.value())
        .bind(purge.soft)
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("drop purges that another covers"))
}

async fn insert(connection: &mut SqliteConnection, revision: u64, purge: &Purge) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO purges (scope, value, soft, revision) VALUES ($1, $2, $3, $4)")
        .bind(purge.scope.kind().as_str())
        .bind(purge.scope.value())
        .bind(purge.soft)
        .bind(rows::signed(revision))
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("write a purge"))
}

/// Drops what is beyond [`MOST_PURGES`], by whole revisions, and raises the floor to the newest of them.
async fn drop_oldest(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let failed = || StoreError::database("drop the oldest purges");
    let newest_surplus: Option<i64> =
        sqlx::query_scalar("SELECT revision FROM purges ORDER BY revision DESC LIMIT 1 OFFSET $1")
            .bind(i64::from(MOST_PURGES))
            .fetch_optional(&mut *connection)
            .await
            .map_err(failed())?;
    let Some(floor) = newest_surplus else { return Ok(()) };
    for statement in ["DELETE FROM purges WHERE revision <= $1", "UPDATE purge_floor SET revision = $1"] {
        sqlx::query(statement).bind(floor).execute(&mut *connection).await.map_err(failed())?;
    }
    Ok(())
}

/// All that are kept; the connection is in a transaction.
pub(super) async fn kept(connection: &mut SqliteConnection) -> Result<KeptPurges, StoreError> {
    let failed = || StoreError::database("read the purges");
    let floor = floor(connection).await?;
    let stored = sqlx::query("SELECT scope, value, soft, revision FROM purges ORDER BY revision, scope, value, soft")
        .fetch_all(connection)
        .await
        .map_err(failed())?;
    let purges = stored.iter().map(|row| {
        let revision = rows::unsigned(row.get("revision"));
        Ok(KeptPurge { revision, purge: purge(row)? })
    });
    Ok(KeptPurges { floor, purges: purges.collect::<Result<_, StoreError>>()? })
}

/// As [`kept`], if a revision after `since` has purged anything.
pub(super) async fn kept_since(
    connection: &mut SqliteConnection,
    since: u64,
) -> Result<Option<KeptPurges>, StoreError> {
    let newest: i64 = sqlx::query_scalar("SELECT coalesce(max(revision), 0) FROM purges")
        .fetch_one(&mut *connection)
        .await
        .map_err(StoreError::database("read the newest purge"))?;
    // Of a revision with more purges than are kept, nothing but the floor is left.
    match rows::unsigned(newest).max(floor(connection).await?) > since {
        true => kept(connection).await.map(Some),
        false => Ok(None),
    }
}

/// The last ones that are kept, newest first, with their revisions.
pub(super) async fn newest(pool: &SqlitePool, first: u32) -> Result<Vec<StoredPurge>, StoreError> {
    let select = "SELECT number, actor, committed_at_ms, comment, summary, scope, value, soft
                  FROM purges JOIN told_revisions ON number = revision
                  ORDER BY revision DESC, scope, value, soft LIMIT $1";
    let stored = sqlx::query(select)
        .bind(i64::from(first))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list purges"))?;
    stored.iter().map(|row| Ok(StoredPurge { revision: changes::revision(row), purge: purge(row)? })).collect()
}

async fn floor(connection: &mut SqliteConnection) -> Result<u64, StoreError> {
    sqlx::query_scalar("SELECT revision FROM purge_floor")
        .fetch_one(connection)
        .await
        .map(rows::unsigned)
        .map_err(StoreError::database("read the floor of purges"))
}

fn purge(row: &SqliteRow) -> Result<Purge, StoreError> {
    let text: &str = row.get("scope");
    let kind = PurgeKind::ALL.into_iter().find(|kind| kind.as_str() == text);
    let kind = kind.ok_or_else(|| StoreError::corrupt("a purge", format!("{text:?} is no scope")))?;
    Ok(Purge { scope: PurgeScope::stored(kind, row.get("value")), soft: row.get("soft") })
}
