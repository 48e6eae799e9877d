//! What a client is told that is not let in.

use sluice_sdk::{identity::TokenError, prelude::*};

use crate::{
    key,
    settings::{ApiKey, Kind, Require, Settings},
};

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Its address may not call.
    Address,
    /// What is left of its query without the key is longer, percent-encoded, than a request may be.
    Long,
    /// Its address has sent too many bad credentials.
    Blocked(Decision),
    /// It lacks a credential of a kind that is needed.
    Missing,
    /// Its API key is unknown, expired or revoked, which it is not told.
    Key,
    /// Its user name or password is wrong, or it is expired or revoked, which it is not told.
    Password,
    /// Its password cannot be verified at this time.
    Busy,
    /// Its token is not valid.
    Token(TokenError),
    /// It is known who calls, but not here.
    Stranger,
    /// Its credentials name different consumers.
    Disagreement,
    /// The caller is in none of the groups that may pass.
    Group,
    /// The token does not grant what is asked for.
    Scope,
    /// The service that is to be asked does not answer.
    Service,
}

/// The answers, with what can be made before the first request.
#[derive(Debug)]
pub(crate) struct Refusals {
    challenges: Vec<Challenge>,
    /// The challenge to a token that does not grant enough.
    scope: String,
    /// How to come again with a credential.
    remedy: String,
    missing: Counter,
    refused: Counter,
    forbidden: Counter,
}

/// How to prove who one is (RFC 9110, 11.6.1).
#[derive(Debug)]
enum Challenge {
    /// With a token, to which what is wrong with it is added (RFC 6750, 3).
    Bearer,
    Other(String),
}

const REALM: &str = r#"realm="sluice""#;

impl Refusal {
    /// Whether it is one more bad credential of its address.
    pub(crate) fn is_attempt(&self) -> bool {
        match self {
            Self::Token(error) => *error != TokenError::KeysUnavailable,
            other => matches!(other, Self::Key | Self::Password | Self::Disagreement),
        }
    }
}

