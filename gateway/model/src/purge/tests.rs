use gateway_algorithms::caching::Covered;

use super::*;

fn purge(scope: PurgeScope) -> Purge {
    Purge { scope, soft: false }
}

#[test]
fn urls_take_the_form_that_the_data_path_remembers() {
    for (given, expected) in [
        ("https://a.example/orders", "https://a.example/orders"),
        ("HTTPS://A.Example.:443/Orders?Page=%61", "https://a.example/Orders?Page=%61"),
        ("http://a.example:80/", "http://a.example/"),
        ("http://a.example:443/", "http://a.example:443/"),
        ("https://a.example:/", "https://a.example/"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example?q", "https://a.example/?q"),
        ("https://a.example/b?", "https://a.example/b?"),
        ("https://[2001:DB8::1]:8443/%7ea//b/./../c", "https://[2001:db8::1]:8443/~a/c"),
    ] {
        let scope = PurgeScope::url(given).unwrap();
        assert_eq!((scope.kind(), scope.value()), (PurgeKind::Url, expected), "{given:?}");
        assert_eq!(PurgeScope::url(scope.value()), Ok(scope.clone()), "a normal form stays as it is");
    }
    assert_eq!(PurgeScope::prefix("https://A.example/orders/").unwrap().value(), "https://a.example/orders/");
    assert_eq!(PurgeScope::prefix("https://A.example").unwrap().value(), "https://a.example/");
}

#[test]
fn what_is_no_url_is_refused_with_the_value_and_the_remedy() {
    let no_url = |text: &str| PurgeScope::url(text).unwrap_err().to_string();
    for text in ["/orders", "a.example/orders", "ftp://a.example/", "https:/a.example", ""] {
        let expected = format!(
            "{text:?} is no absolute URL: begin with https:// or http:// and the host, such as https://api.example.com/orders"
        );
        assert_eq!(no_url(text), expected);
    }
    for host in ["", "user@a.example", "a.example:65536", "a:b", "[::1", "ä.example", ".", ":80"] {
        let text = format!("https://{host}/x");
        let expected = format!(
            "{host:?} in {text:?} is no host: use one such as api.example.com or api.example.com:8443, without a user name"
        );
        assert_eq!(no_url(&text), expected);
    }
    assert_eq!(
        no_url("https://a.example/x#y"),
        r##""https://a.example/x#y" has a fragment, which never comes to a server: leave out everything from '#' on"##
    );
    assert_eq!(
        no_url("https://a.example/a b"),
        r#""https://a.example/a b" holds a character that no URL holds: percent-encode it"#
    );
    assert_eq!(
        no_url("https://a.example/%2"),
        r#""https://a.example/%2" is a URL that the gateway refuses to serve: correct it. The path holds a '%' without two hex digits after it."#
    );
}

#[test]
fn a_prefix_has_no_query_and_no_thousands_of_segments() {
    assert_eq!(
        PurgeScope::prefix("https://a.example/x?y").unwrap_err().to_string(),
        r#""https://a.example/x?y" has a query, and a prefix covers every query: leave out everything from '?' on, or purge the whole text as a URL"#
    );
    let deep = |segments| format!("https://a.example{}", "/a".repeat(segments));
    assert!(PurgeScope::prefix(&deep(128)).is_ok());
    let refused = PurgeScope::prefix(&deep(129)).unwrap_err();
    assert!(matches!(refused, PurgeScopeError::Deep { segments: 129, .. }), "{refused:?}");
}

#[test]
fn a_tag_is_a_short_word() {
    for good in ["articles", "a", "*/\"~", "Author:7", &"x".repeat(128)] {
        assert_eq!(PurgeScope::tag(good).unwrap().value(), good);
    }
    for bad in ["", "a,b", "a b", "ä", "a\n"] {
        let expected = format!("{bad:?} is no tag: use 1 to 128 visible ASCII characters other than the comma");
        assert_eq!(PurgeScope::tag(bad).unwrap_err().to_string(), expected);
    }
}

#[test]
fn what_is_longer_than_the_bound_is_refused_without_being_repeated() {
    let url = format!("https://a.example/{}", "x".repeat(LONGEST_PURGE_SCOPE));
    let expected = format!("a text of {} bytes is too long: give at most 8192", url.len());
    assert_eq!(PurgeScope::url(&url).unwrap_err().to_string(), expected);
    assert_eq!(PurgeScope::prefix(&url).unwrap_err().to_string(), expected);
    assert!(PurgeScope::url(&url[..LONGEST_PURGE_SCOPE]).is_ok());
    let long = PurgeScope::tag(&"x".repeat(129)).unwrap_err();
    assert_eq!(long, PurgeScopeError::TooLong { length: 129, most: 128 });
}

#[test]
fn a_purge_is_told_in_a_phrase() {
    let soft = |scope| Purge { scope, soft: true }.to_string();
    assert_eq!(purge(PurgeScope::all()).to_string(), "purged everything");
    assert_eq!(purge(PurgeScope::tag("articles").unwrap()).to_string(), r#"purged tag "articles""#);
    assert_eq!(soft(PurgeScope::prefix("https://a/").unwrap()), r#"softly purged prefix "https://a/""#);
}

#[test]
fn what_is_kept_covers_what_was_asked_for_before() {
    let kept = KeptPurges {
        floor: 3,
        purges: vec![
            KeptPurge { revision: 5, purge: purge(PurgeScope::url("https://a.example/x").unwrap()) },
            KeptPurge { revision: 6, purge: Purge { scope: PurgeScope::tag("t").unwrap(), soft: true } },
        ],
    };
    let purges = kept.compile();
    let covers = |revision, url: &str, tags: &[Box<str>]| purges.covers(revision, url, tags);
    assert_eq!(covers(4, "https://a.example/x", &[]), Covered::Hard);
    assert_eq!(covers(5, "https://a.example/x", &[]), Covered::No);
    assert_eq!(covers(5, "https://a.example/y", &["t".into()]), Covered::Soft);
    assert_eq!(covers(2, "https://a.example/y", &[]), Covered::Hard, "before the floor");
    assert_eq!(KeptPurges::default().compile().newest(), 0);
}
