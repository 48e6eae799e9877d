//! What a request asks the cache, and what the cache has for it.

use std::{borrow::Cow, sync::Arc};

use gateway_algorithms::caching::{
    Covered, Forward, LifetimeSource, Purges, RequestDirectives, Reuse, Time, reuse, selecting,
};
use gateway_host::Caching;
use gateway_store::cache::{
    entry::{Entry, Found},
    key::KeyWriter,
    record::CacheKey,
};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{AUTHORIZATION, COOKIE},
    uri::PathAndQuery,
};

use super::HttpCache;
use crate::{exchange::Exchange, normalize::host_name};

/// The attribute by which a plugin says that somebody has proved who they are, also somebody who is no consumer.
const CREDENTIAL: &str = "credential";

/// What a request asks.
pub(crate) struct Inquiry {
    pub(crate) caching: Caching,
    /// Of the responses for the URL and for what the plugin tells apart, whatever fields they vary on.
    pub(crate) key: CacheKey,
    pub(crate) directives: RequestDirectives,
    /// Somebody is known to call, and the key does not tell callers apart.
    pub(crate) shared_identity: bool,
    /// The configuration that it is served from.
    pub(crate) revision: u64,
}

/// What the cache has.
pub(crate) enum Stored {
    Response {
        key: CacheKey,
        entry: Arc<Entry>,
        reuse: Reuse,
    },
    Nothing {
        key: CacheKey,
        why: Forward,
    },
    /// What the upstream answered last is not stored.
    Passes {
        key: CacheKey,
    },
}

/// Of the request, what is in its key.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    /// As it goes to the upstream.
    pub(crate) target: &'a PathAndQuery,
    /// The route, where more than its URL leads to it.
    pub(crate) route: Option<&'a str>,
    /// The upstream, where a plugin or a draw has chosen it.
    pub(crate) upstream: Option<&'a str>,
    pub(crate) headers: &'a HeaderMap,
}

// === impl Inquiry ===

impl Inquiry {
    pub(crate) fn new(exchange: &Exchange, request: Target<'_>, caching: Caching) -> Self {
        let caller = if caching.per_consumer { caller(exchange, request.headers) } else { None };
        let is_known = exchange.consumer.is_some()
            || exchange.client.has_certificate()
            || exchange.attributes.get(CREDENTIAL).is_some()
            || request.headers.contains_key(AUTHORIZATION);
        let key = key(exchange, request, &caching, caller.as_deref());
        let directives = RequestDirectives::parse(request.headers).heeded(&caching.rules);
        let revision = exchange.serving.revision();
        Self { key, directives, shared_identity: is_known && caller.is_none(), revision, caching }
    }

    /// Whether the answer may be about who asks: somebody is known, or a cookie may name a session.
    pub(crate) fn is_of_somebody(&self, headers: &HeaderMap) -> bool {
        self.shared_identity || self.has_session(headers)
    }

    fn has_session(&self, headers: &HeaderMap) -> bool {
        !self.caching.ignore_cookies && headers.contains_key(COOKIE)
    }

    /// The URL under which the response is purged and invalidated.
    pub(crate) fn url(&self, exchange: &Exchange) -> Arc<str> {
        let query = query(exchange.target.query(), &self.caching);
        url(exchange, exchange.target.path(), query).into()
    }
}

/// The URL of a path and a query on the exchange's host.
pub(crate) fn url(exchange: &Exchange, path: &str, query: Option<&str>) -> String {
    let (scheme, authority) = (exchange.origin.scheme, authority(exchange));
    let (mark, query) = query.map_or(("", ""), |query| ("?", query));
    format!("{scheme}://{authority}{path}{mark}{query}")
}

/// Host in lower case, and the port if it is not the scheme's own.
pub(crate) fn authority(exchange: &Exchange) -> Cow<'_, str> {
    let (text, default) = (exchange.authority(), if exchange.origin.scheme == "https" { "443" } else { "80" });
    // Most are in that form already.
    if !text.ends_with('.') && text.bytes().all(|byte| byte != b':' && !byte.is_ascii_uppercase()) {
        return text.into();
    }
    let host = host_name(text);
    let port = text.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
    match port.filter(|port| !port.is_empty() && *port != default) {
        Some(port) => format!("{host}:{port}").into(),
        None => host,
    }
}

