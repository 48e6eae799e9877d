//! RFC 9457 problem details, as a value.

use std::borrow::Cow;

use http::StatusCode;
use serde::Serialize;

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
    /// The limits that the request is over (draft-ietf-httpapi-ratelimit-headers-10), where it is refused for that.
    pub violated_policies: Vec<Box<str>>,
}

impl Problem {
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str, title: &'static str) -> Self {
        Self { status, kind: kind.into(), title: title.into(), detail: None, violated_policies: Vec::new() }
    }

    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The JSON body; `instance` is the id of the request, so that a client can quote it.
    ///
    /// # Panics
    /// Never: texts and a number can be written as JSON.
    #[must_use]
    pub fn to_json(&self, request_id: &str) -> String {
        let members = Members {
            kind: &self.kind,
            title: &self.title,
            status: self.status.as_u16(),
            detail: self.detail.as_deref(),
            violated_policies: &self.violated_policies,
            instance: instance(request_id),
        };
        serde_json::to_string(&members).expect("texts and a number can be written as JSON")
    }
}

/// A UUID as a URN; an id that a proxy in front has given is a relative reference as it is.
fn instance(request_id: &str) -> String {
    let has_form = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    match request_id.len() == 36 && request_id.bytes().enumerate().all(has_form) {
        true => format!("urn:uuid:{request_id}"),
        false => request_id.to_owned(),
    }
}

/// In the order in which people read them.
#[derive(Serialize)]
struct Members<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    #[serde(rename = "violated-policies", skip_serializing_if = "<[_]>::is_empty")]
    violated_policies: &'a [Box<str>],
    instance: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_from_the_general_to_the_particular() {
        let problem = Problem::new(StatusCode::NOT_FOUND, "/problems/no-route", "No route").detail("None \"fits\".");
        assert_eq!(
            problem.to_json("01890000-0abc-7000-8000-000000000007"),
            r#"{"type":"/problems/no-route","title":"No route","status":404,"detail":"None \"fits\".","instance":"urn:uuid:01890000-0abc-7000-8000-000000000007"}"#
        );
        assert!(problem.to_json("of.a-proxy_1").ends_with(r#""instance":"of.a-proxy_1"}"#));
    }
}
