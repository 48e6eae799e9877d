//! Who calls: keys, consumers, tokens, and what it takes to ask.

use std::{
    pin::Pin,
    sync::atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use gateway_model::{
    CertificateName, ClientCertificate, Credentials, DocumentFile, KeyDigest, NoModules, Password, Snapshot, compile,
};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};
use sluice_abi::{
    import::IDENTITY,
    outcome::{Action, Name, Operation},
    wire::{
        self, Algorithm, JwtError, JwtIssuer, JwtKey, JwtPolicy, KeySetSource, KeySource, Token, TokenError,
        TokenIssuer, TokenPolicy, VerifiedToken,
    },
};
use tokio::sync::Notify;

use super::*;
use crate::{
    FailureKind, Fetching, KeyDocument, KeyFetch,
    tests::guest::{DATA, RESULT},
};

const ARGUMENT_TO_RESULT: &str = "(param i32 i32 i32 i32) (result i32)";

/// What the request hook left as its state.
fn state(plugin: &Plugin, request: &mut Request) -> Vec<u8> {
    request.state(plugin)
}

fn snapshot_with_key(key: &str, owner: &Arc<Identity>) -> Arc<Snapshot> {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]), key.as_bytes());
    let digest = KeyDigest(tag.as_ref().try_into().expect("32 bytes"));
    Arc::new(Snapshot {
        identities: Arc::new(HashMap::from([(owner.consumer.clone(), owner.clone())])),
        credentials: Arc::new(Credentials::default().with_key("acme-1", digest, owner)),
        ..Snapshot::default()
    })
}

fn verifies_key(key: &str) -> Guest {
    Guest::new().import(IDENTITY, "verify-api-key", "verify", ARGUMENT_TO_RESULT).data(key.as_bytes()).result_as_state(
        &format!("(call $verify (i32.const {DATA}) (i32.const {}) (i32.const {RESULT}) (i32.const 100))", key.len()),
    )
}

#[test]
fn a_live_key_tells_its_consumer_and_another_one_nothing() {
    let host = host();
    let mut request = Request::new();
    request.snapshot = snapshot_with_key("right", &identity("acme"));
    for (key, expected) in [("right", Some("acme")), ("wrong", None), ("", None)] {
        let plugin = try_configure(&host, &verifies_key(key), &[Grant::Identity]).expect("is configured");
        let found: Option<String> = wire::decode(&state(&plugin, &mut request)).expect("an option");
        assert_eq!(found.as_deref(), expected, "{key}");
    }
}

fn identifies_key(key: &str) -> Guest {
    Guest::new()
        .import(IDENTITY, "identify-api-key", "identify", ARGUMENT_TO_RESULT)
        .data(key.as_bytes())
        .result_as_state(&format!(
            "(call $identify (i32.const {DATA}) (i32.const {}) (i32.const {RESULT}) (i32.const 100))",
            key.len()
        ))
}

fn caller(bytes: &[u8]) -> Option<wire::Caller> {
    wire::decode(bytes).expect("an option of a caller")
}

fn acme(credential: &str) -> Option<wire::Caller> {
    let groups = vec!["partners".to_owned(), "gold".to_owned()];
    Some(wire::Caller { consumer: "acme".into(), credential: credential.into(), groups })
}

fn acme_with_groups() -> Arc<Identity> {
    Arc::new(Identity { groups: vec!["partners".into(), "gold".into()], ..Identity::clone(&identity("acme")) })
}

#[test]
fn a_live_key_tells_all_that_is_known_of_the_caller() {
    let host = host();
    let mut request = Request::new();
    request.snapshot = snapshot_with_key("right", &acme_with_groups());
    for (key, expected) in [("right", acme("acme-1")), ("wrong", None)] {
        let plugin = try_configure(&host, &identifies_key(key), &[Grant::Identity]).expect("is configured");
        assert_eq!(caller(&state(&plugin, &mut request)), expected, "{key}");
    }
    let used = request.snapshot.credentials.last_uses().next().expect("one key").at_ms();
    assert!(used.is_some(), "and its use is noted");
}

