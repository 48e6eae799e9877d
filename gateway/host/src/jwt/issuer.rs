//! One issuer: its keys, and what its tokens must say.

use std::sync::Arc;

use serde_json::{Map, Value};
use sluice_abi::wire::{Algorithm, ClaimRule, Token, TokenError, TokenIssuer};

use super::{
    SecretOf, claims,
    key::{KEY_ID, Key, algorithm_name, algorithm_named},
};
use crate::jwks::{KeySet, KeySets};

/// Keys of one issuer that the configuration holds, at most.
const KEYS: usize = 64;

/// Claims that are required or exposed, values of one, and types of tokens, at most.
const RULES: usize = 16;

#[derive(Debug)]
pub(super) struct Issuer {
    pub(super) name: String,
    audiences: Vec<String>,
    /// Empty: those of the configured keys.
    algorithms: Vec<Algorithm>,
    /// In lower case; empty: `jwt`, `at+jwt` or none.
    types: Vec<String>,
    keys: Vec<Arc<Key>>,
    set: Option<Arc<KeySet>>,
    consumer_claim: String,
    required: Vec<ClaimRule>,
    exposed: Vec<String>,
}

/// What a token's header leads to.
pub(super) enum Found {
    Key {
        key: Arc<Key>,
        algorithm: Algorithm,
        proof: Option<Proof>,
    },
    /// No key fits, but the issuer may have published another one since.
    Nothing {
        set: Arc<KeySet>,
        id: Option<String>,
        error: TokenError,
    },
}

/// A key that verified a token and that the issuer may take back.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    set: Arc<KeySet>,
    serial: u64,
}

// === impl Issuer ===

impl Issuer {
    pub(super) fn new(issuer: &TokenIssuer, secret: SecretOf<'_>, sets: &KeySets) -> Result<Self, String> {
        let name = &issuer.issuer;
        if name.is_empty() || issuer.consumer_claim.is_empty() {
            return Err(format!("issuer {name:?} needs a name and the claim that names the consumer"));
        }
        check_counts(issuer)?;
        let keys = keys(issuer, secret)?;
        Ok(Self {
            name: name.clone(),
            audiences: issuer.audiences.clone(),
            algorithms: issuer.algorithms.clone(),
            types: issuer.types.iter().map(|kind| kind.to_ascii_lowercase()).collect(),
            keys,
            set: set(issuer, sets)?,
            consumer_claim: issuer.consumer_claim.clone(),
            required: issuer.required.clone(),
            exposed: issuer.exposed.clone(),
        })
    }

    /// Whether `typ` says what the issuer's tokens say (RFC 8725 section 3.11); unless told otherwise, that is for access
    /// (RFC 9068) or leaves it open.
    pub(super) fn check_type(&self, header: &Map<String, Value>) -> Result<(), TokenError> {
        let kind = match header.get("typ") {
            None => None,
            Some(Value::String(kind)) => Some(kind.to_ascii_lowercase()),
            Some(_) => return Err(TokenError::Malformed),
        };
        let kind = kind.as_deref().map(|kind| kind.strip_prefix("application/").unwrap_or(kind));
        let good = match (kind, self.types.is_empty()) {
            (None, default) => default,
            (Some(kind), true) => matches!(kind, "jwt" | "at+jwt"),
            (Some(kind), false) => self.types.iter().any(|good| good == kind),
        };
        match good {
            true => Ok(()),
            false => Err(TokenError::WrongType),
        }
    }

    /// The one key that may verify a token with this header.
    ///
    /// A configured key with the token's `kid`; a token without `kid` is left to all configured keys, of which the algorithm
    /// decides; if it leaves more than one, none is tried. Then the published keys, by the same rules.
    /// Where nothing is published, a token with a `kid` that nobody was told about is left to the configured keys without id.
    pub(super) fn key(&self, header: &Map<String, Value>, now: u64) -> Result<Found, TokenError> {
        let (algorithm, id) = self.wanted(header)?;
        let nothing = match self.configured(algorithm, id) {
            Ok(key) => return Ok(Found::Key { key: key.clone(), algorithm, proof: None }),
            Err(error) => error,
        };
        let Some(set) = &self.set else { return Err(nothing) };
        set.with_keys(now, |keys| published(set, keys, algorithm, id))
    }

    /// What a token's header asks for, if the issuer's tokens may ask for it.
    fn wanted<'h>(&self, header: &'h Map<String, Value>) -> Result<(Algorithm, Option<&'h str>), TokenError> {
        let name = claims::text(header, "alg").map_err(|_| TokenError::Malformed)?;
        let algorithm = algorithm_named(name).ok_or(TokenError::WrongAlgorithm)?;
        if !self.algorithms.is_empty() && !self.algorithms.contains(&algorithm) {
            return Err(TokenError::WrongAlgorithm);
        }
        match header.get("kid") {
            None => Ok((algorithm, None)),
            Some(Value::String(id)) if id.len() <= KEY_ID => Ok((algorithm, Some(id))),
            Some(_) => Err(TokenError::Malformed),
        }
    }

    fn configured(&self, algorithm: Algorithm, id: Option<&str>) -> Result<&Arc<Key>, TokenError> {
        if let Some(key) = self.keys.iter().find(|key| id.is_some() && key.id() == id) {
            return if key.takes(algorithm) { Ok(key) } else { Err(TokenError::WrongAlgorithm) };
        }
        // Where there is a set, a `kid` is its to know: a key that fits any would hide what is published.
        let fits_any = |key: &Arc<Key>| key.id().is_none() && self.set.is_none();
        let mut candidates = self.keys.iter().filter(|key| id.is_none() || fits_any(key)).peekable();
        match candidates.peek() {
            None => Err(TokenError::UnknownKey),
            Some(_) => only(candidates.filter(|key| key.takes(algorithm))),
        }
    }

    /// What is told of a token, if it says all that it must.
    pub(super) fn token(&self, claims: &Map<String, Value>, expires: u64) -> Result<Token, TokenError> {
        claims::audience(claims, &self.audiences)?;
        for rule in &self.required {
            claims::check(claims, rule)?;
        }
        Ok(Token {
            issuer: self.name.clone(),
            subject: claims.get("sub").and_then(Value::as_str).map(str::to_owned),
            consumer: claims::text(claims, &self.consumer_claim)?.to_owned(),
            scopes: claims::scopes(claims)?,
            claims: claims::told(claims, &self.exposed),
            expires,
        })
    }
}

