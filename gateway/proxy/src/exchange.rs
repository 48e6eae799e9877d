//! One request and its response, from the head to the last byte: what is known of it, and its one entry in log and metrics.

use std::{
    net::IpAddr,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use gateway_host::Attributes;
use gateway_model::{Identity, PriorityClass};
use gateway_telemetry::{CacheResult, Ended, Record};
use http::{HeaderValue, Method, StatusCode, header::HOST, request::Parts, uri::PathAndQuery};

use crate::{
    afterwards::Afterword,
    answer::{Answer, RefusedBy, Verdict},
    body::BrokenOff,
    chain::Passage,
    client::Client,
    forward::X_REQUEST_ID,
    grpc,
    limits::Standing,
    live::{LiveRoute, Serving},
    normalize::{Destination, Malformed},
    origin::{self, Origin},
    pipeline::Admitted,
    request_id::RequestId,
    told::Told,
    upstream::Trip,
    websocket::Handshake,
};

/// What nginx made customary for a client that went away before its response began.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// Written to log and metrics when dropped, so exactly once, however the request ends.
pub(crate) struct Exchange {
    pub(crate) client: Rc<Client>,
    pub(crate) id: RequestId,
    /// Whom it is from.
    pub(crate) origin: Origin,
    /// The client and the proxies before the peer, where that is a trusted one and says so.
    pub(crate) hops: Vec<IpAddr>,
    /// The configuration that this request is served from, whatever is swapped in meanwhile.
    pub(crate) serving: Rc<Serving>,
    /// As the client sent it; plugins may have sent on another one.
    pub(crate) method: Method,
    pub(crate) authority: HeaderValue,
    /// Normalised, but otherwise as the client sent it; plugins may have sent on another one.
    pub(crate) target: PathAndQuery,
    pub(crate) consumer: Option<Arc<Identity>>,
    pub(crate) attributes: Attributes,
    pub(crate) passage: Passage,
    /// How it stands with the limits that it was charged to, if it was.
    pub(crate) standing: Option<Box<Standing>>,
    /// No more important than this, by the client's own wish.
    pub(crate) lowered_to: Option<PriorityClass>,
    /// How it was admitted to its upstream, if it came so far.
    pub(crate) admitted: Option<Admitted>,
    /// The client's wish for a WebSocket, until it is answered.
    pub(crate) handshake: Option<Handshake>,
    pub(crate) trip: Trip,
    /// What the cache in front of its upstream made of it.
    pub(crate) cached: Option<CacheResult>,
    pub(crate) sent_bytes: u64,
    /// What came over a WebSocket.
    passed_in: u64,
    pub(crate) ended: Ended,
    /// A call of gRPC: refusals are for its client as that has them.
    pub(crate) is_grpc: bool,
    status: Option<StatusCode>,
    route: Option<usize>,
    /// Which of the route's upstreams it goes to.
    pub(crate) drawn: usize,
    refused_by: Option<RefusedBy>,
    verdict: Option<Verdict>,
    started: Instant,
    time: SystemTime,
}

// === impl Exchange ===

impl Exchange {
    pub(crate) fn begin(client: &Rc<Client>, head: &Parts) -> Box<Self> {
        let time = SystemTime::now();
        client.request_began();
        client.worker.in_flight.add(1);
        client.worker.overload.request_began();
        Box::new(Self {
            client: client.clone(),
            id: RequestId::new(time),
            origin: client.origin(),
            hops: Vec::new(),
            serving: client.worker.serving(),
            method: head.method.clone(),
            // As the client wrote them, until they are checked.
            authority: head.headers.get(HOST).cloned().unwrap_or(HeaderValue::from_static("")),
            target: head.uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/")),
            consumer: None,
            attributes: Attributes::default(),
            passage: Passage::default(),
            standing: None,
            lowered_to: None,
            admitted: None,
            handshake: None,
            trip: Trip::of_client(client.worker.clone(), client.ip),
            cached: None,
            sent_bytes: 0,
            passed_in: 0,
            ended: Ended::ClientAborted,
            is_grpc: client.http2 && head.method == Method::POST && grpc::is_call(&head.headers),
            status: None,
            route: None,
            drawn: 0,
            refused_by: None,
            verdict: None,
            started: Instant::now(),
            time,
        })
    }

    /// When it began.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    pub(crate) fn goes_to(&mut self, destination: Destination) {
        self.authority = destination.authority;
        self.target = destination.target;
    }

    /// Takes in what a trusted proxy says of it; answers the host that the client asked for, if that is said.
    pub(crate) fn is_forwarded(&mut self, head: &Parts) -> Result<Option<HeaderValue>, Malformed> {
        if !self.client.is_trusted {
            return Ok(None);
        }
        if let Some(id) = head.headers.get(X_REQUEST_ID).and_then(RequestId::accepted) {
            self.id = id;
        }
        let said = origin::read(&head.headers, &self.client.worker.proxies)?;
        self.origin.ip = said.hops.first().copied().unwrap_or(self.origin.ip);
        self.origin.scheme = said.scheme.unwrap_or(self.origin.scheme);
        self.hops = said.hops;
        self.trip = Trip::of_client(self.client.worker.clone(), self.origin.ip);
        Ok(said.host)
    }

    /// It asks for a WebSocket, if it does.
    pub(crate) fn asks_to_switch(&mut self, handshake: Option<Handshake>) {
        if matches!(handshake, Some(Handshake::Http2(_))) {
            self.method = Method::GET;
        }
        self.handshake = handshake;
    }

    pub(crate) fn takes(&mut self, route: usize) {
        self.route = Some(route);
        let route = self.serving.route(route);
        route.metrics.began();
        self.drawn = route.draw();
    }

    /// The request is answered with this.
    pub(crate) fn answered(&mut self, answer: &Answer) {
        self.status = Some(answer.response.status());
        self.refused_by = answer.refused_by;
        self.verdict = answer.verdict;
    }

    /// So many bytes came, and were sent, over the WebSocket that it is now.
    pub(crate) fn passed(&mut self, received: u64, sent: u64) {
        (self.passed_in, self.sent_bytes) = (received, sent);
    }

    /// A plugin broke the response off.
    pub(crate) fn broken_off(&mut self, broken: BrokenOff) {
        self.ended = Ended::PluginAborted;
        let word = if broken.failed.is_some() { "failed" } else { "reset" };
        self.verdict = Some(Verdict { place: broken.place, word });
    }

    /// Host and port in text; empty when they are none.
    pub(crate) fn authority(&self) -> &str {
        self.authority.to_str().unwrap_or_default()
    }

    /// What is told of it to hooks that run beside its way through the chain.
    pub(crate) fn told(&self) -> Option<Told> {
        let route = self.route?;
        let (client, id, serving) = (self.client.clone(), self.id.clone(), self.serving.clone());
        Some(Told { client, origin: self.origin, id, serving, route, drawn: self.drawn, lowered_to: self.lowered_to })
    }

    pub(crate) fn route(&self) -> Option<&LiveRoute> {
        self.route.map(|route| self.serving.route(route))
    }

    fn record(&self, status: u16, duration: Duration) -> Record<'_> {
        let route = self.route();
        Record {
            time: self.time,
            request_id: self.id.as_str(),
            client_ip: self.origin.ip,
            peer_ip: Some(self.client.peer).filter(|peer| *peer != self.origin.ip),
            http_version: self.client.http_version(),
            tls_version: self.client.tls_version(),
            method: self.method.as_str(),
            host: self.authority(),
            path: self.target.path(),
            route: route.map(|route| &*route.name),
            consumer: self.consumer.as_ref().map(|identity| &*identity.consumer),
            status,
            received_bytes: self.received_bytes(),
            sent_bytes: self.sent_bytes,
            duration,
            upstream_duration: self.trip.duration,
            plugins_duration: self.passage.took(),
            class: self.admitted.as_ref().map(Admitted::class_name),
            queue_duration: self.admitted.and_then(|admitted| admitted.waited),
            cache: self.cached.map(CacheResult::as_str),
            shed: self.admitted.and_then(|admitted| Some(admitted.shed?.as_str())),
            upstream: self.trip.peer,
            refused_by: match (self.refused_by, route) {
                (Some(RefusedBy::Gateway(reason)), _) => Some(reason),
                (Some(RefusedBy::Plugin(place)), Some(route)) => Some(route.chain.name(place)),
                _ => None,
            },
            plugin: route.zip(self.verdict).map(|(route, Verdict { place, word })| (route.chain.name(place), word)),
            attributes: self.attributes.iter().collect(),
            ended: self.ended,
        }
    }

    /// What the hooks of the log are told.
    fn afterword(&self, told: Told, status: u16, duration: Duration) -> Afterword {
        Afterword {
            told,
            seats: self.passage.seats(),
            status,
            complete: self.ended == Ended::Complete,
            request_bytes: self.received_bytes(),
            response_bytes: self.sent_bytes,
            duration,
            upstream_duration: self.trip.duration,
            method: self.method.clone(),
            target: self.target.clone(),
            upstream: self.trip.peer,
            refused_by: self.refused_by,
        }
    }

    fn received_bytes(&self) -> u64 {
        self.passed_in + self.trip.upload.as_ref().map_or(0, |upload| upload.bytes())
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let now = Instant::now();
        let duration = now - self.started;
        let status = self.status.map_or(CLIENT_CLOSED_REQUEST, |status| status.as_u16());
        let worker = &self.client.worker;
        let metrics = self.route().map_or(&worker.no_route, |route| &route.metrics);
        metrics.ended(self.method.as_str(), status, duration, self.received_bytes(), self.sent_bytes);
        if let Some(route) = self.route() {
            if let Some(result) = self.cached {
                route.metrics.cached(result);
            }
            route.metrics.left();
        }
        worker.in_flight.add(-1);
        worker.overload.request_ended();
        worker.log(&self.record(status, duration));
        if self.route().is_some_and(|route| route.chain.has_log_hooks)
            && let Some(told) = self.told()
        {
            worker.afterwards.add(self.afterword(told, status, duration));
        }
        if self.ended == Ended::ClientAborted {
            self.client.request_given_up();
        }
        self.client.request_ended(now);
    }
}
