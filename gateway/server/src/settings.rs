//! Settings: what is read once at start. Everything that can change while serving is configuration, not a setting.
//!
//! A file in TOML, then the environment over it: `[http] address` is also `SLUICE_HTTP_ADDRESS`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

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
    pub plugins: Plugins,
    pub log: Log,
    pub shutdown: Shutdown,
}

/// The cleartext listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Listener {
    pub enabled: bool,
    pub address: SocketAddr,
}

/// The TLS listener; it serves when it has a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TlsListener {
    pub address: SocketAddr,
    /// PEM file with the certificate chain, leaf first; empty for no TLS listener.
    pub certificate: PathBuf,
    /// PEM file with the private key.
    pub key: PathBuf,
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
    /// For the TLS handshake, and for each request head to arrive, in milliseconds.
    pub head_timeout_ms: u64,
    /// How long a connection without a request is kept, in milliseconds.
    pub idle_timeout_ms: u64,
    /// Size of a request's head in bytes.
    pub head_bytes: usize,
    /// Size of a request's body in bytes; 0 means any.
    pub body_bytes: u64,
}

/// Bounds on each plugin instance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plugins {
    /// For one call of a hook, in milliseconds.
    pub deadline_ms: u64,
    /// Linear memory in bytes.
    pub memory_bytes: usize,
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
            plugins: Plugins::default(),
            log: Log::default(),
            shutdown: Shutdown::default(),
        }
    }
}

impl Default for Listener {
    fn default() -> Self {
        Self { enabled: true, address: ([0, 0, 0, 0], 8080).into() }
    }
}

impl Default for TlsListener {
    fn default() -> Self {
        Self { address: ([0, 0, 0, 0], 8443).into(), certificate: PathBuf::new(), key: PathBuf::new() }
    }
}

impl Default for Admin {
    fn default() -> Self {
        Self { address: ([127, 0, 0, 1], 9000).into() }
    }
}

impl Default for Connections {
    fn default() -> Self {
        Self { max: 10_000, head_timeout_ms: 10_000, idle_timeout_ms: 60_000, head_bytes: 64 * 1024, body_bytes: 0 }
    }
}

impl Default for Plugins {
    fn default() -> Self {
        Self { deadline_ms: 10, memory_bytes: 16 * 1024 * 1024 }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { level: "info".into(), format: LogFormat::Text, access: "stdout".into() }
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self { grace_ms: 30_000 }
    }
}

impl Settings {
    /// Reads the file, if there is one, and puts `SLUICE_…` variables over it.
    ///
    /// # Errors
    /// An unreadable file, an unknown or ill-typed setting, or settings that contradict each other; the text says which.
    pub fn load(file: Option<&Path>, environment: impl Iterator<Item = (String, String)>) -> Result<Self> {
        let mut table = match file {
            Some(path) => read(path)?,
            None => Table::new(),
        };
        for (name, text) in environment {
            if let Some(path) = setting_path(&name) {
                put(&mut table, &path, &text).with_context(|| format!("environment variable {name}"))?;
            }
        }
        let settings: Self = table.try_into().context("settings")?;
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
        ensure!(
            self.http.enabled || certificate,
            "nothing to listen on: set http.enabled, or https.certificate and https.key"
        );
        ensure!(self.connections.max > 0, "connections.max is 0: no client could connect");
        ensure!(self.connections.head_timeout_ms > 0, "connections.head_timeout_ms is 0: no request could arrive");
        ensure!(self.connections.idle_timeout_ms > 0, "connections.idle_timeout_ms is 0: no connection could be kept");
        let head = self.connections.head_bytes;
        ensure!(
            (8 << 10..=1 << 20).contains(&head),
            "connections.head_bytes is {head}: give 8 KiB (8192) to 1 MiB (1048576)"
        );
        ensure!((1..=60_000).contains(&self.plugins.deadline_ms), "plugins.deadline_ms: give 1 to 60000");
        let memory = self.plugins.memory_bytes;
        ensure!(
            (1 << 20..=64 << 20).contains(&memory),
            "plugins.memory_bytes is {memory}: give 1 MiB (1048576) to 64 MiB (67108864)"
        );
        Ok(())
    }

    /// Whether there is a TLS listener.
    #[must_use]
    pub fn has_tls(&self) -> bool {
        !self.https.certificate.as_os_str().is_empty()
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

    /// The database file.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("sluice.db")
    }
}

