//! Responses that the plugin keeps.

use std::collections::BTreeMap;

use sluice_abi::{
    bounds::{CACHE_BODY, CACHE_KEY, CACHE_TAG, CACHE_TAGS},
    wire::{CacheDirective, CacheHit},
};

use super::{super::headers::Headers, FakeHost};

#[derive(Debug, Default)]
pub(crate) struct Responses {
    kept: BTreeMap<String, (Kept, Directive)>,
}

/// A directive that the response hook gave, checked.
pub(in crate::test) type Directive = CacheDirective;

/// A response as it was stored.
#[derive(Clone, Debug, Default)]
pub(in crate::test) struct Kept {
    pub(in crate::test) status: u16,
    pub(in crate::test) headers: Headers,
    pub(in crate::test) body: Vec<u8>,
    pub(in crate::test) stored_at: u64,
}

impl FakeHost {
    pub(crate) fn cache_lookup(&mut self, key: &str) -> Option<CacheHit> {
        self.grants.demand("cache");
        let now = self.monotonic_ns();
        let (kept, directive) = self.responses.living(key, now)?;
        let age = (now - kept.stored_at) / 1_000_000;
        let length = u64::try_from(kept.body.len()).unwrap_or(u64::MAX);
        Some(CacheHit { status: kept.status, age, ttl: directive.ttl - age, length })
    }

    pub(crate) fn cache_purge(&mut self, key: &str) -> bool {
        self.grants.demand("cache");
        let there = self.responses.living(key, self.monotonic_ns()).is_some();
        self.responses.kept.remove(key);
        there
    }

    pub(crate) fn cache_purge_tag(&mut self, tag: &str) -> u32 {
        self.grants.demand("cache");
        let now = self.monotonic_ns();
        let before = self.responses.kept.len();
        self.responses.kept.retain(|_, (kept, directive)| lives(kept, directive, now));
        let living = self.responses.kept.len();
        self.responses.kept.retain(|_, (_, directive)| !directive.tags.iter().any(|known| known == tag));
        debug_assert!(living <= before);
        u32::try_from(living - self.responses.kept.len()).unwrap_or(u32::MAX)
    }

    /// The response that is kept under a key, for an answer.
    pub(in crate::test) fn cached(&self, key: &str) -> Option<Kept> {
        self.responses.living(key, self.monotonic_ns()).map(|(kept, _)| kept.clone())
    }

    /// Keeps a response, or not if it is too large.
    pub(in crate::test) fn keep(&mut self, directive: &Directive, kept: Kept) {
        if kept.body.len() <= CACHE_BODY {
            let kept = Kept { stored_at: self.monotonic_ns(), ..kept };
            self.responses.kept.insert(directive.key.clone(), (kept, directive.clone()));
        }
    }
}

impl Responses {
    fn living(&self, key: &str, now: u64) -> Option<&(Kept, Directive)> {
        self.kept.get(key).filter(|(kept, directive)| lives(kept, directive, now))
    }
}

fn lives(kept: &Kept, directive: &Directive, now: u64) -> bool {
    now - kept.stored_at < directive.ttl.saturating_mul(1_000_000)
}

/// What the host has against a directive.
pub(in crate::test) fn check(directive: &Directive) -> Result<(), String> {
    if !(1..=CACHE_KEY).contains(&directive.key.len()) {
        return Err(format!("the key of a kept response has 1 to {CACHE_KEY} bytes"));
    }
    if directive.ttl == 0 {
        return Err("the time to live of a kept response is at least 1 ms".to_owned());
    }
    let tags = &directive.tags;
    match tags.len() <= CACHE_TAGS && tags.iter().all(|tag| (1..=CACHE_TAG).contains(&tag.len())) {
        true => Ok(()),
        false => Err(format!("a kept response has at most {CACHE_TAGS} tags of 1 to {CACHE_TAG} bytes")),
    }
}
