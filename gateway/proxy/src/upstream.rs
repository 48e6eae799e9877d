//! Sending a request to its upstream: choose a target, connect, send, wait for the head of the answer, and try again where
//! that is safe.

mod again;

use std::{
    future::poll_fn,
    net::{IpAddr, SocketAddr},
    pin::pin,
    rc::Rc,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use gateway_algorithms::{outlier, retry::Failure};
use gateway_telemetry::UpstreamFault;
use http::{Request, Response, StatusCode, header::HOST};
use hyper::body::Incoming;
use tokio::time::sleep;

use self::again::Again;
pub(crate) use self::again::Policy;
use crate::{
    admission::{Outcome, Slot},
    body::{RequestBody, Streaming, Upload},
    circuit::Probe,
    error::GatewayError,
    live::LiveUpstream,
    pool::{Lease, UpstreamPools},
    worker::Worker,
};

/// A request's way to its upstream: on whose behalf it goes, and what became known of it.
pub(crate) struct Trip {
    worker: Rc<Worker>,
    /// Who sends the request; none for a plugin, whose requests ask for their target as host, and count as callouts.
    client: Option<IpAddr>,
    /// The body that a client sends.
    pub(crate) upload: Option<Rc<Upload>>,
    /// Whether it decides on the circuit in front of the upstream.
    pub(crate) probe: Probe,
    /// The target that it was sent to last.
    pub(crate) peer: Option<SocketAddr>,
    /// From sending to the head of the answer.
    pub(crate) duration: Option<Duration>,
}

/// Where a request goes, and where it has been.
struct Course<'a> {
    upstream: &'a LiveUpstream,
    pools: Rc<UpstreamPools>,
    /// Of what it has in common with others that are to go to the same target.
    hash: Option<u64>,
    /// The target that it went to last.
    place: usize,
    /// Targets that it does not go to, since it has been there. Without a failure nothing is written here.
    tried: Vec<usize>,
    /// No further target is tried after it.
    deadline: Instant,
}

/// How an attempt ended, which tried targets until one took the request.
enum Attempt {
    Answered(Response<Incoming>, Lease),
    Failed(GatewayError),
    /// None took it: the request is whole.
    Unsent(Request<RequestBody>),
}

/// How sending on one connection ended.
enum Sent {
    Answered(Response<Incoming>),
    /// The connection had been closed before anything was written: the request is whole.
    Unsent(Request<RequestBody>),
    Failed(GatewayError),
}

impl Trip {
    /// That of a client's request, on which nothing has happened yet.
    pub(crate) fn of_client(worker: Rc<Worker>, client: IpAddr) -> Self {
        Self { worker, client: Some(client), upload: None, probe: Probe::NONE, peer: None, duration: None }
    }

    /// That of a plugin's own request.
    pub(crate) fn of_plugin(worker: Rc<Worker>) -> Self {
        Self { worker, client: None, upload: None, probe: Probe::NONE, peer: None, duration: None }
    }

    /// When all of it was sent that began to be sent at that time; none while the client still sends.
    fn sent(&self, began: Instant) -> Option<Instant> {
        match &self.upload {
            None => Some(began),
            Some(upload) => upload.moved().map(|moved| moved.max(began)),
        }
    }
}

/// Sends the request to one of the upstream's targets, and to others if that one has no connection to send it on.
///
/// A request that may have reached a target is sent again only where the upstream's policy has it so and its budget allows
/// for it, before anything of an answer went on to the client. The head of the answer is waited for as long as
/// `response_timeout` in all. The `slot` is held until the answer's body has ended.
///
/// # Errors
/// What the client is told instead of an answer.
pub(crate) async fn send(
    trip: &mut Trip,
    upstream: &Arc<LiveUpstream>,
    response_timeout: Duration,
    request: Request<RequestBody>,
    slot: Slot,
) -> Result<Response<Streaming>, GatewayError> {
    let pools = trip.worker.pools.of(upstream);
    let hash = upstream.balancer.hash(&request, trip.client);
    let began = Instant::now();
    let deadline = began + response_timeout;
    let mut course = Course { upstream, pools, hash, place: 0, tried: Vec::new(), deadline };
    let mut again = upstream.retries.map(|policy| Again::new(policy, &request, began, response_timeout));
    let (mut request, mut sent) = (request, began);
    loop {
        let patience = again.as_ref().map_or(response_timeout, Again::patience);
        let attempt = course.attempt(trip, patience, request, sent).await;
        let failed = again.as_mut().and_then(|again| Some((again.after(&attempt)?, again)));
        let Some((failure, again)) = failed else { return arrived(trip, upstream, attempt, slot, (began, sent)) };
        // In boxes, as all that is rare: most requests need no room for it.
        if !Box::pin(again.takes_its_turn(upstream, failure)).await {
            return arrived(trip, upstream, attempt, slot, (began, sent));
        }
        request = again.request(attempt);
        Box::pin(sleep(again.pause())).await;
        course.begins_anew();
        sent = Instant::now();
    }
}

