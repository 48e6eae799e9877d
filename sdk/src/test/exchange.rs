//! One request and its response.

use sluice_abi::{
    bytes::Writer,
    head::{self, RequestLine, Source},
    outcome::{Action, Outcome, Packed},
    wire::Wants,
};

use super::{
    Harness, Reply, UpstreamRequest,
    apply::{Changed, apply, fault_message},
    harness::Started,
    headers::Headers,
};
use crate::{Described, guest, sys::with_host};

/// A request in the making; [`Exchange::send`] runs the hooks.
#[derive(Debug)]
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
    upstream_status: u16,
    upstream_headers: Headers,
}

// === impl Exchange: making ===

impl<'h, P: Described> Exchange<'h, P> {
    pub(super) fn new(harness: &'h mut Harness<P>, method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
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
            upstream_status: 200,
            upstream_headers: Headers::default(),
        }
    }

    /// Adds a field line to the request.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.append(name, value.as_ref());
        self
    }

    /// The client's address; 192.0.2.1 unless said otherwise.
    #[must_use]
    pub fn from_ip(mut self, address: &str) -> Self {
        self.client_ip = address.to_owned();
        self
    }

    /// The host and port that the client asks for; api.example.com unless said otherwise.
    #[must_use]
    pub fn authority(mut self, authority: &str) -> Self {
        self.authority = authority.to_owned();
        self
    }

    /// Who calls, as a plugin before this one has found out.
    #[must_use]
    pub fn consumer(mut self, name: &str) -> Self {
        self.consumer = Some(name.to_owned());
        self
    }

    /// The length of the body in bytes.
    #[must_use]
    pub fn content_length(mut self, bytes: u64) -> Self {
        self.content_length = Some(bytes);
        self
    }

    /// A body whose length is not known yet.
    #[must_use]
    pub fn without_content_length(mut self) -> Self {
        self.content_length = None;
        self
    }

    /// The status with which the upstream answers; 200 unless said otherwise.
    #[must_use]
    pub fn upstream(mut self, status: u16) -> Self {
        self.upstream_status = status;
        self
    }

    /// Adds a field line to the upstream's response.
    #[must_use]
    pub fn upstream_header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.upstream_headers.append(name, value.as_ref());
        self
    }
}

// === impl Exchange: sending ===

/// What the request hook decided.
enum Decided {
    GoOn { request: Changed, state: Option<Vec<u8>> },
    Reply(Reply),
}

impl<P: Described> Exchange<'_, P> {
    /// Runs the request hook, and, if it goes on, the upstream and the response hook.
    ///
    /// # Panics
    /// If a hook panics, which in the gateway costs this request and the instance.
    #[must_use]
    pub fn send(mut self) -> Reply {
        let (request, state) = match self.run_request() {
            Decided::GoOn { request, state } => (request, state),
            Decided::Reply(reply) => return reply,
        };
        let consumer = request.consumer.or_else(|| self.consumer.clone());
        let upstream_request = Some(UpstreamRequest { headers: request.headers });
        match state.map(|state| self.run_response(&state)) {
            None => Reply {
                headers: self.upstream_headers,
                upstream_request,
                ..Reply::bare(self.upstream_status, consumer)
            },
            Some(Ok(response)) => Reply {
                headers: response.headers,
                upstream_request,
                ..Reply::bare(response.status.unwrap_or(self.upstream_status), consumer)
            },
            Some(Err(fault)) => Reply { upstream_request, ..Reply::fault_of(fault, consumer) },
        }
    }

    fn run_request(&mut self) -> Decided {
        let headers = self.headers.clone();
        if !P::ABOUT.request_hook {
            let state = P::ABOUT.response_hook.then(Vec::new);
            return Decided::GoOn { request: Changed { headers, ..Changed::default() }, state };
        }
        let packed = self.call_request();
        let out = self.harness.out.bytes();
        if packed.action == Action::Fault {
            return Decided::Reply(Reply::fault_of(fault_message(out), self.consumer.clone()));
        }
        let before = if packed.action == Action::Next { headers } else { Headers::default() };
        let changed = match self.apply(before) {
            Ok(changed) => changed,
            Err(rejection) => return Decided::Reply(Reply::fault_of(rejection, self.consumer.clone())),
        };
        let answer = Reply::bare(packed.status, changed.consumer.clone().or_else(|| self.consumer.clone()));
        match packed.action {
            Action::Respond => Decided::Reply(Reply { headers: changed.headers, body: changed.body, ..answer }),
            Action::Refuse => {
                Decided::Reply(Reply { headers: changed.headers, problem: Some(changed.problem), ..answer })
            }
            Action::Next | Action::Fault | Action::ServeCached | Action::Reset => {
                let outcome = Outcome::read(out).expect("the SDK writes well-formed outcomes");
                let wanted = packed.more && P::ABOUT.response_hook;
                Decided::GoOn { request: changed, state: wanted.then(|| outcome.state.to_vec()) }
            }
        }
    }

    /// Applies what the hook handed back to `headers`.
    fn apply(&self, headers: Headers) -> Result<Changed, String> {
        let Harness { host, out, started, .. } = &*self.harness;
        let Started { declaration, .. } = started.as_ref().expect("a request starts the harness");
        apply(out.bytes(), declaration, &host.borrow().consumers, headers)
    }

    fn call_request(&mut self) -> Packed {
        let Harness { host, out, input, started, .. } = &mut *self.harness;
        let Started { plugin, declaration } = started.as_ref().expect("a request starts the harness");
        let wants = declaration.wants;
        let line = RequestLine {
            method: &self.method,
            content_length: self.content_length,
            path: &self.path,
            query: self.query.as_deref().filter(|_| wants.has(Wants::QUERY)),
            authority: Some(self.authority.as_str()).filter(|_| wants.has(Wants::AUTHORITY)),
            client_ip: Some(self.client_ip.as_str()).filter(|_| wants.has(Wants::CLIENT_IP)),
            consumer: self.consumer.as_deref().filter(|_| wants.has(Wants::CONSUMER)),
        };
        let mut head = Writer::new(input);
        head::write_request(&mut head, &line).expect("the head fits into 64 KiB");
        self.headers.write(&declaration.request_headers, &mut head);
        let len = head.len();
        host.borrow_mut().consumer.clone_from(&self.consumer);
        let packed = with_host(host, || guest::on_request(plugin, &input[..len], out));
        Packed::unpack(packed).expect("the SDK packs what it returns")
    }

    fn run_response(&mut self, state: &[u8]) -> Result<Changed, String> {
        let Harness { host, out, input, started, .. } = &mut *self.harness;
        let Started { plugin, declaration } = started.as_ref().expect("a request starts the harness");
        let mut head = Writer::new(input);
        head::write_response(&mut head, self.upstream_status, Source::Upstream, None)
            .expect("the head fits into 64 KiB");
        self.upstream_headers.write(&declaration.response_headers, &mut head);
        let len = head.len();
        let packed = with_host(host, || guest::on_response(plugin, &input[..len], state, out));
        match Packed::unpack(packed).expect("the SDK packs what it returns").action {
            Action::Next => self.apply(self.upstream_headers.clone()),
            _ => Err(fault_message(out.bytes())),
        }
    }
}
