//! Key pairs that modules are signed with.

use anyhow::Result;
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ED25519, SignatureAlgorithm};

/// Both halves in PEM: PKCS #8, and what `openssl pkey -pubout` writes.
pub struct Key {
    pub private_pem: String,
    pub public_pem: String,
}

impl Key {
    /// # Errors
    /// The random source failed.
    pub fn ed25519() -> Result<Self> {
        Self::generate(&PKCS_ED25519)
    }

    /// # Errors
    /// The random source failed.
    pub fn p256() -> Result<Self> {
        Self::generate(&PKCS_ECDSA_P256_SHA256)
    }

    fn generate(algorithm: &'static SignatureAlgorithm) -> Result<Self> {
        let key = KeyPair::generate_for(algorithm)?;
        Ok(Self { private_pem: key.serialize_pem(), public_pem: key.public_key_pem() })
    }
}
