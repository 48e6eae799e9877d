//! History: the revisions and what each of them changed.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use gateway_model::{Actor, Digest, Edit, Kind, Resource, Revision};
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use crate::{
    error::StoreError,
    records::{Page, ResourceChange, Slice, Step},
    rows,
};

/// The number of the newest revision; 0 before the first.
pub(super) async fn newest(connection: &mut SqliteConnection) -> Result<u64, StoreError> {
    sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM revisions")
        .fetch_one(connection)
        .await
        .map(rows::unsigned)
        .map_err(StoreError::database("read the newest revision"))
}

pub(super) async fn add(
    connection: &mut SqliteConnection,
    revision: i64,
    (kind, name): (Kind, &str),
    before: Option<&str>,
    after: Option<&str>,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO changes (revision, kind, name, before, after) VALUES ($1, $2, $3, $4, $5)";
    sqlx::query(insert)
        .bind(revision)
        .bind(kind.as_str())
        .bind(name)
        .bind(before)
        .bind(after)
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("write a change"))
}

/// The edits after `since` and the newest revision; the connection is in a transaction.
pub(super) async fn edits_since(connection: &mut SqliteConnection, since: u64) -> Result<(u64, Vec<Edit>), StoreError> {
    let newest = newest(connection).await?;
    let mut edits = Vec::new();
    let select = "SELECT kind, name, NULL AS before, after FROM changes WHERE revision > $1 ORDER BY revision";
    let mut stored = sqlx::query(select).bind(rows::signed(since)).fetch(connection);
    while let Some(row) = stored.try_next().await.map_err(StoreError::database("follow the changes"))? {
        edits.push(change(&row)?.into_edit());
    }
    drop(stored);
    Ok((newest, edits))
}

pub(super) async fn revisions(pool: &SqlitePool, page: &Page) -> Result<Slice<Revision>, StoreError> {
    let select = "SELECT number, actor, committed_at_ms, comment, summary FROM told_revisions
                  WHERE number < $1 ORDER BY number DESC LIMIT $2";
    let stored = sqlx::query(select)
        .bind(rows::before(page))
        .bind(rows::one_more(page))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list revisions"))?;
    Ok(Slice::cut(stored.iter().map(revision).collect(), page))
}

pub(super) async fn of_revision(pool: &SqlitePool, revision: u64) -> Result<Vec<ResourceChange>, StoreError> {
    let select = "SELECT kind, name, before, after FROM changes WHERE revision = $1 ORDER BY kind, name";
    let stored = sqlx::query(select)
        .bind(rows::signed(revision))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list changes"))?;
    stored.iter().map(change).collect()
}

pub(super) async fn history(pool: &SqlitePool, kind: Kind, name: &str, page: &Page) -> Result<Slice<Step>, StoreError> {
    let select = "SELECT number, actor, committed_at_ms, comment, summary, kind, name, before, after
                  FROM changes JOIN told_revisions ON number = revision
                  WHERE kind = $1 AND name = $2 AND revision < $3 ORDER BY revision DESC LIMIT $4";
    let stored = sqlx::query(select)
        .bind(kind.as_str())
        .bind(name)
        .bind(rows::before(page))
        .bind(rows::one_more(page))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("read the history of a resource"))?;
    let steps = stored.iter().map(|row| Ok(Step { revision: revision(row), change: change(row)? }));
    Ok(Slice::cut(steps.collect::<Result<_, StoreError>>()?, page))
}

pub(super) async fn modules_named_since(pool: &SqlitePool, since: u64) -> Result<BTreeMap<Digest, u64>, StoreError> {
    let select = "SELECT revision, kind, name, before, after FROM changes
                  WHERE revision > $1 AND kind = 'plugins' ORDER BY revision";
    let stored = sqlx::query(select)
        .bind(rows::signed(since))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list modules in the history"))?;
    let mut named = BTreeMap::new();
    for row in &stored {
        let change = change(row)?;
        for resource in [change.before, change.after].into_iter().flatten() {
            if let Resource::Plugin(plugin) = resource {
                named.insert(plugin.digest.clone(), rows::unsigned(row.get("revision")));
            }
        }
    }
    Ok(named)
}

pub(super) async fn names_since(pool: &SqlitePool, since: u64) -> Result<Vec<(Kind, String)>, StoreError> {
    let select = "SELECT DISTINCT kind, name FROM changes WHERE revision > $1 ORDER BY kind, name";
    let stored = sqlx::query(select)
        .bind(rows::signed(since))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list changed names"))?;
    stored.iter().map(|row| Ok((rows::kind(row.get("kind"))?, row.get("name")))).collect()
}

/// The revision in a row of `told_revisions`.
pub(super) fn revision(row: &SqliteRow) -> Revision {
    Revision {
        number: rows::unsigned(row.get("number")),
        actor: Actor { name: row.get("actor") },
        committed_at_ms: row.get("committed_at_ms"),
        comment: row.get("comment"),
        // Every commit writes an audit row; only a hand at the database can have taken it away.
        summary: row.get::<Option<_>, _>("summary").unwrap_or_default(),
    }
}

fn change(row: &SqliteRow) -> Result<ResourceChange, StoreError> {
    let (kind, name): (_, String) = (rows::kind(row.get("kind"))?, row.get("name"));
    let resource = |column: &str| {
        let body: Option<&str> = row.get(column);
        body.map(|body| rows::resource(kind, &name, body)).transpose()
    };
    let (before, after) = (resource("before")?, resource("after")?);
    Ok(ResourceChange { kind, name, before, after })
}
