//! Sending a request again: what is, when, and what is kept for it.

use std::{
    future::poll_fn,
    pin::Pin,
    time::{Duration, Instant},
};

use gateway_algorithms::retry::{Budget, Failure, Failures, backoff, is_repeatable};
use gateway_model::Retries;
use gateway_telemetry::RetryCause;
use http::{HeaderMap, Method, Request, Response, Uri};
use http_body::Body as _;
use hyper::body::Incoming;
use tokio::{
    task,
    time::{sleep, timeout},
};

use super::Attempt;
use crate::{balance::Retrying, body::RequestBody, live::LiveUpstream, pool::Lease};

/// The largest rest of a response that is read for its connection's sake, in bytes.
const REST: u64 = 64 * 1024;

/// How long it is read for at most.
const REST_TIME: Duration = Duration::from_secs(1);

/// How long a request waits at most until the budget has room for it.
const TURN: Duration = Duration::from_secs(1);

/// When requests to an upstream are sent again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    /// After the first.
    attempts: u32,
    failures: Failures,
    budget: Budget,
    /// For the head of the response to an attempt that is not the last.
    per_try: Option<Duration>,
}

/// A request that may be sent again.
pub(super) struct Again {
    policy: Policy,
    /// None where it may be sent again only if it was not sent at all.
    spare: Option<Spare>,
    /// How often it was.
    made: u32,
    /// Counts it among those that were, once it is.
    retrying: Option<Retrying>,
    began: Instant,
    /// For the head of the response, in all.
    within: Duration,
}

/// All that it takes to send a request once more.
pub(super) struct Spare {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: RequestBody,
}

// === impl Policy ===

impl Policy {
    /// What is configured; the defaults only where there is a choice of targets. None where nothing is sent again.
    pub(crate) fn new(configured: Option<&Retries>, has_choice: bool) -> Option<Self> {
        let usual = Retries::default();
        let retries = configured.or_else(|| has_choice.then_some(&usual)).filter(|retries| retries.attempts > 0)?;
        let failures = retries.failures();
        let per_try = retries.per_try_timeout_ms.filter(|_| failures.contains(Failure::Timeout));
        (failures != Failures::NONE).then(|| Self {
            attempts: retries.attempts,
            failures,
            budget: retries.budget(),
            per_try: per_try.map(|millis| Duration::from_millis(millis.into())),
        })
    }

    /// The longest wait for the head of a response that still says something of the target, where it may take so long.
    pub(super) fn telling(self, response_timeout: Duration) -> Duration {
        self.per_try.map_or(response_timeout, |per_try| per_try.min(response_timeout))
    }
}

// === impl Again ===

impl Again {
    /// Keeps what it takes, for a request that has `within` for the head of its response.
    pub(super) fn new(policy: Policy, request: &Request<RequestBody>, began: Instant, within: Duration) -> Self {
        // After a failure to connect the request itself is still here.
        let needs_spare = policy.failures != Failures::NONE.with(Failure::Connect);
        let spare = if needs_spare { Spare::of(request) } else { None };
        Self { policy, spare, made: 0, retrying: None, began, within }
    }

    /// How long the attempt that is made now waits for the head of its response.
    pub(super) fn patience(&self) -> Duration {
        // The time of the first attempt begins when it is sent, not when it is connected.
        let left = if self.made == 0 { self.within } else { self.within.saturating_sub(self.began.elapsed()) };
        let may_go_on = self.spare.is_some() && self.made < self.policy.attempts;
        self.policy.per_try.filter(|_| may_go_on).map_or(left, |per_try| per_try.min(left))
    }

    /// The failure after which the request is to be sent again; none if it is not.
    pub(super) fn after(&self, attempt: &Attempt) -> Option<Failure> {
        let failure = attempt.failure().filter(|failure| self.policy.failures.contains(*failure))?;
        let is_possible = self.spare.is_some() || matches!(attempt, Attempt::Unsent(..));
        (is_possible && self.has_time() && self.made < self.policy.attempts).then_some(failure)
    }

