//! What the operator sets.

use sluice_sdk::{
    config::Object,
    identity::{self, JwtIssuer, JwtKey, JwtPolicy},
    prelude::*,
};

/// Which credentials are accepted.
#[derive(Debug, Config)]
#[config(any_of(api_key, jwt))]
pub struct Settings {
    /// Accepts API keys of consumers; `{}` takes them from `x-api-key`.
    pub(crate) api_key: Option<ApiKey>,
    /// Accepts JSON Web Tokens in `authorization: Bearer`.
    pub(crate) jwt: Option<Jwt>,
    /// Lets requests without any credential pass, as nobody.
    #[config(default = false)]
    pub(crate) anonymous: bool,
}

/// Where API keys are.
#[derive(Debug, Config)]
pub(crate) struct ApiKey {
    /// Header that carries the key.
    #[config(default = "x-api-key", header_name)]
    pub(crate) header: String,
    /// Leaves the key in the request to the upstream.
    #[config(default = false)]
    pub(crate) forward: bool,
}

/// Which tokens are accepted.
#[derive(Debug, Config)]
pub(crate) struct Jwt {
    /// Who may have issued them.
    #[config(min_items = 1)]
    pub(crate) issuers: Vec<Issuer>,
    /// Tolerated difference between the clocks of issuer and gateway, in seconds.
    #[config(default = 30, max = 300)]
    pub(crate) leeway_seconds: u64,
    /// Leaves the token in the request to the upstream.
    #[config(default = false)]
    pub(crate) forward_token: bool,
}

/// One issuer of tokens and its keys.
#[derive(Debug, Config)]
pub(crate) struct Issuer {
    /// The claim `iss` of its tokens.
    #[config(min_length = 1)]
    pub(crate) issuer: String,
    /// One of these must be in the claim `aud`; if the list is empty, tokens must carry none.
    #[config(default = [])]
    pub(crate) audiences: Vec<String>,
    /// The claim that names the consumer.
    #[config(default = "sub", min_length = 1)]
    pub(crate) consumer_claim: String,
    /// The keys with which it signs.
    #[config(min_items = 1)]
    pub(crate) keys: Vec<Key>,
}

/// A key, bound to one algorithm.
#[derive(Debug, Config)]
pub(crate) struct Key {
    /// The `kid` of tokens signed with it; without one the key fits tokens without one.
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
#[derive(Debug, Config)]
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

impl Settings {
    /// Checks what no schema can say.
    pub(crate) fn check(&self) -> Result<()> {
        let same_header = |key: &ApiKey| key.header.eq_ignore_ascii_case("authorization");
        match self.jwt.is_some() && self.api_key.as_ref().is_some_and(same_header) {
            true => bail!("/apiKey/header: `authorization` carries the tokens; use another header for keys"),
            false => Ok(()),
        }
    }
}

// === conversions: what the host is told ===

impl From<Jwt> for JwtPolicy {
    fn from(jwt: Jwt) -> Self {
        let issuers = jwt.issuers.into_iter().map(JwtIssuer::from).collect();
        Self { issuers, leeway: jwt.leeway_seconds * 1_000 }
    }
}

impl From<Issuer> for JwtIssuer {
    fn from(issuer: Issuer) -> Self {
        let Issuer { issuer, audiences, consumer_claim, keys } = issuer;
        Self { issuer, audiences, consumer_claim, keys: keys.into_iter().map(JwtKey::from).collect() }
    }
}

impl From<Key> for JwtKey {
    fn from(key: Key) -> Self {
        Self { id: key.id, algorithm: key.algorithm.into(), source: key.source.into() }
    }
}

impl From<Source> for identity::KeySource {
    fn from(source: Source) -> Self {
        match source {
            Source::Secret(name) => Self::Secret(name),
            Source::Pem(pem) => Self::Pem(pem),
            Source::Jwk(jwk) => Self::Jwk(sluice_sdk::config::Value::Object(jwk).to_string()),
        }
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
