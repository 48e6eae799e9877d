//! The form of a record in a store: one string, with a checksum over all that it says.

use bytes::Bytes;
use xxhash_rust::xxh3::Xxh3;

use crate::cache::record::{CacheKey, HEAD, Record};

/// What a string begins with; the last byte is the version of the format.
const MAGIC: [u8; 4] = *b"slc\x01";

/// Bytes before the head: the magic, the key, the length of the head and the checksum. Numbers are little-endian.
pub(super) const HEADER: usize = 48;

pub(super) fn encode(key: &CacheKey, record: &Record) -> Vec<u8> {
    let body = record.body.iter().map(Bytes::len).sum::<usize>();
    let mut bytes = Vec::with_capacity(HEADER + record.head.len() + body);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(key.as_bytes());
    bytes.extend_from_slice(&u32::try_from(record.head.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(&[0; 8]);
    bytes.extend_from_slice(&record.head);
    record.body.iter().for_each(|piece| bytes.extend_from_slice(piece));
    let sum = sum(&bytes);
    bytes[40..HEADER].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// The record of `key` in `bytes`; none if it is damaged, another's, or of another format.
pub(super) fn decode(key: &CacheKey, bytes: Vec<u8>) -> Option<Record> {
    let (start, rest) = bytes.split_at_checked(HEADER)?;
    let head = u32::from_le_bytes(start[36..40].try_into().ok()?) as usize;
    let told = u64::from_le_bytes(start[40..].try_into().ok()?);
    let is_sound =
        start[..4] == MAGIC && start[4..36] == *key.as_bytes() && head <= rest.len().min(HEAD) && told == sum(&bytes);
    if !is_sound {
        return None;
    }
    let mut rest = Bytes::from(bytes).split_off(HEADER);
    let head = rest.split_to(head);
    Some(Record { head, body: if rest.is_empty() { vec![] } else { vec![rest] } })
}

/// Over all but itself. There is a whole header.
fn sum(bytes: &[u8]) -> u64 {
    let mut sum = Xxh3::new();
    sum.update(&bytes[..40]);
    sum.update(&bytes[HEADER..]);
    sum.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> CacheKey {
        CacheKey::new([7; 32])
    }

    fn record(head: &'static str, body: &[&'static str]) -> Record {
        Record { head: head.into(), body: body.iter().map(|piece| Bytes::from(*piece)).collect() }
    }

    #[test]
    fn a_record_comes_back_with_its_body_in_one_piece() {
        for (head, body) in [("", &[][..]), ("head", &[]), ("", &["body"]), ("head", &["\0bo", "", "dy"])] {
            let record = record(head, body);
            let found = decode(&key(), encode(&key(), &record)).unwrap();
            assert_eq!((&found.head, found.body.concat()), (&record.head, record.body.concat()));
        }
    }

    #[test]
    fn whatever_is_damaged_or_of_another_key_is_none() {
        let bytes = encode(&key(), &record("head", &["body"]));
        assert_eq!(decode(&CacheKey::new([8; 32]), bytes.clone()), None);
        for bit in 0..bytes.len() * 8 {
            let mut bytes = bytes.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(decode(&key(), bytes), None, "bit {bit}");
        }
        for length in 0..bytes.len() {
            assert_eq!(decode(&key(), bytes[..length].to_vec()), None, "{length} bytes");
        }
        assert_eq!(decode(&key(), [&bytes[..], b"\0"].concat()), None);
    }
}
