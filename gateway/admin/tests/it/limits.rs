//! What is too much is refused, and quickly.

use std::time::{Duration, Instant};

use axum::body::Body;
use serde_json::{Value, json};

use crate::gateway::Gateway;

async fn refused(gateway: &Gateway, what: &str, query: String) -> Value {
    let body = json!({ "query": query }).to_string();
    let begun = Instant::now();
    let answer = gateway.post("application/json", body).await;
    let taken = begun.elapsed();
    assert_eq!(answer.status, 400, "{what}: {}", answer.text);
    // Debug builds and a busy machine are slow; what these queries would cost unguarded is minutes.
    assert!(taken < Duration::from_secs(2), "{what} took {taken:?}");
    answer.json()
}

#[tokio::test]
async fn bombs_are_refused_before_they_go_off() {
    let gateway = Gateway::start().await;
    let nest = |field: &str, times: usize| {
        format!("{{ {} currentRevision {} }}", format!("{field} {{ ").repeat(times), "} ".repeat(times))
    };
    let doubling: String = (0..30)
        .map(|n| format!("fragment f{n} on Query {{ ...f{} ...f{} }} ", n + 1, n + 1))
        .chain(["fragment f30 on Query { currentRevision }".to_owned()])
        .collect();
    let aliases: String = (0..1_000).map(|n| format!("a{n}: currentRevision ")).collect();
    let mutations: String =
        (0..100).map(|n| format!("m{n}: deleteRoute(input: {{ name: \"a\" }}) {{ revision }} ")).collect();
    for (what, query) in [
        ("doubling fragments", format!("{{ ...f0 }} {doubling}")),
        ("fragments in a circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".to_owned()),
        ("aliases", format!("{{ {aliases} }}")),
        ("mutations", format!("mutation {{ {mutations} }}")),
        ("depth", nest("routes { nodes { upstream { routes { nodes { upstream", 5)),
        ("brackets", "{a".repeat(30_000)),
        ("lists in a value", format!("{{ route(name: {}1) }}", "[".repeat(30_000))),
        ("directives", format!("{{ currentRevision {} }}", "@skip(if: false) ".repeat(200))),
        ("tokens", format!("{{ {} }}", "currentRevision ".repeat(4_000))),
        ("introspection", nest("__schema { types { fields { type { fields { type { fields", 1)),
    ] {
        refused(&gateway, what, query).await;
    }
}

#[tokio::test]
async fn the_largest_allowed_query_is_answered_quickly() {
    let gateway = Gateway::start().await.with_route().await;
    let begun = Instant::now();
    gateway.query(&format!("{{ routes {{ nodes {{ {} }} }} }}", "name ".repeat(1_990))).await;
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn lists_inside_lists_cost_their_product() {
    let gateway = Gateway::start().await.with_route().await;
    let nodes = |fields: &str| format!("routes(first: 100) {{ nodes {{ name upstream {{ {fields} }} }} }}");
    let two = nodes("name");
    let four = nodes(&nodes(&nodes("name")));
    gateway.query(&format!("{{ {two} }}")).await;
    let body = refused(&gateway, "four levels of a hundred", format!("{{ {four} }}")).await;
    assert_eq!(body["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn a_hundred_routes_with_upstreams_and_plugins_are_one_query() {
    let gateway = Gateway::start().await.with_route().await;
    let query = "{ routes(first: 100) { nodes { id name hosts pathPrefix upstream { name targets { address } } \
        attachments { nodes { name order plugin { name module { version } } } } } } }";
    assert_eq!(gateway.query(query).await["routes"]["nodes"][0]["name"], "orders");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_whether_announced_or_not() {
    let gateway = Gateway::start().await;
    let body = vec![b' '; 1024 * 1024 + 1];
    let announced = gateway.request("POST", "/graphql").header("content-type", "application/json");
    let announced = announced.header("content-length", body.len()).body(Body::empty()).unwrap();
    assert_eq!(gateway.send(announced).await.status, 413);
    assert_eq!(gateway.post("application/json", body).await.status, 413);
}

#[tokio::test]
async fn numbers_at_the_edge_of_their_types_are_answered_not_failed() {
    let gateway = Gateway::start().await.with_route().await;
    // Cursors that carry the number 18446744073709551615, and one beyond.
    let (most, beyond) = ("MTg0NDY3NDQwNzM3MDk1NTE2MTU", "MTg0NDY3NDQwNzM3MDk1NTE2MTY");
    for (query, code) in [
        ("{ revision(number: 9223372036854775807) { number } }".to_owned(), None),
        (format!("{{ revisions(after: \"{most}\") {{ nodes {{ number }} }} }}"), None),
        (format!("{{ revisions(before: \"{most}\") {{ nodes {{ number }} }} }}"), None),
        (format!("{{ audit(after: \"{most}\") {{ nodes {{ action }} }} }}"), None),
        (format!("{{ audit(after: \"{beyond}\") {{ nodes {{ action }} }} }}"), Some("BAD_USER_INPUT")),
        ("{ revision(number: -1) { number } }".to_owned(), Some("BAD_USER_INPUT")),
        ("{ routes(first: 2147483647) { nodes { name } } }".to_owned(), None),
        ("{ routes(first: 2147483648) { nodes { name } } }".to_owned(), Some("GRAPHQL_VALIDATION_FAILED")),
        ("{ routes(first: -2147483648) { nodes { name } } }".to_owned(), Some("BAD_USER_INPUT")),
    ] {
        let answer = gateway.graphql(&query, Value::Null).await;
        let told = answer["errors"][0]["extensions"]["code"].as_str();
        assert_eq!(told, code, "{query}: {answer}");
    }
    for rate in ["1e999", "-1e999", "1e308", "-0.0", "5e-324"] {
        let query = format!(
            "mutation {{ createUsagePlan(input: {{ name: \"edge\", throttle: {{ rateLimit: {rate}, burstLimit: 1 }} }}) \
            {{ userErrors {{ path }} }} }}"
        );
        let answer = gateway.graphql(&query, Value::Null).await;
        let refused = answer["data"]["createUsagePlan"]["userErrors"][0]["path"].is_array();
        assert!(refused || answer["errors"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED", "{rate}: {answer}");
    }
}
