//! The fields in which responses tell of limits.

use std::{
    io::Write,
    time::{SystemTime, UNIX_EPOCH},
};

use gateway_algorithms::limit::Decision;
use gateway_host::{Told, wire::LegacyFields};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::SECOND;

/// The largest Integer of a structured field (RFC 9651 section 3.3.1).
const LARGEST: u64 = 999_999_999_999_999;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const LEGACY_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const LEGACY_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const LEGACY_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The two Lists, as they are written.
#[derive(Default)]
pub(super) struct Lists {
    /// `"gold/throttle";q=200;w=2`: the most at one instant, and the time in which it comes back.
    policies: Vec<u8>,
    /// `"gold/throttle";r=12;t=1`: what is left, and the time until it is more.
    limits: Vec<u8>,
}

/// The fields for which there is no standard, of the limit that leaves the least.
#[derive(Clone, Copy)]
pub(super) struct Legacy {
    limit: u64,
    remaining: u64,
    /// Seconds until there is more.
    seconds: u64,
    style: LegacyFields,
}

impl Lists {
    /// Names of limits are printable and have neither quotes nor backslashes: they are Strings as they are.
    pub(super) fn add(&mut self, told: &Told<'_>, decision: &Decision) {
        let name = told.name;
        let limit = told.limit.min(LARGEST);
        append(&mut self.policies, |list| match told.window {
            Some(window) => write!(list, "\"{name}\";q={limit};w={}", window.div_ceil(SECOND).clamp(1, LARGEST)),
            None => write!(list, "\"{name}\";q={limit};qu=\"concurrent-requests\""),
        });
        let remaining = decision.remaining.min(LARGEST);
        append(&mut self.limits, |list| match told.window {
            Some(_) => write!(list, "\"{name}\";r={remaining};t={}", decision.more_after.div_ceil(SECOND)),
            None => write!(list, "\"{name}\";r={remaining}"),
        });
    }

    pub(super) fn write(&self, headers: &mut HeaderMap) {
        for (name, list) in [(POLICY, &self.policies), (LIMIT, &self.limits)] {
            if let Ok(value) = HeaderValue::from_bytes(list)
                && !list.is_empty()
            {
                headers.append(name, value);
            }
        }
    }
}

/// Writing into memory does not fail.
fn append(list: &mut Vec<u8>, item: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) {
    if !list.is_empty() {
        list.extend_from_slice(b", ");
    }
    item(list).unwrap_or_default();
}

impl Legacy {
    /// That of this limit, unless the limit before leaves as little.
    pub(super) fn lower(before: Option<Self>, limit: u64, decision: &Decision, style: LegacyFields) -> Self {
        let seconds = decision.more_after.div_ceil(SECOND);
        let new = Self { limit, remaining: decision.remaining, seconds, style };
        before.filter(|before| before.remaining <= new.remaining).unwrap_or(new)
    }

    pub(super) fn write(&self, headers: &mut HeaderMap) {
        let since_1970 = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
        let reset = match self.style {
            LegacyFields::UnixTime => since_1970().saturating_add(self.seconds),
            LegacyFields::SecondsLeft | LegacyFields::None => self.seconds,
        };
        headers.insert(LEGACY_LIMIT, self.limit.into());
        headers.insert(LEGACY_REMAINING, self.remaining.into());
        headers.insert(LEGACY_RESET, reset.into());
    }
}
