//! One request in the making.

mod calls;
mod sending;

use std::time::Duration;

use super::{Harness, headers::Headers, host::Standing};
use crate::{Described, PriorityClass};

/// A request in the making; [`Exchange::send`] runs the hooks.
#[derive(Debug)]
#[must_use = "send it"]
pub struct Exchange<'h, P> {
    harness: &'h mut Harness<P>,
    method: String,
    path: String,
    query: Option<String>,
    authority: String,
    client_ip: String,
    consumer: Option<String>,
    content_length: Option<u64>,
    headers: Headers,
    chunks: Vec<Vec<u8>>,
    route: String,
    attributes: Vec<(String, String)>,
    upstream: Upstream,
    took: Duration,
    client_left: bool,
    priority: PriorityClass,
    full: bool,
    standing: Option<Standing>,
}

/// What the upstream answers.
#[derive(Debug)]
struct Upstream {
    status: u16,
    headers: Headers,
    content_length: Option<u64>,
    chunks: Vec<Vec<u8>>,
    took: Duration,
}

// === impl Exchange: the request ===

impl<'h, P: Described> Exchange<'h, P> {
    pub(super) fn new(harness: &'h mut Harness<P>, method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
        let upstream = Upstream {
            status: 200,
            headers: Headers::default(),
            content_length: Some(0),
            chunks: Vec::new(),
            took: Duration::ZERO,
        };
        Self {
            harness,
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            authority: "api.example.com".to_owned(),
            client_ip: "192.0.2.1".to_owned(),
            consumer: None,
            content_length: Some(0),
            headers: Headers::default(),
            chunks: Vec::new(),
            route: "route".to_owned(),
            attributes: Vec::new(),
            upstream,
            took: Duration::ZERO,
            client_left: false,
            priority: PriorityClass::Normal,
            full: false,
            standing: None,
        }
    }

    /// Adds a field line to the request.
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name, value.as_ref());
        self
    }

    /// The body of the request, and its length.
    pub fn body(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.content_length = Some(bytes.len() as u64);
        self.chunks = vec![bytes.to_vec()];
        self
    }

    /// The body of the request, which comes in these pieces; its length is not known before.
    pub fn chunks<B: AsRef<[u8]>>(mut self, chunks: impl IntoIterator<Item = B>) -> Self {
        self.content_length = None;
        self.chunks = owned(chunks);
        self
    }

    /// The client's address; 192.0.2.1 unless said otherwise.
    pub fn from_ip(mut self, address: &str) -> Self {
        self.client_ip = address.to_owned();
        self
    }

    /// The host and port that the client asks for; api.example.com unless said otherwise.
    pub fn authority(mut self, authority: &str) -> Self {
        self.authority = authority.to_owned();
        self
    }

    /// Who calls, as a plugin before this one has found out.
    pub fn consumer(mut self, name: &str) -> Self {
        self.consumer = Some(name.to_owned());
        self
    }

    /// The name of the route; `route` unless said otherwise.
    pub fn route(mut self, name: &str) -> Self {
        self.route = name.to_owned();
        self
    }

    /// What a plugin before this one has noted.
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        self.attributes.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The class that the request has before this plugin; normal unless said otherwise.
    pub fn priority(mut self, class: PriorityClass) -> Self {
        self.priority = class;
        self
    }

    /// The length of the body in bytes, as the client tells it.
    pub fn content_length(mut self, bytes: u64) -> Self {
        self.content_length = Some(bytes);
        self
    }

    /// A body whose length is not known yet.
    pub fn without_content_length(mut self) -> Self {
        self.content_length = None;
        self
    }
}

// === impl Exchange: the response, and what the log hook is told ===

impl<P: Described> Exchange<'_, P> {
    /// The status with which the upstream answers; 200 unless said otherwise.
    pub fn upstream(mut self, status: u16) -> Self {
        self.upstream.status = status;
        self
    }

    /// The upstream has no capacity for the request, however long it waits: the client gets what is kept for that, or 503.
    pub fn upstream_is_full(mut self) -> Self {
        self.full = true;
        self
    }

    /// Adds a field line to the upstream's response.
    pub fn upstream_header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.upstream.headers.append(name, value.as_ref());
        self
    }

    /// The body of the upstream's response, and its length.
    pub fn upstream_body(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.upstream.content_length = Some(bytes.len() as u64);
        self.upstream.chunks = vec![bytes.to_vec()];
        self
    }

    /// The body of the upstream's response, which comes in these pieces; its length is not known before.
    pub fn upstream_chunks<B: AsRef<[u8]>>(mut self, chunks: impl IntoIterator<Item = B>) -> Self {
        self.upstream.content_length = None;
        self.upstream.chunks = owned(chunks);
        self
    }

    /// How long the upstream takes to answer: the clocks move on by that before the response hook.
    pub fn upstream_takes(mut self, time: Duration) -> Self {
        self.upstream.took = time;
        self
    }

    /// How long the response then takes to reach the client: the clocks move on by that before the log hook.
    pub fn sending_takes(mut self, time: Duration) -> Self {
        self.took = time;
        self
    }

    /// The client goes away before the response has ended, which the log hook is told.
    pub fn client_leaves(mut self) -> Self {
        self.client_left = true;
        self
    }
}

fn owned<B: AsRef<[u8]>>(chunks: impl IntoIterator<Item = B>) -> Vec<Vec<u8>> {
    chunks.into_iter().map(|chunk| chunk.as_ref().to_vec()).collect()
}
