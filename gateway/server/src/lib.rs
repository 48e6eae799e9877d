//! Puts the gateway together: reads settings, wires the parts, serves until told to stop.

pub mod cli;
pub mod settings;

mod admin;
mod certificates;
mod inherit;
mod keys;
mod life;
mod notify;
mod publish;
mod readiness;
mod sandbox;
mod secrets;
mod signals;
mod token;
mod upgrade;
mod usage;

use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result};
use gateway_config::{Metering, Policy, Service, TrustedKeys, Vault};
use gateway_host::{Compiler, Host, HostSettings, Limits};
use gateway_proxy::{
    Callouts, ConnectionLimits, Gateway, HttpCache, Listeners, LiveBuilder, OverloadLimits, Proxies, ProxySettings,
    SaidIn, tls::Termination,
};
use gateway_store::{
    Blobs, ConfigStore, RemoteStores, Responses, Sqlite,
    limits::{Limiters, Shared},
    usage::Usage,
};
use gateway_telemetry::{AccessLog, KeptResponses, LimitStore, Load, Metrics};
use tokio::task::JoinHandle;

pub use self::life::{Started, run};
use self::{
    admin::AdminListener,
    certificates::CertificateFiles,
    inherit::Inheritance,
    keys::KeyFetcher,
    publish::Publisher,
    readiness::Readiness,
    sandbox::HostSandbox,
    settings::{ForwardedBy, Log, LogFormat, Plugins, Settings},
    upgrade::{Kind, Predecessor, Sockets, Successor, Took},
    usage::UsageWriter,
};

/// A gateway that serves.
pub struct Server {
    gateway: Gateway,
    cache: Arc<HttpCache>,
    admin: AdminListener,
    publisher: Publisher,
    usage: UsageWriter,
    service: Service,
    /// None without a TLS listener.
    certificates: Option<Arc<CertificateFiles>>,
    /// What looks after certificates, from time to time.
    caretakers: Vec<JoinHandle<()>>,
    token_file: PathBuf,
    readiness: Readiness,
    /// What it accepts on with a process that ran before it.
    took: Took,
    inheritance: Inheritance,
    delay: Duration,
    grace: Duration,
}

/// Makes aws-lc-rs the cryptography of this process; repeated calls change nothing.
pub fn install_crypto_provider() {
    // A second installation reports the first as an error: that is the state we want.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
}

/// Sets up the gateway's own log on standard error.
///
/// # Errors
/// The filter cannot be read, or a log was set up before.
pub fn logging(log: &Log) -> Result<()> {
    let format = match log.format {
        LogFormat::Text => gateway_telemetry::logging::LogFormat::Text,
        LogFormat::Json => gateway_telemetry::logging::LogFormat::Json,
    };
    gateway_telemetry::logging::init(format, &log.level).context("log.level")
}

impl Server {
    /// As [`start_with`](Self::start_with), for programs that are not the gateway's own: plugins are compiled in this
    /// process, without limits.
    ///
    /// # Errors
    /// The same.
    pub async fn start(settings: Settings) -> Result<Self> {
        Self::start_with(settings, Compiler::InProcess).await
    }

    /// Starts all listeners; when this returns, requests are served.
    ///
    /// # Errors
    /// A setting that cannot be used, a store that cannot be read, a port that is taken.
    pub async fn start_with(settings: Settings, compiler: Compiler) -> Result<Self> {
        let (server, _) = Self::start_after(settings, compiler, false).await?;
        server.announce();
        Ok(server)
    }

