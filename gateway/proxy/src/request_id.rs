//! The id that a request carries through logs, problems, upstreams and back to its client.

use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderValue;
use uuid::Builder;

/// The longest id that is taken from a proxy, in bytes.
const LONGEST: usize = 128;

/// A version 7 UUID (RFC 9562): ids sort by the time of their request. Always our own, whatever a client sent; a proxy in front
/// that is trusted may have given another one.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    pub(crate) fn new(now: SystemTime) -> Self {
        let millis = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        // Ids must be distinct, not secret: a fast generator does.
        let random = fastrand::u128(..).to_be_bytes();
        let [entropy @ .., _, _, _, _, _, _] = &random;
        let id = Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap_or(u64::MAX), entropy).into_uuid();
        let mut text = [0; uuid::fmt::Hyphenated::LENGTH];
        let text = id.hyphenated().encode_lower(&mut text);
        Self(HeaderValue::from_str(text).expect("hex digits and hyphens may stand in a header"))
    }

    /// One that a proxy has given, if it can stand in a URL and in a log without being quoted.
    pub(crate) fn accepted(value: &HeaderValue) -> Option<Self> {
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
        let bytes = value.as_bytes();
        ((1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(is_plain)).then(|| Self(value.clone()))
    }

    /// As a header's value; cloning it copies nothing.
    pub(crate) fn value(&self) -> &HeaderValue {
        &self.0
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().expect("what an id is made of is text")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn an_id_is_a_version_7_uuid_of_its_moment() {
        let id = RequestId::new(UNIX_EPOCH + Duration::from_millis(0x0189_0000_0abc));
        assert!(id.as_str().starts_with("01890000-0abc-7"), "{}", id.as_str());
        assert_eq!(uuid::Uuid::parse_str(id.as_str()).unwrap().get_version_num(), 7);
        assert_ne!(RequestId::new(UNIX_EPOCH).as_str(), RequestId::new(UNIX_EPOCH).as_str());
    }

    #[test]
    fn an_id_of_a_proxy_is_short_and_plain() {
        let accepts = |id: &str| RequestId::accepted(&HeaderValue::from_str(id).unwrap()).is_some();
        assert!(accepts("Root-1.a_b") && accepts(&"a".repeat(128)));
        assert!(!accepts("") && !accepts(&"a".repeat(129)) && !accepts("a b") && !accepts("a\"b") && !accepts("a/b"));
    }
}
