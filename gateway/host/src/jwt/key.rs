//! Keys: parsed and checked when a policy is defined, or when an issuer has published them; each bound to its algorithms.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use aws_lc_rs::signature as sig;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm as Jwa, AlgorithmFamily, DecodingKey, DecodingKeyKind,
    crypto::aws_lc,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use serde_json::{Map, Value};
use sluice_abi::wire::{Algorithm, JwtKey, KeySource};

use super::SecretOf;

/// The longest `kid` that is looked for, in bytes: a longer one is nobody's.
pub(crate) const KEY_ID: usize = 256;

/// Algorithms whose keys may be published.
const PUBLIC: [Algorithm; 9] = [
    Algorithm::Rs256,
    Algorithm::Rs384,
    Algorithm::Rs512,
    Algorithm::Ps256,
    Algorithm::Ps384,
    Algorithm::Ps512,
    Algorithm::Es256,
    Algorithm::Es384,
    Algorithm::EdDsa,
];

/// A key and the algorithms that it verifies: one for a configured key; for a published one those that its type, curve and
/// purpose leave, of which the issuer's list is to allow the token's.
pub(crate) struct Key {
    /// Tells keys apart in caches; never used twice in a process.
    serial: u64,
    id: Option<String>,
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

impl Key {
    /// Parses a key of the configuration.
    ///
    /// # Errors
    /// A sentence that says what is wrong and the remedy; never the key.
    pub(crate) fn new(key: &JwtKey, secret: SecretOf<'_>) -> Result<Self, String> {
        let algorithm = key.algorithm;
        let decoding = match (&key.source, jwa(algorithm).family()) {
            (KeySource::Secret(name), AlgorithmFamily::Hmac) => shared(name, algorithm, secret)?,
            (KeySource::Secret(_), _) => {
                return Err(format!("{} takes a public key: give pem or jwk", algorithm_name(algorithm)));
            }
            (_, AlgorithmFamily::Hmac) => {
                return Err(format!("{} takes a secret: name one and grant it", algorithm_name(algorithm)));
            }
            (KeySource::Pem(text), family) => pem(text, family)?,
            (KeySource::Jwk(text), _) => jwk(text, algorithm)?,
        };
        check(&decoding, algorithm)?;
        Ok(Self::from_parts(key.id.clone(), vec![algorithm], decoding))
    }

    /// Parses a key of a key set; none for a key that verifies nothing here, such as one of a type that is not known
    /// (RFC 7517 section 5).
    pub(crate) fn published(members: &Map<String, Value>) -> Option<Self> {
        let id = match members.get("kid") {
            None => None,
            Some(Value::String(id)) if id.len() <= KEY_ID => Some(id.clone()),
            Some(_) => return None,
        };
        let jwk = public_jwk(members.clone()).ok()?;
        let mut algorithms = PUBLIC.to_vec();
        algorithms.retain(|algorithm| fits(&jwk, *algorithm).is_ok());
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        algorithms.retain(|algorithm| check(&key, *algorithm).is_ok());
        (!algorithms.is_empty()).then(|| Self::from_parts(id, algorithms, key))
    }

    fn from_parts(id: Option<String>, algorithms: Vec<Algorithm>, key: DecodingKey) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self { serial: NEXT.fetch_add(1, Ordering::Relaxed), id, algorithms, key }
    }

    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Whether the key may be used with this algorithm.
    pub(crate) fn takes(&self, algorithm: Algorithm) -> bool {
        self.algorithms.contains(&algorithm)
    }

    /// Whether `signature`, in base64url, is this key's over `message`. The key must take the algorithm.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &str, signature: &str) -> bool {
        debug_assert!(self.takes(algorithm), "{self:?} is asked to verify {algorithm:?}");
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        let verifier = (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&jwa(algorithm), &self.key);
        verifier.is_ok_and(|verifier| verifier.verify(message.as_bytes(), &signature).is_ok())
    }
}

/// Says nothing of the key itself.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.id).field("algorithms", &self.algorithms).finish_non_exhaustive()
    }
}

// === algorithms ===

/// The algorithm that a token's `alg` names, in its one spelling.
pub(crate) fn algorithm_named(name: &str) -> Option<Algorithm> {
    use Algorithm::{Hs256, Hs384, Hs512};
    PUBLIC.into_iter().chain([Hs256, Hs384, Hs512]).find(|algorithm| algorithm_name(*algorithm) == name)
}

pub(crate) fn algorithm_name(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::Hs256 => "HS256",
        Algorithm::Hs384 => "HS384",
        Algorithm::Hs512 => "HS512",
        Algorithm::Rs256 => "RS256",
        Algorithm::Rs384 => "RS384",
        Algorithm::Rs512 => "RS512",
        Algorithm::Ps256 => "PS256",
        Algorithm::Ps384 => "PS384",
        Algorithm::Ps512 => "PS512",
        Algorithm::Es256 => "ES256",
        Algorithm::Es384 => "ES384",
        Algorithm::EdDsa => "EdDSA",
    }
}

fn jwa(algorithm: Algorithm) -> Jwa {
    match algorithm {
        Algorithm::Hs256 => Jwa::HS256,
        Algorithm::Hs384 => Jwa::HS384,
        Algorithm::Hs512 => Jwa::HS512,
        Algorithm::Rs256 => Jwa::RS256,
        Algorithm::Rs384 => Jwa::RS384,
        Algorithm::Rs512 => Jwa::RS512,
        Algorithm::Ps256 => Jwa::PS256,
        Algorithm::Ps384 => Jwa::PS384,
        Algorithm::Ps512 => Jwa::PS512,
        Algorithm::Es256 => Jwa::ES256,
        Algorithm::Es384 => Jwa::ES384,
        Algorithm::EdDsa => Jwa::EdDSA,
    }
}

