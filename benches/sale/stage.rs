//! The gateway, and who runs it.

use std::time::Duration;

use anyhow::{Context, Result};
use gateway_benches::{
    SERVER_NAME,
    contender::sluice::{
        Blank,
        configure::{self, create},
    },
};
use serde_json::{Value, json};
use tokio::runtime;

use crate::shop::Shop;

/// A gateway that runs, with one upstream behind the routes `/checkout` (critical) and `/search` (low).
pub(crate) struct Stage {
    pub(crate) gateway: Blank,
    runtime: runtime::Runtime,
}

/// How it stands with the upstream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Status {
    pub(crate) limit: u64,
    pub(crate) in_flight: u64,
    pub(crate) waiting: u64,
    pub(crate) waiting_bytes: u64,
}

impl Stage {
    pub(crate) fn set(gateway: Blank, shop: &Shop) -> Result<Self> {
        // With a thread of its own, so that whoever looks at the limit from elsewhere can use the connection.
        let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let stage = Self { gateway, runtime };
        let admin = &stage.gateway.admin;
        stage.runtime.block_on(async {
            let targets = json!([{ "address": shop.address.to_string() }]);
            create(admin, "Upstream", json!({ "name": "shop", "targets": targets })).await?;
            for (name, priority) in [("checkout", "CRITICAL"), ("search", "LOW")] {
                let path = format!("/{name}");
                let route = json!({
                    "name": name, "hosts": [SERVER_NAME], "pathPrefix": path, "upstream": "shop", "priority": priority,
                });
                create(admin, "Route", route).await?;
            }
            anyhow::Ok(())
        })?;
        Ok(stage)
    }

    /// Changes how requests come to the upstream; null for without limit.
    pub(crate) fn admission(&self, admission: &Value) -> Result<()> {
        let mutation =
            "mutation($input: UpdateUpstreamInput!) { updateUpstream(input: $input) { userErrors { path message } } }";
        // Through null, so that nothing is left of the one before.
        for admission in [&Value::Null, admission] {
            let input = json!({ "name": "shop", "admission": admission });
            self.runtime.block_on(self.gateway.admin.mutate(mutation, json!({ "input": input })))?;
        }
        Ok(())
    }

    /// Attaches the plugin `throttle` with this configuration to all routes.
    pub(crate) fn throttle(&self, config: &Value) -> Result<()> {
        let admin = &self.gateway.admin;
        let module = configure::module("plugin-throttle")?;
        self.runtime.block_on(async {
            let digest = admin.upload(module).await?;
            create(admin, "Plugin", json!({ "name": "throttle", "digest": digest })).await?;
            let attachment =
                json!({ "name": "throttle", "plugin": "throttle", "config": config, "grants": ["priority"] });
            create(admin, "Attachment", attachment).await?;
            Ok(())
        })
    }

    /// How it stands now.
    pub(crate) fn status(&self) -> Result<Status> {
        self.runtime.block_on(status(&self.gateway.admin))
    }
}

/// How it stands with the upstream, asked over GraphQL.
pub(crate) async fn status(admin: &sluice_testkit::admin::Admin) -> Result<Status> {
    let query = "{ upstream(name: \"shop\") { admissionStatus { limit inFlight waiting waitingBytes } } }";
    let data = admin.graphql(query, json!({})).await?;
    let status = &data["upstream"]["admissionStatus"];
    let number = |name: &str| status[name].as_u64().or_else(|| status[name].as_str()?.parse().ok());
    let field = |name: &str| number(name).with_context(|| format!("no {name} in {status}"));
    Ok(Status {
        limit: field("limit")?,
        in_flight: field("inFlight")?,
        waiting: field("waiting")?,
        waiting_bytes: field("waitingBytes")?,
    })
}

/// How long is waited between two looks at the limit.
pub(crate) const LOOK_EVERY: Duration = Duration::from_millis(100);
