//! Who calls: API keys and tokens of every kind, and nobody without.

mod attacks;
mod decisions;
mod rotation;

use anyhow::Result;
use gateway_tests::Gateway;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use sluice_testkit::{
    client::{Answer, Version},
    token::{Signer, Verifier, claims},
    upstream::Upstream,
};

const ISSUER: &str = "https://issuer.example";

/// A gateway that accepts keys and tokens by `signers`, with the consumer `acme`.
async fn gateway(signers: &[Signer]) -> Result<(Gateway, Upstream, String)> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    let key = gateway.consumer("acme", 1_000.0, 1_000).await?;
    gateway.plugin("auth", "plugin-auth").await?;
    gateway.secret("shared", b"placeholder")?;
    let mut keys = Vec::new();
    for signer in signers {
        let mut key = json!({ "id": signer.name(), "algorithm": signer.name() });
        match &signer.verifier {
            Verifier::Secret(secret) => {
                gateway.secret("shared", secret)?;
                key["secret"] = json!("shared");
            }
            Verifier::Pem(pem) => key["pem"] = json!(pem),
        }
        keys.push(key);
    }
    let mut config = json!({ "apiKey": {} });
    if !keys.is_empty() {
        config["jwt"] = json!({ "issuers": [{ "issuer": ISSUER, "keys": keys }] });
    }
    gateway.attach("auth", config, &["identity", "secret:shared"]).await?;
    Ok((gateway, upstream, key))
}

async fn with_token(gateway: &Gateway, token: &str) -> Result<Answer> {
    let client = gateway.client(Version::Http2)?;
    client.get(&gateway.https("/orders"), &[("authorization", &format!("Bearer {token}"))]).await
}

/// The answer to a token that is not valid: a problem, with a challenge that says so.
fn assert_invalid_token(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 401, "{what}");
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    let challenges: Vec<_> =
        answer.headers.get_all("www-authenticate").iter().filter_map(|value| value.to_str().ok()).collect();
    let bearer: Vec<_> = challenges.iter().filter(|challenge| challenge.starts_with("Bearer ")).collect();
    assert!(matches!(bearer[..], [one] if one.contains(r#"error="invalid_token""#)), "{what}: {challenges:?}");
}

#[tokio::test]
async fn without_a_credential_the_answer_is_401_with_a_challenge() -> Result<()> {
    let (gateway, _upstream, _) = gateway(&[Signer::new(Algorithm::ES256)?]).await?;
    let answer = gateway.client(Version::Http2)?.get(&gateway.https("/orders"), &[]).await?;
    assert_eq!(answer.status, 401);
    let challenges: Vec<_> = answer.headers.get_all("www-authenticate").iter().collect();
    assert!(
        challenges.iter().any(|challenge| challenge.to_str().is_ok_and(|text| text.starts_with("Bearer"))),
        "{challenges:?}"
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    Ok(())
}

#[tokio::test]
async fn a_key_names_its_consumer_and_stays_at_the_gateway() -> Result<()> {
    let (gateway, _upstream, key) = gateway(&[]).await?;
    for version in [Version::Http1, Version::Http2] {
        let answer = gateway.client(version)?.get(&gateway.https("/orders"), &[("x-api-key", &key)]).await?;
        assert_eq!(answer.status, 200);
        let headers: Value = answer.json()?["headers"].clone();
        assert_eq!(headers["x-sluice-consumer"], "acme");
        assert!(headers["x-api-key"].is_null());
    }
    Ok(())
}

#[tokio::test]
async fn a_wrong_key_and_a_deleted_key_are_answered_alike() -> Result<()> {
    let (gateway, _upstream, key) = gateway(&[]).await?;
    let client = gateway.client(Version::Http1)?;
    let delete = "mutation { deleteCredential(input: {name: \"acme-key\"}) { userErrors { message } } }";
    gateway.admin.mutate(delete, json!({})).await?;
    let mut shapes = Vec::new();
    for key in [key.as_str(), "slk_00000000000000000000000000000000000000", "x"] {
        let answer = client.get(&gateway.https("/orders"), &[("x-api-key", key)]).await?;
        let mut problem = answer.json()?;
        problem["instance"].take();
        shapes.push((answer.status, answer.header("www-authenticate").to_owned(), problem));
    }
    assert_eq!(shapes[0].0, 401);
    assert_eq!(shapes[0], shapes[1]);
    assert_eq!(shapes[0], shapes[2]);
    Ok(())
}

#[tokio::test]
async fn a_token_of_each_kind_names_its_consumer() -> Result<()> {
    let algorithms = [Algorithm::HS256, Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
    let signers = algorithms.into_iter().map(Signer::new).collect::<Result<Vec<_>>>()?;
    let (gateway, _upstream, _) = gateway(&signers).await?;
    for signer in &signers {
        let token = signer.sign(Some(&signer.name()), &claims(ISSUER, "acme"))?;
        // The second time it comes from the cache of verified tokens.
        for _ in 0..2 {
            let answer = with_token(&gateway, &token).await?;
            assert_eq!(answer.status, 200, "{}", signer.name());
            assert_eq!(answer.json()?["headers"]["x-sluice-consumer"], "acme");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_token_that_is_not_what_it_says_is_refused() -> Result<()> {
    let signer = Signer::new(Algorithm::ES256)?;
    let stranger = Signer::new(Algorithm::ES256)?;
    let good = claims(ISSUER, "acme");
    let name = signer.name();
    let mut expired = good.clone();
    expired["exp"] = json!(1_000_000_000);
    let tokens = [
        stranger.sign(Some(&name), &good)?,
        signer.sign(Some("other"), &good)?,
        signer.sign(Some(&name), &expired)?,
        signer.sign(Some(&name), &claims("https://other.example", "acme"))?,
        "eyJhbGciOiJub25lIn0.e30.".to_owned(),
        "x.y.z".to_owned(),
    ];
    let (gateway, _upstream, _) = gateway(&[signer]).await?;
    for token in &tokens {
        let answer = with_token(&gateway, token).await?;
        assert_eq!(answer.status, 401, "{token}");
        assert_invalid_token(&answer, token);
    }
    Ok(())
}
