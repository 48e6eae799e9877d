//! GraphQL over HTTP: methods, media types and status codes.

use axum::body::Body;
use serde_json::{Value, json};

use crate::gateway::Gateway;

const NEW: &str = "application/graphql-response+json";

#[tokio::test]
async fn the_response_type_is_the_one_that_the_client_names() {
    let gateway = Gateway::start().await;
    for (accept, status, content_type) in [
        (NEW, 200, NEW),
        ("application/json", 200, "application/json"),
        ("*/*", 200, "application/json"),
        ("image/png", 406, NEW),
    ] {
        let request =
            gateway.request("POST", "/graphql").header("accept", accept).header("content-type", "application/json");
        let answer = gateway.send(request.body(r#"{"query":"{ currentRevision }"}"#.into()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (status, content_type), "{accept}");
    }
}

#[tokio::test]
async fn only_json_objects_are_read() {
    let gateway = Gateway::start().await;
    let good = r#"{"query":"{ currentRevision }","unknown":1,"extensions":{}}"#;
    for (content_type, body, status) in [
        ("application/json", good, 200),
        ("application/json; charset=utf-8", good, 200),
        ("text/plain", good, 415),
        ("application/x-www-form-urlencoded", "query={currentRevision}", 415),
        ("multipart/form-data; boundary=x", "--x--", 415),
        ("application/json", "{ currentRevision }", 400),
        ("application/json", r#"[{"query":"{ currentRevision }"}]"#, 400),
        ("application/json", r#"{"variables":{}}"#, 400),
        ("application/json", r#"{"query":"{ currentRevision }","variables":[]}"#, 400),
        ("application/json", "", 400),
    ] {
        let answer = gateway.post(content_type, body).await;
        assert_eq!(answer.status, status, "{content_type} {body}: {}", answer.text);
    }
    let nothing = gateway.send(gateway.request("POST", "/graphql").body(good.into()).unwrap()).await;
    assert_eq!(nothing.status, 415);
}

#[tokio::test]
async fn a_request_that_is_not_executed_has_no_data_and_says_why() {
    let gateway = Gateway::start().await;
    for (query, code) in [
        ("{ currentRevision", "GRAPHQL_PARSE_FAILED"),
        ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ route(name: 7) { name } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { x }", "GRAPHQL_VALIDATION_FAILED"),
        ("query a { currentRevision } query b { currentRevision }", "BAD_USER_INPUT"),
    ] {
        let answer = gateway.post("application/json", json!({ "query": query }).to_string()).await;
        let body = answer.json();
        assert_eq!(answer.status, 400, "{query}");
        assert_eq!(body.get("data"), None, "{query}");
        assert_eq!(body["errors"][0]["extensions"]["code"], code, "{query}");
    }
}

#[tokio::test]
async fn the_operation_is_chosen_by_name() {
    let gateway = Gateway::start().await;
    let query = "query a { a: currentRevision } query b { b: currentRevision }";
    let body = json!({ "query": query, "operationName": "b" });
    assert_eq!(gateway.post("application/json", body.to_string()).await.json()["data"], json!({ "b": 0 }));
}

#[tokio::test]
async fn queries_run_over_get_and_mutations_do_not() {
    let gateway = Gateway::start().await.with_route().await;
    let answer = gateway.get("/graphql?query=%7B%20currentRevision%20%7D").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["data"]), (200, &json!({ "currentRevision": 2 })));

    let with_variables =
        "/graphql?query=query(%24n%3AString!)%7Broute(name%3A%24n)%7Bname%7D%7D&variables=%7B%22n%22%3A%22orders%22%7D";
    assert_eq!(gateway.get(with_variables).await.json()["data"]["route"]["name"], "orders");

    let mutation = "/graphql?query=mutation%7BdeleteRoute(input%3A%7Bname%3A%22orders%22%7D)%7Brevision%7D%7D";
    let refused = gateway.get(mutation).await;
    assert_eq!((refused.status.as_u16(), refused.header("allow")), (405, "POST"));
    assert_eq!(gateway.query("{ currentRevision }").await["currentRevision"], 2);

    for path in ["/graphql", "/graphql?query=%7B", "/graphql?query=%7BcurrentRevision%7D&variables=x"] {
        assert_eq!(gateway.get(path).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn other_methods_are_told_which_ones_there_are() {
    let gateway = Gateway::start().await;
    for (method, path, allow) in
        [("PUT", "/graphql", "GET,HEAD,POST"), ("GET", "/plugins", "POST"), ("DELETE", "/metrics", "GET,HEAD")]
    {
        let answer = gateway.send(gateway.request(method, path).body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, allow), "{method} {path}");
    }
    let nowhere = gateway.get("/nowhere").await;
    assert_eq!((nowhere.status.as_u16(), nowhere.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn an_error_in_one_mutation_leaves_the_others_their_answers() {
    let gateway = Gateway::start().await.with_route().await;
    let query = r#"mutation {
        a: updateRoute(input: { name: "orders", hosts: ["a.example"] }) { revision }
        b: updateRoute(input: { name: "orders", hosts: [], expectedRevision: 1 }) { revision }
    }"#;
    let answer = gateway.graphql(query, Value::Null).await;
    assert_eq!(answer["data"], json!({ "a": { "revision": 3 }, "b": null }));
    assert_eq!(answer["errors"][0]["path"], json!(["b"]));
}
