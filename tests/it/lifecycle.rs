//! From a process's start to its end: upgrades that lose no request, orders by signals, and what a service manager hears.

mod load;
mod signals;
mod upgrade;

use std::{net::SocketAddr, path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use gateway_tests::Process;
use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::json;
use sluice_testkit::admin::Admin;
use tempfile::TempDir;
use tokio::net::UnixDatagram;

const BINARY: &str = env!("CARGO_BIN_EXE_sluice-under-test");

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a service manager hears of the processes that it has started.
struct Manager {
    data: TempDir,
    socket: UnixDatagram,
}

impl Manager {
    fn new() -> Result<Self> {
        let data = TempDir::new()?;
        let socket = UnixDatagram::bind(data.path().join("notify.sock"))?;
        Ok(Self { data, socket })
    }

    async fn start(&self, settings: &[(&str, &str)]) -> Result<Process> {
        let socket = self.data.path().join("notify.sock");
        let mut all = vec![("NOTIFY_SOCKET", socket.to_str().context("a path in UTF-8")?)];
        all.extend_from_slice(settings);
        Process::start_with(Path::new(BINARY), self.data.path(), &all).await
    }

    /// The next message of which `wanted` says that it is the one.
    async fn hears(&self, wanted: impl Fn(&str) -> bool) -> Result<String> {
        let hears = async {
            loop {
                let mut buffer = [0; 512];
                let length = self.socket.recv(&mut buffer).await?;
                let message = String::from_utf8(buffer[..length].to_vec())?;
                if wanted(&message) {
                    return Ok(message);
                }
            }
        };
        tokio::time::timeout(PATIENCE, hears).await.context("the service manager does not hear it")?
    }

    async fn hears_ready(&self, process: u32) -> Result<()> {
        self.hears(|message| message.starts_with(&format!("READY=1\nMAINPID={process}\n"))).await.map(drop)
    }
}

/// A route of that name at `/name`, to an upstream of the same name.
async fn route(admin: &Admin, name: &str, target: SocketAddr) -> Result<()> {
    let upstreams =
        "mutation($input: CreateUpstreamInput!) { createUpstream(input: $input) { userErrors { message } } }";
    let routes = "mutation($input: CreateRouteInput!) { createRoute(input: $input) { userErrors { message } } }";
    let upstream = json!({ "name": name, "targets": [{ "address": target.to_string() }] });
    admin.mutate(upstreams, json!({ "input": upstream })).await?;
    let route = json!({ "name": name, "pathPrefix": format!("/{name}"), "upstream": name });
    admin.mutate(routes, json!({ "input": route })).await?;
    Ok(())
}

fn signal(process: u32, signal: Signal) -> Result<()> {
    Ok(kill(Pid::from_raw(i32::try_from(process)?), signal)?)
}

/// Asks a process of the notified ones to end when a test is over, however it ends: it is nobody's child.
struct Foreign(u32);

impl Drop for Foreign {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(signal(self.0, Signal::SIGKILL));
    }
}

/// Waits for what no event tells of.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let waits = async {
        while !holds().await? {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    };
    let result: Result<Result<()>, _> = tokio::time::timeout(PATIENCE, waits).await;
    ensure!(result.is_ok(), "{what} did not happen");
    result?
}