    /// The same on the sockets of the process that runs, if this one is to take over and there is one. That process accepts
    /// on them, too, until it is told to [leave](Predecessor::leave).
    async fn start_after(
        settings: Settings,
        compiler: Compiler,
        takeover: bool,
    ) -> Result<(Self, Option<Predecessor>)> {
        install_crypto_provider();
        let data = settings.data.display().to_string();
        std::fs::create_dir_all(settings.secrets()).with_context(|| format!("data folder {data}"))?;
        let metrics = Metrics::new(settings.worker_count());
        let responses = Arc::new(Responses::new(settings.plugins.cache_bytes));
        let kept = responses.clone();
        metrics.watch_kept_responses(move || KeptResponses { entries: kept.len() as u64, bytes: kept.bytes() });
        let store = Arc::new(Sqlite::open(&settings.database()).await.context("the store")?);
        let clock = settings.limits.clock.clone();
        let usage = Usage::load(store.as_ref(), clock.unix_ms()).await.context("the usage of quotas")?;
        let usage = Arc::new(usage);
        let remote = remote(&settings)?;
        let cache = HttpCache::new(
            settings.cache.settings(),
            settings.cache.lower(&settings.data, &remote, takeover)?,
            settings.limits.clock.clone(),
            metrics.cache_metrics(),
        );
        metrics.watch_cache(cache.clone());
        let limiters = Limiters::new(settings.limits.keys, usage.clone(), clock);
        let limiters = Arc::new(match settings.limits.shared(&remote)? {
            Some(shared) => {
                watch(&metrics, &shared);
                limiters.with_shared(shared)
            }
            None => limiters,
        });
        let load = Load::start(metrics.in_flight()).context("the thread that samples load")?;
        let measured = (metrics.clone(), load.clone());
        let host = host(&settings, compiler, &store, measured, responses.clone(), remote, limiters.clone()).await?;
        let metering = Metering {
            usage: usage.clone(),
            store: store.clone(),
            clock: settings.limits.clock.clone(),
            shared: limiters.shared().cloned(),
        };
        let counted = store.clone();
        let sandbox = Arc::new(HostSandbox::new(host.clone(), store.clone()));
        let vault = certificates::vault(&settings)?;
        let policy = policy(&settings, vault.clone())?;
        let service =
            Service::open_with(store.clone() as Arc<dyn ConfigStore>, store as Arc<dyn Blobs>, sandbox, policy).await?;
        let usage = UsageWriter::start(counted, usage, metering.clock.clone(), service.clone());
        service.meter(metering);
        let token_file = settings.token_file();
        token::bootstrap(&service, &token_file).await?;

        let files = CertificateFiles::load(&settings, &metrics)?;
        let termination = files.as_ref().map(|files| files.termination());
        let builder = LiveBuilder::new(host.clone(), metrics.clone());
        let builder = builder.with_tls(termination.clone(), certificates::opener(vault));
        let publisher = Publisher::start(&service, &host, builder).await?;
        let proxy = proxy_settings(&settings, &metrics, load.clone(), (responses, cache.clone()), termination)?;
        // Not before all is built: from here on the other process waits for this one.
        let (predecessor, mut sockets) = match takeover {
            true => upgrade::ask(&upgrade::path(&settings.data)).await?.unzip(),
            false => (None, None),
        };
        if takeover && predecessor.is_none() {
            tracing::info!(data, "there is no process to take over from");
        }
        if let Some(sockets) = &mut sockets {
            sockets.keep(proxy.http, proxy.https, settings.admin.address);
        }
        let took = sockets.as_ref().map(Sockets::took).unwrap_or_default();
        let (listeners, admin) = sockets.unwrap_or_default().split();
        // Before the workers accept what the other process would have accepted, were this one not to come up.
        let admin = AdminListener::bind(settings.admin.address, admin).await?;
        let gateway =
            Gateway::start_on(listeners, proxy, publisher.live(), metrics.clone()).context("the listeners")?;
        let readiness = Readiness::default();
        let admin = AdminListener::start(admin, service.clone(), (metrics, load), &readiness)?;
        let inheritance = Inheritance::new(usage.exchanges(), cache.clone(), settings.cache.clone(), &settings.data);
        if predecessor.is_none() {
            inheritance.clone().without_process();
        }
        let (delay, grace) = (settings.delay(), settings.grace());
        let watching = files.iter().map(CertificateFiles::watch);
        let caretakers = watching.chain([certificates::remind(&service, files.clone())]).collect();
        let server = Self {
            gateway,
            cache,
            admin,
            publisher,
            service,
            usage,
            certificates: files,
            caretakers,
            token_file,
            readiness,
            took,
            inheritance,
            delay,
            grace,
        };
        Ok((server, predecessor))
    }

    /// Where cleartext HTTP is served.
    #[must_use]
    pub fn http_address(&self) -> Option<SocketAddr> {
        self.gateway.http_address()
    }

    /// Where TLS is served.
    #[must_use]
    pub fn https_address(&self) -> Option<SocketAddr> {
        self.gateway.https_address()
    }

    /// Where the admin API is served.
    #[must_use]
    pub fn admin_address(&self) -> SocketAddr {
        self.admin.address()
    }

    /// The file with the admin token that was made at the first start.
    #[must_use]
    pub fn token_file(&self) -> &std::path::Path {
        &self.token_file
    }

