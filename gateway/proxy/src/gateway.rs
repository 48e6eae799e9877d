//! The data path as a whole: starts workers, and ends them without losing a request.

use std::{
    io::{self, ErrorKind},
    net::{SocketAddr, TcpListener},
    sync::{Arc, mpsc as handover},
    thread,
    time::Duration,
};

use arc_swap::ArcSwap;
use gateway_telemetry::{AccessLog, Metrics};
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
    time::{sleep, timeout},
};

use crate::{
    addresses::Addresses,
    body::Budget,
    listener::{self, Permits},
    live::Live,
    settings::ProxySettings,
    tls::Termination,
    worker::{self, HandedOver, Phase, WorkerSettings},
};

/// Time for workers to end after their connections were cut: they have nothing left to wait for.
const LAST_SECONDS: Duration = Duration::from_secs(5);

/// Listening sockets, by what is served on them.
#[derive(Debug, Default)]
pub struct Listeners {
    pub http: Vec<TcpListener>,
    pub https: Vec<TcpListener>,
}

/// Which listeners another process has taken over, and accepts on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub http: bool,
    pub https: bool,
}

/// The running data path. Dropped, it stops at once.
pub struct Gateway {
    http: Option<SocketAddr>,
    https: Option<SocketAddr>,
    listeners: Listeners,
    phase: watch::Sender<Phase>,
    /// Closes when all workers have ended.
    running: mpsc::Receiver<()>,
    access_log: AccessLog,
}

impl Gateway {
    /// Binds the listeners and starts the workers; clients are served from `live` when this returns.
    ///
    /// # Errors
    /// An address that cannot be bound, a TLS listener without TLS settings, or a thread that does not start.
    pub fn start(settings: ProxySettings, live: Arc<ArcSwap<Live>>, metrics: Metrics) -> io::Result<Self> {
        Self::start_on(Listeners::default(), settings, live, metrics)
    }