// === sources ===

fn shared(name: &str, algorithm: Algorithm, secret: SecretOf<'_>) -> Result<DecodingKey, String> {
    let found = secret(name).ok_or_else(|| format!("secret {name:?} is not granted: add the grant secret:{name}"))?;
    let bytes = found.ok_or_else(|| {
        format!("there is no secret {name:?}: put it into the file secrets/{name} in the data folder and try again")
    })?;
    // RFC 7518 section 3.2: a key as long as the hash, or more.
    let least = match algorithm {
        Algorithm::Hs512 => 64,
        Algorithm::Hs384 => 48,
        _ => 32,
    };
    if bytes.len() < least {
        let name_of = algorithm_name(algorithm);
        return Err(format!(
            "secret {name:?} has {} bytes: {name_of} needs at least {least}, best random ones",
            bytes.len()
        ));
    }
    Ok(DecodingKey::from_secret(&bytes))
}

fn pem(text: &str, family: AlgorithmFamily) -> Result<DecodingKey, String> {
    if text.contains("PRIVATE KEY") {
        return Err(
            "the PEM is a private key: give the public key, and keep the private one from the gateway".to_owned()
        );
    }
    let read = match family {
        AlgorithmFamily::Rsa => DecodingKey::from_rsa_pem,
        AlgorithmFamily::Ec => DecodingKey::from_ec_pem,
        AlgorithmFamily::Ed => DecodingKey::from_ed_pem,
        AlgorithmFamily::Hmac => return Err("a PEM is no secret".to_owned()),
    };
    read(text.as_bytes()).map_err(|_| format!("the PEM is no public key or certificate of the family {family:?}"))
}

fn jwk(text: &str, algorithm: Algorithm) -> Result<DecodingKey, String> {
    let members = super::json::object(text.as_bytes()).ok_or("the JWK is no JSON object with members that differ")?;
    let jwk = public_jwk(members)?;
    fits(&jwk, algorithm)?;
    DecodingKey::from_jwk(&jwk).map_err(|_| "the JWK has parts that are no base64url".to_owned())
}

fn public_jwk(members: Map<String, Value>) -> Result<Jwk, String> {
    if ["d", "k", "p", "q"].iter().any(|private| members.contains_key(*private)) {
        return Err("the JWK is a private or secret key: give the public key".to_owned());
    }
    serde_json::from_value(members.into()).map_err(|error| format!("the JWK is malformed: {error}"))
}

/// Whether a key is of the type, of the curve and for the purpose of an algorithm.
fn fits(jwk: &Jwk, algorithm: Algorithm) -> Result<(), String> {
    check_purpose(jwk, algorithm)?;
    let fits = match (&jwk.algorithm, algorithm) {
        (AlgorithmParameters::EllipticCurve(key), Algorithm::Es256) => key.curve == EllipticCurve::P256,
        (AlgorithmParameters::EllipticCurve(key), Algorithm::Es384) => key.curve == EllipticCurve::P384,
        (AlgorithmParameters::OctetKeyPair(key), Algorithm::EdDsa) => key.curve == EllipticCurve::Ed25519,
        (AlgorithmParameters::RSA(_), algorithm) => jwa(algorithm).family() == AlgorithmFamily::Rsa,
        _ => false,
    };
    match fits {
        true => Ok(()),
        false => Err(format!("the JWK is no key for {}", algorithm_name(algorithm))),
    }
}

/// A key that says what it is for is used for nothing else (RFC 7517 sections 4.2 to 4.4).
fn check_purpose(jwk: &Jwk, algorithm: Algorithm) -> Result<(), String> {
    let common = &jwk.common;
    let signs = common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
    let verifies = common.key_operations.as_ref().is_none_or(|list| list.contains(&KeyOperations::Verify));
    if !signs || !verifies {
        return Err("the JWK is not for signatures: its use or key_ops says otherwise".to_owned());
    }
    match common.key_algorithm {
        Some(other) if other != KeyAlgorithm::from(jwa(algorithm)) => {
            Err(format!("the JWK is for {other}, not for {}", algorithm_name(algorithm)))
        }
        _ => Ok(()),
    }
}

// === checks ===

/// Whether the algorithm will take the key: a bad one is told when it is configured, not by refusing every token.
fn check(key: &DecodingKey, algorithm: Algorithm) -> Result<(), String> {
    let verification: &'static dyn sig::VerificationAlgorithm = match algorithm {
        Algorithm::Hs256 | Algorithm::Hs384 | Algorithm::Hs512 => return Ok(()),
        Algorithm::Rs256 => &sig::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &sig::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &sig::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &sig::RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &sig::RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &sig::RSA_PSS_2048_8192_SHA512,
        Algorithm::Es256 => &sig::ECDSA_P256_SHA256_FIXED,
        Algorithm::Es384 => &sig::ECDSA_P384_SHA384_FIXED,
        Algorithm::EdDsa => &sig::ED25519,
    };
    let sound = match key.kind() {
        DecodingKeyKind::SecretOrDer(bytes) => sig::ParsedPublicKey::new(verification, bytes).is_ok(),
        DecodingKeyKind::RsaModulusExponent { n, .. } => (256..=1024).contains(&significant(n)),
    };
    match sound {
        true => Ok(()),
        false => Err(format!("the key is none that {} takes (RSA: 2048 to 8192 bits)", algorithm_name(algorithm))),
    }
}

/// Bytes without leading zeros.
fn significant(number: &[u8]) -> usize {
    number.iter().skip_while(|byte| **byte == 0).count()
}
