//! Whole responses that plugins keep on a node, in one cache of bounded size.
//!
//! The least recently used go first, and expired ones are dropped when they are met.
//! Tags have an index of their own, which learns of a response before the cache does and forgets it after:
//! so a purge misses nothing that could be found.

mod tags;

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter, sync::Cache};

use self::tags::{TagKey, Tags};
use crate::bounded::{FIELD, OVERHEAD, arranged};

/// The longest key, in bytes.
pub const RESPONSE_KEY: usize = 512;

/// Tags of one response at most.
pub const TAGS: usize = 16;

/// The longest tag, in bytes.
pub const TAG: usize = 64;

/// The largest response, in bytes of head and body.
pub const RESPONSE: usize = 1024 * 1024;

/// Names a response: whose it is, and its key there.
///
/// Attachment and key are kept apart by the attachment's length, so no key of one is ever a key of another.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResponseKey(Box<[u8]>);

/// A response that is kept.
#[derive(Debug)]
pub struct CachedResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Nanoseconds of the clock that the cache is used with.
    pub stored_at: u64,
    /// On the same clock: not served from then on.
    pub expires_at: u64,
}

/// Why a response was not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// More than [`RESPONSE`].
    #[error("the response has {0} bytes: at most {RESPONSE} are kept")]
    TooLarge(usize),
    /// Its key, tags or time to live make no sense; the text has the remedy.
    #[error("{0}")]
    Invalid(String),
}

/// The responses of all attachments of a node. Shared by all workers.
#[derive(Debug)]
pub struct Responses {
    cache: Cache<ResponseKey, Arc<Kept>, Weight, DefaultHashBuilder, Collect>,
    tags: Tags,
}

/// What the cache has under a key.
#[derive(Debug)]
struct Kept {
    response: Arc<CachedResponse>,
    tags: Box<[TagKey]>,
    weight: u64,
}

#[derive(Clone, Debug)]
struct Weight;

/// Hands what was pushed out to the caller, who has no lock then.
#[derive(Clone, Debug)]
struct Collect;

// === impl Responses ===

/// `now` is in nanoseconds of one monotonic clock, the same for all calls.
impl Responses {
    /// A cache of at most `bytes`, all costs included; with 0 it keeps nothing.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let (options, _) = arranged(bytes);
        let cache = Cache::with_options(options, Weight, DefaultHashBuilder::default(), Collect);
        Self { cache, tags: Tags::default() }
    }

    /// Keeps a response for `ttl` from `now` on, in place of the one under the same key.
    ///
    /// # Errors
    /// [`NotKept`]; what was there stays.
    pub fn keep(
        &self,
        key: ResponseKey,
        response: http::Response<Bytes>,
        ttl: Duration,
        tags: &[Box<str>],
        now: u64,
    ) -> Result<(), NotKept> {
        check_directive(ttl, tags)?;
        let (head, body) = response.into_parts();
        let fields: usize = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        let size = fields + body.len();
        if size > RESPONSE {
            return Err(NotKept::TooLarge(size));
        }
        let tags: Box<[TagKey]> = tags.iter().map(|tag| TagKey::new(key.attachment(), tag)).collect();
        let index: usize = tags.iter().map(|tag| tag.len() + key.0.len()).sum();
        let costs = key.0.len() + index + head.headers.len() * FIELD + OVERHEAD;
        let response = CachedResponse {
            status: head.status,
            headers: head.headers,
            body,
            stored_at: now,
            expires_at: now.saturating_add(u64::try_from(ttl.as_nanos()).unwrap_or(u64::MAX)),
        };
        self.insert(key, Arc::new(Kept { response: Arc::new(response), tags, weight: (size + costs) as u64 }));
        Ok(())
    }

    /// The response under `key`, if it is not over its time.
    #[must_use]
    pub fn find(&self, key: &ResponseKey, now: u64) -> Option<Arc<CachedResponse>> {
        let kept = self.cache.get(key)?;
        if kept.response.expires_at > now {
            return Some(kept.response.clone());
        }
        self.drop_exactly(key, &kept);
        None
    }

    /// Drops the response under `key`; whether one was there and not over its time.
    pub fn purge(&self, key: &ResponseKey, now: u64) -> bool {
        let Some((_, kept)) = self.cache.remove(key) else { return false };
        self.tags.forget(&kept);
        kept.response.expires_at > now
    }

    /// Drops the attachment's responses that carry `tag`; how many there were and not over their time.
    pub fn purge_tag(&self, attachment: &str, tag: &str, now: u64) -> u32 {
        let tagged = self.tags.find(&TagKey::new(attachment, tag));
        let dropped = tagged.into_iter().filter(|(key, kept)| {
            kept.upgrade().is_some_and(|kept| self.drop_exactly(key, &kept) && kept.response.expires_at > now)
        });
        u32::try_from(dropped.count()).unwrap_or(u32::MAX)
    }

    /// What is kept, in bytes, all costs included.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.cache.weight()
    }

    /// How many responses are kept, those included that are over their time and not dropped yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cache.len()
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cache.is_empty()
    }

    fn insert(&self, key: ResponseKey, kept: Arc<Kept>) {
        self.tags.learn(&key, &kept);
        let mut pushed_out = Vec::new();
        self.cache.insert_with_lifecycle(key, kept, &mut pushed_out);
        pushed_out.iter().for_each(|kept| self.tags.forget(kept));
    }

    /// Drops this very response; false when another one has its place by now.
    fn drop_exactly(&self, key: &ResponseKey, kept: &Arc<Kept>) -> bool {
        let removed = self.cache.remove_if(key, |found| Arc::ptr_eq(found, kept)).is_some();
        if removed {
            self.tags.forget(kept);
        }
        removed
    }
}

