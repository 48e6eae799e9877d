//! The audit log.

use gateway_model::Actor;
use sqlx::{Row, SqliteConnection, SqlitePool, sqlite::SqliteRow};

use crate::{
    error::StoreError,
    records::{AuditEntry, AuditRecord, Page, Slice},
    rows,
};

pub(super) async fn add(
    connection: &mut SqliteConnection,
    record: &AuditRecord,
    revision: Option<u64>,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO audit (at_ms, actor, action, revision, detail) VALUES ($1, $2, $3, $4, $5)")
        .bind(rows::now_ms())
        .bind(record.actor.name.as_str())
        .bind(record.action)
        .bind(revision.map(rows::signed))
        .bind(record.detail.as_str())
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("write the audit log"))
}

pub(super) async fn page(pool: &SqlitePool, page: &Page) -> Result<Slice<AuditEntry>, StoreError> {
    let select = "SELECT id, at_ms, actor, action, revision, detail FROM audit
                  WHERE id < $1 ORDER BY id DESC LIMIT $2";
    let stored = sqlx::query(select)
        .bind(rows::before(page))
        .bind(rows::one_more(page))
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("read the audit log"))?;
    Ok(Slice::cut(stored.iter().map(entry).collect(), page))
}

fn entry(row: &SqliteRow) -> AuditEntry {
    AuditEntry {
        id: rows::unsigned(row.get("id")),
        at_ms: row.get("at_ms"),
        actor: Actor { name: row.get("actor") },
        action: row.get("action"),
        revision: row.get::<Option<i64>, _>("revision").map(rows::unsigned),
        detail: row.get("detail"),
    }
}
