//! Credentials: what proves that a caller is a consumer.

mod certificate;
mod digest;
mod form;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use certificate::{CertificateName, ClientCertificate};
pub use digest::KeyDigest;
use form::CredentialForm;

/// One way in which a consumer proves who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CredentialForm", into = "CredentialForm")]
pub struct Credential {
    pub name: String,
    /// Name of the consumer.
    pub consumer: String,
    pub proof: Proof,
    /// Whether it is accepted at all; false revokes it and keeps its place.
    pub enabled: bool,
    pub created_at: Option<Timestamp>,
    /// From this moment on it is refused.
    pub expires_at: Option<Timestamp>,
}

/// What is compared with what a client sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    ApiKey(ApiKey),
    Password(Password),
    Certificate(CertificateName),
}

/// An API key, known only by its keyed hash, and the keys that it took the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    pub key: KeyRecord,
    /// Accepted until their own expiry, so that clients can change over; at most [`ApiKey::PREVIOUS`].
    pub previous: Vec<PreviousKey>,
}

/// A key as it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeyRecord {
    /// HMAC-SHA-256 of the key, under the key-hash secret of the installation; 64 hex digits.
    pub key_digest: String,
    /// The first characters of the key, for people to tell keys apart by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// A key from before a rotation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviousKey {
    /// As [`KeyRecord::key_digest`].
    pub key_digest: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// From this moment on it is refused.
    pub expires_at: Timestamp,
}

/// A user name and a password, known only by its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    /// What the client calls itself; none means by the consumer's name.
    pub username: Option<String>,
    /// The hash as a PHC string, made with [`Password::PARAMETERS`].
    pub hash: String,
}

impl Credential {
    /// A credential that is accepted from now on, without an end.
    #[must_use]
    pub fn new(name: &str, consumer: &str, proof: Proof) -> Self {
        let (name, consumer) = (name.to_owned(), consumer.to_owned());
        Self { name, consumer, proof, enabled: true, created_at: None, expires_at: None }
    }

    /// The user name of a password.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        match &self.proof {
            Proof::Password(password) => Some(password.username.as_deref().unwrap_or(&self.consumer)),
            Proof::ApiKey(_) | Proof::Certificate(_) => None,
        }
    }
}

impl ApiKey {
    /// Keys from before rotations that may be accepted at one time.
    pub const PREVIOUS: usize = 4;

    /// A key that took the place of none.
    #[must_use]
    pub fn new(key: KeyRecord) -> Self {
        Self { key, previous: Vec::new() }
    }

    /// Puts `key` in the place of the present one, which is accepted until `end`. Forgets the keys that have ended by `now`.
    pub fn rotate(&mut self, key: KeyRecord, now: Timestamp, end: Timestamp) {
        let KeyRecord { key_digest, display } = std::mem::replace(&mut self.key, key);
        self.previous.insert(0, PreviousKey { key_digest, display, expires_at: end });
        self.previous.retain(|key| key.expires_at > now);
    }
}

impl Password {
    /// The only parameters that are taken, those that OWASP recommends: 19 MiB, 2 passes, 1 lane. One set for all, so
    /// that no password takes longer than another, or than one that nobody has.
    pub const PARAMETERS: &str = "$argon2id$v=19$m=19456,t=2,p=1$";
    /// The memory in KiB, the passes and the lanes of these parameters, for argon2.
    pub const COSTS: [u32; 3] = [19_456, 2, 1];
    /// Bytes of a user name at most.
    pub const USERNAME: usize = 255;
    /// Bytes of a password at most.
    pub const LONGEST: usize = 1_024;

    /// Whether `hash` is a PHC string with these parameters, a salt and 32 bytes of hash.
    #[must_use]
    pub fn is_hash(hash: &str) -> bool {
        Self::parts(hash).is_some()
    }

    /// The salt and the hash of a PHC string with these parameters, both in base64 without padding: 16 to 48 bytes and 32.
    #[must_use]
    pub fn parts(hash: &str) -> Option<(&str, &str)> {
        let base64 = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
        let (salt, hash) = hash.strip_prefix(Self::PARAMETERS)?.split_once('$')?;
        let sound = (22..=64).contains(&salt.len()) && salt.len() % 4 != 1 && hash.len() == 43;
        (sound && base64(salt) && base64(hash)).then_some((salt, hash))
    }
}

impl fmt::Debug for KeyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRecord").field("display", &self.display).finish_non_exhaustive()
    }
}

impl fmt::Debug for PreviousKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreviousKey")
            .field("display", &self.display)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Password").field("username", &self.username).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
