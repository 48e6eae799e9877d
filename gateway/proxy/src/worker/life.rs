//! From a worker's start to its end.

use std::{
    io, iter,
    net::TcpListener,
    rc::Rc,
    sync::{Arc, mpsc},
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use gateway_store::Responses;
use gateway_telemetry::{AccessLogBuffer, Listener, Metrics, enter_worker};
use tokio::{
    runtime,
    sync::watch,
    task,
    time::{MissedTickBehavior, interval},
};

use super::Worker;
use crate::{
    addresses::Addresses,
    afterwards,
    body::Budget,
    cache::HttpCache,
    callout,
    checks::ActiveChecks,
    connection,
    listener::{self, Permits, Queued},
    live::Live,
    overload::{Overload, OverloadLimits},
    settings::{ConnectionLimits, Proxies},
    ticks::Ticks,
    tls::Termination,
};

/// How long an access-log line waits at most for others to be handed over with.
const LOG_INTERVAL: Duration = Duration::from_millis(100);
/// For the next request of an HTTP/1 connection when the gateway is about to end: it may be on its way.
const LAST_CHANCE: Duration = Duration::from_millis(100);
/// Threads of a worker for what blocks: looking up names.
const BLOCKING_THREADS: usize = 4;
/// What the runtime's timers may be late without anybody's fault.
const TIMER_PRECISION: Duration = Duration::from_millis(1);

/// Everything that one thread needs in order to serve alone.
pub(crate) struct WorkerSettings {
    /// Its number, counted from 0, and how many there are.
    pub(crate) share: (usize, usize),
    pub(crate) http: Vec<TcpListener>,
    pub(crate) https: Vec<TcpListener>,
    /// For each of `https`.
    pub(crate) tls: Option<Arc<Termination>>,
    /// The port of HTTPS to which requests in cleartext are sent, if they are.
    pub(crate) https_port: Option<u16>,
    pub(crate) live: Arc<ArcSwap<Live>>,
    pub(crate) metrics: Metrics,
    pub(crate) log: AccessLogBuffer,
    pub(crate) limits: ConnectionLimits,
    pub(crate) overload: OverloadLimits,
    /// Who is in front, and how many connections each client has.
    pub(crate) clients: (Arc<Proxies>, Addresses),
    /// What plugins keep, and what is cached.
    pub(crate) kept: (Arc<Responses>, Arc<HttpCache>),
    pub(crate) buffers: Budget,
    pub(crate) permits: Permits,
    pub(crate) phase: watch::Receiver<Phase>,
    /// Told once it accepts.
    pub(crate) started: mpsc::Sender<()>,
}

/// What the process is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    Serving,
    /// Another process accepts on the same sockets; connections that are here end with their requests.
    HandedOver(HandedOver),
    /// No new connections; those that are there end with their requests.
    Draining,
    /// Out of time.
    Stopping,
}

/// What another process has taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HandedOver {
    pub(crate) http: bool,
    pub(crate) https: bool,
    /// How long connections that ask for nothing are kept: nobody waits for this process to end.
    pub(crate) patience: Duration,
}

