//! The path of a route: what it matches, and what its parameters are called.

use std::sync::Arc;

use gateway_algorithms::path::normalise;
use http::uri::PathAndQuery;
use regex::{Regex, RegexBuilder};

/// Compiled, a regular expression takes no more memory than this, in bytes.
const MOST_REGEX_BYTES: usize = 1 << 16;

/// Segments that a path may be described by.
const MOST_SEGMENTS: usize = 32;

/// What of a path is compared, and how.
#[derive(Clone, Debug)]
pub enum PathPattern {
    /// The whole path.
    Whole(Vec<Segment>),
    /// Its first segments, and what comes after them by name, if it has one.
    Beginning(Vec<Segment>, Option<Arc<str>>),
    /// The whole path, by a regular expression.
    Regex(Arc<Regex>),
}

/// A part of a path between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    Literal(Arc<str>),
    /// Any that is not empty.
    Parameter(Arc<str>),
}

impl PathPattern {
    /// A path such as `/orders/{id}`, where a parameter stands for a segment, and `{*rest}` at the end for any number of them.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn parse(path: &str) -> Result<Self, String> {
        let (path, rest) = match path.rsplit_once("/{*") {
            Some((before, rest)) => match rest.strip_suffix('}') {
                Some(name) => (before, Some(parameter(name)?)),
                None => return Err(no_pattern(path, "'{*' begins a parameter that has to end the path with '}'")),
            },
            None => (path, None),
        };
        if rest.is_some() && path.is_empty() {
            return Ok(Self::Beginning(Vec::new(), rest));
        }
        if rest.is_some() && path.ends_with('/') {
            return Err(no_pattern(path, "it has an empty segment, which no path has"));
        }
        let segments = segments(path)?;
        let mut names: Vec<&str> = segments.iter().filter_map(Segment::name).chain(rest.as_deref()).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("two parameters are called {:?}: give each a name of its own", twice[0]));
        }
        match rest {
            Some(_) => Ok(Self::Beginning(segments, rest)),
            None => Ok(Self::Whole(segments)),
        }
    }

    /// Whole segments that a path begins with.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn prefix(prefix: &str) -> Result<Self, String> {
        if prefix.contains(['{', '}']) {
            return Err(no_pattern(
                prefix,
                "a prefix has no parameters, use \"path\" with '{*rest}' at its end for that",
            ));
        }
        let whole = prefix.strip_suffix('/').unwrap_or(prefix);
        match (prefix, whole.ends_with('/')) {
            ("/", _) => Ok(Self::Beginning(Vec::new(), None)),
            (_, true) => Err(no_pattern(prefix, "it has an empty segment, which no path has")),
            _ => Ok(Self::Beginning(segments(whole)?, None)),
        }
    }

    /// A regular expression that the whole path has to match.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub fn regex(pattern: &str) -> Result<Self, String> {
        let compile = |pattern: &str| RegexBuilder::new(pattern).size_limit(MOST_REGEX_BYTES).build();
        // By itself first: one that closes the group around it would match as a part.
        let compiled = compile(pattern).and_then(|_| compile(&format!("^(?:{pattern})$")));
        compiled.map(|regex| Self::Regex(Arc::new(regex))).map_err(|error| no_regex(pattern, &error))
    }

    /// The names of its parameters.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Whole(segments) => segments.iter().filter_map(Segment::name).collect(),
            Self::Beginning(segments, rest) => {
                segments.iter().filter_map(Segment::name).chain(rest.as_deref()).collect()
            }
            Self::Regex(regex) => regex.capture_names().flatten().collect(),
        }
    }

    /// What of `path` is behind the segments that are compared, with its slash; none if it does not match.
    #[must_use]
    pub fn rest<'p>(&self, path: &'p str) -> Option<&'p str> {
        let mut rest = path;
        let segments = match self {
            Self::Whole(segments) | Self::Beginning(segments, _) => segments,
            Self::Regex(regex) => return regex.is_match(path).then_some(""),
        };
        for segment in segments {
            let after = rest.strip_prefix('/')?;
            let end = after.find('/').unwrap_or(after.len());
            if !segment.matches(&after[..end]) {
                return None;
            }
            rest = &after[end..];
        }
        (rest.is_empty() || matches!(self, Self::Beginning(..))).then_some(rest)
    }

    /// The value of the parameter of that name in a path that matches.
    #[must_use]
    pub fn value<'p>(&self, path: &'p str, name: &str) -> Option<&'p str> {
        match self {
            Self::Regex(regex) => regex.captures(path)?.name(name).map(|found| found.as_str()),
            Self::Beginning(_, Some(rest)) if &**rest == name => {
                self.rest(path).map(|rest| rest.strip_prefix('/').unwrap_or(rest))
            }
            Self::Whole(segments) | Self::Beginning(segments, _) => {
                let place = segments.iter().position(|segment| segment.name() == Some(name))?;
                path.split('/').nth(place + 1)
            }
        }
    }
}

impl Segment {
    fn name(&self) -> Option<&str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name) => Some(name),
        }
    }

    fn matches(&self, segment: &str) -> bool {
        match self {
            Self::Literal(literal) => **literal == *segment,
            Self::Parameter(_) => !segment.is_empty(),
        }
    }
}

fn segments(path: &str) -> Result<Vec<Segment>, String> {
    let Some(inner) = path.strip_prefix('/') else {
        return Err(no_pattern(path, "it has to begin with '/'"));
    };
    let count = inner.split('/').count();
    if count > MOST_SEGMENTS {
        return Err(format!("{count} segments are too many: use {MOST_SEGMENTS} at most"));
    }
    let segment = |(place, segment): (usize, &str)| match segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'))
    {
        Some(name) => parameter(name).map(Segment::Parameter),
        None if segment.contains(['{', '}']) => {
            Err(no_pattern(path, "a parameter is a whole segment, such as /{id}/, and '{*rest}' is the last one"))
        }
        None if segment.is_empty() && place + 1 == count => Ok(Segment::Literal("".into())),
        None => literal(segment)
            .map(Segment::Literal)
            .ok_or_else(|| no_pattern(path, "begin with '/', without '?', '#', spaces, '//' or dot segments")),
    };
    inner.split('/').enumerate().map(segment).collect()
}

/// A segment in the form that paths of requests have; none if it is no segment.
fn literal(segment: &str) -> Option<Arc<str>> {
    if segment.is_empty() || !segment.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#\\\"<>|^`".contains(&byte)) {
        return None;
    }
    let path = PathAndQuery::try_from(format!("/{segment}")).ok()?;
    let normal = normalise(&path).ok()?;
    let literal = normal.as_str().strip_prefix('/')?;
    (!literal.is_empty() && !literal.contains('/')).then(|| literal.into())
}

fn parameter(name: &str) -> Result<Arc<str>, String> {
    let is_name =
        !name.is_empty() && name.len() <= 32 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match is_name {
        true => Ok(name.into()),
        false => Err(format!("{name:?} is no name of a parameter: use up to 32 letters, digits and '_'")),
    }
}

fn no_pattern(path: &str, remedy: &str) -> String {
    format!("{path:?} is no path: {remedy}")
}

/// The last line of what the library has to say is what is wrong; those before it draw a picture.
pub(super) fn no_regex(pattern: &str, error: &regex::Error) -> String {
    let told = error.to_string();
    let last = told.lines().last().unwrap_or_default().trim_start_matches("error: ");
    format!("{pattern:?} is no regular expression: {last}")
}
