//! What a purge is about, checked and in the form in which the data path knows it.

use std::fmt;

use gateway_algorithms::{
    caching,
    path::{self, PathError},
};
use http::uri::PathAndQuery;

use crate::compile::is_ipv6_literal;

/// The longest URL or prefix, in bytes.
pub const LONGEST_PURGE_SCOPE: usize = 8 * 1024;

/// The longest tag, in bytes.
pub const LONGEST_TAG: usize = 128;

/// Segments in the path of a prefix. The compiled form has a node for each, of all prefixes together.
const DEEPEST_PREFIX: usize = 128;

/// The longest name that DNS can hold.
const LONGEST_HOST: usize = 253;

/// How a scope names entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PurgeKind {
    /// All of them.
    All,
    /// Those of one URL.
    Url,
    /// Those of a URL and of all below it.
    Prefix,
    /// Those with a tag.
    Tag,
}

/// Which entries a purge is about. URLs are in the form in which the data path remembers them: scheme and host in lower
/// case, no port that is the scheme's own, a normalised path, and the query as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PurgeScope {
    kind: PurgeKind,
    /// Empty for [`PurgeKind::All`].
    value: String,
}

/// A text that no purge can be about: the value and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurgeScopeError {
    #[error("a text of {length} bytes is too long: give at most {most}")]
    TooLong { length: usize, most: usize },

    #[error(
        "{0:?} is no absolute URL: begin with https:// or http:// and the host, such as https://api.example.com/orders"
    )]
    NotAbsolute(String),

    #[error(
        "{host:?} in {text:?} is no host: use one such as api.example.com or api.example.com:8443, without a user name"
    )]
    Host { text: String, host: String },

    #[error("{0:?} has a fragment, which never comes to a server: leave out everything from '#' on")]
    Fragment(String),

    #[error(
        "{0:?} has a query, and a prefix covers every query: leave out everything from '?' on, or purge the whole text as a URL"
    )]
    Query(String),

    #[error("{0:?} holds a character that no URL holds: percent-encode it")]
    Character(String),

    /// No request for it is served, so nothing is stored for it either.
    #[error("{text:?} is a URL that the gateway refuses to serve: correct it. {reason}")]
    Path { text: String, reason: PathError },

    #[error("{text:?} has {segments} segments, too many for a prefix: cut it off after {DEEPEST_PREFIX} at the latest")]
    Deep { text: String, segments: usize },

    #[error("{0:?} is no tag: use 1 to {LONGEST_TAG} visible ASCII characters other than the comma")]
    Tag(String),
}

// === impl PurgeKind ===

impl PurgeKind {
    pub const ALL: [Self; 4] = [Self::All, Self::Url, Self::Prefix, Self::Tag];

    /// The text form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Url => "url",
            Self::Prefix => "prefix",
            Self::Tag => "tag",
        }
    }
}

// === impl PurgeScope ===

impl PurgeScope {
    /// Everything that is cached.
    #[must_use]
    pub fn all() -> Self {
        Self { kind: PurgeKind::All, value: String::new() }
    }

    /// What is cached for an absolute URL, such as `https://api.example.com/orders?page=2`, whatever it varies on.
    ///
    /// # Errors
    /// It is longer than [`LONGEST_PURGE_SCOPE`], is no URL, or one that the gateway would not serve.
    pub fn url(text: &str) -> Result<Self, PurgeScopeError> {
        let (origin, target) = absolute(text)?;
        Ok(Self { kind: PurgeKind::Url, value: format!("{origin}{target}") })
    }

    /// What is cached for an absolute URL without a query, and below it: `https://api.example.com/orders` covers
    /// `/orders?page=2` and `/orders/7` there, not `/orders-archive`.
    ///
    /// # Errors
    /// As [`Self::url`]; and it has a query, or more than 128 segments.
    pub fn prefix(text: &str) -> Result<Self, PurgeScopeError> {
        let (origin, target) = absolute(text)?;
        if target.query().is_some() {
            return Err(PurgeScopeError::Query(text.to_owned()));
        }
        let segments = target.path().split('/').skip(1).count();
        if segments > DEEPEST_PREFIX {
            return Err(PurgeScopeError::Deep { text: text.to_owned(), segments });
        }
        Ok(Self { kind: PurgeKind::Prefix, value: format!("{origin}{target}") })
    }

