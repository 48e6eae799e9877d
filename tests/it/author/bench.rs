//! What `sluice plugin bench` says of plugins of every kind.

use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{author, done, module};

/// What is told of a module, in a folder that holds `config.json` and `secret`.
fn bench(package: &str, config: &Value, arguments: &[&str]) -> Result<Value> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("config.json"), config.to_string())?;
    fs::write(folder.path().join("secret"), "Jefe")?;
    let mut command = author(folder.path());
    command.args(["plugin", "bench", "--json", "--config", "config.json"]).args(arguments).arg(module(package));
    let said = done(command.output()?)?;
    serde_json::from_str(&said).context(said)
}

fn hooks(told: &Value) -> Vec<&str> {
    told["hooks"].as_array().into_iter().flatten().filter_map(|it| it["hook"].as_str()).collect()
}

fn notes(told: &Value) -> String {
    told["notes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_bench_tells_what_the_hooks_the_memory_and_the_start_cost() -> Result<()> {
    let told = bench("guest-header", &json!({}), &[])?;
    assert_eq!(hooks(&told), ["request", "response"]);
    for figure in ["/hooks/0/medianNs", "/hooks/0/noopNs", "/costs/compileUs", "/costs/loadUs", "/costs/startUs"] {
        assert!(told.pointer(figure).and_then(Value::as_f64).is_some_and(|it| it > 0.0), "{figure}: {told}");
    }
    Ok(())
}

#[test]
fn a_plugin_that_may_wait_is_measured_on_fibers_and_a_hook_that_fails_with_its_failure() -> Result<()> {
    let told = bench("guest-asks", &json!({}), &["--grant", "upstream:policy", "--grant", "upstream:audit"])?;
    assert_eq!(hooks(&told), ["request", "log"]);
    assert!(notes(&told).contains("run on fibers"), "{told}");
    let log = &told["hooks"][1];
    assert!(log["calls"].as_u64() > Some(0) && log["failed"] == log["calls"], "nobody is there to be told: {told}");
    assert!(notes(&told).contains("log: fails"), "{told}");
    Ok(())
}

#[test]
fn hooks_of_bodies_are_measured_and_those_that_are_not_called_are_told_with_the_reason() -> Result<()> {
    let folder = TempDir::new()?;
    let request = folder.path().join("request.json");
    let headers = json!({ "x-request-body": "whole", "x-response-body": "pieces" });
    fs::write(&request, json!({ "method": "POST", "headers": headers, "body": "quiet" }).to_string())?;
    let told = bench("guest-bodies", &json!({}), &["--request", &request.display().to_string()])?;
    assert_eq!(hooks(&told), ["request", "request-body", "response", "response-chunk"]);
    let notes = notes(&told);
    assert!(notes.contains("request-chunk: not called") && notes.contains("did not ask for it"), "{notes}");

    let response = json!({ "response": { "set": { "x-frame-options": "DENY" } } });
    let told = bench("example-header-edit", &response, &[])?;
    assert_eq!(hooks(&told), ["response"], "without a hook of requests: {told}");
    let told = bench("example-header-edit", &json!({}), &[])?;
    assert_eq!(hooks(&told), [""; 0], "{told}");
    Ok(())
}

#[test]
fn a_hook_that_refuses_or_fails_has_a_figure() -> Result<()> {
    let secret = ["--grant", "secret:github", "--secret", "github=secret"];
    let told = bench("example-hmac-signature", &json!({ "secret": "github" }), &secret)?;
    assert_eq!((hooks(&told)[0], &told["hooks"][0]["failed"]), ("request", &json!(0)), "{told}");

    let folder = TempDir::new()?;
    let request = folder.path().join("request.json");
    fs::write(&request, json!({ "headers": { "x-fault": "error" } }).to_string())?;
    let told = bench("guest-faults", &json!({}), &["--request", &request.display().to_string()])?;
    assert_eq!(hooks(&told), ["request"]);
    assert_eq!(told["hooks"][0]["failed"], told["hooks"][0]["calls"]);
    let notes = notes(&told);
    assert!(notes.contains("an error was asked for") && notes.contains("response: not called"), "{notes}");
    Ok(())
}

#[test]
fn a_plugin_that_does_not_start_is_told_with_the_remedy() -> Result<()> {
    let folder = TempDir::new()?;
    for (package, config, words) in [
        ("example-rewrite-body", json!({}), "--config FILE"),
        ("example-hmac-signature", json!({ "secret": "github" }), "--grant GRANT"),
    ] {
        fs::write(folder.path().join("dev.json"), config.to_string())?;
        let refused = author(folder.path()).args(["plugin", "bench"]).arg(module(package)).output()?;
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(3), "{package}: {said}");
        assert!(said.contains(words) && said.contains("does not start"), "{package}: {said}");
    }
    Ok(())
}
