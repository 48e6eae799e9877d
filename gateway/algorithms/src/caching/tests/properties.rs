use http::uri::PathAndQuery;
use proptest::prelude::*;

use super::*;

/// Bytes that a value may have, those that mean something among them more often than others.
fn value() -> impl Strategy<Value = HeaderValue> {
    let telling = prop::sample::select(b",;=\"\\ -*/W0159aGMT:".to_vec());
    let any_legal = any::<u8>().prop_filter("no control characters", |byte| *byte >= 32 && *byte != 127);
    prop::collection::vec(prop_oneof![3 => telling, 1 => any_legal], 0..48)
        .prop_map(|bytes| HeaderValue::from_bytes(&bytes).unwrap())
}

/// Values as they are sent, which arbitrary bytes seldom are.
fn plausible() -> impl Strategy<Value = HeaderValue> {
    prop::sample::select(vec![
        "max-age=60",
        "s-maxage=99999999999",
        "no-cache=\"etag, x-a\"",
        "private=\"x-a",
        "must-understand, no-store",
        "public, stale-if-error=5",
        "stale-while-revalidate=7, max-age=0",
        "\"a\"",
        "W/\"a\"",
        "*",
        "0",
        "86400",
        "bytes=0-5, -7",
        "bytes=3-",
        "bytes=-0",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "accept, x-a",
        "close, etag",
        "(a b);c, max-age=5",
    ])
    .prop_map(HeaderValue::from_static)
}

fn headers() -> impl Strategy<Value = HeaderMap> {
    let names = prop::sample::select(vec![
        "cache-control",
        "cdn-cache-control",
        "expires",
        "date",
        "age",
        "last-modified",
        "etag",
        "vary",
        "pragma",
        "range",
        "if-range",
        "if-none-match",
        "if-modified-since",
        "connection",
        "warning",
        "location",
        "content-location",
        "content-length",
        "set-cookie",
        "x-a",
        "accept-encoding",
    ]);
    let line = (names, prop_oneof![value(), plausible()]);
    prop::collection::vec(line, 0..12).prop_map(|lines| {
        let mut headers = HeaderMap::new();
        lines.into_iter().for_each(|(name, value)| {
            headers.append(HeaderName::from_static(name), value);
        });
        headers
    })
}

fn rules() -> impl Strategy<Value = Rules> {
    let time = || prop::option::of(prop_oneof![Just(Duration::ZERO), Just(Duration::MAX), (0_u64..100).prop_map(secs)]);
    (time(), time(), time(), time(), any::<[bool; 4]>()).prop_map(|(lifetime, default, revalidate, error, flags)| {
        Rules {
            lifetime,
            default_lifetime: default,
            stale_while_revalidate: revalidate,
            stale_if_error: error,
            cdn_cache_control: flags[0],
            set_cookie: flags[1],
            ignore_request_directives: flags[2],
            strict_s_maxage: flags[3],
        }
    })
}

fn time() -> impl Strategy<Value = Time> {
    prop_oneof![Just(Time(0)), Just(Time(u64::MAX)), any::<u64>().prop_map(Time), (0_u64..200).prop_map(at)]
}

fn key(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut key = Vec::new();
    parts.iter().for_each(|part| write_part(part, &mut |bytes| key.extend_from_slice(bytes)));
    key
}

fn parts() -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop::collection::vec(prop::collection::vec(prop_oneof![Just(0_u8), Just(1_u8), any::<u8>()], 0..10), 0..6)
}

