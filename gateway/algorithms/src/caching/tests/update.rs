use super::*;

fn stored(lines: &[&str]) -> HeaderMap {
    let headers = fields(lines);
    stored_headers(&headers, &ResponseDirectives::parse(&headers, false))
}

#[test]
fn fields_that_are_not_known_are_stored_with_all_their_values() {
    let lines =
        ["x-unknown: 1", "x-unknown: 2", "content-type: text/plain", "cache-control: max-age=60", "etag: \"a\""];
    assert_eq!(stored(&lines), fields(&lines));
}

#[test]
fn fields_of_the_connection_are_not_stored() {
    let headers = stored(&[
        "connection: x-mine, close",
        "connection: x-other",
        "x-mine: 1",
        "x-other: 1",
        "keep-alive: 5",
        "te: trailers",
        "transfer-encoding: chunked",
        "upgrade: foo",
        "trailer: x-sum",
        "proxy-connection: close",
        "x-kept: 1",
    ]);
    assert_eq!(headers, fields(&["x-kept: 1"]));
}

#[test]
fn fields_of_the_proxy_are_not_stored() {
    let headers = stored(&["proxy-authenticate: Basic", "proxy-authentication-info: a=b", "proxy-authorization: x"]);
    assert!(headers.is_empty());
}

#[test]
fn fields_of_one_exchange_are_not_stored() {
    let headers = stored(&[
        "set-cookie: a=b",
        "ratelimit: x",
        "ratelimit-policy: x",
        "ratelimit-remaining: 1",
        "x-ratelimit-limit: 1",
        "x-rate-limit-reset: 1",
        "x-request-id: 1",
        "server-timing: a",
        "age: 5",
        "traceparent: x",
        "retry-after: 5",
        "authentication-info: nextnonce=x",
    ]);
    assert!(headers.is_empty(), "{headers:?}");
    let at_a_date = ["retry-after: Sun, 06 Nov 1994 08:49:37 GMT"];
    assert_eq!(stored(&at_a_date), fields(&at_a_date));
}

#[test]
fn fields_that_the_response_withholds_are_not_stored() {
    let headers =
        stored(&["cache-control: private=\"x-user\", no-cache=\"x-nonce\"", "x-user: 1", "x-nonce: 2", "x-a: 3"]);
    assert_eq!(headers, fields(&["cache-control: private=\"x-user\", no-cache=\"x-nonce\"", "x-a: 3"]));
}

#[test]
fn warnings_about_freshness_are_not_stored_and_none_are_made_up() {
    let headers = stored(&["warning: 110 a \"stale, really\", 299 b \"old\"", "warning: 112 - \"off\""]);
    assert_eq!(headers, fields(&["warning: 299 b \"old\""]));
    assert!(stored(&["cache-control: max-age=0"]).get("warning").is_none());
}

#[test]
fn a_response_without_a_date_gets_that_of_its_arrival() {
    let mut headers = HeaderMap::new();
    add_date(&mut headers, at(5));
    assert_eq!(headers, fields(&[&format!("date: {}", date(5))]));
    add_date(&mut headers, at(9));
    assert_eq!(headers, fields(&[&format!("date: {}", date(5))]));
}

fn freshened(stored: &[&str], validation: &[&str]) -> HeaderMap {
    let mut stored = fields(stored);
    let validation = fields(validation);
    freshen(&mut stored, &validation, &ResponseDirectives::parse(&validation, false));
    stored
}

#[test]
fn a_validation_replaces_fields_and_adds_new_ones() {
    let headers = freshened(
        &["etag: \"a\"", "x-list: 1", "x-list: 2", "x-kept: 1", "cache-control: max-age=1", "content-type: text/plain"],
        &["etag: \"a\"", "x-list: 3", "x-list: 4", "x-new: 1", "cache-control: max-age=9", "content-type: text/html"],
    );
    let expected = [
        "etag: \"a\"",
        "x-list: 3",
        "x-list: 4",
        "x-kept: 1",
        "x-new: 1",
        "cache-control: max-age=9",
        "content-type: text/html",
    ];
    assert_eq!(headers, fields(&expected));
}

#[test]
fn a_validation_does_not_change_what_describes_the_stored_bytes() {
    let stored = ["content-length: 10", "content-encoding: gzip"];
    assert_eq!(
        freshened(&stored, &["content-length: 0", "content-encoding: br", "content-range: bytes 0-1/2"]),
        fields(&stored)
    );
}

