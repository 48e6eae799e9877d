//! JSON Web Tokens in the header `authorization` (RFC 6750).

use sluice_sdk::{identity::TokenError, prelude::*};

use crate::{Claim, authorization, caller::Caller, method::Presented, refusal::Refusal, settings};

const SCHEME: &str = "bearer";

/// Which tokens are accepted, and whether they go on.
#[derive(Debug)]
pub(crate) struct Tokens {
    slot: HeaderSlot,
    header: HeaderName,
    policy: identity::Tokens,
    forward: bool,
}

impl Tokens {
    /// Tokens, of which the claims are to be told that `wanted` names.
    pub(crate) fn new(settings: &settings::Jwt, wanted: &[&str], setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            slot: setup.request_header("authorization"),
            header: setup.header_name("authorization"),
            policy: setup.tokens(&settings.policy(wanted))?,
            forward: settings.forward_token,
        })
    }

    /// The request's token. Credentials of other schemes are not ours to judge, nor to remove.
    pub(crate) fn find<'r>(&self, request: &Request<'r>) -> Option<Presented<'r>> {
        self.token(request).map(|token| Presented(Some(token)))
    }

    /// The caller whom a token names.
    pub(crate) fn verify(&self, Presented(token): Presented<'_>) -> Claim {
        let token = token.and_then(|token| std::str::from_utf8(token).ok()).ok_or(TokenError::Malformed);
        let verified = token.and_then(|token| self.policy.verify(token)).map_err(Refusal::Token)?;
        caller(verified)
    }

    fn token<'r>(&self, request: &Request<'r>) -> Option<&'r [u8]> {
        authorization::credentials(request.header_bytes(self.slot)?, SCHEME)
    }

    /// Takes the token away if the upstream is not to see it.
    pub(crate) fn strip(&self, request: &mut Request<'_>) {
        if !self.forward && self.token(request).is_some() {
            request.remove_header(self.header);
        }
    }
}

fn caller(token: identity::Token) -> Claim {
    let identity::Token { issuer, subject, consumer, scopes, claims, .. } = token;
    // One issuer's subjects are no other's.
    let credential = format!("{issuer}#{}", subject.as_deref().unwrap_or(&consumer));
    match identity::consumer_groups(&consumer) {
        Some(groups) => Ok(Caller { consumer, credential: Some(credential), groups, scopes, claims }),
        None => Err(Refusal::Stranger),
    }
}
