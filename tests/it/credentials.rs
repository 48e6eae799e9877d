//! Credentials of every kind, from the admin API to the upstream.

use std::{fs, time::Instant};

use anyhow::{Context, Result};
use gateway_server::settings::ClientAuth;
use gateway_tests::Gateway;
use serde_json::{Value, json};
use sluice_testkit::{
    certificate::{Authority, Certificate},
    client::{Answer, Client, Version},
    upstream::Upstream,
};

/// A gateway that tells its upstream who calls, with the consumer `acme`.
async fn serving(gateway: Gateway) -> Result<(Gateway, Upstream)> {
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.create("Consumer", json!({ "name": "acme", "groups": ["gold"] })).await?;
    gateway.plugin("callers", "guest-callers").await?;
    gateway.attach("callers", json!({}), &["identity"]).await?;
    Ok((gateway, upstream))
}

/// A gateway that asks clients for certificates of this authority.
async fn asking(authority: &Authority, client_auth: ClientAuth) -> Result<(Gateway, Upstream)> {
    let pem = authority.pem();
    let gateway = Gateway::start_with(|settings| {
        settings.https.client_auth = client_auth;
        settings.https.authorities = settings.data.join("clients.pem");
        fs::write(&settings.https.authorities, pem).expect("the folder is there");
    });
    serving(gateway.await?).await
}

async fn mutate(gateway: &Gateway, mutation: &str, mut input: Value, fields: &str) -> Result<Value> {
    if mutation.starts_with("create") || mutation.starts_with("import") {
        input["consumer"] = json!("acme");
    }
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let text = format!(
        "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ userErrors {{ path message }} {fields} }} }}"
    );
    gateway.admin.mutate(&text, json!({ "input": input })).await
}

async fn with(client: &Client, gateway: &Gateway, headers: &[(&str, &str)]) -> Result<Answer> {
    client.get(&gateway.https("/orders"), headers).await
}

