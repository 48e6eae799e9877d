//! Changes of the request line and of the way that a request takes.

use std::time::Duration;

use gateway_algorithms::path::{PathError, normalise};
use gateway_model::Grant;
use http::{Method, uri::PathAndQuery};
use sluice_abi::outcome::Operation;

use super::rare::require;
use crate::{
    apply::{Change, Context, Rejection, Standing},
    error::quoted_name,
};

/// The longest method that a plugin may set, in bytes; the longest that is registered has 18.
const METHOD: usize = 32;

pub(super) fn is_about(operation: Operation<'_>) -> bool {
    matches!(
        operation,
        Operation::SetMethod(_)
            | Operation::SetPath(_)
            | Operation::SetQuery(_)
            | Operation::RemoveQuery
            | Operation::SetUpstream(_)
            | Operation::SetTimeout(_)
    )
}

/// Checks an operation that [`is_about`] the line or the way of the request that has `now` as its line.
pub(super) fn check(
    operation: Operation<'_>,
    now: (&Method, &PathAndQuery),
    context: Context<'_>,
    standing: Standing<'_>,
    earlier: &[Change],
) -> Result<Change, Rejection> {
    let target = || target(now.1, earlier);
    match operation {
        Operation::SetMethod(name) => method(name, now.0),
        Operation::SetPath(path) => with_path(path, target().query()),
        Operation::SetQuery(query) => with_query(target().path(), query),
        Operation::RemoveQuery => parse(target().path().to_owned()),
        Operation::SetUpstream(name) => upstream(name, context, standing),
        Operation::SetTimeout(millis) => timeout(millis),
        _ => Err(Rejection::Malformed),
    }
}

/// The target as the operations before have left it.
fn target<'a>(now: &'a PathAndQuery, earlier: &'a [Change]) -> &'a PathAndQuery {
    let changed = earlier.iter().rev().find_map(|change| match change {
        Change::Target(target) => Some(target),
        _ => None,
    });
    changed.unwrap_or(now)
}

/// `CONNECT` and `TRACE` are refused from clients too. An answer to `HEAD` has no body: a client that sent something
/// else would wait for one.
fn method(name: &str, now: &Method) -> Result<Change, Rejection> {
    let refused = || Rejection::Method(quoted_name(name));
    if name.len() > METHOD {
        return Err(refused());
    }
    match Method::from_bytes(name.as_bytes()).map_err(|_| refused())? {
        Method::CONNECT | Method::TRACE => Err(refused()),
        Method::HEAD if now != Method::HEAD => Err(refused()),
        method => Ok(Change::Method(method)),
    }
}

fn with_path(path: &str, query: Option<&str>) -> Result<Change, Rejection> {
    // These would end the path, and what follows would be something else.
    if path.contains(['?', '#']) {
        return Err(Rejection::Path(PathError::Character));
    }
    let text = match query {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let target = PathAndQuery::try_from(text).map_err(|_| Rejection::Path(PathError::Target))?;
    normalise(&target).map(Change::Target).map_err(Rejection::Path)
}

fn with_query(path: &str, query: &str) -> Result<Change, Rejection> {
    // A '#' would end the query, and bytes beyond ASCII are read in many ways.
    match query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#') {
        true => parse(format!("{path}?{query}")),
        false => Err(Rejection::Query),
    }
}

fn parse(target: String) -> Result<Change, Rejection> {
    PathAndQuery::try_from(target).map(Change::Target).map_err(|_| Rejection::Query)
}

fn upstream(name: &str, context: Context<'_>, standing: Standing<'_>) -> Result<Change, Rejection> {
    require(context, &Grant::Upstream(name.to_owned()))?;
    match standing.snapshot.upstreams.contains_key(name) {
        true => Ok(Change::Upstream(name.into())),
        false => Err(Rejection::UnknownUpstream(quoted_name(name))),
    }
}

fn timeout(millis: u64) -> Result<Change, Rejection> {
    match millis {
        0 => Err(Rejection::Timeout),
        // Longer than any time-out of an upstream.
        millis => Ok(Change::Timeout(Duration::from_millis(millis.min(u32::MAX.into())))),
    }
}
