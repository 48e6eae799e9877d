//! What every answer of a gateway must keep, whatever a test is about: refusals are problem details (RFC 9457), and what
//! is told of limits is structured (RFC 9651, draft-ietf-httpapi-ratelimit-headers-10).

use anyhow::{Context, Result, ensure};
use fluent_uri::UriRef;
use hyper::StatusCode;
use serde_json::Value;
use sfv::{BareItem, Item, List, ListEntry, Parser};

use crate::client::Answer;

/// Checks the fields of limits, and a refusal if the answer is one.
pub(crate) fn check(answer: &Answer) -> Result<()> {
    fields(answer).context("what the answer says of limits")?;
    if answer.header("content-type") == "application/problem+json" {
        problem(answer).with_context(|| format!("the problem {}", answer.text()))?;
    }
    Ok(())
}

fn problem(answer: &Answer) -> Result<()> {
    let problem: Value = serde_json::from_slice(&answer.body)?;
    let text = |member: &str| problem[member].as_str().with_context(|| format!("it has no text {member}"));
    ensure!(UriRef::parse(text("type")?).is_ok(), "its type is no URI reference");
    text("title")?;
    ensure!(UriRef::parse(text("instance")?).is_ok(), "its instance is no URI reference");
    ensure!(problem["status"] == answer.status.as_u16(), "its status is not {}", answer.status);
    ensure!(problem["detail"].is_string() || problem["detail"].is_null(), "its detail is no text");
    if let Some(violated) = problem.get("violated-policies") {
        let names = violated.as_array().context("its violated-policies are no list")?;
        ensure!(!names.is_empty() && names.iter().all(Value::is_string), "its violated-policies are no names");
    }
    let retry_after = answer.header("retry-after");
    if answer.status == StatusCode::TOO_MANY_REQUESTS && !retry_after.is_empty() {
        let seconds: u64 = retry_after.parse().context("its Retry-After is no number of seconds")?;
        ensure!(seconds >= 1, "its Retry-After is 0");
    }
    Ok(())
}

fn fields(answer: &Answer) -> Result<()> {
    for (params, item) in items(answer, "ratelimit-policy")?.iter().map(|item| (&item.params, item)) {
        ensure!(integer(item, "q")? >= 0, "a quota below 0");
        if params.contains_key("w") {
            ensure!(integer(item, "w")? > 0, "a window of 0");
        }
    }
    for item in items(answer, "ratelimit")? {
        ensure!(integer(&item, "r")? >= 0, "less than nothing is left");
        if item.params.contains_key("t") {
            ensure!(integer(&item, "t")? >= 0, "a time in the past");
        }
    }
    Ok(())
}

/// The Items of a field that is a List of Strings with parameters.
fn items(answer: &Answer, name: &str) -> Result<Vec<Item>> {
    let lines: Vec<&str> = answer.headers.get_all(name).iter().map(|line| line.to_str()).collect::<Result<_, _>>()?;
    let line = lines.join(", ");
    if line.is_empty() {
        return Ok(Vec::new());
    }
    let list: List = Parser::new(&line).parse().with_context(|| format!("{name}: {line} is no List"))?;
    let item = |entry: ListEntry| match entry {
        ListEntry::Item(item) if matches!(item.bare_item, BareItem::String(_)) => Ok(item),
        _ => anyhow::bail!("{name}: {line} has a member that is no String"),
    };
    list.into_iter().map(item).collect()
}

fn integer(item: &Item, parameter: &str) -> Result<i64> {
    match item.params.get(parameter) {
        Some(BareItem::Integer(number)) => Ok((*number).into()),
        other => anyhow::bail!("{parameter} is {other:?} and no Integer"),
    }
}
