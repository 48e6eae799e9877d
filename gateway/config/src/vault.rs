//! Private keys at rest: sealed with AES-256-GCM, by a key that is not in the store.
//!
//! A sealed key is bound to the public key of its certificate: it opens for no other one, and goes on opening when the
//! certificate is renewed for the same key.

use std::{fmt, sync::Arc};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine, prelude::BASE64_STANDARD};
use gateway_model::{CertificateFacts, PrivateKey};
use rustls::{Error as TlsError, InconsistentKeys, crypto::aws_lc_rs::sign::any_supported_type, sign::CertifiedKey};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use crate::keys::random32;

/// The most keys of a vault: one that seals, and those from before it.
const MOST: usize = 16;

/// Seals and opens private keys. Cheap to clone; shows nothing of what it knows.
#[derive(Clone)]
pub struct Vault(Arc<[LessSafeKey]>);

/// Why there is no vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    #[error("line {0} is no key: give 64 hex digits, as `openssl rand -hex 32` prints them")]
    Line(usize),
    #[error("there is no key: give 64 hex digits, as `openssl rand -hex 32` prints them")]
    Empty,
    #[error("there are more than {MOST} keys: keep those that are in use")]
    TooMany,
}

/// Why a private key cannot be used. Says nothing of the key.
#[derive(Debug, thiserror::Error)]
pub enum PrivateKeyError {
    #[error(
        "it is no private key: give a PEM text with a PRIVATE KEY section (PKCS #8, PKCS #1 or SEC 1), unencrypted"
    )]
    Unreadable,
    #[error("it cannot be used: give an RSA key of 2048 to 8192 bits, ECDSA P-256, P-384 or P-521, or Ed25519")]
    Unsupported,
    #[error("it does not belong to the certificate: give the key that the certificate was issued for")]
    Mismatch,
    #[error("the certificate cannot be used: {0}")]
    Certificate(TlsError),
    #[error(
        "it does not open: it was sealed for another certificate, or by a key that this gateway does not have; give it in PEM, or set certificates.key_file to the file of the gateway that sealed it"
    )]
    Sealed,
}

impl Vault {
    /// A vault from the lines of a file: 64 hex digits each. The first key seals, all of them open, so that keys can change.
    ///
    /// # Errors
    /// A line is no key, or there is none.
    pub fn from_lines(text: &str) -> Result<Self, VaultError> {
        let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
        let read = |(index, line): (usize, &str)| {
            gateway_model::KeyDigest::from_hex(line).map(|bytes| bytes.0).ok_or(VaultError::Line(index + 1))
        };
        let keys = lines.map(read).collect::<Result<Vec<_>, _>>()?;
        match keys.len() {
            0 => Err(VaultError::Empty),
            1..=MOST => Ok(Self::new(&keys)),
            _ => Err(VaultError::TooMany),
        }
    }

    /// A new line for a file of keys.
    #[must_use]
    pub fn new_line() -> String {
        gateway_model::KeyDigest(random32()).to_hex()
    }

    /// A vault that nobody else has the key of: what it seals opens as long as it lives.
    #[must_use]
    pub fn ephemeral() -> Self {
        Self::new(&[random32()])
    }

    fn new(keys: &[[u8; 32]]) -> Self {
        let key = |bytes: &[u8; 32]| {
            LessSafeKey::new(UnboundKey::new(&AES_256_GCM, bytes).expect("AES-256 has keys of 32 bytes"))
        };
        Self(keys.iter().map(key).collect())
    }

