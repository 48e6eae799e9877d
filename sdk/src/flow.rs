//! What becomes of a request after its hook.

use std::borrow::Cow;

use sluice_abi::outcome::{Action, Name, Operation};

use crate::{
    field::{FieldName, FieldValue, Scratch},
    guest::Out,
};

/// The request hook's decision: go on with the chain, or answer now.
///
/// ```
/// # use sluice_sdk::prelude::*;
/// # fn decide(open: bool) -> Flow {
/// if !open {
///     return Flow::refuse(403, "about:blank", "Forbidden").detail("Closed on Sundays.").header("retry-after", 3_600u32);
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
    /// Boxed: answers are rare, and a flow is moved about.
    Answer(Box<Answer>),
}

#[derive(Debug)]
struct Answer {
    status: u16,
    kind: Kind,
    headers: Vec<Header>,
}

#[derive(Debug)]
enum Kind {
    Response { body: Vec<u8> },
    Problem { kind: Cow<'static, str>, title: Cow<'static, str>, detail: Option<Cow<'static, str>> },
}

#[derive(Debug)]
struct Header {
    name: OwnedName,
    value: Vec<u8>,
    append: bool,
}

#[derive(Debug)]
enum OwnedName {
    Declared(u16),
    Inline(String),
}

// === impl Flow: making ===

impl<S> Flow<S> {
    /// Goes on; the response hook of this plugin is not called for this request.
    pub fn next() -> Self {
        Self { step: Step::Next }
    }

    /// Goes on, and hands `state` to the response hook of this request.
    pub fn next_with(state: S) -> Self {
        Self { step: Step::NextWith(state) }
    }

    /// Answers now, with a status from 200 to 599 and no body.
    ///
    /// Neither the upstream nor later plugins see the request; the response hooks of earlier plugins see the answer.
    /// Changes that the hook made to the request are dropped, but for the consumer.
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

    /// What happened to this request and what the client can do about it.
    ///
    /// # Panics
    /// Unless the flow was made by [`Flow::refuse`].
    pub fn detail(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        match &mut self.answer_mut().kind {
            Kind::Problem { detail, .. } => *detail = Some(text.into()),
            Kind::Response { .. } => panic!("Flow::detail belongs to Flow::refuse"),
        }
        self
    }

    /// The body of the answer, together with all else at most 1 MiB; set its `content-type` too.
    ///
    /// # Panics
    /// Unless the flow was made by [`Flow::respond`].
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
    pub fn header<'n>(self, name: impl Into<FieldName<'n>>, value: impl FieldValue) -> Self {
        self.add(name.into(), &value, false)
    }

    /// Adds a field line to the answer.
    ///
    /// # Panics
    /// If the flow goes on: such headers belong to the response hook.
    pub fn append_header<'n>(self, name: impl Into<FieldName<'n>>, value: impl FieldValue) -> Self {
        self.add(name.into(), &value, true)
    }

    fn answer(status: u16, kind: Kind) -> Self {
        Self { step: Step::Answer(Box::new(Answer { status, kind, headers: Vec::new() })) }
    }

    fn add(mut self, name: FieldName<'_>, value: &impl FieldValue, append: bool) -> Self {
        let value = value.bytes(&mut Scratch::default()).to_vec();
        let name = match name.0 {
            Name::Declared(position) => OwnedName::Declared(position),
            Name::Inline(name) => OwnedName::Inline(name.to_owned()),
        };
        self.answer_mut().headers.push(Header { name, value, append });
        self
    }

    fn answer_mut(&mut self) -> &mut Answer {
        match &mut self.step {
            Step::Answer(answer) => answer,
            Step::Next | Step::NextWith(_) => panic!("a flow that goes on has no answer to build"),
        }
    }
}

// === impl Flow: writing ===

impl<S: crate::State> Flow<S> {
    /// Completes OUT, and returns what the hook returns.
    pub(crate) fn write(self, out: &mut Out) -> u64 {
        match self.step {
            Step::Next => out.finish(Action::Next, 0, false),
            Step::NextWith(state) => {
                out.state(&state);
                out.finish(Action::Next, 0, true)
            }
            Step::Answer(answer) => answer.write(out),
        }
    }
}

impl Answer {
    fn write(&self, out: &mut Out) -> u64 {
        out.keep_consumer_only();
        for Header { name, value, append } in &self.headers {
            let name = match name {
                OwnedName::Declared(position) => Name::Declared(*position),
                OwnedName::Inline(name) => Name::Inline(name),
            };
            match append {
                true => out.append_header(FieldName(name), value),
                false => out.set_header(FieldName(name), value),
            }
        }
        match &self.kind {
            Kind::Response { body } => {
                out.operation(&Operation::Body(body));
                self.finish(out, 200, Action::Respond)
            }
            Kind::Problem { kind, title, detail } => {
                out.operation(&Operation::ProblemKind(kind));
                out.operation(&Operation::ProblemTitle(title));
                if let Some(detail) = detail {
                    out.operation(&Operation::Detail(detail));
                }
                self.finish(out, 400, Action::Refuse)
            }
        }
    }

    fn finish(&self, out: &mut Out, lowest: u16, action: Action) -> u64 {
        match (lowest..=599).contains(&self.status) {
            true => out.finish(action, self.status, false),
            false => out.fault(&format!("{} is no status to answer with: use {lowest} to 599", self.status)),
        }
    }
}
