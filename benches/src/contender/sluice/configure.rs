//! What an operator would send to the admin API.

use std::{fs, net::SocketAddr, path::Path};

use anyhow::{Context, Result};
use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use serde_json::{Value, json};
use sluice_testkit::admin::Admin;

use super::Work;
use crate::{PATH, SERVER_NAME};

/// More than any bench reaches, in requests a second and at once: limits are taken from, and never exhausted.
const UNREACHABLE: u32 = 1_000_000_000;

/// One route to `upstream` with the plugins of `work` on it; answers what requests must carry.
pub(super) async fn configure(admin: &Admin, work: Work, upstream: SocketAddr) -> Result<HeaderMap> {
    route(admin, upstream).await?;
    match work {
        Work::Plugins(count) => typical(admin, count).await,
        Work::AuthAndRateLimit => auth_and_rate_limit(admin).await,
    }
}

/// The route that the load asks for, to `upstream`.
///
/// # Errors
/// When the gateway refuses.
pub async fn route(admin: &Admin, upstream: SocketAddr) -> Result<()> {
    let targets = json!([{ "address": upstream.to_string() }]);
    create(admin, "Upstream", json!({ "name": "bench", "targets": targets })).await?;
    let route = json!({ "name": "bench", "hosts": [SERVER_NAME], "pathPrefix": PATH, "upstream": "bench" });
    create(admin, "Route", route).await?;
    Ok(())
}

/// A plugin runs once on a route, so each copy is a plugin of its own name; the module is the same.
async fn typical(admin: &Admin, count: usize) -> Result<HeaderMap> {
    for copy in 1..=count {
        attach(admin, &format!("typical-{copy}"), "guest-typical", json!({}), &[]).await?;
    }
    Ok(headers([("x-version", "1"), ("x-tenant", "acme")]))
}

async fn auth_and_rate_limit(admin: &Admin) -> Result<HeaderMap> {
    let limit = json!({ "rateLimit": UNREACHABLE, "burstLimit": UNREACHABLE });
    create(admin, "UsagePlan", json!({ "name": "unlimited", "throttle": limit })).await?;
    create(admin, "Consumer", json!({ "name": "acme", "usagePlans": ["unlimited"] })).await?;
    let key = create(admin, "Credential", json!({ "name": "acme-key", "consumer": "acme" })).await?;
    attach(admin, "auth", "plugin-auth", json!({ "apiKey": {} }), &["identity"]).await?;
    attach(admin, "rate-limit", "plugin-rate-limit", json!({}), &["usage-plan"]).await?;
    let key = key["secret"].as_str().context("a new credential shows its secret")?;
    let mut headers = HeaderMap::new();
    headers.insert("x-api-key", HeaderValue::from_str(key)?);
    Ok(headers)
}

/// Uploads `target/plugins/PACKAGE.wasm`, names it, and attaches it to every route.
///
/// # Errors
/// When it was not built, or the gateway refuses.
pub async fn attach(admin: &Admin, name: &str, package: &str, config: Value, grants: &[&str]) -> Result<()> {
    let digest = admin.upload(module(package)?).await?;
    create(admin, "Plugin", json!({ "name": name, "digest": digest })).await?;
    let input = json!({ "name": name, "plugin": name, "config": config, "grants": grants });
    create(admin, "Attachment", input).await?;
    Ok(())
}

/// The bytes of `target/plugins/PACKAGE.wasm`.
///
/// # Errors
/// When it was not built.
pub fn module(package: &str) -> Result<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/plugins").join(format!("{package}.wasm"));
    fs::read(&path).with_context(|| format!("{}: run `cargo xtask plugins` first", path.display()))
}

/// Runs `createKIND` and answers its payload.
///
/// # Errors
/// When the gateway refuses.
pub async fn create(admin: &Admin, kind: &str, input: Value) -> Result<Value> {
    let result = if kind == "Credential" { "secret" } else { "revision" };
    let mutation = format!(
        "mutation($input: Create{kind}Input!) {{ create{kind}(input: $input) {{ {result} userErrors {{ path message }} }} }}"
    );
    admin.mutate(&mutation, json!({ "input": input })).await
}

fn headers<const COUNT: usize>(fields: [(&'static str, &'static str); COUNT]) -> HeaderMap {
    fields.into_iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}
