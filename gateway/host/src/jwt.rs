//! JSON Web Tokens: verified by the rules of RFC 7519 and the advice of RFC 8725.
//!
//! - The key says which algorithm verifies; the token's `alg` is compared with it and never chosen by (3.1, 3.2).
//! - Keys come from the policy. `jku`, `x5u`, `jwk` and `x5c` of a token are never looked at (3.10).
//! - `iss` picks the keys, so one issuer's key verifies no other issuer's token (3.8); `aud` must be ours (3.9).
//! - `exp` is required. `crit` is refused, since no extension is understood (RFC 7515 section 4.1.11).
//! - An explicit `typ` of another kind of token is refused (3.11): what a client got for logging out opens nothing.
//! - A member that appears twice is refused: two readers could disagree about which one counts (RFC 8259 section 4).
//! - Tokens are bounded in size, and JSON in depth.

pub(crate) mod cache;
mod json;
mod key;

use std::sync::atomic::{AtomicU64, Ordering};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use sluice_abi::wire::{JwtError, JwtIssuer, JwtPolicy as Policy, VerifiedToken};

use self::key::{Key, algorithm_name};

/// The largest token that is read, in bytes.
pub(crate) const TOKEN: usize = 8 * 1024;

/// The largest tolerated difference of clocks, in milliseconds: five minutes.
const LEEWAY: u64 = 300_000;

/// Issuers of one policy, and keys of one issuer, at most.
const ISSUERS: usize = 32;
const KEYS: usize = 64;

/// Looks for a secret: outer `None` when it is not granted, inner when there is none of that name.
pub(crate) type SecretOf<'a> = &'a dyn Fn(&str) -> Option<Option<Vec<u8>>>;

/// Which tokens are accepted, with all keys parsed.
#[derive(Debug)]
pub(crate) struct JwtPolicy {
    /// Tells policies apart in caches; never used twice in a process.
    id: u64,
    issuers: Vec<Issuer>,
    /// Milliseconds.
    leeway: u64,
}

#[derive(Debug)]
struct Issuer {
    name: String,
    audiences: Vec<String>,
    keys: Vec<Key>,
    consumer_claim: String,
}

/// A token that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verified {
    pub(crate) token: VerifiedToken,
    /// When it stops being accepted, leeway included, in milliseconds since 1970.
    pub(crate) until: u64,
}

/// A token taken apart, nothing of it believed yet.
struct Parts<'t> {
    /// What the signature covers.
    message: &'t str,
    signature: &'t str,
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

// === impl JwtPolicy ===

impl JwtPolicy {
    /// Checks a policy and parses its keys.
    ///
    /// # Errors
    /// A sentence that names the issuer, the field and the remedy; never a key.
    pub(crate) fn new(policy: &Policy, secret: SecretOf<'_>) -> Result<Self, String> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        if policy.leeway > LEEWAY {
            return Err(format!("a leeway of {} ms is no difference of clocks: use at most {LEEWAY}", policy.leeway));
        }
        if !(1..=ISSUERS).contains(&policy.issuers.len()) {
            return Err(format!("there are {} issuers: give 1 to {ISSUERS}", policy.issuers.len()));
        }
        let issuers: Vec<_> =
            policy.issuers.iter().map(|issuer| Issuer::new(issuer, secret)).collect::<Result<_, _>>()?;
        for (position, issuer) in issuers.iter().enumerate() {
            if issuers[..position].iter().any(|other| other.name == issuer.name) {
                return Err(format!("issuer {:?} is there twice: give it once, with all its keys", issuer.name));
            }
        }
        Ok(Self { id: NEXT.fetch_add(1, Ordering::Relaxed), issuers, leeway: policy.leeway })
    }

    /// Verifies a token at `now`, in milliseconds since 1970.
    pub(crate) fn verify(&self, token: &[u8], now: u64) -> Result<Verified, JwtError> {
        let parts = Parts::read(token)?;
        let issuer = self.issuer(&parts.claims)?;
        let key = issuer.key(&parts.header)?;
        if !key.verifies(parts.message, parts.signature) {
            return Err(JwtError::BadSignature);
        }
        let until = self.check_times(&parts.claims, now)?;
        issuer.check_audience(&parts.claims)?;
        let consumer = text(&parts.claims, &issuer.consumer_claim)?;
        Ok(Verified { token: VerifiedToken { issuer: issuer.name.clone(), consumer: consumer.to_owned() }, until })
    }

    fn issuer(&self, claims: &Map<String, Value>) -> Result<&Issuer, JwtError> {
        let name = text(claims, "iss")?;
        self.issuers.iter().find(|issuer| issuer.name == name).ok_or(JwtError::UnknownIssuer)
    }

    /// The end of the token's time.
    fn check_times(&self, claims: &Map<String, Value>, now: u64) -> Result<u64, JwtError> {
        let expires = date(claims, "exp")?.ok_or(JwtError::MissingClaim)?;
        let until = expires.saturating_add(self.leeway);
        if now >= until {
            return Err(JwtError::Expired);
        }
        let begins = date(claims, "nbf")?.unwrap_or(0);
        if now.saturating_add(self.leeway) < begins {
            return Err(JwtError::NotYetValid);
        }
        Ok(until)
    }
}

