//! One request: drop hop-by-hop fields, send, stream the answer back.

use std::{
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use anyhow::Result;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::{
    HeaderMap, Request, Response, Uri, Version,
    body::Incoming,
    header::{CONNECTION, HOST, HeaderName, HeaderValue},
};

use crate::pool::{Lease, Pool};

/// Sends `request` to the upstream.
///
/// # Errors
/// When the upstream cannot be reached or breaks off; hyper then closes the client's connection.
pub(crate) async fn forward(mut request: Request<Incoming>, pool: Rc<Pool>) -> Result<Response<Relayed>> {
    prepare(&mut request)?;
    let mut lease = pool.take().await?;
    let mut response = lease.connection.send_request(request).await?;
    remove_hop_by_hop(response.headers_mut());
    Ok(response.map(|body| Relayed { body, lease: Some(lease), ended: false }))
}

fn prepare(request: &mut Request<Incoming>) -> Result<()> {
    remove_hop_by_hop(request.headers_mut());
    *request.version_mut() = Version::HTTP_11;
    // HTTP/2, and HTTP/1.1 in absolute form, name the host in the URI; HTTP/1.1 upstream wants it in `Host` alone.
    if let Some(authority) = request.uri().authority() {
        let host = HeaderValue::from_str(authority.as_str())?;
        request.headers_mut().insert(HOST, host);
        *request.uri_mut() = origin_form(request.uri())?;
    }
    Ok(())
}

fn origin_form(uri: &Uri) -> Result<Uri> {
    let path = uri.path_and_query().cloned();
    Ok(path.map_or_else(|| Ok(Uri::from_static("/")), |path| Uri::builder().path_and_query(path).build())?)
}

/// RFC 9110, section 7.6.1. Fields are looked at once and removed only when there are any, which is rare.
fn remove_hop_by_hop(headers: &mut HeaderMap) {
    if !headers.keys().any(is_hop_by_hop) {
        return;
    }
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    let known = headers.keys().filter(|name| is_hop_by_hop(name)).cloned().collect::<Vec<_>>();
    for name in named.into_iter().chain(known) {
        headers.remove(name);
    }
}

fn is_hop_by_hop(name: &HeaderName) -> bool {
    matches!(
        name.as_str(),
        "connection"
            | "keep-alive"
            | "proxy-authenticate"
            | "proxy-authorization"
            | "proxy-connection"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
    )
}

/// An answer's body on its way through; gives the connection back when the body has ended.
pub(crate) struct Relayed {
    body: Incoming,
    lease: Option<Lease>,
    ended: bool,
}

impl Body for Relayed {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        self.ended |= matches!(polled, Poll::Ready(None));
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Relayed {
    fn drop(&mut self) {
        if (self.ended || self.body.is_end_stream())
            && let Some(lease) = self.lease.take()
        {
            lease.give_back();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of `fields` are passed on.
    fn passed_on(fields: &[(&'static str, &'static str)]) -> Vec<String> {
        let mut headers: HeaderMap = fields
            .iter()
            .map(|&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        remove_hop_by_hop(&mut headers);
        headers.keys().map(ToString::to_string).collect()
    }

    #[test]
    fn fields_of_one_hop_stay_behind_also_those_that_connection_names() {
        let fields = [("connection", "close, X-Private"), ("x-private", "1"), ("te", "trailers"), ("accept", "*/*")];
        assert_eq!(passed_on(&fields), ["accept"]);
    }

    #[test]
    fn end_to_end_fields_are_passed_on() {
        assert_eq!(passed_on(&[("accept", "*/*"), ("x-private", "1")]), ["accept", "x-private"]);
    }

    #[test]
    fn a_target_in_absolute_form_becomes_origin_form() {
        for (absolute, origin) in [("https://bench.test/a?b=1", "/a?b=1"), ("https://bench.test", "/")] {
            assert_eq!(origin_form(&absolute.parse().unwrap()).unwrap(), origin);
        }
    }
}
