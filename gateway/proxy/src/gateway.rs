//! The data path as a whole: starts workers, and ends them without losing a request.

use std::{
    io::{self, ErrorKind},
    net::{SocketAddr, TcpListener},
    sync::Arc,
    thread,
    time::Duration,
};

use arc_swap::ArcSwap;
use gateway_telemetry::{AccessLog, Metrics};
use rustls::ServerConfig;
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
    time::timeout,
};

use crate::{
    addresses::Addresses,
    body::Budget,
    listener::{self, Permits},
    live::Live,
    settings::ProxySettings,
    worker::{self, Phase, WorkerSettings},
};

/// Time for workers to end after their connections were cut: they have nothing left to wait for.
const LAST_SECONDS: Duration = Duration::from_secs(5);

/// The running data path. Dropped, it stops at once.
pub struct Gateway {
    http: Option<SocketAddr>,
    https: Option<SocketAddr>,
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
        let workers = settings.workers.max(1);
        let mut http = bind(settings.http, workers, "HTTP")?;
        let mut https = bind(settings.https, workers, "HTTPS")?;
        let addresses = (address(&http)?, address(&https)?);
        let tls = tls(&settings)?;
        let buffers = Budget::new(settings.limits.buffered_bytes);
        let permits = Permits::new(settings.limits.connections);
        let clients = (Arc::new(settings.proxies.clone()), Addresses::new(settings.limits.per_address));
        let (phase, phases) = watch::channel(Phase::Serving);
        let (run, running) = mpsc::channel(1);
        for index in 0..workers {
            let worker = WorkerSettings {
                share: (index, workers),
                http: http.pop(),
                https: https.pop().zip(tls.clone()),
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
            };
            let run = run.clone();
            thread::Builder::new().name(format!("worker-{index}")).spawn(move || {
                if let Err(error) = worker::run(worker) {
                    tracing::error!(worker = index, %error, "a worker ended");
                }
                drop(run);
            })?;
        }
        let (http, https) = addresses;
        Ok(Self { http, https, phase, running, access_log: settings.access_log })
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
        let mut running = self.running;
        self.phase.send_replace(Phase::Draining);
        if timeout(grace, running.recv()).await.is_err() {
            self.phase.send_replace(Phase::Stopping);
            if timeout(LAST_SECONDS, running.recv()).await.is_err() {
                tracing::error!("workers do not end: they are left behind");
            }
        }
        let access_log = self.access_log;
        if let Err(error) = spawn_blocking(move || access_log.flush()).await {
            tracing::error!(%error, "the access log was not written to its end");
        }
    }
}

fn bind(address: Option<SocketAddr>, workers: usize, name: &str) -> io::Result<Vec<TcpListener>> {
    let Some(address) = address else { return Ok(Vec::new()) };
    listener::bind(address, workers)
        .map_err(|error| io::Error::new(error.kind(), format!("the {name} listener cannot use {address}: {error}")))
}

fn address(sockets: &[TcpListener]) -> io::Result<Option<SocketAddr>> {
    sockets.first().map(TcpListener::local_addr).transpose()
}

fn tls(settings: &ProxySettings) -> io::Result<Option<Arc<ServerConfig>>> {
    match (settings.https, &settings.tls) {
        (Some(address), None) => {
            let message = format!("the HTTPS listener at {address} has no certificate: give a certificate and its key");
            Err(io::Error::new(ErrorKind::InvalidInput, message))
        }
        (_, tls) => Ok(tls.clone()),
    }
}
