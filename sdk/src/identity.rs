//! Credentials and tokens: the plugin hands over what the client sent, the host holds the keys.
//!
//! All of it needs the grant `identity`.

use crate::{Result, sys};

pub use sluice_abi::wire::{Algorithm, JwtError, JwtIssuer, JwtKey, JwtPolicy, KeySource, VerifiedToken};

/// Which tokens are accepted; cheap to copy, made by [`Setup::jwt`](crate::Setup::jwt).
#[derive(Clone, Copy, Debug)]
pub struct Jwt(u32);

/// The consumer whose live API key this is. Unknown, expired and revoked keys all answer `None`.
#[must_use]
pub fn verify_api_key(key: &str) -> Option<String> {
    sys::call(|result| sys::verify_api_key(key, result))
}

/// Whether there is a consumer of that name.
#[must_use]
pub fn consumer_exists(name: &str) -> bool {
    sys::consumer_exists(name)
}

impl Jwt {
    pub(crate) fn define(policy: &JwtPolicy) -> Result<Self> {
        let bytes = sys::argument(policy);
        let defined: Result<u32, String> = sys::call(|result| sys::define_jwt(&bytes, result));
        defined.map(Self).map_err(|reason| format!("token policy: {reason}").into())
    }

    /// Verifies the signature and the claims of a token.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn verify(self, token: &str) -> Result<VerifiedToken, JwtError> {
        sys::call(|result| sys::verify_jwt(self.0, token, result))
    }
}
