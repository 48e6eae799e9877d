//! The host's random numbers.

use sluice_abi::bounds::RANDOM_BYTES;

use crate::sys;

/// 64 random bits.
#[must_use]
pub fn next_u64() -> u64 {
    sys::next_u64()
}

/// Random bytes, good enough for names that nobody must guess.
#[must_use]
pub fn bytes(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    for part in bytes.chunks_mut(RANDOM_BYTES) {
        let count = u32::try_from(part.len()).expect("a part is small");
        sys::bytes(part, |part| sys::random_bytes(count, part));
    }
    bytes
}