fn document(credentials: Value) -> Arc<Snapshot> {
    let consumers = json!([{"name": "acme", "groups": ["partners", "gold"]}]);
    let document = json!({"consumers": consumers, "credentials": credentials});
    let file: DocumentFile = serde_json::from_value(document).expect("a document");
    let document = file.into_document().expect("names are unique");
    Arc::new(compile(&document, 1, &NoModules).expect("compiles").snapshot)
}

#[test]
fn revoked_and_expired_keys_are_unknown() {
    let host = host();
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &[7; 32]), b"right");
    let hex: String = tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    let key = |more: Value| {
        let mut item = json!({"name": "acme-1", "consumer": "acme", "keyDigest": hex});
        item.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        document(json!([item]))
    };
    for (more, known) in [
        (json!({}), true),
        (json!({"expiresAt": "2100-01-01T00:00:00Z"}), true),
        (json!({"expiresAt": "2020-01-01T00:00:00Z"}), false),
        (json!({"enabled": false}), false),
    ] {
        let mut request = Request::new();
        request.snapshot = key(more.clone());
        let plugin = try_configure(&host, &identifies_key("right"), &[Grant::Identity]).expect("is configured");
        assert_eq!(caller(&state(&plugin, &mut request)).is_some(), known, "{more}");
        let plugin = try_configure(&host, &verifies_key("right"), &[Grant::Identity]).expect("is configured");
        let consumer: Option<String> = wire::decode(&state(&plugin, &mut request)).expect("an option");
        assert_eq!(consumer.is_some(), known, "{more}");
    }
}

#[test]
fn a_certificate_says_who_holds_it() {
    let guest = Guest::new()
        .import(IDENTITY, "identify-certificate", "identify", "(param i32 i32) (result i32)")
        .result_as_state(&format!("(call $identify (i32.const {RESULT}) (i32.const 100))"));
    let plugin = try_configure(&host(), &guest, &[Grant::Identity]).expect("is configured");
    let certificate = |name: &str| ClientCertificate {
        names: vec![CertificateName::Dns(name.into())],
        until: u64::MAX,
        ..ClientCertificate::default()
    };
    let known = json!({"name": "c", "consumer": "acme", "certificate": {"dns": "batch.example.com"}});
    let snapshot = document(json!([known]));
    for (held, expected) in [
        (Some(certificate("batch.example.com")), acme("c")),
        (Some(certificate("other.example.com")), None),
        (None, None),
    ] {
        let mut request = Request::new();
        request.snapshot = snapshot.clone();
        request.certificate = held.map(Arc::new);
        assert_eq!(caller(&state(&plugin, &mut request)), expected);
    }
}

fn verifies_password(username: &str, password: &str) -> Guest {
    let data = format!("{username}{password}");
    Guest::new()
        .import(IDENTITY, "verify-password", "verify", "(param i32 i32 i32 i32 i32 i32) (result i32)")
        .data(data.as_bytes())
        .result_as_state(&format!(
            "(call $verify (i32.const {DATA}) (i32.const {}) (i32.const {}) (i32.const {}) (i32.const {RESULT}) (i32.const 100))",
            username.len(),
            DATA + username.len() as u32,
            password.len(),
        ))
}

#[tokio::test]
async fn a_password_is_verified_beside_the_thread_that_serves() {
    // `correct horse` with the salt `salt of the tests`, by the same crate; `passwords` has the tests of the hash itself.
    let mut hash = [0; 32];
    let parameters = argon2::Params::new(19_456, 2, 1, Some(32)).expect("sound");
    let argon2 = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, parameters);
    argon2.hash_password_into(b"correct horse", b"salt of the tests", &mut hash).expect("is hashed");
    let [salt, hash] = [&b"salt of the tests"[..], &hash].map(|bytes| {
        use base64::Engine;
        base64::prelude::BASE64_STANDARD_NO_PAD.encode(bytes)
    });
    let hash = format!("{}{salt}${hash}", Password::PARAMETERS);
    let known = json!({"name": "p", "consumer": "acme", "username": "batch", "passwordHash": hash});
    let snapshot = document(json!([known]));
    let host = host();
    for (username, password, expected) in
        [("batch", "correct horse", acme("p")), ("batch", "wrong", None), ("acme", "correct horse", None)]
    {
        let guest = verifies_password(username, password);
        let plugin = try_configure(&host, &guest, &[Grant::Identity]).expect("is configured");
        assert!(plugin.is_blocking());
        let mut request = Request::new();
        request.snapshot = snapshot.clone();
        let (mut call, visit) = request.parts();
        plugin.on_request_on_fiber(&mut call, visit).await.expect("succeeds");
        let found: Result<Option<wire::Caller>, wire::HostError> =
            wire::decode(&request.visit.state).expect("a result");
        assert_eq!(found, Ok(expected), "{username} {password}");
    }
}

