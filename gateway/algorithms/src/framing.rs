//! The framing of HTTP/1 requests (RFC 9112), checked before a lenient parser sees them.
//!
//! Parsers repair much that is wrong: of two lengths they take one, of a length and a coding the coding, and a lone LF
//! ends a line. Where two servers on the way repair differently, a request can hide in another one. A [`Scanner`] hears
//! all bytes of a connection first, follows requests and bodies, and refuses whatever could be read in two ways.
//!
//! Heads and trailers are held back until they are whole and sound: no part of a faulty one is ever handed on.
//! Bodies are not: of those, all is handed on up to the byte at fault.

mod bytes;
mod chunks;
mod fault;
mod fields;
mod section;
mod target;

use std::mem;

pub use self::fault::Fault;
use self::{chunks::Chunks, fields::Body, section::Section};

/// How much a request may have of what has no limit in itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a head, from the request line, and an empty line before it, to the empty line at its end.
    pub head_bytes: usize,
    /// Bytes of a request target.
    pub target_bytes: usize,
    /// Field lines of a head, and as many of trailers.
    pub headers: usize,
    /// Bytes of trailers, with the empty line at their end.
    pub trailer_bytes: usize,
    /// Bytes of all chunk extensions of one body, each from its semicolon. Nobody uses them.
    pub extension_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 64 * 1024,
            target_bytes: 16 * 1024,
            headers: 100,
            trailer_bytes: 8 * 1024,
            extension_bytes: 4 * 1024,
        }
    }
}

/// A place in the requests of one connection. Allocates only for a head or for trailers that come in pieces.
#[derive(Clone, Debug)]
pub struct Scanner {
    place: Place,
    fault: Option<Fault>,
    requests: u64,
    /// Bytes of earlier pieces that are held back: the beginning of a head or of trailers.
    held: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Place {
    Section(Section),
    /// In a body, with so many bytes to come.
    Length(u64),
    Chunks(Chunks),
    /// Behind a request whose answer says what follows.
    Undecided,
    /// HTTP has ended.
    Beyond,
}

/// What to do with a piece that was scanned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Scanned {
    /// Bytes of earlier pieces that are handed on first; seldom any.
    pub held: Vec<u8>,
    /// How many bytes of this piece follow them, from its start. The scanner keeps the rest, or they are refused; but in the
    /// stage [`Undecided`](Stage::Undecided) the caller keeps it, to be scanned behind [`Scanner::stay`] or [`Scanner::stop`].
    pub good: usize,
    /// Why nothing is handed on any more.
    pub fault: Option<Fault>,
}

/// What the next byte belongs to; with a fault, what that was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// To nothing yet: the last request has ended, or none has begun.
    Idle,
    /// To a head of which nothing was handed on.
    Head,
    /// To the body, or the trailers, of a request whose head was handed on.
    Body,
    /// To another request or to another protocol: the last request asks to switch, and is not answered yet.
    Undecided,
    /// To whatever is spoken after HTTP.
    Beyond,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

impl Scanner {
    /// At the start of a connection.
    #[must_use]
    pub const fn new() -> Self {
        Self { place: Place::Section(Section::head()), fault: None, requests: 0, held: Vec::new() }
    }

    /// Hears the next bytes of the connection, with the same `limits` each time.
    ///
    /// However the bytes are cut into pieces, the same ones are handed on, and the same fault is found.
    /// After a fault nothing is good any more, and it is told again.
    pub fn scan(&mut self, piece: &[u8], limits: &Limits) -> Scanned {
        let mut scanned = Scanned { fault: self.fault, ..Scanned::default() };
        let mut at = 0;
        while at < piece.len() && scanned.fault.is_none() && !matches!(self.place, Place::Undecided) {
            if let Err(fault) = self.step(piece, &mut at, limits, &mut scanned) {
                (self.fault, scanned.fault) = (Some(fault), Some(fault));
                self.held = Vec::new();
            }
        }
        scanned
    }

    /// Ends the scan: what follows is not HTTP/1, since a `CONNECT` was granted or the protocol was switched.
    /// To be called before the client is told so, since it may send at once.
    /// Returns what is held back, which is to be handed on; all further bytes are good. A fault that was found stays.
    pub fn stop(&mut self) -> Vec<u8> {
        if self.fault.is_none() {
            self.place = Place::Beyond;
        }
        mem::take(&mut self.held)
    }

