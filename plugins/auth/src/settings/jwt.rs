//! Tokens: issuers, their keys, and what their tokens must say.

use sluice_sdk::{
    config::Object,
    identity::{self, ClaimRule, JwtKey, KeySetSource, TokenIssuer, TokenPolicy},
    prelude::*,
};

/// Which tokens are accepted.
#[derive(Debug, Config)]
pub(crate) struct Jwt {
    /// Who may have issued them.
    #[config(min_items = 1, max_items = 32)]
    pub(crate) issuers: Vec<Issuer>,
    /// Tolerated difference between the clocks of issuer and gateway, in seconds.
    #[config(default = 30, max = 300)]
    pub(crate) leeway_seconds: u64,
    /// Leaves the token in the request to the upstream.
    #[config(default = false)]
    pub(crate) forward_token: bool,
}

/// One issuer of tokens.
#[derive(Debug, Config)]
#[config(any_of(keys, jwks))]
pub(crate) struct Issuer {
    /// The claim `iss` of its tokens.
    #[config(min_length = 1)]
    pub(crate) issuer: String,
    /// One of these must be in the claim `aud`; if the list is empty, tokens must carry none.
    #[config(default = [])]
    pub(crate) audiences: Vec<String>,
    /// The algorithms with which it signs; those of `keys` if the list is empty, and needed with `jwks`.
    #[config(default = [])]
    pub(crate) algorithms: Vec<Algorithm>,
    /// What `typ` may say; `JWT`, `at+jwt` or nothing if the list is empty.
    #[config(default = [], max_items = 16)]
    pub(crate) types: Vec<String>,
    /// The claim that names the consumer.
    #[config(default = "sub", min_length = 1)]
    pub(crate) consumer_claim: String,
    /// Claims that its tokens must have.
    #[config(default = [], max_items = 16)]
    pub(crate) required_claims: Vec<RequiredClaim>,
    /// Claims that later plugins may read, as the attributes `claim.NAME`.
    #[config(default = [], max_items = 16, each(pattern = "^[!-~]{1,58}$"))]
    pub(crate) expose_claims: Vec<String>,
    /// The keys with which it signs.
    #[config(default = [], max_items = 64)]
    pub(crate) keys: Vec<Key>,
    /// Where it publishes them.
    pub(crate) jwks: Option<Jwks>,
}

/// A claim that tokens must have.
#[derive(Debug, Config)]
pub(crate) struct RequiredClaim {
    /// Its name.
    #[config(min_length = 1)]
    pub(crate) name: String,
    /// It must be one of these, or a list with one of these; if the list is empty, it must only be there.
    #[config(default = [], max_items = 16)]
    pub(crate) values: Vec<String>,
}

/// A key set that the issuer publishes (RFC 7517).
#[derive(Debug, Config)]
pub(crate) struct Jwks {
    /// Its address, with `https`.
    #[config(pattern = "^https?://", max_length = 2_048)]
    pub(crate) url: String,
    /// It is fetched again no sooner than after so many seconds, whatever its `cache-control` says.
    #[config(default = 60, range(1..=2_592_000))]
    pub(crate) min_seconds: u64,
    /// It is fetched again no later than after so many seconds.
    #[config(default = 86_400, range(1..=2_592_000))]
    pub(crate) max_seconds: u64,
    /// So many seconds the last good keys are used beyond their time, while it cannot be fetched.
    #[config(default = 86_400, range(1..=2_592_000))]
    pub(crate) stale_seconds: u64,
    /// Seconds between two fetches for the sake of a key that nobody knows.
    #[config(default = 30, range(1..=2_592_000))]
    pub(crate) cooldown_seconds: u64,
}

/// A key, bound to one algorithm.
#[derive(Debug, Config)]
pub(crate) struct Key {
    /// The `kid` of tokens signed with it; without one the key fits tokens without `kid`, and where there is no `jwks` those with any.
    pub(crate) id: Option<String>,
    /// The only algorithm for which it is used.
    pub(crate) algorithm: Algorithm,
    #[config(flatten)]
    pub(crate) source: Source,
}

