//! Writing and reading little-endian fields in a byte slice, without allocation and without panics.

/// The slice has no room for the next field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// The bytes end within a field, or a field holds what it must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// The length that says a field is absent.
const ABSENT: u16 = u16::MAX;

/// Appends fields to a slice.
#[derive(Debug)]
pub struct Writer<'a> {
    buffer: &'a mut [u8],
    len: usize,
}

/// Takes fields from the front of a slice.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

/// Copies `bytes` to `place`, which is as long.
///
/// In a module, a copy of a length that is known at run time only is a call into the engine, which costs more than moving
/// what most fields have: so short ones are moved from both ends, which meet or overlap in the middle.
#[inline]
pub fn copy(place: &mut [u8], bytes: &[u8]) {
    match bytes.len() {
        0 => {}
        1..4 => {
            ends::<1>(place, bytes);
            place[bytes.len() / 2] = bytes[bytes.len() / 2];
        }
        4..8 => ends::<4>(place, bytes),
        8..16 => ends::<8>(place, bytes),
        16..=32 => ends::<16>(place, bytes),
        _ => place.copy_from_slice(bytes),
    }
}

#[inline]
fn ends<const N: usize>(place: &mut [u8], bytes: &[u8]) {
    if let (Some(to), Some(from)) = (place.first_chunk_mut::<N>(), bytes.first_chunk()) {
        *to = *from;
    }
    if let (Some(to), Some(from)) = (place.last_chunk_mut::<N>(), bytes.last_chunk()) {
        *to = *from;
    }
}

// === impl Writer ===

impl<'a> Writer<'a> {
    /// Writes from the start of `buffer`.
    pub fn new(buffer: &'a mut [u8]) -> Self {
        Self { buffer, len: 0 }
    }

    /// Bytes written so far.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a length to report, not a collection")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Appends bytes as they are.
    ///
    /// # Errors
    /// [`Full`]; what was written before stays.
    #[inline]
    pub fn raw(&mut self, bytes: &[u8]) -> Result<(), Full> {
        copy(self.room(bytes.len())?, bytes);
        Ok(())
    }

    /// Appends `len` bytes, to be filled in: one look at the room for several fields.
    ///
    /// # Errors
    /// [`Full`]; what was written before stays.
    #[inline]
    pub fn room(&mut self, len: usize) -> Result<&mut [u8], Full> {
        let start = self.len;
        let end = start.checked_add(len).ok_or(Full)?;
        let room = self.buffer.get_mut(start..end).ok_or(Full)?;
        self.len = end;
        Ok(room)
    }

    /// # Errors
    /// [`Full`].
    #[inline]
    pub fn u8(&mut self, value: u8) -> Result<(), Full> {
        self.raw(&[value])
    }

    /// # Errors
    /// [`Full`].
    #[inline]
    pub fn bool(&mut self, value: bool) -> Result<(), Full> {
        self.u8(u8::from(value))
    }

    /// # Errors
    /// [`Full`].
    #[inline]
    pub fn u16(&mut self, value: u16) -> Result<(), Full> {
        self.raw(&value.to_le_bytes())
    }

    /// # Errors
    /// [`Full`].
    #[inline]
    pub fn u32(&mut self, value: u32) -> Result<(), Full> {
        self.raw(&value.to_le_bytes())
    }

    /// # Errors
    /// [`Full`].
    #[inline]
    pub fn u64(&mut self, value: u64) -> Result<(), Full> {
        self.raw(&value.to_le_bytes())
    }

    /// Appends a field that may be absent, with its 16-bit length before it.
    ///
    /// # Errors
    /// [`Full`], also for a field of more than 65 534 bytes.
    #[inline]
    pub fn optional(&mut self, value: Option<&[u8]>) -> Result<(), Full> {
        let Some(bytes) = value else { return self.u16(ABSENT) };
        match u16::try_from(bytes.len()) {
            Ok(ABSENT) | Err(_) => Err(Full),
            Ok(len) => {
                self.u16(len)?;
                self.raw(bytes)
            }
        }
    }

    /// Appends one field made of `pieces` with `separator` between them; no piece at all is an absent field.
    ///
    /// # Errors
    /// [`Full`], also for a field of more than 65 534 bytes.
    #[inline]
    pub fn joined<'p>(&mut self, mut pieces: impl Iterator<Item = &'p [u8]>, separator: &[u8]) -> Result<(), Full> {
        let Some(first) = pieces.next() else { return self.u16(ABSENT) };
        let start = self.len;
        self.u16(0)?;
        self.raw(first)?;
        for piece in pieces {
            self.raw(separator)?;
            self.raw(piece)?;
        }
        let len = u16::try_from(self.len - start - 2).map_err(|_| Full)?;
        if len == ABSENT {
            return Err(Full);
        }
        self.buffer[start..start + 2].copy_from_slice(&len.to_le_bytes());
        Ok(())
    }
}

// === impl Reader ===

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What is left.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Takes `len` bytes.
    ///
    /// # Errors
    /// [`Malformed`] when fewer are left.
    #[inline]
    pub fn raw(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    /// # Errors
    /// [`Malformed`] at the end.
    #[inline]
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        self.array().map(u8::from_le_bytes)
    }

    /// # Errors
    /// [`Malformed`] at the end, and for a byte that is neither 0 nor 1.
    #[inline]
    pub fn bool(&mut self) -> Result<bool, Malformed> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(Malformed),
        }
    }

    /// # Errors
    /// [`Malformed`] at the end.
    #[inline]
    pub fn u16(&mut self) -> Result<u16, Malformed> {
        self.array().map(u16::from_le_bytes)
    }

    /// # Errors
    /// [`Malformed`] at the end.
    #[inline]
    pub fn u32(&mut self) -> Result<u32, Malformed> {
        self.array().map(u32::from_le_bytes)
    }

    /// # Errors
    /// [`Malformed`] at the end.
    #[inline]
    pub fn u64(&mut self) -> Result<u64, Malformed> {
        self.array().map(u64::from_le_bytes)
    }

    /// Takes what [`Writer::optional`] or [`Writer::joined`] wrote.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes end within it.
    #[inline]
    pub fn optional(&mut self) -> Result<Option<&'a [u8]>, Malformed> {
        match self.u16()? {
            ABSENT => Ok(None),
            len => self.raw(usize::from(len)).map(Some),
        }
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(Malformed)?;
        self.rest = rest;
        Ok(*taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_every_length_are_copied_whole_and_nothing_beside_them() {
        let bytes: Vec<u8> = (1..=100).collect();
        for len in 0..=bytes.len() {
            let mut place = [0; 102];
            copy(&mut place[1..=len], &bytes[..len]);
            assert_eq!(place[1..=len], bytes[..len]);
            assert_eq!((place[0], place[len + 1]), (0, 0), "{len}");
        }
    }

    #[test]
    fn what_has_no_room_writes_nothing() {
        let mut buffer = [0; 4];
        let mut out = Writer::new(&mut buffer);
        out.raw(&[1, 2]).unwrap();
        assert_eq!(out.raw(&[3, 4, 5]), Err(Full));
        assert!(out.room(usize::MAX).is_err());
        out.room(2).unwrap().fill(9);
        assert_eq!((out.len(), buffer), (4, [1, 2, 9, 9]));
    }
}
