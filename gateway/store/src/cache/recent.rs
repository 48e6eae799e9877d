//! What was invalidated last, for responses that were on their way then.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    mem,
};

use gateway_algorithms::caching::Time;

/// URLs of one generation. Two are remembered, so that the last so many always are.
const GENERATION: usize = 4096;

/// The last invalidations. Looked up in constant time, however many there are.
#[derive(Debug, Default)]
pub(super) struct Recent {
    /// When a URL was invalidated last, by its hash: URLs of one hash are taken for one, so too much is outdated then, never
    /// too little.
    young: HashMap<u64, Time>,
    old: HashMap<u64, Time>,
    /// Of the last one that is not remembered any more.
    forgotten: Option<Time>,
    hasher: RandomState,
}

impl Recent {
    pub(super) fn add(&mut self, url: &str, now: Time) {
        if self.young.len() >= GENERATION {
            let oldest = mem::replace(&mut self.old, mem::take(&mut self.young));
            self.forgotten = self.forgotten.max(oldest.into_values().max());
        }
        self.young.insert(self.hasher.hash_one(url), now);
    }

    /// Whether the response to a request of that time is outdated, or may be.
    pub(super) fn is_outdated(&self, url: &str, requested: Time) -> bool {
        let hash = self.hasher.hash_one(url);
        let last = [self.young.get(&hash).copied(), self.old.get(&hash).copied(), self.forgotten];
        last.into_iter().flatten().any(|time| time >= requested)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_before_an_invalidation_is_outdated() {
        let mut recent = Recent::default();
        recent.add("/a", Time(10));
        assert!(recent.is_outdated("/a", Time(9)) && recent.is_outdated("/a", Time(10)));
        assert!(!recent.is_outdated("/a", Time(11)) && !recent.is_outdated("/b", Time(9)));
        recent.add("/a", Time(20));
        assert!(recent.is_outdated("/a", Time(15)));
    }

    #[test]
    fn one_url_that_is_changed_all_the_time_takes_one_place() {
        let mut recent = Recent::default();
        recent.add("/first", Time(0));
        (1..100_000).for_each(|time| recent.add("/busy", Time(time)));
        assert!(recent.is_outdated("/first", Time(0)) && !recent.is_outdated("/other", Time(0)));
    }

    #[test]
    fn what_cannot_be_known_any_more_counts_as_outdated() {
        let mut recent = Recent::default();
        let all = 3 * GENERATION as u64;
        (0..all).for_each(|number| recent.add(&format!("/{number}"), Time(number)));
        assert!(recent.young.len() + recent.old.len() <= 2 * GENERATION);
        let forgotten = recent.forgotten.expect("there were too many");
        assert!(recent.is_outdated("/other", forgotten), "it may be one of those");
        assert!(!recent.is_outdated("/other", Time(forgotten.0 + 1)));
        assert!(recent.is_outdated(&format!("/{}", all - GENERATION as u64), Time(all - GENERATION as u64)));
    }
}
