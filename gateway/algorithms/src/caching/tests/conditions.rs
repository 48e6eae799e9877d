use super::*;

const OLD: &str = "Sat, 06 Nov 1993 08:49:37 GMT";

fn answered(request: &[&str], stored: &[&str]) -> Precondition {
    precondition(&fields(request), StatusCode::OK, &fields(stored))
}

#[track_caller]
fn check(request: &[&str], stored: &[&str], is_not_modified: bool) {
    let expected = if is_not_modified { Precondition::NotModified } else { Precondition::Proceed };
    assert_eq!(answered(request, stored), expected, "{request:?} {stored:?}");
}

#[test]
fn a_validation_carries_all_validators_of_what_is_stored() {
    let mut request = fields(&["x-a: 1"]);
    make_conditional(&mut request, &fields(&["etag: W/\"a\"", &format!("last-modified: {OLD}")]));
    let expected = ["x-a: 1", "if-none-match: W/\"a\"", &format!("if-modified-since: {OLD}")];
    assert_eq!(request, fields(&expected));
}

#[test]
fn a_validation_carries_none_of_the_clients_conditions() {
    let theirs = [
        "if-none-match: \"x\"",
        "if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT",
        "if-match: \"x\"",
        "range: bytes=0-1",
        "if-unmodified-since: Sun, 06 Nov 1994 08:49:37 GMT",
        "if-range: \"x\"",
    ];
    let mut request = fields(&theirs);
    make_conditional(&mut request, &fields(&["etag: \"a\""]));
    assert_eq!(request, fields(&["if-none-match: \"a\""]));
    let mut request = fields(&theirs);
    make_conditional(&mut request, &fields(&["etag: no tag", "last-modified: no date"]));
    assert!(request.is_empty());
}

#[test]
fn conditions_of_the_origin_are_left_to_it() {
    assert!(is_for_origin(&fields(&["if-match: \"a\""])));
    assert!(is_for_origin(&fields(&["if-unmodified-since: Sun, 06 Nov 1994 08:49:37 GMT"])));
    assert!(!is_for_origin(&fields(&["if-none-match: \"a\"", "if-range: \"a\"", "if-modified-since: x"])));
    check(&["if-match: \"other\""], &["etag: \"a\""], false);
}

#[test]
fn a_client_that_has_the_stored_tag_gets_304() {
    for (condition, expected) in [
        ("\"a\"", true),
        ("W/\"a\"", true),
        ("\"b\", \"a\"", true),
        ("\"b\" , W/\"a\",", true),
        ("\"x,\", \"a\"", true),
        ("*", true),
        ("\"b\"", false),
        ("a", false),
        ("\"a", false),
        ("\"b\", *", false),
        ("w/\"a\"", false),
        ("", false),
    ] {
        check(&[&format!("if-none-match: {condition}")], &["etag: \"a\""], expected);
        check(&[&format!("if-none-match: {condition}")], &["etag: W/\"a\""], expected);
    }
    check(&["if-none-match: \"b\"", "if-none-match: \"a\""], &["etag: \"a\""], true);
    check(&["if-none-match: *"], &[], true);
    check(&["if-none-match: \"a\""], &[], false);
}

#[test]
fn if_none_match_comes_before_if_modified_since() {
    let since = "if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT";
    let stored = ["etag: \"a\"", &format!("last-modified: {OLD}")];
    check(&["if-none-match: \"b\"", since], &stored, false);
    check(&["if-none-match: \"a\"", "if-modified-since: Sat, 06 Nov 1993 00:00:00 GMT"], &stored, true);
    check(&["if-none-match: nonsense", since], &stored, false);
}

#[test]
fn a_client_whose_copy_is_not_older_gets_304() {
    let modified = format!("last-modified: {OLD}");
    for (since, expected) in [
        (OLD, true),
        ("Sat, 06 Nov 1993 08:49:38 GMT", true),
        ("Sat Nov  6 08:49:37 1993", true),
        ("Sat, 06 Nov 1993 08:49:36 GMT", false),
        ("yesterday", false),
    ] {
        check(&[&format!("if-modified-since: {since}")], &[&modified], expected);
        check(&[&format!("if-modified-since: {since}")], &[&format!("date: {OLD}")], expected);
    }
    check(&[&format!("if-modified-since: {OLD}")], &["last-modified: x", &format!("date: {OLD}")], false);
    check(&[&format!("if-modified-since: {OLD}")], &[], false);
    check(&[&format!("if-modified-since: {OLD}"), &format!("if-modified-since: {OLD}")], &[&modified], false);
}

#[test]
fn conditions_do_not_count_for_what_is_no_success() {
    let request = fields(&["if-none-match: *"]);
    for status in [301, 404, 410, 500] {
        let status = StatusCode::from_u16(status).unwrap();
        assert_eq!(precondition(&request, status, &fields(&["etag: \"a\""])), Precondition::Proceed);
    }
}

#[test]
fn a_304_has_what_updates_a_copy_and_nothing_about_a_body() {
    let kept = [
        "etag: \"a\"",
        "date: x",
        "vary: accept",
        "cache-control: max-age=60",
        "expires: 0",
        "content-location: /a",
        "content-security-policy: x",
        "access-control-allow-origin: *",
        "x-a: 1",
        "x-a: 2",
    ];
    let dropped = [
        "content-type: text/plain",
        "content-length: 5",
        "content-encoding: gzip",
        "content-language: en",
        "content-digest: x",
        "repr-digest: x",
        &format!("last-modified: {OLD}"),
    ];
    assert_eq!(not_modified_headers(&fields(&[&kept[..], &dropped[..]].concat())), fields(&kept));
}

#[test]
fn a_304_without_a_tag_has_the_date_of_modification() {
    let stored = fields(&[&format!("last-modified: {OLD}"), "content-type: text/plain"]);
    assert_eq!(not_modified_headers(&stored), fields(&[&format!("last-modified: {OLD}")]));
}
