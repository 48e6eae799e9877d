//! Signers of JSON Web Tokens, one for each algorithm, with keys made on the spot.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rand,
    rsa::{KeyPair as RsaKeyPair, KeySize},
    signature::KeyPair as _,
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, PublicKeyData};
use serde_json::{Value, json};

/// Signs tokens with one key.
pub struct Signer {
    algorithm: Algorithm,
    key: EncodingKey,
    /// What verifies its tokens.
    pub verifier: Verifier,
}

/// The other half of a signer's key.
pub enum Verifier {
    /// The bytes of a shared secret.
    Secret(Vec<u8>),
    /// A public key in PEM.
    Pem(String),
}

impl Signer {
    /// A signer with a new key for HS256, RS256, ES256, ES384 or EdDSA.
    ///
    /// # Errors
    /// Any other algorithm, or the random source failed.
    pub fn new(algorithm: Algorithm) -> Result<Self> {
        let (key, verifier) = match algorithm {
            Algorithm::HS256 => shared()?,
            Algorithm::RS256 => rsa()?,
            Algorithm::ES256 => asymmetric(&PKCS_ECDSA_P256_SHA256, EncodingKey::from_ec_der)?,
            Algorithm::ES384 => asymmetric(&PKCS_ECDSA_P384_SHA384, EncodingKey::from_ec_der)?,
            Algorithm::EdDSA => asymmetric(&PKCS_ED25519, EncodingKey::from_ed_der)?,
            other => return Err(anyhow!("no signer for {other:?}: use HS256, RS256, ES256, ES384 or EdDSA")),
        };
        Ok(Self { algorithm, key, verifier })
    }

    /// The algorithm's name as a token's `alg` spells it.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{:?}", self.algorithm)
    }

    /// A token with these claims and this key id.
    ///
    /// # Errors
    /// The signature could not be made.
    pub fn sign(&self, key_id: Option<&str>, claims: &Value) -> Result<String> {
        let header = Header { kid: key_id.map(str::to_owned), ..Header::new(self.algorithm) };
        Ok(jsonwebtoken::encode(&header, claims, &self.key)?)
    }

    /// A token with this header and these claims, letter by letter, signed as `algorithm`.
    ///
    /// # Errors
    /// The key does not sign so.
    pub fn sign_text(&self, algorithm: Algorithm, header: &str, claims: &str) -> Result<String> {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.key, algorithm)?;
        Ok(format!("{message}.{signature}"))
    }

    /// The public key of an RS or ES signer as a JSON Web Key with that id.
    ///
    /// # Errors
    /// It has none.
    pub fn jwk(&self, key_id: &str) -> Result<Value> {
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&self.key, self.algorithm)?)?;
        jwk["kid"] = json!(key_id);
        Ok(jwk)
    }
}

/// A signer with a shared secret that somebody else may know, too.
#[must_use]
pub fn shared_with(secret: &[u8]) -> Signer {
    let key = EncodingKey::from_secret(secret);
    Signer { algorithm: Algorithm::HS256, key, verifier: Verifier::Secret(secret.to_owned()) }
}

/// Claims of a token that is valid for the next hour.
#[must_use]
pub fn claims(issuer: &str, subject: &str) -> Value {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    json!({ "iss": issuer, "sub": subject, "iat": now, "exp": now + 3_600 })
}

fn shared() -> Result<(EncodingKey, Verifier)> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes)?;
    // Text, so that it survives in a file with a line end behind it.
    let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((EncodingKey::from_secret(secret.as_bytes()), Verifier::Secret(secret.into_bytes())))
}

fn rsa() -> Result<(EncodingKey, Verifier)> {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
    let private: Pkcs8V1Der<'_> = pair.as_der()?;
    let public = AsDer::<aws_lc_rs::encoding::PublicKeyX509Der<'_>>::as_der(pair.public_key())?;
    let key = EncodingKey::from_rsa_pem(pem("PRIVATE KEY", private.as_ref()).as_bytes())?;
    Ok((key, Verifier::Pem(pem("PUBLIC KEY", public.as_ref()))))
}

fn asymmetric(
    algorithm: &'static rcgen::SignatureAlgorithm,
    encoding: fn(&[u8]) -> EncodingKey,
) -> Result<(EncodingKey, Verifier)> {
    let pair = KeyPair::generate_for(algorithm).context("key pair")?;
    let public = pem("PUBLIC KEY", &pair.subject_public_key_info());
    Ok((encoding(&pair.serialize_der()), Verifier::Pem(public)))
}

fn pem(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<_> = body.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
