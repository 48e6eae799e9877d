//! Responses that plugins keep: answering with one, and keeping one while it goes out.
//!
//! What is kept is what the client is sent, after all plugins, but for the fields that are about one client or one exchange.
//! A response from the cache passes the plugins that saw its request, as any other; what they set, they set again.

use std::sync::Arc;

use bytes::Bytes;
use gateway_host::{StoreResponse, monotonic_ns};
use gateway_store::{CachedResponse, ResponseKey, Responses, responses::RESPONSE};
use http::{
    HeaderMap, Method, Response, StatusCode,
    header::{AGE, CONTENT_LENGTH, RETRY_AFTER, SET_COOKIE, TRAILER},
    response::Parts,
};
use http_body::Frame;

use crate::forward::{self, X_REQUEST_ID};

/// The response under a key, unless it is gone or over its time by now.
pub(crate) fn find(responses: &Responses, key: &ResponseKey) -> Option<Response<Bytes>> {
    find_at(responses, key, monotonic_ns())
}

fn find_at(responses: &Responses, key: &ResponseKey, now: u64) -> Option<Response<Bytes>> {
    let kept = responses.find(key, now)?;
    let mut response = Response::new(kept.body.clone());
    *response.status_mut() = kept.status;
    *response.headers_mut() = kept.headers.clone();
    let headers = response.headers_mut();
    headers.insert(AGE, age(&kept, now).into());
    if kept.status != StatusCode::NO_CONTENT {
        headers.insert(CONTENT_LENGTH, kept.body.len().into());
    }
    Some(response)
}

/// Seconds since the origin made it (RFC 9111, section 4.2.3): those that it had when it came, and those that it was kept.
fn age(kept: &CachedResponse, now: u64) -> u64 {
    let came_with = kept.headers.get(AGE).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    kept.age(now).as_secs().saturating_add(came_with.unwrap_or(0))
}

// === keeping ===

/// A response that goes out and is to be kept. Dropped before it is [whole](Self::whole), nothing is kept.
pub(crate) struct Keeping {
    responses: Arc<Responses>,
    under: Vec<StoreResponse>,
    status: StatusCode,
    headers: HeaderMap,
    /// None once it is known that the response cannot be kept.
    body: Option<Vec<u8>>,
}