    /// Reads the certificate files of the settings again, as is done when they change.
    ///
    /// # Errors
    /// What is wrong with one of them; everything stays as it is, and the log and the metrics say so.
    pub fn reload_certificates(&self) -> Result<()> {
        self.certificates.as_ref().map_or(Ok(()), |files| files.reload())
    }

    /// Stops accepting, lets requests in flight end for the time of grace, then cuts the rest.
    pub async fn shutdown(self) {
        let grace = self.grace;
        self.shutdown_until(tokio::time::sleep(grace)).await;
    }

    /// The same, with the rest cut when `over` is ready.
    async fn shutdown_until(self, over: impl Future<Output = ()>) {
        self.readiness.ends("the gateway is stopping");
        self.caretakers.iter().for_each(JoinHandle::abort);
        self.gateway.shutdown_until(over).await;
        note_uses(&self.service).await;
        self.cache.store().close().await;
        self.admin.shutdown().await;
        self.publisher.stop();
        // Last: until here requests may have been charged.
        self.usage.stop().await;
    }

    /// Stops accepting on what another process accepts on now, gives it what only one can have, and ends as with
    /// [`shutdown`](Self::shutdown); what is left is cut when `cut` is ready, or after the time of grace.
    async fn hand_over(self, successor: Successor, cut: impl Future<Output = ()>) {
        let Self { gateway, cache, mut admin, publisher, service, usage, readiness, grace, .. } = self;
        let mut successor = successor;
        let taken = successor.took.clients;
        tracing::info!(process = successor.process, "another process has taken over: connections here end");
        readiness.ends("another process has taken over");
        admin.stop_accepting();
        let gives = async {
            cache.store().close().await;
            usage.exchange().await;
            successor.may_have_the_rest().await;
            note_uses(&service).await;
        };
        tokio::join!(gateway.hand_over(taken, grace, cut), gives);
        note_uses(&service).await;
        admin.shutdown().await;
        publisher.stop();
        usage.stop().await;
        // Not before: the other process reads what was saved when this ends.
        drop(successor);
    }

    /// What to hand over to another process.
    fn sockets(&self) -> Vec<(Kind, &TcpListener)> {
        let Listeners { http, https } = self.gateway.listeners();
        let http = http.iter().map(|socket| (Kind::Http, socket));
        let https = https.iter().map(|socket| (Kind::Https, socket));
        let admin = self.admin.socket().map(|socket| (Kind::Admin, socket));
        http.chain(https).chain(admin).collect()
    }

    /// Takes over the rest, now that the process before this one stops accepting.
    fn inherits(&self, predecessor: Predecessor) {
        self.inheritance.clone().takes_from(predecessor);
    }

    fn announce(&self) {
        let shown = |address: Option<SocketAddr>| address.map_or("off".to_owned(), |address| address.to_string());
        tracing::info!(
            http = shown(self.http_address()),
            https = shown(self.https_address()),
            admin = %self.admin_address(),
            token = %self.token_file.display(),
            "serving"
        );
    }
}

async fn note_uses(service: &Service) {
    if let Err(error) = service.exchange_uses().await {
        tracing::warn!(%error, "when credentials were last used in the last minute is lost");
    }
}

fn policy(settings: &Settings, vault: Vault) -> Result<Policy> {
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let pem = std::fs::read(path).with_context(|| format!("plugins.trusted_keys: {}", path.display()))?;
        Ok((name, pem))
    };
    let files = settings.plugins.trusted_keys.iter().map(read).collect::<Result<Vec<_>>>()?;
    let files = files.iter().map(|(name, pem)| (name.as_str(), pem.as_slice()));
    Ok(Policy {
        trusted_keys: TrustedKeys::from_pem(files).context("plugins.trusted_keys")?,
        unused_modules: settings.plugins.unused_modules,
        stores: settings.stores.keys().cloned().collect(),
        counts_together: !settings.limits.store.is_empty(),
        key_prefix: settings.keys.prefix.clone(),
        vault: Some(vault),
    })
}

fn watch(metrics: &Metrics, shared: &Shared) {
    let limits = shared.limits.clone();
    metrics.watch_limit_store(move || {
        let counts = limits.counts();
        LimitStore {
            up: limits.is_connected(),
            nodes: limits.live_nodes().into(),
            charges: counts.charges,
            leases: counts.leases,
            outages: counts.outages,
            round_trips: counts.round_trips,
        }
    });
}

fn remote(settings: &Settings) -> Result<RemoteStores> {
    let stores = settings.stores.iter().map(|(name, store)| Ok((name.as_str(), store.address(name)?)));
    Ok(RemoteStores::new(stores.collect::<Result<Vec<_>>>()?)?)
}

