//! JSON Web Tokens: verified by the rules of RFC 7519 and the advice of RFC 8725.
//!
//! - The key says which algorithms verify, and the issuer which are allowed; the token's `alg` is compared with both and
//!   never chosen by alone (3.1, 3.2).
//! - Keys come from the policy or from the set that it names. `jku`, `x5u`, `jwk` and `x5c` of a token are never looked
//!   at (3.10).
//! - `iss` picks the keys, so one issuer's key verifies no other issuer's token (3.8); `aud` must be ours (3.9).
//! - `exp` is required. `crit` is refused, since no extension is understood (RFC 7515 section 4.1.11).
//! - An explicit `typ` of another kind of token is refused (3.11): what a client got for logging out opens nothing.
//! - A member that appears twice is refused: two readers could disagree about which one counts (RFC 8259 section 4).
//! - Tokens are bounded in size, and JSON in depth.

pub(crate) mod cache;
mod claims;
mod issuer;
pub(crate) mod json;
pub(crate) mod key;
mod parts;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sluice_abi::wire::{JwtPolicy as Narrow, Token, TokenError, TokenIssuer, TokenPolicy as Policy};

use self::{
    issuer::{Found, Issuer, Proof},
    parts::Parts,
};
use crate::jwks::{KeySet, KeySets};

/// The largest token that is read, in bytes.
pub(crate) const TOKEN: usize = 8 * 1024;

/// The largest tolerated difference of clocks, in milliseconds: five minutes.
const LEEWAY: u64 = 300_000;

/// Issuers of one policy at most.
const ISSUERS: usize = 32;

/// Looks for a secret: outer `None` when it is not granted, inner when there is none of that name.
pub(crate) type SecretOf<'a> = &'a dyn Fn(&str) -> Option<Option<Vec<u8>>>;

/// Which tokens are accepted, with all keys parsed.
#[derive(Debug)]
pub(crate) struct TokenPolicy {
    /// Tells policies apart in caches; never used twice in a process.
    id: u64,
    issuers: Vec<Issuer>,
    /// Milliseconds.
    leeway: u64,
}

/// A token that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) token: Token,
    /// When it stops being accepted, leeway included, in milliseconds since 1970.
    pub(crate) until: u64,
    /// The key that its issuer must still publish.
    proof: Option<Proof>,
}

/// Why a token did not pass.
#[derive(Clone, Debug)]
pub(crate) enum Refused {
    /// For good.
    Token(TokenError),
    /// Its key is not known, and all that can be checked without one is right: the issuer may have published it since.
    UnknownKey {
        set: Arc<KeySet>,
        id: Option<String>,
        /// What it is for as long as there is nothing new.
        error: TokenError,
    },
}

// === impl TokenPolicy ===

impl TokenPolicy {
    /// Checks a policy and parses its keys.
    ///
    /// # Errors
    /// A sentence that names the issuer, the field and the remedy; never a key.
    pub(crate) fn new(policy: &Policy, secret: SecretOf<'_>, sets: &KeySets) -> Result<Self, String> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        if policy.leeway > LEEWAY {
            return Err(format!("a leeway of {} ms is no difference of clocks: use at most {LEEWAY}", policy.leeway));
        }
        if !(1..=ISSUERS).contains(&policy.issuers.len()) {
            return Err(format!("there are {} issuers: give 1 to {ISSUERS}", policy.issuers.len()));
        }
        let issuers: Vec<_> =
            policy.issuers.iter().map(|issuer| Issuer::new(issuer, secret, sets)).collect::<Result<_, _>>()?;
        for (position, issuer) in issuers.iter().enumerate() {
            if issuers[..position].iter().any(|other| other.name == issuer.name) {
                return Err(format!("issuer {:?} is there twice: give it once, with all its keys", issuer.name));
            }
        }
        Ok(Self { id: NEXT.fetch_add(1, Ordering::Relaxed), issuers, leeway: policy.leeway })
    }

    /// Verifies a token at `now`, in milliseconds since 1970.
    ///
    /// # Errors
    /// [`Refused`].
    pub(crate) fn verify(&self, token: &[u8], now: u64) -> Result<Verified, Refused> {
        let parts = Parts::read(token)?;
        let name = claims::text(&parts.claims, "iss")?;
        let issuer = self.issuers.iter().find(|issuer| issuer.name == name).ok_or(TokenError::UnknownIssuer)?;
        issuer.check_type(&parts.header)?;
        let times = || claims::times(&parts.claims, now, self.leeway);
        match issuer.key(&parts.header, now)? {
            Found::Key { key, algorithm, proof } => {
                if !key.verifies(algorithm, parts.message, parts.signature) {
                    return Err(TokenError::BadSignature.into());
                }
                let times = times()?;
                let token = issuer.token(&parts.claims, times.expires)?;
                Ok(Verified { token, until: times.until, proof })
            }
            // A token that is wrong whatever its key is gives no reason to look for one. What is wrong with it is told to
            // whoever has signed it only.
            Found::Nothing { set, id, error } => match times().and_then(|_| issuer.token(&parts.claims, 0)) {
                Ok(_) => Err(Refused::UnknownKey { set, id, error }),
                Err(_) => Err(error.into()),
            },
        }
    }
}

/// The policy of a module that knows neither key sets nor rules for claims.
pub(crate) fn widened(policy: &Narrow) -> Policy {
    let issuers = policy.issuers.iter().map(|issuer| TokenIssuer {
        issuer: issuer.issuer.clone(),
        audiences: issuer.audiences.clone(),
        algorithms: Vec::new(),
        types: Vec::new(),
        keys: issuer.keys.clone(),
        key_set: None,
        consumer_claim: issuer.consumer_claim.clone(),
        required: Vec::new(),
        exposed: Vec::new(),
    });
    Policy { issuers: issuers.collect(), leeway: policy.leeway }
}

// === impl Refused ===

impl Refused {
    pub(crate) fn error(&self) -> TokenError {
        match self {
            Self::Token(error) | Self::UnknownKey { error, .. } => *error,
        }
    }
}

impl From<TokenError> for Refused {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

#[cfg(test)]
mod tests;