impl Keeping {
    /// Begins to keep the response to a request of `method`, under each of these keys. `length` is that of its body, where it
    /// is known. None when there is nothing to keep.
    pub(crate) fn begin(
        responses: &Arc<Responses>,
        under: Vec<StoreResponse>,
        method: &Method,
        head: &Parts,
        length: Option<u64>,
    ) -> Option<Box<Self>> {
        let fits = length.is_none_or(|length| length <= RESPONSE as u64);
        if under.is_empty() || !fits || !is_whole(method, head.status) {
            return None;
        }
        let body = Some(Vec::with_capacity(length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0)));
        let headers = kept_headers(&head.headers);
        Some(Box::new(Self { responses: responses.clone(), under, status: head.status, headers, body }))
    }

    /// Takes down what is sent.
    pub(crate) fn passes(&mut self, frame: &Frame<Bytes>) {
        match frame.data_ref() {
            Some(data) => self.takes(data),
            // They are not kept, and without them the response would be another one.
            None => self.body = None,
        }
    }

    /// Takes down a part of the body.
    pub(crate) fn takes(&mut self, data: &[u8]) {
        let Some(body) = &mut self.body else { return };
        if body.len() + data.len() > RESPONSE {
            self.body = None;
        } else {
            body.extend_from_slice(data);
        }
    }

    /// The response has gone out to its end.
    pub(crate) fn whole(self) {
        self.whole_at(monotonic_ns());
    }

    fn whole_at(self, now: u64) {
        let Some(body) = self.body else { return };
        let mut response = Response::new(Bytes::from(body.into_boxed_slice()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        for StoreResponse { key, ttl, tags } in self.under {
            let attachment = key.attachment().to_owned();
            if let Err(reason) = self.responses.keep(key, response.clone(), ttl, &tags, now) {
                tracing::debug!(attachment, %reason, "a response was not kept");
            }
        }
    }
}

/// Whether a response is all that there is to say: answers to HEAD, parts and confirmations are not.
fn is_whole(method: &Method, status: StatusCode) -> bool {
    *method != Method::HEAD && !matches!(status, StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED)
}

/// Without what is about the hop, the client or this one exchange. `Age` stays: the response is as old as it says.
fn kept_headers(headers: &HeaderMap) -> HeaderMap {
    let mut kept = headers.clone();
    forward::clean_response(&mut kept);
    for name in [CONTENT_LENGTH, SET_COOKIE, TRAILER, RETRY_AFTER, X_REQUEST_ID] {
        kept.remove(name);
    }
    for name in headers.keys().filter(|name| is_about_limits(name.as_str())) {
        kept.remove(name);
    }
    kept
}

fn is_about_limits(name: &str) -> bool {
    name.starts_with("ratelimit") || name.starts_with("x-ratelimit")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::HeaderValue;

    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn under(key: &str) -> (ResponseKey, Vec<StoreResponse>) {
        let key = ResponseKey::new("cache", key).unwrap();
        (key.clone(), vec![StoreResponse { key, ttl: Duration::from_secs(60), tags: Vec::new() }])
    }

    fn head(status: u16, headers: &[(&'static str, &'static str)]) -> Parts {
        let (mut head, ()) = Response::new(()).into_parts();
        head.status = StatusCode::from_u16(status).unwrap();
        for (name, value) in headers {
            head.headers.append(*name, HeaderValue::from_static(value));
        }
        head
    }

    fn responses() -> Arc<Responses> {
        Arc::new(Responses::new(8 * 1024 * 1024))
    }

    #[test]
    fn a_response_is_kept_without_what_is_about_one_client_or_exchange() {
        let (responses, (key, under)) = (responses(), under("a"));
        let head = head(
            203,
            &[
                ("content-type", "text/plain"),
                ("set-cookie", "session=1"),
                ("ratelimit", "\"burst\";r=1;t=1"),
                ("ratelimit-policy", "\"burst\";q=2;w=1"),
                ("x-ratelimit-remaining", "3"),
                ("retry-after", "1"),
                ("x-request-id", "1"),
                ("connection", "x-hop"),
                ("x-hop", "1"),
                ("transfer-encoding", "chunked"),
                ("vary", "accept"),
                ("vary", "accept-language"),
            ],
        );
        let mut keeping = Keeping::begin(&responses, under, &Method::GET, &head, None).unwrap();
        keeping.passes(&Frame::data(Bytes::from_static(b"one ")));
        keeping.passes(&Frame::data(Bytes::from_static(b"two")));
        keeping.whole_at(10 * SECOND);
        let found = find_at(&responses, &key, 15 * SECOND).unwrap();
        assert_eq!((found.status().as_u16(), &found.body()[..]), (203, &b"one two"[..]));
        let mut headers: Vec<_> =
            found.headers().iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        headers.sort();
        let expected =
            ["age: 5", "content-length: 7", "content-type: text/plain", "vary: accept", "vary: accept-language"];
        assert_eq!(headers, expected);
        assert!(find_at(&responses, &key, 70 * SECOND).is_none(), "its time is over");
    }

    #[test]
    fn a_response_that_came_old_is_older_from_the_cache() {
        let (responses, (key, under)) = (responses(), under("a"));
        let head = head(200, &[("age", "100")]);
        Keeping::begin(&responses, under, &Method::GET, &head, Some(0)).unwrap().whole_at(0);
        assert_eq!(find_at(&responses, &key, 7 * SECOND).unwrap().headers()[AGE], "107");
    }

    #[test]
    fn what_is_not_whole_is_not_kept() {
        let responses = responses();
        let begins = |method: Method, status, length| {
            Keeping::begin(&responses, under("a").1, &method, &head(status, &[]), length).is_some()
        };
        assert!(begins(Method::GET, 200, None) && begins(Method::POST, 404, Some(1024 * 1024)));
        assert!(!begins(Method::HEAD, 200, None));
        assert!(!begins(Method::GET, 206, None));
        assert!(!begins(Method::GET, 304, None));
        assert!(!begins(Method::GET, 200, Some(1024 * 1024 + 1)));
        assert!(Keeping::begin(&responses, Vec::new(), &Method::GET, &head(200, &[]), None).is_none());
    }

    #[test]
    fn a_response_that_broke_off_grew_too_large_or_has_trailers_is_not_kept() {
        let (responses, (key, _)) = (responses(), under("a"));
        let begin = || Keeping::begin(&responses, under("a").1, &Method::GET, &head(200, &[]), None).unwrap();
        let mut broken_off = begin();
        broken_off.takes(b"half");
        drop(broken_off);
        let mut large = begin();
        large.takes(&vec![0; RESPONSE]);
        large.takes(b"1");
        large.takes(b"2");
        large.whole();
        let mut trailed = begin();
        trailed.takes(b"message");
        trailed.passes(&Frame::trailers(HeaderMap::new()));
        trailed.whole();
        assert!(find(&responses, &key).is_none());
    }
}
