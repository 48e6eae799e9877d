//! Sending a request to its upstream: choose a target, connect, send, wait for the head of the answer, and try again where
//! that is safe.

mod again;

use std::{
    error::Error as _,
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
use http::{HeaderValue, Request, Response, StatusCode, header::HOST};
use hyper::{
    body::Incoming,
    upgrade::{self, OnUpgrade},
};
use tokio::time::sleep;

pub(crate) use self::again::Policy;
use self::again::{Again, Spare};
use crate::{
    admission::{Outcome, Slot},
    body::{BodyTime, RequestBody, Streaming, Upload},
    circuit::Probe,
    error::GatewayError,
    grpc,
    live::LiveUpstream,
    pool::{Lease, Returned, Unconnected, UpstreamPools, Wanted},
    websocket,
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
    /// By when its client wants the whole answer, if it says so.
    pub(crate) deadline: Option<Instant>,
    /// A call of gRPC, whose target is told of its deadline.
    pub(crate) is_grpc: bool,
    /// What the upstream owes for switching to a WebSocket, where it is asked to.
    pub(crate) proof: Option<HeaderValue>,
    /// The connection of an upstream that has switched.
    pub(crate) switched: Option<OnUpgrade>,
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
    /// The whole answer has to be there by then.
    until: Option<Instant>,
    /// Why the last target had no connection for it.
    fault: UpstreamFault,
}

/// How an attempt ended, which tried targets until one took the request.
enum Attempt {
    Answered(Response<Incoming>, Lease),
    Failed(GatewayError),
    /// None took it, which the client is told so: the request is whole.
    Unsent(Request<RequestBody>, GatewayError),
}

/// How sending on one connection ended.
enum Sent {
    Answered(Response<Incoming>),
    /// The connection had been closed before anything was written, or the target has said that it has looked at nothing
    /// of it: the request is whole.
    Unsent(Request<RequestBody>),
    Failed(GatewayError),
    /// The same by a connection that broke under others as well, one of which has told of it.
    Torn(GatewayError),
}

impl Trip {
    /// That of a client's request, on which nothing has happened yet.
    pub(crate) fn of_client(worker: Rc<Worker>, client: IpAddr) -> Self {
        Self { client: Some(client), ..Self::of_plugin(worker) }
    }

    /// That of a plugin's own request.
    pub(crate) fn of_plugin(worker: Rc<Worker>) -> Self {
        Self {
            worker,
            client: None,
            upload: None,
            probe: Probe::NONE,
            peer: None,
            duration: None,
            deadline: None,
            is_grpc: false,
            proof: None,
            switched: None,
        }
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
/// `response_timeout` in all, and all of it no longer than the client and the upstream have it. The `slot` is held until the
/// answer's body has ended.
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
    if trip.proof.is_some() && !upstream.transport.can_switch() {
        return Err(GatewayError::NotSwitched);
    }
    let pools = trip.worker.pools.of(upstream);
    let hash = upstream.balancer.hash(&request, trip.client);
    let began = Instant::now();
    let until = upstream.total_timeout.map(|timeout| began + timeout).into_iter().chain(trip.deadline).min();
    let left = until.map(|until| until.saturating_duration_since(began));
    if left.is_some_and(|left| left.is_zero()) {
        return Err(GatewayError::UpstreamTimeout);
    }
    let response_timeout = left.map_or(response_timeout, |left| left.min(response_timeout));
    let (deadline, fault) = (began + response_timeout, UpstreamFault::Connect);
    let mut course = Course { upstream, pools, hash, place: 0, tried: Vec::new(), deadline, until, fault };
    let mut again = upstream.retries.map(|policy| Again::new(policy, &request, began, response_timeout));
    let (mut request, mut sent) = (request, began);
    loop {
        let patience = again.as_ref().map_or(response_timeout, Again::patience);
        let attempt = course.attempt(trip, patience, request, sent).await;
        let failed = again.as_mut().and_then(|again| Some((again.after(&attempt)?, again)));
        let Some((failure, again)) = failed else {
            return arrived(trip, upstream, attempt, slot, (began, sent, until));
        };
        // In boxes, as all that is rare: most requests need no room for it.
        if !Box::pin(again.takes_its_turn(upstream, failure)).await {
            return arrived(trip, upstream, attempt, slot, (began, sent, until));
        }
        request = again.request(attempt);
        Box::pin(sleep(again.pause())).await;
        course.begins_anew();
        sent = Instant::now();
    }
}

/// What the last attempt has brought, which began to be sent at the second of the times and is to have ended at the third.
fn arrived(
    trip: &mut Trip,
    upstream: &LiveUpstream,
    attempt: Attempt,
    slot: Slot,
    (began, sent, until): (Instant, Instant, Option<Instant>),
) -> Result<Response<Streaming>, GatewayError> {
    match attempt {
        Attempt::Answered(mut response, lease) => {
            let duration = began.elapsed();
            trip.duration = Some(duration);
            if trip.client.is_some() {
                upstream.metrics.response_duration.observe(duration);
            }
            ended(trip, upstream, &slot, Outcome::Answered(response.status().as_u16()), sent);
            if response.status() == StatusCode::SWITCHING_PROTOCOLS {
                // The connection is no longer one for requests, nor is it a request that holds a slot.
                trip.switched = Some(upgrade::on(&mut response));
                return Ok(response.map(Streaming::ended));
            }
            let time = BodyTime { patience: upstream.idle_timeout, until, is_grpc: trip.is_grpc };
            Ok(response.map(|body| Streaming::new(body, lease, slot, time)))
        }
        Attempt::Failed(error) => {
            trip.duration = Some(began.elapsed());
            ended(trip, upstream, &slot, outcome(&error), sent);
            Err(error)
        }
        Attempt::Unsent(_, error) => {
            ended(trip, upstream, &slot, Outcome::Failed, sent);
            Err(error)
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
        GatewayError::UpstreamBroken | GatewayError::UpstreamUnreachable | GatewayError::UpstreamUntrusted => {
            Outcome::Failed
        }
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
            if let Some(until) = self.until.filter(|_| trip.is_grpc) {
                grpc::tell(request.headers_mut(), until);
            }
            let (mut returned, mut is_news) = (None, true);
            let wanted = Wanted {
                within: self.upstream.connect_timeout,
                by: self.until.map_or(self.deadline, |until| until.min(self.deadline)),
                is_alone: trip.proof.is_some(),
            };
            loop {
                let mut lease = match self.pools.connection(place, wanted, returned).await {
                    Ok(lease) => lease,
                    Err(Unconnected::Failed(fault)) => {
                        self.fault = fault;
                        break;
                    }
                    Err(Unconnected::Waited(fault)) => {
                        (self.fault, is_news) = (fault, false);
                        break;
                    }
                    Err(Unconnected::TooLate) => return Attempt::Failed(GatewayError::UpstreamTimeout),
                    Err(Unconnected::NeverSwitches) => return Attempt::Failed(GatewayError::NotSwitched),
                };
                trip.peer = Some(lease.peer());
                match send_on(&mut lease, trip, (patience, self.until), request).await {
                    Sent::Answered(response) => {
                        self.hears(trip, outlier::Outcome::of(response.status()), sent);
                        return Attempt::Answered(response, lease);
                    }
                    Sent::Failed(error) => {
                        // While the client sends, it may be that the target has waited for it too long.
                        if trip.sent(sent).is_some() && self.is_telling(&error, patience) {
                            if error == GatewayError::UpstreamTimeout {
                                lease.is_not_answered();
                            }
                            self.hears(trip, outlier::Outcome::LocalError, sent);
                        }
                        return Attempt::Failed(error);
                    }
                    Sent::Torn(error) => return Attempt::Failed(error),
                    Sent::Unsent(whole) => {
                        lease.count(UpstreamFault::Stale);
                        request = whole;
                        if returned.replace(Returned(lease.shared())).is_some() {
                            break;
                        }
                    }
                }
            }
            if is_news {
                self.hears(trip, outlier::Outcome::LocalError, sent);
            }
            self.tried.push(place);
            sent = Instant::now();
        }
        let error = match self.fault {
            UpstreamFault::Tls => GatewayError::UpstreamUntrusted,
            UpstreamFault::Broken => GatewayError::UpstreamBroken,
            _ => GatewayError::UpstreamUnreachable,
        };
        Attempt::Unsent(request, error)
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
            Self::Unsent(..) => Some(Failure::Connect),
        }
    }
}

// === one connection ===

async fn send_on(
    lease: &mut Lease,
    trip: &Trip,
    (response_timeout, until): (Duration, Option<Instant>),
    request: Request<RequestBody>,
) -> Sent {
    let upload = trip.upload.as_deref();
    // An HTTP/2 target may say that it has looked at nothing of the request; hyper gives it back only if it was not written.
    let spare = lease.shared().and_then(|_| Spare::of_any(&request));
    let mut answer = pin!(lease.send(request));
    let left = until.map(|until| until.saturating_duration_since(Instant::now()));
    lease.start_timer(left.map_or(response_timeout, |left| left.min(response_timeout)));
    let sent = poll_fn(|context| {
        if let Poll::Ready(sent) = answer.as_mut().poll(context) {
            return Poll::Ready(Some(sent));
        }
        while lease.poll_timer(context).is_ready() {
            // The time counts from the end of the request's body, and stands still while its client is slow.
            let since_moved = upload.map(|upload| upload.moved().map_or(Default::default(), |moved| moved.elapsed()));
            let rest = since_moved.and_then(|since| response_timeout.checked_sub(since));
            // But not for ever where somebody has said how long all of it may take.
            let left = until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
            match rest.map(|rest| rest.min(left)) {
                Some(rest) if !rest.is_zero() => lease.start_timer(rest),
                _ => return Poll::Ready(None),
            }
        }
        Poll::Pending
    });
    match sent.await {
        Some(Ok(response))
            if response.status() == StatusCode::SWITCHING_PROTOCOLS
                && !websocket::is_switched(trip.proof.as_ref(), &response) =>
        {
            // Nothing was asked for that could be switched to, or not to this.
            lease.count(UpstreamFault::Broken);
            Sent::Failed(GatewayError::UpstreamBroken)
        }
        Some(Ok(response)) => {
            lease.is_answered();
            Sent::Answered(response)
        }
        Some(Err(mut failed)) => {
            let whole = failed.take_message();
            let error = failed.into_error();
            let whole = whole.or_else(|| spare.filter(|_| is_unread(&error))?.request());
            whole.map_or_else(|| broken(lease, trip, &error), Sent::Unsent)
        }
        None => {
            lease.count(UpstreamFault::ResponseTimeout);
            Sent::Failed(GatewayError::UpstreamTimeout)
        }
    }
}

/// Whether an HTTP/2 target has said that it has done nothing about a request (RFC 9113, section 8.7).
fn is_unread(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<h2::Error>());
    cause.filter(|cause| cause.is_remote()).is_some_and(|cause| match cause.reason() {
        Some(h2::Reason::REFUSED_STREAM) => cause.is_reset(),
        Some(h2::Reason::NO_ERROR) => cause.is_go_away(),
        _ => false,
    })
}

/// Whose fault it was that the connection broke: a client's body that fails ends the upstream connection too.
fn broken(lease: &Lease, trip: &Trip, error: &hyper::Error) -> Sent {
    let limit = trip.worker.body_limit();
    match trip.upload.as_ref().and_then(|upload| upload.fault()) {
        Some(fault) => Sent::Failed(fault.refusal(limit)),
        None => {
            tracing::debug!(peer = %lease.peer(), %error, "the upstream broke off");
            lease.count(UpstreamFault::Broken);
            let cause = error.source().and_then(|cause| cause.downcast_ref::<h2::Error>());
            let is_about_it_alone = cause.is_some_and(h2::Error::is_reset);
            // While its client sends, nothing is told of the target.
            let is_told = trip.sent(Instant::now()).is_some();
            match is_about_it_alone || !is_told || lease.is_first_to_break() {
                true => Sent::Failed(GatewayError::UpstreamBroken),
                false => Sent::Torn(GatewayError::UpstreamBroken),
            }
        }
    }
}
