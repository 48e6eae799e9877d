//! One batch of exchanges through all hooks of a plugin, hook by hook, so that reading the clock is shared by many.
//!
//! Each hook is called as a gateway calls it: directly, or on a fiber if the plugin may wait.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use bytes::Bytes;
use gateway_host::{
    Attributes, BodyWish, Charges, ChunkCall, ChunkVerdict, Hooks, Onward, RequestCall, ResponseCall, ResponseVerdict,
    Source, StoreResponse, Summary, Verdict, Visit, Way,
};
use gateway_model::Identity;
use hyper::{HeaderMap, Method, StatusCode, http::uri::PathAndQuery};
use nix::time::{ClockId, clock_gettime};
use tokio::runtime::Runtime;

use super::{Failure, sample::Sample, subject::Subject};

/// Calls of each hook in a batch.
const CALLS: usize = 128;

/// A hook that is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    Request,
    RequestBody,
    RequestChunk,
    Response,
    ResponseBody,
    ResponseChunk,
    Log,
}

/// What became of each hook in one batch.
pub(super) struct Lap([Outcome; 7]);

/// What became of one hook in one batch.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// The plugin does not have it, or its configuration has no use for it.
    Absent,
    Skipped(Skipped),
    Called(Called),
}

/// Why a hook is not called that the plugin has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skipped {
    /// An earlier hook answered, or failed.
    Over,
    /// The hook before it returned no state.
    NotWanted,
    /// The hook of the head did not ask for this one.
    BodyNotAsked,
}

/// The calls of one hook.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Called {
    /// Of each, in nanoseconds.
    pub(super) took: f64,
    /// How many failed, of how many.
    pub(super) failed: usize,
    pub(super) calls: usize,
    /// How the last of these did.
    pub(super) failure: Option<String>,
}

/// Which hooks are called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those that a gateway would call.
    Wanted,
    /// All of them, whatever the earlier ones asked for: to compare with.
    All,
}

impl Phase {
    /// In the order of an exchange.
    pub(super) const ALL: [Self; 7] = [
        Self::Request,
        Self::RequestBody,
        Self::RequestChunk,
        Self::Response,
        Self::ResponseBody,
        Self::ResponseChunk,
        Self::Log,
    ];

    pub(super) fn name(self) -> &'static str {
        ["request", "request-body", "request-chunk", "response", "response-body", "response-chunk", "log"]
            [self as usize]
    }

    fn hook(self) -> Hooks {
        [
            Hooks::REQUEST,
            Hooks::REQUEST_BODY,
            Hooks::REQUEST_CHUNK,
            Hooks::RESPONSE,
            Hooks::RESPONSE_BODY,
            Hooks::RESPONSE_CHUNK,
            Hooks::LOG,
        ][self as usize]
    }

    /// The hook that asks for this one, if the plugin has it.
    fn asked_by(self) -> Option<Hooks> {
        match self {
            Self::RequestBody | Self::RequestChunk => Some(Hooks::REQUEST),
            Self::ResponseBody | Self::ResponseChunk => Some(Hooks::RESPONSE),
            Self::Request | Self::Response | Self::Log => None,
        }
    }
}

impl Lap {
    pub(super) fn of(&self, phase: Phase) -> &Outcome {
        &self.0[phase as usize]
    }
}

impl Outcome {
    pub(super) fn called(&self) -> Option<&Called> {
        match self {
            Self::Called(called) => Some(called),
            Self::Absent | Self::Skipped(_) => None,
        }
    }
}

impl Skipped {
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::Over => "an earlier hook had answered by then, or had failed",
            Self::NotWanted => "the hook before it returned no state",
            Self::BodyNotAsked => "the hook of the head did not ask for it",
        }
    }
}

/// One exchange on its way.
struct Exchange {
    method: Method,
    target: PathAndQuery,
    request: HeaderMap,
    status: StatusCode,
    response: HeaderMap,
    consumer: Option<Arc<Identity>>,
    attributes: Attributes,
    way: Way,
    charges: Charges,
    body: Bytes,
    visit: Visit,
    store: Option<StoreResponse>,
    /// What the last head hook said; before the first, whatever the plugin has is called.
    onward: Option<Onward>,
    ended: bool,
}

