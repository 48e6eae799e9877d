//! Tokens: what is accepted, what is known of one that passed, and why another did not.
//!
//! These records know remote key sets, claims and scopes; `JwtPolicy` and its kin are of modules that know neither.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Algorithm, JwtError, JwtKey};

/// Which tokens are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenPolicy {
    /// Who may have issued them.
    pub issuers: Vec<TokenIssuer>,
    /// Tolerated difference of clocks, in milliseconds.
    pub leeway: u64,
}

/// One issuer of tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenIssuer {
    /// The `iss` that its tokens carry.
    pub issuer: String,
    /// One of these must be in `aud`; empty: tokens must carry none.
    pub audiences: Vec<String>,
    /// The algorithms that its tokens may use; empty: those of `keys`.
    pub algorithms: Vec<Algorithm>,
    /// What `typ` may say, without `application/`; empty: `JWT`, `at+jwt` or nothing.
    pub types: Vec<String>,
    /// Keys that the configuration holds.
    pub keys: Vec<JwtKey>,
    /// Keys that the issuer publishes.
    pub key_set: Option<KeySetSource>,
    /// The claim that names the consumer.
    pub consumer_claim: String,
    /// Claims that tokens must have.
    pub required: Vec<ClaimRule>,
    /// Claims that are told to the plugin.
    pub exposed: Vec<String>,
}

/// Where an issuer publishes its keys (RFC 7517 section 5), and how often they are fetched; times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeySetSource {
    /// With `https`.
    pub url: String,
    /// They are fetched again no sooner than this, whatever `cache-control` says.
    pub min_age: u64,
    /// They are fetched again no later than this.
    pub max_age: u64,
    /// How long the last good ones are used beyond the time for which they are fresh, while they cannot be fetched.
    pub max_stale: u64,
    /// Between two fetches for the sake of a key that nobody knows.
    pub cooldown: u64,
}

/// A claim that tokens must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRule {
    /// Its name.
    pub name: String,
    /// It must be one of these, or a list with one of these; empty: whatever it is.
    pub values: Vec<String>,
}

/// A token that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its `iss`.
    pub issuer: String,
    /// Its `sub`, if it has one.
    pub subject: Option<String>,
    /// The value of the consumer claim.
    pub consumer: String,
    /// What `scope`, or else `scp`, grants.
    pub scopes: Vec<String>,
    /// Those of the exposed claims that it has.
    pub claims: Vec<TokenClaim>,
    /// Its `exp`, in milliseconds since 1970.
    pub expires: u64,
}

/// A claim of a token: a text as it is, anything else as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenClaim {
    /// Its name.
    pub name: String,
    /// At most 1 KiB: a claim with more is left out.
    pub value: String,
}

/// Why a token did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenError {
    /// It is no JSON Web Token, or larger or deeper than is read.
    Malformed,
    /// Its `typ` is not accepted.
    WrongType,
    /// Its `iss` is not allowed.
    UnknownIssuer,
    /// No key of the issuer fits it.
    UnknownKey,
    /// Its `alg` is not that of the key, or not allowed.
    WrongAlgorithm,
    /// The signature does not match.
    BadSignature,
    /// `exp` has passed.
    Expired,
    /// `nbf` has not come.
    NotYetValid,
    /// `aud` names none of ours.
    WrongAudience,
    /// A required claim is not there or of the wrong type.
    MissingClaim,
    /// A required claim has another value.
    WrongClaim,
    /// The issuer's keys cannot be had at this time, which is no fault of the token.
    KeysUnavailable,
}

impl TokenError {
    /// The same for a module that knows fewer reasons.
    #[must_use]
    pub fn in_short(self) -> JwtError {
        match self {
            Self::Malformed | Self::WrongType => JwtError::Malformed,
            Self::UnknownIssuer => JwtError::UnknownIssuer,
            Self::UnknownKey | Self::KeysUnavailable => JwtError::UnknownKey,
            Self::WrongAlgorithm => JwtError::WrongAlgorithm,
            Self::BadSignature => JwtError::BadSignature,
            Self::Expired => JwtError::Expired,
            Self::NotYetValid => JwtError::NotYetValid,
            Self::WrongAudience => JwtError::WrongAudience,
            Self::MissingClaim | Self::WrongClaim => JwtError::MissingClaim,
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongType => f.write_str("the token is one of another type"),
            Self::WrongClaim => f.write_str("a claim of the token has another value than it must have"),
            Self::KeysUnavailable => f.write_str("the keys of the token's issuer cannot be had"),
            other => other.in_short().fmt(f),
        }
    }
}

impl std::error::Error for TokenError {}
