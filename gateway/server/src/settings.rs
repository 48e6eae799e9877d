//! Settings: what is read once at start. Everything that can change while serving is configuration, not a setting.
//!
//! A file in TOML, then the environment over it: `[http] address` is also `SLUICE_HTTP_ADDRESS`.

mod cache;
mod certificates;
mod jwks;
mod limits;
mod overload;
mod plugins;
mod reload;
mod source;
mod stores;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, anyhow, ensure};
use gateway_proxy::Network;
use serde::{Deserialize, Serialize};

pub use cache::Cache;
pub use certificates::Certificates;
pub use gateway_store::limits::Clock;
pub use jwks::Jwks;
pub use limits::Limits;
pub use overload::Overload;
pub use plugins::Plugins;
pub use stores::Store;

/// All settings with their defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Folder for the database, compiled plugins, secrets and the first admin token.
    pub data: PathBuf,
    /// Threads that serve requests; 0 means one for each processor.
    pub workers: usize,
    pub http: Listener,
    pub https: TlsListener,
    pub admin: Admin,
    pub connections: Connections,
    pub keys: Keys,
    pub certificates: Certificates,
    pub plugins: Plugins,
    pub cache: Cache,
    pub limits: Limits,
    pub overload: Overload,
    pub jwks: Jwks,
    /// Remote stores by the name that grants give them.
    pub stores: BTreeMap<String, Store>,
    pub log: Log,
    pub shutdown: Shutdown,
}

/// The cleartext listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Listener {
    pub enabled: bool,
    pub address: SocketAddr,
    /// Whether connections begin with a PROXY header.
    pub proxy_protocol: bool,
    /// Whether requests are sent to HTTPS.
    pub redirect_to_https: bool,
    /// The port that they are sent to, as clients see it; 0 means that of `https.address`.
    pub https_port: u16,
}

/// The TLS listener; it serves when it is enabled or has a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TlsListener {
    /// Whether it serves without a certificate of its own, with those that are configured at runtime.
    pub enabled: bool,
    pub address: SocketAddr,
    /// Whether connections begin with a PROXY header, before TLS.
    pub proxy_protocol: bool,
    /// PEM file with the certificate chain, leaf first: the default where no configured one is. Empty for none.
    pub certificate: PathBuf,
    /// PEM file with the private key.
    pub key: PathBuf,
    /// Whether clients prove by a certificate who they are.
    pub client_auth: ClientAuth,
    /// PEM file with the authorities that are trusted to say who clients are.
    pub authorities: PathBuf,
}

/// Whether clients are asked for a certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClientAuth {
    #[default]
    None,
    /// They are served without one, too.
    Optional,
    Required,
}

/// The admin listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Admin {
    /// A loopback address: the admin API speaks cleartext.
    pub address: SocketAddr,
}

/// Bounds on what clients may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Connections {
    /// Client connections over all listeners.
    pub max: usize,
    /// Client connections of one address, or of one /64 of IPv6.
    pub per_address: usize,
    /// Networks of proxies that are believed about whom requests are from.
    pub trusted_proxies: Vec<String>,
    /// Where they say it.
    pub forwarded_by: ForwardedBy,
    /// For the TLS handshake, in milliseconds.
    pub handshake_timeout_ms: u64,
    /// For each request head to arrive, in milliseconds.
    pub head_timeout_ms: u64,
    /// How long a connection without a request is kept, in milliseconds.
    pub idle_timeout_ms: u64,
    /// How long a WebSocket over which nothing goes is kept, in milliseconds.
    pub websocket_idle_timeout_ms: u64,
    /// Size of a request's head in bytes.
    pub head_bytes: usize,
    /// Size of a request's target, its path and query, in bytes.
    pub target_bytes: usize,
    /// Size of a request's body in bytes; 0 means any.
    pub body_bytes: u64,
    /// The least that a client sends of its body, in bytes for each second; 0 for any.
    pub body_rate: u64,
}

/// API keys that the gateway issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Keys {
    /// What they begin with, so that whoever finds one knows whose it is. Keys with another prefix go on working.
    pub prefix: String,
}

