//! What a response says of how the cache has handled its request (RFC 9211).

use std::fmt::{self, Write};

use http::StatusCode;

/// The largest number that a structured field holds (RFC 9651, section 3.3.1).
const LARGEST: i64 = 999_999_999_999_999;

/// One member of `Cache-Status`, that of this cache. It goes behind those of the caches nearer to the origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheStatus<'a> {
    /// The response was served without asking the origin. Nothing is then said of `fwd` and what belongs to it.
    pub hit: bool,
    /// Why the origin was asked.
    pub fwd: Option<Forward>,
    /// What it answered, where that differs from what the client gets.
    pub fwd_status: Option<StatusCode>,
    /// Its response was stored.
    pub stored: bool,
    /// The request was answered with the response to another one.
    pub collapsed: bool,
    /// Seconds for which the response stays fresh; negative once it is stale.
    pub ttl: Option<i64>,
    /// The key under which it is stored: for operators only, since it may say what others asked for.
    pub key: Option<&'a str>,
    /// Whatever else there is to say.
    pub detail: Option<&'a str>,
}

/// Why the origin was asked (RFC 9211, section 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Forward {
    /// The cache was told not to handle the request.
    Bypass,
    /// The method of the request.
    Method,
    /// Nothing is stored for the URI.
    UriMiss,
    /// Something is stored for the URI, but not for this request's fields.
    VaryMiss,
    /// Nothing is stored, and which of the two it is is not known.
    Miss,
    /// The request did not allow a fresh response to be used.
    Request,
    /// What is stored is stale.
    Stale,
    /// What is stored is a part only.
    Partial,
}

impl Forward {
    /// The token of RFC 9211.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bypass => "bypass",
            Self::Method => "method",
            Self::UriMiss => "uri-miss",
            Self::VaryMiss => "vary-miss",
            Self::Miss => "miss",
            Self::Request => "request",
            Self::Stale => "stale",
            Self::Partial => "partial",
        }
    }
}

impl fmt::Display for CacheStatus<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sluice")?;
        match self.hit {
            true => f.write_str("; hit")?,
            false => self.write_forward(f)?,
        }
        if let Some(ttl) = self.ttl {
            write!(f, "; ttl={}", ttl.clamp(-LARGEST, LARGEST))?;
        }
        if let Some(key) = self.key {
            f.write_str("; key=")?;
            write_string(key, f)?;
        }
        let Some(detail) = self.detail else { return Ok(()) };
        f.write_str("; detail=")?;
        match is_token(detail) {
            true => f.write_str(detail),
            false => write_string(detail, f),
        }
    }
}

impl CacheStatus<'_> {
    fn write_forward(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(forward) = self.fwd {
            write!(f, "; fwd={}", forward.as_str())?;
        }
        if let Some(status) = self.fwd_status {
            write!(f, "; fwd-status={}", status.as_u16())?;
        }
        if self.stored {
            f.write_str("; stored")?;
        }
        match self.collapsed {
            true => f.write_str("; collapsed"),
            false => Ok(()),
        }
    }
}

/// A token of structured fields: narrower at its beginning than HTTP's.
fn is_token(text: &str) -> bool {
    let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '*');
    starts_well && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:/".contains(&byte))
}

/// A string of structured fields, which has printable ASCII only: anything else becomes a question mark.
fn write_string(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(f, "\\{character}")?,
            ' '..='~' => f.write_char(character)?,
            _ => f.write_char('?')?,
        }
    }
    f.write_char('"')
}
