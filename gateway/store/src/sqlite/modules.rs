//! Uploaded modules.

use gateway_model::{Actor, Digest, PluginFacts};
use sqlx::{Row, SqliteConnection, SqlitePool};

use super::audit;
use crate::{
    error::StoreError,
    records::{AuditRecord, action},
    rows,
};

pub(super) async fn put(
    connection: &mut SqliteConnection,
    actor: &Actor,
    facts: &PluginFacts,
    wasm: &[u8],
) -> Result<(), StoreError> {
    let insert = "INSERT INTO modules (digest, facts, wasm, size, uploaded_at_ms) VALUES ($1, $2, $3, $4, $5)
                  ON CONFLICT (digest) DO NOTHING";
    let inserted = sqlx::query(insert)
        .bind(facts.digest.as_str())
        .bind(rows::facts_body(facts)?)
        .bind(wasm)
        .bind(rows::signed(facts.size))
        .bind(rows::now_ms())
        .execute(&mut *connection)
        .await
        .map_err(StoreError::database("store a module"))?;
    if inserted.rows_affected() == 0 {
        return Ok(());
    }
    let detail = format!("{} {} ({})", facts.name, facts.version, facts.digest);
    audit::add(connection, &AuditRecord { actor: actor.clone(), action: action::MODULE_UPLOADED, detail }, None).await
}

pub(super) async fn bytes(pool: &SqlitePool, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
    sqlx::query_scalar("SELECT wasm FROM modules WHERE digest = $1")
        .bind(digest.as_str())
        .fetch_optional(pool)
        .await
        .map_err(StoreError::database("read a module"))
}

pub(super) async fn all(pool: &SqlitePool) -> Result<Vec<PluginFacts>, StoreError> {
    let stored = sqlx::query("SELECT digest, facts FROM modules ORDER BY id")
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list modules"))?;
    stored.iter().map(|row| rows::facts(row.get("digest"), row.get("facts"))).collect()
}
