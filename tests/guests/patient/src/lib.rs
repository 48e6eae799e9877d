//! Does as little as `idle` unless a remote store is configured, for benches: because it could wait for one, its hooks run on
//! fibers.

use sluice_sdk::{prelude::*, remote};

/// What it could wait for.
#[derive(Debug, Config)]
pub struct Settings {
    /// Name of a remote store that counts requests.
    store: Option<String>,
}

/// The plugin.
#[derive(Debug)]
pub struct Patient {
    store: Option<remote::Store>,
}

#[plugin(name = "patient", order = 500)]
impl Plugin for Patient {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self { store: settings.store.map(|name| setup.remote_kv(&name)).transpose()? })
    }

    fn on_request(&self, _request: &mut Request<'_>) -> Result<Flow> {
        if let Some(store) = self.store {
            store.increment("requests", 1, None)?;
        }
        Ok(Flow::next_with(()))
    }

    fn on_response(&self, _response: &mut Response<'_>, _state: ()) -> Result<Flow> {
        Ok(Flow::next())
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn nothing_changes_without_a_store() {
        let reply = Harness::<Patient>::new(json!({})).get("/").upstream(204).send();
        assert_eq!(reply.status(), 204);
    }
}
