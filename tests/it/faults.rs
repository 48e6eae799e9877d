//! A plugin that traps, loops or leaks costs its own request only.

use std::{ops::RangeInclusive, path::Path};

use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use gateway_tests::Gateway;
use serde_json::{Value, json};
use sluice_build::Profile;
use sluice_testkit::{client::Version, upstream::Upstream};

const FAULTS: [&str; 3] = ["trap", "loop", "leak"];

async fn gateway(on_failure: &str) -> Result<(Gateway, Upstream)> {
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.plugin("faults", "guest-faults").await?;
    let input = json!({ "name": "faults", "plugin": "faults", "onFailure": on_failure });
    gateway.create("Attachment", input).await?;
    Ok((gateway, upstream))
}

#[tokio::test]
async fn failing_closed_refuses_the_request_without_naming_the_plugin() -> Result<()> {
    let (gateway, _upstream) = gateway("CLOSED").await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    for fault in FAULTS {
        let answer = client.get(&url, &[("x-fault", fault)]).await?;
        assert_eq!(answer.status, 503, "{fault}");
        let problem = answer.json()?;
        assert_eq!(problem["type"], "/problems/plugin-failed", "{fault}: {problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.contains("faults")), "{fault}: {problem}");
        // Two, so that faults are fewer than half of the calls, and the plugin is not quarantined.
        for _ in 0..2 {
            assert_eq!(client.get(&url, &[]).await?.status, 200, "after {fault}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn failing_open_passes_the_request_on() -> Result<()> {
    let (gateway, _upstream) = gateway("OPEN").await?;
    let client = gateway.client(Version::Http1)?;
    for fault in FAULTS {
        let answer = client.get(&gateway.https("/orders"), &[("x-fault", fault)]).await?;
        assert_eq!(answer.status, 200, "{fault}");
    }
    Ok(())
}

#[tokio::test]
async fn honest_requests_notice_nothing_of_failing_ones() -> Result<()> {
    let (gateway, _upstream) = gateway("CLOSED").await?;
    let client = gateway.client(Version::Http2)?;
    let url = gateway.https("/orders");
    let honest = try_join_all((0..50).map(|_| client.get(&url, &[])));
    // One more, and the plugin would be quarantined, and honest requests refused with the rest.
    let failing = try_join_all(["trap", "loop", "trap"].map(|fault| {
        let (client, url) = (&client, &url);
        async move { client.get(url, &[("x-fault", fault)]).await }
    }));
    let (honest, failing) = tokio::try_join!(honest, failing)?;
    assert!(honest.iter().all(|answer| answer.status == 200));
    assert!(failing.iter().all(|answer| answer.status == 503));
    Ok(())
}

/// Where in the source of the guest something stands, counted as editors do.
fn lines_of(part: &str) -> Result<RangeInclusive<usize>> {
    let source = include_str!("../guests/faults/src/lib.rs");
    let at = source.find(part).with_context(|| format!("the guest has no {part:?}"))?;
    let first = source[..at].matches('\n').count() + 1;
    let rest = source[at..].lines();
    let last = first + rest.take_while(|line| *line != "}").count();
    Ok(first..=last)
}

/// The line that a message names behind `function`, in the guest's own file.
fn line_in(message: &str, function: &str) -> Result<usize> {
    let (_, behind) = message.split_once(function).with_context(|| format!("no {function} in: {message}"))?;
    let (_, behind) = behind.split_once("src/lib.rs:").with_context(|| format!("no file in: {message}"))?;
    let digits = behind.split(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().with_context(|| format!("no line in: {message}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_author_tries_out_fails_with_plugin_hook_function_file_and_line() -> Result<()> {
    // As `sluice plugin dev` does.
    let wasm = tokio::task::spawn_blocking(|| {
        let report = |step: &str| eprintln!("{step}");
        let guest = Path::new(env!("CARGO_MANIFEST_DIR")).join("guests/faults");
        let module = sluice_build::build(&sluice_build::toolchain(&report)?, &guest, None, Profile::Try, &report)?;
        std::fs::read(&module).with_context(|| module.display().to_string())
    });
    let wasm = wasm.await??;
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.module("tried", wasm).await?;
    gateway.attach("tried", json!({}), &[]).await?;
    let client = gateway.client(Version::Http1)?;
    for (header, function, part) in [
        ("trap", "on_request", "panic!(\"a trap was asked for\")"),
        ("loop", "run_for_ever", "fn run_for_ever()"),
        ("stack", "recurse", "fn recurse("),
        ("response-trap", "on_response", "assert!(!trap"),
    ] {
        let answer = client.get(&gateway.https("/orders"), &[("x-fault", header)]).await?;
        assert_eq!(answer.status, 503, "{header}");
        let query = "{ attachment(name: \"tried\") { health { lastFault { message } } } }";
        let told = gateway.admin.graphql(query, json!({})).await?;
        let message = told.pointer("/attachment/health/lastFault/message").and_then(Value::as_str);
        let message = message.context("no message")?;
        let hook = if header == "response-trap" { "response" } else { "request" };
        assert!(message.contains("tried") && message.contains(hook), "{header}: {message}");
        let (line, lines) = (line_in(message, function)?, lines_of(part)?);
        assert!(lines.contains(&line), "{header}: not within {lines:?}: {message}");
    }
    Ok(())
}