    /// Whether the budget has room for it, or has soon.
    ///
    /// A target that dies breaks all its connections at once, which may be a third of all requests. They are sent again as the
    /// budget has it, some after the others. What an upstream turned away does not wait: it would come back in a crowd.
    pub(super) async fn takes_its_turn(&mut self, upstream: &LiveUpstream, failure: Failure) -> bool {
        let metrics = upstream.balancer.metrics();
        let waiting = Instant::now();
        let mut looks = 0;
        while self.retrying.is_none() {
            self.retrying = upstream.balancer.retry(self.policy.budget, upstream.metrics.in_flight.count());
            if self.retrying.is_some() {
                break;
            }
            let may_wait = failure == Failure::Reset && waiting.elapsed() < TURN;
            if !may_wait || !self.has_time() {
                metrics.retries_refused().add(1);
                return false;
            }
            looks += 1;
            sleep(backoff(looks, fastrand::u64(..))).await;
        }
        metrics.retries(cause(failure)).add(1);
        self.made += 1;
        true
    }

    /// Whether the longest pause that may come before it is sent again leaves time for that.
    fn has_time(&self) -> bool {
        self.began.elapsed() + backoff(self.made + 1, u64::MAX) < self.within
    }

    /// The pause before it is sent again.
    pub(super) fn pause(&self) -> Duration {
        backoff(self.made, fastrand::u64(..))
    }

    /// The request once more.
    ///
    /// # Panics
    /// If it is not to be sent [`after`](Self::after) that.
    pub(super) fn request(&self, attempt: Attempt) -> Request<RequestBody> {
        match attempt {
            Attempt::Unsent(whole, _) => return whole,
            Attempt::Answered(response, lease) => let_go(response, lease),
            Attempt::Failed(_) => {}
        }
        self.spare.as_ref().and_then(Spare::request).expect("it is sent again only where there is a spare")
    }
}

// === impl Spare ===

impl Spare {
    /// What is kept of a request while it is sent, if it may be sent again although it may have arrived. hyper gives no head
    /// back that it has written, so it has to be copied before.
    fn of(request: &Request<RequestBody>) -> Option<Self> {
        is_repeatable(request.method(), request.headers()).then(|| Self::of_any(request)).flatten()
    }

    /// The same of a request of which it will be known whether it has arrived.
    pub(super) fn of_any(request: &Request<RequestBody>) -> Option<Self> {
        let body = request.body().replay()?;
        let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
        Some(Self { method, uri, headers, body })
    }

    pub(super) fn request(&self) -> Option<Request<RequestBody>> {
        let mut request = Request::new(self.body.replay()?);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        Some(request)
    }
}

/// What a failure is counted as.
fn cause(failure: Failure) -> RetryCause {
    match failure {
        Failure::Connect => RetryCause::Connect,
        Failure::Reset => RetryCause::Reset,
        Failure::Timeout => RetryCause::Timeout,
        Failure::BadGateway => RetryCause::BadGateway,
        Failure::Unavailable => RetryCause::Unavailable,
        Failure::GatewayTimeout => RetryCause::GatewayTimeout,
    }
}

/// Lets a response go that nobody will see. The rest of it is read first if it is short, beside everything else, so that
/// its connection can be kept: an upstream that says that it is overloaded is not made to accept another one for it.
fn let_go(response: Response<Incoming>, lease: Lease) {
    let mut body = response.into_body();
    if body.is_end_stream() {
        return lease.give_back();
    }
    if body.size_hint().upper().is_none_or(|length| length > REST) {
        return;
    }
    task::spawn_local(async move {
        let began = Instant::now();
        let rest = async {
            while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
                if frame.is_err() {
                    return false;
                }
            }
            true
        };
        match timeout(REST_TIME, rest).await {
            Ok(true) => lease.give_back(),
            _ => {
                tracing::debug!(after = ?began.elapsed(), "the rest of a response did not come: its connection is closed")
            }
        }
    });
}
