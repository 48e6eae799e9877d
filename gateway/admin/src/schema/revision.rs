//! Revisions: the history of the configuration.

use async_graphql::{Context, ID, Object};
use gateway_config::{Page, ResourceChange, Slice};
use gateway_model as model;
use imbl::OrdMap;

use super::{
    Scope,
    connection::{Connection, Direction, Edge, Paging, Window, cost},
    difference::Change,
    item::global_id,
    scalar::DateTime,
};
use crate::error::Failure;

/// One committed change of the configuration.
pub(crate) struct Revision(model::Revision);

impl Revision {
    pub(crate) const TYPE: &'static str = "Revision";

    /// The revision of that number.
    pub(crate) async fn find(scope: &Scope, number: u64) -> Result<Option<Self>, Failure> {
        let page = Page { first: 1, after: number.checked_add(1) };
        let found = scope.service.revisions(&page).await.map_err(Failure::store)?;
        Ok(found.items.into_iter().find(|revision| revision.number == number).map(Self))
    }
}

impl From<model::Revision> for Revision {
    fn from(revision: model::Revision) -> Self {
        Self(revision)
    }
}

/// One committed change of the configuration.
#[Object]
impl Revision {
    /// Global id.
    pub(crate) async fn id(&self) -> ID {
        global_id(Self::TYPE, &self.0.number.to_string())
    }

    /// Counts up from 1 without gaps. It leaves the range of other servers' `Int` after two thousand million changes, which is one a second for 68 years.
    async fn number(&self) -> u64 {
        self.0.number
    }

    /// Name of the admin token that made the change, or of the part of the gateway that did.
    async fn actor(&self) -> &str {
        &self.0.actor.name
    }

    /// When it was committed.
    async fn committed_at(&self) -> DateTime {
        DateTime::from_ms(self.0.committed_at_ms)
    }

    /// Why, in the words of whoever made it.
    async fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    /// What it did, in a phrase, as the audit log has it: `put routes.orders`, or `purged tag "articles"`.
    async fn summary(&self) -> &str {
        &self.0.summary
    }

    /// What was changed, by kind and name; empty for a revision that only purges the cache.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn changes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the beginning or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the end or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Change>>, Failure> {
        let changes = Scope::of(context).service.changes(self.0.number).await.map_err(Failure::store)?;
        let place = |change: &ResourceChange| format!("{}/{}", change.kind, change.name);
        let by_place: OrdMap<_, _> = changes.into_iter().map(|it| (place(&it), Change::from(it))).collect();
        Connection::page(&by_place, Paging { first, after, last, before }, Change::clone).map(Some)
    }
}

#[derive(Default)]
pub(crate) struct RevisionQueries;

#[Object]
impl RevisionQueries {
    /// The number of the revision that this answer was read from; 0 before any change.
    async fn current_revision(&self, context: &Context<'_>) -> u64 {
        Scope::of(context).view.revision
    }

    /// The revision of that number, or null.
    async fn revision(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its number.")] number: u64,
    ) -> Result<Option<Revision>, Failure> {
        Revision::find(Scope::of(context), number).await
    }

    /// All revisions, newest first.
    #[graphql(complexity = "cost(first, last) * child_complexity + 1")]
    async fn revisions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many, from the newest or after `after`: 20 if not given, 100 at most.")]
        first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many, from the oldest or before `before`.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Revision>>, Failure> {
        let scope = Scope::of(context);
        let window = Paging { first, after, last, before }.window()?;
        let total = scope.view.revision;
        let range = Range::of(&window, total)?;
        let page = Page { first: range.count(), after: range.newest.checked_add(1) };
        let read = scope.service.revisions(&page).await.map_err(Failure::store)?;
        Ok(Some(range.connection(read).total(total)))
    }
}

/// A run of revisions, both ends included; empty when the oldest is above the newest.
///
/// Numbers have no gaps, so a page backwards is a page forwards from a number that can be told.
#[derive(Debug, PartialEq, Eq)]
struct Range {
    newest: u64,
    oldest: u64,
    total: u64,
}

impl Range {
    fn of(window: &Window, total: u64) -> Result<Self, Failure> {
        let beside = window.beside.as_deref().map(read_number).transpose()?;
        let size = window.size as u64;
        Ok(match window.direction {
            Direction::Forwards => {
                let newest = beside.map_or(total, |number| number.saturating_sub(1)).min(total);
                Self { newest, oldest: newest.saturating_sub(size) + 1, total }
            }
            Direction::Backwards => {
                let oldest = beside.map_or(1, |number| number.saturating_add(1)).max(1);
                Self { newest: (oldest - 1).saturating_add(size).min(total), oldest, total }
            }
        })
    }

    fn count(&self) -> u32 {
        let count = (self.newest + 1).saturating_sub(self.oldest);
        u32::try_from(count).expect("a page has at most a hundred items")
    }

    fn connection(&self, read: Slice<model::Revision>) -> Connection<Revision> {
        let in_range = read.items.into_iter().filter(|revision| (self.oldest..=self.newest).contains(&revision.number));
        let edges = in_range.map(|revision| Edge::new(&revision.number.to_string(), Revision(revision))).collect();
        Connection::new(edges, Direction::Forwards, self.oldest > 1, self.newest < self.total)
    }
}

/// The number in the cursor of a revision or of an audit entry.
pub(crate) fn read_number(key: &str) -> Result<u64, Failure> {
    key.parse().map_err(|_| Failure::BadInput("the cursor belongs to another list".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_over_ten_revisions_is_a_run_of_numbers() {
        use Direction::{Backwards, Forwards};
        for (direction, size, beside, newest, oldest) in [
            (Forwards, 3, None, 10, 8),
            (Forwards, 3, Some("8"), 7, 5),
            (Forwards, 3, Some("2"), 1, 1),
            (Forwards, 3, Some("1"), 0, 1),
            (Forwards, 20, None, 10, 1),
            (Forwards, 0, None, 10, 11),
            (Backwards, 3, None, 3, 1),
            (Backwards, 3, Some("3"), 6, 4),
            (Backwards, 3, Some("9"), 10, 10),
            (Backwards, 3, Some("10"), 10, 11),
        ] {
            let window = Window { size, direction, beside: beside.map(str::to_owned) };
            let range = Range::of(&window, 10).unwrap();
            assert_eq!((range.newest, range.oldest), (newest, oldest), "{window:?}");
        }
    }
}
