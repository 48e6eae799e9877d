//! Which bytes of a stored response a request wants (RFC 9110, section 14).

use std::{ops::Range, time::Duration};

use http::{
    HeaderMap,
    header::{DATE, ETAG, IF_RANGE, RANGE},
};

use super::{
    Time,
    fields::{self, EntityTag, Split},
};

/// The most ranges that are served of one request: who wants more gets everything, which costs less to send than to cut
/// (RFC 9110, section 14.2).
const MOST_RANGES: usize = 16;

/// What a part costs besides its bytes, about: ranges that are no further apart are sent as one (RFC 9110, section 15.3.7.2).
const PART_OVERHEAD: u64 = 80;

/// What is sent of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ranges {
    /// All of it, with its own status.
    Whole,
    /// These bytes, with 206.
    One(Range<u64>),
    /// These bytes, with 206 and in parts (`multipart/byteranges`).
    Many(Vec<Range<u64>>),
    /// Nothing, with 416.
    Unsatisfiable,
}

/// What a GET wants of a stored 200 with a body of `length` bytes. Its [preconditions](super::precondition) come first.
///
/// Ranges that cannot be read, that are too many, or that want more than all of it are not heeded.
#[must_use]
pub fn ranges(request: &HeaderMap, stored: &HeaderMap, length: u64) -> Ranges {
    let mut lines = request.get_all(RANGE).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return Ranges::Whole };
    if !if_range_holds(request, stored) {
        return Ranges::Whole;
    }
    match parse(line.as_bytes(), length) {
        Some(wanted) => arrange(&wanted, length),
        None => Ranges::Whole,
    }
}

/// The ranges of a field that can be satisfied; none if anything in it cannot be read.
fn parse(line: &[u8], length: u64) -> Option<Vec<Range<u64>>> {
    let at = line.iter().position(|byte| *byte == b'=')?;
    let is_bytes = line[..at].trim_ascii().eq_ignore_ascii_case(b"bytes");
    let mut specs = Split::new(&line[at + 1..], b',').filter(|spec| !spec.is_empty()).peekable();
    if !is_bytes || specs.peek().is_none() {
        return None;
    }
    let mut ranges = Vec::new();
    for (count, spec) in specs.enumerate() {
        let range = resolve(spec, length)?;
        if count >= MOST_RANGES {
            return None;
        }
        ranges.extend(Some(range).filter(|range| !range.is_empty()));
    }
    Some(ranges)
}

/// The bytes that `first-last`, `first-` or `-suffix` means, an empty range if there are none; none if it is none of these.
fn resolve(spec: &[u8], length: u64) -> Option<Range<u64>> {
    let at = spec.iter().position(|byte| *byte == b'-')?;
    let (first, last) = (&spec[..at], &spec[at + 1..]);
    if first.is_empty() {
        // A suffix of nothing is all of it, which has no last byte that `Content-Range` could name.
        let suffix = fields::number(last).filter(|suffix| length > 0 || *suffix == 0)?;
        return Some(length.saturating_sub(suffix)..length);
    }
    let first = fields::number(first)?;
    let last = if last.is_empty() { u64::MAX } else { fields::number(last)? };
    let end = last.saturating_add(1).min(length);
    (first <= last).then_some(first.min(end)..end)
}

/// Puts together what overlaps or nearly touches, each at the place of the first of them that was asked for.
fn arrange(wanted: &[Range<u64>], length: u64) -> Ranges {
    let total = wanted.iter().fold(0_u64, |total, range| total.saturating_add(range.end - range.start));
    if total > length {
        return Ranges::Whole;
    }
    let mut parts: Vec<Range<u64>> = Vec::with_capacity(wanted.len());
    for range in wanted {
        let (mut range, mut place) = (range.clone(), parts.len());
        while let Some(near) = parts.iter().position(|part| is_near(part, &range)) {
            let part = parts.remove(near);
            range = part.start.min(range.start)..part.end.max(range.end);
            place = near.min(place);
        }
        parts.insert(place.min(parts.len()), range);
    }
    match <[_; 1]>::try_from(parts) {
        Ok([part]) => Ranges::One(part),
        Err(parts) if parts.is_empty() => Ranges::Unsatisfiable,
        Err(parts) => Ranges::Many(parts),
    }
}

fn is_near(one: &Range<u64>, other: &Range<u64>) -> bool {
    one.start <= other.end.saturating_add(PART_OVERHEAD) && other.start <= one.end.saturating_add(PART_OVERHEAD)
}

/// Whether the client's other parts are of this very representation (RFC 9110, section 13.1.5): by a strong tag, or by a date
/// that is one, which is a second older than the response at least (section 8.8.2.2).
fn if_range_holds(request: &HeaderMap, stored: &HeaderMap) -> bool {
    let Some(condition) = request.get(IF_RANGE) else { return true };
    if let Some(tag) = EntityTag::of(request, IF_RANGE) {
        return EntityTag::of(stored, ETAG).is_some_and(|stored| stored.is_strongly(tag));
    }
    let modified = fields::last_modified(stored);
    let date = stored.get(DATE).and_then(Time::of_date);
    match (Time::of_date(condition), modified, date) {
        (Some(condition), Some(modified), Some(date)) => {
            condition == modified && date.since(modified) >= Duration::from_secs(1)
        }
        _ => false,
    }
}