async fn host(
    settings: &Settings,
    compiler: Compiler,
    store: &Arc<Sqlite>,
    (metrics, load): (Metrics, Load),
    responses: Arc<Responses>,
    remote: RemoteStores,
    limiters: Arc<Limiters>,
) -> Result<Host> {
    let limits = limits(&settings.plugins);
    let settings = HostSettings {
        cache: Some(settings.data.join("compiled")),
        compiler,
        limits,
        key_hash_secret: gateway_config::key_hash_secret(store.as_ref()).await?,
        secrets: secrets::reader(settings.secrets()),
        key_sets: Arc::new(KeyFetcher::new(&settings.jwks)?),
        limiters,
        outbound: Arc::new(Callouts),
        stores: Arc::default(),
        responses,
        remote,
        load,
        metrics,
    };
    Host::new(settings).context("the plugin host")
}

fn limits(plugins: &Plugins) -> Limits {
    Limits {
        deadline: Duration::from_millis(plugins.deadline_ms),
        request_budget: Duration::from_millis(plugins.request_budget_ms),
        memory: plugins.memory_bytes,
        instances: plugins.instances,
        host_calls: plugins.host_calls,
        host_bytes: plugins.host_call_bytes,
        waiting: plugins.waiting,
        wait: Duration::from_millis(plugins.wait_ms),
        buffered_body: plugins.hook_body_bytes,
        ..Limits::default()
    }
}

fn proxy_settings(
    settings: &Settings,
    metrics: &Metrics,
    load: Load,
    (responses, cache): (Arc<Responses>, Arc<HttpCache>),
    tls: Option<Arc<Termination>>,
) -> Result<ProxySettings> {
    let dropped = metrics.access_log_dropped();
    let access_log = match settings.log.access.as_str() {
        "off" => AccessLog::off(dropped),
        "stdout" => AccessLog::stdout(dropped)?,
        file => AccessLog::file(file.as_ref(), dropped).with_context(|| format!("log.access {file}"))?,
    };
    Ok(ProxySettings {
        http: settings.http.enabled.then_some(settings.http.address),
        https: tls.is_some().then_some(settings.https.address),
        tls,
        redirect_to_https: settings.http.redirect_to_https.then_some(settings.http.https_port),
        workers: settings.worker_count(),
        limits: connection_limits(settings),
        proxies: Proxies {
            trusted: settings.connections.trusted()?,
            said_in: match settings.connections.forwarded_by {
                ForwardedBy::XForwarded => SaidIn::XForwarded,
                ForwardedBy::Forwarded => SaidIn::Forwarded,
            },
            http_header: settings.http.proxy_protocol,
            https_header: settings.https.proxy_protocol,
        },
        overload: OverloadLimits {
            requests: settings.overload.requests,
            memory_permille: settings.overload.memory_percent * 10,
            load: Some(load),
        },
        access_log,
        responses,
        cache,
    })
}

fn connection_limits(settings: &Settings) -> ConnectionLimits {
    let connections = &settings.connections;
    ConnectionLimits {
        connections: connections.max,
        per_address: connections.per_address,
        handshake_timeout: Duration::from_millis(connections.handshake_timeout_ms),
        head_timeout: Duration::from_millis(connections.head_timeout_ms),
        idle_timeout: Duration::from_millis(connections.idle_timeout_ms),
        websocket_idle_timeout: Duration::from_millis(connections.websocket_idle_timeout_ms),
        head_bytes: connections.head_bytes,
        target_bytes: connections.target_bytes,
        buffered_bytes: settings.plugins.buffered_bytes,
        body_rate: connections.body_rate,
        body_bytes: (connections.body_bytes > 0).then_some(connections.body_bytes),
        ..ConnectionLimits::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_say_by_default_what_the_sandbox_does() {
        assert_eq!(limits(&Plugins::default()), Limits::default());
    }

    #[test]
    fn each_setting_bounds_what_it_names() {
        let settings = Plugins {
            host_calls: 1,
            host_call_bytes: 2,
            waiting: 3,
            wait_ms: 4,
            hook_body_bytes: 5,
            ..Plugins::default()
        };
        let wait = Duration::from_millis(4);
        let expected = Limits { host_calls: 1, host_bytes: 2, waiting: 3, wait, buffered_body: 5, ..Limits::default() };
        assert_eq!(limits(&settings), expected);
    }
}
