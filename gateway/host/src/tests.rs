//! The sandbox as a whole, with guests written by hand: what a compiler would never emit is what matters here.

mod calls;
mod faults;
mod guest;
mod identity;
mod lifecycle;
mod limits;
mod loading;

use std::{collections::HashMap, sync::Arc};

use gateway_model::{FailurePolicy, Grant, Identity, Isolation, ResolvedAttachment, Snapshot};
use gateway_store::Counters;
use gateway_telemetry::Metrics;
use http::{HeaderMap, Method};

use self::guest::Guest;
use crate::{
    Host, HostSettings, Limits, Plugin, RequestCall, engine::Core, error::ConfigureError, module, state::State,
};

const SECRET: &[u8; 32] = b"0123456789abcdef0123456789abcdef";

fn settings() -> HostSettings {
    HostSettings {
        cache: None,
        limits: Limits { instances: 64, ..Limits::default() },
        key_hash_secret: [7; 32],
        secrets: Arc::new(|name| match name {
            "signing" => Some(SECRET.to_vec()),
            "panics" => panic!("a fault of the host"),
            _ => None,
        }),
        counters: Arc::new(Counters::new(1_000)),
        metrics: Metrics::new(1),
    }
}

fn host() -> Host {
    Host::new(settings()).expect("the sandbox starts")
}

fn host_with(change: impl FnOnce(&mut Limits)) -> Host {
    let mut settings = settings();
    change(&mut settings.limits);
    Host::new(settings).expect("the sandbox starts")
}

pub(crate) fn core() -> Arc<Core> {
    Arc::new(Core::new(settings()).expect("the sandbox starts"))
}

pub(crate) fn state(core: &Arc<Core>) -> State {
    State::new(core.clone(), None)
}

fn attachment(wasm: &[u8], grants: &[Grant]) -> Arc<ResolvedAttachment> {
    Arc::new(ResolvedAttachment {
        name: "here".into(),
        plugin: "test".into(),
        digest: module::digest(wasm),
        config: "{}".into(),
        grants: grants.to_vec(),
        on_failure: FailurePolicy::Closed,
        isolation: Isolation::Shared,
        deadline_ms: None,
        quarantined: false,
    })
}

fn try_configure(host: &Host, guest: &Guest, grants: &[Grant]) -> Result<Plugin, ConfigureError> {
    let wasm = guest.wasm();
    let attachment = attachment(&wasm, grants);
    host.load(&attachment.digest, &wasm).expect("the guest loads");
    host.configure(&attachment)
}

fn configure(host: &Host, guest: &Guest) -> Plugin {
    try_configure(host, guest, &[]).expect("the guest is configured")
}

fn identity(name: &str) -> Arc<Identity> {
    Arc::new(Identity { consumer: name.into(), groups: vec![], throttle: None })
}

fn snapshot(identities: impl IntoIterator<Item = Arc<Identity>>) -> Arc<Snapshot> {
    let identities: HashMap<_, _> = identities.into_iter().map(|it| (it.consumer.clone(), it)).collect();
    Arc::new(Snapshot { identities, ..Snapshot::default() })
}

/// A request that tests change by hand before it is lent to a hook.
struct Request {
    method: Method,
    path: String,
    headers: HeaderMap,
    consumer: Option<Arc<Identity>>,
    snapshot: Arc<Snapshot>,
}

impl Request {
    fn new() -> Self {
        Self {
            method: Method::GET,
            path: "/orders".into(),
            headers: HeaderMap::new(),
            consumer: None,
            snapshot: snapshot([identity("acme")]),
        }
    }

    fn call(&mut self) -> RequestCall<'_> {
        RequestCall {
            method: &self.method,
            path: &self.path,
            query: Some("a=1"),
            authority: "api.example.com:8443",
            headers: &mut self.headers,
            client_ip: [192, 0, 2, 1].into(),
            content_length: Some(0),
            consumer: &mut self.consumer,
            snapshot: &self.snapshot,
            request_id: "0193-test",
        }
    }
}
