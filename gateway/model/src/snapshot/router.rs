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

mod candidates;
mod conditions;
mod pattern;
mod tree;

use std::{collections::HashMap, sync::Arc};

use regex::{Regex, RegexSet, RegexSetBuilder};

use self::{
    candidates::Candidates,
    tree::{Reach, Tree},
};
pub(crate) use self::{
    candidates::{Clash, MOST_AT_ONE_PLACE},
    conditions::{Conditions, Wanted},
};
pub use self::{conditions::Head, pattern::PathPattern};
use super::CompiledRoute;

/// All regular expressions of one host take no more memory than this, in bytes.
const MOST_REGEX_BYTES: usize = 2 << 20;

/// All routes, by what they match.
#[derive(Debug, Default)]
pub struct RouteTable {
    routes: Vec<Arc<CompiledRoute>>,
    hosts: HashMap<Box<str>, Host, foldhash::fast::FixedState>,
    /// By what follows the `*`, with its dot.
    wildcards: HashMap<Box<str>, Host, foldhash::fast::FixedState>,
    any: Host,
}

#[derive(Debug, Default)]
struct Host {
    tree: Tree,
    /// In the order of the names of their routes.
    expressions: Vec<(Arc<Regex>, Candidates)>,
    /// Tells in one pass over a path which of the expressions match it; none where there is at most one, and where they
    /// are too large together.
    set: Option<RegexSet>,
}

/// A route and what it matches.
pub(crate) struct Entry {
    /// In lower case; with `*.` at the beginning for all names below. None for every host.
    pub(crate) hosts: Vec<String>,
    pub(crate) conditions: Conditions,
    pub(crate) route: Arc<CompiledRoute>,
}

impl RouteTable {
    /// Routes in the order of their names, and those that stand in each other's way.
    pub(crate) fn new(entries: impl IntoIterator<Item = Entry>) -> (Self, Vec<Clash>) {
        let mut table = Self::default();
        for Entry { hosts, conditions, route } in entries {
            let place = table.routes.len();
            for host in &hosts {
                table.host(host).add(&route.pattern, conditions.clone(), place);
            }
            if hosts.is_empty() {
                table.any.add(&route.pattern, conditions, place);
            }
            table.routes.push(route);
        }
        let mut clashes = Vec::new();
        for host in table.hosts.values_mut().chain(table.wildcards.values_mut()).chain([&mut table.any]) {
            host.complete();
            clashes.extend(host.candidates().flat_map(Candidates::clashes));
        }
        clashes.sort_unstable_by_key(|clash| match *clash {
            Clash::Same { first, second } | Clash::Overlapping { first, second } => (second, first),
            Clash::Crowded { second } => (second, second),
        });
        clashes.dedup();
        (table, clashes)
    }

    fn host(&mut self, host: &str) -> &mut Host {
        match host.strip_prefix('*') {
            Some(suffix) => self.wildcards.entry(suffix.into()).or_default(),
            None => self.hosts.entry(host.into()).or_default(),
        }
    }

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
        self.routes.get(place)
    }

    /// All routes, each at its place.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<CompiledRoute>> {
        self.routes.iter()
    }
}

impl Host {
    fn add(&mut self, pattern: &PathPattern, conditions: Conditions, place: usize) {
        let candidates = match pattern {
            PathPattern::Whole(segments) => self.tree.at(segments, Reach::Whole),
            PathPattern::Beginning(segments, _) => self.tree.at(segments, Reach::Beginning),
            PathPattern::Regex(regex) => {
                let known = self.expressions.iter().position(|(known, _)| known.as_str() == regex.as_str());
                let at = known.unwrap_or_else(|| {
                    self.expressions.push((regex.clone(), Candidates::default()));
                    self.expressions.len() - 1
                });
                &mut self.expressions[at].1
            }
        };
        candidates.add(conditions, place);
    }

    fn complete(&mut self) {
        if self.expressions.len() < 2 {
            return;
        }
        let patterns = self.expressions.iter().map(|(regex, _)| regex.as_str());
        self.set = RegexSetBuilder::new(patterns).size_limit(MOST_REGEX_BYTES).build().ok();
    }

    fn find(&self, head: &Head<'_>) -> Option<usize> {
        let (whole, beginning) = self.tree.find(head);
        whole.or_else(|| self.find_by_expression(head)).or(beginning)
    }

    fn find_by_expression(&self, head: &Head<'_>) -> Option<usize> {
        if self.expressions.is_empty() {
            return None;
        }
        match &self.set {
            Some(set) => set.matches(head.path).into_iter().filter_map(|at| self.expressions[at].1.find(head)).next(),
            None => {
                let matching = self.expressions.iter().filter(|(regex, _)| regex.is_match(head.path));
                matching.filter_map(|(_, candidates)| candidates.find(head)).next()
            }
        }
    }

    fn candidates(&self) -> impl Iterator<Item = &Candidates> {
        self.tree.all().chain(self.expressions.iter().map(|(_, candidates)| candidates))
    }
}

#[cfg(test)]
mod tests;
