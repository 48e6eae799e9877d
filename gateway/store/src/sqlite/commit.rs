//! Writing a revision: resources, history and audit, in the caller's transaction.

use gateway_model::{Edit, Purge, Revision};
use sqlx::SqliteConnection;

use super::{audit, changes, purges, resources};
use crate::{
    error::StoreError,
    records::{AuditRecord, Commit, action},
    rows,
};

pub(super) async fn write(
    connection: &mut SqliteConnection,
    expected: u64,
    commit: &Commit,
) -> Result<Revision, StoreError> {
    let current = changes::newest(connection).await?;
    if current != expected {
        return Err(StoreError::Conflict { current });
    }
    let number = expected + 1;
    let revision = Revision {
        number,
        actor: commit.actor.clone(),
        committed_at_ms: rows::now_ms(),
        comment: commit.comment.clone(),
        summary: summary(&commit.edits, &commit.purges),
    };
    add(connection, &revision).await?;
    for edit in &commit.edits {
        apply(connection, rows::signed(number), edit).await?;
    }
    purges::add(connection, number, &commit.purges).await?;
    let action = if commit.edits.is_empty() { action::CACHE_PURGED } else { action::CONFIG_CHANGED };
    let record = AuditRecord { actor: commit.actor.clone(), action, detail: revision.summary.clone() };
    audit::add(connection, &record, Some(number)).await?;
    Ok(revision)
}

async fn add(connection: &mut SqliteConnection, revision: &Revision) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO revisions (number, actor, committed_at_ms, comment) VALUES ($1, $2, $3, $4)")
        .bind(rows::signed(revision.number))
        .bind(revision.actor.name.as_str())
        .bind(revision.committed_at_ms)
        .bind(revision.comment.as_deref())
        .execute(connection)
        .await
        .map(drop)
        .map_err(StoreError::database("write a revision"))
}

async fn apply(connection: &mut SqliteConnection, revision: i64, edit: &Edit) -> Result<(), StoreError> {
    let (kind, name) = (edit.kind(), edit.name());
    let before = resources::body(connection, kind, name).await?;
    let after = match edit {
        Edit::Put(resource) => {
            let body = rows::body(resource)?;
            resources::put(connection, resource, &body, revision).await?;
            Some(body)
        }
        Edit::Delete { .. } => {
            resources::delete(connection, kind, name).await?;
            None
        }
    };
    changes::add(connection, revision, (kind, name), before.as_deref(), after.as_deref()).await
}

/// What a revision did, for the audit log: little by name, much by number.
fn summary(edits: &[Edit], purges: &[Purge]) -> String {
    const NAMED: usize = 10;
    let phrase = |edit: &Edit| match edit {
        Edit::Put(_) => format!("put {}.{}", edit.kind(), edit.name()),
        Edit::Delete { .. } => format!("deleted {}.{}", edit.kind(), edit.name()),
    };
    let phrases = edits.iter().map(phrase).chain(purges.iter().map(Purge::to_string));
    let mut text = phrases.take(NAMED).collect::<Vec<_>>().join(", ");
    let all = edits.len() + purges.len();
    if all > NAMED {
        text.push_str(&format!(" and {} more", all - NAMED));
    }
    text
}
