//! What a request must have beside its host and its path.

use std::{cmp::Reverse, sync::LazyLock};

use http::{HeaderMap, HeaderName, Method};
use regex::bytes::{Regex, RegexBuilder};

use super::pattern::no_regex;

/// Compiled, a regular expression takes no more memory than this, in bytes.
const MOST_REGEX_BYTES: usize = 1 << 16;

/// Conditions of one route; all of them have to hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions {
    /// One of these; any if there are none. Sorted.
    pub methods: Vec<Method>,
    /// Sorted by name.
    pub headers: Vec<(HeaderName, Wanted)>,
    /// Sorted by name.
    pub query: Vec<(Box<str>, Wanted)>,
}

/// A value that is looked for.
#[derive(Clone, Debug)]
pub(crate) enum Wanted {
    /// Any, if there is one.
    Present,
    Exactly(Box<[u8]>),
    Matching(Regex),
}

/// What routes are told apart by.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// In lower case and without port.
    pub host: &'a str,
    /// Normalised.
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub method: &'a Method,
    pub headers: &'a HeaderMap,
}

impl<'a> Head<'a> {
    /// That of a plain `GET`.
    #[must_use]
    pub fn get(host: &'a str, path: &'a str) -> Self {
        static NO_HEADERS: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        Self { host, path, query: None, method: &Method::GET, headers: &NO_HEADERS }
    }
}

impl Conditions {
    pub(super) fn hold(&self, head: &Head<'_>) -> bool {
        (self.methods.is_empty() || self.methods.contains(head.method))
            && self
                .headers
                .iter()
                .all(|(name, wanted)| head.headers.get_all(name).iter().any(|value| wanted.matches(value.as_bytes())))
            && self.query.iter().all(|(name, wanted)| {
                parameters(head.query.unwrap_or_default())
                    .any(|(it, value)| it == &**name && wanted.matches(value.as_bytes()))
            })
    }

    /// Which of two routes with the same host and path is asked first: the one that names methods, and the fewer of them; then
    /// the one with more fields, with more parameters, and with more of them by value.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let methods = if self.methods.is_empty() { usize::MAX } else { self.methods.len() };
        let wanted =
            || self.headers.iter().map(|(_, wanted)| wanted).chain(self.query.iter().map(|(_, wanted)| wanted));
        let exact = wanted().filter(|wanted| matches!(wanted, Wanted::Exactly(_))).count();
        let matching = wanted().filter(|wanted| matches!(wanted, Wanted::Matching(_))).count();
        (methods, Reverse(self.headers.len()), Reverse(self.query.len()), Reverse(exact), Reverse(matching))
    }

    /// Whether every request that fulfils `other` fulfils these, too.
    pub(super) fn follow_from(&self, other: &Self) -> bool {
        let methods = self.methods.is_empty()
            || !other.methods.is_empty() && other.methods.iter().all(|method| self.methods.contains(method));
        let implied = |wanted: &Wanted, given: &Wanted| matches!(wanted, Wanted::Present) || wanted.is_same(given);
        methods
            && self
                .headers
                .iter()
                .all(|(name, wanted)| other.headers.iter().any(|(it, given)| it == name && implied(wanted, given)))
            && self
                .query
                .iter()
                .all(|(name, wanted)| other.query.iter().any(|(it, given)| it == name && implied(wanted, given)))
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.follow_from(other) && other.follow_from(self)
    }

    /// Whether it is likely that a request fulfils both: no method, and no exact value, stands against it.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        let methods = self.methods.is_empty()
            || other.methods.is_empty()
            || self.methods.iter().any(|method| other.methods.contains(method));
        let apart = |one: &Wanted, two: &Wanted| match (one, two) {
            (Wanted::Exactly(one), Wanted::Exactly(two)) => one != two,
            _ => false,
        };
        methods
            && !self
                .headers
                .iter()
                .any(|(name, one)| other.headers.iter().any(|(it, two)| it == name && apart(one, two)))
            && !self.query.iter().any(|(name, one)| other.query.iter().any(|(it, two)| it == name && apart(one, two)))
    }

    /// Whether any request fulfils them.
    #[must_use]
    pub(crate) fn are_none(&self) -> bool {
        self.methods.is_empty() && self.headers.is_empty() && self.query.is_empty()
    }
}

impl Wanted {
    /// A value that matches as a whole.
    ///
    /// # Errors
    /// What is wrong with the expression, as a sentence.
    pub(crate) fn matching(pattern: &str) -> Result<Self, String> {
        let compile = |pattern: &str| {
            // Values are bytes: one that is no UTF-8 must not get past a `.`.
            RegexBuilder::new(pattern).unicode(false).size_limit(MOST_REGEX_BYTES).build()
        };
        // By itself first: one that closes the group around it would match as a part.
        let compiled = compile(pattern).and_then(|_| compile(&format!("^(?:{pattern})$")));
        compiled.map(Self::Matching).map_err(|error| no_regex(pattern, &error))
    }

    fn matches(&self, value: &[u8]) -> bool {
        match self {
            Self::Present => true,
            Self::Exactly(wanted) => **wanted == *value,
            Self::Matching(regex) => regex.is_match(value),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Present, Self::Present) => true,
            (Self::Exactly(one), Self::Exactly(other)) => one == other,
            (Self::Matching(one), Self::Matching(other)) => one.as_str() == other.as_str(),
            _ => false,
        }
    }
}

/// The parameters of a query as they are written: nothing is decoded.
fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, "")))
}
