use http::uri::PathAndQuery;

use super::*;

#[test]
fn unsafe_methods_invalidate_when_they_have_gone_well() {
    for (method, expected) in [
        ("POST", true),
        ("PUT", true),
        ("DELETE", true),
        ("PATCH", true),
        ("WHATEVER", true),
        ("post", true),
        ("GET", false),
        ("HEAD", false),
        ("OPTIONS", false),
        ("TRACE", false),
        ("QUERY", false),
    ] {
        let method = method.parse().unwrap();
        for (status, is_error) in
            [(200, false), (201, false), (204, false), (303, false), (400, true), (404, true), (500, true)]
        {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(invalidates(&method, status), expected && !is_error, "{method} {status}");
        }
    }
}

fn out_of_date(lines: &[&str]) -> Vec<String> {
    let path_and_query: PathAndQuery = "/a/b?x=1".parse().unwrap();
    let target = Target { scheme: "https", authority: "example.com", path_and_query: &path_and_query };
    invalidated(target, &fields(lines)).map(|path| path.to_string()).collect()
}

#[test]
fn the_target_is_invalidated() {
    assert_eq!(out_of_date(&[]), ["/a/b?x=1"]);
}

#[test]
fn what_location_and_content_location_name_is_invalidated_too() {
    assert_eq!(out_of_date(&["location: /c", "content-location: /d?y"]), ["/a/b?x=1", "/c", "/d?y"]);
    for (location, expected) in [
        ("https://example.com/c", "/c"),
        ("HTTPS://EXAMPLE.com:443/c", "/c"),
        ("//example.com/c#f", "/c"),
        ("https://example.com", "/"),
        ("https://example.com?q", "/?q"),
        ("c", "/a/c"),
        ("./c/../d", "/a/d"),
        ("../../../c", "/c"),
        ("?y=2", "/a/b?y=2"),
        ("/%7Euser/./x", "/~user/x"),
        ("/c?u=http://other/", "/c?u=http://other/"),
    ] {
        assert_eq!(out_of_date(&[&format!("location: {location}")])[1..], [expected], "{location}");
    }
    for same in ["", "#f", "b?x=1", "/a/b?x=1"] {
        assert_eq!(out_of_date(&[&format!("location: {same}")]).len(), 1, "{same:?}");
    }
}

#[test]
fn nothing_of_another_origin_is_invalidated() {
    for location in [
        "http://example.com/c",
        "https://example.com:8443/c",
        "https://other.com/c",
        "//other.com/c",
        "https://example.com.evil/c",
        "https://example.com@evil/c",
        "https:/c",
        "https:c",
        "mailto:example.com",
        "https://[/c",
        "https:///c",
        "/c d",
        "/%",
    ] {
        assert_eq!(out_of_date(&[&format!("location: {location}")]).len(), 1, "{location}");
    }
}
