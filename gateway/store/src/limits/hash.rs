//! Keyed 128-bit hashes: whose limiter state, without keeping who.

use std::{
    hash::{BuildHasher, DefaultHasher, Hasher, RandomState},
    sync::LazyLock,
};

use aws_lc_rs::digest;

/// Two independent keys of the process. The states they lead to live in memory, so the keys need not outlive it.
static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);

/// What a key of a limit is remembered as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(u128);

/// Hashes the keys of one limit.
#[derive(Clone, Debug)]
pub enum KeyHash {
    /// For memory: the names of the limit are absorbed already. Each half is SipHash under its own secret key: who does
    /// not know the keys cannot aim at another one's state.
    Keyed([DefaultHasher; 2]),
    /// For a store that nodes share: half of SHA-256, the same everywhere.
    Same,
}

impl Key {
    /// The hash itself.
    #[must_use]
    pub fn hash(self) -> u128 {
        self.0
    }

    /// For memory, of one that anybody can compute: nobody knows beforehand whose neighbour it becomes.
    #[must_use]
    pub fn concealed(self) -> Self {
        let [high, low] = [0, 1].map(|half: usize| u128::from(KEYS[half].hash_one(self.0)));
        Self(high << 64 | low)
    }
}

impl KeyHash {
    /// Absorbs `parts` with their lengths, so that no two lists of parts are alike.
    #[must_use]
    pub fn new(parts: &[&str]) -> Self {
        let mut halves = [KEYS[0].build_hasher(), KEYS[1].build_hasher()];
        parts.iter().for_each(|part| absorb(&mut halves, part));
        Self::Keyed(halves)
    }

    /// One that all nodes have.
    #[must_use]
    pub fn shared() -> Self {
        Self::Same
    }

    /// The hash of all parts and `last`.
    #[must_use]
    pub fn key(&self, last: &str) -> Key {
        match self {
            Self::Keyed(halves) => {
                let mut halves = halves.clone();
                absorb(&mut halves, last);
                let [high, low] = halves.map(|half| u128::from(half.finish()));
                Key(high << 64 | low)
            }
            Self::Same => {
                let hash = digest::digest(&digest::SHA256, last.as_bytes());
                Key(hash.as_ref().iter().take(16).fold(0, |key, byte| key << 8 | u128::from(*byte)))
            }
        }
    }
}

fn absorb(halves: &mut [DefaultHasher; 2], part: &str) {
    for half in halves {
        half.write_usize(part.len());
        half.write(part.as_bytes());
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
