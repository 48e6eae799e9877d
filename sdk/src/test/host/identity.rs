//! Credentials and tokens, as the test says that they are.

use std::collections::{BTreeSet, HashMap};

use sluice_abi::wire::{
    Caller, HostError, JwtError, JwtKey, JwtPolicy, KeySource, Token, TokenError, TokenPolicy, VerifiedToken,
};

use super::{FakeHost, handle};

#[derive(Debug, Default)]
pub(crate) struct Identity {
    /// Who calls, as a plugin before this one has named him.
    pub(crate) consumer: Option<String>,
    pub(crate) consumers: BTreeSet<String>,
    pub(crate) api_keys: HashMap<String, String>,
    /// Consumers by user name and password.
    pub(crate) passwords: HashMap<(String, String), String>,
    /// The consumer whose certificate the clients hold.
    pub(crate) certificate: Option<String>,
    pub(crate) groups: HashMap<String, Vec<String>>,
    pub(crate) tokens: HashMap<String, Result<Token, TokenError>>,
    pub(crate) policies: Vec<Policy>,
}

/// A token policy, as the plugin defined it.
#[derive(Clone, Debug)]
pub(crate) enum Policy {
    Jwt(JwtPolicy),
    Tokens(TokenPolicy),
}

impl Policy {
    fn knows(&self, issuer: &str) -> bool {
        match self {
            Self::Jwt(policy) => policy.issuers.iter().any(|known| known.issuer == issuer),
            Self::Tokens(policy) => policy.issuers.iter().any(|known| known.issuer == issuer),
        }
    }
}

/// A token of a consumer that says nothing else.
pub(crate) fn token(issuer: &str, consumer: &str) -> Token {
    Token {
        issuer: issuer.to_owned(),
        subject: Some(consumer.to_owned()),
        consumer: consumer.to_owned(),
        scopes: Vec::new(),
        claims: Vec::new(),
        expires: u64::MAX,
    }
}

/// The longer reason for one that a test gave in short.
pub(crate) fn at_length(error: JwtError) -> TokenError {
    match error {
        JwtError::Malformed => TokenError::Malformed,
        JwtError::UnknownIssuer => TokenError::UnknownIssuer,
        JwtError::UnknownKey => TokenError::UnknownKey,
        JwtError::WrongAlgorithm => TokenError::WrongAlgorithm,
        JwtError::BadSignature => TokenError::BadSignature,
        JwtError::Expired => TokenError::Expired,
        JwtError::NotYetValid => TokenError::NotYetValid,
        JwtError::WrongAudience => TokenError::WrongAudience,
        JwtError::MissingClaim => TokenError::MissingClaim,
    }
}

impl Identity {
    fn caller(&self, consumer: &str, kind: &str) -> Caller {
        let groups = self.groups.get(consumer).cloned().unwrap_or_default();
        Caller { consumer: consumer.to_owned(), credential: format!("{consumer}-{kind}"), groups }
    }
}

impl FakeHost {
    pub(crate) fn verify_api_key(&mut self, key: &str) -> Option<String> {
        self.grants.demand("identity");
        self.identity.api_keys.get(key).cloned()
    }

    pub(crate) fn identify_api_key(&mut self, key: &str) -> Option<Caller> {
        self.grants.demand("identity");
        self.identity.api_keys.get(key).map(|consumer| self.identity.caller(consumer, "key"))
    }

    pub(crate) fn identify_certificate(&mut self) -> Option<Caller> {
        self.grants.demand("identity");
        self.identity.certificate.as_ref().map(|consumer| self.identity.caller(consumer, "certificate"))
    }

    pub(crate) fn verify_password(&mut self, username: &str, password: &str) -> Result<Option<Caller>, HostError> {
        self.grants.demand("identity");
        self.scene.may_wait()?;
        let consumer = self.identity.passwords.get(&(username.to_owned(), password.to_owned()));
        Ok(consumer.map(|consumer| self.identity.caller(consumer, "password")))
    }

    pub(crate) fn consumer_exists(&mut self, name: &str) -> bool {
        self.grants.demand("identity");
        self.identity.consumers.contains(name)
    }

    pub(crate) fn consumer_groups(&mut self, name: &str) -> Option<Vec<String>> {
        let exists = self.consumer_exists(name);
        exists.then(|| self.identity.groups.get(name).cloned().unwrap_or_default())
    }

    pub(crate) fn define_jwt(&mut self, policy: JwtPolicy) -> Result<u32, String> {
        let keys: Vec<_> = policy.issuers.iter().flat_map(|issuer| issuer.keys.clone()).collect();
        self.define_policy(Policy::Jwt(policy), &keys)
    }

    pub(crate) fn define_tokens(&mut self, policy: TokenPolicy) -> Result<u32, String> {
        let keys: Vec<_> = policy.issuers.iter().flat_map(|issuer| issuer.keys.clone()).collect();
        self.define_policy(Policy::Tokens(policy), &keys)
    }

    fn define_policy(&mut self, policy: Policy, keys: &[JwtKey]) -> Result<u32, String> {
        self.grants.demand("identity");
        self.may_define("token policies", self.identity.policies.len())?;
        for key in keys {
            if let KeySource::Secret(name) = &key.source {
                self.secret(name)?;
            }
        }
        self.identity.policies.push(policy);
        Ok(handle(self.identity.policies.len()))
    }

    pub(crate) fn verify_jwt(&mut self, policy: u32, token: &str) -> Result<VerifiedToken, JwtError> {
        let verified = self.verify_token(policy, token).map_err(TokenError::in_short)?;
        Ok(VerifiedToken { issuer: verified.issuer, consumer: verified.consumer })
    }

    pub(crate) fn verify_token(&mut self, policy: u32, token: &str) -> Result<Token, TokenError> {
        let verified = self.identity.tokens.get(token).cloned().unwrap_or(Err(TokenError::Malformed))?;
        match self.identity.policies[policy as usize].knows(&verified.issuer) {
            true => Ok(verified),
            false => Err(TokenError::UnknownIssuer),
        }
    }
}