impl Refusals {
    pub(crate) fn new(settings: &Settings, setup: &mut Setup) -> Result<Self> {
        let ways: Vec<String> = settings.kinds().into_iter().map(|kind| way(kind, settings)).collect();
        let between = match settings.require {
            Require::Any => " or ",
            Require::All => " and ",
        };
        Ok(Self {
            challenges: settings.kinds().into_iter().map(|kind| challenge(kind, settings)).collect(),
            scope: format!(r#"Bearer {REALM}, error="insufficient_scope", scope="{}""#, settings.scopes.join(" ")),
            remedy: format!("Send {}.", ways.join(between)),
            missing: setup.counter("missing")?,
            refused: setup.counter("refused")?,
            forbidden: setup.counter("forbidden")?,
        })
    }

    /// The answer to a refused request.
    pub(crate) fn answer(&self, refusal: Refusal) -> Flow {
        match refusal {
            Refusal::Blocked(decision) => Flow::too_many(&decision).detail(format!(
                "There were too many bad credentials from this address; come back in {} s.",
                decision.retry_after_seconds()
            )),
            Refusal::Missing => {
                self.missing.increment();
                self.challenge(self.remedy.clone(), None)
            }
            Refusal::Key => self.unauthorized("The API key is not valid.", None),
            Refusal::Password => self.unauthorized("The user name or the password is not valid.", None),
            Refusal::Busy => unavailable("The password cannot be verified at this time.").header("retry-after", 1u32),
            Refusal::Token(TokenError::KeysUnavailable) => {
                unavailable("The token cannot be verified at this time.").header("retry-after", 1u32)
            }
            Refusal::Token(error) => {
                log::debug!("token refused: {error:?}");
                self.unauthorized(told(error), Some(told(error)))
            }
            Refusal::Disagreement => self.unauthorized(DISAGREEMENT, Some(DISAGREEMENT)),
            Refusal::Stranger => self.forbidden("The credential is valid, but names no consumer known here."),
            Refusal::Address => self.forbidden("This address may not call."),
            Refusal::Long => {
                Flow::problem(414, "URI Too Long").detail("Percent-encode the query, and make it shorter.")
            }
            Refusal::Group => self.forbidden("The consumer may not call this."),
            Refusal::Scope => self
                .forbidden("The token does not grant the scopes that this needs.")
                .append_header("www-authenticate", self.scope.as_str()),
            Refusal::Service => unavailable("It cannot be found out at this time whether the request may pass."),
        }
    }

    fn forbidden(&self, detail: &'static str) -> Flow {
        self.forbidden.increment();
        Flow::problem(403, "Forbidden").detail(detail)
    }

    fn unauthorized(&self, detail: &'static str, token_error: Option<&'static str>) -> Flow {
        self.refused.increment();
        self.challenge(detail.to_owned(), token_error)
    }

    /// 401 with a challenge for each kind that is accepted.
    fn challenge(&self, detail: String, token_error: Option<&'static str>) -> Flow {
        self.with_challenges(Flow::problem(401, "Unauthorized").detail(detail), token_error)
    }

    /// An answer with a challenge for each kind that is accepted; there is at least one, as a 401 must have
    /// (RFC 9110, 11.6.1).
    pub(crate) fn with_challenges(&self, answer: Flow, token_error: Option<&'static str>) -> Flow {
        if self.challenges.is_empty() {
            // Only the service knows by what it would be satisfied.
            return answer.append_header("www-authenticate", format!("ForwardAuth {REALM}"));
        }
        self.challenges.iter().fold(answer, |answer, challenge| {
            let value = match (challenge, token_error) {
                (Challenge::Other(value), _) => value.clone(),
                (Challenge::Bearer, None) => format!("Bearer {REALM}"),
                (Challenge::Bearer, Some(error)) => {
                    format!(r#"Bearer {REALM}, error="invalid_token", error_description="{error}""#)
                }
            };
            answer.append_header("www-authenticate", value)
        })
    }
}

fn unavailable(detail: &'static str) -> Flow {
    Flow::problem(503, "Service Unavailable").detail(detail)
}

const DISAGREEMENT: &str = "The credentials name different consumers.";

/// Where a key may be, in the order in which it is looked for: the attribute of the challenge, and words for it.
fn places(settings: &ApiKey) -> Vec<(String, String)> {
    let header = key::header(settings).map(|name| (format!(r#"header="{name}""#), format!("the header `{name}`")));
    let query = settings.query.as_ref();
    let query = query.map(|name| (format!(r#"query="{name}""#), format!("the query parameter `{name}`")));
    let cookie = settings.cookie.as_ref();
    let cookie = cookie.map(|name| (format!(r#"cookie="{name}""#), format!("the cookie `{name}`")));
    [header, query, cookie].into_iter().flatten().collect()
}

fn challenge(kind: Kind, settings: &Settings) -> Challenge {
    match kind {
        Kind::ApiKey => {
            let places = settings.api_key.iter().flat_map(places).map(|(attribute, _)| attribute);
            Challenge::Other(format!("ApiKey {REALM}, {}", places.collect::<Vec<_>>().join(", ")))
        }
        Kind::Jwt => Challenge::Bearer,
        Kind::Basic => Challenge::Other(format!(r#"Basic {REALM}, charset="UTF-8""#)),
        // No scheme is registered for it, and there is no answer but another connection.
        Kind::Mtls => Challenge::Other(format!("ClientCertificate {REALM}")),
    }
}

fn way(kind: Kind, settings: &Settings) -> String {
    match kind {
        Kind::ApiKey => {
            let places = settings.api_key.iter().flat_map(places).map(|(_, words)| words);
            format!("an API key in {}", places.collect::<Vec<_>>().join(" or "))
        }
        Kind::Jwt => "a token as `Authorization: Bearer`".to_owned(),
        Kind::Basic => "a user name and a password as `Authorization: Basic`".to_owned(),
        Kind::Mtls => "a client certificate".to_owned(),
    }
}

/// What the bearer of a token may know: whoever signed nothing learns nothing of issuers and keys.
fn told(error: TokenError) -> &'static str {
    match error {
        TokenError::Expired => "The token has expired.",
        TokenError::NotYetValid => "The token is not valid yet.",
        TokenError::WrongAudience => "The token is meant for another audience.",
        TokenError::MissingClaim => "The token lacks a claim.",
        TokenError::WrongClaim => "A claim of the token has another value than it must have.",
        TokenError::Malformed
        | TokenError::WrongType
        | TokenError::UnknownIssuer
        | TokenError::UnknownKey
        | TokenError::WrongAlgorithm
        | TokenError::BadSignature
        | TokenError::KeysUnavailable => "The token is not valid.",
    }
}