/// Where the gateway's own log and the access log go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// A filter such as `info` or `info,gateway_proxy=debug`.
    pub level: String,
    pub format: LogFormat,
    /// `stdout`, `off`, or the path of a file.
    pub access: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shutdown {
    /// How long connections are still accepted after the order to stop, while `/readyz` says that the gateway stops, in
    /// milliseconds.
    pub delay_ms: u64,
    /// For requests in flight to end before they are cut, in milliseconds.
    pub grace_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: "data".into(),
            workers: 0,
            http: Listener::default(),
            https: TlsListener::default(),
            admin: Admin::default(),
            connections: Connections::default(),
            keys: Keys::default(),
            certificates: Certificates::default(),
            plugins: Plugins::default(),
            cache: Cache::default(),
            limits: Limits::default(),
            overload: Overload::default(),
            jwks: Jwks::default(),
            stores: BTreeMap::new(),
            log: Log::default(),
            shutdown: Shutdown::default(),
        }
    }
}

impl Default for Listener {
    fn default() -> Self {
        let address = ([0, 0, 0, 0], 8080).into();
        Self { enabled: true, address, proxy_protocol: false, redirect_to_https: false, https_port: 0 }
    }
}

impl Default for TlsListener {
    fn default() -> Self {
        Self {
            enabled: false,
            address: ([0, 0, 0, 0], 8443).into(),
            proxy_protocol: false,
            certificate: PathBuf::new(),
            key: PathBuf::new(),
            client_auth: ClientAuth::None,
            authorities: PathBuf::new(),
        }
    }
}

impl TlsListener {
    /// Whether it has a certificate of its own.
    #[must_use]
    pub fn has_files(&self) -> bool {
        !self.certificate.as_os_str().is_empty()
    }

    fn serves(&self) -> bool {
        self.enabled || self.has_files()
    }

    fn check_clients(&self) -> Result<()> {
        let (serves, authorities) = (self.serves(), !self.authorities.as_os_str().is_empty());
        let asks = self.client_auth != ClientAuth::None;
        ensure!(
            !asks || serves,
            "https.client_auth needs the TLS listener: give https.certificate and https.key, or set https.enabled"
        );
        ensure!(
            asks == authorities,
            "https.client_auth and https.authorities come together: set client_auth to \"optional\" or \"required\", and name the file with the authorities that issue the clients' certificates"
        );
        Ok(())
    }
}

impl Default for Admin {
    fn default() -> Self {
        Self { address: ([127, 0, 0, 1], 9000).into() }
    }
}

/// The fields in which trusted proxies say whom a request is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardedBy {
    XForwarded,
    Forwarded,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            max: 10_000,
            per_address: 2_500,
            trusted_proxies: Vec::new(),
            forwarded_by: ForwardedBy::XForwarded,
            handshake_timeout_ms: 10_000,
            head_timeout_ms: 10_000,
            idle_timeout_ms: 60_000,
            websocket_idle_timeout_ms: 300_000,
            head_bytes: 64 * 1024,
            target_bytes: 16 * 1024,
            body_bytes: 0,
            body_rate: 240,
        }
    }
}

impl Connections {
    fn check(&self) -> Result<()> {
        ensure!(self.max > 0, "connections.max is 0: no client could connect");
        ensure!(self.per_address > 0, "connections.per_address is 0: no client could connect");
        for (name, timeout) in [
            ("handshake_timeout_ms", self.handshake_timeout_ms),
            ("head_timeout_ms", self.head_timeout_ms),
            ("idle_timeout_ms", self.idle_timeout_ms),
            ("websocket_idle_timeout_ms", self.websocket_idle_timeout_ms),
        ] {
            ensure!(timeout > 0, "connections.{name} is 0: nothing could come in time; give milliseconds");
        }
        let head = self.head_bytes;
        ensure!(
            (8 << 10..=1 << 20).contains(&head),
            "connections.head_bytes is {head}: give 8 KiB (8192) to 1 MiB (1048576)"
        );
        let target = self.target_bytes;
        ensure!(
            (1 << 10..=63 << 10).contains(&target),
            "connections.target_bytes is {target}: give 1 KiB (1024) to 63 KiB (64512)"
        );
        self.trusted().map(drop)
    }