/// Whether a response may be kept so long and with these tags.
///
/// # Errors
/// [`NotKept::Invalid`].
pub fn check_directive(ttl: Duration, tags: &[Box<str>]) -> Result<(), NotKept> {
    if ttl.is_zero() {
        return Err(NotKept::Invalid("a response is kept for 0 ms: use at least 1".to_owned()));
    }
    if tags.len() > TAGS {
        return Err(NotKept::Invalid(format!("a response has {} tags: use at most {TAGS}", tags.len())));
    }
    match tags.iter().find(|tag| !(1..=TAG).contains(&tag.len())) {
        Some(tag) => Err(NotKept::Invalid(format!("a tag has {} bytes: use 1 to {TAG}", tag.len()))),
        None => Ok(()),
    }
}

// === impl ResponseKey ===

impl ResponseKey {
    /// The key `key` of an attachment; `None` when it is empty or longer than [`RESPONSE_KEY`].
    #[must_use]
    pub fn new(attachment: &str, key: &str) -> Option<Self> {
        if !(1..=RESPONSE_KEY).contains(&key.len()) {
            return None;
        }
        Some(Self(join(attachment, key)))
    }

    /// Whose response it is.
    #[must_use]
    pub fn attachment(&self) -> &str {
        let (len, rest) = self.0.split_at(LENGTH);
        let len = u32::from_le_bytes(len.try_into().expect("four bytes"));
        std::str::from_utf8(&rest[..len as usize]).expect("it was made of text")
    }
}

/// Bytes of a length.
const LENGTH: usize = 4;

/// Two texts in one, kept apart by the length of the first.
fn join(attachment: &str, text: &str) -> Box<[u8]> {
    let len = u32::try_from(attachment.len()).expect("names of attachments are short");
    [&len.to_le_bytes(), attachment.as_bytes(), text.as_bytes()].concat().into()
}

// === impl CachedResponse ===

impl CachedResponse {
    /// How long ago it was stored.
    #[must_use]
    pub fn age(&self, now: u64) -> Duration {
        Duration::from_nanos(now.saturating_sub(self.stored_at))
    }

    /// How long it is still served.
    #[must_use]
    pub fn ttl(&self, now: u64) -> Duration {
        Duration::from_nanos(self.expires_at.saturating_sub(now))
    }
}

impl Weighter<ResponseKey, Arc<Kept>> for Weight {
    fn weight(&self, _: &ResponseKey, kept: &Arc<Kept>) -> u64 {
        kept.weight
    }
}

impl Lifecycle<ResponseKey, Arc<Kept>> for Collect {
    type RequestState = Vec<Arc<Kept>>;

    fn on_evict(&self, pushed_out: &mut Self::RequestState, _: ResponseKey, kept: Arc<Kept>) {
        pushed_out.push(kept);
    }
}

#[cfg(test)]
mod tests;
