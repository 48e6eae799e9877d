use super::*;

const TAG: &str = "etag: \"a\"";

#[track_caller]
fn check(exchange: &Exchange, expected: Result<(), NotStorable>) {
    assert_eq!(exchange.stored().map(|_| ()), expected, "{:?} {:?}", exchange.status, exchange.response);
}

#[test]
fn only_methods_that_are_understood_are_stored() {
    for method in ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "QUERY", "WHATEVER"] {
        let method = method.parse().unwrap();
        check(&Exchange { method, ..Exchange::of(&["cache-control: max-age=60"]) }, Err(NotStorable::Method));
    }
}

#[test]
fn only_final_statuses_are_stored() {
    for status in [100, 101, 103] {
        check(&Exchange::status(status, &["cache-control: public, max-age=60"]), Err(NotStorable::Status));
    }
}

#[test]
fn parts_are_not_stored() {
    let range = "content-range: bytes 0-1/2";
    check(&Exchange::status(206, &["cache-control: max-age=60", range]), Err(NotStorable::Partial));
    check(&Exchange::status(304, &["cache-control: max-age=60", TAG]), Err(NotStorable::Status));
}

#[test]
fn statuses_about_fields_that_are_not_in_the_key_are_not_stored() {
    for status in [401, 407, 412, 416, 417, 421] {
        check(&Exchange::status(status, &["cache-control: public, max-age=60"]), Err(NotStorable::Status));
    }
}

#[test]
fn statuses_that_say_so_themselves_are_not_stored() {
    for status in [428, 429, 431, 511] {
        check(&Exchange::status(status, &["cache-control: public, max-age=60"]), Err(NotStorable::Status));
    }
}

#[test]
fn must_understand_keeps_statuses_out_that_are_not_understood() {
    check(&Exchange::status(299, &["cache-control: max-age=60, must-understand"]), Err(NotStorable::Status));
    check(&Exchange::status(299, &["cache-control: max-age=60"]), Ok(()));
}

#[test]
fn must_understand_sets_no_store_aside_where_the_status_is_understood() {
    check(&Exchange::of(&["cache-control: max-age=60, no-store, must-understand"]), Ok(()));
    check(&Exchange::status(299, &["cache-control: max-age=60, no-store, must-understand"]), Err(NotStorable::Status));
    check(&Exchange::of(&["cache-control: max-age=60, no-store"]), Err(NotStorable::NoStore));
}

#[test]
fn no_store_of_the_response_forbids_storing() {
    for line in ["no-store", "max-age=60, No-Store", "public, no-store=\"x\"", "foo=\"bar\", no-store"] {
        check(&Exchange::of(&[&format!("cache-control: {line}"), TAG]), Err(NotStorable::NoStore));
    }
}

#[test]
fn no_store_of_the_request_forbids_storing() {
    let exchange = Exchange::of(&["cache-control: max-age=60"]).asked(&["cache-control: no-store"]);
    check(&exchange, Err(NotStorable::RequestNoStore));
    check(&exchange.under(Rules { ignore_request_directives: true, ..Rules::default() }), Ok(()));
}

#[test]
fn private_forbids_storing() {
    check(&Exchange::of(&["cache-control: private, max-age=60"]), Err(NotStorable::Private));
    check(&Exchange::of(&["cache-control: private=\"\", max-age=60"]), Err(NotStorable::Private));
    check(&Exchange::of(&["cache-control: private=\"no name\", max-age=60"]), Err(NotStorable::Private));
    check(&Exchange::of(&["cache-control: private=\"x-user\", private, max-age=60"]), Err(NotStorable::Private));
}

#[test]
fn private_with_names_leaves_the_rest_to_be_stored() {
    check(&Exchange::of(&["cache-control: private=\"x-user\", max-age=60"]), Ok(()));
    check(&Exchange::of(&["cache-control: private=x-user, max-age=60"]), Ok(()));
}

#[test]
fn responses_to_somebody_known_are_stored_only_if_they_say_that_others_may_have_them() {
    for (cache_control, expected) in [
        ("max-age=60", Err(NotStorable::Authorization)),
        ("max-age=60, proxy-revalidate", Err(NotStorable::Authorization)),
        ("max-age=60, immutable", Err(NotStorable::Authorization)),
        ("public=\"x\", max-age=60", Err(NotStorable::Authorization)),
        ("public, max-age=60", Ok(())),
        ("s-maxage=60", Ok(())),
        ("max-age=60, must-revalidate", Ok(())),
        ("public, private, max-age=60", Err(NotStorable::Private)),
    ] {
        let exchange = Exchange::of(&[&format!("cache-control: {cache_control}")]);
        check(&exchange.clone().identified(), expected);
        let with_key_by_caller = exchange.asked(&["authorization: Bearer x"]);
        assert_eq!(with_key_by_caller.stored().err(), expected.err().filter(|why| *why == NotStorable::Private));
    }
}

#[test]
fn cookies_are_stored_only_where_an_operator_allows_it() {
    let exchange = Exchange::of(&["cache-control: max-age=60", "set-cookie: a=b"]);
    check(&exchange, Err(NotStorable::SetCookie));
    check(&exchange.under(Rules { set_cookie: true, ..Rules::default() }), Ok(()));
}

