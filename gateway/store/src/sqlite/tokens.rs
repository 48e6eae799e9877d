//! What guards the gateway: admin tokens and the secrets of the installation.

use gateway_model::Actor;
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use super::audit;
use crate::{
    error::StoreError,
    records::{AuditRecord, StoredToken, action},
    rows,
};

pub(super) async fn add(connection: &mut SqliteConnection, token: &StoredToken) -> Result<(), StoreError> {
    let insert = "INSERT INTO admin_tokens (name, digest, created_at_ms, created_by) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (name) DO NOTHING";
    let inserted = sqlx::query(insert)
        .bind(token.name.as_str())
        .bind(&token.digest[..])
        .bind(token.created_at_ms)
        .bind(token.created_by.name.as_str())
        .execute(&mut *connection)
        .await
        .map_err(StoreError::database("add a token"))?;
    if inserted.rows_affected() == 0 {
        return Err(StoreError::NameTaken(token.name.clone()));
    }
    let record = AuditRecord {
        actor: token.created_by.clone(),
        action: action::TOKEN_CREATED,
        detail: format!("admin token {:?}", token.name),
    };
    audit::add(connection, &record, None).await
}

pub(super) async fn all(pool: &SqlitePool) -> Result<Vec<StoredToken>, StoreError> {
    let stored = sqlx::query("SELECT name, digest, created_at_ms, created_by FROM admin_tokens ORDER BY name")
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("list tokens"))?;
    stored.iter().map(token).collect()
}

pub(super) async fn by_digest(pool: &SqlitePool, digest: &[u8; 32]) -> Result<Option<StoredToken>, StoreError> {
    let select = "SELECT name, digest, created_at_ms, created_by FROM admin_tokens WHERE digest = $1";
    let stored = sqlx::query(select)
        .bind(&digest[..])
        .fetch_optional(pool)
        .await
        .map_err(StoreError::database("look up a token"))?;
    stored.as_ref().map(token).transpose()
}

pub(super) async fn delete(connection: &mut SqliteConnection, actor: &Actor, name: &str) -> Result<bool, StoreError> {
    let deleted = sqlx::query("DELETE FROM admin_tokens WHERE name = $1")
        .bind(name)
        .execute(&mut *connection)
        .await
        .map_err(StoreError::database("delete a token"))?;
    if deleted.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = format!("admin token {name:?}");
    let record = AuditRecord { actor: actor.clone(), action: action::TOKEN_DELETED, detail };
    audit::add(connection, &record, None).await?;
    Ok(true)
}

pub(super) async fn secret(
    connection: &mut SqliteConnection,
    name: &str,
    make: [u8; 32],
) -> Result<[u8; 32], StoreError> {
    let failed = || StoreError::database("keep a secret");
    sqlx::query("INSERT INTO installation_secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(&make[..])
        .execute(&mut *connection)
        .await
        .map_err(failed())?;
    let value: Vec<u8> = sqlx::query_scalar("SELECT value FROM installation_secrets WHERE name = $1")
        .bind(name)
        .fetch_one(connection)
        .await
        .map_err(failed())?;
    rows::bytes32("an installation secret", &value)
}

fn token(row: &SqliteRow) -> Result<StoredToken, StoreError> {
    Ok(StoredToken {
        name: row.get("name"),
        digest: rows::bytes32("an admin token", row.get("digest"))?,
        created_at_ms: row.get("created_at_ms"),
        created_by: Actor { name: row.get("created_by") },
    })
}
