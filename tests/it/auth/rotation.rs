//! Key sets of an issuer: rotation under traffic, outages, floods, and keys that are taken back.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result};
use futures_util::{StreamExt, future::try_join_all, stream::FuturesUnordered};
use gateway_server::settings::Settings;
use gateway_tests::Gateway;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use sluice_testkit::{
    client::Version,
    jwks::KeyServer,
    token::{Signer, claims},
    upstream::Upstream,
};
use tempfile::TempDir;
use tokio::sync::watch;

use super::{Answer, ISSUER, assert_invalid_token, with_token};

/// Longer than the cooldown of these tests, a second, which begins when a fetch has ended: a busy machine may take its time.
const PAST_THE_COOLDOWN: Duration = Duration::from_millis(2_000);

struct Setting {
    gateway: Gateway,
    keys: KeyServer,
    _upstream: Upstream,
    _folder: TempDir,
}

/// A gateway that takes the keys of `keys` from their server, with the consumer `acme`.
async fn setting(cache_control: &'static str, keys: &[Value]) -> Result<Setting> {
    setting_with(cache_control, keys, |_| {}).await
}

async fn setting_with(
    cache_control: &'static str,
    keys: &[Value],
    adjust: impl FnOnce(&mut Settings),
) -> Result<Setting> {
    let keys = KeyServer::start(cache_control, keys).await?;
    let folder = TempDir::new()?;
    let authorities = folder.path().join("issuer.pem");
    fs::write(&authorities, &keys.authority_pem)?;
    let gateway = Gateway::start_with(|settings| {
        settings.jwks.authorities = authorities;
        adjust(settings);
    })
    .await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.consumer("acme", 1_000.0, 1_000).await?;
    gateway.plugin("auth", "plugin-auth").await?;
    let jwks = json!({ "url": keys.url, "minSeconds": 1, "cooldownSeconds": 1 });
    let issuer = json!({ "issuer": ISSUER, "algorithms": ["ES256", "RS256"], "jwks": jwks });
    let config = json!({ "jwt": { "issuers": [issuer] }, "failures": { "limit": 0 } });
    gateway.attach("auth", config, &["identity"]).await?;
    Ok(Setting { gateway, keys, _upstream: upstream, _folder: folder })
}

fn token(signer: &Signer, key_id: &str) -> Result<String> {
    signer.sign(Some(key_id), &claims(ISSUER, "acme"))
}

#[tokio::test]
async fn keys_are_there_before_the_first_request_and_of_both_kinds() -> Result<()> {
    let (elliptic, rsa) = (Signer::new(Algorithm::ES256)?, Signer::new(Algorithm::RS256)?);
    let unknown = json!({ "kty": "new", "kid": "of tomorrow" });
    let it = setting("max-age=3600", &[unknown, elliptic.jwk("ec")?, rsa.jwk("rsa")?]).await?;
    it.keys.fetched(1).await;
    for token in [token(&elliptic, "ec")?, token(&rsa, "rsa")?] {
        for _ in 0..2 {
            assert_eq!(with_token(&it.gateway, &token).await?.status, 200);
        }
    }
    assert_eq!(it.keys.fetches(), 1);
    Ok(())
}

