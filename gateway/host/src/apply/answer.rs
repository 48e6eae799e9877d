//! Answers that a hook makes, without their headers.

use bytes::Bytes;
use gateway_model::Problem;

use super::{
    Change, Rejection,
    check::{Parts, final_status, is_bodiless},
};

/// The changes may be of the status, so they are looked at here.
pub(super) fn answer(status: u16, parts: &Parts<'_>, changes: &[Change]) -> Result<http::Response<Bytes>, Rejection> {
    let changed = changes.iter().rev().find_map(|change| match change {
        Change::Status(status) => Some(*status),
        _ => None,
    });
    let status = changed.map_or_else(|| final_status(status), Ok)?;
    if is_bodiless(status) && !parts.body.is_empty() {
        return Err(Rejection::Body(status));
    }
    let mut answer = http::Response::new(Bytes::copy_from_slice(parts.body));
    *answer.status_mut() = status;
    Ok(answer)
}

pub(super) fn problem(status: u16, parts: &Parts<'_>) -> Result<Problem, Rejection> {
    let status = match status {
        400..=599 => final_status(status)?,
        _ => return Err(Rejection::Status(status)),
    };
    let owned = |text: &str| text.to_owned().into();
    Ok(Problem {
        status,
        kind: parts.kind.map_or("about:blank".into(), owned),
        title: parts.title.map_or_else(|| status.canonical_reason().unwrap_or("Refused").into(), owned),
        detail: parts.detail.map(owned),
        violated_policies: Vec::new(),
    })
}
