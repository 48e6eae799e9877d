//! Counters: whole numbers of 64 bits, kept as their decimal text.

use bytes::Bytes;

use crate::error::KvError;

/// The counter that `value` is the text of: digits, with '-' before a number below 0, and no zeros in front.
pub(super) fn read(value: &[u8]) -> Result<i64, KvError> {
    let number = std::str::from_utf8(value).ok().and_then(|text| text.parse::<i64>().ok());
    number
        .filter(|number| number.to_string().as_bytes() == value)
        .ok_or_else(|| KvError::Invalid("the value is no counter: it was written by `set`".to_owned()))
}

/// The sum of the counter and `delta`; without a counter, `delta`.
pub(super) fn add(value: Option<&[u8]>, delta: i64) -> Result<i64, KvError> {
    let counter = value.map_or(Ok(0), read)?;
    counter
        .checked_add(delta)
        .ok_or_else(|| KvError::Limit("the counter would leave the range of 64-bit integers".to_owned()))
}

pub(super) fn text(counter: i64) -> Bytes {
    counter.to_string().into()
}
