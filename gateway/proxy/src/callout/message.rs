//! A plugin's call as the request that an upstream gets.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request,
    header::{CONTENT_LENGTH, VIA},
    uri::PathAndQuery,
};
use sluice_abi::{
    bounds::CALLOUT_BODY,
    wire::{Call, HostError},
};

use crate::{body::RequestBody, forward};

/// Header fields of one call.
const MOST_HEADERS: usize = 64;

/// A sound request, but for the host, which depends on the target.
pub(super) struct Message {
    method: Method,
    target: PathAndQuery,
    headers: HeaderMap,
    body: Bytes,
}

impl Message {
    /// Takes a call apart. What belongs to the connection, the framing or the gateway itself is left out, as it is of a
    /// client's request; who the client is can be said by the gateway only.
    ///
    /// # Errors
    /// `Invalid` or `Limit`, which name the part but never quote a value: it may be secret.
    pub(super) fn new(call: Call) -> Result<Self, HostError> {
        if call.timeout == 0 {
            return Err(invalid("a timeout of 0 ms leaves no time: give at least 1".into()));
        }
        if call.body.len() > CALLOUT_BODY {
            return Err(HostError::Limit(format!(
                "the body has {} bytes, at most {CALLOUT_BODY} are sent",
                call.body.len()
            )));
        }
        let method = method(&call.method)?;
        let mut headers = headers(call.headers)?;
        forward::clean_callout(&mut headers);
        headers.append(VIA, HeaderValue::from_static("1.1 sluice"));
        let expects_body = matches!(method, Method::POST | Method::PUT | Method::PATCH);
        if expects_body || !call.body.is_empty() {
            headers.insert(CONTENT_LENGTH, call.body.len().into());
        }
        Ok(Self { method, target: target(&call.path)?, headers, body: call.body.into() })
    }

    pub(super) fn into_request(self) -> Request<RequestBody> {
        let mut request = Request::new(RequestBody::ready(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.target.into();
        *request.headers_mut() = self.headers;
        request
    }
}

fn method(name: &str) -> Result<Method, HostError> {
    match Method::from_bytes(name.as_bytes()) {
        Ok(Method::CONNECT | Method::TRACE) => Err(invalid(format!("the method {name} is not offered"))),
        Ok(method) => Ok(method),
        Err(_) => Err(invalid("the method is no token of HTTP".into())),
    }
}

fn target(path: &str) -> Result<PathAndQuery, HostError> {
    let parsed: Option<PathAndQuery> = path.parse().ok();
    let sound = parsed.filter(|target| path.starts_with('/') && target.as_str().len() == path.len());
    sound.ok_or_else(|| {
        invalid("the path does not begin with '/', or has characters that must be percent-encoded".into())
    })
}

fn headers(fields: Vec<sluice_abi::wire::Header>) -> Result<HeaderMap, HostError> {
    if fields.len() > MOST_HEADERS {
        return Err(HostError::Limit(format!("{} header fields, at most {MOST_HEADERS} are sent", fields.len())));
    }
    let mut headers = HeaderMap::with_capacity(fields.len());
    for field in fields {
        let name = HeaderName::from_bytes(field.name.as_bytes());
        let name = name.map_err(|_| invalid(format!("{:?} is no name of a header", cut(&field.name))))?;
        let value = HeaderValue::from_maybe_shared(Bytes::from(field.value));
        let value = value.map_err(|_| invalid(format!("the value of {name} has bytes that no header may have")))?;
        headers.append(name, value);
    }
    Ok(headers)
}

/// The beginning of a text that may be long.
fn cut(text: &str) -> String {
    text.chars().take(64).collect()
}

fn invalid(why: String) -> HostError {
    HostError::Invalid(why)
}
