//! Credentials: each to what it proves, and no proof to two of them.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Compiler, at, basis::Section};
use crate::{
    credential::{ApiKey, CertificateName, Credential, KeyDigest, Password, Proof},
    edit::Kind,
    finding::Path,
    snapshot::{Credentials, Identities, Identity},
};

/// The longest user name, in bytes.
const USERNAME: usize = Password::USERNAME;

impl Compiler<'_> {
    pub(super) fn credentials(&mut self, identities: &Section<Identities>) -> Section<Credentials> {
        let identities = &identities.value;
        let is_same = !self.is_touched(&[Kind::Credentials]) && Arc::ptr_eq(identities, &self.basis.identities.value);
        self.section(&self.basis.credentials, is_same, |this| this.make_credentials(identities))
    }

    fn make_credentials(&mut self, identities: &Identities) -> Credentials {
        let mut known = Credentials::default();
        for (name, credential) in &self.document.credentials {
            let path = at(Kind::Credentials, name);
            let nobody = Arc::default();
            let identity = identities.get(credential.consumer.as_str()).unwrap_or_else(|| {
                self.dangling(path.then("consumer"), Kind::Consumers, &credential.consumer);
                // So that what else is wrong with it is told, too.
                &nobody
            });
            match &credential.proof {
                Proof::ApiKey(keys) => self.api_key(&path, credential, keys, identity, &mut known),
                Proof::Password(password) => self.password(&path, credential, password, identity, &mut known),
                Proof::Certificate(name) => self.certificate(&path, credential, name, identity, &mut known),
            }
        }
        known
    }

    fn api_key(
        &mut self,
        path: &Path,
        credential: &Credential,
        keys: &ApiKey,
        identity: &Arc<Identity>,
        known: &mut Credentials,
    ) {
        if keys.previous.len() > ApiKey::PREVIOUS {
            let message = format!("{} earlier keys: keep at most {}", keys.previous.len(), ApiKey::PREVIOUS);
            self.error(path.then("previousKeys"), message);
        }
        let end = millis(credential.expires_at);
        let previous = keys.previous.iter().enumerate().map(|(index, key)| {
            let place = path.then("previousKeys").then(index);
            (place, &key.key_digest, millis(Some(key.expires_at)).min(end))
        });
        let all = std::iter::once((path.clone(), &keys.key.key_digest, end)).chain(previous);
        let mut read = Vec::new();
        for (place, digest, until) in all {
            let place = place.then("keyDigest");
            match KeyDigest::from_hex(digest) {
                Some(digest) => read.push((place, digest, until)),
                None => {
                    let remedy = "a key digest is 64 hex digits: create or import the credential over the admin API";
                    self.error(place, remedy);
                }
            }
        }
        let added = known.add(&credential.name, identity, read.iter().map(|(_, digest, _)| Some(*digest)));
        for (position, (place, digest, until)) in read.into_iter().enumerate() {
            // Disabled ones are compared with the others all the same: they may be enabled any time.
            if known.add_key(digest, &added, position, accepted_until(credential, until)).is_err() {
                self.error(place, "another credential has the same key: delete one");
            }
        }
    }

    fn password(
        &mut self,
        path: &Path,
        credential: &Credential,
        password: &Password,
        identity: &Arc<Identity>,
        known: &mut Credentials,
    ) {
        if !Password::is_hash(&password.hash) {
            let parameters = Password::PARAMETERS;
            let message = format!(
                "this is no hash of a password: it begins with {parameters}, or set the password over the admin API"
            );
            self.error(path.then("passwordHash"), message);
        }
        let username = password.username.as_deref().unwrap_or(&credential.consumer);
        let sound = |text: &str| {
            (1..=USERNAME).contains(&text.len()) && !text.contains(':') && !text.chars().any(char::is_control)
        };
        if !sound(username) {
            let message =
                format!("{username:?} is no user name: use 1 to {USERNAME} bytes without ':' and control characters");
            self.error(path.then("username"), message);
        }
        let added = known.add(&credential.name, identity, [None]);
        let until = accepted_until(credential, millis(credential.expires_at));
        if known.add_password(username, &password.hash, &added, until).is_err() {
            let message = format!("another credential has the user name {username:?} already: choose another one");
            self.error(path.then("username"), message);
        }
    }

    fn certificate(
        &mut self,
        path: &Path,
        credential: &Credential,
        name: &CertificateName,
        identity: &Arc<Identity>,
        known: &mut Credentials,
    ) {
        let place = path.then("certificate").then(name.field());
        let name = match name.canonical() {
            Ok(name) => name,
            Err(message) => return self.error(place, message),
        };
        let added = known.add(&credential.name, identity, [None]);
        let until = accepted_until(credential, millis(credential.expires_at));
        if known.add_certificate(name, &added, until).is_err() {
            self.error(place, "another credential means the same certificate: delete one");
        }
    }
}

/// A moment as requests compare it: milliseconds since 1970.
fn millis(end: Option<Timestamp>) -> u64 {
    end.map_or(u64::MAX, |end| u64::try_from(end.as_millisecond()).unwrap_or(0))
}

/// A disabled credential ended before all time.
fn accepted_until(credential: &Credential, until: u64) -> u64 {
    if credential.enabled { until } else { 0 }
}
