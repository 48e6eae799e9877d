//! Verified tokens of one attachment on one thread: a signature costs tens of microseconds, a look here a fraction of one.
//!
//! The whole token is compared, so nothing but the token that passed is ever found.

use std::{
    hash::{Hash, Hasher},
    rc::Rc,
};

use quick_cache::{Equivalent, Weighter, unsync};
use sluice_abi::wire::Token;

use super::{TokenPolicy, Verified, issuer::Proof};

/// Bytes of tokens that are kept at most.
const BYTES: u64 = 2 * 1024 * 1024;

/// A usual token, in bytes, to size the table.
const USUAL: usize = 700;

/// What an entry weighs beside its token, in bytes.
const ENTRY: u64 = 200;

/// What a text weighs beside its bytes: its head, and the least that is allocated for it.
const TEXT: u64 = 40;

/// Bounded; the least useful tokens go first. Takes no memory until the first token is kept.
#[derive(Default)]
pub(crate) struct TokenCache(Option<unsync::Cache<Known, Entry, ByBytes>>);

#[derive(Clone, PartialEq, Eq)]
struct Known {
    policy: u64,
    token: Box<[u8]>,
}

#[derive(Clone, Copy)]
struct Asked<'t> {
    policy: u64,
    token: &'t [u8],
}

#[derive(Clone)]
struct Entry {
    token: Rc<Token>,
    until: u64,
    proof: Option<Proof>,
}

#[derive(Clone)]
struct ByBytes;

impl TokenCache {
    /// What a token was found to be, if it is accepted at `now`, in milliseconds since 1970.
    pub(crate) fn find(&mut self, policy: &TokenPolicy, token: &[u8], now: u64) -> Option<Rc<Token>> {
        let cache = self.0.as_mut()?;
        let asked = Asked { policy: policy.id, token };
        let entry = cache.get(&asked)?;
        // Its key may have been taken back.
        if now < entry.until && entry.proof.as_ref().is_none_or(|proof| proof.holds(now)) {
            return Some(entry.token.clone());
        }
        cache.remove(&asked);
        None
    }

    /// Keeps a token that passed.
    pub(crate) fn keep(&mut self, policy: &TokenPolicy, token: &[u8], verified: Verified) -> Rc<Token> {
        let cache = self.0.get_or_insert_with(|| unsync::Cache::with_weighter(BYTES as usize / USUAL, BYTES, ByBytes));
        let known = Known { policy: policy.id, token: token.into() };
        let Verified { token, until, proof } = verified;
        let entry = Entry { token: Rc::new(token), until, proof };
        cache.insert(known, entry.clone());
        entry.token
    }
}

impl Weighter<Known, Entry> for ByBytes {
    fn weight(&self, known: &Known, entry: &Entry) -> u64 {
        // What is told of a token is at most about as long as the token, but for the head and the room of each text.
        let texts = entry.token.scopes.len() + 2 * entry.token.claims.len();
        2 * known.token.len() as u64 + TEXT * texts as u64 + ENTRY
    }
}

impl Hash for Known {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Asked { policy: self.policy, token: &self.token }.hash(state);
    }
}

impl Hash for Asked<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.policy);
        state.write(self.token);
    }
}

impl Equivalent<Known> for Asked<'_> {
    fn equivalent(&self, known: &Known) -> bool {
        self.policy == known.policy && *self.token == *known.token
    }
}