/// Runs a worker on the current thread until the process stops.
///
/// # Errors
/// When there is no runtime or the sockets cannot be used with it.
pub(crate) fn run(settings: WorkerSettings) -> io::Result<()> {
    enter_worker(settings.share.0);
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
    let WorkerSettings { share, live, metrics, log, limits, overload, kept, buffers, permits, phase, .. } = settings;
    let WorkerSettings { http, https, tls, https_port, clients, started, .. } = settings;
    let overload = Overload::new(overload, share.1);
    let worker = Worker::new(share.0, live, &metrics, log, (limits, overload, clients), kept, buffers);
    let worker = Rc::new(Worker { https_port, ..worker });
    callout::open(&worker);
    let mut accepting = task::JoinSet::new();
    for socket in http {
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let (worker, closes, metrics) = (worker.clone(), worker.clone(), metrics.listener(Listener::Http));
        let refusals = metrics.clone();
        accepting.spawn_local(listener::accept(
            listener,
            permits.clone(),
            metrics,
            accepts_until(phase.clone(), |taken| taken.http),
            move || closes.overload.refuses_connections(),
            move |stream, peer, permit| {
                let served = connection::serve_http(worker.clone(), stream, peer, refusals.clone());
                worker.spawn(served, permit);
            },
        ));
    }
    for (socket, tls) in https.into_iter().zip(iter::repeat(tls).map_while(|tls| tls)) {
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let (worker, closes, metrics) = (worker.clone(), worker.clone(), metrics.listener(Listener::Https));
        let handshakes = metrics.clone();
        accepting.spawn_local(listener::accept(
            listener,
            permits.clone(),
            metrics,
            accepts_until(phase.clone(), |taken| taken.https),
            move || closes.overload.refuses_connections(),
            move |stream, peer, permit| {
                let (served_by, tls, handshakes) = (worker.clone(), tls.clone(), handshakes.clone());
                let served = async move { connection::serve_https(served_by, stream, peer, &tls, handshakes).await };
                worker.spawn(served, permit);
            },
        ));
    }
    // Nobody is told if whoever started it has given up.
    started.send(()).unwrap_or_default();
    // The starter waits until all have told it, or have let go.
    drop(started);
    let housekeeping = task::spawn_local(keep_house(worker.clone(), Ticks::new(share), ActiveChecks::new(share)));
    let afterwards = task::spawn_local(afterwards::run(worker.clone()));
    let ended = ended(phase.clone()).await;
    while accepting.join_next().await.is_some() {}
    worker.drain(ended.map_or(LAST_CHANCE, |taken| taken.patience));
    tokio::select! {
        () = worker.emptied() => {}
        () = reached(phase, Phase::Stopping) => worker.cut().await,
    }
    housekeeping.abort();
    afterwards.abort();
    worker.afterwards.finish();
    Ok(())
}

/// Ready once no connections are to be accepted any more; what another process has taken over, if one has.
async fn ended(mut phases: watch::Receiver<Phase>) -> Option<HandedOver> {
    // The sender is gone when the gateway was dropped: that is an end, too.
    match phases.wait_for(|now| *now > Phase::Serving).await.as_deref() {
        Ok(Phase::HandedOver(taken)) => Some(*taken),
        _ => None,
    }
}

/// The same for one listener: what is in its queue then is another process's if that has taken it over.
async fn accepts_until(phases: watch::Receiver<Phase>, taken: impl Fn(HandedOver) -> bool) -> Queued {
    match ended(phases).await {
        Some(handed_over) if taken(handed_over) => Queued::Leave,
        _ => Queued::Take,
    }
}

/// Ready once the process is in `phase` or beyond it.
async fn reached(mut phases: watch::Receiver<Phase>, phase: Phase) {
    // The sender is gone when the gateway was dropped: nobody waits for what is still running.
    drop(phases.wait_for(|now| *now >= phase).await);
}

/// Does what must be done from time to time, with one timer for all connections.
async fn keep_house(worker: Rc<Worker>, ticking: Ticks, checks: ActiveChecks) {
    let patrol_interval = worker.limits.patrol_interval();
    let mut ticks = interval(patrol_interval.min(LOG_INTERVAL));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut patrolled = Instant::now();
    loop {
        let due = ticks.tick().await.into_std();
        let now = Instant::now();
        worker.now.set(now);
        worker.lag.set(now.saturating_duration_since(due + TIMER_PRECISION));
        worker.log.borrow_mut().hand_over();
        // A worker without requests must not keep an old configuration and its plugins alive.
        ticking.follow(&worker);
        checks.follow(&worker);
        if now - patrolled >= patrol_interval {
            patrolled = now;
            worker.patrol(now);
            worker.overload.look(now);
            worker.pools.sweep();
            gateway_host::sweep();
        }
    }
}
