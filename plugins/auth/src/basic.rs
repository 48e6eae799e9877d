//! User names and passwords in the header `authorization` (RFC 7617).

use sluice_sdk::prelude::*;

use crate::{Claim, authorization, method::Presented, refusal::Refusal, settings};

const SCHEME: &str = "basic";

/// Whether passwords go on.
#[derive(Debug)]
pub(crate) struct Passwords {
    slot: HeaderSlot,
    header: HeaderName,
    forward: bool,
}

impl Passwords {
    pub(crate) fn new(settings: &settings::Basic, setup: &mut Setup) -> Self {
        Self {
            slot: setup.request_header("authorization"),
            header: setup.header_name("authorization"),
            forward: settings.forward,
        }
    }

    /// The request's user name and password, encoded.
    pub(crate) fn find<'r>(&self, request: &Request<'r>) -> Option<Presented<'r>> {
        let encoded = authorization::credentials(request.header_bytes(self.slot)?, SCHEME)?;
        Some(Presented(Some(encoded)))
    }

    /// The caller whose user name and password these are.
    pub(crate) fn verify(Presented(encoded): Presented<'_>) -> Claim {
        let text =
            encoded.and_then(decoded).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Refusal::Password)?;
        let (username, password) = text.split_once(':').ok_or(Refusal::Password)?;
        match identity::verify_password(username, password) {
            Ok(Some(caller)) => Ok(caller.into()),
            Ok(None) => Err(Refusal::Password),
            Err(error) => {
                log::warn!("a password could not be verified: {error}");
                Err(Refusal::Busy)
            }
        }
    }

    /// Takes the password away if the upstream is not to see it.
    pub(crate) fn strip(&self, request: &mut Request<'_>) {
        if !self.forward && self.find(request).is_some() {
            request.remove_header(self.header);
        }
    }
}

/// Base64 with padding or without (RFC 4648, 4); nothing else in between.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let text = text.strip_suffix(b"==").or_else(|| text.strip_suffix(b"=")).unwrap_or(text);
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for four in text.chunks(4) {
        let bits = four.iter().try_fold(0u32, |bits, letter| Some((bits << 6) | u32::from(six_bits(*letter)?)))?;
        let bits = bits << (6 * (4 - four.len()));
        let [_, first, second, third] = bits.to_be_bytes();
        match four.len() {
            4 => bytes.extend([first, second, third]),
            3 if third == 0 => bytes.extend([first, second]),
            2 if second == 0 && third == 0 => bytes.push(first),
            _ => return None,
        }
    }
    Some(bytes)
}

fn six_bits(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_decoded() {
        for (text, expected) in [
            ("", Some("")),
            ("Zg==", Some("f")),
            ("Zm8=", Some("fo")),
            ("Zm9v", Some("foo")),
            ("Zm9vYg", Some("foob")),
            ("Zm9vYmFy", Some("foobar")),
            ("QWxhZGRpbjpvcGVuIHNlc2FtZQ==", Some("Aladdin:open sesame")),
            ("Zh==", None),
            ("Zg=", Some("f")),
            ("Z", None),
            ("Zm 9v", None),
            ("Zm9-", None),
            ("Zm=9", None),
        ] {
            assert_eq!(decoded(text.as_bytes()).as_deref(), expected.map(str::as_bytes), "{text}");
        }
    }
}