/// The key itself.
#[derive(Debug, Config)]
pub(crate) enum Source {
    /// Name of the secret that holds the shared key of an HS algorithm; grant it as `secret:NAME`.
    Secret(String),
    /// A public key, or a certificate, in PEM.
    Pem(String),
    /// A public key as a JSON Web Key.
    Jwk(Object),
}

/// Signature algorithms (RFC 7518, RFC 8037).
#[derive(Clone, Copy, Debug, Config)]
pub(crate) enum Algorithm {
    #[config(rename = "HS256")]
    Hs256,
    #[config(rename = "HS384")]
    Hs384,
    #[config(rename = "HS512")]
    Hs512,
    #[config(rename = "RS256")]
    Rs256,
    #[config(rename = "RS384")]
    Rs384,
    #[config(rename = "RS512")]
    Rs512,
    #[config(rename = "PS256")]
    Ps256,
    #[config(rename = "PS384")]
    Ps384,
    #[config(rename = "PS512")]
    Ps512,
    #[config(rename = "ES256")]
    Es256,
    #[config(rename = "ES384")]
    Es384,
    #[config(rename = "EdDSA")]
    EdDsa,
}

// === conversions: what the host is told ===

impl Jwt {
    /// The policy, whose tokens also tell the claims that `wanted` names.
    pub(crate) fn policy(&self, wanted: &[&str]) -> TokenPolicy {
        let issuers = self.issuers.iter().map(|issuer| issuer.wire(wanted)).collect();
        TokenPolicy { issuers, leeway: self.leeway_seconds * 1_000 }
    }
}

impl Issuer {
    fn wire(&self, wanted: &[&str]) -> TokenIssuer {
        let mut exposed = self.expose_claims.clone();
        exposed.extend(wanted.iter().map(|name| (*name).to_owned()));
        exposed.sort_unstable();
        exposed.dedup();
        TokenIssuer {
            issuer: self.issuer.clone(),
            audiences: self.audiences.clone(),
            algorithms: self.algorithms.iter().map(|algorithm| (*algorithm).into()).collect(),
            types: self.types.clone(),
            keys: self.keys.iter().map(Key::wire).collect(),
            key_set: self.jwks.as_ref().map(Jwks::wire),
            consumer_claim: self.consumer_claim.clone(),
            required: self.required_claims.iter().map(RequiredClaim::wire).collect(),
            exposed,
        }
    }
}

impl RequiredClaim {
    fn wire(&self) -> ClaimRule {
        ClaimRule { name: self.name.clone(), values: self.values.clone() }
    }
}

impl Jwks {
    fn wire(&self) -> KeySetSource {
        KeySetSource {
            url: self.url.clone(),
            min_age: self.min_seconds * 1_000,
            max_age: self.max_seconds * 1_000,
            max_stale: self.stale_seconds * 1_000,
            cooldown: self.cooldown_seconds * 1_000,
        }
    }
}

impl Key {
    fn wire(&self) -> JwtKey {
        let source = match &self.source {
            Source::Secret(name) => identity::KeySource::Secret(name.clone()),
            Source::Pem(pem) => identity::KeySource::Pem(pem.clone()),
            Source::Jwk(jwk) => identity::KeySource::Jwk(sluice_sdk::config::Value::Object(jwk.clone()).to_string()),
        };
        JwtKey { id: self.id.clone(), algorithm: self.algorithm.into(), source }
    }
}

impl From<Algorithm> for identity::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Hs256 => Self::Hs256,
            Algorithm::Hs384 => Self::Hs384,
            Algorithm::Hs512 => Self::Hs512,
            Algorithm::Rs256 => Self::Rs256,
            Algorithm::Rs384 => Self::Rs384,
            Algorithm::Rs512 => Self::Rs512,
            Algorithm::Ps256 => Self::Ps256,
            Algorithm::Ps384 => Self::Ps384,
            Algorithm::Ps512 => Self::Ps512,
            Algorithm::Es256 => Self::Es256,
            Algorithm::Es384 => Self::Es384,
            Algorithm::EdDsa => Self::EdDsa,
        }
    }
}
