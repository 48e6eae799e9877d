//! Detached signatures over modules, for gateways that take no others.

use std::{fs, path::PathBuf};

use anyhow::{Context, bail};
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair},
};
use clap::Args;
use rustls::pki_types::{PrivatePkcs8KeyDer, pem::PemObject as _};

/// Where a module's signature comes from.
#[derive(Debug, Args)]
pub(super) struct Signing {
    /// File with a detached signature over the module, as `openssl pkeyutl -sign -rawin` writes it.
    #[arg(long, value_name = "FILE", conflicts_with = "sign_key")]
    signature: Option<PathBuf>,
    /// Sign the module with this private key: Ed25519 or ECDSA P-256, PKCS #8 in PEM.
    #[arg(long, value_name = "FILE")]
    sign_key: Option<PathBuf>,
}

impl Signing {
    /// # Errors
    /// A file cannot be read, or is no private key of these kinds.
    pub(super) fn of(&self, wasm: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
        if let Some(file) = &self.signature {
            return fs::read(file).map(Some).with_context(|| file.display().to_string());
        }
        let Some(file) = &self.sign_key else { return Ok(None) };
        let pem = fs::read(file).with_context(|| file.display().to_string())?;
        sign(&pem, wasm).map(Some).with_context(|| file.display().to_string())
    }
}

fn sign(pem: &[u8], wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let Ok(key) = PrivatePkcs8KeyDer::from_pem_slice(pem) else {
        bail!("this is no private key in PEM: `openssl genpkey -algorithm ed25519` makes one")
    };
    let der = key.secret_pkcs8_der();
    if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
        return Ok(key.sign(wasm).as_ref().to_vec());
    }
    let Ok(key) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der) else {
        bail!("this key is neither Ed25519 nor ECDSA P-256")
    };
    let signature = key.sign(&SystemRandom::new(), wasm).ok().context("signing failed")?;
    Ok(signature.as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ED25519, KeyPair as _, UnparsedPublicKey};
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    use super::*;

    fn pem(der: &[u8]) -> String {
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", BASE64_STANDARD.encode(der))
    }

    #[test]
    fn a_signature_of_either_kind_of_key_verifies() {
        let random = SystemRandom::new();
        let der = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
        let key = Ed25519KeyPair::from_pkcs8(der.as_ref()).unwrap();
        let signature = sign(pem(der.as_ref()).as_bytes(), b"module").unwrap();
        UnparsedPublicKey::new(&ED25519, key.public_key()).verify(b"module", &signature).unwrap();

        let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der.as_ref()).unwrap();
        let signature = sign(pem(der.as_ref()).as_bytes(), b"module").unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key.public_key()).verify(b"module", &signature).unwrap();
    }

    #[test]
    fn what_is_no_key_is_said_with_the_remedy() {
        let error = sign(b"nonsense", b"module").unwrap_err().to_string();
        assert!(error.contains("openssl genpkey"), "{error}");
    }
}
