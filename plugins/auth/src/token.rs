//! JSON Web Tokens in the header `authorization` (RFC 6750).

use sluice_sdk::{identity::JwtPolicy, prelude::*};

use crate::{Claim, refusal::Refusal, settings};

const SCHEME: &[u8] = b"bearer";

/// Which tokens are accepted, and whether they go on.
#[derive(Debug)]
pub(crate) struct Tokens {
    slot: HeaderSlot,
    header: HeaderName,
    policy: Jwt,
    forward: bool,
}

impl Tokens {
    pub(crate) fn new(settings: settings::Jwt, setup: &mut Setup) -> Result<Self> {
        let forward = settings.forward_token;
        Ok(Self {
            slot: setup.request_header("authorization"),
            header: setup.header_name("authorization"),
            policy: setup.jwt(&JwtPolicy::from(settings))?,
            forward,
        })
    }

    /// The consumer whom the request's token names. Credentials of other schemes are not ours to judge, nor to remove.
    pub(crate) fn claim(&self, request: &mut Request<'_>) -> Claim {
        let Some(token) = request.header_bytes(self.slot).and_then(bearer) else { return Ok(None) };
        if !self.forward {
            request.remove_header(self.header);
        }
        let token = std::str::from_utf8(token).map_err(|_| Refusal::Token(identity::JwtError::Malformed))?;
        let verified = self.policy.verify(token).map_err(Refusal::Token)?;
        match identity::consumer_exists(&verified.consumer) {
            true => Ok(Some(verified.consumer)),
            false => Err(Refusal::Stranger),
        }
    }
}

/// What stands behind the scheme `Bearer`, whose name has no case (RFC 9110, 11.1).
fn bearer(value: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = value.split_at_checked(SCHEME.len())?;
    let ours = scheme.eq_ignore_ascii_case(SCHEME) && matches!(rest.first(), None | Some(b' '));
    ours.then(|| rest.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_has_no_case_and_is_a_whole_word() {
        let cases: [(&str, Option<&str>); 6] = [
            ("Bearer a.b.c", Some("a.b.c")),
            ("bEARER   a.b.c", Some("a.b.c")),
            ("Bearer", Some("")),
            ("Bearerx a", None),
            ("Basic dTpw", None),
            ("", None),
        ];
        for (value, token) in cases {
            assert_eq!(bearer(value.as_bytes()), token.map(str::as_bytes), "{value:?}");
        }
    }
}
