//! What is said about grants beside a change.

use gateway_model::{Code, Edit};
use serde_json::{Value, json};

use crate::{
    policy::Policy,
    service::Service,
    testing::{Home, alice, change, module_that_says, put, refusals},
};

/// A service with a module that imports these interfaces, named `p`.
async fn service(home: &Home, imports: Value, schema: Value) -> Service {
    let service = home.open_with(Policy { stores: ["sessions".to_owned()].into(), ..Policy::default() }).await;
    let wasm = module_that_says(json!({"name": "paper", "schema": schema, "imports": imports}));
    let digest = service.upload(&alice(), wasm, None).await.unwrap().facts.digest.clone();
    change(&service, put(json!({"plugins": [{"name": "p", "digest": digest}]}))).await;
    service
}

fn attachment(grants: Value, config: Value) -> Vec<Edit> {
    put(json!({"attachments": [{"name": "a", "plugin": "p", "grants": grants, "config": config}]}))
}

async fn warnings(service: &Service, edits: Vec<Edit>) -> Vec<(Code, String)> {
    let warnings = change(service, edits).await.warnings;
    warnings.into_iter().map(|warning| (warning.code, warning.path.to_string())).collect()
}

#[tokio::test]
async fn a_grant_that_an_edit_adds_is_told_beside_it_and_not_again() {
    let home = Home::new();
    let imports = json!(["sluice:plugin/kv@0.1.0", "sluice:plugin/cache@0.1.0"]);
    let service = service(&home, imports, json!({})).await;
    assert_eq!(warnings(&service, attachment(json!(["kv:a"]), json!({}))).await, []);
    let widened = warnings(&service, attachment(json!(["kv:b", "cache", "kv:a"]), json!({}))).await;
    let place = |index: usize| (Code::GrantWidened, format!("attachments.a.grants.{index}"));
    assert_eq!(widened, [place(0), place(1)]);
    assert_eq!(warnings(&service, attachment(json!(["kv:b"]), json!({}))).await, []);
}

#[tokio::test]
async fn a_grant_that_the_plugin_cannot_use_is_told() {
    let home = Home::new();
    let schema = json!({"properties": {"key": {"type": "string", "format": "secret"}}});
    let service = service(&home, json!(["sluice:plugin/crypto@0.1.0", "sluice:plugin/kv-remote@0.1.0"]), schema).await;
    let grants = json!(["identity", "kv:a", "secret:used", "secret:idle", "store:sessions", "store:gone"]);
    let said = warnings(&service, attachment(grants, json!({"key": "used"}))).await;
    let at = |code: Code, index: usize| (code, format!("attachments.a.grants.{index}"));
    let unused = Code::GrantUnused;
    assert_eq!(said, [at(unused, 0), at(unused, 1), at(unused, 3), at(Code::StoreMissing, 5)]);
}

#[tokio::test]
async fn who_says_who_calls_is_told_not_to_fail_open() {
    let home = Home::new();
    let service = service(&home, json!(["sluice:plugin/identity@0.1.0", "sluice:plugin/kv@0.1.0"]), json!({})).await;
    let attachment = |grants: Value, on_failure: &str| {
        let attachment = json!({"name": "a", "plugin": "p", "grants": grants, "onFailure": on_failure});
        put(json!({"attachments": [attachment]}))
    };
    let open = [(Code::Advice, "attachments.a.onFailure".to_owned())];
    assert_eq!(warnings(&service, attachment(json!(["identity"]), "open")).await, open);
    assert_eq!(warnings(&service, attachment(json!(["identity"]), "closed")).await, []);
    assert_eq!(warnings(&service, attachment(json!([]), "open")).await, []);
}

#[tokio::test]
async fn a_secret_that_is_named_but_not_granted_is_refused_at_its_place() {
    let home = Home::new();
    let schema = json!({"properties": {"keys": {"items": {"type": "string", "format": "secret"}}}});
    let service = service(&home, json!(["sluice:plugin/crypto@0.1.0"]), schema).await;
    let refused = refusals(&service, attachment(json!(["secret:a"]), json!({"keys": ["a", "b"]}))).await;
    let expected = "error at attachments.a.config.keys.1: the secret is not granted: add the grant secret:b, or name one that is granted";
    assert_eq!(refused, [expected]);
}

#[tokio::test]
async fn a_plan_that_nodes_are_to_count_together_is_told_what_it_does_where_no_store_is_set() {
    let home = Home::new();
    let plan = |counting: &str| {
        put(
            json!({"usagePlans": [{"name": "gold", "throttle": {"rateLimit": 1.0, "burstLimit": 1}, "counting": counting}]}),
        )
    };
    let alone = home.open().await;
    let expected = (Code::StoreMissing, "usagePlans.gold.counting".to_owned());
    assert_eq!(warnings(&alone, plan("EXACT")).await, [expected]);
    assert_eq!(warnings(&alone, plan("LOCAL")).await, []);
    drop(alone);
    let together = home.open_with(Policy { counts_together: true, ..Policy::default() }).await;
    assert_eq!(warnings(&together, plan("LEASED")).await, []);
}
