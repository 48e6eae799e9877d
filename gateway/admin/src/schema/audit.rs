//! The audit log.

use async_graphql::{Context, ID, Object};
use gateway_config::{AuditEntry as Stored, Page};

use super::{
    Scope,
    connection::{Connection, Direction, Edge, Paging, cost},
    item::global_id,
    revision::{Revision, read_number},
    scalar::DateTime,
};
use crate::error::Failure;

/// One line of the audit log.
pub(crate) struct AuditEntry(Stored);

/// One line of the audit log: who did what, when.
#[Object]
impl AuditEntry {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        global_id("AuditEntry", &self.0.id.to_string())
    }

    /// When it was done.
    async fn at(&self) -> DateTime {
        DateTime::from_ms(self.0.at_ms)
    }

    /// Name of the admin token that it was done with, or of the part of the gateway that did it.
    async fn actor(&self) -> &str {
        &self.0.actor.name
    }

    /// What was done, such as `config.changed`, `cache.purged`, `module.uploaded` and `token.created`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// What it was done to.
    async fn detail(&self) -> &str {
        &self.0.detail
    }

    /// The revision that it made, if it made one.
    async fn revision(&self, context: &Context<'_>) -> Result<Option<Revision>, Failure> {
        match self.0.revision {
            Some(number) => Revision::find(Scope::of(context), number).await,
            None => Ok(None),
        }
    }
}

#[derive(Default)]
pub(crate) struct AuditQueries;

#[Object]
impl AuditQueries {
    /// The audit log, newest first. It is read forwards only.
    #[graphql(complexity = "cost(first, None) * child_complexity + 1")]
    async fn audit(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the newest or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
    ) -> Result<Option<Connection<AuditEntry>>, Failure> {
        let window = Paging { first, after, ..Paging::default() }.window()?;
        let after = window.beside.as_deref().map(read_number).transpose()?;
        let page = Page { first: u32::try_from(window.size).expect("a page has at most a hundred items"), after };
        let read = Scope::of(context).service.audit(&page).await.map_err(Failure::store)?;
        let edges = read.items.into_iter().map(|entry| Edge::new(&entry.id.to_string(), AuditEntry(entry))).collect();
        Ok(Some(Connection::new(edges, Direction::Forwards, read.has_next, after.is_some())))
    }
}