#[test]
fn by_which_credential_a_caller_is_known_is_said_by_who_may_say_who_calls() {
    let guest = Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetAttribute("credential", "acme-1")]);
    let host = host();
    let plugin = try_configure(&host, &guest, &[Grant::Identity]).expect("is configured");
    let mut request = Request::new();
    request.run(&plugin).expect("succeeds");
    assert_eq!(request.attributes.get("credential"), Some("acme-1"));
    let plugin = try_configure(&host, &guest, &[]).expect("is configured");
    let failure = Request::new().run(&plugin).expect_err("fails");
    assert!(failure.message.contains("identity"), "{failure}");
}

#[test]
fn the_snapshot_is_lent_for_the_call_only() {
    let plugin = try_configure(&host(), &verifies_key("k"), &[Grant::Identity]).expect("is configured");
    let mut request = Request::new();
    state(&plugin, &mut request);
    assert_eq!(Arc::strong_count(&request.snapshot), 1);
}

#[test]
fn identity_imports_need_the_grant() {
    let error = try_configure(&host(), &verifies_key("k"), &[]).expect_err("no grant");
    assert_eq!(error, crate::ConfigureError::Grant(Grant::Identity));
}

#[test]
fn a_plugin_with_the_grant_says_who_calls() {
    let guest = Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetConsumer("acme")]);
    let plugin = try_configure(&host(), &guest, &[Grant::Identity]).expect("is configured");
    let mut request = Request::new();
    request.run(&plugin).expect("succeeds");
    assert_eq!(request.consumer, Some(identity("acme")));
}

#[test]
fn a_consumer_that_nobody_knows_fails_the_hook_whole() {
    let operations = [Operation::SetHeader(Name::Inline("x-good"), b"1"), Operation::SetConsumer("nobody")];
    let guest = Guest::new().outcome(Action::Next, 0, b"", &operations);
    let plugin = try_configure(&host(), &guest, &[Grant::Identity]).expect("is configured");
    let mut request = Request::new();
    let failure = request.run(&plugin).expect_err("fails");
    assert_eq!(failure.kind, FailureKind::Malformed);
    assert!(failure.message.contains("\"nobody\""), "{failure}");
    assert!(request.headers.is_empty() && request.consumer.is_none());
}

// === tokens ===

fn policy(source: KeySource) -> JwtPolicy {
    let key = JwtKey { id: None, algorithm: Algorithm::Hs256, source };
    let issuer = JwtIssuer {
        issuer: "https://issuer.example".into(),
        audiences: vec!["orders".into()],
        keys: vec![key],
        consumer_claim: "sub".into(),
    };
    JwtPolicy { issuers: vec![issuer], leeway: 0 }
}

/// Defines `policy` in `configure`, which refuses with the host's words if the host refuses; verifies `token`.
fn verifies_token(policy: &JwtPolicy, token: &str) -> Guest {
    verifies("define-jwt", "verify-jwt", &wire::encode(policy), token)
}

fn verifies(define: &str, verify: &str, policy: &[u8], token: &str) -> Guest {
    let token_at = DATA + policy.len() as u32;
    let data = [policy, token.as_bytes()].concat();
    Guest::new()
        .import(IDENTITY, define, "define", ARGUMENT_TO_RESULT)
        .import(IDENTITY, verify, "verify", "(param i32 i32 i32 i32 i32) (result i32)")
        .data(&data)
        .configure_first(&format!(
            "(local $n i32)
             (local.set $n (call $define
                (i32.const {DATA}) (i32.const {}) (i32.const {RESULT}) (i32.const 1000)))
             (if (i32.load8_u (i32.const {RESULT})) (then
                (memory.copy (i32.const {}) (i32.const {}) (local.get $n))
                (return (i64.or (i64.const 0x3000000)
                    (i64.shl (i64.extend_i32_u (i32.sub (local.get $n) (i32.const 2))) (i64.const 32))))))",
            policy.len(),
            guest::OUT,
            // Behind the tag of the result and the length of the text.
            RESULT + 2,
        ))
        .result_as_state(&format!(
            "(call $verify (i32.const 0) (i32.const {token_at}) (i32.const {}) (i32.const {RESULT}) (i32.const 1000))",
            token.len(),
        ))
}

