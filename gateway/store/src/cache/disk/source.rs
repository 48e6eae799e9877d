//! A file that a record is read from. Whoever has it open reads it to the end, though it be removed meanwhile.

use std::{
    fs::File,
    io::{self, ErrorKind},
    os::unix::fs::FileExt,
    path::Path,
};

use bytes::Bytes;

use super::{
    format::{HEADER, Header, PIECE, SUM, Seal},
    index::Place,
};
use crate::cache::record::CacheKey;

#[derive(Debug)]
pub(super) struct Source {
    pub(super) key: CacheKey,
    pub(super) generation: u64,
    /// Bytes of the body.
    pub(super) length: u64,
    file: File,
    seal: Seal,
    /// Where the body begins.
    body: u64,
}

/// What comes of reading.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The file is not there any more.
    Gone,
    /// It is not what was written, or cannot be read where it is.
    Damaged,
    /// It cannot be read now.
    Failed(io::Error),
}

impl Source {
    /// Opens the file of a record, and answers its head too.
    pub(super) fn open(path: &Path, key: CacheKey, place: &Place) -> Result<(Self, Bytes), Trouble> {
        let file = File::open(path).map_err(Trouble::from_open)?;
        let mut header = [0; HEADER];
        file.read_exact_at(&mut header, 0).map_err(Trouble::from_read)?;
        let header = Header::read(&header, &key).ok_or(Trouble::Damaged)?;
        // Checked before anything is read by what the header says: it bounds what is read.
        let is_whole = file.metadata().map_err(Trouble::from_read)?.len() == place.length;
        if !is_whole || header.file_length() != Some(place.length) {
            return Err(Trouble::Damaged);
        }
        let mut head = vec![0; header.head as usize];
        file.read_exact_at(&mut head, HEADER as u64).map_err(Trouble::from_read)?;
        let seal = header.seal();
        if seal.head(&head) != header.sum {
            return Err(Trouble::Damaged);
        }
        let body = (HEADER + head.len()) as u64;
        let (generation, length) = (place.generation, header.body);
        Ok((Self { key, generation, length, file, seal, body }, head.into()))
    }

    /// How many pieces the body has.
    pub(super) fn pieces(&self) -> u64 {
        self.length.div_ceil(PIECE as u64)
    }

    /// One piece; none behind the last.
    pub(super) fn read(&self, index: u64) -> Result<Option<Bytes>, Trouble> {
        if index >= self.pieces() {
            return Ok(None);
        }
        let left = self.length - index * PIECE as u64;
        let length = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
        let mut piece = vec![0; length + SUM];
        let at = self.body + index * (PIECE + SUM) as u64;
        self.file.read_exact_at(&mut piece, at).map_err(Trouble::from_read)?;
        let mut piece = Bytes::from(piece);
        let sum = piece.split_off(length);
        if self.seal.piece(index, &piece).to_le_bytes() != *sum {
            return Err(Trouble::Damaged);
        }
        Ok(Some(piece))
    }
}

impl Trouble {
    fn from_open(error: io::Error) -> Self {
        if error.kind() == ErrorKind::NotFound { Self::Gone } else { Self::Failed(error) }
    }

    fn from_read(error: io::Error) -> Self {
        // The system's code for a device that does not give back what it was given.
        const EIO: i32 = 5;
        let is_damage = error.kind() == ErrorKind::UnexpectedEof || error.raw_os_error() == Some(EIO);
        if is_damage { Self::Damaged } else { Self::Failed(error) }
    }
}
