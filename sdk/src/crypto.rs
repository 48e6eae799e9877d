//! Hashes and signatures. Keys are secrets that the attachment grants by name; they never enter the plugin.

use crate::{Result, sys};

/// The key of an HMAC; cheap to copy, made by [`Setup::hmac`](crate::Setup::hmac).
#[derive(Clone, Copy, Debug)]
pub struct Hmac(u32);

/// The SHA-256 of some bytes.
#[must_use]
pub fn sha256(data: impl AsRef<[u8]>) -> [u8; 32] {
    let data = data.as_ref();
    sys::digest(|result| sys::sha256(data, result))
}

/// Whether two texts are the same, in a time that depends on their lengths only.
#[must_use]
pub fn constant_time_eq(a: impl AsRef<[u8]>, b: impl AsRef<[u8]>) -> bool {
    sys::constant_time_eq(a.as_ref(), b.as_ref())
}

/// Bytes in hexadecimal digits, lower case.
#[must_use]
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// The bytes that hexadecimal digits of either case stand for.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |pair: &[u8; 2]| Some(digit(pair[0])? << 4 | digit(pair[1])?);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

impl Hmac {
    pub(crate) fn define(secret: &str) -> Result<Self> {
        let defined: Result<u32, String> = sys::call(|result| sys::define_hmac(secret, result));
        defined.map(Self).map_err(|reason| format!("secret {secret:?}: {reason}").into())
    }

    /// The HMAC-SHA-256 of some bytes.
    #[must_use]
    pub fn sign(self, data: impl AsRef<[u8]>) -> [u8; 32] {
        let data = data.as_ref();
        sys::digest(|result| sys::hmac_sha256(self.0, data, result))
    }

    /// Whether `mac` is the HMAC-SHA-256 of some bytes, in constant time.
    #[must_use]
    pub fn verify(self, data: impl AsRef<[u8]>, mac: impl AsRef<[u8]>) -> bool {
        sys::verify_hmac_sha256(self.0, data.as_ref(), mac.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits_go_both_ways() {
        assert_eq!(hex([0, 15, 255]), "000fff");
        assert_eq!(from_hex("000FfF"), Some(vec![0, 15, 255]));
        for wrong in ["0", "0g", "ä"] {
            assert_eq!(from_hex(wrong), None, "{wrong}");
        }
    }
}
