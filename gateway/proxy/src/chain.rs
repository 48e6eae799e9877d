//! The plugins of a route: in their order on the way in, in reverse on the way out.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use gateway_host::{
    About, Attributes, Failure, FailureKind, Hooks, Plugin, RequestCall, ResponseCall, ResponseVerdict, Verdict, Visit,
    Way,
};
use gateway_model::{FailurePolicy, Identity, Problem, Snapshot};
use gateway_telemetry::{AttachmentMetrics, HookKind, HookMetrics};
use http::{HeaderMap, Response};

use crate::{answer::Answer, error::GatewayError, request_id::RequestId, throttle::Throttle};

/// The plugins of a route in the order in which they see a request.
#[derive(Clone)]
pub(crate) struct Chain(Box<[Arc<Link>]>);

/// One attachment, configured. Shared by all routes that it is on.
pub(crate) struct Link {
    pub(crate) plugin: Plugin,
    hooks: Hooks,
    metrics: AttachmentMetrics,
    failures_logged: Throttle,
}

/// What the way in came to.
pub(crate) enum WayIn {
    /// The request goes to the upstream.
    Passed,
    /// The plugin at this place answered.
    Answered(usize, Response<Bytes>),
    /// The plugin at this place refused.
    Refused(usize, Problem, HeaderMap),
    Failed(GatewayError),
}

/// The plugins that want to see the response, in the order in which they saw the request, and the time that all calls took.
#[derive(Default)]
pub(crate) struct Passage {
    pub(crate) waiting: Vec<(usize, Visit)>,
    pub(crate) attributes: Attributes,
    pub(crate) way: Way,
    pub(crate) spent: Duration,
}

/// What plugins are told of a request when they see its response.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) consumer: &'a Option<Arc<Identity>>,
    pub(crate) about: About<'a>,
    pub(crate) id: &'a RequestId,
}

// === impl Chain ===

impl Chain {
    pub(crate) fn new(links: impl IntoIterator<Item = Arc<Link>>) -> Self {
        Self(links.into_iter().collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the attachment at `place`.
    pub(crate) fn name(&self, place: usize) -> &str {
        &self.0[place].plugin.attachment().name
    }

    /// Shows the request to one plugin after the other, until one of them does something else than go on.
    pub(crate) fn way_in(
        &self,
        call: &mut RequestCall<'_>,
        waiting: &mut Vec<(usize, Visit)>,
        spent: &mut Duration,
    ) -> WayIn {
        for (place, link) in self.0.iter().enumerate() {
            if !link.hooks.has(Hooks::REQUEST) {
                if link.hooks.has(Hooks::RESPONSE) {
                    waiting.push((place, Visit::default()));
                }
                continue;
            }
            let mut visit = Visit::default();
            let started = Instant::now();
            let verdict = link.plugin.on_request(call, &mut visit);
            *spent += link.metrics.hook(HookKind::Request).took(started);
            match verdict {
                Ok(Verdict::Next(onward) | Verdict::ServeCached { onward, .. }) => {
                    if onward.more {
                        waiting.push((place, visit));
                    }
                }
                Ok(Verdict::Respond(response)) => return WayIn::Answered(place, response),
                Ok(Verdict::Refuse(refusal)) => return WayIn::Refused(place, refusal.problem, refusal.headers),
                // The request's own fault: with an open policy it would be a way around the plugin.
                Err(failure) if failure.kind == FailureKind::HeadTooLarge => {
                    return WayIn::Failed(GatewayError::HeadTooLarge);
                }
                Err(failure) => {
                    if let Err(error) =
                        link.failed(link.metrics.hook(HookKind::Request), &failure, call.about.request_id)
                    {
                        return WayIn::Failed(error);
                    }
                }
            }
        }
        WayIn::Passed
    }

    /// Shows the response to the plugins that asked for it, the last one first.
    ///
    /// A failure of a plugin whose policy is closed turns the answer into a refusal, which the remaining plugins are shown
    /// instead; the result is its error.
    pub(crate) fn way_out(&self, answer: &mut Answer, passage: &mut Passage, seen: Seen<'_>) -> Option<GatewayError> {
        let mut refused = None;
        while let Some((place, mut visit)) = passage.waiting.pop() {
            let link = &self.0[place];
            let content_length = answer.length();
            let (mut status, source) = (answer.response.status(), answer.source);
            let mut call = ResponseCall {
                status: &mut status,
                source,
                headers: answer.response.headers_mut(),
                content_length,
                consumer: seen.consumer,
                attributes: &mut passage.attributes,
                store: &mut None,
                about: seen.about,
            };
            let started = Instant::now();
            let outcome = link.plugin.on_response(&mut call, &mut visit);
            passage.spent += link.metrics.hook(HookKind::Response).took(started);
            *answer.response.status_mut() = status;
            match outcome {
                Ok(ResponseVerdict::Next(_)) => {}
                Ok(ResponseVerdict::Respond(response)) => *answer = Answer::of_plugin(response),
                Ok(ResponseVerdict::Refuse(refusal)) => {
                    *answer = Answer::refusal_of_plugin(&refusal.problem, refusal.headers, seen.id);
                }
                Err(failure) => {
                    if let Err(error) = link.failed(link.metrics.hook(HookKind::Response), &failure, seen.id.as_str()) {
                        *answer = Answer::refusal(&error, seen.id);
                        refused = Some(error);
                    }
                }
            }
        }
        refused
    }
}

// === impl Link ===

impl Link {
    pub(crate) fn new(plugin: Plugin, metrics: AttachmentMetrics) -> Self {
        Self { hooks: plugin.hooks(), plugin, metrics, failures_logged: Throttle::default() }
    }

    /// One tick. After a failure, which is logged, the next one comes all the same.
    pub(crate) fn tick(&self, snapshot: &Arc<Snapshot>) {
        let hook = self.metrics.hook(HookKind::Tick);
        let started = Instant::now();
        let outcome = self.plugin.on_tick(snapshot);
        hook.took(started);
        if let Err(failure) = outcome {
            hook.failures.add(1);
            if let Some(suppressed) = self.failures_logged.admit() {
                let attachment = &self.plugin.attachment().name;
                tracing::warn!(%attachment, %failure, suppressed, "a plugin failed");
            }
        }
    }

    /// Counts and logs a failure.
    ///
    /// # Errors
    /// What the request is refused with, unless it may go on without this plugin.
    fn failed(&self, hook: &HookMetrics, failure: &Failure, request_id: &str) -> Result<(), GatewayError> {
        hook.failures.add(1);
        let attachment = self.plugin.attachment();
        if let Some(suppressed) = self.failures_logged.admit() {
            let (attachment, policy) = (&attachment.name, attachment.on_failure);
            tracing::warn!(%attachment, request_id, %failure, ?policy, suppressed, "a plugin failed");
        }
        match attachment.on_failure {
            FailurePolicy::Closed => Err(GatewayError::PluginFailed { attachment: attachment.name.clone() }),
            FailurePolicy::Open => Ok(()),
        }
    }
}

/// Counting a call that began at a moment.
trait Took {
    fn took(&self, started: Instant) -> Duration;
}

impl Took for HookMetrics {
    fn took(&self, started: Instant) -> Duration {
        let duration = started.elapsed();
        self.duration.observe(duration);
        duration
    }
}
