//! A configured plugin that can be called.

use std::{net::Ipv4Addr, sync::Arc};

use anyhow::{Context, anyhow};
use gateway_host::{About, Host, LocalLoad, Plugin};
use gateway_model::{Attachment, PluginFacts, ResolvedAttachment, Snapshot};
use serde_json::{Value, json};

use super::Failure;

/// A plugin, and the configuration that it is called under: an empty one.
pub(super) struct Subject {
    pub(super) plugin: Plugin,
    snapshot: Arc<Snapshot>,
}

impl Subject {
    /// Loads the module into the host and configures it, with the grants that its imports need.
    ///
    /// # Errors
    /// The module or its configuration is refused.
    pub(super) fn new(host: &Host, wasm: &[u8], facts: &PluginFacts, config: &Value) -> Result<Self, Failure> {
        host.load(&facts.digest, wasm).map_err(|error| Failure::Refused(vec![error.to_string()]))?;
        let attachment = attachment(facts, config)?;
        let plugin =
            host.configure(&attachment).map_err(|error| Failure::Refused(vec![format!("configuration: {error}")]))?;
        Ok(Self { plugin, snapshot: Arc::default() })
    }

    pub(super) fn about(&self) -> About<'_> {
        About {
            snapshot: &self.snapshot,
            request_id: "0193e6a0-0000-7000-8000-000000000000",
            client_ip: Ipv4Addr::new(192, 0, 2, 1).into(),
            route: "bench",
            upstream: "bench",
            http_version: "HTTP/1.1",
            scheme: "https",
            load: LocalLoad::default(),
        }
    }
}

pub(super) fn attachment(facts: &PluginFacts, config: &Value) -> Result<Arc<ResolvedAttachment>, Failure> {
    let attachment = json!({ "name": "bench", "plugin": "bench", "config": config, "grants": facts.needs });
    let attachment: Attachment = serde_json::from_value(attachment)
        .map_err(|error| anyhow!("an attachment that cannot be: {error}"))
        .context("the plugin sandbox")?;
    Ok(Arc::new(attachment.resolve(&facts.digest)))
}
