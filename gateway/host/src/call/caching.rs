//! How a plugin has a response cached.

use gateway_algorithms::caching::{Rules, write_part};
use http::HeaderName;

/// How the response to a request is cached in front of its upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caching {
    /// The cache is not asked, and nothing is stored.
    pub bypass: bool,
    /// Each consumer has their own responses.
    pub per_consumer: bool,
    /// Cookies of the request do not matter.
    pub ignore_cookies: bool,
    pub rules: Rules,
    /// Stands for the query in the key.
    pub query: Option<Box<str>>,
    /// What tells responses apart beside the URL, each part behind its length.
    pub parts: Box<[u8]>,
    /// Purging one of these drops the response; at most 16.
    pub tags: Vec<Box<str>>,
    /// A field of the response that has more.
    pub tag_header: Option<HeaderName>,
}

impl Caching {
    /// Parts in one, so that no two lists of parts are alike.
    pub(crate) fn joined<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Box<[u8]> {
        let mut joined = Vec::new();
        parts.into_iter().for_each(|part| write_part(part, &mut |bytes: &[u8]| joined.extend_from_slice(bytes)));
        joined.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart_from_their_neighbours() {
        let joined = |parts: &[&str]| Caching::joined(parts.iter().map(|part| part.as_bytes()));
        assert_ne!(joined(&["ab", "c"]), joined(&["a", "bc"]));
        assert_ne!(joined(&["a", ""]), joined(&["a"]));
        assert_eq!(joined(&[]).len(), 0);
    }
}
