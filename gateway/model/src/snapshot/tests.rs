use super::*;

fn table(routes: &[(&str, &[&str], &str)]) -> RouteTable {
    let mut table = RouteTable::default();
    for (name, hosts, prefix) in routes {
        let upstream =
            Arc::new(Upstream { name: "u".into(), targets: Vec::new(), timeouts: Default::default(), admission: None });
        let route = Arc::new(CompiledRoute { name: (*name).into(), upstream, chain: Vec::new(), priority: None });
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        table.insert(&hosts, prefix, route).unwrap();
    }
    table
}

#[test]
fn the_exact_host_wins_then_the_longest_prefix_of_whole_segments() {
    let table = table(&[
        ("root", &[], "/"),
        ("orders", &[], "/orders"),
        ("order-items", &[], "/orders/items/"),
        ("shop", &["shop.example", "www.shop.example"], "/shop"),
    ]);
    for (host, path, expected) in [
        ("any", "/", "root"),
        ("any", "/orders", "orders"),
        ("any", "/orders/", "orders"),
        ("any", "/orders/7", "orders"),
        ("any", "/ordersx", "root"),
        ("any", "/orders/items", "order-items"),
        ("any", "/orders/items/1/2/3/4", "order-items"),
        ("any", "/orders/itemsx", "orders"),
        ("shop.example", "/shop/1", "shop"),
        ("www.shop.example", "/shop", "shop"),
        ("shop.example", "/orders", "orders"),
        ("any", "/shop", "root"),
        ("any", "*", "root"),
    ] {
        let found = table.find(host, path).map(|route| route.name.as_ref());
        let expected = (path != "*").then_some(expected);
        assert_eq!(found, expected, "{host} {path}");
    }
}

#[test]
fn a_table_without_a_root_answers_only_its_prefixes() {
    let table = table(&[("orders", &["a.example"], "/orders")]);
    assert!(table.find("a.example", "/").is_none());
    assert!(table.find("b.example", "/orders").is_none());
    assert!(table.find("a.example", "//orders").is_none());
}

#[test]
fn a_second_route_at_the_same_place_is_refused_with_the_first() {
    let mut table = table(&[("first", &["a.example"], "/orders")]);
    let upstream =
        Arc::new(Upstream { name: "u".into(), targets: Vec::new(), timeouts: Default::default(), admission: None });
    let second = Arc::new(CompiledRoute { name: "second".into(), upstream, chain: Vec::new(), priority: None });
    let taken = table.insert(&["a.example".into()], "/orders/", second).unwrap_err();
    assert_eq!(taken.name.as_ref(), "first");
}
