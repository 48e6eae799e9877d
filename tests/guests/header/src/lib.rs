//! Sets one header of the request and one of the response: the least that a plugin with both hooks does.

use sluice_sdk::prelude::*;

/// What is set.
#[derive(Debug, Config)]
pub struct Settings {
    /// Name of both headers.
    #[config(default = "x-guest-header", header_name)]
    name: String,
    /// Their value.
    #[config(default = "passed")]
    value: String,
}

/// The plugin.
#[derive(Debug)]
pub struct Header {
    name: HeaderName,
    value: String,
}

#[plugin(name = "header", order = 500)]
impl Plugin for Header {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        Ok(Self { name: setup.header_name(&settings.name), value: settings.value })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        request.set_header(self.name, &self.value);
        Ok(Flow::next_with(()))
    }

    fn on_response(&self, response: &mut Response<'_>, _state: ()) -> Result<Flow> {
        response.set_header(self.name, &self.value);
        Ok(Flow::next())
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn both_ways_get_the_header() {
        let reply = Harness::<Header>::new(json!({ "value": "x" })).get("/").send();
        assert_eq!(reply.upstream_request().header("x-guest-header"), Some("x"));
        assert_eq!(reply.header("x-guest-header"), Some("x"));
    }
}
