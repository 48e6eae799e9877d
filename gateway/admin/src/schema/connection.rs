//! Pages of lists, as Relay's cursor connections specification has them.
//!
//! Lists are sorted by a key, and a cursor is the key of an item: resources that come and go between two pages
//! neither shift them nor show an item twice.

use std::{borrow::Cow, ops::Bound, sync::Arc};

use async_graphql::{Object, OutputType, SimpleObject, TypeName};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use gateway_model::Named;
use imbl::OrdMap;

use super::{
    item::{Entry, Item},
    view::View,
};
use crate::error::Failure;

/// The size of a page for those who name none.
const USUAL: usize = 20;

/// The largest page.
const LARGEST: usize = 100;

/// A page of a list.
pub(crate) struct Connection<T: OutputType> {
    edges: Vec<Edge<T>>,
    has_previous_page: bool,
    has_next_page: bool,
    total_count: Option<u64>,
}

/// An item of a page and where it stands.
#[derive(SimpleObject)]
#[graphql(name_type)]
pub(crate) struct Edge<T: OutputType> {
    /// The place of this item, for `after` and `before`.
    cursor: String,
    /// The item.
    node: T,
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether the list goes on after this page.
    has_next_page: bool,
    /// Whether the list has something before this page.
    has_previous_page: bool,
    /// The cursor of the first item, for `before`; null on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last item, for `after`; null on an empty page.
    end_cursor: Option<String>,
}

/// The arguments of a list, as they came.
#[derive(Debug, Default)]
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

/// Which part of a list is wanted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) size: usize,
    pub(crate) direction: Direction,
    /// The key beside which the page begins (forwards) or ends (backwards).
    pub(crate) beside: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Forwards,
    Backwards,
}

impl Paging {
    /// Checks the arguments.
    ///
    /// # Errors
    /// They contradict each other, are out of range, or a cursor is not one of ours.
    pub(crate) fn window(self) -> Result<Window, Failure> {
        let backwards = self.last.is_some() || self.before.is_some();
        if backwards && (self.first.is_some() || self.after.is_some()) {
            return Err(bad("page forwards with `first` and `after`, or backwards with `last` and `before`, not both"));
        }
        let (direction, size, cursor) = match backwards {
            false => (Direction::Forwards, self.first, self.after),
            true => (Direction::Backwards, self.last, self.before),
        };
        let beside = cursor.map(|cursor| read_cursor(&cursor)).transpose()?;
        Ok(Window { size: page_size(size)?, direction, beside })
    }
}

impl<T: OutputType> Connection<T> {
    /// The page of `items` that `paging` asks for. Costs the size of the page, whatever the length of the list.
    pub(crate) fn page<V: Clone>(
        items: &OrdMap<String, V>,
        paging: Paging,
        node: impl Fn(&V) -> T,
    ) -> Result<Self, Failure> {
        let window = paging.window()?;
        let beside = window.beside.as_deref();
        let edge = |(key, value): (&String, &V)| Edge::new(key, node(value));
        let mut edges: Vec<Edge<T>> = match window.direction {
            Direction::Forwards => {
                let from = beside.map_or(Bound::Unbounded, Bound::Excluded);
                items.range::<_, str>((from, Bound::Unbounded)).take(window.size + 1).map(edge).collect()
            }
            Direction::Backwards => {
                let to = beside.map_or(Bound::Unbounded, Bound::Excluded);
                items.range::<_, str>((Bound::Unbounded, to)).rev().take(window.size + 1).map(edge).collect()
            }
        };
        let more = edges.len() > window.size;
        edges.truncate(window.size);
        let beyond = beside.is_some_and(|key| has_beyond(items, key, window.direction));
        Ok(Self::new(edges, window.direction, more, beyond).total(items.len() as u64))
    }

    /// A page from its edges in the order in which they were read: `more` follow in that direction, `beyond` tells
    /// whether anything lies behind where reading began.
    pub(crate) fn new(mut edges: Vec<Edge<T>>, direction: Direction, more: bool, beyond: bool) -> Self {
        let (has_previous_page, has_next_page) = match direction {
            Direction::Forwards => (beyond, more),
            Direction::Backwards => {
                edges.reverse();
                (more, beyond)
            }
        };
        Self { edges, has_previous_page, has_next_page, total_count: None }
    }

    pub(crate) fn total(self, count: u64) -> Self {
        Self { total_count: Some(count), ..self }
    }
}

impl<T: Item> Connection<Entry<T>>
where
    Entry<T>: OutputType,
{
    /// The page of all resources of a kind.
    pub(crate) fn all(view: &Arc<View>, paging: Paging) -> Result<Self, Failure> {
        Self::of(T::all(&view.document), view, paging)
    }

    /// The page of `items`, which belong to `view`.
    pub(crate) fn of(items: &Named<T>, view: &Arc<View>, paging: Paging) -> Result<Self, Failure> {
        Self::page(items, paging, |item| Entry { view: view.clone(), item: item.clone() })
    }
}

impl<T: OutputType> Edge<T> {
    pub(crate) fn new(key: &str, node: T) -> Self {
        Self { cursor: BASE64_URL_SAFE_NO_PAD.encode(key), node }
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: OutputType> Connection<T> {
    /// The items of this page.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// The items of this page, each with its cursor.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// The length of the whole list; null where counting would be costly.
    async fn total_count(&self) -> Option<u64> {
        self.total_count
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// What a list costs in units of its items, for the limit on complexity.
pub(crate) fn cost(first: Option<i32>, last: Option<i32>) -> usize {
    page_size(first.or(last)).unwrap_or(LARGEST).max(1)
}

/// The size of the page that was asked for.
pub(crate) fn page_size(asked: Option<i32>) -> Result<usize, Failure> {
    let Some(asked) = asked else { return Ok(USUAL) };
    let size =
        usize::try_from(asked).map_err(|_| bad(format!("a page cannot have {asked} items: ask for 0 to {LARGEST}")))?;
    Ok(size.min(LARGEST))
}

fn read_cursor(cursor: &str) -> Result<String, Failure> {
    let key = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    key.ok_or_else(|| bad(format!("{cursor:?} is no cursor: use one from pageInfo or edges")))
}

fn has_beyond<V: Clone>(items: &OrdMap<String, V>, key: &str, direction: Direction) -> bool {
    match direction {
        Direction::Forwards => items.range::<_, str>((Bound::Unbounded, Bound::Included(key))).next().is_some(),
        Direction::Backwards => items.range::<_, str>((Bound::Included(key), Bound::Unbounded)).next().is_some(),
    }
}

fn bad(message: impl Into<String>) -> Failure {
    Failure::BadInput(message.into())
}

#[cfg(test)]
mod tests;
