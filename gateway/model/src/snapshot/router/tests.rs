use http::{HeaderMap, Method};

use super::*;
use crate::snapshot::Action;

/// A route that is described as `GET,PUT host /path x-field=value ?parameter=value`, any of them but the path left out.
fn entry(name: &str, description: &str) -> Entry {
    let mut hosts = Vec::new();
    let mut conditions = Conditions::default();
    let mut pattern = None;
    for word in description.split(' ') {
        let wanted =
            |value: Option<&str>| value.map_or(Wanted::Present, |value| Wanted::Exactly(value.as_bytes().into()));
        let (key, value) = word.split_once('=').map_or((word, None), |(key, value)| (key, Some(value)));
        if let Some(regex) = word.strip_prefix('~') {
            pattern = Some(PathPattern::regex(regex).unwrap());
        } else if let Some(prefix) = word.strip_suffix("/…") {
            let prefix = if prefix.is_empty() { "/" } else { prefix };
            pattern = Some(PathPattern::prefix(prefix).unwrap());
        } else if word.starts_with('/') {
            pattern = Some(PathPattern::parse(word).unwrap());
        } else if let Some(parameter) = key.strip_prefix('?') {
            conditions.query.push((parameter.into(), wanted(value)));
        } else if key.starts_with("x-") {
            conditions.headers.push((key.parse().unwrap(), wanted(value)));
        } else if word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b',') {
            conditions.methods = word.split(',').map(|method| method.parse().unwrap()).collect();
        } else {
            hosts.push(word.to_owned());
        }
    }
    let route = CompiledRoute {
        name: name.into(),
        pattern: pattern.unwrap(),
        has_conditions: !conditions.are_none(),
        action: Action::Forward(Vec::new()),
        rewrite: None,
        request_fields: Default::default(),
        response_fields: Default::default(),
        chain: Vec::new(),
        priority: None,
    };
    Entry { hosts, conditions, route: Arc::new(route) }
}

fn build(routes: &[(&str, &str)]) -> (RouteTable, Vec<Clash>) {
    RouteTable::new(routes.iter().map(|(name, description)| entry(name, description)))
}