#[test]
fn a_validation_brings_nothing_in_that_would_not_be_stored() {
    let headers = freshened(
        &["x-user: 1", "x-kept: 1"],
        &[
            "set-cookie: a=b",
            "connection: x-hop",
            "x-hop: 1",
            "age: 7",
            "cache-control: private=\"x-user\"",
            "x-user: 2",
        ],
    );
    assert_eq!(headers, fields(&["x-kept: 1", "cache-control: private=\"x-user\""]));
}

#[test]
fn a_304_is_about_the_response_with_its_validators() {
    let old = "last-modified: Sat, 06 Nov 1993 08:49:37 GMT";
    let old_asctime = "last-modified: Sat Nov  6 08:49:37 1993";
    let new = "last-modified: Sun, 06 Nov 1994 08:49:37 GMT";
    for (stored, validation, expected) in [
        (&["etag: \"a\""][..], &["etag: \"a\""][..], true),
        (&["etag: \"a\""], &["etag: \"b\""], false),
        (&["etag: W/\"a\""], &["etag: \"a\""], false),
        (&["etag: \"a\""], &["etag: W/\"a\""], true),
        (&["etag: W/\"a\""], &["etag: W/\"a\""], true),
        (&["etag: W/\"a\""], &["etag: W/\"b\""], false),
        (&[old], &["etag: \"a\"", old], false),
        (&["etag: \"a\"", old], &[old], true),
        (&["etag: \"a\"", old], &[new], false),
        (&["etag: \"a\"", old], &["etag: \"a\"", new], true),
        (&[old], &[old_asctime], true),
        (&["etag: \"a\""], &[old], false),
        (&["etag: \"a\""], &[], true),
        (&[], &[], true),
    ] {
        assert_eq!(freshened_matches(&fields(stored), &fields(validation)), expected, "{stored:?} {validation:?}");
    }
}

#[test]
fn a_head_is_about_the_response_that_agrees_with_all_it_says() {
    let stored = fields(&["etag: \"a\"", "last-modified: Sat, 06 Nov 1993 08:49:37 GMT", "content-length: 5"]);
    for (head, expected) in [
        (&[][..], true),
        (&["etag: \"a\"", "content-length: 5"], true),
        (&["etag: \"b\""], false),
        (&["content-length: 6"], false),
        (&["etag: \"a\"", "content-length: 6"], false),
        (&["last-modified: Sun, 06 Nov 1994 08:49:37 GMT"], false),
    ] {
        assert_eq!(head_matches(&stored, &fields(head)), expected, "{head:?}");
    }
}

/// The freshness of a response of [`DATE`] that a 304 has validated 100 seconds later.
fn validated(validation: &[&str]) -> Result<Freshness, NotStorable> {
    let mut stored = fields(&["cache-control: max-age=60", "etag: \"a\"", &format!("date: {}", date(0))]);
    let validation = fields(validation);
    let rules = Rules::default();
    freshen(&mut stored, &validation, &ResponseDirectives::parse(&validation, false));
    let request = HeaderMap::new();
    let asked = Asked { method: &Method::HEAD, headers: &request, shared_identity: false };
    refreshed(&rules, &asked, StatusCode::OK, &stored, &validation, (at(100), at(98)))
}

#[test]
fn a_validated_response_is_as_old_as_its_validation() {
    for (validation, lifetime, age) in [
        (&["etag: \"a\""][..], 60, 2),
        (&["age: 10"], 60, 12),
        (&["cache-control: max-age=5"], 5, 2),
        (&[&format!("date: {}", date(70))], 60, 30),
    ] {
        let freshness = validated(validation).unwrap();
        let seen = (freshness.lifetime, freshness.initial_age, freshness.received);
        assert_eq!(seen, (secs(lifetime), secs(age), at(100)), "{validation:?}");
    }
}

#[test]
fn a_validation_may_forbid_what_was_stored() {
    assert_eq!(validated(&["cache-control: no-store"]), Err(NotStorable::NoStore));
    assert_eq!(validated(&["cache-control: private"]), Err(NotStorable::Private));
    assert_eq!(validated(&["vary: *"]), Err(NotStorable::VaryAny));
}
