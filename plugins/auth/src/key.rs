//! API keys.

use sluice_sdk::prelude::*;

use crate::{Claim, refusal::Refusal, settings::ApiKey};

/// Where keys are, and whether they go on.
#[derive(Debug)]
pub(crate) struct ApiKeys {
    slot: HeaderSlot,
    header: HeaderName,
    forward: bool,
}

impl ApiKeys {
    pub(crate) fn new(settings: ApiKey, setup: &mut Setup) -> Self {
        Self {
            slot: setup.request_header(&settings.header),
            header: setup.header_name(&settings.header),
            forward: settings.forward,
        }
    }

    /// The consumer whose key the request carries.
    pub(crate) fn claim(&self, request: &mut Request<'_>) -> Claim {
        let Some(key) = request.header_bytes(self.slot) else { return Ok(None) };
        if !self.forward {
            request.remove_header(self.header);
        }
        let key = std::str::from_utf8(key).map_err(|_| Refusal::Key)?;
        identity::verify_api_key(key).map(Some).ok_or(Refusal::Key)
    }
}