#[test]
fn a_cookie_that_the_response_itself_withholds_is_no_obstacle() {
    check(&Exchange::of(&["cache-control: max-age=60, no-cache=\"Set-Cookie\"", "set-cookie: a=b"]), Ok(()));
    check(&Exchange::of(&["cache-control: max-age=60, private=\"set-cookie\"", "set-cookie: a=b"]), Ok(()));
}

#[test]
fn what_varies_on_everything_is_not_stored() {
    check(&Exchange::of(&["cache-control: max-age=60", "vary: accept, *"]), Err(NotStorable::VaryAny));
    check(&Exchange::of(&["cache-control: max-age=60", "vary: accept"]), Ok(()));
}

#[test]
fn a_response_must_say_that_it_is_cacheable_unless_its_status_does() {
    let old = "last-modified: Sat, 05 Nov 1994 08:49:37 GMT";
    for status in [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501] {
        check(&Exchange::status(status, &[old]), Ok(()));
    }
    for status in [201, 202, 302, 303, 307, 400, 403, 409, 418, 422, 500, 502, 503, 504] {
        check(&Exchange::status(status, &[old]), Err(NotStorable::Status));
        check(&Exchange::status(status, &["cache-control: no-cache", TAG]), Err(NotStorable::Status));
        check(&Exchange::status(status, &[old, "cache-control: public"]), Ok(()));
        check(&Exchange::status(status, &["cache-control: max-age=60"]), Ok(()));
        check(&Exchange::status(status, &["cache-control: s-maxage=60"]), Ok(()));
        check(&Exchange::status(status, &[&format!("expires: {}", date(60))]), Ok(()));
    }
}

#[test]
fn what_is_neither_fresh_nor_can_be_validated_is_not_stored() {
    check(&Exchange::of(&[]), Err(NotStorable::NoLifetime));
    check(&Exchange::of(&["cache-control: max-age=0"]), Err(NotStorable::NoLifetime));
    check(&Exchange::of(&["cache-control: no-cache, max-age=60"]), Err(NotStorable::NoLifetime));
    check(&Exchange::of(&["cache-control: max-age=60", "age: 60"]), Err(NotStorable::NoLifetime));
    check(&Exchange::of(&["cache-control: max-age=60", "age: 59"]), Ok(()));
    check(&Exchange::of(&["etag: no-tag"]), Err(NotStorable::NoLifetime));
    check(&Exchange::of(&["cache-control: max-age=0, no-cache=\"etag\"", TAG]), Err(NotStorable::NoLifetime));
}

#[test]
fn what_can_be_validated_is_stored_though_it_is_stale() {
    for line in ["cache-control: no-cache", "cache-control: max-age=0", "expires: 0", "x-nothing: at all"] {
        check(&Exchange::of(&[line, TAG]), Ok(()));
    }
    check(&Exchange::of(&["cache-control: max-age=0, stale-if-error=60"]), Ok(()));
    check(
        &Exchange::of(&["cache-control: max-age=0, stale-if-error=60, must-revalidate"]),
        Err(NotStorable::NoLifetime),
    );
}

#[test]
fn an_operator_overrides_lifetimes_and_nothing_else() {
    let rules = Rules { lifetime: Some(secs(60)), ..Rules::default() };
    for (lines, expected) in [
        (&["cache-control: max-age=0"][..], Ok(())),
        (&["expires: 0"], Ok(())),
        (&[], Ok(())),
        (&["cache-control: no-store"], Err(NotStorable::NoStore)),
        (&["cache-control: private"], Err(NotStorable::Private)),
        (&["cache-control: no-cache"], Err(NotStorable::NoLifetime)),
        (&["set-cookie: a=b"], Err(NotStorable::SetCookie)),
        (&["vary: *"], Err(NotStorable::VaryAny)),
    ] {
        check(&Exchange::of(lines).under(rules.clone()), expected);
    }
    check(&Exchange::of(&[]).under(rules.clone()).identified(), Err(NotStorable::Authorization));
    check(&Exchange::status(500, &[]).under(rules.clone()), Err(NotStorable::Status));
    check(&Exchange::status(404, &[]).under(rules), Ok(()));
}

#[test]
fn a_default_lifetime_is_for_statuses_that_heuristics_may_apply_to() {
    let rules = Rules { default_lifetime: Some(secs(60)), ..Rules::default() };
    for status in [200, 404, 405, 410] {
        check(&Exchange::status(status, &[]).under(rules.clone()), Ok(()));
    }
    for status in [302, 403, 500, 503] {
        check(&Exchange::status(status, &[]).under(rules.clone()), Err(NotStorable::Status));
    }
    check(&Exchange::status(302, &["cache-control: public"]).under(rules), Ok(()));
}

#[test]
fn reasons_have_texts_of_their_own() {
    let all = [
        NotStorable::Method,
        NotStorable::Status,
        NotStorable::Partial,
        NotStorable::RequestNoStore,
        NotStorable::NoStore,
        NotStorable::Private,
        NotStorable::Authorization,
        NotStorable::SetCookie,
        NotStorable::VaryAny,
        NotStorable::NoLifetime,
    ];
    let texts: std::collections::HashSet<&str> = all.iter().map(|why| why.as_str()).collect();
    assert_eq!(texts.len(), all.len());
    assert!(texts.iter().all(|text| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
}
