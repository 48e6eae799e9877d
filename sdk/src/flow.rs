//! What becomes of a message after its hook.

mod answer;

use std::borrow::Cow;

use sluice_abi::outcome::{Action, BodyWish, Operation};

use crate::{
    field::{FieldName, FieldValue},
    guest::Out,
    limit::Decision,
};

use answer::{Answer, Kind};

/// A hook's decision: go on, see the body too, or answer now.
///
/// ```
/// # use sluice_sdk::prelude::*;
/// # fn decide(open: bool) -> Flow {
/// if !open {
///     return Flow::problem(403, "Forbidden").detail("Closed on Sundays.").header("retry-after", 3_600u32);
/// }
/// Flow::next()
/// # }
/// ```
#[derive(Debug)]
#[must_use = "return it from the hook"]
pub struct Flow<S = ()> {
    step: Step<S>,
}

#[derive(Debug)]
enum Step<S> {
    Next,
    NextWith(S),
    BufferBody {
        max_bytes: u64,
        state: S,
    },
    StreamBody(S),
    ServeCached(String),
    ServeCachedOr(String, S),
    /// Boxed: answers are rare, and a flow is moved about.
    Answer(Box<Answer>),
}

/// Which hook a flow comes from: not all of them may end in the same ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    RequestHead,
    RequestBody,
    ResponseHead,
    ResponseBody,
}

/// The kind of problem that a spent limit is (draft-ietf-httpapi-ratelimit-headers-10).
const QUOTA_EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

// === impl Flow: going on ===

impl<S> Flow<S> {
    /// Goes on; no later hook of this plugin is called for this request.
    pub fn next() -> Self {
        Self { step: Step::Next }
    }

    /// Goes on, and hands `state` to the next hook of this request.
    pub fn next_with(state: S) -> Self {
        Self { step: Step::NextWith(state) }
    }

    /// Goes on, and calls the body hook once the whole body is there; `state` is for it and for later hooks.
    ///
    /// A larger body than `max_bytes` is refused: with 413 on its way to the upstream, with 502 on its way back.
    /// For request and response hooks; [`Body`](crate::Body) reads what came.
    pub fn buffer_body(max_bytes: u64, state: S) -> Self {
        Self { step: Step::BufferBody { max_bytes, state } }
    }

    /// Goes on, and calls the chunk hook for each piece of the body; `state` is for it and for later hooks.
    ///
    /// For request and response hooks. Nothing waits for the whole body, so its size does not matter.
    pub fn stream_body(state: S) -> Self {
        Self { step: Step::StreamBody(state) }
    }

    /// Answers with the response that the attachment's cache keeps under `key`; goes on if it is gone by then.
    ///
    /// For request hooks, after [`cache::lookup`](crate::cache::lookup) found it. Needs the grant `cache`.
    pub fn serve_cached(key: impl Into<String>) -> Self {
        Self { step: Step::ServeCached(key.into()) }
    }

    /// As [`Flow::serve_cached`], and hands `state` to the next hook of this request if it goes on.
    ///
    /// The response hook is called for the kept response too: its [`source`](crate::Response::source) tells.
    pub fn serve_cached_or(key: impl Into<String>, state: S) -> Self {
        Self { step: Step::ServeCachedOr(key.into(), state) }
    }
}

// === impl Flow: answering ===

impl<S> Flow<S> {
    /// Answers now, with a status from 200 to 599 and no body.
    ///
    /// Neither the upstream nor later plugins see the request; the response hooks of earlier plugins see the answer.
    /// From a response hook it takes the place of the response.
    /// Changes that the hook made are dropped, but for the consumer and attributes.
    pub fn respond(status: u16) -> Self {
        Self::answer(status, Kind::Response { body: Vec::new() })
    }

    /// Refuses with a problem (RFC 9457), which the host sends with the request's id as `instance`.
    ///
    /// `status` is 400 to 599.
    /// `kind` is a URI reference that names the kind of problem, `about:blank` if the status says it all;
    /// `title` is the same sentence for every problem of that kind.
    pub fn refuse(status: u16, kind: impl Into<Cow<'static, str>>, title: impl Into<Cow<'static, str>>) -> Self {
        Self::answer(status, Kind::Problem { kind: kind.into(), title: title.into(), detail: None })
    }

    /// Refuses with a problem whose status says it all; `title` is the phrase of the status, such as `Forbidden`.
    pub fn problem(status: u16, title: impl Into<Cow<'static, str>>) -> Self {
        Self::refuse(status, "about:blank", title)
    }

