//! How keys are made of what tells responses apart.

use aws_lc_rs::digest::{SHA256, digest};
use gateway_algorithms::caching::write_part;

use super::record::CacheKey;

/// What most keys are made of fits into so many bytes.
const USUAL: usize = 512;

/// Takes in parts, each behind its length, so that no two lists of parts make the same text.
///
/// They are gathered and digested at once: two dozen calls of the digest for a few bytes each cost as much as all the rest.
#[derive(Clone)]
pub struct KeyWriter(Vec<u8>);

impl KeyWriter {
    /// Keys of one domain are none of another.
    #[must_use]
    pub fn new(domain: &str) -> Self {
        let mut writer = Self(Vec::with_capacity(USUAL));
        writer.part(domain.as_bytes());
        writer
    }

    /// Goes on from a key that was made before.
    #[must_use]
    pub fn beneath(key: &CacheKey, domain: &str) -> Self {
        let mut writer = Self::new(domain);
        writer.part(key.as_bytes());
        writer
    }

    /// Takes in one part.
    pub fn part(&mut self, part: &[u8]) {
        write_part(part, &mut |bytes: &[u8]| self.0.extend_from_slice(bytes));
    }

    /// Takes in what separates its parts itself.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The key of all that was taken in.
    #[must_use]
    pub fn finish(self) -> CacheKey {
        let digest = digest(&SHA256, &self.0);
        CacheKey::new(digest.as_ref().try_into().expect("SHA-256 has 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(parts: &[Vec<u8>]) -> CacheKey {
        let mut writer = KeyWriter::new("test");
        parts.iter().for_each(|part| writer.part(part));
        writer.finish()
    }

    proptest! {
        #[test]
        fn only_equal_lists_of_parts_have_the_same_key(
            one in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..12), 0..5),
            other in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..12), 0..5),
        ) {
            prop_assert_eq!(key(&one) == key(&other), one == other);
        }

        #[test]
        fn no_cut_between_parts_makes_the_key_of_another_cut(
            bytes in prop::collection::vec(any::<u8>(), 1..40),
            cut in any::<prop::sample::Index>(),
            other in any::<prop::sample::Index>(),
        ) {
            let (cut, other) = (cut.index(bytes.len()), other.index(bytes.len()));
            let parts = |at: usize| vec![bytes[..at].to_vec(), bytes[at..].to_vec()];
            prop_assert_eq!(key(&parts(cut)) == key(&parts(other)), cut == other);
        }
    }

    #[test]
    fn domains_are_apart() {
        assert_ne!(KeyWriter::new("a").finish(), KeyWriter::new("b").finish());
        let below = KeyWriter::new("a").finish();
        assert_ne!(KeyWriter::beneath(&below, "a").finish(), below);
    }
}
