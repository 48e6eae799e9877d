//! Operations that few outcomes have, or once only.

use std::{sync::Arc, time::Duration};

use gateway_model::{Grant, Identity, PriorityClass};
use gateway_store::ResponseKey;
use sluice_abi::{
    bounds::{ATTRIBUTE_VALUE, ATTRIBUTES, CACHE_TAG, CACHE_TAGS, CHARGES},
    outcome::{self, Operation},
    wire::{self, CacheDirective},
};

use super::{Parts, Subject, caching, final_status, line};
use crate::{
    apply::{Change, Context, Rejection, Standing},
    call::{Admission, CREDENTIAL, Charge, StoreResponse, is_settable},
    error::quoted_name,
    priority::Flow,
};

/// Checks one operation: what it changes, or what it adds to the parts.
pub(super) fn check<'o>(
    operation: Operation<'o>,
    subject: Subject,
    context: Context<'_>,
    standing: Standing<'_>,
    earlier: &[Change],
    parts: &mut Parts<'o>,
) -> Result<Option<Change>, Rejection> {
    let on_request = context.hook.is_on_request();
    let change = match (operation, subject) {
        (Operation::SetStatus(status), Subject::Answer) => Change::Status(final_status(status)?),
        (Operation::SetStatus(status), Subject::Message) if !on_request => Change::Status(final_status(status)?),
        (Operation::SetConsumer(name), _) if on_request => Change::Consumer(consumer(name, context, standing)?),
        (Operation::SetAttribute(name, value), _) => attribute(name, value, context, standing, earlier)?,
        (Operation::Charge { limit, cost, key }, Subject::Message) if on_request => {
            Change::Charge(charge(limit, cost, key, context, earlier)?)
        }
        (Operation::ChargePlan(cost), Subject::Message) if on_request => {
            Change::Charge(charge_plan(cost, context, earlier)?)
        }
        (Operation::Admit(wanted), _) if on_request => Change::Admit(Box::new(admission(&wanted, context)?)),
        (Operation::Cache(bytes), Subject::Message) if on_request => {
            require(context, &Grant::Cache)?;
            Change::Cache(Box::new(caching::check(bytes)?))
        }
        (Operation::StoreResponse(bytes), Subject::Message | Subject::Answer) if !on_request => {
            Change::Store(Box::new(directive(bytes, context)?))
        }
        (operation, subject) => match standing.line.filter(|_| subject == Subject::Message) {
            Some(now) if line::is_about(operation) => line::check(operation, now, context, standing, earlier)?,
            _ => return part(operation, subject, context, parts).map(|()| None),
        },
    };
    Ok(Some(change))
}

/// What is no mutation.
fn part<'o>(
    operation: Operation<'o>,
    subject: Subject,
    context: Context<'_>,
    parts: &mut Parts<'o>,
) -> Result<(), Rejection> {
    match (operation, subject) {
        (Operation::Body(bytes), Subject::Answer) => parts.body = bytes,
        (Operation::ProblemKind(text), Subject::Problem) => parts.kind = Some(text),
        (Operation::ProblemTitle(text), Subject::Problem) => parts.title = Some(text),
        (Operation::Detail(text), Subject::Problem) => parts.detail = Some(text),
        (Operation::BodyLimit(bytes), Subject::Message) => parts.body_limit = Some(body_limit(bytes, context)?),
        (Operation::CacheKey(key), Subject::Kept) => {
            require(context, &Grant::Cache)?;
            parts.cache_key = Some(cache_key(key, context)?);
        }
        (operation, _) => return Err(Rejection::Misplaced(called(operation))),
    }
    Ok(())
}

