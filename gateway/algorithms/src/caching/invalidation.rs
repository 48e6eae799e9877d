//! What a request that changes something makes out of date (RFC 9111, section 4.4).

use std::borrow::Cow;

use http::{
    HeaderMap, Method, StatusCode,
    header::{CONTENT_LOCATION, LOCATION},
    uri::{Authority, PathAndQuery},
};

use crate::path;

/// The target of a request.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// Host, and port if there is one.
    pub authority: &'a str,
    /// Path and query in normal form.
    pub path_and_query: &'a PathAndQuery,
}

/// Whether a response means that what is stored for its target is out of date: the method is not known to be safe, and the
/// status is no error.
#[must_use]
pub fn invalidates(method: &Method, status: StatusCode) -> bool {
    // Those that RFC 9110 defines, and of the registered ones those that read only.
    let is_safe = method.is_safe() || matches!(method.as_str(), "PROPFIND" | "QUERY" | "REPORT" | "SEARCH");
    !is_safe && (status.is_success() || status.is_redirection())
}

/// What is out of date: the target, and what `Location` and `Content-Location` name if it is of the same origin (if it is not,
/// it is none of the target's business). In normal form, as in keys.
pub fn invalidated(target: Target<'_>, headers: &HeaderMap) -> impl Iterator<Item = PathAndQuery> {
    let mut all = vec![target.path_and_query.clone()];
    for name in [LOCATION, CONTENT_LOCATION] {
        let reference = headers.get(name).and_then(|value| value.to_str().ok());
        let named = reference.and_then(|reference| target.resolve(reference));
        all.extend(named.filter(|named| !all.contains(named)));
    }
    all.into_iter()
}

impl Target<'_> {
    /// Where a reference leads from here (RFC 3986, section 5.2), none if that is another origin or cannot be read.
    fn resolve(&self, reference: &str) -> Option<PathAndQuery> {
        let reference = reference.split('#').next().unwrap_or_default();
        let reference = match split_scheme(reference) {
            // With a scheme but no authority it is nothing that HTTP could fetch.
            Some((scheme, rest)) => Some(rest).filter(|rest| rest.starts_with("//") && self.has_scheme(scheme))?,
            None => reference,
        };
        let path = match reference.strip_prefix("//") {
            Some(rest) => Cow::Borrowed(self.strip_own_authority(rest)?),
            None => self.merge(reference),
        };
        let path: PathAndQuery = if path.is_empty() { "/".parse().ok()? } else { path.parse().ok()? };
        path::normalise(&path).ok()
    }

    fn has_scheme(&self, scheme: &str) -> bool {
        self.scheme.eq_ignore_ascii_case(scheme)
    }

    fn strip_own_authority<'a>(&self, rest: &'a str) -> Option<&'a str> {
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let is_own = self.host_and_port(authority)? == self.host_and_port(self.authority)?;
        is_own.then_some(path)
    }

    fn host_and_port(&self, authority: &str) -> Option<(String, u16)> {
        let authority: Authority = authority.parse().ok()?;
        let scheme_port = if self.has_scheme("https") { 443 } else { 80 };
        Some((authority.host().to_ascii_lowercase(), authority.port_u16().unwrap_or(scheme_port)))
    }

    /// The path of a reference without an authority. Dot segments are left to normalisation.
    fn merge<'a>(&self, reference: &'a str) -> Cow<'a, str> {
        let own = self.path_and_query;
        let directory = own.path().rsplit_once('/').map_or("", |(directory, _)| directory);
        match reference.as_bytes().first() {
            None => Cow::Owned(own.as_str().to_owned()),
            Some(b'/') => Cow::Borrowed(reference),
            Some(b'?') => Cow::Owned(format!("{}{reference}", own.path())),
            Some(_) => Cow::Owned(format!("{directory}/{reference}")),
        }
    }
}

/// The scheme of a reference that has one, and what follows its colon.
fn split_scheme(reference: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = reference.split_once(':')?;
    let starts_well = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (starts_well && is_scheme).then_some((scheme, rest))
}
