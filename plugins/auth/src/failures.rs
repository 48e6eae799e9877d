//! Attempts with bad credentials, limited for each address: whoever guesses is told to wait, and whoever is guessed at
//! loses nothing.

use sluice_sdk::prelude::*;

use crate::{network::customer, settings};

#[derive(Debug)]
pub(crate) struct Attempts {
    /// None for no limit.
    limit: Option<RateLimit>,
    blocked: Counter,
}

impl Attempts {
    pub(crate) fn new(settings: &settings::Failures, setup: &mut Setup) -> Result<Self> {
        let blocked = setup.counter("blocked")?;
        if settings.limit == 0 {
            return Ok(Self { limit: None, blocked });
        }
        setup.want_client_ip();
        let window = Duration::from_secs(settings.window_seconds);
        Ok(Self { limit: Some(setup.rate_limit(Policy::new("failures", settings.limit, window))?), blocked })
    }

    /// Looks, before a credential is verified, whether its address has attempts left; if not, when it has again.
    ///
    /// # Errors
    /// What the answer says.
    pub(crate) fn admit(&self, request: &Request<'_>) -> Result<(), Decision> {
        let Some(limit) = self.limit else { return Ok(()) };
        let decision = limit.acquire(&customer(request.client_ip().unwrap_or_default()), 0);
        if decision.remaining > 0 {
            return Ok(());
        }
        self.blocked.increment();
        Err(Decision { retry_after: decision.more_after, ..decision })
    }

    /// Counts an attempt that failed.
    pub(crate) fn count(&self, request: &Request<'_>) {
        if let Some(limit) = self.limit {
            let _counted = limit.acquire(&customer(request.client_ip().unwrap_or_default()), 1);
        }
    }
}
