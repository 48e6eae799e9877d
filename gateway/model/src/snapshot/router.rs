//! Finds the route of a request.
//!
//! In this order, until a route is found whose conditions hold, too:
//! 1. the host as it is, then the longest wildcard that matches it, then routes for every host;
//! 2. of one host: paths that match as a whole, segment by segment with literals before parameters; then regular
//!    expressions; then beginnings of paths, the longest first;
//! 3. of one path: who names methods, the fewer the sooner; then who asks for more fields, for more parameters of the query,
//!    and for more of them by exact value or by expression; then by name.
//!
//! What it costs grows with the length of host and path, and with the number of routes that only conditions or regular
//! expressions tell apart; not with that of all routes.
//! A table is made from the one before it (`edit`) and shares with it all that has not changed.

mod candidates;
mod conditions;
mod edit;
mod host;
mod pattern;
mod tree;

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::FixedState;
use imbl::OrdMap;

use self::host::Host;
pub(crate) use self::{
    candidates::{Clash, MOST_AT_ONE_PLACE},
    conditions::{Conditions, Wanted},
};
pub use self::{conditions::Head, pattern::PathPattern};
use super::CompiledRoute;

/// All routes, by what they match.
#[derive(Clone, Debug, Default)]
pub struct RouteTable {
    /// A route keeps its place for as long as there is one of its name; none at places that are free.
    routes: Vec<Option<Arc<CompiledRoute>>>,
    places: OrdMap<Arc<str>, usize>,
    free: Vec<usize>,
    hosts: Arc<Hosts>,
    /// By what follows the `*`, with its dot.
    wildcards: Arc<Hosts>,
    any: Arc<Host>,
    /// Routes for the same requests which only their names tell apart, the first one first, and at how many hosts.
    overlaps: OrdMap<(usize, usize), u32>,
}

type Hosts = HashMap<Arc<str>, Arc<Host>, FixedState>;

impl RouteTable {
    /// The place of the route of a request.
    #[must_use]
    pub fn find(&self, head: &Head<'_>) -> Option<usize> {
        // `OPTIONS *` is about no path.
        if !head.path.starts_with('/') {
            return None;
        }
        let exact = self.hosts.get(head.host).and_then(|host| host.find(head));
        exact.or_else(|| self.find_by_wildcard(head)).or_else(|| self.any.find(head))
    }

    fn find_by_wildcard(&self, head: &Head<'_>) -> Option<usize> {
        if self.wildcards.is_empty() {
            return None;
        }
        // A name of its own stands for the `*`.
        let dots = head.host.match_indices('.').filter(|(at, _)| *at > 0);
        dots.filter_map(|(at, _)| self.wildcards.get(&head.host[at..]).and_then(|host| host.find(head))).next()
    }

    /// The route of a request.
    #[must_use]
    pub fn route(&self, head: &Head<'_>) -> Option<&Arc<CompiledRoute>> {
        self.get(self.find(head)?)
    }

    /// The route at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Arc<CompiledRoute>> {
        self.routes.get(place).and_then(Option::as_ref)
    }

    /// What is at each place.
    #[must_use]
    pub fn places(&self) -> &[Option<Arc<CompiledRoute>>] {
        &self.routes
    }

    /// All routes in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<CompiledRoute>> {
        self.places.values().filter_map(|place| self.get(*place))
    }
}

#[cfg(test)]
mod tests;
