//! The way of one request through the hooks, in the gateway's order.

use std::time::Duration;

use sluice_abi::{
    head::{Source, Summary},
    outcome::{Action, BodyWish, Packed},
    wire::{Hooks, Wants},
};

use super::{
    super::{
        Reply, UpstreamRequest,
        apply::{Changed, Subject, is_bodiless},
        headers::Headers,
        host::{Directive, Kept},
    },
    Exchange,
};
use crate::Described;

/// The state for the next hook; `None` when there is none to call.
type State = Option<Vec<u8>>;

/// Why a request does not go on: with the reply, boxed for its size.
type Ends = Box<Reply>;

/// A response on its way to the client.
#[derive(Debug, Default)]
struct Response {
    status: u16,
    headers: Headers,
    body: Vec<u8>,
    cut_off: bool,
    store: Option<Directive>,
}

impl<P: Described> Exchange<'_, P> {
    /// Runs the hooks: of the request, of its body, and, if it goes on, of the upstream's response, of its body, and
    /// of the log.
    ///
    /// # Panics
    /// If a hook panics, which in the gateway costs this request and the instance.
    #[must_use]
    #[track_caller]
    pub fn send(mut self) -> Reply {
        self.set_scene();
        let started = self.harness.host.borrow().elapsed_ns;
        let mut reply = match self.run() {
            Ok((reply, state)) => self.log(reply, state, started),
            Err(reply) => *reply,
        };
        let mut host = self.harness.host.borrow_mut();
        if let Some(standing) = self.standing.take() {
            host.release(&standing);
            reply.tell(standing);
        }
        reply.consumer = host.identity.consumer.take();
        reply.attributes = std::mem::take(&mut host.scene.attributes);
        reply.admission = host.scene.admission.take();
        reply.caching = host.scene.caching.take();
        host.scene = super::super::host::Scene::default();
        reply
    }

    fn set_scene(&mut self) {
        let never_waits = self.started().declaration.wants.has(Wants::NEVER_WAITS);
        let mut host = self.harness.host.borrow_mut();
        self.harness.requests += 1;
        host.callouts.begin_request();
        host.identity.consumer.clone_from(&self.consumer);
        let scene = &mut host.scene;
        scene.within_request = true;
        scene.never_waits = never_waits;
        scene.priority = self.priority;
        scene.attributes = std::mem::take(&mut self.attributes);
        scene.facts = vec![
            ("request.id", format!("request-{}", self.harness.requests)),
            ("route", self.route.clone()),
            ("upstream", "upstream".to_owned()),
            ("http.version", "1.1".to_owned()),
            ("scheme", "https".to_owned()),
            ("client.ip", self.client_ip.clone()),
        ];
    }

    fn run(&mut self) -> Result<(Reply, State), Ends> {
        let mut request = UpstreamRequest {
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            ..UpstreamRequest::default()
        };
        let state = self.request_hooks(&mut request)?;
        self.harness.host.borrow_mut().scene.request = None;
        if request.cut_off {
            return Err(Box::new(Reply { status: 502, upstream_request: Some(request), ..Reply::default() }));
        }
        if self.full {
            return Err(self.without_capacity());
        }
        self.harness.advance(self.upstream.took);
        match self.response_hooks(state) {
            Ok((reply, state)) => Ok((Reply { upstream_request: Some(request), ..reply }, state)),
            Err(reply) => Err(Box::new(Reply { upstream_request: Some(request), ..*reply })),
        }
    }
}

impl<P: Described> Exchange<'_, P> {
    /// What a client gets when there is no capacity for its request.
    fn without_capacity(&self) -> Ends {
        let host = self.harness.host.borrow();
        let stale = host.scene.admission.as_ref().and_then(|admission| admission.stale.as_deref());
        Box::new(match stale.and_then(|key| host.cached(key)) {
            Some(Kept { status, headers, body, .. }) => {
                Reply { status, headers, body, cached: true, ..Reply::default() }
            }
            None => Reply { status: 503, ..Reply::default() },
        })
    }
}

// === the request ===

