//! Routes with the same host and path, which only their conditions tell apart.

use std::sync::Arc;

use super::conditions::{Conditions, Head};

/// In the order in which they are asked: no route stands before one that asks for the same and more, so none is hidden by
/// another.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidates(Vec<Candidate>);

#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) conditions: Conditions,
    /// Of its route.
    pub(super) name: Arc<str>,
    /// Of its route.
    pub(super) place: usize,
}

/// Two routes for the same requests, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Clash {
    /// They are told apart by nothing.
    Same { first: usize, second: usize },
    /// Requests that could go to either go to the first, only because of its name.
    Overlapping { first: usize, second: usize },
    /// There are too many at its host and path.
    Crowded { second: usize },
}

/// Routes that are told apart by conditions alone: each request may have to ask all of them.
pub(crate) const MOST_AT_ONE_PLACE: usize = 256;

impl Candidates {
    /// Adds a route behind those that are asked before it, and says for which others it stands in the way.
    pub(super) fn add(&mut self, candidate: Candidate) -> Vec<Clash> {
        let at = self.0.partition_point(|other| other.comes_before(&candidate));
        let clashes = match self.0.len() < MOST_AT_ONE_PLACE {
            true => self.clashes(&candidate, at),
            false => vec![Clash::Crowded { second: candidate.place }],
        };
        self.0.insert(at, candidate);
        clashes
    }

    /// Takes the route at that place away, and says for which others it stood in the way.
    pub(super) fn remove(&mut self, place: usize) -> Vec<Clash> {
        let Some(at) = self.0.iter().position(|candidate| candidate.place == place) else { return Vec::new() };
        let candidate = self.0.remove(at);
        self.clashes(&candidate, at)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first of the names of all routes.
    pub(super) fn first_name(&self) -> Option<&Arc<str>> {
        self.0.iter().map(|candidate| &candidate.name).min()
    }

    pub(super) fn find(&self, head: &Head<'_>) -> Option<usize> {
        self.0.iter().find(|candidate| candidate.conditions.hold(head)).map(|candidate| candidate.place)
    }

    /// Those of a route that stands, or is to stand, before the one at `at`.
    fn clashes(&self, candidate: &Candidate, at: usize) -> Vec<Clash> {
        let (before, behind) = self.0.split_at(at);
        let before = before.iter().filter_map(|first| first.clash(candidate));
        before.chain(behind.iter().filter_map(|second| candidate.clash(second))).collect()
    }
}

impl Candidate {
    fn comes_before(&self, other: &Self) -> bool {
        (self.conditions.rank(), &self.name) < (other.conditions.rank(), &other.name)
    }

    /// What a route that is asked before another one means to it.
    fn clash(&self, second: &Self) -> Option<Clash> {
        let (first, place) = (self.place, second.place);
        if self.conditions.is_same(&second.conditions) {
            return Some(Clash::Same { first, second: place });
        }
        let is_tie = self.conditions.rank() == second.conditions.rank();
        (is_tie && self.conditions.may_meet(&second.conditions)).then_some(Clash::Overlapping { first, second: place })
    }
}
