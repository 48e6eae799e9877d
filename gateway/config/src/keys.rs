//! Secrets that people carry: how they look, how they are made and under which hash they are known.
//!
//! `slk_` (API key) or `sla_` (admin token), 32 random characters of base 62, which are 190 bits, and
//! 6 characters of checksum: a mistyped one is told from a wrong one without asking the store.
//! Being random they need no slow hash; the keyed hash makes a stolen database useless for guessing.

use aws_lc_rs::{digest, hmac, rand};
use gateway_model::KeyDigest;

/// What a secret is for; a token never passes as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    ApiKey,
    AdminToken,
}

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM: usize = 32;
const CHECKSUM: usize = 6;
/// The prefix and four random characters.
const SHOWN: usize = 8;

impl Purpose {
    fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "slk_",
            Self::AdminToken => "sla_",
        }
    }
}

/// A new secret text. It is shown once and kept nowhere.
pub(crate) fn issue(purpose: Purpose) -> String {
    let mut text = purpose.prefix().to_owned();
    while text.len() < purpose.prefix().len() + RANDOM {
        // The bytes above the last multiple of 62 would favour the first digits.
        let fair = random32().into_iter().filter(|byte| *byte < 248);
        let missing = purpose.prefix().len() + RANDOM - text.len();
        text.extend(fair.take(missing).map(|byte| char::from(DIGITS[usize::from(byte % 62)])));
    }
    text.push_str(&checksum(&text));
    text
}

/// Whether the text has the form of a secret for this purpose and its checksum fits.
pub(crate) fn is_well_formed(purpose: Purpose, text: &str) -> bool {
    let long = text.len() == purpose.prefix().len() + RANDOM + CHECKSUM;
    let digits = || text.bytes().skip(purpose.prefix().len()).all(|byte| DIGITS.contains(&byte));
    if !(long && text.starts_with(purpose.prefix()) && digits()) {
        return false;
    }
    let (body, sum) = text.split_at(text.len() - CHECKSUM);
    checksum(body) == sum
}

/// The first characters of a key that was issued: its prefix, and few enough of the rest to help nobody guess it.
pub(crate) fn display(text: &str) -> String {
    text.chars().take(SHOWN).collect()
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
