//! Sets and removes headers of requests and responses.
//!
//! The names come from the configuration, so they are declared in `new`: the host parses each of them once.

use sluice_sdk::prelude::*;

/// What changes on the way in, and on the way out.
#[derive(Debug, Config)]
pub struct Settings {
    /// Changes of the request.
    #[config(default = {})]
    request: Edits,
    /// Changes of the response.
    #[config(default = {})]
    response: Edits,
}

/// Changes of a message's headers.
#[derive(Debug, Config)]
pub struct Edits {
    /// Headers to set, with their values.
    #[config(default = {})]
    set: BTreeMap<String, String>,
    /// Headers to remove.
    #[config(default = [])]
    remove: Vec<String>,
}

/// The plugin, configured.
#[derive(Debug)]
pub struct HeaderEdit {
    request: Changes,
    response: Changes,
}

#[derive(Debug)]
struct Changes {
    set: Vec<(HeaderName, String)>,
    remove: Vec<HeaderName>,
}

#[plugin(name = "header-edit", order = 500)]
impl Plugin for HeaderEdit {
    type Config = Settings;
    type State = ();

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        let plugin =
            Self { request: Changes::new(settings.request, setup), response: Changes::new(settings.response, setup) };
        // A hook that has nothing to do is never called.
        if plugin.request.is_empty() {
            setup.without_hook(Hook::Request);
        }
        if plugin.response.is_empty() {
            setup.without_hook(Hook::Response);
        }
        Ok(plugin)
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        for (name, value) in &self.request.set {
            request.set_header(*name, value);
        }
        for name in &self.request.remove {
            request.remove_header(*name);
        }
        Ok(Flow::next_with(()))
    }

    fn on_response(&self, response: &mut Response<'_>, (): ()) -> Result<Flow> {
        for (name, value) in &self.response.set {
            response.set_header(*name, value);
        }
        for name in &self.response.remove {
            response.remove_header(*name);
        }
        Ok(Flow::next())
    }
}

impl Changes {
    fn new(edits: Edits, setup: &mut Setup) -> Self {
        Self {
            set: edits.set.into_iter().map(|(name, value)| (setup.header_name(&name), value)).collect(),
            remove: edits.remove.iter().map(|name| setup.header_name(name)).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn headers_of_both_messages_are_set_and_removed() {
        let mut h = Harness::<HeaderEdit>::new(json!({
            "request": { "set": { "x-tier": "gold" }, "remove": ["x-debug"] },
            "response": { "set": { "x-frame-options": "DENY" }, "remove": ["x-powered-by"] },
        }));
        let reply = h.get("/").header("x-debug", "1").upstream_header("x-powered-by", "dust").send();
        let upstream = reply.upstream_request();
        assert_eq!((upstream.header("x-tier"), upstream.header("x-debug")), (Some("gold"), None));
        assert_eq!((reply.header("x-frame-options"), reply.header("x-powered-by")), (Some("DENY"), None));
    }

    #[test]
    fn a_header_of_the_connection_is_refused_when_it_is_configured() {
        let config = json!({ "request": { "set": { "transfer-encoding": "chunked" } } });
        Harness::<HeaderEdit>::new(config).expect_config_error("transfer-encoding");
    }
}
