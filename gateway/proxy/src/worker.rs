//! A worker: one thread with a runtime, listening sockets, upstream connections and log buffer of its own.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    io,
    net::TcpListener,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use gateway_telemetry::{AccessLogBuffer, Gauge, Listener, Metrics, Record, RouteMetrics, enter_worker};
use rustls::ServerConfig;
use tokio::{
    runtime,
    sync::{Notify, watch},
    task,
    time::{MissedTickBehavior, interval},
};

use crate::{
    client::{Client, Order},
    connection,
    listener::{self, Permits},
    live::{Current, Live, Serving},
    pool::Pools,
    settings::ConnectionLimits,
};

/// How long an access-log line waits at most for others to be handed over with.
const LOG_INTERVAL: Duration = Duration::from_millis(100);
/// Threads of a worker for what blocks: looking up names.
const BLOCKING_THREADS: usize = 4;

/// Everything that one thread needs in order to serve alone.
pub(crate) struct WorkerSettings {
    /// Counts from 0.
    pub(crate) index: usize,
    pub(crate) http: Option<TcpListener>,
    pub(crate) https: Option<(TcpListener, Arc<ServerConfig>)>,
    pub(crate) live: Arc<ArcSwap<Live>>,
    pub(crate) metrics: Metrics,
    pub(crate) log: AccessLogBuffer,
    pub(crate) limits: ConnectionLimits,
    pub(crate) permits: Permits,
    pub(crate) phase: watch::Receiver<Phase>,
}

/// What the process is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Serving,
    /// No new connections; those that are there end with their requests.
    Draining,
    /// Out of time.
    Stopping,
}

/// What connections and requests of one worker share.
pub(crate) struct Worker {
    pub(crate) pools: Pools,
    pub(crate) in_flight: Gauge,
    /// Counts requests that no route took.
    pub(crate) no_route: RouteMetrics,
    current: Current,
    log: RefCell<AccessLogBuffer>,
    limits: ConnectionLimits,
    clients: RefCell<HashMap<u64, Rc<Client>>>,
    clients_served: Cell<u64>,
    /// Connections accepted and not ended, those in their handshake among them.
    open: Cell<usize>,
    closed: Notify,
    draining: Cell<bool>,
    now: Cell<Instant>,
}

/// Ends the patrol of a connection when dropped.
pub(crate) struct Patrolled {
    worker: Rc<Worker>,
    number: u64,
}

/// Runs a worker on the current thread until the process stops.
///
/// # Errors
/// When there is no runtime or the sockets cannot be used with it.
pub(crate) fn run(settings: WorkerSettings) -> io::Result<()> {
    enter_worker(settings.index);
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build_local(runtime::LocalOptions::default())?;
    let result = runtime.block_on(serve(settings));
    // Not to wait for a name that is being looked up.
    runtime.shutdown_background();
    result
}

async fn serve(settings: WorkerSettings) -> io::Result<()> {
    let WorkerSettings { index, http, https, live, metrics, log, limits, permits, phase } = settings;
    let worker = Rc::new(Worker::new(index, live, &metrics, log, limits));
    let mut accepting = task::JoinSet::new();
    if let Some(socket) = http {
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let (worker, metrics) = (worker.clone(), metrics.listener(Listener::Http));
        let stop = reached(phase.clone(), Phase::Draining);
        accepting.spawn_local(listener::accept(
            listener,
            permits.clone(),
            metrics,
            stop,
            move |stream, peer, permit| {
                let served = connection::serve_http(worker.clone(), stream, peer);
                worker.spawn(served, permit);
            },
        ));
    }
    if let Some((socket, tls)) = https {
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let (worker, metrics) = (worker.clone(), metrics.listener(Listener::Https));
        let stop = reached(phase.clone(), Phase::Draining);
        let handshakes = metrics.clone();
        accepting.spawn_local(listener::accept(listener, permits, metrics, stop, move |stream, peer, permit| {
            let served = connection::serve_https(worker.clone(), stream, peer, tls.clone(), handshakes.clone());
            worker.spawn(served, permit);
        }));
    }
    let housekeeping = task::spawn_local(keep_house(worker.clone()));
    reached(phase.clone(), Phase::Draining).await;
    while accepting.join_next().await.is_some() {}
    worker.drain();
    tokio::select! {
        () = worker.emptied() => {}
        () = reached(phase, Phase::Stopping) => worker.cut(),
    }
    housekeeping.abort();
    Ok(())
}

