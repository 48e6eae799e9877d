//! What the cache has under a key.

use std::sync::Arc;

use bytes::Bytes;
use gateway_algorithms::caching::{Freshness, Time};
use http::{HeaderMap, HeaderName, StatusCode};

use crate::bounded::{FIELD, OVERHEAD};

/// What is known of a URL beside its responses costs about so much.
const MARKER: u64 = 256;

/// A response that is kept, whole. Immutable, and shared by all who are sent it.
#[derive(Debug)]
pub struct Entry {
    pub head: EntryHead,
    pub body: Pieces,
}

/// What is kept of a response beside its body.
#[derive(Clone, Debug)]
pub struct EntryHead {
    pub status: StatusCode,
    /// Without the length of the body, which is as long as it is.
    pub headers: HeaderMap,
    pub freshness: Freshness,
    /// Who calls does not matter: the upstream lets others have it also where somebody is known to ask.
    pub for_anyone: bool,
    /// When its request was sent: what was invalidated from then on is not what it has.
    pub requested: Time,
    /// The revision that its request was served from: purges of later ones are about it.
    pub revision: u64,
    /// Scheme, authority, path and query.
    pub url: Arc<str>,
    /// Purging one of these drops it.
    pub tags: Box<[Box<str>]>,
}

/// What is found under a key.
#[derive(Clone, Debug)]
pub enum Found {
    /// A response.
    Response(Arc<Entry>),
    /// The fields of requests that tell the responses apart, which are under keys of their own.
    Varies(Arc<[HeaderName]>),
    /// Responses that are not stored, until then: requests do not wait for each other.
    Passes(Time),
}

/// A whole body in pieces. Clones share it.
#[derive(Clone, Debug)]
pub struct Pieces {
    pieces: Arc<[Bytes]>,
    length: u64,
}

// === impl Entry ===

impl Entry {
    /// What it takes in memory, in bytes, about.
    #[must_use]
    pub fn weight(&self) -> u64 {
        let head = &self.head;
        let fields: usize = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + FIELD).sum();
        let tags: usize = head.tags.iter().map(|tag| tag.len() + size_of::<Box<str>>()).sum();
        self.body.length() + (fields + tags + head.url.len() + OVERHEAD) as u64
    }
}

impl Found {
    /// As [`Entry::weight`].
    #[must_use]
    pub fn weight(&self) -> u64 {
        match self {
            Self::Response(entry) => entry.weight(),
            Self::Varies(names) => names.iter().map(|name| name.as_str().len() as u64).sum::<u64>() + MARKER,
            Self::Passes(_) => MARKER,
        }
    }
}

// === impl Pieces ===

impl Pieces {
    /// In bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    #[must_use]
    pub fn as_slice(&self) -> &[Bytes] {
        &self.pieces
    }
}

impl FromIterator<Bytes> for Pieces {
    fn from_iter<T: IntoIterator<Item = Bytes>>(pieces: T) -> Self {
        let pieces: Arc<[Bytes]> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
        let length = pieces.iter().map(|piece| piece.len() as u64).sum();
        Self { pieces, length }
    }
}
