//! A plugin that does nothing, in every hook: what a call costs by itself.

use std::collections::BTreeMap;

use gateway_host::Host;
use serde_json::json;

use super::{
    Failure,
    subject::{Setup, Subject, refused},
};

/// Written as text, compiled by `build.rs`.
const WASM: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/noop.wasm"));

/// # Errors
/// The sandbox does not start.
pub(super) fn subject(host: &Host) -> Result<Subject, Failure> {
    let facts = host.inspect(WASM).map_err(|error| refused(&error))?;
    Setup { facts: &facts, config: json!({}), grants: &[], secrets: BTreeMap::new() }.load(host, WASM)
}

#[cfg(test)]
mod tests {
    use gateway_host::{Hooks, HostSettings};

    use super::*;

    #[test]
    fn it_has_every_hook_of_a_request() {
        let host = Host::new(HostSettings::offline()).unwrap();
        let subject = subject(&host).unwrap();
        let request = Hooks::REQUEST.with(Hooks::REQUEST_BODY).with(Hooks::REQUEST_CHUNK);
        let response = Hooks::RESPONSE.with(Hooks::RESPONSE_BODY).with(Hooks::RESPONSE_CHUNK);
        assert!(subject.plugin.hooks().has(request.with(response).with(Hooks::LOG)));
    }
}
