//! A request's head as each version of HTTP has it: what may be sent again may be sent in another one.

use http::{
    HeaderValue, Request, Uri, Version,
    header::{CONNECTION, CONTENT_LENGTH, HOST, TE, TRANSFER_ENCODING},
    uri::{Authority, PathAndQuery, Scheme},
};
use http_body::Body;

/// Makes it one of HTTP/2: the host is part of the target, and nothing is said of the connection (RFC 9113, section 8.2.2).
pub(super) fn for_http2<B>(request: &mut Request<B>, scheme: &Scheme, fallback: &HeaderValue) {
    let was_before = request.version() == Version::HTTP_2;
    let host = request.headers_mut().remove(HOST);
    // A host that is set anew is that of another target.
    if was_before && host.is_none() {
        return;
    }
    *request.version_mut() = Version::HTTP_2;
    let headers = request.headers_mut();
    headers.remove(CONNECTION);
    headers.remove(TRANSFER_ENCODING);
    let authority = host.iter().chain([fallback]).find_map(|host| Authority::try_from(host.as_bytes()).ok());
    let mut parts = std::mem::take(request.uri_mut()).into_parts();
    parts.scheme = Some(scheme.clone());
    parts.authority = authority;
    parts.path_and_query.get_or_insert(PathAndQuery::from_static("/"));
    *request.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
}

/// Makes it one of HTTP/1.1, where it was made one of HTTP/2 before.
pub(super) fn for_http1<B: Body>(request: &mut Request<B>) {
    if request.version() != Version::HTTP_2 {
        return;
    }
    *request.version_mut() = Version::HTTP_11;
    let mut parts = std::mem::take(request.uri_mut()).into_parts();
    let host = parts.authority.take().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
    let target = parts.path_and_query.unwrap_or(PathAndQuery::from_static("/"));
    *request.uri_mut() = target.into();
    let has_body = !request.body().is_end_stream();
    let headers = request.headers_mut();
    headers.entry(HOST).or_insert(host.unwrap_or(HeaderValue::from_static("")));
    if headers.contains_key(TE) {
        headers.insert(CONNECTION, HeaderValue::from_static("te"));
    }
    if has_body && !headers.contains_key(CONTENT_LENGTH) {
        headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http_body_util::{Empty, Full};

    use super::*;

    #[test]
    fn a_head_is_the_same_in_http_1_after_it_was_one_of_http_2() {
        let request = Request::post("/orders?id=1").header("host", "Shop.example:8443").header("te", "trailers");
        let request = request.header("connection", "te").header("transfer-encoding", "chunked").header("x-a", "1");
        let mut request = request.body(Full::new(Bytes::from_static(b"body"))).unwrap();
        let before = (request.uri().clone(), request.headers().clone());
        for_http2(&mut request, &Scheme::HTTPS, &HeaderValue::from_static("10.0.0.1:8443"));
        assert_eq!(request.uri(), "https://Shop.example:8443/orders?id=1");
        let mut names: Vec<&str> = request.headers().keys().map(|name| name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["te", "x-a"]);
        for_http1(&mut request);
        assert_eq!((request.uri().clone(), request.headers().clone()), before);
        assert_eq!(request.version(), Version::HTTP_11);
    }

    #[test]
    fn a_host_that_is_set_anew_replaces_the_one_before() {
        let mut request = Request::get("/").header("host", "one:1").body(Empty::<Bytes>::new()).unwrap();
        let fallback = HeaderValue::from_static("none:1");
        for_http2(&mut request, &Scheme::HTTP, &fallback);
        request.headers_mut().insert(HOST, HeaderValue::from_static("two:2"));
        for_http2(&mut request, &Scheme::HTTP, &fallback);
        assert_eq!((request.uri().to_string().as_str(), request.headers().len()), ("http://two:2/", 0));
        request.headers_mut().insert(HOST, HeaderValue::from_static("three:3"));
        for_http1(&mut request);
        assert_eq!(request.headers()[HOST], "three:3");
    }

    #[test]
    fn a_request_without_a_host_that_can_be_named_asks_for_its_target() {
        for host in [None, Some("a b")] {
            let builder = host.iter().fold(Request::options("*"), |builder, host| builder.header("host", *host));
            let mut request = builder.body(Empty::<Bytes>::new()).unwrap();
            for_http2(&mut request, &Scheme::HTTP, &HeaderValue::from_static("10.0.0.1:80"));
            assert_eq!(request.uri().authority().unwrap(), "10.0.0.1:80");
            assert_eq!(request.uri().path(), "*");
        }
    }
}