// === impl Issuer ===

impl Issuer {
    fn new(issuer: &JwtIssuer, secret: SecretOf<'_>) -> Result<Self, String> {
        let name = &issuer.issuer;
        if name.is_empty() || issuer.consumer_claim.is_empty() {
            return Err(format!("issuer {name:?} needs a name and the claim that names the consumer"));
        }
        if !(1..=KEYS).contains(&issuer.keys.len()) {
            return Err(format!("issuer {name:?} has {} keys: give 1 to {KEYS}", issuer.keys.len()));
        }
        let mut keys: Vec<Key> = Vec::with_capacity(issuer.keys.len());
        for (position, key) in issuer.keys.iter().enumerate() {
            let key = Key::new(key, secret).map_err(|error| format!("issuer {name:?}, key {position}: {error}"))?;
            if key.id().is_some() && keys.iter().any(|other| other.id() == key.id()) {
                return Err(format!(
                    "issuer {name:?}, key {position}: another key has the same id: give it one of its own"
                ));
            }
            keys.push(key);
        }
        Ok(Self {
            name: name.clone(),
            audiences: issuer.audiences.clone(),
            keys,
            consumer_claim: issuer.consumer_claim.clone(),
        })
    }

    /// The one key that may verify a token with this header.
    ///
    /// The key with the token's `kid`; a token without `kid`, or with one that nobody was told about, is left to the
    /// keys without id. Among these the algorithm decides, and if it leaves more than one, none is tried.
    fn key(&self, header: &Map<String, Value>) -> Result<&Key, JwtError> {
        let algorithm = text(header, "alg").map_err(|_| JwtError::Malformed)?;
        let id = match header.get("kid") {
            None => None,
            Some(Value::String(id)) => Some(id.as_str()),
            Some(_) => return Err(JwtError::Malformed),
        };
        if let Some(key) = self.keys.iter().find(|key| id.is_some() && key.id() == id) {
            return if algorithm_name(key.algorithm()) == algorithm { Ok(key) } else { Err(JwtError::WrongAlgorithm) };
        }
        let candidates = self.keys.iter().filter(|key| id.is_none() || key.id().is_none());
        if candidates.clone().next().is_none() {
            return Err(JwtError::UnknownKey);
        }
        let mut fitting = candidates.filter(|key| algorithm_name(key.algorithm()) == algorithm);
        let key = fitting.next().ok_or(JwtError::WrongAlgorithm)?;
        match fitting.next() {
            None => Ok(key),
            Some(_) => Err(JwtError::UnknownKey),
        }
    }

    fn check_audience(&self, claims: &Map<String, Value>) -> Result<(), JwtError> {
        let ours = |audience: &Value| self.audiences.iter().any(|known| Some(known.as_str()) == audience.as_str());
        let good = match claims.get("aud") {
            None => self.audiences.is_empty(),
            Some(Value::Array(audiences)) => audiences.iter().all(Value::is_string) && audiences.iter().any(ours),
            Some(audience) => ours(audience),
        };
        match good {
            true => Ok(()),
            false => Err(JwtError::WrongAudience),
        }
    }
}

// === impl Parts ===

impl<'t> Parts<'t> {
    fn read(token: &'t [u8]) -> Result<Self, JwtError> {
        let token = std::str::from_utf8(token).ok().filter(|token| token.len() <= TOKEN).ok_or(JwtError::Malformed)?;
        let (message, signature) = token.rsplit_once('.').ok_or(JwtError::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(JwtError::Malformed)?;
        let header = object(header)?;
        if header.contains_key("crit") || !is_access_token(&header) {
            return Err(JwtError::Malformed);
        }
        Ok(Self { message, signature, header, claims: object(claims)? })
    }
}

/// One part of a token. A further '.' in it is no base64, so a token has three parts.
fn object(part: &str) -> Result<Map<String, Value>, JwtError> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| JwtError::Malformed)?;
    json::object(&bytes).ok_or(JwtError::Malformed)
}

/// Whether `typ` leaves it open what the token is for, or says that it is for access (RFC 9068).
fn is_access_token(header: &Map<String, Value>) -> bool {
    match header.get("typ") {
        None => true,
        Some(Value::String(kind)) => {
            let kind = kind.to_ascii_lowercase();
            matches!(kind.strip_prefix("application/").unwrap_or(&kind), "jwt" | "at+jwt")
        }
        Some(_) => false,
    }
}

// === claims ===

fn text<'c>(claims: &'c Map<String, Value>, name: &str) -> Result<&'c str, JwtError> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).ok_or(JwtError::MissingClaim)
}

/// A date in milliseconds since 1970 from seconds, which may have a fraction; before 1970 is 1970.
fn date(claims: &Map<String, Value>, name: &str) -> Result<Option<u64>, JwtError> {
    match claims.get(name) {
        None => Ok(None),
        // The cast saturates at both ends.
        Some(value) => value.as_f64().map(|seconds| Some((seconds * 1e3) as u64)).ok_or(JwtError::MissingClaim),
    }
}

#[cfg(test)]
mod tests;