    /// What is cached with a tag. Tags are compared as they are, in upper and lower case.
    ///
    /// # Errors
    /// It is no tag: 1 to [`LONGEST_TAG`] visible ASCII characters other than the comma.
    pub fn tag(text: &str) -> Result<Self, PurgeScopeError> {
        check_length(text, LONGEST_TAG)?;
        let is_good = |byte: u8| byte.is_ascii_graphic() && byte != b',';
        match !text.is_empty() && text.bytes().all(is_good) {
            true => Ok(Self { kind: PurgeKind::Tag, value: text.to_owned() }),
            false => Err(PurgeScopeError::Tag(text.to_owned())),
        }
    }

    /// A scope as it was stored, when it had been checked.
    #[must_use]
    pub fn stored(kind: PurgeKind, value: String) -> Self {
        Self { kind, value }
    }

    /// How it names entries.
    #[must_use]
    pub fn kind(&self) -> PurgeKind {
        self.kind
    }

    /// The URL, prefix or tag in its normal form; empty for all entries.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    pub(super) fn compile(&self) -> caching::PurgeScope {
        let value = self.value.clone();
        match self.kind {
            PurgeKind::All => caching::PurgeScope::All,
            PurgeKind::Url => caching::PurgeScope::Url(value),
            PurgeKind::Prefix => caching::PurgeScope::Prefix(value),
            PurgeKind::Tag => caching::PurgeScope::Tag(value),
        }
    }
}

impl fmt::Display for PurgeScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            PurgeKind::All => f.write_str("everything"),
            kind => write!(f, "{} {:?}", kind.as_str(), self.value),
        }
    }
}

// === URLs ===

/// Scheme and authority, then path and query, each in its normal form.
fn absolute(text: &str) -> Result<(String, PathAndQuery), PurgeScopeError> {
    check_length(text, LONGEST_PURGE_SCOPE)?;
    // The parser below would drop it without a word.
    if text.contains('#') {
        return Err(PurgeScopeError::Fragment(text.to_owned()));
    }
    let not_absolute = || PurgeScopeError::NotAbsolute(text.to_owned());
    let (scheme, rest) = text.split_once("://").ok_or_else(not_absolute)?;
    let scheme = scheme.to_ascii_lowercase();
    let default_port = match &*scheme {
        "https" => "443",
        "http" => "80",
        _ => return Err(not_absolute()),
    };
    let (authority, target) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let no_host = || PurgeScopeError::Host { text: text.to_owned(), host: authority.to_owned() };
    let authority = normal_authority(authority, default_port).ok_or_else(no_host)?;
    Ok((format!("{scheme}://{authority}"), normal_target(text, target)?))
}

fn normal_target(text: &str, target: &str) -> Result<PathAndQuery, PurgeScopeError> {
    let target = if target.is_empty() { "/" } else { target };
    let target = PathAndQuery::try_from(target).map_err(|_| PurgeScopeError::Character(text.to_owned()))?;
    path::normalise(&target).map_err(|reason| PurgeScopeError::Path { text: text.to_owned(), reason })
}

/// Host in lower case and without the dot of the DNS root, and the port if it is not the scheme's own: as the data path has
/// it of a `Host` field. None for what the data path refuses.
fn normal_authority(authority: &str, default_port: &str) -> Option<String> {
    let end_of_literal = authority.rfind(']').map_or(0, |end| end + 1);
    let (host, port) = match authority[end_of_literal..].find(':') {
        Some(colon) => authority.split_at(end_of_literal + colon),
        None => (authority, ""),
    };
    let port = port.strip_prefix(':').unwrap_or_default();
    let host = host.strip_suffix('.').unwrap_or(host);
    if !(is_name(host) || is_ipv6_literal(host)) || !(port.is_empty() || is_port(port)) {
        return None;
    }
    let host = host.to_ascii_lowercase();
    match port.is_empty() || port == default_port {
        true => Some(host),
        false => Some(format!("{host}:{port}")),
    }
}

fn is_name(host: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    (1..=LONGEST_HOST).contains(&host.len()) && host.bytes().all(good) && !host.starts_with('.')
}

fn is_port(port: &str) -> bool {
    port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
}

fn check_length(text: &str, most: usize) -> Result<(), PurgeScopeError> {
    match text.len() <= most {
        true => Ok(()),
        false => Err(PurgeScopeError::TooLong { length: text.len(), most }),
    }
}