fn token(audience: &str) -> String {
    let claims = json!({
        "iss": "https://issuer.example", "aud": audience, "sub": "acme", "exp": 4_102_444_800u64,
    });
    jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(SECRET)).expect("a token")
}

#[test]
fn a_token_is_verified_with_a_granted_secret() {
    let host = host();
    let grants = [Grant::Identity, Grant::Secret("signing".into())];
    let acme = VerifiedToken { issuer: "https://issuer.example".into(), consumer: "acme".into() };
    for (audience, expected) in [("orders", Ok(acme)), ("others", Err(JwtError::WrongAudience))] {
        let guest = verifies_token(&policy(KeySource::Secret("signing".into())), &token(audience));
        let plugin = try_configure(&host, &guest, &grants).expect("is configured");
        // The second time it comes out of the cache.
        for _ in 0..2 {
            let verdict: Result<VerifiedToken, JwtError> =
                wire::decode(&state(&plugin, &mut Request::new())).expect("a result");
            assert_eq!(verdict, expected);
        }
    }
}

#[test]
fn a_secret_needs_a_grant_and_a_value() {
    for (grants, name, text) in [
        (vec![Grant::Identity], "signing", "add the grant secret:signing"),
        (vec![Grant::Identity, Grant::Secret("other".into())], "other", "there is no secret \"other\""),
    ] {
        let guest = verifies_token(&policy(KeySource::Secret(name.into())), &token("orders"));
        let error = try_configure(&host(), &guest, &grants).expect_err("no secret");
        assert!(error.to_string().contains(text), "{error}");
        assert!(matches!(error, crate::ConfigureError::Refused(_)), "{error:?}");
    }
}

#[test]
fn a_policy_that_was_not_defined_is_misuse() {
    let guest = Guest::new()
        .import(IDENTITY, "verify-jwt", "verify", "(param i32 i32 i32 i32 i32) (result i32)")
        .result_as_state("(call $verify (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))");
    let plugin = try_configure(&host(), &guest, &[Grant::Identity]).expect("is configured");
    let failure = Request::new().run(&plugin).expect_err("fails");
    assert_eq!(failure.kind, FailureKind::Malformed);
    assert!(failure.message.contains("no token policy 3"), "{failure}");
}

// === key sets ===

/// Publishes a key once the test has said so.
struct Published {
    key: String,
    fetches: AtomicUsize,
    go: Arc<Notify>,
}

impl KeyFetch for Published {
    fn fetch(&self, _: &http::Uri) -> Fetching {
        let number = self.fetches.fetch_add(1, Ordering::Relaxed);
        let (go, body) = (self.go.clone(), self.key.clone().into_bytes());
        Box::pin(async move {
            if number == 0 {
                go.notified().await;
            }
            Ok(KeyDocument { body, ..KeyDocument::default() })
        })
    }

    fn spawn(&self, work: Pin<Box<dyn Future<Output = ()> + Send>>) {
        drop(tokio::spawn(work));
    }
}

/// A token of one published key, the key set, and a guest that verifies the token with it.
fn published(wants: wire::Wants) -> (String, Guest) {
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
    let x = URL_SAFE_NO_PAD.encode(rcgen::PublicKeyData::der_bytes(&pair));
    let set = serde_json::json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "1", "x": x }] }).to_string();
    let header = Header { kid: Some("1".into()), ..Header::new(jsonwebtoken::Algorithm::EdDSA) };
    let claims = serde_json::json!({ "iss": "https://issuer.example", "sub": "acme", "exp": 4_102_444_800u64 });
    let key = EncodingKey::from_ed_der(&pair.serialize_der());
    let token = jsonwebtoken::encode(&header, &claims, &key).expect("a token");
    let source = KeySetSource {
        url: "https://issuer.example/keys".into(),
        min_age: 60_000,
        max_age: 3_600_000,
        max_stale: 86_400_000,
        cooldown: 30_000,
    };
    let issuer = TokenIssuer {
        issuer: "https://issuer.example".into(),
        audiences: vec![],
        algorithms: vec![Algorithm::EdDsa],
        types: vec![],
        keys: vec![],
        key_set: Some(source),
        consumer_claim: "sub".into(),
        required: vec![],
        exposed: vec![],
    };
    let policy = wire::encode(&TokenPolicy { issuers: vec![issuer], leeway: 0 });
    let mut guest = verifies("define-tokens", "verify-token", &policy, &token);
    guest.declaration.wants = wants;
    (set, guest)
}

