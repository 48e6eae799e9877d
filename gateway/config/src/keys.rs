//! Secrets that people carry: how they look, how they are made and under which hash they are known.
//!
//! `slk_` (API key, unless the installation has another prefix) or `sla_` (admin token), 32 random characters of base 62,
//! which are 190 bits, and 6 characters of checksum: a mistyped one is told from a wrong one without asking the store.
//! Being random they need no slow hash; the keyed hash makes a stolen database useless for guessing.

use aws_lc_rs::{digest, hmac, rand};
use gateway_model::KeyDigest;

/// What API keys begin with, unless the installation says otherwise.
pub(crate) const API_KEY: &str = "slk_";
/// What admin tokens begin with: a token never passes as a key.
pub(crate) const ADMIN_TOKEN: &str = "sla_";

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM: usize = 32;
const CHECKSUM: usize = 6;
/// Random characters of a key that people may see.
const SHOWN: usize = 4;

/// A new secret text that begins with `prefix`. It is shown once and kept nowhere.
pub(crate) fn issue(prefix: &str) -> String {
    let mut text = prefix.to_owned();
    while text.len() < prefix.len() + RANDOM {
        // The bytes above the last multiple of 62 would favour the first digits.
        let fair = random32().into_iter().filter(|byte| *byte < 248);
        let missing = prefix.len() + RANDOM - text.len();
        text.extend(fair.take(missing).map(|byte| char::from(DIGITS[usize::from(byte % 62)])));
    }
    text.push_str(&checksum(&text));
    text
}

/// Whether the text has the form of a secret with this prefix and its checksum fits.
pub(crate) fn is_well_formed(prefix: &str, text: &str) -> bool {
    let long = text.len() == prefix.len() + RANDOM + CHECKSUM;
    let digits = || text.bytes().skip(prefix.len()).all(|byte| DIGITS.contains(&byte));
    if !(long && text.starts_with(prefix) && digits()) {
        return false;
    }
    let (body, sum) = text.split_at(text.len() - CHECKSUM);
    checksum(body) == sum
}

/// The first characters of a key that was issued: its prefix, and few enough of the rest to help nobody guess it.
pub(crate) fn display(prefix: &str, text: &str) -> String {
    text.chars().take(prefix.len() + SHOWN).collect()
}

/// The keyed hash under which a secret is known.
pub(crate) fn keyed_hash(secret: &[u8; 32], text: &str) -> KeyDigest {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), text.as_bytes());
    KeyDigest(tag.as_ref().try_into().expect("HMAC-SHA-256 has 32 bytes"))
}

/// Bytes that nobody can guess.
pub(crate) fn random32() -> [u8; 32] {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).expect("the system always has random bytes to give");
    bytes
}

/// 32 bits of SHA-256 in six digits of base 62: catches typing mistakes, keeps nobody out.
fn checksum(text: &str) -> String {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let mut number = hash.as_ref().iter().take(4).fold(0u32, |number, byte| number << 8 | u32::from(*byte));
    let mut digits = [DIGITS[0]; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    digits.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests;
