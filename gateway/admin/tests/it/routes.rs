//! What routes match and what becomes of their requests, as admins set it.

use serde_json::{Value, json};

use crate::gateway::Gateway;

const ROUTE: &str = "userErrors { path message } warnings { code path }
    route {
        hosts path pathPrefix pathRegex methods headers { name value regex } query { name value regex }
        upstream { name } split { upstream { name } weight } redirect { status scheme host path pathPrefix }
        respond { status headers { name value } body } rewrite { path pathPrefix host }
        requestHeaders { set { name value } add { name value } remove } responseHeaders { set { name value } remove }
    }";

fn edits(name: &str) -> Value {
    json!({ "set": [{ "name": name, "value": "1" }], "remove": ["x-old"] })
}

#[tokio::test]
async fn everything_that_a_route_may_have_is_read_as_it_was_written() {
    let gateway = Gateway::start().await.with_route().await;
    let given = json!({
        "name": "items", "hosts": ["*.example.com"], "path": "/items/{id}", "methods": ["GET", "HEAD"],
        "headers": [{ "name": "x-region", "value": "eu" }, { "name": "x-beta" }], "query": [{ "name": "v", "regex": "[12]" }],
        "split": [{ "upstream": "orders", "weight": 9 }], "rewrite": { "path": "/v2/{id}", "host": "items.internal" },
        "requestHeaders": edits("x-new"), "responseHeaders": edits("x-seen"),
    });
    let created = gateway.mutate("createRoute", given, ROUTE).await;
    let expected = json!({
        "hosts": ["*.example.com"], "path": "/items/{id}", "pathPrefix": null, "pathRegex": null, "methods": ["GET", "HEAD"],
        "headers": [{ "name": "x-region", "value": "eu", "regex": null }, { "name": "x-beta", "value": null, "regex": null }],
        "query": [{ "name": "v", "value": null, "regex": "[12]" }],
        "upstream": null, "split": [{ "upstream": { "name": "orders" }, "weight": 9 }], "redirect": null, "respond": null,
        "rewrite": { "path": "/v2/{id}", "pathPrefix": null, "host": "items.internal" },
        "requestHeaders": { "set": [{ "name": "x-new", "value": "1" }], "add": [], "remove": ["x-old"] },
        "responseHeaders": { "set": [{ "name": "x-seen", "value": "1" }], "remove": ["x-old"] },
    });
    assert_eq!((&created["userErrors"], &created["route"]), (&json!([]), &expected));
    let through = gateway.query("{ upstream(name: \"orders\") { routes(first: 5) { nodes { name } } } }").await;
    assert_eq!(through["upstream"]["routes"]["nodes"], json!([{ "name": "items" }, { "name": "orders" }]));
}

#[tokio::test]
async fn another_path_and_another_action_take_the_place_of_those_before() {
    let gateway = Gateway::start().await.with_route().await;
    for (change, field, expected) in [
        (json!({ "pathRegex": "/o.*" }), "pathRegex", json!("/o.*")),
        (json!({ "path": "/orders" }), "path", json!("/orders")),
        (json!({ "path": null }), "pathPrefix", json!("/")),
        (json!({ "redirect": { "scheme": "https" } }), "upstream", json!(null)),
        (json!({ "respond": { "status": 404 } }), "redirect", json!(null)),
        (json!({ "upstream": "orders" }), "respond", json!(null)),
        (json!({ "methods": ["GET"] }), "methods", json!(["GET"])),
        (json!({ "methods": null }), "methods", json!([])),
    ] {
        let mut input = change.clone();
        input["name"] = json!("orders");
        let updated = gateway.mutate("updateRoute", input, ROUTE).await;
        assert_eq!((&updated["userErrors"], &updated["route"][field]), (&json!([]), &expected), "{change}: {updated}");
    }
}

#[tokio::test]
async fn routes_in_each_others_way_are_told_when_they_are_saved() {
    let gateway = Gateway::start().await.with_route().await;
    for name in ["one", "two"] {
        let header = json!([{ "name": format!("x-{name}") }]);
        let input = json!({ "name": name, "pathPrefix": "/x", "upstream": "orders", "headers": header });
        let created = gateway.mutate("createRoute", input, ROUTE).await;
        let expected = match name {
            "one" => json!([]),
            _ => json!([{ "code": "ROUTE_OVERLAPS", "path": ["routes", "two"] }]),
        };
        assert_eq!((&created["userErrors"], &created["warnings"]), (&json!([]), &expected), "{created}");
    }
}
