//! A configured plugin that can be called.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    net::Ipv4Addr,
    sync::Arc,
};

use gateway_host::{About, Host, HostSettings, LocalLoad, Plugin};
use gateway_model::{Attachment, PluginFacts, ResolvedAttachment, Snapshot};
use serde_json::{Value, json};

use super::Failure;

/// A plugin, and the configuration that it is called under: an empty one.
pub(super) struct Subject {
    pub(super) plugin: Plugin,
    snapshot: Arc<Snapshot>,
}

/// How a module is made a plugin.
pub(super) struct Setup<'m> {
    pub(super) facts: &'m PluginFacts,
    pub(super) config: Value,
    /// Beside those that its imports need.
    pub(super) grants: &'m [String],
    pub(super) secrets: BTreeMap<String, Vec<u8>>,
}

impl Setup<'_> {
    /// Of a sandbox that has the secrets and nothing else to grant.
    pub(super) fn settings(&self) -> HostSettings {
        let secrets = self.secrets.clone();
        HostSettings { secrets: Arc::new(move |name: &str| secrets.get(name).cloned()), ..HostSettings::offline() }
    }

    /// Loads the module into the host and configures it.
    ///
    /// # Errors
    /// The module or its configuration is refused, or a grant is none; the text has the remedy.
    pub(super) fn load(&self, host: &Host, wasm: &[u8]) -> Result<Subject, Failure> {
        host.load(&self.facts.digest, wasm).map_err(|error| refused(&error))?;
        let plugin = self.configure(host)?;
        Ok(Subject { plugin, snapshot: Arc::default() })
    }

    /// Configures the module, which is loaded.
    ///
    /// # Errors
    /// As those of [`load`](Self::load).
    pub(super) fn configure(&self, host: &Host) -> Result<Plugin, Failure> {
        // The configuration is not told: it may hold what nobody should read.
        host.configure(&self.attachment()?).map_err(|error| {
            Failure::Refused(vec![
                format!("the plugin does not start with this configuration: {error}"),
                "give it one with --config FILE (`sluice plugin inspect` says what can be configured), what it must be \
                 granted with --grant GRANT, and secrets with --secret NAME=FILE"
                    .to_owned(),
            ])
        })
    }

    fn attachment(&self) -> Result<Arc<ResolvedAttachment>, Failure> {
        let needs = self.facts.needs.iter().map(ToString::to_string);
        let grants: BTreeSet<String> = needs.chain(self.grants.iter().cloned()).collect();
        let attachment = json!({ "name": "bench", "plugin": "bench", "config": self.config, "grants": grants });
        let attachment: Attachment =
            serde_json::from_value(attachment).map_err(|error| Failure::Refused(vec![format!("--grant: {error}")]))?;
        Ok(Arc::new(attachment.resolve(&self.facts.digest)))
    }
}

pub(super) fn refused(error: &dyn fmt::Display) -> Failure {
    Failure::Refused(vec![error.to_string()])
}

impl Subject {
    pub(super) fn about(&self) -> About<'_> {
        About {
            snapshot: &self.snapshot,
            request_id: "0193e6a0-0000-7000-8000-000000000000",
            client_ip: Ipv4Addr::new(192, 0, 2, 1).into(),
            client_certificate: None,
            route: "bench",
            upstream: "bench",
            route_priority: None,
            lowered_to: None,
            http_version: "HTTP/1.1",
            scheme: "https",
            load: LocalLoad::default(),
        }
    }
}