    /// The same on sockets that listen already, at the addresses of the settings; more are bound where there are more
    /// workers. All of them are accepted on when this returns.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn start_on(
        inherited: Listeners,
        settings: ProxySettings,
        live: Arc<ArcSwap<Live>>,
        metrics: Metrics,
    ) -> io::Result<Self> {
        let workers = settings.workers.max(1);
        let tls = tls(&settings)?;
        let mut http = bind(settings.http, workers, inherited.http, "HTTP")?;
        let mut https = bind(settings.https, workers, inherited.https, "HTTPS")?;
        let listeners = Listeners { http: again(&http)?, https: again(&https)? };
        let addresses = (address(&listeners.http)?, address(&listeners.https)?);
        let https_port = settings.redirect_to_https.zip(addresses.1);
        let https_port = https_port.map(|(port, listener)| if port == 0 { listener.port() } else { port });
        let buffers = Budget::new(settings.limits.buffered_bytes);
        let permits = Permits::new(settings.limits.connections);
        let clients = (Arc::new(settings.proxies.clone()), Addresses::new(settings.limits.per_address));
        let (phase, phases) = watch::channel(Phase::Serving);
        let (run, running) = mpsc::channel(1);
        let (started, starts) = handover::channel();
        for index in 0..workers {
            let worker = WorkerSettings {
                share: (index, workers),
                http: http.pop().unwrap_or_default(),
                https: https.pop().unwrap_or_default(),
                tls: tls.clone(),
                https_port,
                live: live.clone(),
                metrics: metrics.clone(),
                log: settings.access_log.buffer(),
                limits: settings.limits.clone(),
                overload: settings.overload.clone(),
                clients: clients.clone(),
                kept: (settings.responses.clone(), settings.cache.clone()),
                buffers: buffers.clone(),
                permits: permits.clone(),
                phase: phases.clone(),
                started: started.clone(),
            };
            let run = run.clone();
            thread::Builder::new().name(format!("worker-{index}")).spawn(move || {
                if let Err(error) = worker::run(worker) {
                    tracing::error!(worker = index, %error, "a worker ended");
                }
                drop(run);
            })?;
        }
        drop(started);
        for _ in 0..workers {
            // It says so as soon as its sockets are registered; one that fails is gone, and has said why in the log.
            starts.recv().map_err(|_| io::Error::other("a worker does not start: the log says why"))?;
        }
        let (http, https) = addresses;
        Ok(Self { http, https, listeners, phase, running, access_log: settings.access_log })
    }

    /// The sockets that it accepts on, to be handed over to another process.
    #[must_use]
    pub fn listeners(&self) -> &Listeners {
        &self.listeners
    }

    /// Where cleartext HTTP is served.
    #[must_use]
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.http
    }

    /// Where HTTPS is served.
    #[must_use]
    pub fn https_address(&self) -> Option<SocketAddr> {
        self.https
    }

    /// Stops accepting, lets requests in flight end, and cuts what is left after `grace`. Returns when all workers have ended
    /// and the access log is written.
    pub async fn shutdown(self, grace: Duration) {
        self.shutdown_until(sleep(grace)).await;
    }

    /// The same, with what is left cut when `over` is ready.
    pub async fn shutdown_until(self, over: impl Future<Output = ()>) {
        self.end(Phase::Draining, over).await;
    }

    /// As [`shutdown`](Self::shutdown), now that another process accepts on what it has `taken`: what waits to be accepted
    /// there is its. Connections that ask for nothing are kept for half of the `grace`, unless `cut` is ready before: a
    /// request may be on its way, and nobody waits for this process to end.
    pub async fn hand_over(self, taken: Taken, grace: Duration, cut: impl Future<Output = ()>) {
        let Taken { http, https } = taken;
        let phase = Phase::HandedOver(HandedOver { http, https, patience: grace / 2 });
        let over = async {
            // Either says that the time is over.
            drop(timeout(grace, cut).await);
        };
        self.end(phase, over).await;
    }

    async fn end(self, phase: Phase, over: impl Future<Output = ()>) {
        let Self { mut running, listeners, .. } = self;
        // Before the workers close theirs: in a socket that is open here alone connections would wait for nobody.
        drop(listeners);
        self.phase.send_replace(phase);
        let ended = tokio::select! {
            _ = running.recv() => true,
            () = over => false,
        };
        if !ended {
            self.phase.send_replace(Phase::Stopping);
            if timeout(LAST_SECONDS, running.recv()).await.is_err() {
                tracing::error!("workers do not end: they are left behind");
            }
        }
        let access_log = self.access_log;
        // Who reads the log may have stopped reading.
        match timeout(LAST_SECONDS, spawn_blocking(move || access_log.flush())).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the access log was not written to its end"),
            Err(_) => tracing::error!("the access log is not taken: what is left of it is lost"),
        }
    }
}

fn bind(
    address: Option<SocketAddr>,
    workers: usize,
    inherited: Vec<TcpListener>,
    name: &str,
) -> io::Result<Vec<Vec<TcpListener>>> {
    let Some(address) = address else { return Ok(Vec::new()) };
    listener::bind(address, workers, inherited)
        .map_err(|error| io::Error::new(error.kind(), format!("the {name} listener cannot use {address}: {error}")))
}

/// The same sockets once more.
fn again(sockets: &[Vec<TcpListener>]) -> io::Result<Vec<TcpListener>> {
    sockets.iter().flatten().map(TcpListener::try_clone).collect()
}

fn address(sockets: &[TcpListener]) -> io::Result<Option<SocketAddr>> {
    sockets.first().map(TcpListener::local_addr).transpose()
}

fn tls(settings: &ProxySettings) -> io::Result<Option<Arc<Termination>>> {
    match (settings.https, &settings.tls) {
        (Some(address), None) => {
            let message = format!("the HTTPS listener at {address} has no TLS settings: say what it serves with");
            Err(io::Error::new(ErrorKind::InvalidInput, message))
        }
        (_, tls) => Ok(tls.clone()),
    }
}
