//! Credentials and tokens, as the test says that they are.

use std::collections::{BTreeSet, HashMap};

use sluice_abi::wire::{Caller, HostError, JwtError, JwtPolicy, KeySource, VerifiedToken};

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
    pub(crate) tokens: HashMap<String, Result<VerifiedToken, JwtError>>,
    pub(crate) policies: Vec<JwtPolicy>,
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

    pub(crate) fn define_jwt(&mut self, policy: JwtPolicy) -> Result<u32, String> {
        self.grants.demand("identity");
        self.may_define("token policies", self.identity.policies.len())?;
        for key in policy.issuers.iter().flat_map(|issuer| &issuer.keys) {
            if let KeySource::Secret(name) = &key.source {
                self.secret(name)?;
            }
        }
        self.identity.policies.push(policy);
        Ok(handle(self.identity.policies.len()))
    }

    pub(crate) fn verify_jwt(&mut self, policy: u32, token: &str) -> Result<VerifiedToken, JwtError> {
        let verified = self.identity.tokens.get(token).cloned().unwrap_or(Err(JwtError::Malformed))?;
        let issuers = &self.identity.policies[policy as usize].issuers;
        match issuers.iter().any(|issuer| issuer.issuer == verified.issuer) {
            true => Ok(verified),
            false => Err(JwtError::UnknownIssuer),
        }
    }
}
