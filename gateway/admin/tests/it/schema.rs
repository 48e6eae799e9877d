//! The schema: committed, complete and described.

use std::{env, fs, path::Path};

use serde_json::Value;

use crate::gateway::Gateway;

const INTROSPECTION: &str = "{ __schema { types { kind name description \
    fields { name description args { name description } } \
    inputFields { name description } enumValues { name description } } } }";

#[test]
fn the_committed_schema_is_the_one_that_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let served = gateway_admin::sdl();
    if env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&file, &served).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == served, "schema.graphql is stale: run this test with UPDATE_SCHEMA=1 and commit the file");
}

#[tokio::test]
async fn every_type_field_argument_and_value_is_described() {
    let gateway = Gateway::start().await;
    let data = gateway.query(INTROSPECTION).await;
    let mut bare = Vec::new();
    for kind in data["__schema"]["types"].as_array().unwrap() {
        let name = kind["name"].as_str().unwrap();
        if !name.starts_with("__") && !["Int", "Float", "String", "Boolean", "ID"].contains(&name) {
            collect_bare(name.to_owned(), kind, &mut bare);
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

fn collect_bare(place: String, thing: &Value, bare: &mut Vec<String>) {
    if thing["description"].as_str().unwrap_or("").is_empty() {
        bare.push(place.clone());
    }
    for part in ["fields", "inputFields", "enumValues", "args"] {
        for inner in thing[part].as_array().into_iter().flatten() {
            collect_bare(format!("{place}.{}", inner["name"].as_str().unwrap()), inner, bare);
        }
    }
}

#[tokio::test]
async fn the_introspection_query_of_common_tools_is_within_the_limits() {
    let gateway = Gateway::start().await;
    let type_ref = (0..9).fold("kind name".to_owned(), |inner, _| format!("kind name ofType {{ {inner} }}"));
    let query = format!(
        "query IntrospectionQuery {{ __schema {{ queryType {{ name }} mutationType {{ name }} subscriptionType {{ name }} \
        types {{ ...FullType }} directives {{ name description locations args {{ ...InputValue }} }} }} }} \
        fragment FullType on __Type {{ kind name description fields(includeDeprecated: true) {{ name description \
        args {{ ...InputValue }} type {{ ...TypeRef }} isDeprecated deprecationReason }} inputFields {{ ...InputValue }} \
        interfaces {{ ...TypeRef }} enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }} \
        possibleTypes {{ ...TypeRef }} }} \
        fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} defaultValue }} \
        fragment TypeRef on __Type {{ {type_ref} }}"
    );
    assert_eq!(gateway.query(&query).await["__schema"]["queryType"]["name"], "Query");
}
