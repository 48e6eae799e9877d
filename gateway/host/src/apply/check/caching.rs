//! Checks how a plugin has a response cached.

use std::time::Duration;

use gateway_algorithms::caching::Rules;
use http::HeaderName;
use sluice_abi::{
    bounds::{CACHE_PART, CACHE_PARTS, CACHE_TAG, CACHE_TAGS},
    wire::{self, CachingFlags},
};

use crate::{apply::Rejection, call::Caching, error::quoted_name};

pub(super) fn check(bytes: &[u8]) -> Result<Caching, Rejection> {
    let wanted: wire::Caching<'_> = wire::view(bytes).map_err(|_| Rejection::Malformed)?;
    if wanted.parts.len() > CACHE_PARTS || wanted.parts.iter().any(|part| part.len() > CACHE_PART) {
        return Err(Rejection::CacheParts);
    }
    let tags_fit = wanted.tags.iter().all(|tag| (1..=CACHE_TAG).contains(&tag.len()));
    if wanted.tags.len() > CACHE_TAGS || !tags_fit {
        return Err(Rejection::CacheTags);
    }
    Ok(Caching {
        bypass: wanted.flags.has(CachingFlags::BYPASS),
        per_consumer: wanted.flags.has(CachingFlags::PER_CONSUMER),
        ignore_cookies: wanted.flags.has(CachingFlags::IGNORE_COOKIES),
        rules: rules(&wanted),
        query: wanted.query.map(Into::into),
        parts: Caching::joined(wanted.parts.iter().copied()),
        tags: wanted.tags.iter().map(|tag| Box::from(*tag)).collect(),
        tag_header: wanted.tag_header.map(header_name).transpose()?,
    })
}

fn rules(wanted: &wire::Caching<'_>) -> Rules {
    let time = |millis: Option<u64>| millis.map(Duration::from_millis);
    Rules {
        lifetime: time(wanted.lifetime),
        default_lifetime: time(wanted.default_lifetime),
        stale_while_revalidate: time(wanted.stale_while_revalidate),
        stale_if_error: time(wanted.stale_if_error),
        cdn_cache_control: wanted.flags.has(CachingFlags::CDN_CACHE_CONTROL),
        set_cookie: wanted.flags.has(CachingFlags::STORE_SET_COOKIE),
        ignore_request_directives: wanted.flags.has(CachingFlags::IGNORE_REQUEST_DIRECTIVES),
        strict_s_maxage: wanted.flags.has(CachingFlags::STRICT_S_MAXAGE),
    }
}

fn header_name(name: &str) -> Result<HeaderName, Rejection> {
    HeaderName::try_from(name).map_err(|_| Rejection::HeaderName(quoted_name(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(wanted: &wire::Caching<'_>) -> Result<Caching, Rejection> {
        check(&wire::encode(wanted))
    }

    #[test]
    fn what_is_wanted_arrives() {
        let flags = CachingFlags::PER_CONSUMER.with(CachingFlags::STRICT_S_MAXAGE);
        let wanted = wire::Caching {
            flags,
            query: Some("page=1"),
            parts: vec![b"de", b"\xff"],
            lifetime: Some(300_000),
            tags: vec!["articles"],
            tag_header: Some("surrogate-key"),
            ..Default::default()
        };
        let caching = checked(&wanted).unwrap();
        assert!(caching.per_consumer && !caching.bypass && caching.rules.strict_s_maxage);
        assert_eq!(caching.rules.lifetime, Some(Duration::from_secs(300)));
        assert_eq!(caching.parts, Caching::joined([&b"de"[..], b"\xff"]));
        assert_eq!(caching.tags, [Box::from("articles")]);
        assert_eq!(caching.tag_header, Some(HeaderName::from_static("surrogate-key")));
    }

    #[test]
    fn what_is_beyond_a_bound_is_refused() {
        let long = "t".repeat(65);
        let part = vec![0; 4097];
        let many = wire::Caching { parts: vec![b""; 17], ..Default::default() };
        let large = wire::Caching { parts: vec![&part], ..Default::default() };
        assert_eq!([checked(&many), checked(&large)], [Err(Rejection::CacheParts), Err(Rejection::CacheParts)]);
        let tags = [vec!["t"; 17], vec![long.as_str()], vec![""]];
        for tags in tags {
            assert_eq!(checked(&wire::Caching { tags, ..Default::default() }), Err(Rejection::CacheTags));
        }
        let header = wire::Caching { tag_header: Some("no name"), ..Default::default() };
        assert!(checked(&header).is_err());
        assert_eq!(check(b"\xff"), Err(Rejection::Malformed));
    }
}
