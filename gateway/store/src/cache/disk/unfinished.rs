//! A record on its way into its file: bytes come as they come and leave in pieces with their checksums.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    os::unix::fs::FileExt,
};

use xxhash_rust::xxh3::Xxh3;

use super::format::{HEADER, Header, PIECE, SUM, Seal, file_length};
use crate::cache::record::CacheKey;

/// Bytes that are collected before they are written; longer ones are not collected.
const BUFFER: usize = 16 * 1024;

pub(super) struct Unfinished {
    file: BufWriter<File>,
    header: Header,
    seal: Seal,
    /// Of the piece that is being written, of which there are `in_piece` bytes.
    sum: Xxh3,
    in_piece: usize,
}

impl Unfinished {
    /// Begins a record in an empty file. The head has at most 256 KiB.
    pub(super) fn begin(file: File, key: CacheKey, number: u64, head: &[u8]) -> io::Result<Self> {
        let seal = Seal::new(&key, number);
        let length = u32::try_from(head.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let header = Header { key, number, head: length, body: 0, sum: seal.head(head) };
        let mut file = BufWriter::with_capacity(BUFFER, file);
        // The header comes last: before, the file is that of no record.
        file.write_all(&[0; HEADER])?;
        file.write_all(head)?;
        Ok(Self { file, header, seal, sum: seal.begin_piece(0), in_piece: 0 })
    }

    /// Bytes of the file, were `more` added to the body and nothing else; none if the body had more than `most` then.
    pub(super) fn length_with(&self, more: usize, most: u64) -> Option<u64> {
        let body = self.header.body.checked_add(more as u64).filter(|body| *body <= most)?;
        file_length(self.header.head as usize, body)
    }

    pub(super) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE - self.in_piece));
            self.file.write_all(now)?;
            self.sum.update(now);
            self.in_piece += now.len();
            self.header.body += now.len() as u64;
            if self.in_piece == PIECE {
                self.end_piece()?;
            }
            bytes = later;
        }
        Ok(())
    }

    /// Bytes of the file, which is whole now.
    pub(super) fn finish(mut self) -> io::Result<u64> {
        if self.in_piece > 0 {
            self.end_piece()?;
        }
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.write_all_at(&self.header.write(), 0)?;
        self.header.file_length().ok_or_else(|| io::ErrorKind::FileTooLarge.into())
    }

    fn end_piece(&mut self) -> io::Result<()> {
        let sum: [u8; SUM] = self.sum.digest().to_le_bytes();
        self.file.write_all(&sum)?;
        self.sum = self.seal.begin_piece(self.header.body.div_ceil(PIECE as u64));
        self.in_piece = 0;
        Ok(())
    }
}
