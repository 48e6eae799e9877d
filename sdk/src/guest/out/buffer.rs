//! The OUT area, and what one call has written to it.

use sluice_abi::{
    OUT_MAX,
    bytes::{Full, Writer, copy},
};

use crate::sys::{OutArea, out_area};

/// The buffer of one call; its memory is used again by the next.
#[derive(Debug)]
pub(super) struct Buffer {
    /// [`AREA`](sluice_abi::AREA) bytes.
    area: OutArea,
    /// Takes over once a call outgrows the area; empty until then.
    spill: Vec<u8>,
    start: usize,
    end: usize,
}

impl Default for Buffer {
    fn default() -> Self {
        Self { area: out_area(), spill: Vec::new(), start: 0, end: 0 }
    }
}

impl Buffer {
    /// Forgets what was written, and leaves `gap` bytes free in front of what comes.
    pub(super) fn clear(&mut self, gap: usize) {
        if !self.spill.is_empty() {
            self.spill = Vec::new();
        }
        (self.start, self.end) = (gap, gap);
    }

    /// What has been written.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.whole()[self.start..self.end]
    }

    /// What has been written, and the room behind it.
    #[cfg(any(test, target_family = "wasm"))]
    pub(super) fn with_room(&self) -> &[u8] {
        &self.whole()[self.start..]
    }

    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    /// Drops what was written behind the first `len` bytes.
    pub(super) fn truncate(&mut self, len: usize) {
        self.end = self.start + len;
    }

    /// Appends fields.
    ///
    /// # Errors
    /// [`Full`] when they do not fit into the most that the host reads; nothing of them is written then.
    pub(super) fn write(&mut self, fields: impl Fn(&mut Writer<'_>) -> Result<(), Full>) -> Result<(), Full> {
        loop {
            let end = self.end;
            let mut writer = Writer::new(&mut self.whole_mut()[end..]);
            match fields(&mut writer).map(|()| writer.len()) {
                Ok(len) => {
                    self.end += len;
                    return Ok(());
                }
                Err(Full) => self.grow()?,
            }
        }
    }

    /// Puts bytes in front of all that was written: into the gap as far as it goes.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    #[inline]
    pub(super) fn put_in_front(&mut self, bytes: &[u8]) -> Result<(), Full> {
        if bytes.len() > self.start {
            self.make_room_in_front(bytes.len())?;
        }
        let start = self.start - bytes.len();
        copy(&mut self.whole_mut()[start..start + bytes.len()], bytes);
        self.start = start;
        Ok(())
    }

    #[cold]
    fn make_room_in_front(&mut self, len: usize) -> Result<(), Full> {
        let (start, end, missing) = (self.start, self.end, len - self.start);
        self.write(|writer| writer.room(missing).map(drop))?;
        self.whole_mut().copy_within(start..end, start + missing);
        self.start += missing;
        Ok(())
    }

    /// Moves what was written behind `middle` in front of what stands between `from` and `middle`.
    pub(super) fn rotate(&mut self, from: usize, middle: usize) {
        let (from, middle, end) = (self.start + from, self.start + middle, self.end);
        self.whole_mut()[from..end].rotate_left(middle - from);
    }

    fn whole(&self) -> &[u8] {
        if self.spill.is_empty() { &self.area[..] } else { &self.spill }
    }

    fn whole_mut(&mut self) -> &mut [u8] {
        if self.spill.is_empty() { &mut self.area[..] } else { &mut self.spill }
    }

    fn grow(&mut self) -> Result<(), Full> {
        let capacity = self.whole().len();
        if capacity >= OUT_MAX {
            return Err(Full);
        }
        let mut larger = vec![0; (capacity * 4).min(OUT_MAX)];
        larger[self.start..self.end].copy_from_slice(self.bytes());
        self.spill = larger;
        Ok(())
    }
}
