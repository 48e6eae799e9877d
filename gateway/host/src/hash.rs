//! Keyed 128-bit hashes: whose limiter state, without keeping who.

use std::{
    hash::{BuildHasher, DefaultHasher, Hasher, RandomState},
    sync::LazyLock,
};

/// Two independent keys of the process. The states they lead to live in memory, so the keys need not outlive it.
static KEYS: LazyLock<[RandomState; 2]> = LazyLock::new(|| [RandomState::new(), RandomState::new()]);

/// The hash of the first parts of a name, ready for the last one.
///
/// Each half is SipHash under its own secret key: who does not know the keys cannot aim at another one's state.
#[derive(Clone, Debug)]
pub(crate) struct Prefix([DefaultHasher; 2]);

impl Prefix {
    /// Absorbs `parts` with their lengths, so that no two lists of parts are alike.
    pub(crate) fn new(parts: &[&str]) -> Self {
        let mut prefix = Self([KEYS[0].build_hasher(), KEYS[1].build_hasher()]);
        parts.iter().for_each(|part| prefix.absorb(part));
        prefix
    }

    /// The hash of all parts and `last`.
    pub(crate) fn finish(&self, last: &str) -> u128 {
        let mut whole = self.clone();
        whole.absorb(last);
        let [high, low] = whole.0.map(|half| u128::from(half.finish()));
        high << 64 | low
    }

    fn absorb(&mut self, part: &str) {
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
        assert_eq!(Prefix::new(&["a", "b"]).finish("c"), Prefix::new(&["a", "b"]).finish("c"));
    }

    #[test]
    fn parts_cannot_be_shifted_into_one_another() {
        let hashes = [
            Prefix::new(&["a", "b"]).finish("c"),
            Prefix::new(&["ab", ""]).finish("c"),
            Prefix::new(&["a"]).finish("bc"),
            Prefix::new(&["a", "bc"]).finish(""),
            Prefix::new(&["a", "b"]).finish("d"),
        ];
        for (position, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..position].contains(hash));
        }
    }

    #[test]
    fn the_halves_are_independent() {
        let hash = Prefix::new(&["a"]).finish("b");
        assert_ne!(hash >> 64, hash & u128::from(u64::MAX));
    }
}
