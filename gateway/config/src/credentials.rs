//! What credentials are made of: keys that are issued or imported, and hashes of passwords.

use std::collections::HashSet;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use gateway_model::{KeyRecord, Password};

use crate::{keys, service::Service};

/// Bytes of a key that is imported, at least and at most.
const IMPORTED: std::ops::RangeInclusive<usize> = 16..=512;

/// Different characters that a key of people's own making has at least; 16 random hex digits nearly always have 8.
const DIFFERENT: usize = 8;

/// Bytes of a password, at least and at most.
const PASSWORD: std::ops::RangeInclusive<usize> = 8..=Password::LONGEST;

/// A new API key. Deliberately without `Debug`.
pub struct IssuedKey {
    /// The key itself, to be shown once and kept nowhere.
    pub text: String,
    /// What is kept of it.
    pub record: KeyRecord,
}

/// A key that cannot be taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyImportError {
    #[error("the key has {0} bytes: give one of 16 to 512")]
    Length(usize),

    #[error("the key has characters that no header carries safely: use visible ASCII without spaces")]
    Characters,

    #[error("the key has only {0} different characters, so it could be guessed: give a random one")]
    Guessable(usize),
}

/// A password that cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("the password has {0} bytes: give one of 8 to 1024")]
    Length(usize),

    /// The hash could not be computed, which is for want of memory.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

impl Service {
    /// Makes an API key.
    #[must_use]
    pub fn issue_key(&self) -> IssuedKey {
        let prefix = &self.core.policy.key_prefix;
        let text = keys::issue(prefix);
        let display = keys::display(prefix, &text);
        let record = KeyRecord { key_digest: self.digest_key(&text).to_hex(), display: Some(display) };
        IssuedKey { text, record }
    }

    /// Takes over a key that clients have already. It is shown by fewer characters than one that was issued, for it may be short.
    ///
    /// # Errors
    /// It is too short, too long, or plainly not random.
    pub fn import_key(&self, text: &str) -> Result<KeyRecord, KeyImportError> {
        if !IMPORTED.contains(&text.len()) {
            return Err(KeyImportError::Length(text.len()));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyImportError::Characters);
        }
        let different = text.bytes().collect::<HashSet<_>>().len();
        if different < DIFFERENT {
            return Err(KeyImportError::Guessable(different));
        }
        Ok(KeyRecord { key_digest: self.digest_key(text).to_hex(), display: Some(text.chars().take(4).collect()) })
    }

    /// The hash of a password as a PHC string, with a salt of its own. Takes tens of milliseconds, on a thread for such work.
    ///
    /// # Errors
    /// The password is too short or too long, or memory is short.
    pub async fn hash_password(&self, password: String) -> Result<String, PasswordError> {
        if !PASSWORD.contains(&password.len()) {
            return Err(PasswordError::Length(password.len()));
        }
        let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
        hashed.unwrap_or_else(|error| Err(PasswordError::Hash(error.to_string())))
    }
}

/// Argon2id (RFC 9106) with the parameters that [`Password::PARAMETERS`] says.
fn hash(password: &str) -> Result<String, PasswordError> {
    let failed = |error: argon2::Error| PasswordError::Hash(error.to_string());
    let salt = &keys::random32()[..16];
    let [memory, passes, lanes] = Password::COSTS;
    let parameters = Params::new(memory, passes, lanes, Some(32)).map_err(failed)?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(password.as_bytes(), salt, &mut hash)
        .map_err(failed)?;
    let [salt, hash] = [salt, &hash].map(|bytes| BASE64_STANDARD_NO_PAD.encode(bytes));
    Ok(format!("{}{salt}${hash}", Password::PARAMETERS))
}

#[cfg(test)]
mod tests;