proptest! {
    #[test]
    fn keys_are_equal_only_where_all_parts_are(one in parts(), other in parts()) {
        prop_assert_eq!(key(&one) == key(&other), one == other);
    }

    #[test]
    fn parts_moved_over_their_boundary_give_another_key(bytes in prop::collection::vec(any::<u8>(), 1..32), cut in 0_usize..32) {
        let (left, right) = bytes.split_at(cut.min(bytes.len()));
        let whole = [bytes.clone(), vec![]];
        let moved = [left.to_vec(), right.to_vec()];
        prop_assert_eq!(key(&whole) == key(&moved), right.is_empty());
    }

    #[test]
    fn variants_have_one_key_only_where_their_values_are_equal_but_for_blanks(one in value(), other in value()) {
        let key = |value: &HeaderValue| {
            let request = HeaderMap::from_iter([(HeaderName::from_static("x-a"), value.clone())]);
            let mut key = Vec::new();
            selecting(&[HeaderName::from_static("x-a")], &request, |bytes| key.extend_from_slice(bytes));
            key
        };
        prop_assert_eq!(key(&one) == key(&other), one.as_bytes().trim_ascii() == other.as_bytes().trim_ascii());
    }

    #[test]
    fn ranges_lie_within_the_body_apart_from_each_other_and_add_up_to_no_more(
        specs in prop::collection::vec((prop::option::of(0_u64..1_200), prop::option::of(0_u64..1_200)), 1..20),
        length in 0_u64..1_000,
    ) {
        let text = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
        let specs: Vec<String> = specs.into_iter().map(|(first, last)| format!("{}-{}", text(first), text(last))).collect();
        let request = fields(&[&format!("range: bytes={}", specs.join(","))]);
        let parts = match ranges(&request, &HeaderMap::new(), length) {
            Ranges::One(part) => vec![part],
            Ranges::Many(parts) => {
                prop_assert!((2..=16).contains(&parts.len()));
                parts
            }
            Ranges::Whole | Ranges::Unsatisfiable => vec![],
        };
        for (nth, part) in parts.iter().enumerate() {
            prop_assert!(part.start < part.end && part.end <= length);
            prop_assert!(parts[..nth].iter().all(|other| part.end < other.start || other.end < part.start));
        }
    }

    #[test]
    fn nothing_panics_and_no_age_is_negative_whatever_is_sent(
        (request, response, validation) in (headers(), headers(), headers()),
        rules in rules(),
        status in 100_u16..600,
        shared_identity in any::<bool>(),
        (sent, received, now) in (time(), time(), time()),
    ) {
        let asked = Asked { method: &Method::GET, headers: &request, shared_identity };
        let status = StatusCode::from_u16(status).unwrap();
        let wishes = RequestDirectives::parse(&request);
        if let Ok(freshness) = storable(&rules, &asked, status, &response, received, sent) {
            let reuse = reuse(&rules, &freshness, &wishes, now);
            prop_assert!(freshness.age(now) >= freshness.initial_age);
            prop_assert!(freshness.usable_until() >= received);
            if reuse == Reuse::Fresh {
                prop_assert!(now >= received && freshness.ttl(now) >= 0 && !freshness.no_cache);
            }
            if freshness.must_revalidate {
                prop_assert!(!matches!(reuse, Reuse::Stale | Reuse::StaleWhileRevalidate));
            }
            // At the end of all time nothing is told apart any more.
            if (freshness.usable_until()..Time(u64::MAX)).contains(&now) {
                prop_assert!(!matches!(reuse, Reuse::Fresh | Reuse::StaleWhileRevalidate));
            }
        }
        if let Ok(freshness) = refreshed(&rules, &asked, status, &response, &validation, (received, sent)) {
            prop_assert_eq!(freshness.received, received);
        }
        std::hint::black_box((precondition(&request, status, &response), ranges(&request, &response, sent.0)));
        std::hint::black_box((freshened_matches(&response, &validation), head_matches(&response, &validation)));
        let target: PathAndQuery = "/a/b".parse().unwrap();
        let target = Target { scheme: "https", authority: "example.com", path_and_query: &target };
        let first = invalidated(target, &response).next();
        prop_assert_eq!(first.as_ref(), Some(target.path_and_query));
        let mut conditional = request.clone();
        make_conditional(&mut conditional, &response);
        prop_assert!(!conditional.contains_key("range") && !conditional.contains_key("if-range"));
    }

    #[test]
    fn fields_that_are_stored_stay_so_and_nothing_freshened_brings_in_what_is_not(
        (response, validation) in (headers(), headers()),
        cdn in any::<bool>(),
    ) {
        let directives = ResponseDirectives::parse(&response, cdn);
        let stored = stored_headers(&response, &directives);
        let again = stored_headers(&stored, &directives);
        prop_assert_eq!(&again, &stored);

        let newer = ResponseDirectives::parse(&validation, cdn);
        let mut freshened = stored.clone();
        freshen(&mut freshened, &validation, &newer);
        for name in ["connection", "set-cookie", "age"] {
            prop_assert!(!freshened.contains_key(name));
        }
        prop_assert_eq!(
            freshened.get("content-length"),
            stored.get("content-length").filter(|_| !newer.withheld.contains(&http::header::CONTENT_LENGTH))
        );
        for name in &newer.withheld {
            prop_assert!(!freshened.contains_key(name));
        }
        let mut twice = freshened.clone();
        freshen(&mut twice, &validation, &newer);
        prop_assert_eq!(&twice, &freshened);
        let kept = stored.keys().filter(|name| !validation.contains_key(*name) && !newer.withheld.contains(name));
        for name in kept {
            prop_assert!(freshened.get_all(name).iter().eq(stored.get_all(name).iter()));
        }
    }

    #[test]
    fn prefixes_of_purges_are_found_as_a_scan_of_them_all_would_find_them(
        prefixes in prop::collection::vec("(a|b|/|//){0,6}", 1..12),
        url in "(a|b|/|//){0,8}",
    ) {
        let is_below = |prefix: &str| {
            let rest = url.strip_prefix(prefix);
            let ends = |rest: &str| rest.is_empty() || rest.starts_with('/') || prefix.ends_with('/');
            rest.is_some_and(ends)
        };
        let expected = prefixes.iter().any(|prefix| is_below(prefix));
        let purges = prefixes.iter().map(|prefix| Purge { revision: 1, scope: PurgeScope::Prefix(prefix.clone()), soft: false });
        let covered = Purges::new(purges, 0).covers(0, &url, &[]);
        prop_assert_eq!(covered == Covered::Hard, expected);
    }
}