fn read(path: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("settings file {}", path.display()))?;
    text.parse().with_context(|| format!("settings file {}", path.display()))
}

/// `SLUICE_HTTP_ADDRESS` → `["http", "address"]`, for names that are settings.
fn setting_path(name: &str) -> Option<Vec<String>> {
    let wanted = name.strip_prefix("SLUICE_")?.to_ascii_lowercase();
    let defaults = Table::try_from(Settings::default()).ok()?;
    leaves(&defaults, &mut Vec::new()).into_iter().find(|path| path.join("_") == wanted)
}

fn leaves(table: &Table, above: &mut Vec<String>) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (key, value) in table {
        above.push(key.clone());
        match value {
            Value::Table(inner) => found.extend(leaves(inner, above)),
            _ => found.push(above.clone()),
        }
        above.pop();
    }
    found
}

fn put(table: &mut Table, path: &[String], text: &str) -> Result<()> {
    let Some((key, rest)) = path.split_first() else { bail!("an empty path") };
    if rest.is_empty() {
        table.insert(key.clone(), typed(text));
        return Ok(());
    }
    match table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new())) {
        Value::Table(inner) => put(inner, rest, text),
        _ => bail!("{key} is a section, and the settings file has a value there"),
    }
}

/// A variable is text; numbers and booleans are read as such, everything else stays text.
fn typed(text: &str) -> Value {
    match (text.parse::<i64>(), text.parse::<bool>()) {
        (Ok(number), _) => Value::Integer(number),
        (_, Ok(flag)) => Value::Boolean(flag),
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(toml: &str, environment: &[(&str, &str)]) -> Result<Settings> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), toml)?;
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::load(Some(file.path()), environment)
    }

    #[test]
    fn without_a_file_the_defaults_serve_http_on_8080_and_the_admin_on_loopback() {
        let settings = Settings::load(None, std::iter::empty()).unwrap();
        assert_eq!(settings.http.address.port(), 8080);
        assert!(settings.admin.address.ip().is_loopback());
        assert!(!settings.has_tls());
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let settings = load(
            "data = \"a\"\n[http]\naddress = \"127.0.0.1:1\"\n[shutdown]\ngrace_ms = 5",
            &[
                ("SLUICE_HTTP_ADDRESS", "127.0.0.1:2"),
                ("SLUICE_SHUTDOWN_GRACE_MS", "7"),
                ("SLUICE_DATA", "b"),
                ("PATH", "x"),
            ],
        )
        .unwrap();
        assert_eq!(settings.http.address.port(), 2);
        assert_eq!(settings.grace(), Duration::from_millis(7));
        assert_eq!(settings.data, Path::new("b"));
    }

    #[test]
    fn every_setting_has_a_variable() {
        for path in leaves(&Table::try_from(Settings::default()).unwrap(), &mut Vec::new()) {
            let name = format!("SLUICE_{}", path.join("_").to_ascii_uppercase());
            assert_eq!(setting_path(&name), Some(path));
        }
    }

    #[test]
    fn every_setting_is_documented_with_its_default() {
        let documented = include_str!("../../../docs/settings.md");
        let defaults = Table::try_from(Settings::default()).unwrap();
        for path in leaves(&defaults, &mut Vec::new()) {
            let default = path[1..].iter().fold(&defaults[&path[0]], |value, step| &value[step.as_str()]);
            let default = match default {
                Value::String(text) if text.is_empty() => "none".to_owned(),
                other => format!("`{other}`"),
            };
            let row = format!("| `{}` | {default} |", path.join("."));
            assert!(documented.contains(&row), "docs/settings.md has no row that begins with {row}");
        }
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_remedy() {
        for (toml, words) in [
            ("[admin]\naddress = \"0.0.0.0:9000\"", "admin.address is 0.0.0.0:9000"),
            ("[https]\ncertificate = \"a.pem\"", "https.certificate and https.key come together"),
            ("[http]\nenabled = false", "nothing to listen on"),
            ("[http]\nport = 1", "port"),
            ("[connections]\nmax = 0", "connections.max is 0"),
            ("[connections]\nhead_bytes = 5", "connections.head_bytes is 5"),
            ("[plugins]\nmemory_bytes = 5", "plugins.memory_bytes is 5"),
        ] {
            let error = format!("{:#}", load(toml, &[]).unwrap_err());
            assert!(error.contains(words), "{toml}: {error}");
        }
    }
}