/// The name of the route of a request such as `GET shop.example/orders?a=1 x-beta=yes`; empty if there is none.
fn found<'t>(table: &'t RouteTable, request: &str) -> &'t str {
    let mut words = request.split(' ');
    let method: Method = words.next().unwrap().parse().unwrap();
    let url = words.next().unwrap();
    let mut headers = HeaderMap::new();
    for (name, value) in words.map(|word| word.split_once('=').unwrap()) {
        headers.append(http::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    let (host, target) = url.split_at(url.find(['/', '*']).unwrap());
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let head = Head { host, path, query, method: &method, headers: &headers };
    table.find(&head).map_or("", |place| &table.get(place).unwrap().name)
}

#[track_caller]
fn each_goes_to(table: &RouteTable, expected: &[(&str, &str)]) {
    for (request, name) in expected {
        assert_eq!(found(table, request), *name, "{request}");
    }
}

#[test]
fn the_host_as_it_is_comes_before_wildcards_and_these_before_every_host() {
    let (table, clashes) = build(&[
        ("any", "/…"),
        ("below", "*.example /shop/…"),
        ("deep", "*.eu.shop.example /…"),
        ("exact", "eu.shop.example www.shop.example /shop/…"),
    ]);
    assert_eq!(clashes, []);
    each_goes_to(
        &table,
        &[
            ("GET www.shop.example/shop/1", "exact"),
            ("GET eu.shop.example/shop", "exact"),
            ("GET eu.shop.example/other", "any"),
            ("GET a.eu.shop.example/other", "deep"),
            ("GET a.b.eu.shop.example/other", "deep"),
            ("GET us.shop.example/shop/", "below"),
            ("GET us.shop.example/other", "any"),
            ("GET example/shop", "any"),
            ("GET .example/shop", "any"),
            ("GET notexample/shop", "any"),
        ],
    );
}

#[test]
fn whole_paths_come_first_literals_before_parameters_then_expressions_then_the_longest_beginning() {
    let (table, clashes) = build(&[
        ("root", "/…"),
        ("orders", "/orders/…"),
        ("order-files", "/orders/files/…"),
        ("order", "/orders/{id}"),
        ("newest", "/orders/newest"),
        ("items", "/orders/{id}/items"),
        ("item-of-newest", "/orders/newest/items/{item}"),
        ("numbers", "~/orders/files/[0-9]+"),
        ("versions", "~/v[0-9]+/.*"),
        ("rest", "/static/{*rest}"),
    ]);
    assert_eq!(clashes, []);
    each_goes_to(
        &table,
        &[
            ("GET h/", "root"),
            ("GET h/orders", "orders"),
            ("GET h/orders/", "orders"),
            ("GET h/ordersx", "root"),
            ("GET h/orders/7", "order"),
            ("GET h/orders/files", "order"),
            ("GET h/orders/newest", "newest"),
            ("GET h/orders/newest/items", "items"),
            ("GET h/orders/newest/items/3", "item-of-newest"),
            ("GET h/orders/8/items/3", "orders"),
            ("GET h/orders/files/7", "numbers"),
            ("GET h/orders/files/a", "order-files"),
            ("GET h/v1/x", "versions"),
            ("GET h/vv1/x", "root"),
            ("GET h/static", "rest"),
            ("GET h/static/a/b", "rest"),
            ("OPTIONS h*", ""),
        ],
    );
}

#[test]
fn of_one_path_the_route_that_asks_for_more_comes_first_and_the_next_one_takes_what_it_does_not() {
    let (table, clashes) = build(&[
        ("all", "/orders/…"),
        ("beta", "/orders/… x-beta"),
        ("beta-of-eu", "/orders/… x-beta x-region=eu"),
        ("beta-of-two", "/orders/… x-beta=2"),
        ("debug", "/orders/… ?debug=1"),
        ("reads", "GET,HEAD /orders/…"),
        ("gets", "GET /orders/… x-slow=1"),
    ]);
    let names = |clash: &Clash| match *clash {
        Clash::Overlapping { first, second } => {
            (table.get(first).unwrap().name.to_string(), table.get(second).unwrap().name.to_string())
        }
        other => panic!("{other:?}"),
    };
    assert!(clashes.iter().map(names).collect::<Vec<_>>().is_empty(), "{clashes:?}");
    each_goes_to(
        &table,
        &[
            ("POST h/orders", "all"),
            ("POST h/orders x-beta=", "beta"),
            ("POST h/orders X-Beta=1 x-region=eu", "beta-of-eu"),
            ("POST h/orders x-beta=1 x-region=us", "beta"),
            ("POST h/orders x-beta=2", "beta-of-two"),
            ("POST h/orders?a&debug=1", "debug"),
            ("POST h/orders?debug=10", "all"),
            ("GET h/orders/1 x-beta=1", "reads"),
            ("GET h/orders/1 x-slow=1", "gets"),
            ("HEAD h/orders/1 x-slow=1", "reads"),
        ],
    );
}

#[test]
fn a_more_exact_path_whose_conditions_do_not_hold_leaves_the_request_to_the_next_one() {
    let (table, _) = build(&[
        ("write", "PUT /orders/{id}"),
        ("literal", "DELETE /orders/all"),
        ("host", "POST shop.example /…"),
        ("any", "/…"),
    ]);
    each_goes_to(
        &table,
        &[
            ("PUT h/orders/all", "write"),
            ("DELETE h/orders/all", "literal"),
            ("GET h/orders/all", "any"),
            ("GET shop.example/", "any"),
            ("POST shop.example/", "host"),
        ],
    );
}

#[test]
fn routes_that_stand_in_each_others_way_are_told() {
    for (one, other, expected) in [
        ("/a", "/a", Some("same")),
        ("/a/{x}", "/a/{y}", Some("same")),
        ("/a/…", "/a/{*rest}", Some("same")),
        ("a.example /a", "b.example /a", None),
        ("/a", "/a/…", None),
        ("GET /a", "POST /a", None),
        ("GET,PUT /a", "GET,POST /a", Some("overlapping")),
        ("GET /a x-a", "GET /a x-b", Some("overlapping")),
        ("GET /a x-a=1", "GET /a x-a=2", None),
        ("/a x-a", "/a x-a=1", None),
        ("/a x-a=1", "/a x-a", None),
        ("/a ?p", "/a ?q", Some("overlapping")),
    ] {
        let (_, clashes) = build(&[("one", one), ("other", other)]);
        let told = clashes.first().map(|clash| match clash {
            Clash::Same { first: 0, second: 1 } => "same",
            Clash::Overlapping { first: 0, second: 1 } => "overlapping",
            _ => "the wrong way round",
        });
        assert_eq!((told, clashes.len()), (expected, usize::from(expected.is_some())), "{one} | {other}");
    }
}

#[test]
fn what_is_no_path_is_refused_with_the_remedy() {
    for path in
        ["", "a", "//", "/a//b", "/a/../b", "/a?b", "/{a", "/a{b}", "/{}", "/{a}/{a}", "/{*a}/b", "/{*}", "/a b", "/ä"]
    {
        let refused = PathPattern::parse(path).unwrap_err();
        assert!(refused.contains(": "), "{path:?}: {refused}");
    }
    for path in ["/", "/a", "/a/", "/{a}/", "/a/{b_1}/c", "/{*rest}", "/{a}/{*rest}", "/%41%2f"] {
        assert!(PathPattern::parse(path).is_ok(), "{path}");
    }
    assert!(PathPattern::regex("/(").unwrap_err().contains("unclosed group"));
    assert!(PathPattern::regex("/(a{1000}){1000}").unwrap_err().contains("size limit"));
}

#[test]
fn a_value_that_is_no_text_is_matched_as_the_bytes_that_it_is() {
    let mut blocked = entry("blocked", "/…");
    blocked.conditions.headers.push(("user-agent".parse().unwrap(), Wanted::matching(".*badbot.*").unwrap()));
    let (table, _) = RouteTable::new([blocked, entry("open", "/…")]);
    let mut headers = HeaderMap::new();
    headers.insert("user-agent", http::HeaderValue::from_bytes(b"badbot\xff").unwrap());
    let head = Head { headers: &headers, ..Head::get("h", "/") };
    assert_eq!(&*table.route(&head).unwrap().name, "blocked");
}

#[test]
fn more_routes_than_a_request_may_have_to_ask_are_told() {
    let fields: Vec<String> = (0..258).map(|number| format!("/… x-{number}")).collect();
    let (_, clashes) = build(&fields.iter().map(|field| (field.as_str(), field.as_str())).collect::<Vec<_>>());
    let crowded = clashes.iter().filter(|clash| matches!(clash, Clash::Crowded { .. }));
    assert_eq!(crowded.count(), 2);
}

#[test]
fn parameters_have_the_values_that_stand_in_the_path() {
    let value = |pattern: &str, path: &str, name: &str| {
        PathPattern::parse(pattern).unwrap().value(path, name).map(str::to_owned)
    };
    assert_eq!(value("/orders/{id}/items/{item}", "/orders/7/items/b", "item").as_deref(), Some("b"));
    assert_eq!(value("/files/{*rest}", "/files/a/b", "rest").as_deref(), Some("a/b"));
    assert_eq!(value("/files/{*rest}", "/files", "rest").as_deref(), Some(""));
    assert_eq!(value("/{tenant}/{*rest}", "/acme/a", "tenant").as_deref(), Some("acme"));
    assert_eq!(value("/orders/{id}", "/orders/7", "other"), None);
    let regex = PathPattern::regex("/v(?<version>[0-9]+)/(?<rest>.*)").unwrap();
    assert_eq!(regex.value("/v12/a/b", "version"), Some("12"));
    assert_eq!(regex.names(), ["version", "rest"]);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn segment() -> impl Strategy<Value = String> {
        prop_oneof![3 => "[ab]", 1 => Just("{x}".to_owned())]
    }

    proptest! {
        /// However routes are mixed, a path goes to a route that matches it, and to none only if none does.
        #[test]
        fn the_tree_finds_what_a_list_would(
            patterns in prop::collection::btree_set(prop::collection::vec(segment(), 0..4), 1..12),
            path in prop::collection::vec("[abc]", 0..5),
        ) {
            let named: Vec<String> = patterns.iter().map(|segments| {
                let mut segments = segments.clone();
                for (place, segment) in segments.iter_mut().enumerate().filter(|(_, segment)| segment.starts_with('{')) {
                    *segment = format!("{{p{place}}}");
                }
                format!("/{}", segments.join("/"))
            }).collect();
            let routes: Vec<(&str, &str)> = named.iter().map(|name| (name.as_str(), name.as_str())).collect();
            let (table, _) = build(&routes);
            let path = format!("/{}", path.join("/"));
            let found = found(&table, &format!("GET h{path}")).to_owned();
            let matching: Vec<&String> =
                named.iter().filter(|pattern| PathPattern::parse(pattern).unwrap().rest(&path).is_some()).collect();
            // Among those that match, literals come before parameters, from the left.
            let first = matching.iter().min_by_key(|pattern| pattern.replace('{', "~"));
            prop_assert_eq!(found, first.map_or("", |first| first.as_str()));
        }
    }
}
