//! Routes with the same host and path, which only their conditions tell apart.

use super::conditions::{Conditions, Head};

/// In the order in which they are asked: no route stands before one that asks for the same and more, so none is hidden by
/// another.
#[derive(Debug, Default)]
pub(super) struct Candidates(Vec<Candidate>);

#[derive(Debug)]
struct Candidate {
    conditions: Conditions,
    /// The place of its route.
    place: usize,
}

/// Two routes for the same requests, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Behind those that are asked before it; among equals in the order in which they come.
    pub(super) fn add(&mut self, conditions: Conditions, place: usize) {
        let rank = conditions.rank();
        let at = self.0.partition_point(|other| other.conditions.rank() <= rank);
        self.0.insert(at, Candidate { conditions, place });
    }

    pub(super) fn find(&self, head: &Head<'_>) -> Option<usize> {
        self.0.iter().find(|candidate| candidate.conditions.hold(head)).map(|candidate| candidate.place)
    }

    pub(super) fn clashes(&self) -> impl Iterator<Item = Clash> {
        let all = &self.0[..self.0.len().min(MOST_AT_ONE_PLACE)];
        let pairs = all.iter().enumerate().flat_map(|(at, second)| all[..at].iter().map(move |first| (first, second)));
        let crowded = self.0.iter().skip(MOST_AT_ONE_PLACE).map(|candidate| Clash::Crowded { second: candidate.place });
        pairs.filter_map(|(first, second)| first.clash(second)).chain(crowded)
    }
}

impl Candidate {
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