fn publishing(key: String) -> (Host, Arc<Notify>) {
    let go = Arc::new(Notify::new());
    let key_sets = Arc::new(Published { key, fetches: AtomicUsize::new(0), go: go.clone() });
    (Host::new(HostSettings { key_sets, ..settings() }).expect("the sandbox starts"), go)
}

fn verdict(request: &Request) -> Result<Token, TokenError> {
    wire::decode(&request.visit.state).expect("a result")
}

#[tokio::test]
async fn a_token_waits_for_the_key_set_that_is_on_its_way() {
    let (set, guest) = published(wire::Wants::NONE);
    let (host, go) = publishing(set);
    let plugin = try_configure(&host, &guest, &[Grant::Identity]).expect("is configured");
    assert!(plugin.is_blocking());
    let mut request = Request::new();
    let hook = async {
        let (mut call, visit) = request.parts();
        plugin.on_request_on_fiber(&mut call, visit).await.expect("succeeds");
    };
    let publish = async {
        tokio::task::yield_now().await;
        go.notify_one();
    };
    tokio::join!(hook, publish);
    assert_eq!(verdict(&request).expect("passes").consumer, "acme");
}

#[tokio::test]
async fn a_token_that_cannot_wait_is_told_that_there_are_no_keys_yet() {
    let (set, guest) = published(wire::Wants::NEVER_WAITS);
    let (host, go) = publishing(set);
    let plugin = try_configure(&host, &guest, &[Grant::Identity]).expect("is configured");
    let mut request = Request::new();
    request.run(&plugin).expect("succeeds");
    assert_eq!(verdict(&request), Err(TokenError::KeysUnavailable));
    go.notify_one();
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
        request.run(&plugin).expect("succeeds");
        if verdict(&request).is_ok() {
            return;
        }
    }
    panic!("the keys never came");
}

#[test]
fn groups_are_those_of_the_consumer_and_strangers_have_none() {
    let groups = |name: &str| {
        Guest::new()
            .import(IDENTITY, "consumer-groups", "groups", ARGUMENT_TO_RESULT)
            .data(name.as_bytes())
            .result_as_state(&format!(
                "(call $groups (i32.const {DATA}) (i32.const {}) (i32.const {RESULT}) (i32.const 100))",
                name.len()
            ))
    };
    let mut request = Request::new();
    let partner = Identity { consumer: "acme".into(), groups: vec!["partners".into()], ..Identity::default() };
    request.snapshot = snapshot([Arc::new(partner)]);
    for (name, expected) in [("acme", Some(vec!["partners".to_owned()])), ("nobody", None)] {
        let plugin = try_configure(&host(), &groups(name), &[Grant::Identity]).expect("is configured");
        let found: Option<Vec<String>> = wire::decode(&state(&plugin, &mut request)).expect("an option");
        assert_eq!(found, expected);
    }
}

#[test]
fn a_panic_of_the_host_costs_that_instance_only() {
    let host = host();
    let grants = [Grant::Identity, Grant::Secret("panics".into()), Grant::Secret("signing".into())];
    let bad = verifies_token(&policy(KeySource::Secret("panics".into())), &token("orders"));
    let configured = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| try_configure(&host, &bad, &grants)));
    assert!(configured.is_err(), "the panic reached its caller");
    let good = verifies_token(&policy(KeySource::Secret("signing".into())), &token("orders"));
    let plugin = try_configure(&host, &good, &grants).expect("is configured");
    state(&plugin, &mut Request::new());
}
