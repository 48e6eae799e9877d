//! Bodies: whole, and piece by piece.

use sluice_abi::outcome::{Action, Operation};

use crate::{State, guest::Out, sys};

/// The whole body of a message; it stays in the host's memory until it is read.
///
/// An instance has 16 MiB of memory for everything: look with [`Body::find`] and [`Body::sha256`] where that will do.
#[derive(Debug)]
pub struct Body(());

/// A piece of a body, at most 32 KiB, in transit.
#[derive(Debug)]
pub struct Chunk<'a> {
    bytes: &'a [u8],
    last: bool,
    fate: Fate,
}

#[derive(Debug)]
enum Fate {
    Pass,
    Replace(Vec<u8>),
    Reset,
}

// === impl Body ===

impl Body {
    pub(crate) fn new() -> Self {
        Self(())
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        sys::body_len()
    }

    /// There is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// At most `max` bytes from `offset` on; fewer at the end.
    #[must_use]
    pub fn read(&self, offset: u64, max: u32) -> Vec<u8> {
        let left = u32::try_from(self.len().saturating_sub(offset)).unwrap_or(u32::MAX);
        let mut bytes = vec![0; left.min(max) as usize];
        let read = sys::bytes(&mut bytes, |bytes| sys::body_read(offset, left.min(max), bytes));
        bytes.truncate(read);
        bytes
    }

    /// All of it.
    #[must_use]
    pub fn read_all(&self) -> Vec<u8> {
        self.read(0, u32::MAX)
    }

    /// All of it, if it is UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        String::from_utf8(self.read_all()).ok()
    }

    /// Other bytes in its place, once the hook has returned `Ok` and goes on; `content-length` follows by itself.
    pub fn replace(&mut self, bytes: impl AsRef<[u8]>) {
        sys::body_replace(bytes.as_ref());
    }

    /// Where `needle` first begins, without copying the body into the plugin.
    #[must_use]
    pub fn find(&self, needle: impl AsRef<[u8]>) -> Option<u64> {
        let needle = needle.as_ref();
        sys::call(|result| sys::body_find(needle, result))
    }

    /// Its SHA-256, without copying the body into the plugin.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        sys::digest(sys::body_sha256)
    }
}

// === impl Chunk ===

impl<'a> Chunk<'a> {
    pub(crate) fn new(bytes: &'a [u8], last: bool) -> Self {
        Self { bytes, last, fate: Fate::Pass }
    }

    /// What came.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The body ends with it; it may be empty then.
    #[must_use]
    pub fn is_last(&self) -> bool {
        self.last
    }

    /// Sends other bytes in its place.
    pub fn replace(&mut self, bytes: impl Into<Vec<u8>>) {
        self.fate = Fate::Replace(bytes.into());
    }

    /// Sends nothing in its place.
    pub fn remove(&mut self) {
        self.replace([]);
    }

    /// Breaks the message off: the receiver sees that it is not whole.
    pub fn reset(&mut self) {
        self.fate = Fate::Reset;
    }

    /// Completes OUT, and returns what the hook returns.
    pub(crate) fn write(self, state: &impl State, out: &mut Out) -> u64 {
        let action = match self.fate {
            Fate::Pass => Action::Next,
            Fate::Replace(bytes) => {
                out.operation(&Operation::Body(&bytes));
                Action::Next
            }
            Fate::Reset => Action::Reset,
        };
        out.state(state);
        out.finish(action, 0, false)
    }
}