/// Runs a batch through all hooks. A hook that fails ends its exchange, as in a gateway.
///
/// # Errors
/// There is no clock.
pub(super) fn lap(subject: &Subject, sample: &Sample, which: Which, runtime: &Runtime) -> Result<Lap, Failure> {
    let mut exchanges: Vec<Exchange> = (0..CALLS).map(|_| Exchange::new(sample)).collect();
    let mut lap = Lap([const { Outcome::Absent }; 7]);
    for phase in Phase::ALL {
        if phase == Phase::Response {
            exchanges.iter_mut().for_each(Exchange::leave_request);
        }
        if !subject.plugin.hooks().has(phase.hook()) {
            continue;
        }
        let body = match phase {
            Phase::RequestBody | Phase::RequestChunk => &sample.request_body,
            _ => &sample.response_body,
        };
        let skips: Vec<Option<Skipped>> =
            exchanges.iter().map(|exchange| exchange.skips(phase, subject, which)).collect();
        let called = exchanges.iter_mut().zip(&skips).filter(|(_, skips)| skips.is_none());
        let mut called: Vec<&mut Exchange> = called.map(|(exchange, _)| exchange).collect();
        lap.0[phase as usize] = match (called.is_empty(), skips.first().copied().flatten()) {
            (true, skipped) => skipped.map_or(Outcome::Absent, Outcome::Skipped),
            (false, _) => {
                called.iter_mut().for_each(|exchange| exchange.body = body.clone());
                Outcome::Called(call_all(&mut called, phase, subject, runtime)?)
            }
        };
    }
    Ok(lap)
}

fn call_all(
    called: &mut [&mut Exchange],
    phase: Phase,
    subject: &Subject,
    runtime: &Runtime,
) -> Result<Called, Failure> {
    let mut failures = Vec::new();
    let before = clock()?;
    if subject.plugin.is_blocking() {
        runtime.block_on(async {
            for exchange in called.iter_mut() {
                failures.extend(exchange.call_on_fiber(phase, subject).await.err());
            }
        });
    } else {
        for exchange in called.iter_mut() {
            failures.extend(exchange.call(phase, subject).err());
        }
    }
    let took = (clock()? - before).as_secs_f64() * 1e9 / called.len() as f64;
    let failure = failures.last().map(ToString::to_string);
    Ok(Called { took, failed: failures.len(), calls: called.len(), failure })
}

fn clock() -> anyhow::Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).context("the clock of processor time")?.into())
}

impl Exchange {
    fn new(sample: &Sample) -> Self {
        Self {
            method: sample.method.clone(),
            target: sample.target.clone(),
            request: sample.request.clone(),
            status: sample.status,
            response: sample.response.clone(),
            consumer: None,
            attributes: Attributes::default(),
            way: Way::default(),
            charges: Charges::new(),
            body: Bytes::new(),
            visit: Visit::default(),
            store: None,
            onward: None,
            ended: false,
        }
    }

    /// What was asked for of the request's body says nothing about the response's.
    fn leave_request(&mut self) {
        if let Some(onward) = &mut self.onward {
            onward.body = BodyWish::Pass;
        }
    }

    /// Why a gateway would not call this hook now, which the plugin has.
    fn skips(&self, phase: Phase, subject: &Subject, which: Which) -> Option<Skipped> {
        if which == Which::All {
            return None;
        }
        if self.ended {
            return Some(Skipped::Over);
        }
        let onward = self.onward?;
        let asked_by = phase.asked_by().filter(|head| subject.plugin.hooks().has(*head));
        let (called, why) = match (asked_by, onward.body) {
            (None, _) => (onward.more, Skipped::NotWanted),
            (Some(_), BodyWish::Buffer { .. }) => {
                (matches!(phase, Phase::RequestBody | Phase::ResponseBody), Skipped::BodyNotAsked)
            }
            (Some(_), BodyWish::Stream) => {
                (matches!(phase, Phase::RequestChunk | Phase::ResponseChunk), Skipped::BodyNotAsked)
            }
            (Some(_), BodyWish::Pass) => (false, Skipped::BodyNotAsked),
        };
        (!called).then_some(why)
    }

