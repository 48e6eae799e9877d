use http::{HeaderMap, Method};

use super::*;
use crate::snapshot::Action;

/// A route that is described as `GET,PUT host /path x-field=value ?parameter=value`, any of them but the path left out.
fn route(name: &str, description: &str) -> CompiledRoute {
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
            hosts.push(word.into());
        }
    }
    CompiledRoute {
        name: name.into(),
        hosts,
        pattern: pattern.unwrap(),
        conditions,
        action: Action::Forward(Vec::new()),
        rewrite: None,
        request_fields: Default::default(),
        response_fields: Default::default(),
        chain: Vec::new(),
        client_certificate: None,
        priority: None,
    }
}

fn build(routes: &[(&str, &str)]) -> (RouteTable, Vec<Clash>) {
    let routes: Vec<_> = routes.iter().map(|(name, description)| (*name, Some(*description))).collect();
    change(&RouteTable::default(), &routes)
}

/// The table with these routes by their names; those without a description go.
fn change(table: &RouteTable, routes: &[(&str, Option<&str>)]) -> (RouteTable, Vec<Clash>) {
    let change =
        |(name, it): &(&str, Option<&str>)| ((*name).into(), it.map(|description| Arc::new(route(name, description))));
    let (table, mut clashes) = table.with(routes.iter().map(change).collect());
    clashes.extend(table.overlaps());
    (table, clashes)
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
    let mut blocked = route("blocked", "/…");
    blocked.conditions.headers.push(("user-agent".parse().unwrap(), Wanted::matching(".*badbot.*").unwrap()));
    let (table, _) = change(&RouteTable::default(), &[("open", Some("/…"))]);
    let (table, _) = table.with(vec![("blocked".into(), Some(Arc::new(blocked)))]);
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
fn a_route_keeps_its_place_while_others_come_and_go_and_a_free_one_is_taken_again() {
    let place = |table: &RouteTable, name: &str| {
        table.places().iter().position(|route| route.as_ref().is_some_and(|route| &*route.name == name))
    };
    let (table, _) = build(&[("a", "/a"), ("b", "/b"), ("c", "/c")]);
    let (next, _) = change(&table, &[("0", Some("/0")), ("b", Some("/new")), ("a", None)]);
    assert_eq!((place(&table, "b"), place(&table, "c")), (place(&next, "b"), place(&next, "c")));
    assert_eq!(next.iter().map(|route| &*route.name).collect::<Vec<_>>(), ["0", "b", "c"]);
    let (last, _) = change(&next, &[("d", Some("/d"))]);
    assert_eq!(place(&last, "d"), place(&table, "a"));
    each_goes_to(&table, &[("GET h/a", "a"), ("GET h/b", "b"), ("GET h/new", "")]);
    each_goes_to(&last, &[("GET h/a", ""), ("GET h/b", ""), ("GET h/new", "b"), ("GET h/d", "d")]);
    assert!(Arc::ptr_eq(&table.get(2).unwrap().clone(), last.get(2).unwrap()), "what did not change is shared");
}

#[test]
fn two_routes_that_change_places_in_one_change_do_not_stand_in_each_others_way() {
    let (table, _) = build(&[("a", "/a"), ("b", "/b")]);
    let (swapped, clashes) = change(&table, &[("a", Some("/b")), ("b", Some("/a"))]);
    assert_eq!(clashes, []);
    each_goes_to(&swapped, &[("GET h/a", "b"), ("GET h/b", "a")]);
}

#[test]
fn an_overlap_is_told_as_long_as_there_is_a_host_where_it_is_one() {
    let (table, clashes) = build(&[("one", "h i GET /a x-a"), ("two", "h i GET /a x-b")]);
    assert_eq!(clashes, [Clash::Overlapping { first: 0, second: 1 }]);
    let (table, clashes) = change(&table, &[("one", Some("i GET /a x-a"))]);
    assert_eq!(clashes, [Clash::Overlapping { first: 0, second: 1 }]);
    let (_, clashes) = change(&table, &[("one", Some("j GET /a x-a"))]);
    assert_eq!(clashes, []);
}

#[test]
fn nothing_is_left_of_what_went() {
    let (table, _) = build(&[("a", "h *.h /a/{b}/c"), ("b", "/a/…"), ("c", "h ~/x.*"), ("d", "h ~/y.*")]);
    let (empty, _) = change(&table, &[("a", None), ("b", None), ("c", None), ("d", None)]);
    assert!(empty.hosts.is_empty() && empty.wildcards.is_empty() && empty.any.is_empty());
    assert!(empty.places.is_empty() && empty.overlaps.is_empty());
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

    /// Of a route, with or without a host, a method and a field; or of none.
    fn description() -> impl Strategy<Value = Option<String>> {
        let path = prop_oneof![
            3 => prop::collection::vec(segment(), 0..3).prop_map(|segments| {
                let segments = segments.iter().enumerate().map(|(place, segment)| segment.replace('x', &format!("p{place}")));
                format!("/{}", segments.collect::<Vec<_>>().join("/"))
            }),
            2 => prop::collection::vec("[ab]", 0..2).prop_map(|it| if it.is_empty() { "/…".to_owned() } else { format!("/{}/…", it.join("/")) }),
            1 => prop_oneof![Just("~/a.*".to_owned()), Just("~/b.*".to_owned()), Just("~/.*".to_owned())],
        ];
        let word = |word: &'static str| prop_oneof![Just(""), Just(word)];
        let some = (word("h "), word("*.h "), word("GET "), word("x-a "), path);
        let some =
            some.prop_map(|(host, wildcard, method, field, path)| format!("{host}{wildcard}{method}{field}{path}"));
        prop::option::weighted(0.8, some)
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

        /// However a table came about, it finds what one does that is made of the same routes at once, and tells the same.
        #[test]
        fn a_table_that_was_changed_is_as_one_that_is_new(
            steps in prop::collection::vec(prop::collection::vec((0..6_usize, description()), 1..4), 1..8),
            paths in prop::collection::vec(prop::collection::vec("[ab]", 0..3), 8),
        ) {
            const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
            let mut table = RouteTable::default();
            let mut routes = std::collections::BTreeMap::new();
            for step in &steps {
                let step: std::collections::BTreeMap<_, _> = step.iter().map(|(name, it)| (NAMES[*name], it.as_deref())).collect();
                let changes: Vec<_> = step.into_iter().collect();
                let (next, clashes) = change(&table, &changes);
                let mut after = routes.clone();
                for (name, it) in changes {
                    match it {
                        Some(it) => drop(after.insert(name, it)),
                        None => drop(after.remove(name)),
                    }
                }
                let all: Vec<_> = after.iter().map(|(name, it)| (*name, *it)).collect();
                let (new, clashes_of_new) = build(&all);
                let faults = |clashes: &[Clash]| clashes.iter().filter(|it| !matches!(it, Clash::Overlapping { .. })).count();
                prop_assert_eq!(faults(&clashes) > 0, faults(&clashes_of_new) > 0);
                if faults(&clashes) > 0 {
                    // It is never served, so nothing is built on it.
                    continue;
                }
                (table, routes) = (next, after);
                let named = |table: &RouteTable| {
                    let name = |place: usize| table.get(place).unwrap().name.to_string();
                    let mut pairs: Vec<_> = table.overlaps.keys().map(|(first, second)| (name(*first), name(*second))).collect();
                    pairs.sort();
                    pairs
                };
                prop_assert_eq!(named(&table), named(&new));
                for (path, method) in paths.iter().flat_map(|path| ["GET", "PUT"].map(|method| (path.join("/"), method))) {
                    for host in ["h", "i.h", "j"] {
                        let request = format!("{method} {host}/{path} x-a=1");
                        prop_assert_eq!(found(&table, &request), found(&new, &request), "{}", request);
                    }
                }
            }
        }
    }
}
