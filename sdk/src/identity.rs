//! Credentials and tokens: the plugin hands over what the client sent, the host holds the keys.
//!
//! All of it needs the grant `identity`.

use crate::{HostError, Result, sys};

pub use sluice_abi::wire::{
    Algorithm, Caller, ClaimRule, JwtError, JwtIssuer, JwtKey, JwtPolicy, KeySetSource, KeySource, Token, TokenClaim,
    TokenError, TokenIssuer, TokenPolicy, VerifiedToken,
};

/// Which tokens are accepted; cheap to copy, made by [`Setup::tokens`](crate::Setup::tokens).
#[derive(Clone, Copy, Debug)]
pub struct Tokens(u32);

/// The same for plugins that need neither key sets nor claims; made by [`Setup::jwt`](crate::Setup::jwt).
#[derive(Clone, Copy, Debug)]
pub struct Jwt(u32);

/// The consumer whose live API key this is. Unknown, expired and revoked keys all answer `None`.
#[must_use]
pub fn verify_api_key(key: &str) -> Option<String> {
    sys::call(|result| sys::verify_api_key(key, result))
}

/// Who calls, by an API key. As [`verify_api_key`], and tells all that is known of the caller.
#[must_use]
pub fn identify_api_key(key: &str) -> Option<Caller> {
    sys::call(|result| sys::identify_api_key(key, result))
}

/// Who calls, by the certificate that the client has proved to hold in the TLS handshake; `None` without one, or if nobody
/// here has it.
#[must_use]
pub fn identify_certificate() -> Option<Caller> {
    sys::call(sys::identify_certificate)
}

/// Who calls, by user name and password. A user that nobody has, a wrong password, and an expired or revoked one all
/// answer `None`, after the same time.
///
/// Waits for tens of milliseconds, unless the same password was right a moment ago: a plugin that calls this runs its hooks
/// on fibers.
///
/// # Errors
/// [`HostError::Limit`] when too many passwords wait to be verified; [`HostError::Unavailable`] in hooks that cannot wait.
pub fn verify_password(username: &str, password: &str) -> Result<Option<Caller>, HostError> {
    sys::call(|result| sys::verify_password(username, password, result))
}

/// Whether there is a consumer of that name.
#[must_use]
pub fn consumer_exists(name: &str) -> bool {
    sys::consumer_exists(name)
}

/// The groups of a consumer; `None` when there is no consumer of that name.
#[must_use]
pub fn consumer_groups(name: &str) -> Option<Vec<String>> {
    sys::call(|result| sys::consumer_groups(name, result))
}

impl Tokens {
    pub(crate) fn define(policy: &TokenPolicy) -> Result<Self> {
        let bytes = sys::argument(policy);
        let defined: Result<u32, String> = sys::call(|result| sys::define_tokens(&bytes, result));
        defined.map(Self).map_err(|reason| format!("token policy: {reason}").into())
    }

    /// Verifies the signature and the claims of a token.
    ///
    /// A token that names a key which the issuer may have published since the last look makes the hook wait for a newer
    /// set, for two seconds at most, unless [`Setup::never_wait`](crate::Setup::never_wait) was called.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn verify(self, token: &str) -> Result<Token, TokenError> {
        sys::call(|result| sys::verify_token(self.0, token, result))
    }
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