/// The published key that fits.
fn published(
    set: &Arc<KeySet>,
    keys: Option<&[Arc<Key>]>,
    algorithm: Algorithm,
    id: Option<&str>,
) -> Result<Found, TokenError> {
    let nothing = |error| Found::Nothing { set: set.clone(), id: id.map(str::to_owned), error };
    let Some(keys) = keys else { return Ok(nothing(TokenError::KeysUnavailable)) };
    let mut same_id = keys.iter().filter(|key| id.is_none() || key.id() == id).peekable();
    if same_id.peek().is_none() {
        return Ok(nothing(TokenError::UnknownKey));
    }
    let key = only(same_id.filter(|key| key.takes(algorithm)))?;
    let proof = Proof { set: set.clone(), serial: key.serial() };
    Ok(Found::Key { key: key.clone(), algorithm, proof: Some(proof) })
}

/// The only one that is left by its algorithm; if there are more, none is tried.
fn only<'k>(mut keys: impl Iterator<Item = &'k Arc<Key>>) -> Result<&'k Arc<Key>, TokenError> {
    match (keys.next(), keys.next()) {
        (Some(key), None) => Ok(key),
        (Some(_), Some(_)) => Err(TokenError::UnknownKey),
        (None, _) => Err(TokenError::WrongAlgorithm),
    }
}

// === definitions ===

fn check_counts(issuer: &TokenIssuer) -> Result<(), String> {
    let name = &issuer.issuer;
    let remote = issuer.key_set.is_some();
    let least = if remote { 0 } else { 1 };
    if !(least..=KEYS).contains(&issuer.keys.len()) {
        return Err(format!("issuer {name:?} has {} keys: give {least} to {KEYS}", issuer.keys.len()));
    }
    let values = issuer.required.iter().map(|rule| rule.values.len()).max().unwrap_or(0);
    for (what, many) in [
        ("types", issuer.types.len()),
        ("required claims", issuer.required.len()),
        ("values of a required claim", values),
        ("exposed claims", issuer.exposed.len()),
    ] {
        if many > RULES {
            return Err(format!("issuer {name:?} has {many} {what}: give at most {RULES}"));
        }
    }
    Ok(())
}

fn keys(issuer: &TokenIssuer, secret: SecretOf<'_>) -> Result<Vec<Arc<Key>>, String> {
    let name = &issuer.issuer;
    let mut keys: Vec<Arc<Key>> = Vec::with_capacity(issuer.keys.len());
    for (position, configured) in issuer.keys.iter().enumerate() {
        let said = |error: String| format!("issuer {name:?}, key {position}: {error}");
        let key = Key::new(configured, secret).map_err(said)?;
        if key.id().is_some() && keys.iter().any(|other| other.id() == key.id()) {
            return Err(said("another key has the same id: give it one of its own".to_owned()));
        }
        if !issuer.algorithms.is_empty() && !issuer.algorithms.contains(&configured.algorithm) {
            let algorithm = algorithm_name(configured.algorithm);
            return Err(said(format!("it is for {algorithm}, which is none of the issuer's algorithms: add it there")));
        }
        keys.push(Arc::new(key));
    }
    Ok(keys)
}

/// The published keys, which are of public algorithms only: whoever can read them could sign with a shared one.
fn set(issuer: &TokenIssuer, sets: &KeySets) -> Result<Option<Arc<KeySet>>, String> {
    let name = &issuer.issuer;
    let Some(source) = &issuer.key_set else { return Ok(None) };
    let is_shared = |algorithm: &&Algorithm| algorithm_name(**algorithm).starts_with("HS");
    if issuer.algorithms.is_empty() {
        return Err(format!(
            "issuer {name:?} has a key set, so it needs a list of algorithms: name those that it signs with"
        ));
    }
    if let Some(algorithm) = issuer.algorithms.iter().find(is_shared).filter(|_| issuer.keys.is_empty()) {
        let algorithm = algorithm_name(*algorithm);
        return Err(format!("issuer {name:?}: {algorithm} takes a secret, which no key set has: leave it out"));
    }
    sets.of(source).map(Some).map_err(|error| format!("issuer {name:?}, key set: {error}"))
}

// === impl Proof ===

impl Proof {
    /// Whether the issuer still publishes the key.
    pub(super) fn holds(&self, now: u64) -> bool {
        self.set.with_keys(now, |keys| keys.unwrap_or_default().iter().any(|key| key.serial() == self.serial))
    }
}

impl PartialEq for Proof {
    fn eq(&self, other: &Self) -> bool {
        self.serial == other.serial
    }
}

impl Eq for Proof {}
