//! What the lower tiers keep: an opaque head and body under a key.

use std::fmt;

use bytes::Bytes;

/// The longest head of a record, in bytes.
pub const HEAD: usize = 256 * 1024;

/// Names a record: a digest of what it answers, spread evenly over all bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheKey([u8; 32]);

/// A record as it is kept. Clones share its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// At most [`HEAD`] bytes.
    pub head: Bytes,
    /// The pieces of the body in their order. Tiers may answer other pieces of the same bytes.
    pub body: Vec<Bytes>,
}

impl CacheKey {
    /// The key with these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Record {
    /// The length of the body, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.body.iter().map(|piece| piece.len() as u64).sum()
    }
}

/// All 64 digits.
impl fmt::LowerHex for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first eight bytes tell keys apart well enough for people.
impl fmt::Debug for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CacheKey(")?;
        self.0[..8].iter().try_for_each(|byte| write!(f, "{byte:02x}"))?;
        f.write_str(")")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_short_and_written_out_in_full() {
        let key = CacheKey::new([0xa5; 32]);
        assert_eq!(format!("{key:?}"), "CacheKey(a5a5a5a5a5a5a5a5)");
        assert_eq!(format!("{key:x}"), "a5".repeat(32));
    }

    #[test]
    fn a_length_is_that_of_all_pieces() {
        let record =
            Record { head: Bytes::from("head"), body: vec![Bytes::from("ab"), Bytes::new(), Bytes::from("c")] };
        assert_eq!(record.length(), 3);
    }
}