    /// Goes on behind a request that asked to switch protocols: the answer is that it remains HTTP.
    pub fn stay(&mut self) {
        if matches!(self.place, Place::Undecided) {
            self.place = Place::Section(Section::head());
        }
    }

    /// The requests whose heads were handed on: answered before a fault is, but for the one in whose body it is.
    #[must_use]
    pub const fn requests(&self) -> u64 {
        self.requests
    }

    /// What the next byte belongs to.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        match &self.place {
            Place::Section(section) if section.is_trailers() => Stage::Body,
            Place::Section(_) if self.fault.is_none() && self.held.is_empty() => Stage::Idle,
            Place::Section(_) => Stage::Head,
            Place::Length(_) | Place::Chunks(_) => Stage::Body,
            Place::Undecided => Stage::Undecided,
            Place::Beyond => Stage::Beyond,
        }
    }

    /// Takes in as much of `piece` from `at` as belongs to one place.
    fn step(&mut self, piece: &[u8], at: &mut usize, limits: &Limits, scanned: &mut Scanned) -> Result<(), Fault> {
        match &mut self.place {
            Place::Section(section) => {
                let whole = match self.held.is_empty() {
                    true => begin(section, &mut self.held, piece, at, limits)?,
                    false => go_on(section, &mut self.held, piece, at, limits)?,
                };
                if !whole {
                    return Ok(());
                }
                self.requests += u64::from(!section.is_trailers());
                self.place = section.next();
                if !self.held.is_empty() {
                    // It goes back to the start of this piece, whose bytes are not to be handed on twice.
                    self.held.truncate(self.held.len() - *at);
                    scanned.held = mem::take(&mut self.held);
                }
            }
            Place::Length(left) => {
                let there = piece.len() - *at;
                let there = usize::try_from(*left).map_or(there, |left| left.min(there));
                *at += there;
                *left -= there as u64;
                if *left == 0 {
                    self.place = Place::Section(Section::head());
                }
            }
            Place::Chunks(chunks) => {
                let read = chunks.read(piece, at, limits);
                scanned.good = *at;
                if read? {
                    self.place = Place::Section(Section::trailers());
                }
            }
            Place::Undecided => {}
            Place::Beyond => *at = piece.len(),
        }
        scanned.good = *at;
        Ok(())
    }
}

impl Section {
    /// What comes behind it.
    fn next(&self) -> Place {
        match self.body() {
            _ if self.is_trailers() => Place::Section(Self::head()),
            _ if self.asks_to_switch() => Place::Undecided,
            Body::Length(0) => Place::Section(Self::head()),
            Body::Length(length) => Place::Length(length),
            Body::Chunked => Place::Chunks(Chunks::new()),
        }
    }
}

/// Reads a section that begins at `at`, where it stands if it is whole, as nearly all are. Says whether it is.
fn begin(
    section: &mut Section,
    held: &mut Vec<u8>,
    piece: &[u8],
    at: &mut usize,
    limits: &Limits,
) -> Result<bool, Fault> {
    let length = section.read(&piece[*at..], limits)?;
    if length.is_none() {
        held.extend_from_slice(&piece[*at..]);
    }
    *at += length.unwrap_or(piece.len() - *at);
    Ok(length.is_some())
}

/// Reads on in a section that began in an earlier piece. Says whether it is whole.
fn go_on(
    section: &mut Section,
    held: &mut Vec<u8>,
    piece: &[u8],
    at: &mut usize,
    limits: &Limits,
) -> Result<bool, Fault> {
    // By lines, since a section ends with one; and no more than is needed to see that it is too large.
    let room = section.limit(limits).saturating_add(1).saturating_sub(held.len());
    let rest = &piece[*at..];
    let rest = &rest[..rest.len().min(room)];
    let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |lf| lf + 1);
    held.extend_from_slice(&rest[..length]);
    *at += length;
    section.read(held, limits).map(|end| end.is_some())
}

#[cfg(test)]
mod tests;
