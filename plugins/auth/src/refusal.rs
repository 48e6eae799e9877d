//! What a client is told that is not let in.

use sluice_sdk::{identity::JwtError, prelude::*};

use crate::settings::Settings;

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It carries no credential of a kind that is accepted.
    Missing,
    /// Its API key is unknown, expired or revoked, which it is not told.
    Key,
    /// Its token is not valid.
    Token(JwtError),
    /// Its token is valid and names nobody known here.
    Stranger,
    /// Its key and its token name different consumers.
    Disagreement,
}

/// The answers, with what can be made before the first request.
#[derive(Debug)]
pub(crate) struct Refusals {
    /// The challenge for tokens (RFC 6750, 3) and the one for keys, if they are accepted.
    bearer: Option<&'static str>,
    api_key: Option<String>,
    /// How to come again with a credential.
    remedy: String,
    missing: Counter,
    refused: Counter,
    forbidden: Counter,
}

const REALM: &str = r#"realm="sluice""#;

impl Refusals {
    pub(crate) fn new(settings: &Settings, setup: &mut Setup) -> Result<Self> {
        let header = settings.api_key.as_ref().map(|key| key.header.as_str());
        let in_header = header.map(|header| format!("an API key in the header `{header}`"));
        let in_token = settings.jwt.as_ref().map(|_| "a token as `Authorization: Bearer`".to_owned());
        let ways: Vec<String> = in_header.into_iter().chain(in_token).collect();
        Ok(Self {
            bearer: settings.jwt.as_ref().map(|_| r#"Bearer realm="sluice""#),
            api_key: header.map(|header| format!(r#"ApiKey {REALM}, header="{header}""#)),
            remedy: format!("Send {}.", ways.join(" or ")),
            missing: setup.counter("missing")?,
            refused: setup.counter("refused")?,
            forbidden: setup.counter("forbidden")?,
        })
    }

    /// The answer to a refused request.
    pub(crate) fn answer(&self, refusal: Refusal) -> Flow {
        match refusal {
            Refusal::Missing => {
                self.missing.increment();
                self.challenge(self.remedy.clone(), None)
            }
            Refusal::Key => self.unauthorized("The API key is not valid.", None),
            Refusal::Token(error) => {
                log::debug!("token refused: {error:?}");
                self.unauthorized(told(error), Some(told(error)))
            }
            Refusal::Disagreement => self.unauthorized(DISAGREEMENT, Some(DISAGREEMENT)),
            Refusal::Stranger => {
                self.forbidden.increment();
                Flow::problem(403, "Forbidden").detail("The token is valid, but names no consumer known here.")
            }
        }
    }

    fn unauthorized(&self, detail: &'static str, token_error: Option<&'static str>) -> Flow {
        self.refused.increment();
        self.challenge(detail.to_owned(), token_error)
    }

    fn challenge(&self, detail: String, token_error: Option<&'static str>) -> Flow {
        let mut flow = Flow::problem(401, "Unauthorized").detail(detail);
        if let Some(bearer) = self.bearer {
            flow = match token_error {
                Some(error) => {
                    let challenge = format!(r#"{bearer}, error="invalid_token", error_description="{error}""#);
                    flow.append_header("www-authenticate", challenge)
                }
                None => flow.append_header("www-authenticate", bearer),
            };
        }
        match &self.api_key {
            Some(challenge) => flow.append_header("www-authenticate", challenge),
            None => flow,
        }
    }
}

const DISAGREEMENT: &str = "The API key and the token name different consumers.";

/// What the bearer of a token may know: whoever signed nothing learns nothing of issuers and keys.
fn told(error: JwtError) -> &'static str {
    match error {
        JwtError::Expired => "The token has expired.",
        JwtError::NotYetValid => "The token is not valid yet.",
        JwtError::WrongAudience => "The token is meant for another audience.",
        JwtError::MissingClaim => "The token lacks a claim.",
        JwtError::Malformed
        | JwtError::UnknownIssuer
        | JwtError::UnknownKey
        | JwtError::WrongAlgorithm
        | JwtError::BadSignature => "The token is not valid.",
    }
}