/// What operations of this kind are called in a message.
pub(super) fn called(operation: Operation<'_>) -> &'static str {
    match operation {
        Operation::SetHeader(..) | Operation::AppendHeader(..) | Operation::RemoveHeader(_) => "headers",
        Operation::SetStatus(_) => "statuses",
        Operation::SetConsumer(_) => "consumers",
        Operation::Body(_) => "bodies",
        Operation::ProblemKind(_) | Operation::ProblemTitle(_) | Operation::Detail(_) => "members of a problem",
        Operation::SetMethod(_)
        | Operation::SetPath(_)
        | Operation::SetQuery(_)
        | Operation::RemoveQuery
        | Operation::SetUpstream(_)
        | Operation::SetTimeout(_) => "changes of the request line or of its way",
        Operation::SetAttribute(..) => "attributes",
        Operation::StoreResponse(_) | Operation::CacheKey(_) => "kept responses",
        Operation::BodyLimit(_) => "limits of a body",
        Operation::Charge { .. } | Operation::ChargePlan(_) => "charges",
        Operation::Admit(_) => "admissions",
        Operation::Cache(_) => "rules of a cache",
    }
}

pub(super) fn require(context: Context<'_>, grant: &Grant) -> Result<(), Rejection> {
    match context.attachment.grants.contains(grant) {
        true => Ok(()),
        false => Err(Rejection::NotGranted(grant.clone())),
    }
}

fn consumer(name: &str, context: Context<'_>, standing: Standing<'_>) -> Result<Arc<Identity>, Rejection> {
    require(context, &Grant::Identity)?;
    let known = standing.snapshot.identities.get(name).cloned();
    known.ok_or_else(|| Rejection::UnknownConsumer(quoted_name(name)))
}

fn attribute(
    name: &str,
    value: &str,
    context: Context<'_>,
    standing: Standing<'_>,
    earlier: &[Change],
) -> Result<Change, Rejection> {
    if name == CREDENTIAL {
        require(context, &Grant::Identity)?;
    }
    if !is_settable(name) {
        return Err(Rejection::AttributeName(quoted_name(name)));
    }
    if value.len() > ATTRIBUTE_VALUE {
        return Err(Rejection::AttributeValue(name.to_owned()));
    }
    // A name that is set twice by one outcome counts twice.
    let added = earlier.iter().filter(|change| match change {
        Change::Attribute(name, _) => standing.attributes.get(name).is_none(),
        _ => false,
    });
    let is_new = standing.attributes.get(name).is_none();
    match is_new && standing.attributes.len() + added.count() >= ATTRIBUTES {
        true => Err(Rejection::Attributes),
        false => Ok(Change::Attribute(name.into(), value.into())),
    }
}

fn charge(limit: u32, cost: u32, key: &str, context: Context<'_>, earlier: &[Change]) -> Result<Charge, Rejection> {
    let defined = context.limits.get(limit).ok_or(Rejection::UnknownLimit(limit))?;
    check_number(earlier)?;
    Ok(Charge::Limit { limit, key: defined.key(key), cost })
}

fn charge_plan(cost: u32, context: Context<'_>, earlier: &[Change]) -> Result<Charge, Rejection> {
    if !context.usage_plan {
        return Err(Rejection::NotGranted(Grant::UsagePlan));
    }
    check_number(earlier)?;
    Ok(Charge::Plan { cost })
}

fn check_number(earlier: &[Change]) -> Result<(), Rejection> {
    let charges = earlier.iter().filter(|change| matches!(change, Change::Charge(_)));
    if charges.count() < CHARGES { Ok(()) } else { Err(Rejection::Charges) }
}

fn admission(wanted: &outcome::Admission<'_>, context: Context<'_>) -> Result<Admission, Rejection> {
    require(context, &Grant::Priority)?;
    if wanted.stale.is_some() {
        require(context, &Grant::Cache)?;
    }
    Ok(Admission {
        class: class(wanted.class),
        max_wait: wanted.max_wait.map(Duration::from_millis),
        fairness: wanted.fairness_key.map(|key| Flow::Named(key).hash()),
        stale: wanted.stale.map(|key| cache_key(key, context)).transpose()?,
    })
}

fn class(class: outcome::PriorityClass) -> PriorityClass {
    match class {
        outcome::PriorityClass::Critical => PriorityClass::Critical,
        outcome::PriorityClass::High => PriorityClass::High,
        outcome::PriorityClass::Normal => PriorityClass::Normal,
        outcome::PriorityClass::Low => PriorityClass::Low,
    }
}

fn directive(bytes: &[u8], context: Context<'_>) -> Result<StoreResponse, Rejection> {
    require(context, &Grant::Cache)?;
    let directive: CacheDirective = wire::decode(bytes).map_err(|_| Rejection::Malformed)?;
    let key = cache_key(&directive.key, context)?;
    if directive.ttl == 0 {
        return Err(Rejection::TimeToLive);
    }
    let tags_fit = directive.tags.iter().all(|tag| (1..=CACHE_TAG).contains(&tag.len()));
    if directive.tags.len() > CACHE_TAGS || !tags_fit {
        return Err(Rejection::CacheTags);
    }
    Ok(StoreResponse {
        key,
        ttl: Duration::from_millis(directive.ttl),
        tags: directive.tags.into_iter().map(String::into_boxed_str).collect(),
    })
}

fn body_limit(bytes: u64, context: Context<'_>) -> Result<u32, Rejection> {
    let limit = u32::try_from(bytes).ok().filter(|_| bytes <= context.buffered_body);
    limit.ok_or(Rejection::BodyLimit { wanted: bytes, most: context.buffered_body })
}

fn cache_key(key: &str, context: Context<'_>) -> Result<ResponseKey, Rejection> {
    ResponseKey::new(&context.attachment.name, key).ok_or(Rejection::CacheKey(key.len()))
}
