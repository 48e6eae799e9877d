//! The gateway's own host with real modules in it.

use std::{
    fs,
    path::Path,
    pin::pin,
    sync::Arc,
    task::{self, Poll, Waker},
};

use anyhow::{Context, Result};
use gateway_host::{
    About, Caller, Failure, Host, HostSettings, LocalLoad, Plugin, RequestCall, ResponseCall, ResponseVerdict, Source,
    StoreResponse, Verdict, Visit,
};
use gateway_model::{Credentials, FailurePolicy, Grant, Isolation, KeyDigest, ResolvedAttachment, Snapshot};
use gateway_store::limits::{Clock, Limiters, Outcome};
use gateway_telemetry::enter_worker;
use serde_json::{Value, json};

use crate::{
    exchange::{API_KEY, Exchange, Hooks, ROUTE, Standing, consumer},
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
    fields: native::Fields,
}

impl Sandbox {
    /// A host with the gateway's limits, and this thread as its only worker.
    pub(crate) fn new() -> Result<Self> {
        enter_worker(0);
        let host = Host::new(HostSettings {
            key_hash_secret: KEY_HASH_SECRET,
            limiters: Arc::new(Limiters::new(COUNTERS, Arc::default(), Clock::system())),
            ..HostSettings::offline()
        })?;
        let consumer = consumer();
        let digest = KeyDigest(native::digest(API_KEY.as_bytes()));
        let snapshot = Snapshot {
            identities: Arc::new([(consumer.consumer.clone(), consumer.clone())].into()),
            credentials: Arc::new(Credentials::default().with_key("key", digest, &consumer)),
            ..Snapshot::default()
        };
        Ok(Self { host, snapshot: Arc::new(snapshot) })
    }

    /// An attachment of `target/plugins/PACKAGE.wasm`.
    pub(crate) fn plugin(&self, name: &str, package: &str, config: &Value, grants: &[Grant]) -> Result<Sandboxed> {
        self.attach(name, package, config, grants, Isolation::Shared)
    }

    /// The same without configuration, for which an instance is made for each call.
    pub(crate) fn isolated(&self, package: &str) -> Result<Sandboxed> {
        self.attach("isolated", package, &json!({}), &[], Isolation::Request)
    }

    fn attach(
        &self,
        name: &str,
        package: &str,
        config: &Value,
        grants: &[Grant],
        isolation: Isolation,
    ) -> Result<Sandboxed> {
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
            isolation,
            deadline_ms: None,
            quarantined: false,
        }))?;
        Ok(Sandboxed { plugin, snapshot: self.snapshot.clone(), fields: native::Fields::new() })
    }
}

impl Hooks for Sandboxed {
    type State = Option<Visit>;

    fn on_request(&self, exchange: &mut Exchange) -> Option<Visit> {
        let mut visit = Visit::default();
        let more = passes(self.plugin.on_request(&mut self.request(exchange), &mut visit));
        if !exchange.charges.is_empty() {
            self.charge(exchange);
        }
        more.then_some(visit)
    }

    fn on_response(&self, exchange: &mut Exchange, visit: Option<Visit>) {
        if let Some(standing) = exchange.standing.take() {
            self.fields.write(exchange, standing);
        }
        let Some(mut visit) = visit else { return };
        taken(self.plugin.on_response(&mut self.response(exchange, &mut None), &mut visit));
    }
}

/// The same plugin, called on fibers that are never suspended.
pub(crate) struct OnFiber<'a>(pub(crate) &'a Sandboxed);

impl Hooks for OnFiber<'_> {
    type State = Option<Visit>;

    fn on_request(&self, exchange: &mut Exchange) -> Option<Visit> {
        let mut visit = Visit::default();
        let verdict = at_once(self.0.plugin.on_request_on_fiber(&mut self.0.request(exchange), &mut visit));
        passes(verdict).then_some(visit)
    }

    fn on_response(&self, exchange: &mut Exchange, visit: Option<Visit>) {
        let Some(mut visit) = visit else { return };
        let mut store = None;
        let mut call = self.0.response(exchange, &mut store);
        taken(at_once(self.0.plugin.on_response_on_fiber(&mut call, &mut visit)));
    }
}

/// Nothing is waited for in here, but a guest on a fiber lets others have their turn at each tick.
fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut task::Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}

/// Whether the response hook is wanted.
fn passes(verdict: Result<Verdict, Failure>) -> bool {
    match verdict {
        Ok(Verdict::Next(onward)) => onward.more,
        other => panic!("the plugin did not let the request pass: {other:?}"),
    }
}

fn taken(verdict: Result<ResponseVerdict, Failure>) {
    verdict.expect("the plugin takes the response");
}

impl Sandboxed {
    /// As the gateway does when the hook has ended.
    fn charge(&self, exchange: &mut Exchange) {
        let charges = std::mem::take(&mut exchange.charges);
        let identity = exchange.consumer.as_deref();
        let caller = Caller { identity, route: ROUTE, method: &exchange.method, plan_is_charged: false };
        let mut standing = None;
        let charged = self.plugin.charge(&charges, caller, |told| {
            standing = Some(Standing {
                limit: told.limit,
                window: told.window.unwrap_or(0),
                remaining: told.answer.decision().map_or(0, |it| it.remaining),
                more_after: told.answer.decision().map_or(0, |it| it.more_after),
            });
        });
        assert!(charged.is_some_and(|it| it.outcome == Outcome::Admitted), "the limit was not to be reached");
        exchange.standing = standing;
    }

    fn request<'e>(&'e self, exchange: &'e mut Exchange) -> RequestCall<'e> {
        RequestCall {
            method: &mut exchange.method,
            target: &mut exchange.target,
            authority: "bench.test",
            headers: &mut exchange.request,
            content_length: Some(0),
            consumer: &mut exchange.consumer,
            attributes: &mut exchange.attributes,
            way: &mut exchange.way,
            charges: &mut exchange.charges,
            about: self.about(),
        }
    }

    fn response<'e>(&'e self, exchange: &'e mut Exchange, store: &'e mut Option<StoreResponse>) -> ResponseCall<'e> {
        ResponseCall {
            status: &mut exchange.status,
            source: Source::Upstream,
            headers: &mut exchange.response,
            content_length: Some(1024),
            consumer: &exchange.consumer,
            attributes: &mut exchange.attributes,
            store,
            about: self.about(),
        }
    }

    fn about(&self) -> About<'_> {
        About {
            snapshot: &self.snapshot,
            request_id: "0193e6a0-0000-7000-8000-000000000000",
            client_ip: [192, 0, 2, 1].into(),
            client_certificate: None,
            route: ROUTE,
            upstream: "orders",
            route_priority: None,
            lowered_to: None,
            http_version: "HTTP/1.1",
            scheme: "https",
            load: LocalLoad::default(),
        }
    }
}
