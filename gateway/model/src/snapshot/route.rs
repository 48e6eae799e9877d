//! A route with all that it names, resolved.

use std::sync::Arc;

use gateway_algorithms::{path::normalise, priority::PriorityClass};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, uri::PathAndQuery};

use super::{Conditions, PathPattern, ResolvedAttachment};
use crate::upstream::Upstream;

/// A route, ready to serve.
#[derive(Debug)]
pub struct CompiledRoute {
    pub name: Arc<str>,
    /// In lower case; with `*.` at the beginning for all names below. None for every host.
    pub(crate) hosts: Vec<Box<str>>,
    pub pattern: PathPattern,
    pub(crate) conditions: Conditions,
    pub action: Action,
    pub rewrite: Option<CompiledRewrite>,
    pub request_fields: CompiledFields,
    pub response_fields: CompiledFields,
    /// The plugins on this route in the order in which they see a request.
    pub chain: Vec<Arc<ResolvedAttachment>>,
    pub priority: Option<PriorityClass>,
    /// None where the TLS listener says what is asked of clients.
    pub client_certificate: Option<CompiledClientRule>,
}

/// What a route asks of its clients' certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompiledClientRule {
    /// Whether who has none is refused.
    pub required: bool,
    /// By whom they must be issued.
    pub authorities: Arc<Authorities>,
}

/// Certificates of authorities in DER, sorted; equal ones trust the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Authorities(Box<[Vec<u8>]>);

impl Authorities {
    /// These, in any order.
    #[must_use]
    pub fn new(certificates: Vec<Vec<u8>>) -> Self {
        let mut certificates = certificates;
        certificates.sort_unstable();
        certificates.dedup();
        Self(certificates.into())
    }

    /// Each in DER.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }
}

/// What becomes of its requests.
#[derive(Debug)]
pub enum Action {
    /// They go to one of these; at least one, and with a weight above 0 in all.
    Forward(Vec<CompiledShare>),
    Redirect(CompiledRedirect),
    Respond(CompiledResponse),
}

/// An upstream that gets a part of the requests.
#[derive(Debug)]
pub struct CompiledShare {
    pub upstream: Arc<Upstream>,
    pub weight: u32,
}

/// What the upstream sees in the place of what the client has asked for.
#[derive(Debug)]
pub struct CompiledRewrite {
    pub path: Option<NewPath>,
    pub host: Option<HeaderValue>,
}

/// Where a client is sent; what is absent is that of its request.
#[derive(Debug)]
pub struct CompiledRedirect {
    pub status: StatusCode,
    pub scheme: Option<&'static str>,
    pub authority: Option<Box<str>>,
    pub path: Option<NewPath>,
}

/// An answer that is always the same.
#[derive(Debug)]
pub struct CompiledResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Box<str>,
}

/// A path in the place of another.
#[derive(Debug)]
pub enum NewPath {
    /// Text and names of parameters, one after another.
    Template(Vec<Part>),
    /// In the place of the beginning that the route is for; without a slash at its end.
    Prefix(Box<str>),
}

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    Text(Box<str>),
    Value(Box<str>),
}

/// Changes to header fields, in this order.
#[derive(Debug, Default)]
pub struct CompiledFields {
    pub remove: Vec<HeaderName>,
    pub set: Vec<(HeaderName, HeaderValue)>,
    pub add: Vec<(HeaderName, HeaderValue)>,
}

impl CompiledRoute {
    /// Whether more than host and path tells it from other routes: then a URL alone does not say what is answered.
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        !self.conditions.are_none()
    }

    /// The upstreams that its requests go to.
    pub fn upstreams(&self) -> impl Iterator<Item = &CompiledShare> {
        match &self.action {
            Action::Forward(shares) => shares.iter(),
            Action::Redirect(_) | Action::Respond(_) => [].iter(),
        }
    }
}

/// No path can be made of a request's: what stands for a parameter leads elsewhere, or it is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoNewPath;

impl NewPath {
    /// What a target becomes, with its query; none if it is no target that the pattern matches, as where a plugin has chosen
    /// another one.
    ///
    /// # Errors
    /// Where the result would be no path, or another one than it says: a part of a segment that a parameter stands for can
    /// become a dot segment where it is put.
    pub fn of(&self, pattern: &PathPattern, target: &PathAndQuery) -> Result<Option<PathAndQuery>, NoNewPath> {
        let path = target.path();
        let Some(rest) = pattern.rest(path) else { return Ok(None) };
        let mut new = String::with_capacity(target.as_str().len() + 32);
        match self {
            Self::Template(parts) => {
                for part in parts {
                    new.push_str(match part {
                        Part::Text(text) => text,
                        // A group that took no part in the match stands for nothing.
                        Part::Value(name) => pattern.value(path, name).unwrap_or_default(),
                    });
                }
            }
            Self::Prefix(prefix) => {
                new.push_str(prefix);
                new.push_str(rest);
            }
        }
        if !new.starts_with('/') {
            new.insert(0, '/');
        }
        if new.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(NoNewPath);
        }
        if let Some(query) = target.query() {
            new.push('?');
            new.push_str(query);
        }
        let new = PathAndQuery::try_from(new).map_err(|_| NoNewPath)?;
        normalise(&new).map(Some).map_err(|_| NoNewPath)
    }
}

impl CompiledFields {
    /// Makes the changes.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for name in &self.remove {
            headers.remove(name);
        }
        for (name, value) in &self.set {
            headers.insert(name, value.clone());
        }
        for (name, value) in &self.add {
            headers.append(name, value.clone());
        }
    }
}
