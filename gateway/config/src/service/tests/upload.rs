//! Which modules are taken in.

use gateway_store::{Page, action};
use serde_json::json;

use crate::{
    error::UploadError,
    service::{LARGEST_MODULE, Service},
    testing::{Home, alice, module},
};

async fn refusal(service: &Service, wasm: Vec<u8>) -> String {
    service.upload(&alice(), wasm, None).await.unwrap_err().to_string()
}

#[tokio::test]
async fn a_module_is_known_by_the_sha_256_of_its_bytes() {
    let home = Home::new();
    let service = home.open().await;
    let wasm = module(json!({"type": "object"}));
    let uploaded = service.upload(&alice(), wasm.clone(), None).await.unwrap();
    let facts = &uploaded.facts;
    assert_eq!((facts.name.as_str(), facts.size), ("paper", wasm.len() as u64));
    // As `sha256sum` tells it.
    assert_eq!(facts.digest.as_str(), "sha256:57af5a44cae8a4def47c5ebe19fcbc62381bef298ae2f7af1f8bb9b4eb499747");
    assert_eq!(service.module(&facts.digest).await.unwrap(), Some(wasm));
    assert_eq!(uploaded.uploaded_by, Some(alice()));
    assert_eq!(service.modules(), [uploaded]);
}

#[tokio::test]
async fn uploading_a_module_again_changes_nothing() {
    let home = Home::new();
    let service = home.open().await;
    let first = service.upload(&alice(), module(json!({})), None).await.unwrap();
    assert_eq!(service.upload(&alice(), module(json!({})), None).await.unwrap(), first);
    let audit = service.audit(&Page::first(10)).await.unwrap().items;
    assert_eq!(audit.len(), 1);
    assert_eq!((audit[0].action.as_str(), &audit[0].actor), (action::MODULE_UPLOADED, &alice()));
    assert_eq!(audit[0].detail, format!("paper 1.0.0 ({})", first.facts.digest));
}

#[tokio::test]
async fn what_is_no_plugin_module_is_refused_with_the_remedy() {
    let home = Home::new();
    let service = home.open().await;
    assert!(refusal(&service, b"MZ".to_vec()).await.contains("this is no WebAssembly module"));
    assert!(refusal(&service, b"\0asm\x0d\0\x01\0".to_vec()).await.contains("plugins are core modules"));
    assert_eq!(refusal(&service, b"\0asm\x01\0\0\0".to_vec()).await, "the module is refused: it exports no describe");
    let large = service.upload(&alice(), vec![0; LARGEST_MODULE + 1], None).await;
    assert!(matches!(large, Err(UploadError::TooLarge { .. })), "{large:?}");
    assert!(service.modules().is_empty());
    assert!(service.audit(&Page::first(10)).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn a_module_whose_schema_is_none_is_refused() {
    let home = Home::new();
    let service = home.open().await;
    let refused = refusal(&service, module(json!({"properties": {"level": {"type": "nmber"}}}))).await;
    assert!(refused.contains("/properties/level/type"), "{refused}");
    assert!(service.modules().is_empty());
}
