//! Our own gateways, with the cache in front of the upstream and without.

use std::{net::SocketAddr, path::Path};

use anyhow::{Context, Result};
use gateway_benches::{
    Contender, Surroundings,
    contender::{
        free_address,
        sluice::{
            self, Blank,
            configure::{attach, route},
        },
    },
    cores,
};
use hyper::HeaderMap;
use serde_json::json;
use tokio::runtime;

/// Memory of the cache, in bytes.
const MEMORY: u64 = 64 * 1024 * 1024;

/// A gateway that runs.
pub(crate) struct Gateway {
    pub(crate) contender: Contender,
    /// Where it serves without TLS.
    pub(crate) http: SocketAddr,
}

impl Gateway {
    /// Starts one, with the plugin `cache` on its only route or with none.
    pub(crate) fn start(name: &str, caches: bool, binary: &Path, surroundings: &Surroundings<'_>) -> Result<Self> {
        let http = free_address()?;
        let blank = cores::on_last(|| {
            sluice::start_with(name, binary, surroundings, |command| {
                command
                    .env("SLUICE_HTTP_ENABLED", "true")
                    .env("SLUICE_HTTP_ADDRESS", http.to_string())
                    .env("SLUICE_CACHE_MEMORY_BYTES", MEMORY.to_string())
                    .env("SLUICE_CONNECTIONS_MAX", "20000")
                    // Most connections of a crowd are idle until all are there.
                    .env("SLUICE_CONNECTIONS_HEAD_TIMEOUT_MS", "600000")
                    .env("SLUICE_CONNECTIONS_IDLE_TIMEOUT_MS", "600000")
            })
        })?;
        let Blank { process, address, admin } = blank;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let configured = runtime.block_on(async {
            route(&admin, surroundings.upstream).await?;
            match caches {
                true => attach(&admin, "cache", "plugin-cache", json!({}), &["cache"]).await,
                false => Ok(()),
            }
        });
        configured.with_context(|| format!("{name} could not be configured"))?;
        let headers = HeaderMap::new();
        Ok(Self { contender: Contender { name: name.to_owned(), process, beside: Vec::new(), address, headers }, http })
    }
}
