//! What is on disk survives the end of the process, however it comes, and is never served torn.

use std::{
    collections::HashMap,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use gateway_tests::{Process, plugin_wasm};
use sluice_testkit::certificate::Authority;
use tempfile::TempDir;

use super::*;

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

/// The body of the answer to a path: a function of the path, so that whoever gets it can tell whether it is whole.
fn body(path: &str) -> Bytes {
    let unit = format!("{path};");
    let length = 1_000 + path.len() * 7_919 % 200_000;
    unit.repeat(length / unit.len() + 1).into()
}

#[tokio::test]
async fn after_kill_nine_each_response_is_there_whole_or_not_at_all() -> Result<()> {
    let data = TempDir::new()?;
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let upstream = Upstream::answering(move |head, _| {
        counted.fetch_add(1, Relaxed);
        let response = Response::builder().header("cache-control", "max-age=3600");
        response.body(body(head.uri.path())).expect("fields that are some")
    })
    .await?;
    let settings = [("SLUICE_CACHE_DISK_BYTES", "268435456")];
    let mut process = Process::start_with(Path::new(BINARY), data.path(), &settings).await?;
    configure(&process, upstream.address).await?;
    let client = Client::new(&Authority::new()?.pem(), Version::Http1)?;
    let mut found = 0;
    for round in 0..4 {
        let url = |number: usize| format!("http://{}/shop/{round}/{}", process.http, "x".repeat(number));
        for number in 0..100 {
            client.get(&url(number), &[]).await?;
        }
        // In the middle of its writing, too.
        process = process.kill_and_restart().await?;
        let mut hits: HashMap<bool, usize> = HashMap::new();
        for round in 0..=round {
            for number in 0..100 {
                let path = format!("/shop/{round}/{}", "x".repeat(number));
                let answer = client.get(&format!("http://{}{path}", process.http), &[]).await?;
                assert_eq!(answer.body, body(&path), "{path}");
                *hits.entry(answer.header("cache-status").contains("hit")).or_default() += 1;
            }
        }
        found += hits.get(&true).copied().unwrap_or(0);
    }
    assert!(found > 200, "{found} were found on disk");
    assert!(asked.load(Relaxed) >= 400);
    Ok(())
}

async fn configure(process: &Process, upstream: std::net::SocketAddr) -> Result<()> {
    configure_with(process, upstream, json!({})).await
}

/// A route at `/shop` with the plugin.
pub(super) async fn configure_with(process: &Process, upstream: std::net::SocketAddr, config: Value) -> Result<()> {
    let create = |kind: &str| {
        format!(
            "mutation($input: Create{kind}Input!) {{ create{kind}(input: $input) {{ userErrors {{ path message }} }} }}"
        )
    };
    let digest = process.admin.upload(plugin_wasm("plugin-cache")?).await?;
    let targets = json!([{ "address": upstream.to_string() }]);
    for (kind, input) in [
        ("Upstream", json!({ "name": "shop", "targets": targets })),
        ("Route", json!({ "name": "shop", "pathPrefix": "/shop", "upstream": "shop" })),
        ("Plugin", json!({ "name": "cache", "digest": digest })),
        ("Attachment", json!({ "name": "cache", "plugin": "cache", "config": config, "grants": ["cache"] })),
    ] {
        process.admin.mutate(&create(kind), json!({ "input": input })).await?;
    }
    Ok(())
}
