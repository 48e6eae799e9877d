//! The form of a record in its file: a header, the head, and the body in pieces, all under checksums.
//!
//! The checksums are seeded with the record's key, a number that its writing alone has, and where in the record they
//! are: so bytes of another record, or of another place in this one, are found out like damaged ones.

use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use crate::cache::record::{CacheKey, HEAD};

/// Bytes of a body under one checksum; the last piece may be shorter.
pub(super) const PIECE: usize = 256 * 1024;

/// Bytes of a header.
pub(super) const HEADER: usize = 84;

/// Bytes of a checksum.
pub(super) const SUM: usize = 8;

/// What a file begins with; the last byte is the version of the format.
const MAGIC: [u8; 8] = *b"sluicec\x01";

/// The place of a head among what is under checksums; pieces count from 0, so none has it.
const AT_HEAD: u64 = u64::MAX;

/// The place of a header.
const AT_HEADER: u64 = u64::MAX - 1;

/// What a file says first. All numbers are little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) key: CacheKey,
    /// The number of the writing.
    pub(super) number: u64,
    /// Bytes of the head, at most [`HEAD`].
    pub(super) head: u32,
    /// Bytes of the body.
    pub(super) body: u64,
    /// The checksum of the head.
    pub(super) sum: u64,
}

/// Checksums of one record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seal(u64);

impl Header {
    pub(super) fn write(&self) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..40].copy_from_slice(self.key.as_bytes());
        bytes[40..48].copy_from_slice(&self.number.to_le_bytes());
        bytes[48..52].copy_from_slice(&self.head.to_le_bytes());
        bytes[52..60].copy_from_slice(&self.body.to_le_bytes());
        bytes[60..68].copy_from_slice(&self.sum.to_le_bytes());
        // 68..76 is left for what a later version may need.
        let sum = self.seal().sum(AT_HEADER, &bytes[..HEADER - SUM]);
        bytes[HEADER - SUM..].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// The header in `bytes`, if it is whole and that of `key`.
    pub(super) fn read(bytes: &[u8; HEADER], key: &CacheKey) -> Option<Self> {
        let header = Self {
            key: CacheKey::new(field(bytes, 8)),
            number: u64::from_le_bytes(field(bytes, 40)),
            head: u32::from_le_bytes(field(bytes, 48)),
            body: u64::from_le_bytes(field(bytes, 52)),
            sum: u64::from_le_bytes(field(bytes, 60)),
        };
        let sum = header.seal().sum(AT_HEADER, &bytes[..HEADER - SUM]);
        let is_sound = bytes[..8] == MAGIC
            && header.key == *key
            && header.head as usize <= HEAD
            && u64::from_le_bytes(field(bytes, HEADER - SUM)) == sum;
        is_sound.then_some(header)
    }

    pub(super) fn seal(&self) -> Seal {
        Seal::new(&self.key, self.number)
    }

    /// Bytes of the file; none when the numbers make no sense.
    pub(super) fn file_length(&self) -> Option<u64> {
        file_length(self.head as usize, self.body)
    }
}

/// Bytes of a file with such a head and body; none beyond 64 bits.
pub(super) fn file_length(head: usize, body: u64) -> Option<u64> {
    let sums = body.div_ceil(PIECE as u64) * SUM as u64;
    ((HEADER + head) as u64).checked_add(body)?.checked_add(sums)
}

fn field<const N: usize>(bytes: &[u8; HEADER], at: usize) -> [u8; N] {
    bytes[at..at + N].try_into().expect("fields are within the header")
}

impl Seal {
    pub(super) fn new(key: &CacheKey, number: u64) -> Self {
        Self(xxh3_64_with_seed(key.as_bytes(), number))
    }

    pub(super) fn head(self, head: &[u8]) -> u64 {
        self.sum(AT_HEAD, head)
    }

    pub(super) fn piece(self, index: u64, piece: &[u8]) -> u64 {
        self.sum(index, piece)
    }

    /// For a piece that comes little by little: the same sum as that of all of it.
    pub(super) fn begin_piece(self, index: u64) -> Xxh3 {
        Xxh3::with_seed(self.seed(index))
    }

    fn sum(self, place: u64, bytes: &[u8]) -> u64 {
        xxh3_64_with_seed(bytes, self.seed(place))
    }

    fn seed(self, place: u64) -> u64 {
        self.0 ^ place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header { key: CacheKey::new([7; 32]), number: 9, head: 3, body: 600_000, sum: 11 }
    }

    #[test]
    fn a_header_is_read_as_it_was_written_and_by_its_key_alone() {
        let bytes = header().write();
        assert_eq!(Header::read(&bytes, &header().key), Some(header()));
        assert_eq!(Header::read(&bytes, &CacheKey::new([8; 32])), None);
    }

    #[test]
    fn a_header_with_any_bit_turned_is_none() {
        for bit in 0..HEADER * 8 {
            let mut bytes = header().write();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Header::read(&bytes, &header().key), None, "bit {bit}");
        }
    }

    #[test]
    fn a_piece_is_summed_alike_at_once_and_little_by_little() {
        let piece: Vec<u8> = (0..PIECE).map(|at| (at % 251) as u8).collect();
        let seal = header().seal();
        for part in [1, 7, 240, 4096, PIECE] {
            let mut sum = seal.begin_piece(3);
            piece.chunks(part).for_each(|part| sum.update(part));
            assert_eq!(sum.digest(), seal.piece(3, &piece), "{part} at a time");
        }
        assert_ne!(seal.piece(3, &piece), seal.piece(4, &piece));
    }

    #[test]
    fn lengths_count_every_checksum() {
        let piece = PIECE as u64;
        for (body, sums) in [(0, 0), (1, 1), (piece, 1), (piece + 1, 2)] {
            assert_eq!(file_length(5, body), Some(HEADER as u64 + 5 + body + sums * SUM as u64));
        }
        assert_eq!(file_length(0, u64::MAX), None);
    }
}
