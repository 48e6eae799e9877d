use gateway_store::{Page, action};

use super::*;
use crate::{
    credentials::IssuedKey,
    service::key_hash_secret,
    testing::{Home, alice, assert_hidden},
};

#[tokio::test]
async fn a_token_says_who_acts() {
    let home = Home::new();
    let service = home.open().await;
    let text = service.create_token(&alice(), "ci").await.unwrap();
    assert_eq!(service.authenticate(&text).await.unwrap(), Some(Actor { name: "ci".into() }));
    assert_eq!(home.open().await.authenticate(&text).await.unwrap(), Some(Actor { name: "ci".into() }));
}

#[tokio::test]
async fn what_is_no_token_lets_nobody_in() {
    let home = Home::new();
    let service = home.open().await;
    let text = service.create_token(&alice(), "ci").await.unwrap();
    let key = service.issue_key().text;
    let unknown = keys::issue(keys::ADMIN_TOKEN);
    for wrong in ["", "ci", &text[1..], &format!("{text} "), &key, &unknown, &"é".repeat(21)] {
        assert_eq!(service.authenticate(wrong).await.unwrap(), None, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_deleted_token_lets_nobody_in_from_then_on() {
    let home = Home::new();
    let (here, there) = (home.open().await, home.open().await);
    let text = here.create_token(&alice(), "ci").await.unwrap();
    assert!(there.authenticate(&text).await.unwrap().is_some());
    assert!(here.delete_token(&alice(), "ci").await.unwrap());
    assert!(there.authenticate(&text).await.unwrap().is_none());
    assert!(!here.delete_token(&alice(), "ci").await.unwrap());
}

#[tokio::test]
async fn the_first_token_is_made_once() {
    let home = Home::new();
    let service = home.open().await;
    let text = service.bootstrap_token().await.unwrap().unwrap();
    assert_eq!(service.authenticate(&text).await.unwrap(), Some(Actor { name: "first".into() }));
    assert_eq!(service.bootstrap_token().await.unwrap(), None);
    assert_eq!(home.open().await.bootstrap_token().await.unwrap(), None);
}

#[tokio::test]
async fn a_token_needs_a_name_of_its_own() {
    let home = Home::new();
    let service = home.open().await;
    service.create_token(&alice(), "ci").await.unwrap();
    let refusal = async |name: &str| service.create_token(&alice(), name).await.unwrap_err().to_string();
    assert!(refusal("No Name").await.contains(r#""No Name" is not a name"#));
    assert_eq!(refusal("system").await, r#""system" is what the gateway itself is called: choose another name"#);
    assert_eq!(refusal("ci").await, r#"there is a token "ci" already: choose another name, or delete it first"#);
}

#[tokio::test]
async fn tokens_keys_and_secrets_are_shown_nowhere() {
    let home = Home::new();
    let service = home.open().await;
    let text = service.create_token(&alice(), "ci").await.unwrap();
    let IssuedKey { text: key, record } = service.issue_key();
    let digest = service.digest_key(&key);
    let stored = service.tokens().await.unwrap();
    let audit = service.audit(&Page::first(10)).await.unwrap();
    let bytes = [stored[0].digest, service.key_hash_secret(), digest.0].map(|bytes| format!("{bytes:?}"));
    let hexes = [stored[0].digest, service.key_hash_secret()].map(|bytes| gateway_model::KeyDigest(bytes).to_hex());
    let mut secrets = vec![&text[4..], &key[4..]];
    secrets.extend(bytes.iter().map(|list| list.trim_matches(['[', ']'])));
    secrets.extend(hexes.iter().map(String::as_str));
    assert_hidden(&secrets, &(&service, &stored, &audit, digest, record));
    assert_eq!(key_hash_secret(home.store().await.as_ref()).await.unwrap(), service.key_hash_secret());
    assert_eq!(audit.items[0].action, action::TOKEN_CREATED);
    assert_eq!(audit.items[0].detail, r#"admin token "ci""#);
}
