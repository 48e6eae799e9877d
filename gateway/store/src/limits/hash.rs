//! Keyed 128-bit hashes: whose limiter state, without keeping who.

use std::{
    hash::{BuildHasher, DefaultHasher, Hasher, RandomState},
    sync::LazyLock,
};

/// Two independent keys of the process. The states they lead to live in memory, so the keys need not outlive it.
static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);

/// What a key of a limit is remembered as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u128);

/// Hashes the keys of one limit, whose names are absorbed already.
///
/// Each half is SipHash under its own secret key: who does not know the keys cannot aim at another one's state.
#[derive(Clone, Debug)]
pub struct KeyHash([DefaultHasher; 2]);

impl Key {
    /// The hash itself.
    #[must_use]
    pub fn hash(self) -> u128 {
        self.0
    }
}

impl KeyHash {
    /// Absorbs `parts` with their lengths, so that no two lists of parts are alike.
    #[must_use]
    pub fn new(parts: &[&str]) -> Self {
        let mut prefix = Self([KEYS[0].build_hasher(), KEYS[1].build_hasher()]);
        parts.iter().for_each(|part| prefix.absorb(part));
        prefix
    }

    /// The hash of all parts and `last`.
    #[must_use]
    pub fn key(&self, last: &str) -> Key {
        let mut whole = self.clone();
        whole.absorb(last);
        let [high, low] = whole.0.map(|half| u128::from(half.finish()));
        Key(high << 64 | low)
    }

    /// Absorbs one more part.
    pub fn absorb(&mut self, part: &str) {
        for half in &mut self.0 {
            half.write_usize(part.len());
            half.write(part.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_has_the_same_hash() {
        assert_eq!(KeyHash::new(&["a", "b"]).key("c"), KeyHash::new(&["a", "b"]).key("c"));
    }

    #[test]
    fn parts_cannot_be_shifted_into_one_another() {
        let hashes = [
            KeyHash::new(&["a", "b"]).key("c"),
            KeyHash::new(&["ab", ""]).key("c"),
            KeyHash::new(&["a"]).key("bc"),
            KeyHash::new(&["a", "bc"]).key(""),
            KeyHash::new(&["a", "b"]).key("d"),
        ];
        for (position, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..position].contains(hash));
        }
    }

    #[test]
    fn the_halves_are_independent() {
        let hash = KeyHash::new(&["a"]).key("b").hash();
        assert_ne!(hash >> 64, hash & u128::from(u64::MAX));
    }
}
