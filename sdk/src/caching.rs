//! How responses are cached in front of their upstream, by the rules of HTTP (RFC 9111).

use std::time::Duration;

use sluice_abi::wire::{self, CachingFlags};

/// How the response to a request is cached; for [`Request::cache`](crate::Request::cache).
///
/// The upstream's own `Cache-Control` decides, unless something else is said here. The host has the cache and does all the
/// rest: it answers conditions and ranges, asks anew when a response has become stale, and asks once where many want the same.
///
/// ```
/// # use sluice_sdk::prelude::*;
/// # fn example(request: &mut Request<'_>, language: &[u8]) {
/// request.cache(&Caching::new().lifetime(Duration::from_secs(300)).part(language).tag("articles"));
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "hand it to Request::cache"]
pub struct Caching<'a> {
    wire: wire::Caching<'a>,
}

impl<'a> Caching<'a> {
    /// As the upstream says.
    pub fn new() -> Self {
        Self::default()
    }

    /// The cache is not asked and nothing is stored; what changes something still drops what is cached of it.
    pub fn bypass() -> Self {
        Self::new().flag(CachingFlags::BYPASS)
    }

    /// Each consumer has their own responses; where nobody is known they are shared.
    pub fn per_consumer(self) -> Self {
        self.flag(CachingFlags::PER_CONSUMER)
    }

    /// Stands for the query in the key of the response.
    pub fn query(mut self, query: &'a str) -> Self {
        self.wire.query = Some(query);
        self
    }

    /// Tells responses apart beside URL and query: at most 16 of at most 4,096 bytes.
    pub fn part(mut self, part: &'a [u8]) -> Self {
        self.wire.parts.push(part);
        self
    }

    /// How long responses are fresh, whatever the upstream says of that. What may not be stored at all is not, as what is
    /// `private` or `no-store`.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.wire.lifetime = Some(millis(lifetime));
        self
    }

    /// How long responses are fresh of which neither the upstream nor a heuristic says so.
    pub fn default_lifetime(mut self, lifetime: Duration) -> Self {
        self.wire.default_lifetime = Some(millis(lifetime));
        self
    }

    /// For how long stale responses are served while one request asks anew, where the upstream does not say (RFC 5861).
    pub fn stale_while_revalidate(mut self, time: Duration) -> Self {
        self.wire.stale_while_revalidate = Some(millis(time));
        self
    }

    /// For how long stale responses are served when the upstream fails, where it does not say (RFC 5861).
    pub fn stale_if_error(mut self, time: Duration) -> Self {
        self.wire.stale_if_error = Some(millis(time));
        self
    }

    /// Purging it drops the response, on all nodes: at most 16, 1 to 64 bytes each.
    pub fn tag(mut self, tag: &'a str) -> Self {
        self.wire.tags.push(tag);
        self
    }

    /// A header field of the response that has more tags, between spaces or commas. The client does not see it.
    pub fn tag_header(mut self, name: &'a str) -> Self {
        self.wire.tag_header = Some(name);
        self
    }

    /// Stores responses that set cookies, without the cookies.
    pub fn store_set_cookie(self) -> Self {
        self.flag(CachingFlags::STORE_SET_COOKIE)
    }

    /// Cookies of the request do not matter. Without it, responses to requests with cookies are stored only where the upstream
    /// says itself for how long.
    pub fn ignore_cookies(self) -> Self {
        self.flag(CachingFlags::IGNORE_COOKIES)
    }

    /// Heeds `CDN-Cache-Control` (RFC 9213).
    pub fn cdn_cache_control(self) -> Self {
        self.flag(CachingFlags::CDN_CACHE_CONTROL)
    }

    /// What the request says to caches is not heeded, but for `only-if-cached`.
    pub fn ignore_request_directives(self) -> Self {
        self.flag(CachingFlags::IGNORE_REQUEST_DIRECTIVES)
    }

    /// `s-maxage` forbids stale responses even where something allows them (RFC 9111 section 5.2.2.10, read strictly).
    pub fn strict_s_maxage(self) -> Self {
        self.flag(CachingFlags::STRICT_S_MAXAGE)
    }

    fn flag(mut self, flag: CachingFlags) -> Self {
        self.wire.flags = self.wire.flags.with(flag);
        self
    }

    pub(crate) fn encoded(&self) -> Vec<u8> {
        wire::encode(&self.wire)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