    /// Refuses with 429 a request that a limit did not let pass, and says when to come back.
    pub fn too_many(decision: &Decision) -> Self {
        let seconds = decision.retry_after_seconds();
        let plural = if seconds == 1 { "" } else { "s" };
        Self::refuse(429, QUOTA_EXCEEDED, "Too many requests")
            .detail(format!("The limit is used up; the next request passes in {seconds} second{plural}."))
            .header("retry-after", seconds)
    }

    /// Refuses with 401 a request that does not say who it is from; `challenge` says how to
    /// (RFC 9110, 11.6.1), such as `Bearer realm="orders"`.
    pub fn unauthorized(challenge: impl FieldValue) -> Self {
        Self::problem(401, "Unauthorized").append_header("www-authenticate", challenge)
    }

    /// What happened to this request and what the client can do about it.
    ///
    /// # Panics
    /// Unless the flow refuses.
    #[track_caller]
    pub fn detail(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        match &mut self.answer_mut().kind {
            Kind::Problem { detail, .. } => *detail = Some(text.into()),
            Kind::Response { .. } => panic!("Flow::detail belongs to Flow::refuse and its kin"),
        }
        self
    }

    /// The body of the answer, together with all else at most 1 MiB; set its `content-type` too.
    ///
    /// # Panics
    /// Unless the flow was made by [`Flow::respond`].
    #[track_caller]
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        match &mut self.answer_mut().kind {
            Kind::Response { body } => *body = bytes.into(),
            Kind::Problem { .. } => panic!("Flow::body belongs to Flow::respond; a problem has a detail"),
        }
        self
    }

    /// Sets a header of the answer.
    ///
    /// # Panics
    /// If the flow goes on: such headers belong to the response hook.
    #[track_caller]
    pub fn header<'n>(mut self, name: impl Into<FieldName<'n>>, value: impl FieldValue) -> Self {
        self.answer_mut().add_header(name.into(), &value, false);
        self
    }

    /// Adds a field line to the answer.
    ///
    /// # Panics
    /// If the flow goes on: such headers belong to the response hook.
    #[track_caller]
    pub fn append_header<'n>(mut self, name: impl Into<FieldName<'n>>, value: impl FieldValue) -> Self {
        self.answer_mut().add_header(name.into(), &value, true);
        self
    }

    fn answer(status: u16, kind: Kind) -> Self {
        Self { step: Step::Answer(Box::new(Answer::new(status, kind))) }
    }

    #[track_caller]
    fn answer_mut(&mut self) -> &mut Answer {
        match &mut self.step {
            Step::Answer(answer) => answer,
            _ => panic!("a flow that goes on has no answer to build"),
        }
    }
}

// === impl Flow: writing ===

impl<S: crate::State> Flow<S> {
    /// Completes OUT, and returns what the hook returns.
    pub(crate) fn write(self, place: Place, out: &mut Out) -> u64 {
        match self.step {
            Step::Next => out.finish(Action::Next, 0, false),
            Step::NextWith(state) => go_on(&state, BodyWish::Pass, out),
            Step::BufferBody { .. } | Step::StreamBody(_) if place.is_body() => {
                out.fault("a body hook has the body already: return Flow::next or Flow::next_with")
            }
            Step::BufferBody { max_bytes, state } => {
                out.operation(&Operation::BodyLimit(max_bytes));
                go_on(&state, BodyWish::Buffer, out)
            }
            Step::StreamBody(state) => go_on(&state, BodyWish::Stream, out),
            Step::ServeCached(_) | Step::ServeCachedOr(..) if place.is_response() => {
                out.fault("Flow::serve_cached belongs to request hooks: there is a response already")
            }
            Step::ServeCached(key) => {
                out.keep_what_is_said();
                out.operation(&Operation::CacheKey(&key));
                out.finish(Action::ServeCached, 0, false)
            }
            Step::ServeCachedOr(key, state) => {
                out.keep_what_is_said();
                out.operation(&Operation::CacheKey(&key));
                out.state(&state);
                out.finish(Action::ServeCached, 0, true)
            }
            Step::Answer(answer) => answer.write(out),
        }
    }
}

fn go_on<S: crate::State>(state: &S, wish: BodyWish, out: &mut Out) -> u64 {
    out.state(state);
    out.finish_with_body(wish)
}

// === impl Place ===

impl Place {
    fn is_body(self) -> bool {
        matches!(self, Self::RequestBody | Self::ResponseBody)
    }

    fn is_response(self) -> bool {
        matches!(self, Self::ResponseHead | Self::ResponseBody)
    }
}
