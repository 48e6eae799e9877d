//! Sending a request to its upstream: connect, send, wait for the head of the answer, and try again where that is safe.

use std::{
    future::poll_fn,
    net::SocketAddr,
    pin::pin,
    rc::Rc,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};

use gateway_telemetry::UpstreamFault;
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;

use crate::{
    admission::{Outcome, Slot},
    body::{RequestBody, Streaming, Upload},
    error::GatewayError,
    live::LiveUpstream,
    pool::{Lease, Pool, UpstreamPools},
    worker::Worker,
};

/// A request's way to its upstream: on whose behalf it goes, and what became known of it.
pub(crate) struct Trip {
    worker: Rc<Worker>,
    /// The body that a client sends.
    pub(crate) upload: Option<Rc<Upload>>,
    /// The target that it was sent to last.
    pub(crate) peer: Option<SocketAddr>,
    /// From sending to the head of the answer.
    pub(crate) duration: Option<Duration>,
}

/// How sending on one connection ended.
enum Sent {
    Answered(Response<Incoming>),
    /// The connection had been closed before anything was written: the request is whole.
    Unsent(Request<RequestBody>),
    Failed(GatewayError),
}

impl Trip {
    /// One on which nothing has happened yet.
    pub(crate) fn new(worker: Rc<Worker>) -> Self {
        Self { worker, upload: None, peer: None, duration: None }
    }
}

/// Sends the request to the upstream's targets in turn, until one has a connection to send it on.
///
/// A request that may have reached a target is never sent again. The head of the answer is waited for as long as
/// `response_timeout`. The `slot` is held until the answer's body has ended.
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
    let began = Instant::now();
    let mut request = request;
    for pool in pools.in_turn() {
        let mut fresh = false;
        while let Some(mut lease) = connection(pool, &pools, upstream, fresh).await {
            trip.peer = Some(lease.peer());
            match send_on(&mut lease, trip, response_timeout, request).await {
                Sent::Answered(response) => {
                    let duration = began.elapsed();
                    trip.duration = Some(duration);
                    upstream.metrics.response_duration.observe(duration);
                    ended(trip, upstream, &slot, Outcome::Answered(response.status().as_u16()), began);
                    return Ok(response.map(|body| Streaming::new(body, lease, slot, upstream.idle_timeout)));
                }
                Sent::Failed(error) => {
                    trip.duration = Some(began.elapsed());
                    ended(trip, upstream, &slot, outcome(&error), began);
                    return Err(error);
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
    }
    ended(trip, upstream, &slot, Outcome::Failed, began);
    Err(GatewayError::UpstreamUnreachable)
}

/// Takes down how the upstream did. Its time counts from the end of the request's body: what a client takes to send it is
/// none of the upstream's.
fn ended(trip: &Trip, upstream: &LiveUpstream, slot: &Slot, outcome: Outcome, began: Instant) {
    if outcome == Outcome::Unknown {
        return;
    }
    let now = Instant::now();
    let sent = match &trip.upload {
        None => Some(began),
        // None while the client still sends.
        Some(upload) => upload.moved().map(|moved| moved.max(began)),
    };
    let latency = sent.filter(|_| outcome.has_latency()).map(|sent| now.saturating_duration_since(sent));
    upstream.metrics.recent.add(now, latency, outcome.is_error());
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

/// A kept connection, or a new one; none when the target cannot be reached.
pub(crate) async fn connection(
    pool: &Rc<Pool>,
    pools: &Rc<UpstreamPools>,
    upstream: &LiveUpstream,
    fresh: bool,
) -> Option<Lease> {
    if !fresh && let Some(lease) = pool.take(pools) {
        return Some(lease);
    }
    match pool.connect(upstream.connect_timeout, pools).await {
        Ok(lease) => Some(lease),
        Err(fault) => {
            upstream.metrics.fault(fault).add(1);
            None
        }
    }
}

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
