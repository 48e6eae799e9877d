//! A token taken apart, nothing of it believed yet.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use sluice_abi::wire::TokenError;

use super::{TOKEN, json};

pub(super) struct Parts<'t> {
    /// What the signature covers.
    pub(super) message: &'t str,
    pub(super) signature: &'t str,
    pub(super) header: Map<String, Value>,
    pub(super) claims: Map<String, Value>,
}

impl<'t> Parts<'t> {
    pub(super) fn read(token: &'t [u8]) -> Result<Self, TokenError> {
        let token = std::str::from_utf8(token).ok().filter(|token| token.len() <= TOKEN);
        let (message, signature) = token.and_then(|token| token.rsplit_once('.')).ok_or(TokenError::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(TokenError::Malformed)?;
        let header = object(header)?;
        if header.contains_key("crit") {
            return Err(TokenError::Malformed);
        }
        Ok(Self { message, signature, header, claims: object(claims)? })
    }
}

/// One part of a token. A further '.' in it is no base64, so a token has three parts.
fn object(part: &str) -> Result<Map<String, Value>, TokenError> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed)?;
    json::object(&bytes).ok_or(TokenError::Malformed)
}