/// Who calls, as far as the gateway can tell. What clients write themselves is never the name of a consumer.
fn caller(exchange: &Exchange, headers: &HeaderMap) -> Option<Vec<u8>> {
    if let Some(identity) = &exchange.consumer {
        return Some([b"consumer ", identity.consumer.as_bytes()].concat());
    }
    let lines: Vec<&[u8]> = headers.get_all(AUTHORIZATION).iter().map(HeaderValue::as_bytes).collect();
    (!lines.is_empty()).then(|| [b"authorization ", &lines.join(&b"\n"[..])[..]].concat())
}

fn query<'a>(own: Option<&'a str>, caching: &'a Caching) -> Option<&'a str> {
    match &caching.query {
        None => own,
        Some(query) => Some(&**query).filter(|query| !query.is_empty()),
    }
}

/// All that tells responses apart, but for what they vary on.
#[derive(Clone, Debug, PartialEq)]
struct Parts<'a> {
    scheme: &'a str,
    /// As the upstream sees it, which may tell apart what is one host.
    authority: &'a str,
    path: &'a str,
    query: Option<&'a str>,
    /// What goes to the upstream, where plugins have changed that.
    changed: Option<(&'a str, Option<&'a str>)>,
    /// The route, where more than its URL leads to it.
    route: Option<&'a str>,
    /// The upstream, where a plugin or a draw has chosen it.
    upstream: Option<&'a str>,
    caller: Option<&'a [u8]>,
    /// What the plugin tells apart, each part behind its length.
    plugin: &'a [u8],
}

fn key(exchange: &Exchange, request: Target<'_>, caching: &Caching, caller: Option<&[u8]>) -> CacheKey {
    let is_changed = *request.target != exchange.target;
    let parts = Parts {
        scheme: exchange.origin.scheme,
        authority: &exchange.authority().to_ascii_lowercase(),
        path: exchange.target.path(),
        query: query(exchange.target.query(), caching),
        changed: is_changed.then(|| (request.target.path(), request.target.query())),
        route: request.route,
        upstream: request.upstream,
        caller,
        plugin: &caching.parts,
    };
    parts.key()
}

impl Parts<'_> {
    fn key(&self) -> CacheKey {
        let mut writer = KeyWriter::new("response");
        writer.part(self.scheme.as_bytes());
        writer.part(self.authority.as_bytes());
        writer.part(self.path.as_bytes());
        optional(&mut writer, self.query.map(str::as_bytes));
        optional(&mut writer, self.changed.map(|(path, _)| path.as_bytes()));
        optional(&mut writer, self.changed.and_then(|(_, query)| query).map(str::as_bytes));
        optional(&mut writer, self.route.map(str::as_bytes));
        optional(&mut writer, self.upstream.map(str::as_bytes));
        optional(&mut writer, self.caller);
        writer.part(self.plugin);
        writer.finish()
    }
}

/// A part that may be absent, told apart from an empty one.
fn optional(writer: &mut KeyWriter, part: Option<&[u8]>) {
    writer.part(&[u8::from(part.is_some())]);
    writer.part(part.unwrap_or_default());
}

/// The key of the response that these fields select.
pub(super) fn variant(key: &CacheKey, names: &[HeaderName], headers: &HeaderMap) -> CacheKey {
    let mut writer = KeyWriter::beneath(key, "variant");
    selecting(names, headers, |bytes| writer.raw(bytes));
    writer.finish()
}

// === impl HttpCache: looking ===

impl HttpCache {
    pub(crate) fn now(&self) -> Time {
        Time(self.clock.steady_ns() / 1_000_000)
    }

    /// What there is in memory for a request with these fields.
    pub(crate) fn look(&self, inquiry: &Inquiry, headers: &HeaderMap, purges: &Purges, now: Time) -> Stored {
        let (key, found, why) = match self.store.get(&inquiry.key) {
            Some(Found::Varies(names)) => {
                let key = variant(&inquiry.key, &names, headers);
                (key, self.store.get(&key), Forward::VaryMiss)
            }
            found => (inquiry.key, found, Forward::UriMiss),
        };
        match found {
            Some(Found::Response(entry)) => self.judge(inquiry, headers, purges, (key, entry, why), now),
            Some(Found::Passes(until)) if until > now => Stored::Passes { key },
            _ => Stored::Nothing { key, why },
        }
    }

