//! When credentials were last used.

use sqlx::{Row, SqliteConnection, SqlitePool};

use crate::{error::StoreError, records::CredentialUse};

pub(super) async fn note(connection: &mut SqliteConnection, uses: &[CredentialUse]) -> Result<(), StoreError> {
    let upsert = "INSERT INTO credential_uses (credential, key_digest, at_ms) VALUES ($1, $2, $3)
                  ON CONFLICT (credential, key_digest) DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)";
    for used in uses {
        sqlx::query(upsert)
            .bind(used.credential.as_str())
            .bind(used.key.as_str())
            .bind(used.at_ms)
            .execute(&mut *connection)
            .await
            .map_err(StoreError::database("note the use of a credential"))?;
    }
    Ok(())
}

pub(super) async fn since(pool: &SqlitePool, since: i64) -> Result<Vec<CredentialUse>, StoreError> {
    let stored = sqlx::query("SELECT credential, key_digest, at_ms FROM credential_uses WHERE at_ms >= $1")
        .bind(since)
        .fetch_all(pool)
        .await
        .map_err(StoreError::database("read the uses of credentials"))?;
    let used = |row: &sqlx::sqlite::SqliteRow| CredentialUse {
        credential: row.get("credential"),
        key: row.get("key_digest"),
        at_ms: row.get("at_ms"),
    };
    Ok(stored.iter().map(used).collect())
}

/// A key is known by its digest, which stands in the stored form of its credential, whatever else does.
pub(super) async fn forget(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let delete = "DELETE FROM credential_uses WHERE NOT EXISTS (
                      SELECT 1 FROM resources
                      WHERE kind = 'credentials' AND name = credential
                        AND (key_digest = '' OR instr(lower(body), key_digest) > 0))";
    sqlx::query(delete)
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("forget the uses of credentials"))
}
