//! What crosses between guest and host in one call of the guest, and how much of it may.
//!
//! Host calls are cheap but not free, and the guest's deadline sees them only after they have ended: so they are
//! counted, and so are the bytes that are read from the guest and written to it.

use serde::{Serialize, de::DeserializeOwned};
use sluice_abi::{bytes::Writer, flat::Flat, wire};

use super::Return;
use crate::{
    error::{Exhausted, Misuse},
    limits::Limits,
    memory::{slice, slice_mut},
};

/// The largest argument that is decoded, in bytes, where nothing else is said.
const ARGUMENT: u32 = 256 * 1024;

/// The crossings of the call that runs.
#[derive(Debug, Default)]
pub(crate) struct Crossing {
    /// A result that did not fit into the guest's buffer.
    overflow: Option<Vec<u8>>,
    calls: Left,
    bytes: Left,
}

/// How much of a bound is left.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    left: usize,
    most: usize,
}

impl Crossing {
    /// Begins a call of the guest.
    #[inline]
    pub(crate) fn begin(&mut self, limits: &Limits) {
        self.overflow = None;
        self.calls = Left::all_of(limits.host_calls as usize);
        self.bytes = Left::all_of(limits.host_bytes);
    }

    /// How many host calls there were since the call of the guest began.
    #[inline]
    pub(crate) fn calls(&self) -> usize {
        self.calls.most - self.calls.left
    }

    /// Counts a host call.
    #[inline]
    pub(super) fn call(&mut self) -> Result<(), Exhausted> {
        self.calls.take(1).ok_or(Exhausted { what: "host calls", most: self.calls.most })
    }

    #[inline]
    fn count(&mut self, bytes: usize) -> Result<(), Exhausted> {
        self.bytes.take(bytes).ok_or(Exhausted { what: "bytes passed to and from the host", most: self.bytes.most })
    }

    /// Bytes of the guest.
    #[inline]
    pub(super) fn slice<'m>(&mut self, memory: &'m [u8], ptr: u32, len: u32) -> wasmtime::Result<&'m [u8]> {
        let bytes = slice(memory, ptr, len)?;
        self.count(bytes.len())?;
        Ok(bytes)
    }

    /// A text of the guest.
    #[inline]
    pub(super) fn text<'m>(&mut self, memory: &'m [u8], ptr: u32, len: u32) -> wasmtime::Result<&'m str> {
        self.count(len as usize)?;
        Ok(crate::memory::text(memory, ptr, len)?)
    }

    /// An aggregate of the guest.
    pub(super) fn argument<T: DeserializeOwned>(&mut self, memory: &[u8], ptr: u32, len: u32) -> wasmtime::Result<T> {
        self.argument_within(memory, ptr, len, ARGUMENT)
    }

    /// An aggregate of the guest of at most `most` bytes.
    pub(super) fn argument_within<T: DeserializeOwned>(
        &mut self,
        memory: &[u8],
        ptr: u32,
        len: u32,
        most: u32,
    ) -> wasmtime::Result<T> {
        if len > most {
            return Err(
                Misuse::new(format!("the guest passed an argument of {len} bytes: at most {most} are read")).into()
            );
        }
        let bytes = self.slice(memory, ptr, len)?;
        Ok(wire::decode(bytes).map_err(|error| Misuse::new(format!("an argument is malformed: {error}")))?)
    }

    /// Writes a result into the guest's buffer and returns its length; if it does not fit, keeps it for `sys.take` and
    /// returns the negated length.
    #[inline]
    pub(super) fn give<T: Serialize + ?Sized>(
        &mut self,
        memory: &mut [u8],
        to: Return,
        value: &T,
    ) -> wasmtime::Result<i32> {
        let buffer = slice_mut(memory, to.ptr, to.capacity)?;
        if let Some(written) = wire::encode_into(&value, buffer) {
            let len = written.len();
            self.count(len)?;
            return Ok(length(len));
        }
        self.keep(wire::encode(&value))
    }

    /// The same for a record of scalars; none is nothing at all.
    #[inline]
    pub(super) fn give_record<T: Flat>(
        &mut self,
        memory: &mut [u8],
        to: Return,
        record: Option<&T>,
    ) -> wasmtime::Result<i32> {
        let Some(record) = record else { return Ok(0) };
        let buffer = slice_mut(memory, to.ptr, to.capacity)?;
        if record.write(&mut Writer::new(buffer)).is_ok() {
            self.count(T::SIZE)?;
            return Ok(length(T::SIZE));
        }
        let mut bytes = vec![0; T::SIZE];
        let _fits = record.write(&mut Writer::new(&mut bytes));
        self.keep(bytes)
    }

    /// The same for a plain byte list, which crosses as it is.
    pub(super) fn give_bytes(&mut self, memory: &mut [u8], to: Return, bytes: &[u8]) -> wasmtime::Result<i32> {
        let buffer = slice_mut(memory, to.ptr, to.capacity)?;
        let Some(place) = buffer.get_mut(..bytes.len()) else { return self.keep(bytes.to_vec()) };
        place.copy_from_slice(bytes);
        self.count(bytes.len())?;
        Ok(length(bytes.len()))
    }

    /// Fetches what did not fit.
    pub(super) fn take(&mut self, memory: &mut [u8], to: Return) -> wasmtime::Result<i32> {
        let result = self.overflow.take().ok_or(Misuse::new("there is no result to take"))?;
        let buffer = slice_mut(memory, to.ptr, to.capacity)?;
        let place = buffer.get_mut(..result.len()).ok_or(Misuse::new("the buffer is smaller than the result"))?;
        place.copy_from_slice(&result);
        Ok(length(result.len()))
    }

    #[cold]
    fn keep(&mut self, result: Vec<u8>) -> wasmtime::Result<i32> {
        self.count(result.len())?;
        let needed = length(result.len());
        self.overflow = Some(result);
        Ok(-needed)
    }
}

