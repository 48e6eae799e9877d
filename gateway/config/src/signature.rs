//! Signatures of modules: detached, over the module's bytes.

use std::{fmt, sync::Arc};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, UnparsedPublicKey, VerificationAlgorithm};
use rustls_pki_types::{SubjectPublicKeyInfoDer, pem::PemObject};

/// How the key of each algorithm begins in its DER form (RFC 8410, RFC 5480 with an uncompressed point); the key follows.
const ED25519_HEAD: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const P256_HEAD: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// The public keys whose signatures are trusted. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct TrustedKeys(Arc<[TrustedKey]>);

/// One of them.
struct TrustedKey {
    /// Where it came from, for people.
    name: String,
    algorithm: &'static dyn VerificationAlgorithm,
    key: Vec<u8>,
}

/// A file without keys that can be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{0} has no public key: give a PEM file with BEGIN PUBLIC KEY")]
    None(String),

    #[error("{0} is no PEM file: {1}")]
    Pem(String, String),

    #[error("a key in {0} is neither Ed25519 nor ECDSA P-256: use one of these")]
    Algorithm(String),
}

/// Why a module's signature does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error(
        "this gateway takes in signed modules only: send a signature, as `sluice plugin push --signature FILE` does"
    )]
    Missing,

    #[error("the signature is of none of the trusted keys, or not of these bytes: sign the module as it is uploaded")]
    Wrong,
}

impl TrustedKeys {
    /// Reads the keys of PEM files, each given with a name for it.
    ///
    /// # Errors
    /// The first file that has no key, or one that cannot be used.
    pub fn from_pem<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Self, KeyError> {
        let mut keys = Vec::new();
        for (name, pem) in files {
            let before = keys.len();
            for key in SubjectPublicKeyInfoDer::pem_slice_iter(pem) {
                let key = key.map_err(|error| KeyError::Pem(name.to_owned(), error.to_string()))?;
                keys.push(TrustedKey::new(name, key.as_ref())?);
            }
            if keys.len() == before {
                return Err(KeyError::None(name.to_owned()));
            }
        }
        Ok(Self(keys.into()))
    }

    /// The name of the key that signed `module`; none if no signature is asked for.
    pub(crate) fn signer(&self, module: &[u8], signature: Option<&[u8]>) -> Result<Option<String>, SignatureError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let signature = signature.ok_or(SignatureError::Missing)?;
        let signer = self.0.iter().find(|key| key.verifies(module, signature)).ok_or(SignatureError::Wrong)?;
        Ok(Some(signer.name.clone()))
    }
}

impl TrustedKey {
    fn new(name: &str, der: &[u8]) -> Result<Self, KeyError> {
        let forms: [(&[u8], usize, &'static dyn VerificationAlgorithm); 2] =
            [(ED25519_HEAD, 32, &ED25519), (P256_HEAD, 65, &ECDSA_P256_SHA256_ASN1)];
        for (head, length, algorithm) in forms {
            if let Some(key) = der.strip_prefix(head).filter(|key| key.len() == length) {
                return Ok(Self { name: name.to_owned(), algorithm, key: key.to_owned() });
            }
        }
        Err(KeyError::Algorithm(name.to_owned()))
    }

    fn verifies(&self, module: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(self.algorithm, &self.key).verify(module, signature).is_ok()
    }
}

impl fmt::Debug for TrustedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrustedKey").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
