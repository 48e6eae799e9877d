//! The document: one row per resource.

use futures_util::TryStreamExt;
use gateway_model::{Document, Edit, Kind, Resource};
use sqlx::{Row, SqliteConnection};

use super::changes;
use crate::{error::StoreError, rows};

/// The whole document and its revision; the connection is in a transaction.
pub(super) async fn load(connection: &mut SqliteConnection) -> Result<(u64, Document), StoreError> {
    let revision = changes::newest(connection).await?;
    let mut document = Document::default();
    let failed = || StoreError::database("load the document");
    let mut stored = sqlx::query("SELECT kind, name, body FROM resources").fetch(connection);
    while let Some(row) = stored.try_next().await.map_err(failed())? {
        let (kind, name) = (rows::kind(row.get("kind"))?, row.get("name"));
        document.apply(&Edit::Put(rows::resource(kind, name, row.get("body"))?));
    }
    Ok((revision, document))
}

/// The stored JSON of one resource.
pub(super) async fn body(
    connection: &mut SqliteConnection,
    kind: Kind,
    name: &str,
) -> Result<Option<String>, StoreError> {
    sqlx::query_scalar("SELECT body FROM resources WHERE kind = $1 AND name = $2")
        .bind(kind.as_str())
        .bind(name)
        .fetch_optional(connection)
        .await
        .map_err(StoreError::database("read a resource"))
}

pub(super) async fn put(
    connection: &mut SqliteConnection,
    resource: &Resource,
    body: &str,
    revision: i64,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO resources (kind, name, body, revision) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body, revision = excluded.revision";
    sqlx::query(upsert)
        .bind(resource.kind().as_str())
        .bind(resource.name())
        .bind(body)
        .bind(revision)
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("write a resource"))
}

pub(super) async fn delete(connection: &mut SqliteConnection, kind: Kind, name: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM resources WHERE kind = $1 AND name = $2")
        .bind(kind.as_str())
        .bind(name)
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("delete a resource"))
}