    /// The networks of those in front that are believed.
    ///
    /// # Errors
    /// What is no network.
    pub(crate) fn trusted(&self) -> Result<Vec<Network>> {
        let parsed = self.trusted_proxies.iter().map(|text| {
            let network = text.parse::<Network>();
            network.map_err(|why| anyhow!("connections.trusted_proxies has {text:?}, which is no network: {why}"))
        });
        parsed.collect()
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self { prefix: "slk_".into() }
    }
}

impl Keys {
    fn check(&self) -> Result<()> {
        let prefix = &self.prefix;
        let sound = prefix.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        ensure!(
            sound && (2..=16).contains(&prefix.len()) && prefix.ends_with('_') && prefix != "sla_",
            "keys.prefix is {prefix:?}: give 2 to 16 of a-z, 0-9 and '_' with '_' at the end, and not sla_, which admin tokens have"
        );
        Ok(())
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { level: "info".into(), format: LogFormat::Text, access: "stdout".into() }
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self { delay_ms: 0, grace_ms: 30_000 }
    }
}

impl Settings {
    /// Reads the file, if there is one, and puts `SLUICE_…` variables over it.
    ///
    /// # Errors
    /// An unreadable file, an unknown or ill-typed setting, or settings that contradict each other; the text says which.
    pub fn load(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self> {
        let environment: BTreeMap<String, String> = environment.collect();
        let table = source::merged(file, &environment)?;
        let mut settings: Self = table.try_into().context("settings")?;
        settings.stores.iter_mut().try_for_each(|(name, store)| store.expand(name, &environment))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<()> {
        let admin = self.admin.address;
        ensure!(
            admin.ip().is_loopback(),
            "admin.address is {admin}: the admin API speaks cleartext, so give a loopback address such as 127.0.0.1:9000"
        );
        let [certificate, key] = [&self.https.certificate, &self.https.key].map(|path| !path.as_os_str().is_empty());
        ensure!(certificate == key, "https.certificate and https.key come together: give both, or neither for no TLS");
        self.https.check_clients()?;
        ensure!(
            self.http.enabled || self.has_tls(),
            "nothing to listen on: set http.enabled, or https.certificate and https.key, or https.enabled"
        );
        ensure!(
            !self.http.redirect_to_https || self.has_tls(),
            "http.redirect_to_https needs the TLS listener: give https.certificate and https.key, or set https.enabled"
        );
        self.connections.check()?;
        ensure!(
            !(self.http.proxy_protocol || self.https.proxy_protocol) || !self.connections.trusted_proxies.is_empty(),
            "http.proxy_protocol and https.proxy_protocol need connections.trusted_proxies: name the networks of those who send the header"
        );
        self.keys.check()?;
        self.plugins.check()?;
        self.cache.check()?;
        self.limits.check(&self.stores)?;
        self.overload.check()?;
        self.stores.iter().try_for_each(|(name, store)| store.check(name))
    }

    /// Whether there is a TLS listener.
    #[must_use]
    pub fn has_tls(&self) -> bool {
        self.https.serves()
    }

    /// Threads that serve requests, at least 1.
    #[must_use]
    pub fn worker_count(&self) -> usize {
        match self.workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            count => count,
        }
    }

    /// How long requests in flight may take to end.
    #[must_use]
    pub fn grace(&self) -> Duration {
        Duration::from_millis(self.shutdown.grace_ms)
    }

    /// How long connections are accepted after the order to stop.
    #[must_use]
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.shutdown.delay_ms)
    }

    /// Folder with one file for each secret that plugins may be granted.
    #[must_use]
    pub fn secrets(&self) -> PathBuf {
        self.data.join("secrets")
    }

    /// The file that holds the admin token made at first start.
    #[must_use]
    pub fn token_file(&self) -> PathBuf {
        self.data.join("admin-token")
    }

    /// The file with the keys that private keys are sealed with.
    #[must_use]
    pub fn certificate_key_file(&self) -> PathBuf {
        match self.certificates.key_file.as_os_str().is_empty() {
            true => self.data.join("certificates.key"),
            false => self.certificates.key_file.clone(),
        }
    }

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("sluice.db")
    }
}

#[cfg(test)]
mod tests;
