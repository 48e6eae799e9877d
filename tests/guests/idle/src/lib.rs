//! Has both hooks of heads and does nothing in them, for benches: what is left is the call.

use sluice_sdk::prelude::*;

/// The plugin.
#[derive(Debug)]
pub struct Idle;

#[plugin(name = "idle", order = 500)]
impl Plugin for Idle {
    fn new(_config: (), _setup: &mut Setup) -> Result<Self> {
        Ok(Self)
    }

    fn on_request(&self, _request: &mut Request<'_>) -> Result<Flow> {
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
    fn nothing_changes() {
        let reply = Harness::<Idle>::new(json!({})).get("/").upstream(204).send();
        assert_eq!(reply.status(), 204);
    }
}
