//! The gateway's own host with real modules in it.

use std::{fs, path::Path, sync::Arc};

use anyhow::{Context, Result};
use gateway_host::{About, Host, HostSettings, LocalLoad, Plugin, RequestCall, ResponseCall, Source, Verdict, Visit};
use gateway_model::{FailurePolicy, Grant, Isolation, KeyDigest, ResolvedAttachment, Snapshot};
use gateway_store::Counters;
use gateway_telemetry::enter_worker;
use serde_json::Value;

use crate::{
    exchange::{API_KEY, Exchange, Hooks, consumer},
    native,
};

/// The secret under which API keys are hashed, here and natively.
pub(crate) const KEY_HASH_SECRET: [u8; 32] = [7; 32];
/// Room for the states of limits, as in the gateway.
pub(crate) const COUNTERS: usize = 1_000_000;

/// A host, and the snapshot that requests are served from.
pub(crate) struct Sandbox {
    host: Host,
    snapshot: Arc<Snapshot>,
}

/// A configured plugin.
pub(crate) struct Sandboxed {
    plugin: Plugin,
    snapshot: Arc<Snapshot>,
}

impl Sandbox {
    /// A host with the gateway's limits, and this thread as its only worker.
    pub(crate) fn new() -> Result<Self> {
        enter_worker(0);
        let host = Host::new(HostSettings {
            key_hash_secret: KEY_HASH_SECRET,
            counters: Arc::new(Counters::new(COUNTERS)),
            ..HostSettings::offline()
        })?;
        let consumer = consumer();
        let snapshot = Snapshot {
            identities: [(consumer.consumer.clone(), consumer.clone())].into(),
            keys: [(KeyDigest(native::digest(API_KEY.as_bytes())), consumer)].into(),
            ..Snapshot::default()
        };
        Ok(Self { host, snapshot: Arc::new(snapshot) })
    }

    /// An attachment of `target/plugins/PACKAGE.wasm`.
    pub(crate) fn plugin(&self, name: &str, package: &str, config: &Value, grants: &[Grant]) -> Result<Sandboxed> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/plugins").join(format!("{package}.wasm"));
        let wasm = fs::read(&path).with_context(|| format!("{}: run `cargo xtask plugins` first", path.display()))?;
        let digest = self.host.inspect(&wasm)?.digest;
        self.host.load(&digest, &wasm)?;
        let plugin = self.host.configure(&Arc::new(ResolvedAttachment {
            name: name.into(),
            plugin: name.into(),
            digest,
            config: config.to_string().into(),
            grants: grants.to_vec(),
            on_failure: FailurePolicy::Closed,
            isolation: Isolation::Shared,
            deadline_ms: None,
            quarantined: false,
        }))?;
        Ok(Sandboxed { plugin, snapshot: self.snapshot.clone() })
    }
}

impl Hooks for Sandboxed {
    type State = Option<Visit>;

    fn on_request(&self, exchange: &mut Exchange) -> Option<Visit> {
        let mut visit = Visit::default();
        let mut call = RequestCall {
            method: &mut exchange.method,
            target: &mut exchange.target,
            authority: "bench.test",
            headers: &mut exchange.request,
            content_length: Some(0),
            consumer: &mut exchange.consumer,
            attributes: &mut exchange.attributes,
            way: &mut exchange.way,
            about: self.about(),
        };
        match self.plugin.on_request(&mut call, &mut visit) {
            Ok(Verdict::Next(onward)) => onward.more.then_some(visit),
            other => panic!("the plugin did not let the request pass: {other:?}"),
        }
    }

    fn on_response(&self, exchange: &mut Exchange, visit: Option<Visit>) {
        let Some(mut visit) = visit else { return };
        let mut call = ResponseCall {
            status: &mut exchange.status,
            source: Source::Upstream,
            headers: &mut exchange.response,
            content_length: Some(1024),
            consumer: &exchange.consumer,
            attributes: &mut exchange.attributes,
            store: &mut None,
            about: self.about(),
        };
        let outcome = self.plugin.on_response(&mut call, &mut visit);
        outcome.expect("the plugin takes the response");
    }
}

impl Sandboxed {
    fn about(&self) -> About<'_> {
        About {
            snapshot: &self.snapshot,
            request_id: "0193e6a0-0000-7000-8000-000000000000",
            client_ip: [192, 0, 2, 1].into(),
            route: "orders",
            upstream: "orders",
            http_version: "HTTP/1.1",
            scheme: "https",
            load: LocalLoad::default(),
        }
    }
}
