//! Uploaded modules.

use std::sync::Arc;

use gateway_model::{Actor, Digest, PluginFacts};
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use super::audit;
use crate::{
    error::StoreError,
    records::{AuditRecord, StoredModule, action},
    rows,
};

pub(super) async fn put(
    connection: &mut SqliteConnection,
    actor: &Actor,
    facts: &PluginFacts,
    wasm: &[u8],
    signer: Option<&str>,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO modules (digest, facts, wasm, size, uploaded_at_ms, uploaded_by, signer)
                  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (digest) DO NOTHING";
    let inserted = sqlx::query(insert)
        .bind(facts.digest.as_str())
        .bind(rows::facts_body(facts)?)
        .bind(wasm)
        .bind(rows::signed(facts.size))
        .bind(rows::now_ms())
        .bind(actor.name.as_str())
        .bind(signer)
        .execute(&mut *connection)
        .await
        .map_err(StoreError::database("store a module"))?;
    if inserted.rows_affected() == 0 {
        return sign(connection, &facts.digest, signer).await;
    }
    record(connection, actor, action::MODULE_UPLOADED, facts).await
}

/// Fills in the signer of a module that came without one.
async fn sign(connection: &mut SqliteConnection, digest: &Digest, signer: Option<&str>) -> Result<(), StoreError> {
    sqlx::query("UPDATE modules SET signer = $1 WHERE digest = $2 AND signer IS NULL")
        .bind(signer)
        .bind(digest.as_str())
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("sign a module"))
}

pub(super) async fn delete(
    connection: &mut SqliteConnection,
    actor: &Actor,
    digest: &Digest,
) -> Result<bool, StoreError> {
    let delete = "DELETE FROM modules WHERE digest = $1 AND NOT EXISTS (
                      SELECT 1 FROM resources WHERE kind = 'plugins' AND json_extract(body, '$.digest') = $1)
                  RETURNING facts";
    let deleted: Option<String> = sqlx::query_scalar(delete)
        .bind(digest.as_str())
        .fetch_optional(&mut *connection)
        .await
        .map_err(StoreError::database("delete a module"))?;
    let Some(facts) = deleted else { return Ok(false) };
    record(connection, actor, action::MODULE_DELETED, &rows::facts(digest.as_str(), &facts)?).await?;
    Ok(true)
}

async fn record(
    connection: &mut SqliteConnection,
    actor: &Actor,
    action: &'static str,
    facts: &PluginFacts,
) -> Result<(), StoreError> {
    let detail = format!("{} {} ({})", facts.name, facts.version, facts.digest);
    audit::add(connection, &AuditRecord { actor: actor.clone(), action, detail }, None).await
}

pub(super) async fn bytes(pool: &SqlitePool, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
    sqlx::query_scalar("SELECT wasm FROM modules WHERE digest = $1")
        .bind(digest.as_str())
        .fetch_optional(pool)
        .await
        .map_err(StoreError::database("read a module"))
}

pub(super) async fn one(pool: &SqlitePool, digest: &Digest) -> Result<Option<StoredModule>, StoreError> {
    let select = "SELECT digest, facts, uploaded_at_ms, uploaded_by, signer FROM modules WHERE digest = $1";
    let stored = sqlx::query(select)
        .bind(digest.as_str())
        .fetch_optional(pool)
        .await
        .map_err(StoreError::database("look a module up"))?;
    stored.as_ref().map(module).transpose()
}

pub(super) async fn all(pool: &SqlitePool) -> Result<Vec<StoredModule>, StoreError> {
    let stored = sqlx::query("SELECT digest, facts, uploaded_at_ms, uploaded_by, signer FROM modules ORDER BY id")
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list modules"))?;
    stored.iter().map(module).collect()
}

fn module(row: &SqliteRow) -> Result<StoredModule, StoreError> {
    Ok(StoredModule {
        facts: Arc::new(rows::facts(row.get("digest"), row.get("facts"))?),
        uploaded_at_ms: row.get("uploaded_at_ms"),
        uploaded_by: row.get::<Option<String>, _>("uploaded_by").map(|name| Actor { name }),
        signer: row.get("signer"),
    })
}
