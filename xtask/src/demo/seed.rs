//! The demo's configuration, made through the ordinary admin API.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use sluice_testkit::{
    admin::Admin,
    token::{Signer, Verifier, claims},
    upstream::Upstream,
};

use super::{folder::Folder, gateway::Supervised};

const ISSUER: &str = "https://issuer.example";

/// What the commands of the table refer to.
pub(super) struct Seeded {
    /// Algorithm names of the tokens at `jwt-NAME.header`.
    pub(super) tokens: Vec<String>,
}

/// Uploads the plugins and creates two routes, two consumers with keys and plans, and tokens of every kind.
pub(super) async fn seed(
    folder: &Folder,
    gateway: &Supervised,
    plugins: &Path,
    upstreams: &[Upstream; 2],
) -> Result<Seeded> {
    let admin = &gateway.admin;
    let signers: Vec<Signer> = [Algorithm::HS256, Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA]
        .into_iter()
        .map(Signer::new)
        .collect::<Result<_>>()?;
    for (name, upstream) in ["orders", "search"].into_iter().zip(upstreams) {
        route(admin, name, upstream).await?;
    }
    consumer(folder, admin, "acme", "standard", 100.0, 200).await?;
    consumer(folder, admin, "newcomer", "trial", 0.1, 5).await?;
    for name in ["auth", "rate-limit"] {
        plugin(admin, name, plugins).await?;
    }
    let keys = signers.iter().map(|signer| verifying_key(folder, signer)).collect::<Result<Vec<_>>>()?;
    let auth = json!({ "apiKey": {}, "jwt": { "issuers": [{ "issuer": ISSUER, "keys": keys }] } });
    attach(admin, "auth", auth, &["identity", "secret:demo-hs256"]).await?;
    let limit = json!({ "policies": [{ "tokenBucket": { "rateLimit": 10, "burstLimit": 20 }, "withoutPlan": true }] });
    attach(admin, "rate-limit", limit, &["usage-plan"]).await?;
    for signer in &signers {
        let token = signer.sign(Some(&key_id(signer)), &claims(ISSUER, "acme"))?;
        folder.write(&format!("jwt-{}.header", signer.name()), &format!("authorization: Bearer {token}\n"))?;
    }
    Ok(Seeded { tokens: signers.iter().map(Signer::name).collect() })
}

async fn route(admin: &Admin, name: &str, upstream: &Upstream) -> Result<()> {
    let create =
        "mutation($input: CreateUpstreamInput!) { createUpstream(input: $input) { userErrors { path message } } }";
    let targets = json!([{ "address": upstream.address.to_string() }]);
    admin.mutate(create, json!({ "input": { "name": name, "targets": targets } })).await?;
    let create = "mutation($input: CreateRouteInput!) { createRoute(input: $input) { userErrors { path message } } }";
    let input = json!({ "name": name, "pathPrefix": format!("/{name}"), "upstream": name });
    admin.mutate(create, json!({ "input": input })).await?;
    Ok(())
}

async fn consumer(folder: &Folder, admin: &Admin, name: &str, plan: &str, rate: f64, burst: u32) -> Result<()> {
    let create =
        "mutation($input: CreateUsagePlanInput!) { createUsagePlan(input: $input) { userErrors { path message } } }";
    let input = json!({ "name": plan, "throttle": { "rateLimit": rate, "burstLimit": burst } });
    admin.mutate(create, json!({ "input": input })).await?;
    let create =
        "mutation($input: CreateConsumerInput!) { createConsumer(input: $input) { userErrors { path message } } }";
    admin.mutate(create, json!({ "input": { "name": name, "usagePlans": [plan] } })).await?;
    let create = "mutation($input: CreateCredentialInput!) { createCredential(input: $input) { secret userErrors { path message } } }";
    let input = json!({ "name": format!("{name}-key"), "consumer": name });
    let created = admin.mutate(create, json!({ "input": input })).await?;
    let key = created["secret"].as_str().context("a created credential shows its secret")?;
    folder.write(&format!("{name}.header"), &format!("x-api-key: {key}\n"))
}

async fn plugin(admin: &Admin, name: &str, built: &Path) -> Result<()> {
    let path = built.join(format!("plugin-{name}.wasm"));
    let digest = admin.upload(fs::read(&path).with_context(|| path.display().to_string())?).await?;
    let create = "mutation($input: CreatePluginInput!) { createPlugin(input: $input) { userErrors { path message } } }";
    admin.mutate(create, json!({ "input": { "name": name, "digest": digest } })).await?;
    Ok(())
}

async fn attach(admin: &Admin, plugin: &str, config: Value, grants: &[&str]) -> Result<()> {
    let create =
        "mutation($input: CreateAttachmentInput!) { createAttachment(input: $input) { userErrors { path message } } }";
    let input = json!({ "name": plugin, "plugin": plugin, "config": config, "grants": grants });
    admin.mutate(create, json!({ "input": input })).await?;
    Ok(())
}

/// The key as the auth plugin's configuration names it; a shared secret becomes a file that only the gateway reads.
fn verifying_key(folder: &Folder, signer: &Signer) -> Result<Value> {
    let mut key = json!({ "id": key_id(signer), "algorithm": signer.name() });
    match &signer.verifier {
        Verifier::Secret(secret) => {
            folder.write("data/secrets/demo-hs256", &String::from_utf8_lossy(secret))?;
            key["secret"] = json!("demo-hs256");
        }
        Verifier::Pem(pem) => key["pem"] = json!(pem),
    }
    Ok(key)
}

fn key_id(signer: &Signer) -> String {
    signer.name().to_lowercase()
}
