//! The sandbox as a whole, with guests written by hand: what a compiler would never emit is what matters here.

mod admission;
mod asked;
mod budget;
mod calls;
mod faults;
mod fibers;
mod guest;
mod hooks;
mod identity;
mod imports;
mod isolated;
mod lending;
mod lifecycle;
mod limits;
mod loading;
mod refused;
mod script;

use std::{collections::HashMap, sync::Arc};

use gateway_model::{
    ClientCertificate, FailurePolicy, Grant, Identity, Isolation, Named, ResolvedAttachment, Snapshot, Upstream,
};
use http::{HeaderMap, Method, StatusCode, uri::PathAndQuery};
use sluice_abi::{bytes::Reader, flat::Flat};

use self::guest::Guest;
use crate::{
    About, Attributes, Charges, Failure, Host, HostSettings, Limits, LocalLoad, Plugin, RequestCall, ResponseCall,
    ResponseVerdict, Source, StoreResponse, UpstreamLoad, Verdict, Visit, Way, engine::Core, error::ConfigureError,
    module, state::State,
};

const UPSTREAM_LOAD: UpstreamLoad =
    UpstreamLoad { limit: 5, waiting: 6, queue_wait_us: 7, latency_p50_us: 8, latency_p90_us: 9, error_permille: 10 };

const SECRET: &[u8; 32] = b"0123456789abcdef0123456789abcdef";

fn settings() -> HostSettings {
    HostSettings {
        limits: Limits { instances: 64, ..Limits::default() },
        key_hash_secret: [7; 32],
        secrets: Arc::new(|name| match name {
            "signing" => Some(SECRET.to_vec()),
            "panics" => panic!("a fault of the host"),
            _ => None,
        }),
        ..HostSettings::offline()
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

/// A record of scalars that crossed, or none.
#[track_caller]
fn read_record<T: Flat>(bytes: &[u8]) -> Option<T> {
    (!bytes.is_empty()).then(|| T::read(&mut Reader::new(bytes)).expect("a record of that type"))
}

pub(crate) fn core() -> Arc<Core> {
    Arc::new(Core::new(settings()).expect("the sandbox starts"))
}

pub(crate) fn state(core: &Arc<Core>) -> State {
    State::new(core.clone(), None)
}

pub(crate) fn attachment(wasm: &[u8], grants: &[Grant]) -> Arc<ResolvedAttachment> {
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
    Arc::new(Identity { consumer: name.into(), ..Identity::default() })
}

fn snapshot(identities: impl IntoIterator<Item = Arc<Identity>>) -> Arc<Snapshot> {
    let identities: HashMap<_, _> = identities.into_iter().map(|it| (it.consumer.clone(), it)).collect();
    let shop = Upstream::new("shop", vec![]);
    let upstreams = Named::unit("shop".into(), Arc::new(shop));
    Arc::new(Snapshot { identities: Arc::new(identities), upstreams, ..Snapshot::default() })
}

pub(crate) fn about(snapshot: &Arc<Snapshot>) -> About<'_> {
    About {
        snapshot,
        request_id: "0193-test",
        client_ip: [192, 0, 2, 1].into(),
        client_certificate: None,
        route: "orders",
        upstream: "orders-service",
        route_priority: None,
        lowered_to: None,
        http_version: "HTTP/1.1",
        scheme: "https",
        load: LocalLoad { route_in_flight: 3, upstream_in_flight: 2, lag_us: 1, upstream: UPSTREAM_LOAD },
    }
}

/// A request that tests change by hand before it is lent to a hook.
struct Request {
    method: Method,
    target: PathAndQuery,
    headers: HeaderMap,
    consumer: Option<Arc<Identity>>,
    attributes: Attributes,
    way: Way,
    charges: Charges,
    certificate: Option<Arc<ClientCertificate>>,
    snapshot: Arc<Snapshot>,
    visit: Visit,
}

/// The same for a response.
struct Response {
    status: StatusCode,
    headers: HeaderMap,
    consumer: Option<Arc<Identity>>,
    attributes: Attributes,
    store: Option<StoreResponse>,
    snapshot: Arc<Snapshot>,
    visit: Visit,
}

impl Request {
    fn new() -> Self {
        Self {
            method: Method::GET,
            target: PathAndQuery::from_static("/orders?a=1"),
            headers: HeaderMap::new(),
            consumer: None,
            attributes: Attributes::default(),
            way: Way::default(),
            charges: Charges::new(),
            certificate: None,
            snapshot: snapshot([identity("acme")]),
            visit: Visit::default(),
        }
    }

    /// The call, and the visit beside it.
    fn parts(&mut self) -> (RequestCall<'_>, &mut Visit) {
        let call = RequestCall {
            method: &mut self.method,
            target: &mut self.target,
            authority: "api.example.com:8443",
            headers: &mut self.headers,
            content_length: Some(0),
            consumer: &mut self.consumer,
            attributes: &mut self.attributes,
            way: &mut self.way,
            charges: &mut self.charges,
            about: About { client_certificate: self.certificate.as_ref(), ..about(&self.snapshot) },
        };
        (call, &mut self.visit)
    }

    /// Runs the request hook.
    fn run(&mut self, plugin: &Plugin) -> Result<Verdict, Failure> {
        let (mut call, visit) = self.parts();
        plugin.on_request(&mut call, visit)
    }

    /// Runs the request hook, which succeeds and goes on, and returns the state that it leaves.
    #[track_caller]
    fn state(&mut self, plugin: &Plugin) -> Vec<u8> {
        match self.run(plugin).expect("succeeds") {
            Verdict::Next(_) => self.visit.state.to_vec(),
            other => panic!("{other:?}"),
        }
    }
}

impl Response {
    fn new() -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            consumer: None,
            attributes: Attributes::default(),
            store: None,
            snapshot: snapshot([]),
            visit: Visit::default(),
        }
    }

    fn parts(&mut self) -> (ResponseCall<'_>, &mut Visit) {
        let call = ResponseCall {
            status: &mut self.status,
            source: Source::Upstream,
            headers: &mut self.headers,
            content_length: None,
            consumer: &self.consumer,
            attributes: &mut self.attributes,
            store: &mut self.store,
            about: about(&self.snapshot),
        };
        (call, &mut self.visit)
    }

    /// Runs the response hook.
    fn run(&mut self, plugin: &Plugin) -> Result<ResponseVerdict, Failure> {
        let (mut call, visit) = self.parts();
        plugin.on_response(&mut call, visit)
    }
}