impl<P: Described> Exchange<'_, P> {
    fn request_hooks(&mut self, request: &mut UpstreamRequest) -> Result<State, Ends> {
        request.body = self.chunks.concat();
        if !self.has(Hooks::REQUEST) {
            return Ok(Some(Vec::new()));
        }
        self.harness.host.borrow_mut().scene.request = Some(request.headers.clone());
        let packed = self.call_request();
        let changed = self.request_applied(packed, request)?;
        let state = state(packed, &changed);
        match packed.body {
            BodyWish::Buffer if self.has(Hooks::REQUEST_BODY) => {
                self.buffered_request(request, changed.body_limit, &state.unwrap_or_default())
            }
            BodyWish::Stream if self.has(Hooks::REQUEST_CHUNK) => self.streamed_request(request, state),
            _ => Ok(state),
        }
    }

    fn buffered_request(&mut self, request: &mut UpstreamRequest, limit: u64, bytes: &[u8]) -> Result<State, Ends> {
        if request.body.len() as u64 > limit {
            return Err(Box::new(Reply { status: 413, ..Reply::default() }));
        }
        self.show_body(&request.body);
        self.harness.host.borrow_mut().scene.request = Some(request.headers.clone());
        let packed = self.call_body(Hooks::REQUEST_BODY, bytes);
        let replaced = self.hide_body();
        let changed = self.request_applied(packed, request)?;
        request.body = replaced.unwrap_or_else(|| std::mem::take(&mut request.body));
        Ok(state(packed, &changed))
    }

    fn streamed_request(&mut self, request: &mut UpstreamRequest, state: State) -> Result<State, Ends> {
        self.harness.host.borrow_mut().scene.hurried = true;
        let chunks = std::mem::take(&mut self.chunks);
        let streamed = self.stream(Hooks::REQUEST_CHUNK, &chunks, state.unwrap_or_default());
        self.harness.host.borrow_mut().scene.hurried = false;
        request.body = streamed.body;
        match streamed.cut_off {
            None => Ok(Some(streamed.state)),
            Some(None) => {
                request.cut_off = true;
                Ok(None)
            }
            Some(Some(fault)) => Err(fault_of(fault)),
        }
    }

    /// Applies what a request hook handed back; `Err` when it answered.
    fn request_applied(&mut self, packed: Packed, request: &mut UpstreamRequest) -> Result<Changed, Ends> {
        let headers = std::mem::take(&mut request.headers);
        let changed = self.applied(packed, Subject::Request, headers.clone()).map_err(fault_of)?;
        if let Some(answer) = self.answer(packed, &changed)? {
            return Err(answer);
        }
        self.charge(&changed)?;
        // A kept response that is gone by now: the request goes on as it came.
        let next = packed.action == Action::Next;
        request.headers = if next { changed.headers.clone() } else { headers };
        set(&mut request.method, changed.method.as_ref());
        set(&mut request.path, changed.path.as_ref());
        set(&mut request.query, changed.query.as_ref());
        request.upstream = changed.upstream.clone().or_else(|| request.upstream.take());
        request.timeout = changed.timeout.or(request.timeout);
        Ok(changed)
    }

    /// Charges what a hook has named; `Err` when a limit refuses.
    fn charge(&mut self, changed: &Changed) -> Result<(), Ends> {
        if changed.charges.is_empty() {
            return Ok(());
        }
        let standing = self.harness.host.borrow_mut().charge(&changed.charges);
        let refusal = (!standing.refused.is_empty()).then(|| Box::new(Reply::over_limits(&standing)));
        self.standing.get_or_insert_default().extend(standing);
        refusal.map_or(Ok(()), Err)
    }

    /// The answer of a hook, if it makes one.
    fn answer(&mut self, packed: Packed, changed: &Changed) -> Result<Option<Ends>, Ends> {
        let status = changed.status.unwrap_or(packed.status);
        match packed.action {
            Action::Respond if is_bodiless(status) && !changed.body.is_empty() => {
                Err(fault_of(format!("it answers with status {status}, which has no body, and a body")))
            }
            Action::Respond => {
                let (headers, body) = (changed.headers.clone(), changed.body.clone());
                Ok(Some(Box::new(Reply { status, headers, body, ..Reply::default() })))
            }
            Action::Refuse => {
                let (headers, problem) = (changed.headers.clone(), Some(changed.problem.clone()));
                Ok(Some(Box::new(Reply { status, headers, problem, ..Reply::default() })))
            }
            Action::ServeCached => {
                let mut host = self.harness.host.borrow_mut();
                host.grants.define("cache").map_err(fault_of)?;
                let key = changed.cache_key.as_deref().unwrap_or_default();
                Ok(host.cached(key).map(|Kept { status, headers, body, .. }| {
                    Box::new(Reply { status, headers, body, cached: true, ..Reply::default() })
                }))
            }
            Action::Next | Action::Fault | Action::Reset => Ok(None),
        }
    }
}

// === the response ===

