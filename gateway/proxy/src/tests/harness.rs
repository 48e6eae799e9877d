//! A gateway, clients before it and upstreams behind it.

use std::{
    collections::BTreeMap,
    future::Future,
    io::Write,
    net::SocketAddr,
    sync::{
        Arc, LazyLock, Mutex, OnceLock,
        atomic::{AtomicU16, AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use arc_swap::ArcSwap;
use bytes::Bytes;
use gateway_host::{Host, HostSettings, Limits};
use gateway_model::{
    Attachment, Catalog, Digest, Document, Edit, FailurePolicy, Isolation, Path, Plugin, PluginFacts, Resource, Route,
    Target, Timeouts, compile,
};
use gateway_store::{Responses, cache::lower::Lower, limits::Clock};
use gateway_telemetry::{AccessLog, Metrics};
use http::{Request, Response};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::{JoinHandle, JoinSet},
};

use super::guest::Guest;
use crate::{
    CacheSettings, Callouts, ConnectionLimits, Gateway, HttpCache, Live, LiveBuilder, OverloadLimits, Proxies,
    ProxySettings,
};

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The time of caches until a test moves it, in milliseconds since 1970.
pub(super) const NOW: u64 = 1_795_953_600_000;

/// Waits, but not for ever.
pub(super) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, future).await {
        Ok(value) => value,
        Err(_) => panic!("{what} did not happen"),
    }
}

// === the gateway ===

/// The sandbox that all tests share.
pub(super) fn host() -> Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    let host = HOST.get_or_init(|| {
        let settings = HostSettings {
            limits: Limits { instances: 64, ..Limits::default() },
            outbound: Arc::new(Callouts),
            responses: responses(),
            secrets: Arc::new(|name| SECRETS.lock().unwrap().get(name).cloned()),
            ..HostSettings::offline()
        };
        Host::new(settings).unwrap()
    });
    host.clone()
}

/// Puts a secret where all tests find it.
pub(super) fn secret(name: &str, value: &[u8]) {
    SECRETS.lock().unwrap().insert(name.to_owned(), value.to_vec());
}

static SECRETS: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::new(BTreeMap::new());

/// What plugins of all tests keep, each under the name of its attachment.
pub(super) fn responses() -> Arc<Responses> {
    static RESPONSES: LazyLock<Arc<Responses>> = LazyLock::new(|| Arc::new(Responses::new(64 * 1024 * 1024)));
    RESPONSES.clone()
}

/// A gateway with one worker, so that its pools can be counted on.
pub(super) struct Gate {
    pub(super) metrics: Metrics,
    pub(super) live: Arc<ArcSwap<Live>>,
    pub(super) cache: Arc<HttpCache>,
    gateway: Option<Gateway>,
    builder: LiveBuilder,
    revision: u64,
    lines: mpsc::UnboundedReceiver<Value>,
}

impl Gate {
    pub(super) fn start(document: &Document) -> Self {
        Self::with(document, |_| {})
    }

    pub(super) fn with(document: &Document, change: impl FnOnce(&mut ProxySettings)) -> Self {
        let metrics = Metrics::new(1);
        let builder = LiveBuilder::new(host(), metrics.clone());
        let live = build(&builder, document, 1, None);
        let live = Arc::new(ArcSwap::from_pointee(live));
        let (sink, lines) = mpsc::unbounded_channel();
        let mut settings = ProxySettings {
            http: Some(([127, 0, 0, 1], 0).into()),
            https: None,
            tls: None,
            redirect_to_https: None,
            workers: 1,
            limits: ConnectionLimits::default(),
            proxies: Proxies::default(),
            overload: OverloadLimits::default(),
            access_log: AccessLog::to(Lines(sink), metrics.access_log_dropped()).unwrap(),
            responses: responses(),
            cache: HttpCache::new(
                CacheSettings::default(),
                Lower::default(),
                Clock::manual(NOW),
                metrics.cache_metrics(),
            ),
        };
        change(&mut settings);
        let cache = settings.cache.clone();
        let gateway = Gateway::start(settings, live.clone(), metrics.clone()).unwrap();
        Self { metrics, live, cache, gateway: Some(gateway), builder, revision: 1, lines }
    }

    pub(super) fn http(&self) -> SocketAddr {
        self.gateway.as_ref().unwrap().http_address().unwrap()
    }

    pub(super) fn https(&self) -> SocketAddr {
        self.gateway.as_ref().unwrap().https_address().unwrap()
    }

