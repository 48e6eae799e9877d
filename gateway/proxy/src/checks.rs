//! Active checks: requests that are sent to targets only to find out whether they can be used.
//!
//! Each target of an upstream that is checked is so by one worker of the node, in a task of its own there, which ends as
//! soon as another configuration of the checks serves, or the target is gone.

mod grpc_health;

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
    sync::Arc,
    time::Duration,
};

use gateway_algorithms::active::jitter;
use gateway_model::{ActiveHealth, CheckKind};
use http::{
    HeaderValue, Method, Request, Response, Uri,
    header::{CONNECTION, HOST, USER_AGENT},
};
use hyper::body::Incoming;
use tokio::{
    sync::Semaphore,
    task::{self, JoinHandle},
    time::{Instant, sleep, sleep_until, timeout},
};

use crate::{
    balance::Endpoint,
    body::RequestBody,
    live::{Live, LiveUpstream, Serving},
    pool::{Address, Room, Transport},
    worker::Worker,
};

/// The first check comes within this time, and within the interval: not all targets are checked at one moment.
const FIRST_WITHIN: Duration = Duration::from_secs(1);

/// Checks of one worker that are under way at one time, each with a connection; the next one waits.
const MOST: usize = 256;

/// Who asks.
const USER: HeaderValue = HeaderValue::from_static("sluice-health-check");

/// The checks of one worker. Dropped, they end.
pub(crate) struct ActiveChecks {
    /// Which of how many workers this is.
    share: (usize, usize),
    places: Rc<Semaphore>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    serving: Option<Rc<Serving>>,
    /// By upstream and address.
    running: HashMap<(Box<str>, Box<str>), Running>,
}

/// Dropped, it ends.
struct Running {
    check: Rc<Check>,
    task: JoinHandle<()>,
}

/// A target that is checked, and how.
struct Check {
    endpoint: Arc<Endpoint>,
    active: ActiveHealth,
    address: Address,
    transport: Arc<Transport>,
}

// === impl ActiveChecks ===

impl ActiveChecks {
    /// The checks of a worker, by its number and how many there are, 1 at least.
    pub(crate) fn new(share: (usize, usize)) -> Self {
        Self { share, places: Rc::new(Semaphore::new(MOST)), state: RefCell::default() }
    }

    /// Checks what is to be checked in what serves now, and nothing else. Costs a comparison when nothing has changed.
    pub(crate) fn follow(&self, worker: &Rc<Worker>) {
        let serving = worker.serving();
        let State { serving: followed, running } = &mut *self.state.borrow_mut();
        if followed.as_ref().is_some_and(|followed| Rc::ptr_eq(followed, &serving)) {
            return;
        }
        let mut before = std::mem::take(running);
        for (upstream, endpoint, active) in checked(&serving) {
            let name = upstream.configured.name.as_str();
            if !self.is_mine(name, endpoint) {
                continue;
            }
            let key = (Box::from(name), Box::from(endpoint.address()));
            let same = before.remove(&key).filter(|it| it.check.is(endpoint, active, &upstream.transport));
            let start = || same.unwrap_or_else(|| self.start(endpoint, active, &upstream.transport));
            running.entry(key).or_insert_with(start);
        }
        *followed = Some(serving);
    }

    fn start(&self, endpoint: &Arc<Endpoint>, active: &ActiveHealth, transport: &Arc<Transport>) -> Running {
        let (address, transport) = (Address::new(endpoint.address()), transport.clone());
        let check = Rc::new(Check { endpoint: endpoint.clone(), active: active.clone(), address, transport });
        let task = task::spawn_local(run(check.clone(), self.places.clone()));
        Running { check, task }
    }

    /// Spreads the targets of a node over its workers.
    fn is_mine(&self, upstream: &str, endpoint: &Endpoint) -> bool {
        let mut hasher = DefaultHasher::new();
        (upstream, endpoint.address()).hash(&mut hasher);
        let (index, workers) = self.share;
        hasher.finish() % workers as u64 == index as u64
    }
}

/// The targets that are checked, each with its upstream.
fn checked(live: &Live) -> impl Iterator<Item = (&Arc<LiveUpstream>, &Arc<Endpoint>, &ActiveHealth)> {
    live.upstreams().flat_map(|upstream| {
        let active = upstream.configured.health.active.as_ref();
        let endpoints = upstream.balancer.endpoints();
        active.into_iter().flat_map(move |active| endpoints.clone().map(move |endpoint| (upstream, endpoint, active)))
    })
}

async fn run(check: Rc<Check>, places: Rc<Semaphore>) {
    let interval = Duration::from_millis(check.active.interval_ms.into());
    sleep(interval.min(FIRST_WITHIN).mul_f64(fastrand::f64())).await;
    let thresholds = check.active.thresholds();
    loop {
        let next = Instant::now() + jitter(interval, fastrand::u64(..));
        // The semaphore is never closed.
        let place = places.acquire().await;
        let passed = check.passes().await;
        drop(place);
        check.endpoint.checked(passed, &thresholds);
        sleep_until(next).await;
    }
}

// === impl Check ===

impl Check {
    fn is(&self, endpoint: &Arc<Endpoint>, active: &ActiveHealth, transport: &Arc<Transport>) -> bool {
        Arc::ptr_eq(&self.endpoint, endpoint) && self.active == *active && Arc::ptr_eq(&self.transport, transport)
    }

    async fn passes(&self) -> bool {
        let within = Duration::from_millis(self.active.timeout_ms.into());
        let asked = timeout(within, async {
            match self.active.kind {
                CheckKind::Tcp => self.address.reach().await.map(|_| true).map_err(|error| error.to_string()),
                CheckKind::Http => self.ask().await,
                CheckKind::Grpc => self.call().await,
            }
        });
        let found = asked.await.unwrap_or_else(|_| Err(format!("nothing came within {within:?}")));
        found.unwrap_or_else(|error| {
            tracing::debug!(target = self.endpoint.address(), error, "a check failed");
            false
        })
    }

    /// Whether the status is one of those that are expected.
    async fn ask(&self) -> Result<bool, String> {
        let status = self.response(self.request()).await?.status();
        let passed = self.active.expected_statuses.contains(status);
        if passed { Ok(true) } else { Err(format!("the status is {status}")) }
    }

    /// Whether the target says of itself, or of the service, that it serves.
    async fn call(&self) -> Result<bool, String> {
        let service = self.active.service.as_deref().unwrap_or_default();
        let request = grpc_health::request(service, self.host());
        grpc_health::serves(self.response(request).await?).await.map(|()| true)
    }

    async fn response(&self, request: Request<RequestBody>) -> Result<Response<Incoming>, String> {
        let connection = self.transport.connect(&self.address, Room::default(), false).await;
        let connection = connection.map_err(|error| error.to_string())?;
        let answer = connection.ask_once(&self.transport, &self.address.host(), request).await;
        answer.map_err(|error| error.to_string())
    }

    fn host(&self) -> HeaderValue {
        let host = self.active.host.as_deref().and_then(|host| HeaderValue::from_str(host).ok());
        host.unwrap_or_else(|| self.address.host())
    }

    fn request(&self) -> Request<RequestBody> {
        let mut request = Request::new(RequestBody::ready(Default::default()));
        *request.method_mut() = Method::GET;
        // Both were checked when the configuration was.
        *request.uri_mut() = self.active.path.parse().unwrap_or(Uri::from_static("/"));
        let headers = request.headers_mut();
        headers.insert(HOST, self.host());
        headers.insert(USER_AGENT, USER);
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
        request
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}
