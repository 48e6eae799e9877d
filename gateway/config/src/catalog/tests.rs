use serde_json::json;

use super::*;

fn catalog(schema: Value) -> (Catalog, Digest) {
    let digest = Digest::sha256([7; 32]);
    let facts = PluginFacts {
        digest: digest.clone(),
        name: "paper".into(),
        version: "1.0.0".into(),
        description: String::new(),
        default_order: 0,
        config_schema: schema,
        imports: Vec::new(),
        hooks: Vec::new(),
        needs: Vec::new(),
        size: 0,
    };
    let catalog = Catalog::default();
    let stored = StoredModule { facts: Arc::new(facts), uploaded_at_ms: 0, uploaded_by: None, signer: None };
    catalog.add([stored]);
    (catalog, digest)
}

fn check(schema: Value, config: Value) -> Vec<(String, String)> {
    let (catalog, digest) = catalog(schema);
    let found = catalog.check_config(&digest, &config);
    found.into_iter().map(|(path, message)| (path.to_string(), message)).collect()
}

#[test]
fn every_mistake_in_a_configuration_is_told_at_its_place() {
    let schema = json!({
        "type": "object",
        "required": ["issuer"],
        "additionalProperties": false,
        "properties": {
            "issuer": {"type": "string"},
            "keys": {"type": "array", "items": {"$ref": "#/$defs/key"}},
            "level": {"enum": ["low", "high"]},
        },
        "$defs": {"key": {"type": "object", "properties": {"bits": {"minimum": 2048}}}},
    });
    let config = json!({"keys": [{}, {"bits": 512}], "level": "hihg", "lvl": 1});
    let mut found = check(schema, config);
    found.sort();
    let expected = [
        ("issuer", "missing: it is required"),
        ("keys.1.bits", "give at least 2048, not 512"),
        ("level", r#"did you mean "high"? Give one of "low", "high""#),
        ("lvl", "unknown: did you mean level? The known members are issuer, keys, level"),
    ];
    assert_eq!(found, expected.map(|(path, message)| (path.to_owned(), message.to_owned())));
}

#[test]
fn a_text_that_could_be_a_secret_is_not_repeated() {
    let schema = json!({"properties": {"secret": {"minLength": 32}, "keys": {"maxItems": 0}}});
    let found = check(schema, json!({"secret": "hunter2", "keys": ["hunter2"]}));
    assert_eq!(found.len(), 2);
    assert!(!format!("{found:?}").contains("hunter2"), "{found:?}");
}

#[test]
fn a_schema_leads_nowhere_outside_of_itself() {
    for place in ["https://example.com/schema.json", "file:///etc/passwd", "other.json"] {
        let refused = compile_schema(&json!({"properties": {"a": {"$ref": place}}})).unwrap_err();
        assert!(refused.contains("configuration schema"), "{refused}");
    }
    assert!(compile_schema(&json!({"$ref": "#/$defs/a", "$defs": {"a": {}}})).is_ok());
    assert!(compile_schema(&json!({"$ref": "https://json-schema.org/draft/2020-12/schema"})).is_ok());
}

#[test]
fn a_pattern_that_could_backtrack_is_refused() {
    assert!(compile_schema(&json!({"pattern": "^(?=a)b"})).is_err());
    assert!(compile_schema(&json!({"pattern": "^[a-z]+$"})).is_ok());
}

#[test]
fn a_schema_that_is_unusable_refuses_every_configuration() {
    let found = check(json!({"type": "nmber"}), json!({}));
    assert!(found[0].1.contains("the plugin's own schema is unusable"), "{found:?}");
}