/// Ready once the process is in `phase` or beyond it.
async fn reached(mut phases: watch::Receiver<Phase>, phase: Phase) {
    // The sender is gone when the gateway was dropped: nobody waits for what is still running.
    drop(phases.wait_for(|now| *now >= phase).await);
}

/// Does what must be done from time to time, with one timer for all connections.
async fn keep_house(worker: Rc<Worker>) {
    let patrol_interval = worker.limits.patrol_interval();
    let mut ticks = interval(patrol_interval.min(LOG_INTERVAL));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut patrolled = Instant::now();
    loop {
        ticks.tick().await;
        let now = Instant::now();
        worker.now.set(now);
        worker.log.borrow_mut().hand_over();
        if now - patrolled >= patrol_interval {
            patrolled = now;
            worker.patrol(now);
            worker.pools.sweep();
            // A worker without requests must not keep an old configuration and its plugins alive.
            drop(worker.serving());
            gateway_host::sweep();
        }
    }
}

// === impl Worker ===

impl Worker {
    fn new(
        index: usize,
        live: Arc<ArcSwap<Live>>,
        metrics: &Metrics,
        log: AccessLogBuffer,
        limits: ConnectionLimits,
    ) -> Self {
        let ConnectionLimits { idle_upstream_connections, upstream_idle_timeout, .. } = limits;
        Self {
            pools: Pools::new(index, idle_upstream_connections, upstream_idle_timeout, limits.patrol_interval()),
            in_flight: metrics.in_flight(),
            no_route: metrics.route(RouteMetrics::NO_ROUTE),
            current: Current::new(live, metrics.clone()),
            log: RefCell::new(log),
            limits,
            clients: RefCell::default(),
            clients_served: Cell::new(0),
            open: Cell::new(0),
            closed: Notify::new(),
            draining: Cell::new(false),
            now: Cell::new(Instant::now()),
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

    pub(crate) fn log(&self, record: &Record<'_>) {
        self.log.borrow_mut().write(record);
    }

    /// The time as of the last tick: exact enough for timeouts of seconds, and free.
    pub(crate) fn now(&self) -> Instant {
        self.now.get()
    }

    /// Registers a connection to be watched and given orders, until the result is dropped.
    pub(crate) fn patrols(self: &Rc<Self>, client: &Rc<Client>) -> Patrolled {
        let number = self.clients_served.replace(self.clients_served.get() + 1);
        self.clients.borrow_mut().insert(number, client.clone());
        if self.draining.get() {
            client.order(Order::Finish);
        }
        Patrolled { worker: self.clone(), number }
    }

    fn spawn(self: &Rc<Self>, served: impl Future<Output = ()> + 'static, permit: listener::Permit) {
        let opened = Opened::new(self.clone());
        task::spawn_local(async move {
            served.await;
            drop((permit, opened));
        });
    }

    /// Cuts connections whose clients have kept the gateway waiting for too long.
    fn patrol(&self, now: Instant) {
        for client in self.clients.borrow().values().filter(|client| client.is_overdue(now, &self.limits)) {
            client.order(Order::Cut);
        }
    }

    fn drain(&self) {
        self.draining.set(true);
        self.clients.borrow().values().for_each(|client| client.order(Order::Finish));
    }

    fn cut(&self) {
        let open = self.open.get();
        tracing::warn!(connections = open, "the time to end is over: connections are cut");
    }

    async fn emptied(&self) {
        while self.open.get() > 0 {
            self.closed.notified().await;
        }
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
