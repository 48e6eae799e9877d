use http::{HeaderName, Request};

use super::*;

/// A head as hyper hands it over.
fn head(version: Version, method: &str, uri: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = Request::builder().version(version).method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(HeaderName::try_from(*name).unwrap(), *value);
    }
    request.body(()).unwrap().into_parts().0
}

/// Host and target of an accepted head.
fn seen(head: &Parts) -> Result<(String, String), Refused> {
    let destination = check(head, &ConnectionLimits::default())?;
    Ok((destination.authority.to_str().unwrap().to_owned(), destination.target.to_string()))
}

fn goes_to(authority: &str, target: &str) -> Result<(String, String), Refused> {
    Ok((authority.to_owned(), target.to_owned()))
}

fn malformed(malformed: Malformed) -> Result<(String, String), Refused> {
    Err(Refused::Malformed(malformed))
}

#[test]
fn http1_needs_exactly_one_good_host() {
    let get = |headers: &[(&str, &str)]| seen(&head(Version::HTTP_11, "GET", "/x", headers));
    assert_eq!(get(&[("host", "A.example:80")]), goes_to("A.example:80", "/x"));
    assert_eq!(get(&[]), malformed(Malformed::HostCount));
    assert_eq!(get(&[("host", "a"), ("host", "a")]), malformed(Malformed::HostCount));
    assert_eq!(get(&[("host", "a, b")]), malformed(Malformed::Host));
    assert_eq!(get(&[("host", "")]), malformed(Malformed::Host));
}

#[test]
fn the_url_of_the_absolute_form_wins_over_host() {
    let get = |uri: &str, host: &str| seen(&head(Version::HTTP_11, "GET", uri, &[("host", host)]));
    assert_eq!(get("http://a.example/x?y", "b.example"), goes_to("a.example", "/x?y"));
    assert_eq!(get("https://a.example", "b.example"), goes_to("a.example", "/"));
    assert_eq!(get("http://a.example?y", "b.example"), goes_to("a.example", "/?y"));
    assert_eq!(get("http://a.example/", "b\\example"), malformed(Malformed::Host));
    assert_eq!(get("http://me@a.example/", "a.example"), malformed(Malformed::Host));
    assert_eq!(get("ftp://a.example/", "a.example"), malformed(NO_TARGET));
}

#[test]
fn http2_takes_the_authority_and_a_host_that_agrees() {
    let get = |uri: &str, headers: &[(&str, &str)]| seen(&head(Version::HTTP_2, "GET", uri, headers));
    assert_eq!(get("https://a.example/x", &[]), goes_to("a.example", "/x"));
    assert_eq!(get("https://a.example/x", &[("host", "A.example")]), goes_to("A.example", "/x"));
    assert_eq!(get("/x", &[("host", "a.example")]), goes_to("a.example", "/x"));
    assert_eq!(get("https://a.example/x", &[("host", "b.example")]), malformed(Malformed::HostsDiffer));
    assert_eq!(get("/x", &[]), malformed(Malformed::HostCount));
}

#[test]
fn tunnels_and_echoes_are_not_offered() {
    for method in ["CONNECT", "TRACE"] {
        let head = head(Version::HTTP_11, method, "a.example:443", &[("host", "a.example:443")]);
        assert_eq!(seen(&head), Err(Refused::Method));
    }
}

#[test]
fn the_asterisk_is_for_options_alone() {
    let host = [("host", "a")];
    assert_eq!(seen(&head(Version::HTTP_11, "OPTIONS", "*", &host)), goes_to("a", "*"));
    assert_eq!(seen(&head(Version::HTTP_11, "GET", "*", &host)), malformed(NO_TARGET));
    assert_eq!(seen(&head(Version::HTTP_11, "GET", "somewhere", &host)), malformed(NO_TARGET));
}

#[test]
fn chunked_is_the_only_transfer_coding() {
    let post = |codings: &[&str]| {
        let mut headers = vec![("host", "a")];
        headers.extend(codings.iter().map(|coding| ("transfer-encoding", *coding)));
        seen(&head(Version::HTTP_11, "POST", "/", &headers))
    };
    assert_eq!(post(&["chunked"]), goes_to("a", "/"));
    assert_eq!(post(&["Chunked"]), goes_to("a", "/"));
    for codings in [&["gzip, chunked"][..], &["chunked, chunked"], &["identity", "chunked"], &["xchunked"]] {
        assert_eq!(post(codings), Err(Refused::TransferCoding), "{codings:?}");
    }
}

#[test]
fn header_fields_are_counted_with_their_repetitions() {
    let mut headers = vec![("host", "a")];
    headers.extend([("x", "1"); 99]);
    let good = head(Version::HTTP_2, "GET", "/", &headers);
    let limits = |headers| ConnectionLimits { headers, ..ConnectionLimits::default() };
    assert!(check(&good, &limits(100)).is_ok());
    assert_eq!(check(&good, &limits(99)), Err(Refused::HeaderCount));
}

#[test]
fn a_target_has_a_length() {
    let get = |uri: &str| check(&head(Version::HTTP_2, "GET", uri, &[]), &ConnectionLimits::default()).err();
    assert_eq!(get(&format!("https://a/{}?", "x".repeat(16 * 1024 - 2))), None);
    assert_eq!(get(&format!("https://a/{}?y", "x".repeat(16 * 1024 - 2))), Some(Refused::TargetTooLong));
}