    /// What is done with a stored response.
    pub(super) fn judge(
        &self,
        inquiry: &Inquiry,
        headers: &HeaderMap,
        purges: &Purges,
        (key, entry, why): (CacheKey, Arc<Entry>, Forward),
        now: Time,
    ) -> Stored {
        let head = &entry.head;
        // What the upstream has not said itself is for those of whom nothing is known, unless it lets others have it.
        let is_said = head.freshness.source == LifetimeSource::Explicit;
        if !is_said && (inquiry.has_session(headers) || inquiry.shared_identity && !head.for_anyone) {
            return Stored::Passes { key };
        }
        let entry = match purges.covers(head.revision, &head.url, &head.tags) {
            Covered::No => entry,
            Covered::Soft => Arc::new(outdated(&entry, now)),
            Covered::Hard => {
                self.store.remove_exactly(&key, &entry);
                return Stored::Nothing { key, why };
            }
        };
        let reuse = reuse(&inquiry.caching.rules, &entry.head.freshness, &inquiry.directives, now);
        Stored::Response { key, entry, reuse }
    }
}

impl HttpCache {
    /// Whether a request with these fields is answered with what is stored under `key`.
    pub(crate) fn selects(&self, inquiry: &Inquiry, headers: &HeaderMap, key: CacheKey) -> bool {
        match self.store.get(&inquiry.key) {
            Some(Found::Varies(names)) => variant(&inquiry.key, &names, headers) == key,
            _ => inquiry.key == key,
        }
    }
}

/// As if it had become stale just now.
fn outdated(entry: &Entry, now: Time) -> Entry {
    let mut head = entry.head.clone();
    head.freshness.lifetime = head.freshness.lifetime.min(head.freshness.age(now));
    Entry { head, body: entry.body.clone() }
}

/// Whether a cache may answer it at all.
pub(crate) fn is_cacheable(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

#[cfg(test)]
mod tests {
    use std::{collections::HashMap, mem};

    use proptest::prelude::*;

    use super::*;

    /// What a client or a plugin may write, made of few characters so that parts look like each other.
    type Written = (String, String, Option<String>, Option<(String, Option<String>)>, Chosen, Option<Vec<u8>>, Vec<u8>);
    type Chosen = (Option<String>, Option<String>);

    fn written() -> impl Strategy<Value = Written> {
        let text = || "[ab/?=&;]{0,6}";
        let bytes = || prop::collection::vec(prop_oneof![Just(0u8), Just(1), Just(b'a')], 0..5);
        (
            text(),
            text(),
            prop::option::of(text()),
            prop::option::of((text(), prop::option::of(text()))),
            (prop::option::of(text()), prop::option::of(text())),
            prop::option::of(bytes()),
            bytes(),
        )
    }

    fn parts((authority, path, query, changed, (route, upstream), caller, plugin): &Written) -> Parts<'_> {
        Parts {
            scheme: "https",
            authority,
            path,
            query: query.as_deref(),
            changed: changed.as_ref().map(|(path, query)| (path.as_str(), query.as_deref())),
            route: route.as_deref(),
            upstream: upstream.as_deref(),
            caller: caller.as_deref(),
            plugin,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// Of two thousand requests with parts that look alike, no two have one key unless they are one.
        #[test]
        fn no_request_has_the_key_of_another(all in prop::collection::vec(written(), 2_000)) {
            let mut keys: HashMap<CacheKey, Parts<'_>> = HashMap::new();
            for written in &all {
                let parts = parts(written);
                if let Some(other) = keys.insert(parts.key(), parts.clone()) {
                    prop_assert_eq!(other, parts);
                }
            }
        }

        /// What stands at the end of one part has another key at the beginning of the next.
        #[test]
        fn nothing_moves_from_one_part_into_the_next(text in "[ab/?]{1,8}", cut in any::<prop::sample::Index>()) {
            let (one, other) = text.split_at(cut.index(text.len()));
            let mut written: Written = (one.into(), other.into(), None, None, (None, None), None, Vec::new());
            let key = parts(&written).key();
            let moved = format!("{one}{other}");
            if !other.is_empty() {
                written.0 = moved;
                written.1 = String::new();
                prop_assert_ne!(parts(&written).key(), key);
            }
            let query = mem::take(&mut written.1);
            written.2 = Some(query);
            prop_assert_ne!(parts(&written).key(), key);
        }
    }

    #[test]
    fn an_absent_part_is_none_that_is_empty() {
        let plain: Written = ("a".into(), "/".into(), None, None, (None, None), None, Vec::new());
        let mut others = vec![plain.clone(); 5];
        others[0].2 = Some(String::new());
        others[1].3 = Some((String::new(), None));
        others[2].4.1 = Some(String::new());
        others[4].4.0 = Some(String::new());
        others[3].5 = Some(Vec::new());
        let mut keys: Vec<CacheKey> = others.iter().map(|other| parts(other).key()).collect();
        keys.push(parts(&plain).key());
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 6);
    }
}
