use proptest::prelude::*;

use super::*;

fn map(fields: &[(&str, &str)]) -> HeaderMap {
    fields.iter().map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap())).collect()
}

fn names(headers: &HeaderMap) -> Vec<&str> {
    let mut names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_request_loses_what_is_between_two_hops_and_what_only_the_gateway_may_say() {
    let mut headers = map(&[
        ("host", "a"),
        ("accept", "*/*"),
        ("connection", "keep-alive, X-Private"),
        ("connection", "x-other"),
        ("x-private", "1"),
        ("x-other", "1"),
        ("keep-alive", "timeout=5"),
        ("proxy-authorization", "Basic eA=="),
        ("proxy-connection", "close"),
        ("te", "gzip, Trailers"),
        ("upgrade", "websocket"),
        ("http2-settings", "AAA"),
        ("transfer-encoding", "chunked"),
        ("forwarded", "for=192.0.2.1"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-prefix", "/x"),
        ("x-real-ip", "192.0.2.1"),
        ("x-request-id", "mine"),
        ("x-sluice-consumer", "admin"),
        ("x-api-key", "k"),
        ("trailer", "x-sum"),
    ]);
    let removed = clean_request(&mut headers);
    assert!(removed.takes_trailers);
    assert_eq!(names(&headers), ["accept", "host", "trailer", "x-api-key"]);
}

#[test]
fn what_some_upstreams_read_as_the_gateways_own_goes_too() {
    let mut headers = map(&[
        ("x_sluice_consumer", "admin"),
        ("x-sluice_consumer", "admin"),
        ("x_forwarded-for", "192.0.2.1"),
        ("x_real_ip", "192.0.2.1"),
        ("x-request_id", "mine"),
        ("x_sluices", "1"),
        ("x_api_key", "k"),
        ("a_b", "1"),
    ]);
    clean_request(&mut headers);
    assert_eq!(names(&headers), ["a_b", "x_api_key", "x_sluices"]);
}

#[test]
fn connection_cannot_name_away_the_message_itself() {
    let mut headers =
        map(&[("host", "a"), ("content-length", "3"), ("connection", "host, content-length, , =, close")]);
    clean_request(&mut headers);
    assert_eq!(names(&headers), ["content-length", "host"]);
}

#[test]
fn a_response_keeps_what_only_a_request_must_not_say() {
    let mut headers = map(&[("x-sluice-cache", "hit"), ("keep-alive", "timeout=5"), ("proxy-authenticate", "Basic")]);
    clean_response(&mut headers);
    assert_eq!(names(&headers), ["x-sluice-cache"]);
}

#[test]
fn a_trace_goes_on_whole_or_not_at_all() {
    let parent = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    for (fields, left) in [
        (vec![parent, ("tracestate", "a=1"), ("tracestate", "b=2")], vec!["traceparent", "tracestate"]),
        (vec![parent, ("tracestate", "a=1,a=2")], vec!["traceparent"]),
        (vec![parent, parent, ("tracestate", "a=1")], vec![]),
        (vec![("traceparent", "00-0-0-0"), ("tracestate", "a=1")], vec![]),
        (vec![("tracestate", "a=1")], vec![]),
    ] {
        let mut headers = map(&fields);
        clean_request(&mut headers);
        assert_eq!(names(&headers), left, "{fields:?}");
    }
}

#[test]
fn passes_through_gateways_of_this_kind_are_counted() {
    let headers = map(&[("cdn-loop", "other, Sluice; node=1,sluice"), ("cdn-loop", "sluice-like; x=sluice ,sluice ")]);
    assert_eq!(passes(&headers), 3);
    assert_eq!(passes(&map(&[])), 0);
}

#[test]
fn cookies_in_several_fields_become_one() {
    let mut headers = map(&[("cookie", "a=1"), ("cookie", "b=2; c=3"), ("cookie", "d=4")]);
    clean_request(&mut headers);
    let cookies: Vec<_> = headers.get_all(COOKIE).iter().collect();
    assert_eq!(cookies, ["a=1; b=2; c=3; d=4"]);
}

#[test]
fn a_body_is_framed_explicitly_where_servers_or_hyper_would_guess() {
    let framed = |method: Method, given: &[(&str, &str)], has_body: bool| {
        let mut headers = map(given);
        frame(&method, &mut headers, has_body);
        headers
    };
    assert_eq!(framed(Method::GET, &[], true), map(&[("transfer-encoding", "chunked")]));
    assert_eq!(framed(Method::GET, &[], false), map(&[]));
    assert_eq!(framed(Method::POST, &[], false), map(&[("content-length", "0")]));
    assert_eq!(framed(Method::POST, &[("content-length", "5")], true), map(&[("content-length", "5")]));
}

#[test]
fn what_plugins_decide_on_is_not_said_in_another_spelling_nor_in_trailers() {
    let guarded = ["x-user", "x_plain"].map(HeaderName::from_static);
    let mut headers = map(&[("x_user", "root"), ("x-user", "acme"), ("x_plain", "of a plugin"), ("x_other", "a")]);
    remove_look_alikes(&mut headers, &guarded);
    assert_eq!(names(&headers), ["x-user", "x_other", "x_plain"]);
    let mut trailers = map(&[("x_user", "root"), ("x-user", "root"), ("x-plain", "root"), ("grpc-status", "0")]);
    clean_trailers(&mut trailers, &guarded);
    assert_eq!(names(&trailers), ["grpc-status"]);
}

proptest! {
    #[test]
    fn no_spelling_of_the_gateways_own_fields_gets_through(
        prefix in "([xX][-_][sS]lu[iI]ce[-_]|[xX][-_]FORWARDED[-_]|x[-_]forwarded[-_]|[pP]roxy-)",
        rest in "[a-zA-Z0-9_-]{0,8}",
    ) {
        let name: HeaderName = format!("{prefix}{rest}").parse().unwrap();
        let mut headers = HeaderMap::from_iter([(name, HeaderValue::from_static("lie"))]);
        clean_request(&mut headers);
        prop_assert!(headers.is_empty());
    }
}
