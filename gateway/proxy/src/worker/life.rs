//! From a worker's start to its end.

use std::{
    io,
    net::TcpListener,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use gateway_store::Responses;
use gateway_telemetry::{AccessLogBuffer, Listener, Metrics, enter_worker};
use rustls::ServerConfig;
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
    listener::{self, Permits},
    live::Live,
    overload::{Overload, OverloadLimits},
    settings::{ConnectionLimits, Proxies},
    ticks::Ticks,
};

/// How long an access-log line waits at most for others to be handed over with.
const LOG_INTERVAL: Duration = Duration::from_millis(100);
/// Threads of a worker for what blocks: looking up names.
const BLOCKING_THREADS: usize = 4;
/// What the runtime's timers may be late without anybody's fault.
const TIMER_PRECISION: Duration = Duration::from_millis(1);

/// Everything that one thread needs in order to serve alone.
pub(crate) struct WorkerSettings {
    /// Its number, counted from 0, and how many there are.
    pub(crate) share: (usize, usize),
    pub(crate) http: Option<TcpListener>,
    pub(crate) https: Option<(TcpListener, Arc<ServerConfig>)>,
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
    let WorkerSettings {
        share,
        http,
        https,
        live,
        metrics,
        log,
        limits,
        overload,
        clients,
        kept,
        buffers,
        permits,
        phase,
    } = settings;
    let overload = Overload::new(overload, share.1);
    let worker = Rc::new(Worker::new(share.0, live, &metrics, log, (limits, overload, clients), kept, buffers));
    callout::open(&worker);
    let mut accepting = task::JoinSet::new();
    if let Some(socket) = http {
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let (worker, closes, metrics) = (worker.clone(), worker.clone(), metrics.listener(Listener::Http));
        let stop = reached(phase.clone(), Phase::Draining);
        let refusals = metrics.clone();
        accepting.spawn_local(listener::accept(
            listener,
            permits.clone(),
            metrics,
            stop,
            move || closes.overload.refuses_connections(),
            move |stream, peer, permit| {
                let served = connection::serve_http(worker.clone(), stream, peer, refusals.clone());
                worker.spawn(served, permit);
            },
        ));
    }
    if let Some((socket, tls)) = https {
        let listener = tokio::net::TcpListener::from_std(socket)?;
        let (worker, closes, metrics) = (worker.clone(), worker.clone(), metrics.listener(Listener::Https));
        let stop = reached(phase.clone(), Phase::Draining);
        let handshakes = metrics.clone();
        let is_full = move || closes.overload.refuses_connections();
        accepting.spawn_local(listener::accept(
            listener,
            permits,
            metrics,
            stop,
            is_full,
            move |stream, peer, permit| {
                let served = connection::serve_https(worker.clone(), stream, peer, tls.clone(), handshakes.clone());
                worker.spawn(served, permit);
            },
        ));
    }
    let housekeeping = task::spawn_local(keep_house(worker.clone(), Ticks::new(share), ActiveChecks::new(share)));
    let afterwards = task::spawn_local(afterwards::run(worker.clone()));
    reached(phase.clone(), Phase::Draining).await;
    while accepting.join_next().await.is_some() {}
    worker.drain();
    tokio::select! {
        () = worker.emptied() => {}
        () = reached(phase, Phase::Stopping) => worker.cut().await,
    }
    housekeeping.abort();
    afterwards.abort();
    worker.afterwards.finish();
    Ok(())
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