/// What the last attempt has brought, which began to be sent at the second of the times.
fn arrived(
    trip: &mut Trip,
    upstream: &LiveUpstream,
    attempt: Attempt,
    slot: Slot,
    (began, sent): (Instant, Instant),
) -> Result<Response<Streaming>, GatewayError> {
    match attempt {
        Attempt::Answered(response, lease) => {
            let duration = began.elapsed();
            trip.duration = Some(duration);
            if trip.client.is_some() {
                upstream.metrics.response_duration.observe(duration);
            }
            ended(trip, upstream, &slot, Outcome::Answered(response.status().as_u16()), sent);
            Ok(response.map(|body| Streaming::new(body, lease, slot, upstream.idle_timeout)))
        }
        Attempt::Failed(error) => {
            trip.duration = Some(began.elapsed());
            ended(trip, upstream, &slot, outcome(&error), sent);
            Err(error)
        }
        Attempt::Unsent(_) => {
            ended(trip, upstream, &slot, Outcome::Failed, sent);
            Err(GatewayError::UpstreamUnreachable)
        }
    }
}

/// Takes down how the upstream did. Its time counts from the end of the request's body: what a client takes to send it is
/// none of the upstream's.
fn ended(trip: &mut Trip, upstream: &LiveUpstream, slot: &Slot, outcome: Outcome, began: Instant) {
    // What plugins ask for is no part of how clients are served.
    if outcome == Outcome::Unknown || trip.client.is_none() {
        return;
    }
    let now = Instant::now();
    let sent = trip.sent(began);
    let latency = sent.filter(|_| outcome.has_latency()).map(|sent| now.saturating_duration_since(sent));
    upstream.metrics.recent.add(now, latency, outcome.is_error());
    if let Some(circuit) = &upstream.circuit {
        circuit.ended(&mut trip.probe, outcome.fault());
    }
    if let Some(sent) = sent {
        slot.ended(outcome, now.saturating_duration_since(sent));
    }
}

/// How the upstream did, where the client got no answer of it.
fn outcome(error: &GatewayError) -> Outcome {
    match error {
        GatewayError::UpstreamTimeout => Outcome::TimedOut,
        GatewayError::UpstreamBroken | GatewayError::UpstreamUnreachable => Outcome::Failed,
        _ => Outcome::Unknown,
    }
}

// === impl Course ===

