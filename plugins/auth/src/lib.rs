//! Says who calls: by API key, by JSON Web Token, or by both.
//!
//! - The host verifies; this plugin decides which credential counts, and what the client is told.
//! - A request that carries a key and a token must be right with both, and both must name the same consumer.
//! - Credentials stay at the gateway; the upstream reads the consumer's name in `x-sluice-consumer`.
//! - A refused credential is never ignored, not even where requests without one may pass.
//! - Nothing tells an unknown API key from an expired or revoked one.

mod key;
mod refusal;
mod settings;
#[cfg(test)]
mod tests;
mod token;

use sluice_sdk::prelude::*;

use key::ApiKeys;
use refusal::{Refusal, Refusals};
pub use settings::Settings;
use token::Tokens;

/// The header in which the upstream reads who calls; the gateway removes what clients send in it.
const CONSUMER: &str = "x-sluice-consumer";

/// The plugin, configured.
#[derive(Debug)]
pub struct Auth {
    api_keys: Option<ApiKeys>,
    tokens: Option<Tokens>,
    anonymous: bool,
    consumer: HeaderName,
    refusals: Refusals,
    accepted: Counter,
    unidentified: Counter,
}

/// What a request says of its caller by one kind of credential: nothing, the consumer's name, or something wrong.
type Claim = Result<Option<String>, Refusal>;

#[plugin(name = "auth", order = 100)]
impl Plugin for Auth {
    type Config = Settings;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        settings.check()?;
        Ok(Self {
            refusals: Refusals::new(&settings, setup)?,
            api_keys: settings.api_key.map(|key| ApiKeys::new(key, setup)),
            tokens: settings.jwt.map(|jwt| Tokens::new(jwt, setup)).transpose()?,
            anonymous: settings.anonymous,
            consumer: setup.header_name(CONSUMER),
            accepted: setup.counter("accepted")?,
            unidentified: setup.counter("anonymous")?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        match self.caller(request) {
            Ok(Some(consumer)) => {
                self.accepted.increment();
                request.set_consumer(&consumer);
                request.set_header(self.consumer, &consumer);
                Ok(Flow::next())
            }
            Ok(None) => {
                self.unidentified.increment();
                Ok(Flow::next())
            }
            Err(refusal) => Ok(self.refusals.answer(refusal)),
        }
    }
}

impl Auth {
    /// Who calls, by all credentials of the request.
    fn caller(&self, request: &mut Request<'_>) -> Claim {
        let by_key = self.api_keys.as_ref().map_or(Ok(None), |keys| keys.claim(request))?;
        let by_token = self.tokens.as_ref().map_or(Ok(None), |tokens| tokens.claim(request))?;
        match (by_key, by_token) {
            (Some(key), Some(token)) if key != token => Err(Refusal::Disagreement),
            (None, None) if !self.anonymous => Err(Refusal::Missing),
            (by_key, by_token) => Ok(by_key.or(by_token)),
        }
    }
}