impl<P: Described> Exchange<'_, P> {
    fn response_hooks(&mut self, state: State) -> Result<(Reply, State), Ends> {
        let mut response = Response {
            status: self.upstream.status,
            headers: self.upstream.headers.clone(),
            body: self.upstream.chunks.concat(),
            ..Response::default()
        };
        let state = match state {
            Some(bytes) if self.has(Hooks::RESPONSE) => self.run_response(&mut response, &bytes)?,
            state => state,
        };
        let Response { status, headers, body, cut_off, store } = response;
        if let Some(directive) = store.filter(|_| !cut_off) {
            let kept = Kept { status, headers: headers.clone(), body: body.clone(), ..Kept::default() };
            self.harness.host.borrow_mut().keep(&directive, kept);
        }
        Ok((Reply { status, headers, body, cut_off, ..Reply::default() }, state))
    }

    fn run_response(&mut self, response: &mut Response, bytes: &[u8]) -> Result<State, Ends> {
        self.harness.host.borrow_mut().scene.response = Some(response.headers.clone());
        let packed = self.call_response(Source::Upstream, bytes);
        let changed = self.response_applied(packed, response)?;
        let state = state(packed, &changed);
        match packed.body {
            BodyWish::Buffer if self.has(Hooks::RESPONSE_BODY) => {
                self.buffered_response(response, changed.body_limit, &state.unwrap_or_default())
            }
            BodyWish::Stream if self.has(Hooks::RESPONSE_CHUNK) => self.streamed_response(response, state),
            _ => Ok(state),
        }
    }

    fn buffered_response(&mut self, response: &mut Response, limit: u64, bytes: &[u8]) -> Result<State, Ends> {
        if response.body.len() as u64 > limit {
            return Err(Box::new(Reply { status: 502, ..Reply::default() }));
        }
        self.show_body(&response.body);
        self.harness.host.borrow_mut().scene.response = Some(response.headers.clone());
        let packed = self.call_body(Hooks::RESPONSE_BODY, bytes);
        let replaced = self.hide_body();
        let changed = self.response_applied(packed, response)?;
        response.body = replaced.unwrap_or_else(|| std::mem::take(&mut response.body));
        Ok(state(packed, &changed))
    }

    fn streamed_response(&mut self, response: &mut Response, state: State) -> Result<State, Ends> {
        self.harness.host.borrow_mut().scene.hurried = true;
        let chunks = std::mem::take(&mut self.upstream.chunks);
        let streamed = self.stream(Hooks::RESPONSE_CHUNK, &chunks, state.unwrap_or_default());
        self.harness.host.borrow_mut().scene.hurried = false;
        response.body = streamed.body;
        match streamed.cut_off {
            None => Ok(Some(streamed.state)),
            Some(fault) => {
                // The head is out: the client sees a response that ends too early.
                let headers = std::mem::take(&mut response.headers);
                let body = std::mem::take(&mut response.body);
                let status = response.status;
                Err(Box::new(Reply { status, headers, body, cut_off: true, fault, ..Reply::default() }))
            }
        }
    }

    /// Applies what a response hook handed back; `Err` when it answered instead.
    fn response_applied(&mut self, packed: Packed, response: &mut Response) -> Result<Changed, Ends> {
        let headers = std::mem::take(&mut response.headers);
        let changed = self.applied(packed, Subject::Response(response.status), headers).map_err(fault_of)?;
        if let Some(answer) = self.answer(packed, &changed)? {
            return Err(answer);
        }
        response.headers = changed.headers.clone();
        response.status = changed.status.unwrap_or(response.status);
        response.store = changed.store.clone().or_else(|| response.store.take());
        Ok(changed)
    }
}

// === bodies, the log ===

impl<P: Described> Exchange<'_, P> {
    fn show_body(&mut self, body: &[u8]) {
        self.harness.host.borrow_mut().scene.body = Some(body.to_vec());
    }

    /// What the hook put in the place of the body.
    fn hide_body(&mut self) -> Option<Vec<u8>> {
        let mut host = self.harness.host.borrow_mut();
        host.scene.body = None;
        host.scene.replaced.take()
    }

    fn log(&mut self, mut reply: Reply, state: State, started: u64) -> Reply {
        self.harness.advance(self.took);
        let Some(bytes) = state.filter(|_| self.has(Hooks::LOG)) else { return reply };
        let (method, path, route) = (self.method.clone(), self.path.clone(), self.route.clone());
        let request = reply.upstream_request.as_ref();
        let duration_ns = {
            let mut host = self.harness.host.borrow_mut();
            host.scene.response = None;
            host.scene.hurried = true;
            host.elapsed_ns - started
        };
        let summary = Summary {
            status: reply.status,
            complete: !self.client_left,
            request_bytes: request.map_or(0, |request| request.body.len() as u64),
            response_bytes: reply.body.len() as u64,
            duration_us: duration_ns / 1_000,
            upstream_us: Some(micros(self.upstream.took)),
            method: &method,
            path: &path,
            route: &route,
            upstream: Some("192.0.2.80:80"),
            refused_by: None,
        };
        reply.log_fault = self.call_log(&summary, &bytes);
        reply
    }
}

/// The state for the hooks that come later.
fn state(packed: Packed, changed: &Changed) -> State {
    packed.more.then(|| changed.state.clone())
}

fn fault_of(message: String) -> Ends {
    Box::new(Reply { status: 503, fault: Some(message), ..Reply::default() })
}

fn set<T: Clone>(place: &mut T, value: Option<&T>) {
    if let Some(value) = value {
        place.clone_from(value);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