#[tokio::test]
async fn keys_rotate_under_traffic_without_one_false_refusal() -> Result<()> {
    let first = Signer::new(Algorithm::ES256)?;
    let it = setting("max-age=3600", &[first.jwk("0")?]).await?;
    let (current, tokens) = watch::channel(token(&first, "0")?);
    let stop = Arc::new(AtomicBool::new(false));
    let (sent, mut answered) = watch::channel(0_u32);
    let clients = (0..16).map(|_| {
        let (client, url) = (it.gateway.client(Version::Http1), it.gateway.https("/orders"));
        let (tokens, stop, sent) = (tokens.clone(), stop.clone(), sent.clone());
        tokio::spawn(async move {
            let client = client?;
            while !stop.load(Ordering::Relaxed) {
                let bearer = format!("Bearer {}", *tokens.borrow());
                let answer = client.get(&url, &[("authorization", &bearer)]).await?;
                anyhow::ensure!(answer.status == 200, "{}: {:?}", answer.status, answer.headers);
                sent.send_modify(|sent| *sent += 1);
            }
            anyhow::Ok(())
        })
    });
    let clients: Vec<_> = clients.collect();
    drop(sent);
    let mut published = vec![first.jwk("0")?];
    for number in 1..=3 {
        tokio::time::sleep(PAST_THE_COOLDOWN).await;
        let next = Signer::new(Algorithm::ES256)?;
        published.push(next.jwk(&number.to_string())?);
        it.keys.publish(&published);
        // Signed with at once: the gateway has not heard of the key.
        current.send_replace(token(&next, &number.to_string())?);
        it.keys.fetched(number + 1).await;
    }
    // The newest key is used for a while, too.
    let enough = *answered.borrow() + 200;
    answered.wait_for(|answered| *answered >= enough).await?;
    stop.store(true, Ordering::Relaxed);
    for client in try_join_all(clients).await? {
        client?;
    }
    assert_eq!(it.keys.fetches(), 4, "one for each new key, and the first");
    Ok(())
}

/// The answer to a token that may be good: to come again.
fn assert_keys_unavailable(answer: &Answer) {
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "1"));
    assert_eq!(answer.header("www-authenticate"), "");
}

