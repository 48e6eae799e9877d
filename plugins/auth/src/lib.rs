//! Says who calls, and whether he may: by API key, JSON Web Token, password and client certificate; by address, group and
//! scope; and by asking a service.
//!
//! - The host verifies; this plugin decides which credential counts, and what the client is told.
//! - Credentials stay at the gateway. The upstream reads who calls in headers that no client can send.
//! - A refused credential is never ignored, not even where requests without one may pass.
//! - Nothing tells an unknown API key from an expired or revoked one.
//! - Bad credentials are counted for the address that sends them, before the next one is verified: whoever is guessed at
//!   loses nothing, because limits of consumers come after this plugin.

mod access;
mod authorization;
mod basic;
mod caller;
mod failures;
mod forward;
mod key;
mod method;
mod network;
mod refusal;
mod settings;
#[cfg(test)]
mod tests;
mod token;

use sluice_sdk::prelude::*;

use access::Access;
use caller::{Caller, Told};
use failures::Attempts;
use forward::{Said, Service};
use method::Methods;
use network::Networks;
use refusal::{Refusal, Refusals};
pub use settings::Settings;

/// The plugin, configured.
#[derive(Debug)]
pub struct Auth {
    networks: Option<Networks>,
    methods: Methods,
    attempts: Attempts,
    service: Option<Service>,
    access: Access,
    told: Told,
    refusals: Refusals,
    accepted: Counter,
    unidentified: Counter,
}

/// What a credential says of its caller: who he is, or something wrong.
type Claim = Result<Caller, Refusal>;

#[plugin(name = "auth", order = 100)]
impl Plugin for Auth {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        settings.check()?;
        if !settings.waits() {
            setup.never_wait();
        }
        if settings.ip.is_some() {
            setup.want_client_ip();
        }
        Ok(Self {
            networks: settings.ip.as_ref().map(|ip| Networks::new(&ip.allow, &ip.deny)).transpose()?,
            methods: Methods::new(&settings, setup)?,
            attempts: Attempts::new(&settings.failures, setup)?,
            told: Told::new(&settings, setup),
            refusals: Refusals::new(&settings, setup)?,
            access: Access { groups: settings.groups, scopes: settings.scopes },
            service: settings.forward_auth.map(|service| Service::new(service, setup)).transpose()?,
            accepted: setup.counter("accepted")?,
            unidentified: setup.counter("anonymous")?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        Ok(self.admit(request).unwrap_or_else(|refusal| self.refusals.answer(refusal)))
    }
}

impl Auth {
    fn admit(&self, request: &mut Request<'_>) -> Result<Flow, Refusal> {
        if self.networks.as_ref().is_some_and(|networks| !networks.admit(request.client_ip())) {
            return Err(Refusal::Address);
        }
        self.strip(request)?;
        let mut caller = self.methods.caller(request, &self.attempts)?;
        if let Some(caller) = &caller {
            self.told.note(request, caller);
        }
        if let Some(service) = &self.service {
            match self.ask(service, request, caller.as_ref())? {
                Said::Pass(named) => {
                    caller = self.named(request, caller, named)?;
                    self.told.note_service(request, caller.as_ref());
                }
                Said::Answer(answer) | Said::Unauthorized { answer, is_challenged: true } => return Ok(answer),
                Said::Unauthorized { answer, .. } => return Ok(self.refusals.with_challenges(answer, None)),
                Said::Nothing => return Err(Refusal::Service),
            }
        }
        self.access.check(caller.as_ref())?;
        match &caller {
            Some(caller) => {
                self.accepted.increment();
                self.told.tell(request, caller);
            }
            None => self.unidentified.increment(),
        }
        Ok(Flow::next())
    }

    /// Asks the service, to whom one may show no more bad credentials than to us.
    fn ask(&self, service: &Service, request: &mut Request<'_>, caller: Option<&Caller>) -> Result<Said, Refusal> {
        let may_prove = service.is_shown_anything(request);
        if may_prove {
            self.attempts.admit(request).map_err(Refusal::Blocked)?;
        }
        let said = service.ask(request, &self.methods.stripped_target(request), caller);
        if may_prove && matches!(said, Said::Unauthorized { .. }) {
            self.attempts.count(request);
        }
        Ok(said)
    }

    /// Takes away what only the gateway may say, and credentials that are for the gateway only.
    fn strip(&self, request: &mut Request<'_>) -> Result<(), Refusal> {
        self.told.strip(request);
        if let Some(service) = &self.service {
            service.strip(request);
        }
        self.methods.strip(request)
    }

    /// The caller whom the service names, who must be the one that is known already.
    fn named(
        &self,
        request: &mut Request<'_>,
        caller: Option<Caller>,
        named: Option<String>,
    ) -> Result<Option<Caller>, Refusal> {
        match (caller, named) {
            (caller, None) => Ok(caller),
            (Some(caller), Some(name)) if caller.consumer == name => Ok(Some(caller)),
            (Some(_), Some(_)) => Err(Refusal::Disagreement),
            (None, Some(consumer)) => {
                let groups = identity::consumer_groups(&consumer).ok_or(Refusal::Stranger)?;
                let caller = Caller { consumer, groups, ..Caller::default() };
                self.told.note(request, &caller);
                Ok(Some(caller))
            }
        }
    }
}
