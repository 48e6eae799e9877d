//! `sluice plugin push`

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use bytes::Bytes;
use clap::Args;
use serde_json::{Value, json};

use super::{
    super::client::{Client, block_on},
    Failure,
    gateway::{self, Put},
    module::Module,
    registry::{self, Access, Remote},
    sign::Signing,
};

/// Puts a plugin into a gateway that runs, or into an OCI registry.
///
/// Into a gateway: uploads the module and gives it a name. A name that is there already means this module from now on,
/// and all its attachments follow; nothing is restarted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin push hello.wasm                                      as the plugin `hello`; upgrades it if it is there
  sluice plugin push hello.wasm --route orders --config hello.json   and attaches it to one route
  sluice plugin push hello.wasm --attach --grant identity            and attaches it to every route
  sluice plugin push hello.wasm oci://registry.example/team/hello:1.2      into a registry
  sluice plugin push --from oci://registry.example/team/hello@sha256:…     from a registry into the gateway")]
pub(in crate::cli) struct Push {
    /// The Wasm module.
    #[arg(value_name = "FILE", required_unless_present = "from")]
    module: Option<PathBuf>,
    /// oci://HOST/REPOSITORY:TAG, for a registry in place of a gateway.
    #[arg(value_name = "REGISTRY", conflicts_with_all = ["from", "name", "attach", "route", "config", "grant", "order"])]
    to: Option<Remote>,
    /// Take the module from a registry, or from what was pulled before, in place of a file.
    #[arg(long, value_name = "REGISTRY", conflicts_with = "module")]
    from: Option<Remote>,
    /// The plugin's name in the gateway, by default the module's own.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    attachment: Attachment,
    #[command(flatten)]
    signing: Signing,
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    client: Client,
}

/// How the plugin is attached, under its own name.
#[derive(Debug, Args)]
struct Attachment {
    /// Attach it to every route, or change how it is attached.
    #[arg(long)]
    attach: bool,
    /// Attach it to this route, or change how it is attached.
    #[arg(long, value_name = "NAME")]
    route: Option<String>,
    /// Its configuration, a file in JSON.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What it may do; may be given several times.
    #[arg(long, value_name = "GRANT")]
    grant: Vec<String>,
    /// Its place in the chain, lowest first; by default the module's own.
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    order: Option<i32>,
}

impl Push {
    pub(super) fn run(self) -> Result<(), Failure> {
        if let Some(remote) = &self.to {
            return self.ship(remote);
        }
        self.attachment.check()?;
        block_on(self.install())
    }

    fn ship(&self, remote: &Remote) -> Result<(), Failure> {
        let module = Module::read(self.module.as_deref().context("name the module")?)?;
        let facts = module.inspect()?;
        let signature = self.signing.of(&module.wasm)?;
        if remote.image.digest().is_some() {
            return Err(anyhow!("{remote}: push under a tag; the digest comes from the registry").into());
        }
        let wasm = Bytes::from(module.wasm);
        let digest = block_on(registry::push(remote, &self.access, wasm, &facts, signature.as_deref()))?;
        println!("{}", remote.by_digest(&digest));
        eprintln!("module {}, also as {remote}", facts.digest);
        Ok(())
    }

    async fn install(self) -> Result<(), Failure> {
        let (wasm, kept) = match (&self.module, &self.from) {
            (_, Some(remote)) => {
                let pulled = registry::pull(remote, &self.access).await?;
                (pulled.wasm, pulled.signature)
            }
            (Some(file), None) => (Bytes::from(Module::read(file)?.wasm), None),
            (None, None) => return Err(anyhow!("name a module, or --from a registry").into()),
        };
        let signature = self.signing.of(&wasm)?.or(kept);
        let (uploaded, done) = gateway::put(&self.client, wasm, signature.as_deref(), self.name.as_deref()).await?;
        println!("{} {}", uploaded.name, uploaded.digest);
        eprintln!(
            "{}",
            match done {
                Put::Created => "a new plugin",
                Put::Upgraded => "upgraded; its attachments run it now",
                Put::Unchanged => "nothing was changed: the name meant this module already",
            }
        );
        if let Some(input) = self.attachment.input(&uploaded.name)? {
            gateway::attach(&self.client, input).await?;
            eprintln!("attached to {}", self.attachment.route.as_deref().unwrap_or("every route"));
        }
        Ok(())
    }
}

impl Attachment {
    fn check(&self) -> Result<(), Failure> {
        let says_how = self.config.is_some() || !self.grant.is_empty() || self.order.is_some();
        match says_how && !self.attach && self.route.is_none() {
            true => {
                Err(anyhow!("--config, --grant and --order say how it is attached: add --attach or --route").into())
            }
            false => Ok(()),
        }
    }

    /// What is asked of the gateway, or nothing.
    fn input(&self, name: &str) -> anyhow::Result<Option<Value>> {
        if !self.attach && self.route.is_none() {
            return Ok(None);
        }
        let mut input = json!({ "name": name });
        if let Some(route) = &self.route {
            input["route"] = json!(route);
        }
        if let Some(file) = &self.config {
            let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            input["config"] = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
        }
        if !self.grant.is_empty() {
            input["grants"] = json!(self.grant);
        }
        if let Some(order) = self.order {
            input["order"] = json!(order);
        }
        Ok(Some(input))
    }
}