impl Course<'_> {
    /// Sends the request to targets, one after the other, until one has a connection to send it on.
    async fn attempt(
        &mut self,
        trip: &mut Trip,
        patience: Duration,
        request: Request<RequestBody>,
        began: Instant,
    ) -> Attempt {
        let (mut request, mut sent) = (request, began);
        while sent < self.deadline
            && let Some(place) = self.pools.choose(self.hash, &self.tried, sent)
        {
            self.place = place;
            if trip.client.is_none() {
                request.headers_mut().insert(HOST, self.pools.target(place).host());
            }
            let mut fresh = false;
            let within = self.upstream.connect_timeout;
            while let Some(mut lease) = self.pools.connection(place, within, fresh).await {
                trip.peer = Some(lease.peer());
                match send_on(&mut lease, trip, patience, request).await {
                    Sent::Answered(response) => {
                        self.hears(trip, outlier::Outcome::of(response.status()), sent);
                        return Attempt::Answered(response, lease);
                    }
                    Sent::Failed(error) => {
                        // While the client sends, it may be that the target has waited for it too long.
                        if trip.sent(sent).is_some() && self.is_telling(&error, patience) {
                            self.hears(trip, outlier::Outcome::LocalError, sent);
                        }
                        return Attempt::Failed(error);
                    }
                    Sent::Unsent(whole) => {
                        lease.count(UpstreamFault::Stale);
                        request = whole;
                        if std::mem::replace(&mut fresh, true) {
                            break;
                        }
                    }
                }
            }
            self.hears(trip, outlier::Outcome::LocalError, sent);
            self.tried.push(place);
            sent = Instant::now();
        }
        Attempt::Unsent(request)
    }

    /// Goes anywhere but to the last target, as long as there is another one to use that it has not been to.
    fn begins_anew(&mut self) {
        self.tried.push(self.place);
        if !self.upstream.balancer.has_other(&self.tried) {
            self.tried.clear();
        }
    }

    /// Whether it is the target's fault: of one that was not given its time nobody knows.
    fn is_telling(&self, error: &GatewayError, patience: Duration) -> bool {
        let usual = self.upstream.response_timeout;
        match error {
            GatewayError::UpstreamTimeout => {
                patience >= self.upstream.retries.map_or(usual, |policy| policy.telling(usual))
            }
            _ => outcome(error) != Outcome::Unknown,
        }
    }

    /// Tells the balancer how the target did.
    fn hears(&self, trip: &Trip, outcome: outlier::Outcome, sent: Instant) {
        let balancer = &self.upstream.balancer;
        if balancer.has_choice() {
            let now = Instant::now();
            let latency = trip.sent(sent).map(|sent| now.saturating_duration_since(sent));
            balancer.hears(self.place, outcome, latency, now);
        }
    }
}

// === impl Attempt ===

impl Attempt {
    /// What kind of failure it was, if it was one of the upstream's.
    fn failure(&self) -> Option<Failure> {
        match self {
            Self::Answered(response, _) => Failure::of(response.status()),
            Self::Failed(GatewayError::UpstreamBroken) => Some(Failure::Reset),
            Self::Failed(GatewayError::UpstreamTimeout) => Some(Failure::Timeout),
            Self::Failed(_) => None,
            Self::Unsent(_) => Some(Failure::Connect),
        }
    }
}

// === one connection ===

async fn send_on(lease: &mut Lease, trip: &Trip, response_timeout: Duration, request: Request<RequestBody>) -> Sent {
    let upload = trip.upload.as_deref();
    let mut answer = pin!(lease.send(request));
    lease.start_timer(response_timeout);
    let sent = poll_fn(|context| {
        if let Poll::Ready(sent) = answer.as_mut().poll(context) {
            return Poll::Ready(Some(sent));
        }
        while lease.poll_timer(context).is_ready() {
            // The time counts from the end of the request's body, and stands still while its client is slow.
            let since_moved = upload.map(|upload| upload.moved().map_or(Default::default(), |moved| moved.elapsed()));
            match since_moved.and_then(|since| response_timeout.checked_sub(since)) {
                Some(rest) if !rest.is_zero() => lease.start_timer(rest),
                _ => return Poll::Ready(None),
            }
        }
        Poll::Pending
    });
    match sent.await {
        Some(Ok(response)) if response.status() == StatusCode::SWITCHING_PROTOCOLS => {
            // Nothing was asked for that could be switched to.
            lease.count(UpstreamFault::Broken);
            Sent::Failed(GatewayError::UpstreamBroken)
        }
        Some(Ok(response)) => Sent::Answered(response),
        Some(Err(mut failed)) => match failed.take_message() {
            Some(request) => Sent::Unsent(request),
            None => Sent::Failed(broken(lease, trip, &failed.into_error())),
        },
        None => {
            lease.count(UpstreamFault::ResponseTimeout);
            Sent::Failed(GatewayError::UpstreamTimeout)
        }
    }
}

/// Whose fault it was that the connection broke: a client's body that fails ends the upstream connection too.
fn broken(lease: &Lease, trip: &Trip, error: &hyper::Error) -> GatewayError {
    let limit = trip.worker.body_limit();
    match trip.upload.as_ref().and_then(|upload| upload.fault()) {
        Some(fault) => fault.refusal(limit),
        None => {
            tracing::debug!(peer = %lease.peer(), %error, "the upstream broke off");
            lease.count(UpstreamFault::Broken);
            GatewayError::UpstreamBroken
        }
    }
}
