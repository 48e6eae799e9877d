//! The imports of the contract, lowered: the host of a module, or the harness of a native test.
//!
//! Texts and aggregates are slices; a result that is no scalar goes to `result` and the return value is its length,
//! or the negated length if [`take`] must fetch it.

use std::{cell::RefCell, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use sluice_abi::{
    bytes::Reader,
    flat::{FLAT_MAX, Flat},
    wire,
};

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(test)]
mod tests;
mod text;
#[cfg(target_family = "wasm")]
mod wasm;

#[cfg(not(target_family = "wasm"))]
pub(crate) use native::*;
pub(crate) use text::text;
#[cfg(target_family = "wasm")]
pub(crate) use wasm::*;

/// Bytes of a result that need no second call: decisions and names are shorter, messages of errors may not be.
const RESULT: usize = 160;

/// An optional time in milliseconds as it crosses: made without allocation.
pub(crate) struct Millis {
    bytes: [u8; 11],
    len: usize,
}

thread_local! {
    /// Room for results, which is not cleared for each of them.
    static ROOM: RefCell<[u8; RESULT]> = const { RefCell::new([0; RESULT]) };
}

/// Calls an import whose result is an aggregate.
///
/// # Panics
/// If the result is not of that type, which the version in the import's name rules out.
pub(crate) fn call<T: DeserializeOwned>(import: impl FnOnce(&mut [u8]) -> i32) -> T {
    let decoded = ROOM.with_borrow_mut(|room| {
        let written = import(room);
        match usize::try_from(written) {
            Ok(len) => wire::decode(&room[..len]),
            Err(_) => {
                let mut result = vec![0; written.unsigned_abs() as usize];
                take(&mut result);
                wire::decode(&result)
            }
        }
    });
    decoded.expect("the host answers by the contract")
}

/// Calls an import whose result is a record of scalars, or none.
pub(crate) fn optional_record<T: Flat>(import: impl FnOnce(&mut [u8]) -> i32) -> Option<T> {
    let mut result = [0; FLAT_MAX];
    match import(&mut result) {
        0 => None,
        _ => Some(T::read(&mut Reader::new(&result)).expect("the host answers by the contract")),
    }
}

/// Calls an import whose result is a record of scalars.
pub(crate) fn record<T: Flat>(import: impl FnOnce(&mut [u8]) -> i32) -> T {
    optional_record(import).expect("the host answers by the contract")
}

/// Calls an import whose result is plain bytes, of which the caller knows that they fit; returns how many came.
pub(crate) fn bytes(room: &mut [u8], import: impl FnOnce(&mut [u8]) -> i32) -> usize {
    usize::try_from(import(room)).expect("the host answers by the contract")
}

/// Calls an import whose result is a hash.
pub(crate) fn digest(import: impl FnOnce(&mut [u8]) -> i32) -> [u8; 32] {
    let mut digest = [0; 32];
    bytes(&mut digest, import);
    digest
}

/// The postcard form of an argument that is an aggregate.
pub(crate) fn argument<T: Serialize>(value: &T) -> Vec<u8> {
    wire::encode(value)
}

impl Millis {
    pub(crate) fn new(time: Option<Duration>) -> Self {
        let millis = time.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        let mut bytes = [0; 11];
        let len = wire::encode_into(&millis, &mut bytes).expect("a tag and ten bytes hold any time").len();
        Self { bytes, len }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}
