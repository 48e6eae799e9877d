//! The health check of gRPC, <https://github.com/grpc/grpc/blob/master/doc/health-checking.md>: one call with a message of
//! one field each way, which needs no code generator.

use bytes::{BufMut, Bytes, BytesMut};
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri,
    header::{CONTENT_TYPE, HOST, TE, USER_AGENT},
};
use hyper::body::{Body, Incoming};

use super::USER;
use crate::body::RequestBody;

/// The largest answer that is read, in bytes: one that is right has seven.
const MOST: usize = 1024;

/// The value of `HealthCheckResponse.status` for a service that serves.
const SERVING: u8 = 1;

/// Asks about a service; about the server as a whole if its name is empty.
pub(super) fn request(service: &str, host: HeaderValue) -> Request<RequestBody> {
    let mut request = Request::new(RequestBody::ready(framed(service)));
    *request.method_mut() = Method::POST;
    *request.uri_mut() = Uri::from_static("/grpc.health.v1.Health/Check");
    let headers = request.headers_mut();
    headers.insert(HOST, host);
    headers.insert(USER_AGENT, USER);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    headers.insert(TE, HeaderValue::from_static("trailers"));
    request
}

/// A `HealthCheckRequest` behind its length: field 1 is the service, if it is not empty.
fn framed(service: &str) -> Bytes {
    let mut message = BytesMut::new();
    if !service.is_empty() {
        message.put_u8(0x0a);
        varint(&mut message, service.len());
        message.put_slice(service.as_bytes());
    }
    let mut framed = BytesMut::with_capacity(5 + message.len());
    framed.put_u8(0);
    framed.put_u32(u32::try_from(message.len()).unwrap_or(u32::MAX));
    framed.put_slice(&message);
    framed.freeze()
}

fn varint(message: &mut BytesMut, value: usize) {
    let mut left = value;
    while left >= 0x80 {
        message.put_u8((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    message.put_u8(left as u8);
}

/// Reads the answer to its end.
///
/// # Errors
/// What it says instead of that the service serves.
pub(super) async fn serves(response: Response<Incoming>) -> Result<(), String> {
    let (head, body) = response.into_parts();
    if head.status != StatusCode::OK {
        return Err(format!("the status is {}", head.status));
    }
    let (message, trailers) = read(body).await?;
    // A call that ends at once has its status in the head.
    let fields = if trailers.is_empty() { &head.headers } else { &trailers };
    match fields.get("grpc-status").map(HeaderValue::as_bytes) {
        Some(b"0") => {}
        Some(status) => return Err(format!("the call ended with status {}", String::from_utf8_lossy(status))),
        None => return Err("the call ended without a status".into()),
    }
    match status(&message) {
        Some(SERVING) => Ok(()),
        status => Err(format!("the health is {} and not {SERVING}, SERVING", status.unwrap_or(0))),
    }
}

async fn read(body: Incoming) -> Result<(Vec<u8>, HeaderMap), String> {
    let mut body = std::pin::pin!(body);
    let (mut message, mut trailers) = (Vec::new(), HeaderMap::new());
    while let Some(frame) = std::future::poll_fn(|context| body.as_mut().poll_frame(context)).await {
        match frame.map_err(|error| error.to_string())?.into_data() {
            Ok(data) if message.len() + data.len() > MOST => return Err("the answer is too long".into()),
            Ok(data) => message.extend_from_slice(&data),
            Err(frame) => trailers = frame.into_trailers().unwrap_or_default(),
        }
    }
    Ok((message, trailers))
}

/// Field 1 of a `HealthCheckResponse` behind its length; none where it is left out, which means that nothing is known.
fn status(framed: &[u8]) -> Option<u8> {
    match framed {
        [0, _, _, _, 2, 0x08, status, ..] => Some(*status),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_that_of_the_health_protocol() {
        assert_eq!(&framed("")[..], [0, 0, 0, 0, 0]);
        assert_eq!(&framed("shop")[..], *b"\0\0\0\0\x06\x0a\x04shop");
        let long = framed(&"x".repeat(200));
        assert_eq!(&long[..8], [0, 0, 0, 0, 203, 0x0a, 0xc8, 0x01]);
        assert_eq!(long.len(), 208);
    }

    #[test]
    fn the_health_is_the_first_field_of_the_answer() {
        assert_eq!(status(&[0, 0, 0, 0, 2, 8, 1]), Some(SERVING));
        assert_eq!(status(&[0, 0, 0, 0, 2, 8, 2]), Some(2));
        assert_eq!(status(&[0, 0, 0, 0, 0]), None);
        assert_eq!(status(&[]), None);
    }
}
