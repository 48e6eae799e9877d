//! One batch of exchanges through all hooks of a plugin, hook by hook, so that reading the clock is shared by many.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use bytes::Bytes;
use gateway_host::{
    Attributes, BodyWish, ChunkCall, Hooks, Onward, RequestCall, ResponseCall, ResponseVerdict, Source, Summary,
    Verdict, Visit, Way,
};
use gateway_model::Identity;
use hyper::{HeaderMap, Method, StatusCode, http::uri::PathAndQuery};
use nix::time::{ClockId, clock_gettime};

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

/// What a call of each hook took in one batch, in nanoseconds; nothing for one that was not called.
pub(super) struct Lap([Option<f64>; 7]);

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
    pub(super) fn of(&self, phase: Phase) -> Option<f64> {
        self.0[phase as usize]
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
    body: Bytes,
    visit: Visit,
    /// What the last head hook said; before the first, whatever the plugin has is called.
    onward: Option<Onward>,
    ended: bool,
}

/// Runs a batch through all hooks.
///
/// # Errors
/// A hook fails.
pub(super) fn lap(subject: &Subject, sample: &Sample) -> Result<Lap, Failure> {
    let mut exchanges: Vec<Exchange> = (0..CALLS).map(|_| Exchange::new(sample)).collect();
    let mut lap = Lap([None; 7]);
    for phase in Phase::ALL {
        let body = match phase {
            Phase::RequestBody | Phase::RequestChunk => &sample.request_body,
            _ => &sample.response_body,
        };
        let mut called: Vec<&mut Exchange> =
            exchanges.iter_mut().filter(|exchange| exchange.wants(phase, subject)).collect();
        if called.is_empty() {
            continue;
        }
        called.iter_mut().for_each(|exchange| exchange.body = body.clone());
        let before = clock()?;
        for exchange in &mut called {
            exchange.call(phase, subject).with_context(|| format!("the {} hook", phase.name()))?;
        }
        lap.0[phase as usize] = Some((clock()? - before).as_secs_f64() * 1e9 / called.len() as f64);
    }
    Ok(lap)
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
            body: Bytes::new(),
            visit: Visit::default(),
            onward: None,
            ended: false,
        }
    }

    /// Whether a gateway would call this hook now.
    fn wants(&self, phase: Phase, subject: &Subject) -> bool {
        let hooks = subject.plugin.hooks();
        if !hooks.has(phase.hook()) || self.ended {
            return false;
        }
        match (self.onward, phase.asked_by()) {
            (None, _) => true,
            (Some(onward), None) => onward.more,
            (Some(onward), Some(head)) if hooks.has(head) => match onward.body {
                BodyWish::Buffer { .. } => matches!(phase, Phase::RequestBody | Phase::ResponseBody),
                BodyWish::Stream => matches!(phase, Phase::RequestChunk | Phase::ResponseChunk),
                BodyWish::Pass => false,
            },
            (Some(onward), Some(_)) => onward.more,
        }
    }

    fn call(&mut self, phase: Phase, subject: &Subject) -> Result<(), gateway_host::Failure> {
        match phase {
            Phase::Request | Phase::RequestBody => self.on_request(phase, subject),
            Phase::Response | Phase::ResponseBody => self.on_response(phase, subject),
            Phase::RequestChunk => {
                let call = ChunkCall { about: subject.about() };
                subject.plugin.on_request_chunk(&call, &mut self.visit, std::mem::take(&mut self.body), true).map(drop)
            }
            Phase::ResponseChunk => {
                let call = ChunkCall { about: subject.about() };
                subject.plugin.on_response_chunk(&call, &mut self.visit, std::mem::take(&mut self.body), true).map(drop)
            }
            Phase::Log => {
                let call = ChunkCall { about: subject.about() };
                subject.plugin.on_log(&call, std::mem::take(&mut self.visit), &SUMMARY)
            }
        }
    }

    fn on_request(&mut self, phase: Phase, subject: &Subject) -> Result<(), gateway_host::Failure> {
        let mut call = RequestCall {
            method: &mut self.method,
            target: &mut self.target,
            authority: "api.example.com",
            headers: &mut self.request,
            content_length: Some(1024),
            consumer: &mut self.consumer,
            attributes: &mut self.attributes,
            way: &mut self.way,
            about: subject.about(),
        };
        let verdict = match phase {
            Phase::Request => subject.plugin.on_request(&mut call, &mut self.visit)?,
            _ => subject.plugin.on_request_body(&mut call, &mut self.visit, &mut self.body)?,
        };
        match verdict {
            Verdict::Next(onward) => self.onward = Some(onward),
            _ => self.ended = true,
        }
        Ok(())
    }

    fn on_response(&mut self, phase: Phase, subject: &Subject) -> Result<(), gateway_host::Failure> {
        let mut call = ResponseCall {
            status: &mut self.status,
            source: Source::Upstream,
            headers: &mut self.response,
            content_length: Some(1024),
            consumer: &self.consumer,
            attributes: &mut self.attributes,
            store: &mut None,
            about: subject.about(),
        };
        let verdict = match phase {
            Phase::Response => subject.plugin.on_response(&mut call, &mut self.visit)?,
            _ => subject.plugin.on_response_body(&mut call, &mut self.visit, &mut self.body)?,
        };
        match verdict {
            ResponseVerdict::Next(onward) => self.onward = Some(onward),
            _ => self.ended = true,
        }
        Ok(())
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