    /// Seals what opens for a certificate with this public key.
    pub(crate) fn seal(&self, key: &PrivateKeyDer<'_>, facts: &CertificateFacts) -> PrivateKey {
        let nonce: [u8; NONCE_LEN] = random32()[..NONCE_LEN].try_into().expect("a nonce is shorter");
        let (label, mut sealed) = (label(key).as_bytes(), nonce.to_vec());
        let mut text = [&[u8::try_from(label.len()).expect("a short word")], label, key.secret_der()].concat();
        let tag = self.0[0].seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad(facts), &mut text);
        sealed.extend_from_slice(&text);
        sealed.extend_from_slice(tag.expect("a key is shorter than what AES-GCM can seal").as_ref());
        PrivateKey::new(format!("{}{}", PrivateKey::SEALED, BASE64_STANDARD.encode(sealed)))
    }

    /// The private key of a certificate, in DER.
    ///
    /// # Errors
    /// It was sealed for another certificate or by another key, or is not sealed.
    pub fn open(&self, key: &PrivateKey, facts: &CertificateFacts) -> Result<PrivateKeyDer<'static>, PrivateKeyError> {
        Self::open_by(&self.0, key, facts)
    }

    /// The same, if it was sealed by the key that seals now.
    pub(crate) fn open_current(
        &self,
        key: &PrivateKey,
        facts: &CertificateFacts,
    ) -> Result<PrivateKeyDer<'static>, PrivateKeyError> {
        Self::open_by(&self.0[..1], key, facts)
    }

    fn open_by(
        keys: &[LessSafeKey],
        key: &PrivateKey,
        facts: &CertificateFacts,
    ) -> Result<PrivateKeyDer<'static>, PrivateKeyError> {
        let sealed = key.sealed().and_then(|text| BASE64_STANDARD.decode(text).ok()).ok_or(PrivateKeyError::Sealed)?;
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(PrivateKeyError::Sealed)?;
        for key in keys {
            let nonce = Nonce::try_assume_unique_for_key(nonce).expect("its length was just taken");
            let mut text = sealed.to_vec();
            if let Ok(text) = key.open_in_place(nonce, aad(facts), &mut text) {
                return unlabelled(text).ok_or(PrivateKeyError::Sealed);
            }
        }
        Err(PrivateKeyError::Sealed)
    }

    /// The certificate with its key, ready to be shown.
    ///
    /// # Errors
    /// The key does not open, does not belong to the certificate, or is of a kind that is not supported.
    pub fn certified(&self, key: &PrivateKey, facts: &CertificateFacts) -> Result<CertifiedKey, PrivateKeyError> {
        certified(&self.open(key, facts)?, facts)
    }
}

/// Reads a private key in PEM.
pub(crate) fn from_pem(text: &str) -> Result<PrivateKeyDer<'static>, PrivateKeyError> {
    // The cause is left out: it might quote the key.
    PrivateKeyDer::from_pem_slice(text.as_bytes()).map_err(|_| PrivateKeyError::Unreadable)
}

/// The certificate with its key, if they belong together.
pub(crate) fn certified(
    key: &PrivateKeyDer<'static>,
    facts: &CertificateFacts,
) -> Result<CertifiedKey, PrivateKeyError> {
    let key = any_supported_type(key).map_err(|_| PrivateKeyError::Unsupported)?;
    let chain = facts.chain.iter().map(|der| CertificateDer::from(der.clone())).collect();
    let certified = CertifiedKey::new(chain, key);
    certified.keys_match().map_err(|error| match error {
        TlsError::InconsistentKeys(InconsistentKeys::KeyMismatch) => PrivateKeyError::Mismatch,
        error => PrivateKeyError::Certificate(error),
    })?;
    Ok(certified)
}

fn aad(facts: &CertificateFacts) -> Aad<[u8; 32]> {
    Aad::from(facts.public_key)
}

/// The form of a key, which DER does not tell.
fn label(key: &PrivateKeyDer<'_>) -> &'static str {
    match key {
        PrivateKeyDer::Pkcs1(_) => "pkcs1",
        PrivateKeyDer::Sec1(_) => "sec1",
        _ => "pkcs8",
    }
}

fn unlabelled(text: &[u8]) -> Option<PrivateKeyDer<'static>> {
    let (&length, rest) = text.split_first()?;
    let (label, der) = rest.split_at_checked(length.into())?;
    match label {
        b"pkcs1" => Some(PrivateKeyDer::Pkcs1(der.to_vec().into())),
        b"sec1" => Some(PrivateKeyDer::Sec1(der.to_vec().into())),
        b"pkcs8" => Some(PrivateKeyDer::Pkcs8(der.to_vec().into())),
        _ => None,
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Vault").field(&self.0.len()).finish()
    }
}

#[cfg(test)]
mod tests;
