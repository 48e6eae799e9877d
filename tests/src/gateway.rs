//! A gateway in this process, with TLS, on free ports, and its admin at hand.

use std::{fs, net::SocketAddr, path::Path, time::Duration};

use anyhow::{Context, Result};
use gateway_server::{
    Server,
    settings::{Settings, Store},
};
use serde_json::{Value, json};
use sluice_testkit::{
    admin::Admin,
    certificate::Authority,
    client::{Client, Version},
};
use tempfile::TempDir;

/// The module `target/plugins/PACKAGE.wasm`.
///
/// # Errors
/// It was not built: `cargo xtask plugins` does.
pub fn plugin_wasm(package: &str) -> Result<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/plugins").join(format!("{package}.wasm"));
    fs::read(&path).with_context(|| format!("{}: run `cargo xtask plugins` first", path.display()))
}

/// A gateway that serves until it is dropped.
pub struct Gateway {
    pub admin: Admin,
    /// The authority that signed the certificate for `localhost`.
    pub ca_pem: String,
    server: Server,
    settings: Settings,
    data: TempDir,
}

impl Gateway {
    /// Starts a gateway with nothing configured.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start() -> Result<Self> {
        Self::start_with(|_| {}).await
    }

    /// Starts a gateway that has a remote store of that name.
    ///
    /// # Errors
    /// It does not start.
    pub async fn with_store(name: &str, url: &str) -> Result<Self> {
        let store = Store { url: url.to_owned(), ..Store::default() };
        Self::start_with(|settings| drop(settings.stores.insert(name.to_owned(), store))).await
    }

    /// Starts a gateway with nothing configured, whose settings `adjust` has had its way with.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start_with(adjust: impl FnOnce(&mut Settings)) -> Result<Self> {
        let data = TempDir::new()?;
        let authority = Authority::new()?;
        let certificate = authority.issue(&["localhost", "127.0.0.1", "shop.example"])?;
        fs::write(data.path().join("cert.pem"), certificate.chain_pem)?;
        fs::write(data.path().join("key.pem"), certificate.key_pem)?;
        let mut settings = settings(data.path());
        adjust(&mut settings);
        let server = Server::start(settings.clone()).await?;
        let token = fs::read_to_string(server.token_file())?;
        let admin = Admin::new(server.admin_address(), token.trim());
        Ok(Self { admin, ca_pem: authority.pem(), server, settings, data })
    }

    /// Stops the gateway and starts another one on the same data.
    ///
    /// # Errors
    /// It does not start again.
    pub async fn restart(self) -> Result<Self> {
        let Self { ca_pem, server, settings, data, .. } = self;
        server.shutdown().await;
        let server = Server::start(settings.clone()).await?;
        let token = fs::read_to_string(server.token_file())?;
        let admin = Admin::new(server.admin_address(), token.trim());
        Ok(Self { admin, ca_pem, server, settings, data })
    }

    /// The URL of a path on the TLS listener.
    #[must_use]
    pub fn https(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.server.https_address().map_or(0, |address| address.port()))
    }

    /// Where the cleartext listener is.
    ///
    /// # Errors
    /// It has none.
    pub fn http_address(&self) -> Result<SocketAddr> {
        self.server.http_address().context("no cleartext listener")
    }

    /// Where the admin API is.
    #[must_use]
    pub fn admin_address(&self) -> SocketAddr {
        self.server.admin_address()
    }

    /// The file with an admin token, for commands.
    #[must_use]
    pub fn token_file(&self) -> &Path {
        self.server.token_file()
    }

    /// A client that trusts this gateway.
    ///
    /// # Errors
    /// Its authority's certificate cannot be read.
    pub fn client(&self, version: Version) -> Result<Client> {
        Client::new(&self.ca_pem, version)
    }

    /// Puts a secret where plugins may be granted it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn secret(&self, name: &str, value: &[u8]) -> Result<()> {
        Ok(fs::write(self.data.path().join("secrets").join(name), value)?)
    }

    /// A route of that name at `/name`, to an upstream of the same name.
    ///
    /// # Errors
    /// The gateway refuses.
    pub async fn route(&self, name: &str, target: SocketAddr) -> Result<()> {
        let targets = json!([{ "address": target.to_string() }]);
        self.create("Upstream", json!({ "name": name, "targets": targets })).await?;
        self.create("Route", json!({ "name": name, "pathPrefix": format!("/{name}"), "upstream": name })).await?;
        Ok(())
    }

    /// A consumer on a plan of its own, and its API key.
    ///
    /// # Errors
    /// The gateway refuses.
    pub async fn consumer(&self, name: &str, rate: f64, burst: u32) -> Result<String> {
        let plan = format!("{name}-plan");
        self.create("UsagePlan", json!({ "name": plan, "throttle": { "rateLimit": rate, "burstLimit": burst } }))
            .await?;
        self.create("Consumer", json!({ "name": name, "usagePlans": [plan] })).await?;
        let mutation = "mutation($input: CreateCredentialInput!) { createCredential(input: $input) { secret userErrors { path message } } }";
        let input = json!({ "name": format!("{name}-key"), "consumer": name });
        let payload = self.admin.mutate(mutation, json!({ "input": input })).await?;
        payload["secret"].as_str().map(str::to_owned).context("a new credential shows its secret")
    }

    /// Uploads `target/plugins/PACKAGE.wasm` and names it.
    ///
    /// # Errors
    /// It was not built (`cargo xtask plugins` does), or the gateway refuses.
    pub async fn plugin(&self, name: &str, package: &str) -> Result<()> {
        self.module(name, plugin_wasm(package)?).await
    }

    /// Uploads a module and names it.
    ///
    /// # Errors
    /// The gateway refuses.
    pub async fn module(&self, name: &str, wasm: Vec<u8>) -> Result<()> {
        let digest = self.admin.upload(wasm).await?;
        self.create("Plugin", json!({ "name": name, "digest": digest })).await?;
        Ok(())
    }

    /// Attaches a plugin of the same name to every route.
    ///
    /// # Errors
    /// The gateway refuses.
    pub async fn attach(&self, plugin: &str, config: Value, grants: &[&str]) -> Result<()> {
        let input = json!({ "name": plugin, "plugin": plugin, "config": config, "grants": grants });
        self.create("Attachment", input).await?;
        Ok(())
    }

    /// Runs `createKIND` and returns its payload.
    ///
    /// # Errors
    /// The gateway refuses.
    pub async fn create(&self, kind: &str, input: Value) -> Result<Value> {
        let mutation = format!(
            "mutation($input: Create{kind}Input!) {{ create{kind}(input: $input) {{ revision userErrors {{ path message }} }} }}"
        );
        self.admin.mutate(&mutation, json!({ "input": input })).await
    }
}

fn settings(data: &Path) -> Settings {
    let mut settings = Settings { data: data.to_owned(), workers: 2, ..Settings::default() };
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    settings.http.address = loopback;
    settings.https.address = loopback;
    settings.https.certificate = data.join("cert.pem");
    settings.https.key = data.join("key.pem");
    settings.admin.address = loopback;
    settings.log.access = data.join("access.log").display().to_string();
    // Tests have a gateway each, at the same time, and share the address space.
    settings.plugins.instances = 100;
    settings.shutdown.grace_ms = u64::try_from(Duration::from_secs(5).as_millis()).unwrap_or(u64::MAX);
    settings
}
