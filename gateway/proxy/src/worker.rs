//! A worker: one thread with a runtime, listening sockets, upstream connections and log buffer of its own.

mod life;

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use gateway_model::Snapshot;
use gateway_store::Responses;
use gateway_telemetry::{
    AccessLogBuffer, FramingFaults, Gauge, Metrics, Record, RouteMetrics, WebSocketMetrics, WorkerLag,
};
use tokio::{sync::Notify, task};

pub(crate) use self::life::{HandedOver, Phase, WorkerSettings, run};
use crate::{
    addresses::Addresses,
    afterwards::Afterwards,
    body::Budget,
    cache::HttpCache,
    callout::Desk,
    client::{Client, Order},
    listener::Permit,
    live::{Current, Live, Serving},
    overload::Overload,
    pool::Pools,
    settings::{ConnectionLimits, Proxies},
    websocket::Farewell,
};

/// What connections and requests of one worker share.
pub(crate) struct Worker {
    pub(crate) pools: Pools,
    pub(crate) callouts: Desk,
    /// What plugins keep; shared by all workers.
    pub(crate) responses: Arc<Responses>,
    /// In front of upstreams; shared by all workers.
    pub(crate) cache: Arc<HttpCache>,
    pub(crate) afterwards: Afterwards,
    /// Over all workers.
    pub(crate) buffers: Budget,
    pub(crate) in_flight: Gauge,
    /// Counts connections that end for what came over them.
    pub(crate) framing_faults: FramingFaults,
    /// Counts requests that no route took.
    pub(crate) no_route: RouteMetrics,
    pub(crate) websockets: WebSocketMetrics,
    /// For those that are still open when the time is over.
    pub(crate) farewell: Farewell,
    /// The port of HTTPS to which requests in cleartext are sent, if they are.
    pub(crate) https_port: Option<u16>,
    current: Current,
    log: RefCell<AccessLogBuffer>,
    limits: ConnectionLimits,
    /// Who stands in front of it, and how many connections each client has; the latter over all workers.
    pub(crate) proxies: Arc<Proxies>,
    pub(crate) addresses: Addresses,
    pub(crate) overload: Overload,
    clients: RefCell<HashMap<u64, Rc<Client>>>,
    clients_served: Cell<u64>,
    /// Connections accepted and not ended, those in their handshake among them.
    open: Cell<usize>,
    closed: Notify,
    /// How long connections that ask for nothing are waited for, once the worker drains.
    draining: Cell<Option<Duration>>,
    now: Cell<Instant>,
    /// By how much its housekeeping was late the last time.
    lag: WorkerLag,
}

/// Ends the patrol of a connection when dropped.
pub(crate) struct Patrolled {
    worker: Rc<Worker>,
    number: u64,
}

// === impl Worker ===

impl Worker {
    pub(crate) fn new(
        index: usize,
        live: Arc<ArcSwap<Live>>,
        metrics: &Metrics,
        log: AccessLogBuffer,
        (limits, overload, (proxies, addresses)): (ConnectionLimits, Overload, (Arc<Proxies>, Addresses)),
        (responses, cache): (Arc<Responses>, Arc<HttpCache>),
        buffers: Budget,
    ) -> Self {
        let ConnectionLimits { idle_upstream_connections, upstream_idle_timeout, .. } = limits;
        Self {
            pools: Pools::new(index, idle_upstream_connections, upstream_idle_timeout, limits.patrol_interval()),
            callouts: Desk::default(),
            responses,
            cache,
            afterwards: Afterwards::new(metrics.log_hooks_dropped()),
            buffers,
            in_flight: metrics.in_flight(),
            framing_faults: metrics.framing_faults(),
            no_route: metrics.route(RouteMetrics::NO_ROUTE),
            websockets: metrics.websockets(),
            farewell: Farewell::default(),
            https_port: None,
            current: Current::new(live, metrics.clone()),
            log: RefCell::new(log),
            limits,
            proxies,
            addresses,
            overload,
            clients: RefCell::default(),
            clients_served: Cell::new(0),
            open: Cell::new(0),
            closed: Notify::new(),
            draining: Cell::new(None),
            now: Cell::new(Instant::now()),
            lag: metrics.worker_lag(),
        }
    }

    pub(crate) fn limits(&self) -> &ConnectionLimits {
        &self.limits
    }

    /// Bytes that a request's body may have.
    pub(crate) fn body_limit(&self) -> u64 {
        self.limits.body_bytes.unwrap_or(u64::MAX)
    }

    /// What a request that begins now is served from.
    pub(crate) fn serving(&self) -> Rc<Serving> {
        self.current.serving()
    }

    /// What serves the requests that began with `snapshot`.
    pub(crate) fn serving_of(&self, snapshot: &Arc<Snapshot>) -> Option<Rc<Serving>> {
        self.current.of(snapshot)
    }

    pub(crate) fn log(&self, record: &Record<'_>) {
        self.log.borrow_mut().write(record);
    }

    /// The time as of the last tick: exact enough for timeouts of seconds, and free.
    pub(crate) fn now(&self) -> Instant {
        self.now.get()
    }

    /// By how much this worker is late, as of the last tick.
    pub(crate) fn lag(&self) -> Duration {
        self.lag.get()
    }

    /// Registers a connection to be watched and given orders, until the result is dropped.
    pub(crate) fn patrols(self: &Rc<Self>, client: &Rc<Client>) -> Patrolled {
        let number = self.clients_served.replace(self.clients_served.get() + 1);
        self.clients.borrow_mut().insert(number, client.clone());
        if self.is_draining() {
            client.order(Order::Drain);
        }
        Patrolled { worker: self.clone(), number }
    }

    fn spawn(self: &Rc<Self>, served: impl Future<Output = ()> + 'static, permit: Permit) {
        let opened = Opened::new(self.clone());
        task::spawn_local(async move {
            served.await;
            drop((permit, opened));
        });
    }

    /// Cuts connections whose clients have kept the gateway waiting for too long.
    fn patrol(&self, now: Instant) {
        let stops_keep_alive = self.overload.stops_keep_alive();
        for client in self.clients.borrow().values() {
            if client.is_overdue(now, &self.limits) {
                client.order(client.sanction());
            } else if stops_keep_alive && client.is_idle() {
                client.order(Order::Finish);
            }
        }
    }

    /// Whether connections end with their next response.
    pub(crate) fn is_draining(&self) -> bool {
        self.draining.get().is_some()
    }

    /// How long a connection that asks for nothing is kept now that the worker drains.
    pub(crate) fn patience(&self) -> Duration {
        self.draining.get().unwrap_or_default()
    }

    fn drain(&self, patience: Duration) {
        self.draining.set(Some(patience));
        self.clients.borrow().values().for_each(|client| client.order(Order::Drain));
    }

    async fn cut(&self) {
        let open = self.open.get();
        tracing::warn!(connections = open, "the time to end is over: connections are cut");
        self.farewell.say().await;
    }

    async fn emptied(&self) {
        while self.open.get() > 0 {
            self.closed.notified().await;
        }
        // What the last requests posted is to arrive as well.
        self.callouts.emptied().await;
    }
}

impl Drop for Patrolled {
    fn drop(&mut self) {
        self.worker.clients.borrow_mut().remove(&self.number);
    }
}

/// Counts a connection while it is open.
struct Opened(Rc<Worker>);

impl Opened {
    fn new(worker: Rc<Worker>) -> Self {
        worker.open.set(worker.open.get() + 1);
        Self(worker)
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.open.set(self.0.open.get() - 1);
        self.0.closed.notify_one();
    }
}
