//! The gateway under attack: an honest route, its twin, and a route for each way of doing harm.

use std::{collections::BTreeMap, fs::File, path::Path};

use anyhow::{Context, Result};
use gateway_benches::{
    PATH, SERVER_NAME, Surroundings,
    contender::sluice::{
        self, Blank,
        configure::{self, create},
    },
    cpu,
    load::paced::{Ask, Expected},
};
use hyper::{
    HeaderMap,
    header::{HeaderName, HeaderValue},
};
use serde_json::json;
use tokio::runtime;

use crate::kinds::Kind;

/// The honest plugin, on both honest routes.
const TYPICAL: &str = "typical";
/// The honest route that takes the place of the hostile ones, and its attachment.
const TWIN: &str = "twin";
const TWIN_PATH: &str = "/twin";

/// What shares the gateway with the honest route.
#[derive(Clone, Copy)]
pub(crate) enum Other<'k> {
    /// A second honest route.
    Twin,
    /// These ways, in turn.
    Hostile(&'k [Kind]),
}

/// A gateway that runs.
pub(crate) struct Stage {
    pub(crate) gateway: Blank,
    runtime: runtime::Runtime,
}

impl Stage {
    /// Starts the gateway and configures all routes and plugins; only the honest route has its attachment yet.
    ///
    /// # Errors
    /// When the gateway does not start or refuses something.
    pub(crate) fn set(binary: &Path, surroundings: &Surroundings<'_>) -> Result<Self> {
        // What floods log at the level that a gateway has by itself, into a file, as under a service manager.
        let log = File::create(surroundings.scratch.join("gateway.log"))?;
        let gateway = sluice::start_with("hostile", binary, surroundings, |command| {
            command.env("SLUICE_LOG_LEVEL", "info").stderr(log)
        })?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let stage = Self { gateway, runtime };
        stage.runtime.block_on(stage.configure(surroundings))?;
        Ok(stage)
    }

    async fn configure(&self, surroundings: &Surroundings<'_>) -> Result<()> {
        configure::route(&self.gateway.admin, surroundings.upstream).await?;
        self.plugin(TYPICAL, configure::module("guest-typical")?).await?;
        self.route(TWIN, TWIN_PATH).await?;
        self.attach(TYPICAL, TYPICAL, "bench").await?;
        for kind in &Kind::ALL {
            self.plugin(kind.slug, kind.module()?).await?;
            self.route(kind.slug, &kind.path()).await?;
        }
        Ok(())
    }

    async fn plugin(&self, name: &str, wasm: Vec<u8>) -> Result<()> {
        let admin = &self.gateway.admin;
        let digest = admin.upload(wasm).await.with_context(|| format!("plugin {name}"))?;
        create(admin, "Plugin", json!({ "name": name, "digest": digest })).await?;
        Ok(())
    }

    async fn route(&self, name: &str, path: &str) -> Result<()> {
        let input = json!({ "name": name, "hosts": [SERVER_NAME], "pathPrefix": path, "upstream": "bench" });
        create(&self.gateway.admin, "Route", input).await?;
        Ok(())
    }

    async fn attach(&self, name: &str, plugin: &str, route: &str) -> Result<()> {
        let input = json!({ "name": name, "plugin": plugin, "route": route });
        create(&self.gateway.admin, "Attachment", input).await?;
        Ok(())
    }

    async fn detach(&self, name: &str) -> Result<()> {
        let mutation = "mutation($input: DeleteAttachmentInput!) { deleteAttachment(input: $input) { userErrors { path message } } }";
        self.gateway.admin.mutate(mutation, json!({ "input": { "name": name } })).await?;
        Ok(())
    }

    /// Attaches what `other` is, for as long as `work` runs: so nothing is quarantined yet when it begins.
    ///
    /// # Errors
    /// Those of the gateway, and of `work`.
    pub(crate) fn beside<R>(&self, other: Other<'_>, work: impl FnOnce() -> Result<R>) -> Result<R> {
        let attachments = other.attachments();
        self.runtime.block_on(async {
            for (name, plugin) in &attachments {
                self.attach(name, plugin, name).await?;
            }
            anyhow::Ok(())
        })?;
        let result = work()?;
        self.runtime.block_on(async {
            for (name, _) in &attachments {
                self.detach(name).await?;
            }
            anyhow::Ok(())
        })?;
        Ok(result)
    }

    /// What the attachments of `other` have done so far.
    pub(crate) fn counts(&self, other: Other<'_>) -> Result<Counts> {
        let (_, page) = self.runtime.block_on(self.gateway.admin.page("/metrics"))?;
        let mut counts = Counts::default();
        for (name, _) in other.attachments() {
            counts.add(&page, name);
        }
        Ok(counts)
    }

    /// Seconds of the processors that the gateway has used so far.
    pub(crate) fn cpu(&self) -> Result<f64> {
        Ok(cpu::time_of(self.gateway.process.id())?.as_secs_f64())
    }
}

/// Hooks of requests that ran, and how hooks failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Those that a quarantine withheld are not among them.
    pub(crate) calls: u64,
    /// By kind.
    pub(crate) failures: BTreeMap<String, u64>,
}

impl Counts {
    /// What came after `before`.
    pub(crate) fn since(mut self, before: &Self) -> Self {
        self.calls = self.calls.saturating_sub(before.calls);
        for (kind, count) in &mut self.failures {
            *count = count.saturating_sub(before.failures.get(kind).copied().unwrap_or_default());
        }
        self.failures.retain(|_, count| *count > 0);
        self
    }

    /// Adds what the metrics page tells of an attachment.
    fn add(&mut self, page: &str, attachment: &str) {
        for line in page.lines() {
            let Some((name, labels, value)) = series(line) else { continue };
            if !labels.starts_with(&format!("attachment=\"{attachment}\",")) {
                continue;
            }
            match name {
                "sluice_plugin_duration_seconds_count" if labels.contains("hook=\"request\"") => self.calls += value,
                "sluice_plugin_failures_total" => {
                    let kind = labels.split_once("kind=\"").and_then(|(_, rest)| rest.split_once('"'));
                    *self.failures.entry(kind.map_or("?", |(kind, _)| kind).to_owned()).or_default() += value;
                }
                _ => {}
            }
        }
    }
}

/// Name, labels and value of a line of the metrics page that has all three.
fn series(line: &str) -> Option<(&str, &str, u64)> {
    let (name, rest) = line.split_once('{')?;
    let (labels, value) = rest.rsplit_once("} ")?;
    Some((name, labels, value.parse().ok()?))
}

impl Other<'_> {
    /// Name and plugin; each is on the route of its name.
    fn attachments(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Twin => vec![(TWIN, TYPICAL)],
            Self::Hostile(kinds) => kinds.iter().map(|kind| (kind.slug, kind.slug)).collect(),
        }
    }

    /// What is asked for.
    pub(crate) fn asks(self) -> Vec<Ask> {
        match self {
            Self::Twin => vec![honest(TWIN_PATH)],
            Self::Hostile(kinds) => kinds.iter().map(|kind| kind.ask(&headers())).collect(),
        }
    }
}

/// A request of the route that is measured.
pub(crate) fn ask_honest() -> Ask {
    honest(PATH)
}

fn honest(path: &str) -> Ask {
    Ask { path: path.to_owned(), headers: headers(), expected: vec![Expected::UPSTREAM] }
}

/// What all requests carry, so that the gateway reads about the same for each.
fn headers() -> HeaderMap {
    let fields = [("user-agent", "sluice-bench"), ("accept", "*/*"), ("x-version", "1"), ("x-tenant", "acme")];
    fields.into_iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}
