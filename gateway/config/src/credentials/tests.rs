use gateway_model::{KeyDigest, Password};

use super::*;
use crate::{policy::Policy, testing::Home};

#[tokio::test]
async fn an_issued_key_is_told_apart_by_its_first_characters() {
    let service = Home::new().open().await;
    let IssuedKey { text, record } = service.issue_key();
    assert_eq!(record.display.as_deref(), Some(&text[..8]));
    assert_eq!(KeyDigest::from_hex(&record.key_digest), Some(service.digest_key(&text)));
}

#[tokio::test]
async fn an_installation_may_have_a_prefix_of_its_own() {
    let home = Home::new();
    let service = home.open_with(Policy { key_prefix: "acme_live_".into(), ..Policy::default() }).await;
    let IssuedKey { text, record } = service.issue_key();
    assert_eq!((text.len(), &text[..10]), (10 + 32 + 6, "acme_live_"));
    assert_eq!(record.display.as_deref(), Some(&text[..14]));
}

#[tokio::test]
async fn a_key_is_imported_if_it_could_be_random() {
    let service = Home::new().open().await;
    let imported = service.import_key("0123456789abcdef").unwrap();
    assert_eq!((imported.display.as_deref(), imported.key_digest.len()), (Some("0123"), 64));
    for (key, error) in [
        ("short", KeyImportError::Length(5)),
        ("0123456789abcde", KeyImportError::Length(15)),
        (&"ab".repeat(300), KeyImportError::Length(600)),
        ("0123456789 abcdef", KeyImportError::Characters),
        ("0123456789äbcdef", KeyImportError::Characters),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", KeyImportError::Guessable(1)),
    ] {
        assert_eq!(service.import_key(key), Err(error), "{key}");
        assert!(!error.to_string().contains(key), "{error}");
    }
}

#[tokio::test]
async fn a_password_is_hashed_with_a_salt_of_its_own() {
    let service = Home::new().open().await;
    let hashes =
        [service.hash_password("correct horse".into()).await, service.hash_password("correct horse".into()).await];
    let [one, two] = hashes.map(Result::unwrap);
    assert!(Password::is_hash(&one) && Password::is_hash(&two) && one != two, "{one} {two}");
    for wrong in ["seven77".to_owned(), "x".repeat(1_025)] {
        assert!(
            matches!(service.hash_password(wrong.clone()).await, Err(PasswordError::Length(len)) if len == wrong.len())
        );
    }
}
