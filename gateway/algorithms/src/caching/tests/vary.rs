use super::*;

fn names(lines: &[&str]) -> Option<Vec<String>> {
    match vary(&fields(lines))? {
        Vary::Fields(names) => Some(names.iter().map(|name| name.as_str().to_owned()).collect()),
        Vary::Any => Some(vec!["*".to_owned()]),
    }
}

/// What selects a variant by these names, for a request.
fn key(names: &[&str], request: &[&str]) -> Vec<u8> {
    let names: Vec<HeaderName> = names.iter().map(|name| name.parse().unwrap()).collect();
    let mut key = Vec::new();
    selecting(&names, &fields(request), |bytes| key.extend_from_slice(bytes));
    key
}

#[test]
fn names_are_sorted_and_each_stands_once() {
    assert_eq!(
        names(&["vary: Origin, accept-encoding", "vary: ORIGIN, Accept,"]).unwrap(),
        ["accept", "accept-encoding", "origin"]
    );
    assert_eq!(names(&[]), None);
    assert_eq!(names(&["vary: ,"]), None);
}

#[test]
fn vary_on_everything_matches_no_request() {
    for line in ["vary: *", "vary: accept, *", "vary: no name"] {
        assert_eq!(names(&[line]).unwrap(), ["*"], "{line}");
    }
}

#[test]
fn vary_on_more_names_than_anybody_needs_matches_no_request() {
    let many = |count| (0..count).map(|nth| format!("x-{nth}")).collect::<Vec<_>>().join(",");
    assert_eq!(names(&[&format!("vary: {}", many(16))]).unwrap().len(), 16);
    assert_eq!(names(&[&format!("vary: {}", many(17))]).unwrap(), ["*"]);
}

#[test]
fn requests_match_that_mean_the_same() {
    for (name, one, other) in [
        ("accept-encoding", &["accept-encoding: gzip, br"][..], &["accept-encoding: GZIP ,br"][..]),
        ("accept-encoding", &["accept-encoding: gzip", "accept-encoding: br"], &["accept-encoding: gzip,, br"]),
        ("accept-encoding", &["accept-encoding: gzip;q=0.5"], &["accept-encoding: gzip ; Q=0.5"]),
        ("accept-language", &["accept-language: en-GB, de"], &["accept-language: EN-gb,de"]),
        ("accept", &["accept: text/html , */*"], &["accept: text/html,*/*"]),
        ("x-a", &["x-a:  1 "], &["x-a: 1"]),
        ("x-a", &["x-a: 1", "x-a: 2"], &["x-a: 1, 2"]),
    ] {
        assert_eq!(key(&[name], one), key(&[name], other), "{one:?} {other:?}");
    }
}

#[test]
fn requests_do_not_match_that_may_mean_something_else() {
    for (name, one, other) in [
        ("accept-encoding", &["accept-encoding: gzip, br"][..], &["accept-encoding: br, gzip"][..]),
        ("accept-encoding", &["accept-encoding: gzip"], &["accept-encoding: gzip, br"]),
        ("accept", &["accept: text/html;level=A"], &["accept: text/html;level=a"]),
        ("accept", &["accept: a;x=\"1,2\""], &["accept: a;x=\"1, 2\""]),
        ("user-agent", &["user-agent: A (b, c)"], &["user-agent: A (b,c)"]),
        ("origin", &["origin: https://A"], &["origin: https://a"]),
        ("x-a", &["x-a: 1, 2"], &["x-a: 1,2"]),
    ] {
        assert_ne!(key(&[name], one), key(&[name], other), "{one:?} {other:?}");
    }
}

#[test]
fn an_absent_field_matches_only_where_it_is_absent() {
    assert_ne!(key(&["x-a"], &[]), key(&["x-a"], &["x-a: "]));
    assert_eq!(key(&["x-a"], &[]), key(&["x-a"], &["x-b: 1"]));
    assert_ne!(key(&["x-a", "x-b"], &["x-a: 1"]), key(&["x-a", "x-b"], &["x-b: 1"]));
}