fn caller(answer: &Answer) -> Result<String> {
    Ok(answer.json()?["headers"]["x-caller"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn both_keys_work_while_their_overlap_lasts_and_their_last_use_survives_a_restart() -> Result<()> {
    let (gateway, _upstream) = serving(Gateway::start().await?).await?;
    let made = mutate(&gateway, "createCredential", json!({ "name": "k" }), "secret").await?;
    let first = made["secret"].as_str().context("a key")?.to_owned();
    let rotated = mutate(&gateway, "rotateCredential", json!({ "name": "k" }), "secret").await?;
    let second = rotated["secret"].as_str().context("a key")?.to_owned();
    let client = gateway.client(Version::Http2)?;
    for key in [&first, &second] {
        let answer = with(&client, &gateway, &[("x-key", key)]).await?;
        assert_eq!(caller(&answer)?, "acme k gold");
    }
    mutate(&gateway, "updateCredential", json!({ "name": "k", "endOverlap": true }), "").await?;
    assert_eq!(with(&client, &gateway, &[("x-key", &first)]).await?.status, 401);
    assert_eq!(with(&client, &gateway, &[("x-key", &second)]).await?.status, 200);

    let last_used = async |gateway: &Gateway| {
        let data = gateway.admin.graphql("{ credential(name: \"k\") { lastUsedAt } }", json!({})).await?;
        anyhow::Ok(data["credential"]["lastUsedAt"].as_str().map(str::to_owned))
    };
    let used = last_used(&gateway).await?.context("it was used")?;
    let gateway = gateway.restart().await?;
    assert_eq!(last_used(&gateway).await?, Some(used));
    Ok(())
}

#[tokio::test]
async fn an_imported_key_works_until_it_is_revoked_or_expires() -> Result<()> {
    let (gateway, _upstream) = serving(Gateway::start().await?).await?;
    let key = "key-of-the-clients-0123456789";
    mutate(&gateway, "importCredential", json!({ "name": "k", "key": key }), "").await?;
    let client = gateway.client(Version::Http1)?;
    let status = async || anyhow::Ok(with(&client, &gateway, &[("x-key", key)]).await?.status.as_u16());
    assert_eq!(status().await?, 200);
    for (change, expected) in [
        (json!({ "enabled": false }), 401),
        (json!({ "enabled": true }), 200),
        (json!({ "expiresAt": "2020-01-01T00:00:00Z" }), 401),
        (json!({ "expiresAt": "2100-01-01T00:00:00Z" }), 200),
    ] {
        let mut input = change.clone();
        input["name"] = json!("k");
        mutate(&gateway, "updateCredential", input, "").await?;
        assert_eq!(status().await?, expected, "{change}");
    }
    Ok(())
}

#[tokio::test]
async fn a_password_is_right_until_it_is_changed_and_costs_once() -> Result<()> {
    let (gateway, _upstream) = serving(Gateway::start_with(|settings| settings.workers = 1).await?).await?;
    let input = json!({ "name": "p", "username": "batch", "password": "correct horse" });
    mutate(&gateway, "createPassword", input, "").await?;
    let client = gateway.client(Version::Http2)?;
    let ask = async |password: &str| {
        let start = Instant::now();
        let answer = with(&client, &gateway, &[("x-user", "batch"), ("x-password", password)]).await?;
        anyhow::Ok((answer, start.elapsed()))
    };
    assert_eq!(ask("wrong horse").await?.0.status, 401);
    let (answer, first) = ask("correct horse").await?;
    assert_eq!(caller(&answer)?, "acme p gold");
    let mut again = first;
    for _ in 0..5 {
        again = again.min(ask("correct horse").await?.1);
    }
    assert!(again < first / 2, "{first:?}, and later {again:?}");

    mutate(&gateway, "setPassword", json!({ "name": "p", "password": "another horse" }), "").await?;
    assert_eq!(ask("correct horse").await?.0.status, 401);
    assert_eq!(ask("another horse").await?.0.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_certificate_says_who_calls_by_fingerprint_or_name() -> Result<()> {
    let authority = Authority::new()?;
    let (gateway, _upstream) = asking(&authority, ClientAuth::Optional).await?;
    let [known, named, stranger] =
        ["known.example", "Named.example", "stranger.example"].map(|n| authority.issue_client(&[n]));
    let (known, named, stranger) = (known?, named?, stranger?);
    let by_print = json!({ "name": "print", "certificate": { "fingerprint": known.fingerprint()? } });
    mutate(&gateway, "createClientCertificate", by_print, "").await?;
    let by_name = json!({ "name": "name", "certificate": { "dns": "named.example" } });
    mutate(&gateway, "createClientCertificate", by_name, "").await?;
    for version in [Version::Http1, Version::Http2] {
        for (certificate, expected) in
            [(Some(&known), "acme print gold"), (Some(&named), "acme name gold"), (Some(&stranger), ""), (None, "")]
        {
            let client = holding(&gateway, version, certificate)?;
            let answer = with(&client, &gateway, &[("x-subject", "CN=forged")]).await?;
            match expected {
                "" => assert_eq!(answer.status, 401),
                expected => {
                    assert_eq!(caller(&answer)?, expected);
                    let subject = answer.json()?["headers"]["x-subject"].clone();
                    assert!(subject.as_str().is_some_and(|text| text.contains("CN=Sluice trial client")), "{subject}");
                }
            }
        }
    }
    mutate(&gateway, "deleteCredential", json!({ "name": "name" }), "").await?;
    let client = holding(&gateway, Version::Http2, Some(&named))?;
    assert_eq!(with(&client, &gateway, &[]).await?.status, 401);
    Ok(())
}

#[tokio::test]
async fn a_certificate_of_another_authority_ends_the_handshake() -> Result<()> {
    let (ours, other) = (Authority::new()?, Authority::new()?);
    let (gateway, _upstream) = asking(&ours, ClientAuth::Required).await?;
    let by_name = json!({ "name": "name", "certificate": { "dns": "acme.example" } });
    mutate(&gateway, "createClientCertificate", by_name, "").await?;
    let [right, forged] = [&ours, &other].map(|authority| authority.issue_client(&["acme.example"]));
    let client = holding(&gateway, Version::Http2, Some(&right?))?;
    assert_eq!(with(&client, &gateway, &[]).await?.status, 200);
    for certificate in [Some(&forged?), None] {
        let client = holding(&gateway, Version::Http2, certificate)?;
        assert!(with(&client, &gateway, &[]).await.is_err());
    }
    // A certificate for servers is none for clients.
    let client = holding(&gateway, Version::Http2, Some(&ours.issue(&["acme.example"])?))?;
    assert!(with(&client, &gateway, &[]).await.is_err());
    Ok(())
}

fn holding(gateway: &Gateway, version: Version, certificate: Option<&Certificate>) -> Result<Client> {
    match certificate {
        Some(certificate) => Client::holding(&gateway.ca_pem, version, certificate),
        None => gateway.client(version),
    }
}
