//! Which modules stay, and which may go.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    signature::{Ed25519KeyPair, KeyPair},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use gateway_model::{Digest, Edit};
use gateway_store::{Blobs, Page, action};
use serde_json::json;

use crate::{
    error::{ModuleError, UploadError},
    policy::Policy,
    service::{KEPT_REVISIONS, Service},
    signature::TrustedKeys,
    testing::{Home, alice, change, module, put, refusals, uploaded, upstream},
};

fn plugin(name: &str, digest: &Digest) -> Vec<Edit> {
    put(json!({"plugins": [{"name": name, "digest": digest}]}))
}

async fn digests(service: &Service) -> Vec<Digest> {
    service.modules().iter().map(|module| module.facts.digest.clone()).collect()
}

#[tokio::test]
async fn a_module_is_deleted_once_no_rollback_can_need_it() {
    let home = Home::new();
    let service = home.open().await;
    let old = uploaded(&service, json!({"title": "old"})).await.digest.clone();
    let new = uploaded(&service, json!({"title": "new"})).await.digest.clone();
    change(&service, plugin("p", &old)).await;
    assert!(matches!(service.delete_module(&alice(), &old).await, Err(ModuleError::InUse(name)) if name == "p"));

    change(&service, plugin("p", &new)).await;
    let refused = service.delete_module(&alice(), &old).await;
    assert!(matches!(refused, Err(ModuleError::InHistory { revision: 2 })), "{refused:?}");
    for port in 1..KEPT_REVISIONS {
        change(&service, vec![upstream("shop", port)]).await;
    }
    let refused = service.delete_module(&alice(), &old).await.unwrap_err().to_string();
    assert!(refused.contains("revision 2 names it") && refused.contains("once revision 102 is reached"), "{refused}");
    change(&service, vec![upstream("shop", 9_000)]).await;
    service.delete_module(&alice(), &old).await.unwrap();

    assert!(matches!(service.delete_module(&alice(), &old).await, Err(ModuleError::Unknown(_))));
    assert_eq!(digests(&service).await, [new]);
    let audit = service.audit(&Page::first(1)).await.unwrap().items.remove(0);
    assert_eq!((audit.action.as_str(), audit.actor), (action::MODULE_DELETED, alice()));
    let refused = refusals(&service, plugin("p", &old)).await;
    assert_eq!(
        refused,
        [format!("error at plugins.p.digest: {old} is not uploaded: upload the module, then name its digest")]
    );
}

#[tokio::test]
async fn of_too_many_unused_modules_the_oldest_go() {
    let home = Home::new();
    let service = home.open_with(Policy { unused_modules: 2, ..Policy::default() }).await;
    let mut all = Vec::new();
    for number in 0..6 {
        let digest = uploaded(&service, json!({"title": number.to_string()})).await.digest.clone();
        if number == 1 {
            change(&service, plugin("p", &digest)).await;
        }
        all.push(digest);
    }
    // The first is the oldest, the second is in use, and the last is about to be named.
    let kept = [&all[1], &all[3], &all[4], &all[5]].map(Clone::clone);
    assert_eq!(digests(&service).await, kept);
    assert_eq!(home.store().await.modules().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_module_that_another_process_deleted_cannot_be_named() {
    let home = Home::new();
    let (here, there) = (home.open().await, home.open().await);
    let digest = uploaded(&here, json!({})).await.digest.clone();
    change(&there, plugin("p", &digest)).await;
    change(&there, vec![crate::testing::delete(gateway_model::Kind::Plugins, "p")]).await;
    home.store().await.delete_module(&alice(), &digest).await.unwrap();
    assert_eq!(refusals(&there, plugin("p", &digest)).await.len(), 1);
}

#[tokio::test]
async fn with_trusted_keys_a_module_needs_a_signature_of_one() {
    let pair = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let base64 = BASE64_STANDARD.encode(der.as_ref());
    let pem = format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n");
    let home = Home::new();
    // Taken in before signatures were asked for.
    uploaded(&home.open().await, json!({})).await;

    let trusted_keys = TrustedKeys::from_pem([("release", pem.as_bytes())]).unwrap();
    let service = home.open_with(Policy { trusted_keys, ..Policy::default() }).await;
    let wasm = module(json!({}));
    for signature in [None, Some(&[0; 64][..])] {
        let refused = service.upload(&alice(), wasm.clone(), signature).await;
        assert!(matches!(refused, Err(UploadError::Unsigned(_))), "{refused:?}");
    }
    assert_eq!(service.modules()[0].signer, None);
    let signature = pair.sign(&wasm);
    let taken = service.upload(&alice(), wasm, Some(signature.as_ref())).await.unwrap();
    assert_eq!(taken.signer.as_deref(), Some("release"));
    assert_eq!(service.modules(), [taken]);
}
