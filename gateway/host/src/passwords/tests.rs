use std::{
    pin::Pin,
    task::{Context, Waker},
};

use gateway_model::{DocumentFile, NoModules, compile};
use serde_json::{Value, json};

use super::*;

/// The hash of a password, with a salt of one byte sixteen times.
fn hash(password: &str, salt: u8) -> String {
    let mut hash = [0; 32];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, Some(32)).unwrap());
    argon2.hash_password_into(password.as_bytes(), &[salt; 16], &mut hash).unwrap();
    let [salt, hash] = [&[salt; 16][..], &hash].map(|bytes| BASE64_STANDARD_NO_PAD.encode(bytes));
    format!("{}{salt}${hash}", Password::PARAMETERS)
}

fn credentials(list: Value) -> Arc<Credentials> {
    let document = json!({"consumers": [{"name": "acme"}], "credentials": list});
    let file: DocumentFile = serde_json::from_value(document).unwrap();
    compile(&file.into_document().unwrap(), 1, &NoModules).unwrap().snapshot.credentials
}

async fn verify(passwords: &Passwords, known: &Credentials, username: &str, password: &str) -> Option<String> {
    let seats = Semaphore::new(1);
    let found = passwords.verify(known, username, password.to_owned(), &seats, || 1_000).await.unwrap();
    found.map(|credential| credential.name.to_string())
}

/// Whether the future is not ready when it is polled now.
fn waits<T>(future: Pin<&mut impl Future<Output = T>>) -> bool {
    future.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}

#[test]
fn a_password_is_right_to_the_last_byte() {
    assert!(is_of("correct horse", &hash("correct horse", 7)));
    for (password, hash) in [
        ("correct hors", hash("correct horse", 7)),
        ("", hash("correct horse", 7)),
        ("correct horse", "nonsense".to_owned()),
    ] {
        assert!(!is_of(password, &hash), "{password}");
    }
}

#[tokio::test]
async fn a_password_says_whose_it_is_and_nothing_else_does() {
    let passwords = Passwords::default();
    let known = credentials(json!([
        {"name": "acme-1", "consumer": "acme", "username": "batch", "passwordHash": hash("correct horse", 1)},
        {"name": "acme-2", "consumer": "acme", "username": "gone", "passwordHash": hash("correct horse", 2), "enabled": false},
        {"name": "acme-3", "consumer": "acme", "username": "old", "passwordHash": hash("correct horse", 3), "expiresAt": "1970-01-01T00:00:01Z"},
    ]));
    assert_eq!(verify(&passwords, &known, "batch", "correct horse").await.as_deref(), Some("acme-1"));
    for (username, password) in [
        ("batch", "wrong horse"),
        ("batchcorrect", " horse"),
        ("gone", "correct horse"),
        ("old", "correct horse"),
        ("nobody", "correct horse"),
        (&"u".repeat(256), "correct horse"),
        ("batch", &"p".repeat(1_025)),
    ] {
        assert_eq!(verify(&passwords, &known, username, password).await, None, "{username}");
    }
}

#[tokio::test]
async fn a_busy_client_pays_once_until_its_password_changes() {
    let passwords = Passwords::default();
    let with = |salt| {
        credentials(json!([{"name": "acme-1", "consumer": "acme", "passwordHash": hash("correct horse", salt)}]))
    };
    let known = with(1);
    verify(&passwords, &known, "acme", "correct horse").await.unwrap();
    let all = passwords.places.clone().acquire_many_owned(passwords.places.available_permits() as u32).await.unwrap();
    // Nobody can verify now, and the client is known all the same.
    assert!(verify(&passwords, &known, "acme", "correct horse").await.is_some());
    let changed = with(2);
    let mut asked = Box::pin(verify(&passwords, &changed, "acme", "correct horse"));
    assert!(waits(asked.as_mut()), "the password was set anew: it is looked at again");
    drop(all);
    assert!(asked.await.is_some());
    let gone = credentials(json!([]));
    assert!(verify(&passwords, &gone, "acme", "correct horse").await.is_none(), "a deleted one is dropped at once");
}

#[tokio::test]
async fn more_passwords_than_may_wait_are_told_so() {
    let passwords = Passwords::default();
    let known = credentials(json!([]));
    let all = passwords.places.clone().acquire_many_owned(passwords.places.available_permits() as u32).await.unwrap();
    let seats = Semaphore::new(2 * WAITING);
    let mut waiting = Vec::new();
    for _ in 0..WAITING {
        let mut asked = Box::pin(passwords.verify(&known, "nobody", "guess".to_owned(), &seats, || 0));
        assert!(waits(asked.as_mut()));
        waiting.push(asked);
    }
    let beyond = passwords.verify(&known, "nobody", "guess".to_owned(), &seats, || 0).await;
    assert!(matches!(beyond, Err(HostError::Limit(_))), "{beyond:?}");
    drop(waiting);
    drop(all);
    assert_eq!(verify(&passwords, &known, "nobody", "guess").await, None, "who gave up makes room");
}

#[tokio::test]
async fn whoever_shares_seats_finds_one_unless_it_need_not_wait() {
    let passwords = Passwords::default();
    let known = credentials(json!([{"name": "acme-1", "consumer": "acme", "passwordHash": hash("correct horse", 1)}]));
    verify(&passwords, &known, "acme", "correct horse").await.unwrap();
    let all = passwords.places.clone().acquire_many_owned(passwords.places.available_permits() as u32).await.unwrap();
    let seats = Semaphore::new(1);
    let ask = |password: &str| passwords.verify(&known, "acme", password.to_owned(), &seats, || 0);
    let mut waiting = Box::pin(ask("guess"));
    assert!(waits(waiting.as_mut()));
    let beyond = ask("guess").await;
    assert!(matches!(beyond, Err(HostError::Limit(_))), "{beyond:?}");
    assert!(ask("correct horse").await.unwrap().is_some(), "a busy client is not concerned");
    drop(all);
    assert!(waiting.await.unwrap().is_none());
    assert_eq!(seats.available_permits(), 1);
}

/// Not by the clock, which a busy machine bends: by the work, which is done in one place only.
#[tokio::test]
async fn a_user_that_nobody_has_costs_the_same_work() {
    let passwords = Passwords::default();
    let known = credentials(json!([
        {"name": "a", "consumer": "acme", "passwordHash": hash("correct horse", 1)},
        {"name": "b", "consumer": "acme", "username": "gone", "passwordHash": hash("correct horse", 2), "enabled": false},
    ]));
    let places = passwords.places.available_permits() as u32;
    for username in ["acme", "nobody", "gone"] {
        let all = passwords.places.clone().acquire_many_owned(places).await.unwrap();
        let mut asked = Box::pin(verify(&passwords, &known, username, "wrong horse"));
        assert!(waits(asked.as_mut()), "{username} is answered without work");
        drop(all);
        assert_eq!(asked.await, None);
    }
    assert!(Password::is_hash(&NOBODYS), "it is hashed with the same parameters");
}
