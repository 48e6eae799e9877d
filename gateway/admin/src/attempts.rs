//! A limit on wrong admin tokens, so that guessing is slow and cheap for us.
//!
//! The limit is one for all clients. Tokens that were good a while ago pass it, so that somebody who guesses
//! does not lock out the admins at work.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

/// Wrong tokens that are looked up in a second; further ones are refused unread.
const FAILURES_A_SECOND: u32 = 10;

/// Good tokens that are remembered: more than an installation has at work at once.
const REMEMBERED: usize = 64;

/// SHA-256 of a token.
pub(crate) type Fingerprint = [u8; 32];

/// Counts wrong tokens. The lock is held for a walk over [`REMEMBERED`] entries at most.
#[derive(Debug, Default)]
pub(crate) struct Attempts(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    second: Option<Instant>,
    failures: u32,
    good: VecDeque<Fingerprint>,
}

impl Attempts {
    /// Whether this token may be looked up now.
    pub(crate) fn admits(&self, token: &Fingerprint, now: Instant) -> bool {
        let mut state = self.0.lock();
        state.turn(now);
        state.failures < FAILURES_A_SECOND || state.good.contains(token)
    }

    /// Tells that the token was wrong, or no longer right.
    pub(crate) fn failed(&self, token: &Fingerprint, now: Instant) {
        let mut state = self.0.lock();
        state.turn(now);
        state.failures += 1;
        state.good.retain(|good| good != token);
    }

    /// Tells that the token was right.
    pub(crate) fn succeeded(&self, token: Fingerprint) {
        let mut state = self.0.lock();
        if state.good.contains(&token) {
            return;
        }
        if state.good.len() == REMEMBERED {
            state.good.pop_front();
        }
        state.good.push_back(token);
    }
}

impl State {
    fn turn(&mut self, now: Instant) {
        let fresh = self.second.is_some_and(|second| now.duration_since(second) < Duration::from_secs(1));
        if !fresh {
            self.second = Some(now);
            self.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_ten_wrong_tokens_in_a_second_only_known_good_ones_are_looked_at() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        attempts.succeeded([1; 32]);
        for guess in 0..10 {
            assert!(attempts.admits(&[guess + 100; 32], now));
            attempts.failed(&[guess + 100; 32], now);
        }
        assert!(!attempts.admits(&[200; 32], now));
        assert!(attempts.admits(&[1; 32], now));
        assert!(attempts.admits(&[200; 32], now + Duration::from_secs(1)));
    }

    #[test]
    fn a_revoked_token_loses_its_privilege() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        attempts.succeeded([1; 32]);
        for _ in 0..10 {
            attempts.failed(&[1; 32], now);
        }
        assert!(!attempts.admits(&[1; 32], now));
    }

    #[test]
    fn no_more_than_the_newest_good_tokens_are_remembered() {
        let attempts = Attempts::default();
        for token in 0..=u8::try_from(REMEMBERED).unwrap() {
            attempts.succeeded([token; 32]);
        }
        assert_eq!(attempts.0.lock().good.len(), REMEMBERED);
        assert!(!attempts.0.lock().good.contains(&[0; 32]));
    }
}
