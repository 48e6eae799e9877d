//! What the admin listener answers when it will not do as asked: one value, two spellings.
//!
//! A handler returns a [`Refusal`]; the outermost layer, which knows the request's id and place, writes it as
//! problem+json, or as a GraphQL error at the GraphQL endpoint. Status codes are chosen here.

use std::{borrow::Cow, error::Error};

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use gateway_model::Problem;
use http::{
    HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_TYPE, HeaderName, RETRY_AFTER, WWW_AUTHENTICATE},
};
use serde_json::json;

use crate::{error::Code, report};

/// A request that is answered without having been carried out. Boxed, since it is the rare half of many results.
#[derive(Clone, Debug)]
pub(crate) struct Refusal(Box<Told>);

#[derive(Clone, Debug)]
struct Told {
    problem: Problem,
    code: Code,
    header: Option<(HeaderName, HeaderValue)>,
}

/// Which spelling the client expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Problem,
    GraphQl,
}

impl Refusal {
    fn new(status: StatusCode, code: Code, title: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        let problem = Problem::new(status, "about:blank", title).detail(detail);
        Self(Box::new(Told { problem, code, header: None }))
    }

    fn header(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.0.header = Some((name, value.into()));
        self
    }

    /// No token came with the request.
    pub(crate) fn unauthenticated() -> Self {
        let detail = "send an admin token as `Authorization: Bearer TOKEN`, or sign in at /";
        Self::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, "Admin token needed", detail)
            .header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"sluice\""))
    }

    /// A token or session came with the request that is not, or no longer, good.
    pub(crate) fn bad_token() -> Self {
        let detail = "this token or session is not valid: create a token with `sluice token create`, or sign in at /";
        let challenge = HeaderValue::from_static("Bearer realm=\"sluice\", error=\"invalid_token\"");
        Self::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, "Admin token not valid", detail)
            .header(WWW_AUTHENTICATE, challenge)
    }

    pub(crate) fn too_many_attempts() -> Self {
        let detail = "too many wrong admin tokens were tried: wait a second and try again";
        Self::new(StatusCode::TOO_MANY_REQUESTS, Code::LimitExceeded, "Too many attempts", detail)
            .header(RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// A browser sent a session cookie in a way in which our own pages never do.
    pub(crate) fn forbidden(detail: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, Code::Forbidden, "Forbidden", detail)
    }

    /// Signatures are asked for, and the module's does not do.
    pub(crate) fn unsigned(detail: String) -> Self {
        Self::new(StatusCode::FORBIDDEN, Code::Forbidden, "Signature refused", detail)
    }

    pub(crate) fn wrong_host() -> Self {
        let detail = "the admin API answers only to localhost, 127.0.0.1 and [::1]: use one of these in the URL";
        Self::new(StatusCode::MISDIRECTED_REQUEST, Code::Forbidden, "Wrong host", detail)
    }

    pub(crate) fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadUserInput, "Bad request", detail)
    }

    /// A GraphQL document that the parser cannot read.
    pub(crate) fn unparsable(detail: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::GraphqlParseFailed, "Bad request", detail)
    }

    /// A GraphQL document that breaks one of our limits.
    pub(crate) fn beyond_limits(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::GraphqlValidationFailed, "Bad request", detail)
    }

    pub(crate) fn not_found() -> Self {
        let detail = "there is nothing here: the admin API is at /graphql, /plugins, /metrics, /livez and /readyz";
        Self::new(StatusCode::NOT_FOUND, Code::NotFound, "Not found", detail)
    }

    /// A method that the path does not know; the router says in `Allow` which ones it does.
    pub(crate) fn wrong_method() -> Self {
        let detail = "this path does not take this method: see the Allow header";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, "Method not allowed", detail)
    }

    /// A mutation over GET.
    pub(crate) fn only_post() -> Self {
        let detail = "only queries run over GET: send this operation with POST";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::BadUserInput, "Method not allowed", detail)
            .header(ALLOW, HeaderValue::from_static("POST"))
    }

    pub(crate) fn not_acceptable() -> Self {
        let detail = "accept application/graphql-response+json or application/json";
        Self::new(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, "Not acceptable", detail)
    }

    pub(crate) fn unsupported_media_type(detail: &'static str) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Code::BadUserInput, "Unsupported media type", detail)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let detail = format!("the body is larger than {} KiB: send less", limit / 1024);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Code::BadUserInput, "Body too large", detail)
    }

    pub(crate) fn too_slow(detail: &'static str) -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, Code::BadUserInput, "Too slow", detail)
    }

    /// The request is understood, and what it brings is not good.
    pub(crate) fn unprocessable(title: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, Code::BadUserInput, title, detail)
    }

    pub(crate) fn unavailable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::Unavailable, "Not available", detail)
            .header(RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// The store did not do as asked; the reason goes to the log only.
    pub(crate) fn store(error: &(dyn Error + 'static)) -> Self {
        tracing::error!(error = %report::chain(error), "the store failed");
        Self::unavailable("the configuration store did not answer: try again; the gateway's log has the reason")
    }

    /// A defect of ours; the reason is in the log.
    pub(crate) fn internal() -> Self {
        let detail = "this is a defect of the gateway: quote the request id to whoever runs it";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, "Internal error", detail)
    }

    /// Whether the client has to sign in.
    pub(crate) fn is_unauthenticated(&self) -> bool {
        self.0.problem.status == StatusCode::UNAUTHORIZED
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.0.problem.status
    }

    /// What happened and what to do about it.
    pub(crate) fn detail(&self) -> &str {
        self.0.problem.detail.as_deref().unwrap_or(&self.0.problem.title)
    }

    /// The response in the client's spelling. `draft` is what the router made of the refusal.
    pub(crate) fn write(&self, spelling: Spelling, request_id: &str, draft: &Response) -> Response {
        let (content_type, body) = match spelling {
            Spelling::Problem => ("application/problem+json", self.0.problem.to_json(request_id)),
            Spelling::GraphQl => ("application/graphql-response+json", self.graphql(request_id)),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.0.problem.status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        if let Some(allow) = draft.headers().get(ALLOW) {
            response.headers_mut().insert(ALLOW, allow.clone());
        }
        if let Some((name, value)) = &self.0.header {
            response.headers_mut().insert(name, value.clone());
        }
        response
    }

    fn graphql(&self, request_id: &str) -> String {
        let extensions = json!({ "code": self.0.code.as_str(), "requestId": request_id });
        json!({ "errors": [{ "message": self.detail(), "extensions": extensions }] }).to_string()
    }
}

/// Carries the refusal to the outermost layer, which writes it.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.0.problem.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