    fn call(&mut self, phase: Phase, subject: &Subject) -> Result<(), gateway_host::Failure> {
        let plugin = &subject.plugin;
        let about = ChunkCall { about: subject.about() };
        let onward = match phase {
            Phase::Request => {
                let (mut call, visit, _) = self.request(subject);
                plugin.on_request(&mut call, visit).map(onward)
            }
            Phase::RequestBody => {
                let (mut call, visit, body) = self.request(subject);
                plugin.on_request_body(&mut call, visit, body).map(onward)
            }
            Phase::Response => {
                let (mut call, visit, _) = self.response(subject);
                plugin.on_response(&mut call, visit).map(onward_out)
            }
            Phase::ResponseBody => {
                let (mut call, visit, body) = self.response(subject);
                plugin.on_response_body(&mut call, visit, body).map(onward_out)
            }
            Phase::RequestChunk => {
                let chunk = std::mem::take(&mut self.body);
                let went = plugin.on_request_chunk(&about, &mut self.visit, chunk, true);
                return self.streams(went);
            }
            Phase::ResponseChunk => {
                let chunk = std::mem::take(&mut self.body);
                let went = plugin.on_response_chunk(&about, &mut self.visit, chunk, true);
                return self.streams(went);
            }
            Phase::Log => return plugin.on_log(&about, std::mem::take(&mut self.visit), &SUMMARY),
        };
        self.goes_on(onward)
    }

    /// The same for a plugin that may wait.
    async fn call_on_fiber(&mut self, phase: Phase, subject: &Subject) -> Result<(), gateway_host::Failure> {
        let plugin = &subject.plugin;
        let onward = match phase {
            Phase::Request => {
                let (mut call, visit, _) = self.request(subject);
                plugin.on_request_on_fiber(&mut call, visit).await.map(onward)
            }
            Phase::RequestBody => {
                let (mut call, visit, body) = self.request(subject);
                plugin.on_request_body_on_fiber(&mut call, visit, body).await.map(onward)
            }
            Phase::Response => {
                let (mut call, visit, _) = self.response(subject);
                plugin.on_response_on_fiber(&mut call, visit).await.map(onward_out)
            }
            Phase::ResponseBody => {
                let (mut call, visit, body) = self.response(subject);
                plugin.on_response_body_on_fiber(&mut call, visit, body).await.map(onward_out)
            }
            // These never wait.
            Phase::RequestChunk | Phase::ResponseChunk | Phase::Log => return self.call(phase, subject),
        };
        self.goes_on(onward)
    }

    fn request<'e>(&'e mut self, subject: &'e Subject) -> (RequestCall<'e>, &'e mut Visit, &'e mut Bytes) {
        let call = RequestCall {
            method: &mut self.method,
            target: &mut self.target,
            authority: "api.example.com",
            headers: &mut self.request,
            content_length: Some(1024),
            consumer: &mut self.consumer,
            attributes: &mut self.attributes,
            way: &mut self.way,
            charges: &mut self.charges,
            about: subject.about(),
        };
        (call, &mut self.visit, &mut self.body)
    }

    fn response<'e>(&'e mut self, subject: &'e Subject) -> (ResponseCall<'e>, &'e mut Visit, &'e mut Bytes) {
        let call = ResponseCall {
            status: &mut self.status,
            source: Source::Upstream,
            headers: &mut self.response,
            content_length: Some(1024),
            consumer: &self.consumer,
            attributes: &mut self.attributes,
            store: &mut self.store,
            about: subject.about(),
        };
        (call, &mut self.visit, &mut self.body)
    }

    /// Notes what a hook asked for; nothing if it answered.
    fn goes_on(&mut self, onward: Result<Option<Onward>, gateway_host::Failure>) -> Result<(), gateway_host::Failure> {
        let (onward, failed) = match onward {
            Ok(onward) => (onward, Ok(())),
            Err(failure) => (None, Err(failure)),
        };
        (self.onward, self.ended) = (onward, onward.is_none());
        failed
    }

    fn streams(&mut self, chunk: Result<ChunkVerdict, gateway_host::Failure>) -> Result<(), gateway_host::Failure> {
        self.ended = matches!(chunk, Err(_) | Ok(ChunkVerdict::Reset));
        chunk.map(drop)
    }
}

fn onward(verdict: Verdict) -> Option<Onward> {
    match verdict {
        Verdict::Next(onward) => Some(onward),
        _ => None,
    }
}

fn onward_out(verdict: ResponseVerdict) -> Option<Onward> {
    match verdict {
        ResponseVerdict::Next(onward) => Some(onward),
        _ => None,
    }
}

const SUMMARY: Summary<'static> = Summary {
    status: 200,
    complete: true,
    request_bytes: 1024,
    response_bytes: 1024,
    duration_us: 1500,
    upstream_us: Some(1000),
    method: "POST",
    path: "/orders",
    route: "bench",
    upstream: Some("192.0.2.1:80"),
    refused_by: None,
};