    /// Makes a document live, as the server does.
    pub(super) fn publish(&mut self, document: &Document) {
        self.revision += 1;
        let next = build(&self.builder, document, self.revision, Some(&self.live.load_full()));
        self.live.store(Arc::new(next));
    }

    /// The next line of the access log.
    pub(super) async fn line(&mut self) -> Value {
        soon("a line in the access log", self.lines.recv()).await.unwrap()
    }

    /// The exposed value of a metric, 0 when it is not there yet.
    pub(super) fn metric(&self, name: &str) -> f64 {
        let page = self.metrics.render();
        let line = page.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |value| value.parse().unwrap())
    }

    /// Waits until a metric has a value.
    pub(super) async fn until_metric(&self, name: &str, value: f64) {
        soon(&format!("{name} {value}"), async {
            while self.metric(name) != value {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// Stops in the background; the result is ready when it has ended.
    pub(super) fn shut_down(&mut self, grace: Duration) -> JoinHandle<()> {
        tokio::spawn(self.gateway.take().unwrap().shutdown(grace))
    }
}

pub(super) fn build(builder: &LiveBuilder, document: &Document, revision: u64, previous: Option<&Live>) -> Live {
    let compiled = compile(document, revision, &Modules).unwrap();
    builder.build(Arc::new(compiled.snapshot), previous).unwrap()
}

/// The modules that the shared sandbox knows.
struct Modules;

impl Catalog for Modules {
    fn facts(&self, digest: &Digest) -> Option<Arc<PluginFacts>> {
        MODULES.lock().unwrap().get(digest).cloned()
    }

    fn check_config(&self, _: &Digest, _: &Value) -> Vec<(Path, String)> {
        Vec::new()
    }
}

static MODULES: Mutex<BTreeMap<Digest, Arc<PluginFacts>>> = Mutex::new(BTreeMap::new());

struct Lines(mpsc::UnboundedSender<Value>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            // A test that has ended needs no more lines.
            drop(self.0.send(serde_json::from_slice(line)?));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How many of so many requests, one after the other, each of the [named](Upstream::named) upstreams has answered.
pub(super) async fn answers(gate: &Gate, requests: usize) -> BTreeMap<String, usize> {
    let mut client = Raw::to(gate.http()).await;
    let mut counts = BTreeMap::new();
    for _ in 0..requests {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").await;
        let reply = client.expect().await;
        let name = if reply.status() == 200 { reply.body } else { reply.status().to_string() };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

// === documents ===

/// One route for everything to one upstream.
pub(super) fn one_route(targets: &[SocketAddr]) -> Document {
    one_route_with(targets, Timeouts::default())
}

pub(super) fn one_route_with(targets: &[SocketAddr], timeouts: Timeouts) -> Document {
    let addresses: Vec<String> = targets.iter().map(SocketAddr::to_string).collect();
    let mut document = Document::default();
    add_upstream(&mut document, "upstream", &addresses, timeouts);
    add_route(&mut document, "route", &[], "/", "upstream");
    document
}

pub(super) fn add_upstream(document: &mut Document, name: &str, targets: &[String], timeouts: Timeouts) {
    let targets = targets.iter().map(Target::new).collect();
    let upstream = gateway_model::Upstream { timeouts, ..gateway_model::Upstream::new(name, targets) };
    document.apply(&Edit::Put(Resource::Upstream(Arc::new(upstream))));
}

/// The same with changes to the upstream of [`one_route`].
pub(super) fn with_upstream(document: Document, change: impl FnOnce(&mut gateway_model::Upstream)) -> Document {
    let mut document = document;
    let mut upstream = gateway_model::Upstream::clone(&document.upstreams["upstream"]);
    change(&mut upstream);
    document.apply(&Edit::Put(Resource::Upstream(Arc::new(upstream))));
    document
}

pub(super) fn add_route(document: &mut Document, name: &str, hosts: &[&str], path_prefix: &str, upstream: &str) {
    let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
    let route = Route { hosts, ..Route::to(name, path_prefix, upstream) };
    document.apply(&Edit::Put(Resource::Route(Arc::new(route))));
}

/// Attaches a module to every route, at this place in the order.
pub(super) fn add_plugin(document: &mut Document, name: &str, order: i32, guest: &Guest, on_failure: FailurePolicy) {
    add_attachment(document, name, order, guest, |attachment| attachment.on_failure = on_failure);
}

/// As [`add_plugin`], with changes to the attachment.
pub(super) fn add_attachment(
    document: &mut Document,
    name: &str,
    order: i32,
    guest: &Guest,
    change: impl FnOnce(&mut Attachment),
) {
    let wasm = guest.wasm();
    let facts = host().inspect(&wasm).unwrap();
    host().load(&facts.digest, &wasm).unwrap();
    let plugin = Plugin { name: name.into(), digest: facts.digest.clone() };
    let mut attachment = Attachment {
        name: name.into(),
        plugin: name.into(),
        route: None,
        order: Some(order),
        config: Value::Object(Default::default()),
        grants: Vec::new(),
        on_failure: FailurePolicy::Closed,
        isolation: Isolation::Shared,
        deadline_ms: None,
        quarantined: false,
    };
    change(&mut attachment);
    MODULES.lock().unwrap().insert(facts.digest.clone(), Arc::new(facts));
    document.apply(&Edit::Put(Resource::Plugin(Arc::new(plugin))));
    document.apply(&Edit::Put(Resource::Attachment(Arc::new(attachment))));
}

// === upstreams ===

/// A server behind the gateway; stops when dropped.
pub(super) struct Upstream {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

pub(super) type AnyBody = BoxBody<Bytes, hyper::Error>;

impl Upstream {
    /// Hands each connection to `talk`.
    pub(super) async fn talking<F: Future<Output = ()> + Send + 'static>(
        talk: impl Fn(Raw) -> F + Send + 'static,
    ) -> Self {
        Self::talking_at(([127, 0, 0, 1], 0).into(), talk).await
    }

    async fn talking_at<F: Future<Output = ()> + Send + 'static>(
        address: SocketAddr,
        talk: impl Fn(Raw) -> F + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        let task = tokio::spawn(async move {
            // Its connections end with it, as those of a process that is killed.
            let mut serving = JoinSet::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counted.fetch_add(1, Relaxed);
                serving.spawn(talk(Raw::over(stream)));
            }
        });
        Self { address, connections, task }
    }

    /// Answers requests by hyper.
    pub(super) async fn answering<F: Future<Output = Response<AnyBody>> + Send + 'static>(
        answer: impl Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
    ) -> Self {
        Self::answering_at(([127, 0, 0, 1], 0).into(), answer).await
    }

    async fn answering_at<F: Future<Output = Response<AnyBody>> + Send + 'static>(
        address: SocketAddr,
        answer: impl Fn(Request<Incoming>) -> F + Clone + Send + Sync + 'static,
    ) -> Self {
        Self::talking_at(address, move |raw| {
            let answer = answer.clone();
            async move {
                let service = service_fn(move |request| {
                    let response = answer(request);
                    async move { Ok::<_, std::convert::Infallible>(response.await) }
                });
                // A client that goes away is no concern of an upstream.
                let mut server = http1::Builder::new();
                // The time of the cache is not that of the machine.
                server.auto_date_header(false);
                drop(server.serve_connection(TokioIo::new(raw.stream), service).await);
            }
        })
        .await
    }

    /// Answers with the head that it saw, as a text of a line for each field.
    pub(super) async fn echoing() -> Self {
        Self::answering(|request| async move {
            let (head, body) = request.into_parts();
            let mut text = format!("{} {} {:?}\n", head.method, head.uri, head.version);
            for (name, value) in &head.headers {
                text += &format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()));
            }
            let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            text += &format!("\n{}", String::from_utf8_lossy(&body));
            Response::new(full(text))
        })
        .await
    }

    /// Answers with its name.
    pub(super) async fn named(name: &'static str) -> Self {
        Self::named_at(([127, 0, 0, 1], 0).into(), name).await
    }

    /// The same at an address that was another one's before.
    pub(super) async fn named_at(address: SocketAddr, name: &'static str) -> Self {
        Self::answering_at(address, move |_| async move { Response::new(full(name)) }).await
    }

    /// Connections that were made to it.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Relaxed)
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers everything with a status that can be changed, and counts what is no check of its health.
pub(super) struct Moody {
    pub(super) upstream: Upstream,
    pub(super) status: Arc<AtomicU16>,
    asked: Arc<AtomicUsize>,
}

impl Moody {
    pub(super) async fn start(status: u16) -> Self {
        let (status, asked) = (Arc::new(AtomicU16::new(status)), Arc::new(AtomicUsize::new(0)));
        let (says, counts) = (status.clone(), asked.clone());
        let upstream = Upstream::answering(move |request| {
            if request.uri().path() != "/healthz" {
                counts.fetch_add(1, Relaxed);
            }
            let response = Response::builder().status(says.load(Relaxed)).body(full("moody")).unwrap();
            async move { response }
        })
        .await;
        Self { upstream, status, asked }
    }

    pub(super) fn asked(&self) -> usize {
        self.asked.load(Relaxed)
    }
}

pub(super) fn full(body: impl Into<Bytes>) -> AnyBody {
    Full::new(body.into()).map_err(|never| match never {}).boxed()
}

/// An address at which nobody listens.
pub(super) async fn nobody() -> SocketAddr {
    TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap()
}

// === raw connections ===

/// A connection as bytes.
pub(super) struct Raw {
    pub(super) stream: TcpStream,
    read: Vec<u8>,
}

/// A message as it stood on the wire.
#[derive(Debug)]
pub(super) struct Message {
    /// First line and fields.
    pub(super) head: String,
    /// As framed by its length; chunks with their framing.
    pub(super) body: String,
}

impl Raw {
    pub(super) async fn to(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).await.unwrap())
    }

    pub(super) fn over(stream: TcpStream) -> Self {
        Self { stream, read: Vec::new() }
    }

    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.stream.write_all(bytes.as_ref()).await.unwrap();
    }

    /// Reads until `end` has come and takes everything up to it; `None` when the connection ends before.
    pub(super) async fn take_until(&mut self, end: &str) -> Option<String> {
        loop {
            if let Some(at) = self.read.windows(end.len()).position(|window| window == end.as_bytes()) {
                let taken: Vec<u8> = self.read.drain(..at + end.len()).collect();
                return Some(String::from_utf8(taken).unwrap());
            }
            // A reset is an end too.
            if soon(end, self.stream.read_buf(&mut self.read)).await.unwrap_or(0) == 0 {
                return None;
            }
        }
    }

    /// The next message; `None` when the connection ends before.
    pub(super) async fn message(&mut self) -> Option<Message> {
        let head = self.take_until("\r\n\r\n").await?;
        let field = |name: &str| {
            head.lines().find_map(|line| Some(line.to_ascii_lowercase().strip_prefix(name)?.trim().to_owned()))
        };
        let length = field("content-length:").map_or(0, |length| length.parse().unwrap());
        let body = match field("transfer-encoding:") {
            Some(_) => self.take_until("0\r\n\r\n").await?,
            None => self.take(length).await?,
        };
        Some(Message { head, body })
    }

    /// The next message, which must come.
    pub(super) async fn expect(&mut self) -> Message {
        self.message().await.expect("the connection ended before a message came")
    }

    async fn take(&mut self, length: usize) -> Option<String> {
        while self.read.len() < length {
            if soon("a body", self.stream.read_buf(&mut self.read)).await.unwrap_or(0) == 0 {
                return None;
            }
        }
        Some(String::from_utf8(self.read.drain(..length).collect()).unwrap())
    }

    /// Everything up to the end of the connection.
    pub(super) async fn rest(&mut self) -> String {
        // A reset is an end too.
        while soon("the end of the connection", self.stream.read_buf(&mut self.read)).await.unwrap_or(0) > 0 {}
        String::from_utf8(std::mem::take(&mut self.read)).unwrap()
    }

    /// Sends one request and reads its response, which ends the connection or not.
    pub(super) async fn ask(address: SocketAddr, request: &str) -> Message {
        let mut raw = Self::to(address).await;
        raw.send(request).await;
        raw.expect().await
    }
}

impl Message {
    pub(super) fn status(&self) -> u16 {
        self.head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// The value of a field, or of all fields of that name with commas between.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        fields(&self.head, name)
    }

    /// The value of a field in a body as [`Upstream::echoing`] makes it.
    pub(super) fn echoed(&self, name: &str) -> Option<String> {
        fields(&self.body, name)
    }

    pub(super) fn closes(&self) -> bool {
        self.field("connection").is_some_and(|value| value == "close")
    }

    /// The last part of the type of the problem in the body.
    pub(super) fn problem(&self) -> String {
        assert_eq!(self.field("content-type").as_deref(), Some("application/problem+json"), "{self:?}");
        let problem: Value = serde_json::from_str(&self.body).unwrap();
        let id = self.field("x-request-id").unwrap();
        assert_eq!(problem["instance"], format!("urn:uuid:{id}"));
        problem["type"].as_str().unwrap().rsplit(['/', '#']).next().unwrap().to_owned()
    }
}

fn fields(head: &str, name: &str) -> Option<String> {
    let lines = head.lines().skip(1).take_while(|line| !line.is_empty());
    let values = lines.filter_map(|line| line.split_once(':'));
    let values: Vec<&str> =
        values.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}
