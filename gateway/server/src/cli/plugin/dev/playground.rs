//! A gateway of our own, with temporary data and one route, for a plugin that is being written.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use anyhow::Context;
use bytes::Bytes;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Dev, Failure, echo::Echo};
use crate::{
    Server,
    cli::client::Client,
    settings::{Log, LogFormat, Settings},
};

/// Where it serves if that is free.
const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

const APPLY: &str = "mutation($input: ApplyDocumentInput!) { applyDocument(input: $input) {
  committed userErrors { path message }
} }";

/// A gateway that serves until it is dropped; its data goes with it.
pub(super) struct Playground {
    client: Client,
    url: String,
    upstream: SocketAddr,
    config: Option<PathBuf>,
    grants: Vec<String>,
    /// It has served the plugin, and has said so at length.
    introduced: bool,
    _server: Server,
    _echo: Option<Echo>,
    _data: TempDir,
}

impl Playground {
    /// # Errors
    /// A port cannot be had, or a secret cannot be read.
    pub(super) async fn start(options: Dev, config: Option<PathBuf>) -> Result<Self, Failure> {
        let data = tempfile::Builder::new().prefix("sluice-dev-").tempdir().context("a folder for temporary data")?;
        place_secrets(&options, &data)?;
        let echo = match options.upstream {
            Some(_) => None,
            None => Some(Echo::start().await?),
        };
        let upstream = options.upstream.or_else(|| echo.as_ref().map(|echo| echo.address)).unwrap_or(ANY);
        let settings = settings(&options, &data).await;
        crate::logging(&settings.log)?;
        let server = Server::start(settings).await?;
        let token = fs::read_to_string(server.token_file()).context("the gateway's token")?;
        let address = server.http_address().context("the gateway has no listener")?;
        Ok(Self {
            client: Client::with_token(server.admin_address(), token.trim())?,
            url: format!("http://{address}/"),
            upstream,
            config,
            grants: options.grant,
            introduced: false,
            _server: server,
            _echo: echo,
            _data: data,
        })
    }

    /// Makes the module what the route runs, with the configuration as it now is, as one change.
    pub(super) async fn put(&mut self, wasm: Bytes) -> Result<String, Failure> {
        let config = self.config()?;
        let uploaded = self.client.upload(wasm, None).await?;
        let grants: Vec<&String> = uploaded.needs.iter().chain(&self.grants).collect();
        let document = json!({
            "upstreams": [{ "name": "upstream", "targets": [{ "address": self.upstream }] }],
            "routes": [{ "name": "all", "pathPrefix": "/", "upstream": "upstream" }],
            "plugins": [{ "name": uploaded.name, "digest": uploaded.digest }],
            "attachments": [{
                "name": uploaded.name, "plugin": uploaded.name, "route": "all", "config": config, "grants": grants,
            }],
        });
        self.client.mutate(APPLY, json!({ "input": { "document": document } })).await?;
        if !self.introduced {
            self.introduce(&uploaded.name, &config, &grants);
        }
        self.introduced = true;
        Ok(format!("{} {}", uploaded.name, uploaded.digest))
    }

    fn introduce(&self, name: &str, config: &Value, grants: &[&String]) {
        let grants = match grants {
            [] => "none".to_owned(),
            grants => grants.iter().map(|grant| grant.as_str()).collect::<Vec<_>>().join(", "),
        };
        println!("{name} serves at {}", self.url);
        println!("  config  {config}");
        println!("  grants  {grants}");
        println!("try it:  curl -i {}", self.url);
        println!("save a file and it is compiled and swapped in; Ctrl-C ends it");
    }

    fn config(&self) -> Result<Value, Failure> {
        let Some(file) = &self.config else { return Ok(json!({})) };
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        Ok(serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?)
    }
}

fn place_secrets(options: &Dev, data: &TempDir) -> anyhow::Result<()> {
    let folder = data.path().join("secrets");
    fs::create_dir(&folder).context("a folder for secrets")?;
    for (name, file) in &options.secret {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        anyhow::ensure!(plain && !name.starts_with('.'), "--secret {name}: use a-z, 0-9, `-`, `_` and `.` in its name");
        fs::copy(file, folder.join(name)).with_context(|| format!("--secret {name}: {}", file.display()))?;
    }
    Ok(())
}

async fn settings(options: &Dev, data: &TempDir) -> Settings {
    let mut settings = Settings { data: data.path().to_owned(), workers: 1, ..Settings::default() };
    settings.http.address = match options.address {
        Some(address) => address,
        None if tokio::net::TcpListener::bind(USUAL).await.is_ok() => USUAL,
        None => ANY,
    };
    settings.admin.address = ANY;
    settings.log =
        Log { level: format!("warn,plugin={}", options.log), format: LogFormat::Text, access: "off".to_owned() };
    settings
}
