//! What claims say (RFC 7519 section 4, RFC 9068 section 2.2).

use serde_json::{Map, Value};
use sluice_abi::wire::{ClaimRule, TokenClaim, TokenError};

/// The latest date that is one: the end of the year 9999, in seconds since 1970.
const LATEST: f64 = 253_402_300_799.0;

/// The longest value of a claim that is told, in bytes: that of an attribute.
const TOLD: usize = sluice_abi::bounds::ATTRIBUTE_VALUE;

/// The time in which a token is accepted, in milliseconds since 1970.
pub(super) struct Times {
    pub(super) expires: u64,
    /// The same with the leeway.
    pub(super) until: u64,
}

/// A claim that is a text with something in it.
pub(super) fn text<'c>(claims: &'c Map<String, Value>, name: &str) -> Result<&'c str, TokenError> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).ok_or(TokenError::MissingClaim)
}

/// Whether the token is accepted at `now`.
pub(super) fn times(claims: &Map<String, Value>, now: u64, leeway: u64) -> Result<Times, TokenError> {
    let expires = date(claims, "exp")?.ok_or(TokenError::MissingClaim)?;
    let until = expires.saturating_add(leeway);
    if now >= until {
        return Err(TokenError::Expired);
    }
    let begins = date(claims, "nbf")?.unwrap_or(0);
    match now.saturating_add(leeway) < begins {
        true => Err(TokenError::NotYetValid),
        false => Ok(Times { expires, until }),
    }
}

/// A date in milliseconds since 1970 from seconds, which may have a fraction; before 1970 is 1970.
fn date(claims: &Map<String, Value>, name: &str) -> Result<Option<u64>, TokenError> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let seconds = value.as_f64().filter(|seconds| *seconds <= LATEST).ok_or(TokenError::MissingClaim)?;
    // The cast saturates at 0.
    Ok(Some((seconds * 1e3) as u64))
}

/// Whether the token is meant for one of `ours`; if there are none, it must be meant for nobody in particular.
pub(super) fn audience(claims: &Map<String, Value>, ours: &[String]) -> Result<(), TokenError> {
    let is_ours = |audience: &Value| ours.iter().any(|known| Some(known.as_str()) == audience.as_str());
    let good = match claims.get("aud") {
        None => ours.is_empty(),
        Some(Value::Array(audiences)) => audiences.iter().all(Value::is_string) && audiences.iter().any(is_ours),
        Some(audience) => is_ours(audience),
    };
    match good {
        true => Ok(()),
        false => Err(TokenError::WrongAudience),
    }
}

/// Whether a claim is there and, if the rule has values, one of them or a list with one of them.
pub(super) fn check(claims: &Map<String, Value>, rule: &ClaimRule) -> Result<(), TokenError> {
    let value = claims.get(&rule.name).filter(|value| !value.is_null()).ok_or(TokenError::MissingClaim)?;
    let is_one = |value: &Value| {
        let told = as_text(value);
        rule.values.contains(&told)
    };
    let good = match value {
        _ if rule.values.is_empty() => true,
        Value::Array(values) => values.iter().any(is_one),
        Value::Object(_) => false,
        value => is_one(value),
    };
    match good {
        true => Ok(()),
        false => Err(TokenError::WrongClaim),
    }
}

/// What `scope` grants, or else `scp`: a text with spaces between (RFC 8693 section 4.2), or a list of texts.
pub(super) fn scopes(claims: &Map<String, Value>) -> Result<Vec<String>, TokenError> {
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    match claims.get("scope").or_else(|| claims.get("scp")) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(words(text)),
        Some(Value::Array(list)) if list.iter().all(Value::is_string) => {
            Ok(list.iter().filter_map(Value::as_str).flat_map(words).collect())
        }
        Some(_) => Err(TokenError::MissingClaim),
    }
}

/// Those claims of `names` that are there and not too long.
pub(super) fn told(claims: &Map<String, Value>, names: &[String]) -> Vec<TokenClaim> {
    let claim = |name: &String| {
        let value = claims.get(name).filter(|value| !value.is_null()).map(as_text)?;
        (value.len() <= TOLD).then(|| TokenClaim { name: name.clone(), value })
    };
    names.iter().filter_map(claim).collect()
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