#[tokio::test]
async fn of_more_clients_than_places_those_without_one_are_told_to_come_again() -> Result<()> {
    let (first, next) = (Signer::new(Algorithm::ES256)?, Signer::new(Algorithm::ES256)?);
    let few = |settings: &mut Settings| (settings.workers, settings.plugins.waiting) = (1, 16);
    let it = setting_with("max-age=3600", &[first.jwk("0")?], few).await?;
    assert_eq!(with_token(&it.gateway, &token(&first, "0")?).await?.status, 200);
    tokio::time::sleep(PAST_THE_COOLDOWN).await;
    it.keys.publish(&[first.jwk("0")?, next.jwk("1")?]);
    it.keys.hold(true);
    let (client, url) = (it.gateway.client(Version::Http2)?, it.gateway.https("/orders"));
    let bearer = format!("Bearer {}", token(&next, "1")?);
    let send = || async { client.get(&url, &[("authorization", &bearer)]).await };
    // Half of the places are for those who wait for keys.
    let mut answers: FuturesUnordered<_> = (0..24).map(|_| send()).collect();
    for _ in 8..24 {
        assert_keys_unavailable(&answers.next().await.context("there are 24")??);
    }
    it.keys.hold(false);
    while let Some(answer) = answers.next().await {
        assert_eq!(answer?.status, 200);
    }
    assert_eq!(send().await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_token_is_not_blamed_for_a_set_that_did_not_come() -> Result<()> {
    let (first, next) = (Signer::new(Algorithm::ES256)?, Signer::new(Algorithm::ES256)?);
    let it = setting("max-age=3600", &[first.jwk("0")?]).await?;
    it.keys.fetched(1).await;
    let next = token(&next, "1")?;
    tokio::time::sleep(PAST_THE_COOLDOWN).await;
    it.keys.fail(true);
    assert_keys_unavailable(&with_token(&it.gateway, &next).await?);
    it.keys.fail(false);
    it.keys.hold(true);
    tokio::time::sleep(PAST_THE_COOLDOWN).await;
    assert_keys_unavailable(&with_token(&it.gateway, &next).await?);
    it.keys.hold(false);
    Ok(())
}

#[tokio::test]
async fn an_outage_of_the_issuer_keeps_the_last_good_keys() -> Result<()> {
    let signer = Signer::new(Algorithm::ES256)?;
    let it = setting("max-age=1", &[signer.jwk("1")?]).await?;
    it.keys.fetched(1).await;
    let token = token(&signer, "1")?;
    assert_eq!(with_token(&it.gateway, &token).await?.status, 200);
    it.keys.fail(true);
    let before = it.keys.fetches();
    it.keys.fetched(before + 2).await;
    assert_eq!(with_token(&it.gateway, &token).await?.status, 200);
    let (_, page) = it.gateway.admin.page("/metrics").await?;
    let failed = page.lines().find(|line| line.starts_with(r#"sluice_key_set_fetches_total{outcome="failed"}"#));
    let failed = failed.and_then(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).context("the metric is there")?;
    assert!(failed >= 1, "{failed}");
    Ok(())
}

#[tokio::test]
async fn a_key_that_is_taken_back_opens_nothing_any_more_not_even_from_a_cache() -> Result<()> {
    let (old, new) = (Signer::new(Algorithm::ES256)?, Signer::new(Algorithm::ES256)?);
    let it = setting("max-age=1", &[old.jwk("old")?, new.jwk("new")?]).await?;
    let (old, new_token) = (token(&old, "old")?, token(&new, "new")?);
    for token in [&old, &new_token, &old, &new_token] {
        assert_eq!(with_token(&it.gateway, token).await?.status, 200);
    }
    it.keys.publish(&[new.jwk("new")?]);
    // A fetch may have been under way: the one behind it brings the new set, and the one behind that has it in place.
    let before = it.keys.fetches();
    it.keys.fetched(before + 3).await;
    assert_invalid_token(&with_token(&it.gateway, &old).await?, "the key that is gone");
    assert_eq!(with_token(&it.gateway, &new_token).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_flood_of_unknown_keys_makes_one_fetch() -> Result<()> {
    let (signer, stranger) = (Signer::new(Algorithm::ES256)?, Signer::new(Algorithm::ES256)?);
    let it = setting("max-age=3600", &[signer.jwk("1")?]).await?;
    it.keys.fetched(1).await;
    let good = token(&signer, "1")?;
    assert_eq!(with_token(&it.gateway, &good).await?.status, 200);
    tokio::time::sleep(PAST_THE_COOLDOWN).await;
    let forged = (0..200).map(|number| token(&stranger, &format!("unknown-{number}"))).collect::<Result<Vec<_>>>()?;
    let began = std::time::Instant::now();
    let client = it.gateway.client(Version::Http2)?;
    let sent = forged.iter().map(|token| {
        let (client, url, bearer) = (client.clone(), it.gateway.https("/orders"), format!("Bearer {token}"));
        async move { client.get(&url, &[("authorization", &bearer)]).await }
    });
    let answers = try_join_all(sent).await?;
    let took = began.elapsed();
    for answer in &answers {
        // Those for whom there is no place to wait are told to come again.
        if answer.status != 503 {
            assert_invalid_token(answer, "an unknown key");
        }
    }
    assert!(it.keys.fetches() <= 2 + took.as_secs() as usize, "{} in {took:?}", it.keys.fetches());
    assert_eq!(with_token(&it.gateway, &good).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_token_leads_nobody_to_keys_of_its_own() -> Result<()> {
    let (signer, forger) = (Signer::new(Algorithm::ES256)?, Signer::new(Algorithm::ES256)?);
    let it = setting("max-age=3600", &[signer.jwk("1")?]).await?;
    let elsewhere = KeyServer::start("max-age=3600", &[forger.jwk("1")?]).await?;
    for member in ["jku", "x5u"] {
        let header = json!({ "alg": "ES256", "kid": "1", member: elsewhere.url }).to_string();
        let forged = forger.sign_text(Algorithm::ES256, &header, &claims(ISSUER, "acme").to_string())?;
        assert_invalid_token(&with_token(&it.gateway, &forged).await?, member);
    }
    assert_eq!(elsewhere.fetches(), 0);
    Ok(())
}
