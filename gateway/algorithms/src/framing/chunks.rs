//! Chunked bodies (RFC 9112, section 7.1), from their first size line to the last one. What follows that are trailers.

use super::{Limits, fault::Fault};

/// The largest chunk: far beyond what anybody sends, and far from where numbers overflow.
const LARGEST: u64 = 1 << 60;
/// Digits of a size: the largest has 16, and zeros before a smaller one have no use.
const MOST_DIGITS: u8 = 16;

/// A place in a chunked body.
#[derive(Clone, Debug)]
pub(super) struct Chunks {
    part: Part,
    /// Digits of this size so far.
    digits: u8,
    /// Bytes of all extensions of this body so far.
    extensions: u32,
    /// Size of this chunk, or what is left of its data.
    left: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Size,
    Extension,
    /// In a quoted string of an extension.
    Quoted,
    /// Behind a backslash in there.
    Escaped,
    SizeLf,
    Data,
    DataCr,
    DataLf,
}

impl Chunks {
    /// Before the first chunk.
    pub(super) const fn new() -> Self {
        Self { part: Part::Size, digits: 0, extensions: 0, left: 0 }
    }

    /// Reads on in `piece`, and moves `at` on behind what is sound. Says whether the last size line has ended.
    pub(super) fn read(&mut self, piece: &[u8], at: &mut usize, limits: &Limits) -> Result<bool, Fault> {
        while let Some(byte) = piece.get(*at) {
            if self.part == Part::Data {
                self.skip_data(piece.len(), at);
                continue;
            }
            let part = self.next(*byte, limits)?;
            *at += 1;
            let ends_a_size = self.part == Part::SizeLf;
            self.part = part;
            if ends_a_size && self.left == 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn skip_data(&mut self, end: usize, at: &mut usize) {
        let there = usize::try_from(self.left).map_or(end - *at, |left| left.min(end - *at));
        *at += there;
        self.left -= there as u64;
        if self.left == 0 {
            self.part = Part::DataCr;
        }
    }

    /// Where `byte` leads.
    fn next(&mut self, byte: u8, limits: &Limits) -> Result<Part, Fault> {
        match (self.part, byte) {
            (Part::Size, byte) if byte.is_ascii_hexdigit() => self.digit(byte),
            (Part::Size, b'\r') if self.digits > 0 => Ok(Part::SizeLf),
            (Part::Size, b';') if self.digits > 0 => self.extension(byte, limits),
            (Part::Size | Part::Extension, b'\n') => Err(Fault::BareLf),
            (Part::Size, _) => Err(Fault::BadChunkSize),
            (Part::Extension, b'\r') => Ok(Part::SizeLf),
            (Part::Extension | Part::Quoted | Part::Escaped, byte) => self.extension(byte, limits),
            (Part::SizeLf, b'\n') => {
                self.digits = 0;
                Ok(Part::Data)
            }
            (Part::SizeLf, _) => Err(Fault::BareCr),
            (Part::DataCr, b'\r') => Ok(Part::DataLf),
            (Part::DataLf, b'\n') => Ok(Part::Size),
            (Part::Data | Part::DataCr | Part::DataLf, _) => Err(Fault::BadChunkEnd),
        }
    }

    fn digit(&mut self, byte: u8) -> Result<Part, Fault> {
        let value = char::from(byte).to_digit(16).map_or(0, u64::from);
        self.digits += 1;
        // Sixteen digits fit, so nothing is lost here.
        self.left = self.left << 4 | value;
        match self.digits > MOST_DIGITS || self.left > LARGEST {
            true => Err(Fault::BadChunkSize),
            false => Ok(Part::Size),
        }
    }

    /// Only quoted strings are followed: some let them hold the end of a line, so none may be open there.
    fn extension(&mut self, byte: u8, limits: &Limits) -> Result<Part, Fault> {
        self.extensions = self.extensions.saturating_add(1);
        if self.extensions as usize > limits.extension_bytes {
            return Err(Fault::ChunkExtensionTooLong);
        }
        match (self.part, byte) {
            (_, 0) => Err(Fault::Nul),
            (_, byte) if byte != b'\t' && (!byte.is_ascii() || byte.is_ascii_control()) => {
                Err(Fault::BadChunkExtension)
            }
            (Part::Quoted, b'\\') => Ok(Part::Escaped),
            (Part::Quoted, b'"') => Ok(Part::Extension),
            (Part::Quoted | Part::Escaped, _) | (Part::Extension, b'"') => Ok(Part::Quoted),
            _ => Ok(Part::Extension),
        }
    }
}
