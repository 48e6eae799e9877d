//! RFC 9457 problem details, as a value.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::{Map, Value};

/// A refusal, told to the client as `application/problem+json`.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub status: StatusCode,
    /// A URI reference that names the kind of problem; `about:blank` when the status says it all.
    pub kind: Cow<'static, str>,
    /// The same sentence for every problem of this kind.
    pub title: Cow<'static, str>,
    /// What happened to this request and what to do about it.
    pub detail: Option<Cow<'static, str>>,
}

impl Problem {
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str, title: &'static str) -> Self {
        Self { status, kind: kind.into(), title: title.into(), detail: None }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The JSON body; `instance` is the id of the request, so that a client can quote it.
    #[must_use]
    pub fn to_json(&self, request_id: &str) -> String {
        let mut members = Map::new();
        members.insert("type".into(), Value::from(self.kind.as_ref()));
        members.insert("title".into(), Value::from(self.title.as_ref()));
        members.insert("status".into(), Value::from(self.status.as_u16()));
        if let Some(detail) = &self.detail {
            members.insert("detail".into(), Value::from(detail.as_ref()));
        }
        members.insert("instance".into(), Value::from(format!("urn:uuid:{request_id}")));
        Value::Object(members).to_string()
    }
}