impl Left {
    fn all_of(most: usize) -> Self {
        Self { left: most, most }
    }

    #[inline]
    fn take(&mut self, count: usize) -> Option<()> {
        self.left = self.left.checked_sub(count)?;
        Some(())
    }
}

fn length(len: usize) -> i32 {
    i32::try_from(len).expect("results are far below 2 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crossing(host_calls: u32, host_bytes: usize) -> Crossing {
        let mut crossing = Crossing::default();
        crossing.begin(&Limits { host_calls, host_bytes, ..Limits::default() });
        crossing
    }

    #[test]
    fn a_result_that_does_not_fit_is_kept_whole_and_given_once() {
        let mut memory = [0; 16];
        let mut crossing = crossing(9, 99);
        let text = "twelve bytes";
        assert_eq!(crossing.give(&mut memory, Return { ptr: 0, capacity: 8 }, text).expect("in bounds"), -13);
        assert_eq!(crossing.take(&mut memory, Return { ptr: 1, capacity: 13 }).expect("is there"), 13);
        assert_eq!(&memory[2..14], text.as_bytes());
        assert!(crossing.take(&mut memory, Return { ptr: 0, capacity: 16 }).is_err());
        assert_eq!(crossing.give_bytes(&mut memory, Return { ptr: 0, capacity: 2 }, b"abc").expect("in bounds"), -3);
        assert!(crossing.take(&mut memory, Return { ptr: 0, capacity: 2 }).is_err(), "too small again");
    }

    #[test]
    fn a_buffer_outside_of_the_memory_is_misuse() {
        let mut crossing = crossing(9, 99);
        for (ptr, capacity) in [(0, 9), (8, 1), (u32::MAX, u32::MAX)] {
            assert!(crossing.give(&mut [0; 8], Return { ptr, capacity }, &1u8).is_err());
            assert!(crossing.give_bytes(&mut [0; 8], Return { ptr, capacity }, b"").is_err());
        }
    }

    #[test]
    fn calls_and_bytes_come_to_an_end() {
        let mut crossing = crossing(2, 10);
        assert!(crossing.call().is_ok() && crossing.call().is_ok());
        let error = crossing.call().expect_err("two were allowed").to_string();
        assert!(error.contains("2 host calls"), "{error}");
        assert_eq!(crossing.calls(), 2);

        let mut memory = [b'a'; 32];
        assert!(crossing.slice(&memory, 0, 4).is_ok() && crossing.text(&memory, 0, 3).is_ok());
        assert_eq!(crossing.give_bytes(&mut memory, Return { ptr: 0, capacity: 3 }, b"abc").expect("the last"), 3);
        assert!(crossing.slice(&memory, 0, 0).is_ok());
        let error = crossing.slice(&memory, 0, 1).expect_err("ten were allowed").to_string();
        assert!(error.contains("10 bytes"), "{error}");
        assert!(crossing.give_bytes(&mut memory, Return { ptr: 0, capacity: 0 }, b"x").is_err(), "what is kept counts");
    }

    #[test]
    fn an_argument_is_decoded_within_its_bound() {
        let mut crossing = crossing(9, 999);
        let memory = wire::encode(&vec!["a", "b"]);
        let len = memory.len() as u32;
        let texts: Vec<String> = crossing.argument(&memory, 0, len).expect("is sound");
        assert_eq!(texts, ["a", "b"]);
        assert!(crossing.argument::<Vec<String>>(&memory, 0, len - 1).is_err());
        assert!(crossing.argument_within::<Vec<String>>(&memory, 0, len, len - 1).is_err());
        assert!(crossing.argument::<Vec<String>>(&memory, 0, ARGUMENT + 1).is_err());
    }
}
