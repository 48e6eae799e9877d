//! Where a client stands, and how it is told.

use sluice_sdk::prelude::*;

/// Milliseconds in the unit of header fields.
const SECOND: u64 = 1_000;

/// Which limit governs a request; its name is that of the policy in header fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Plan,
    Consumer,
    Ip,
    Header,
}

/// What the response says of the limit that governed its request.
#[derive(Debug, State)]
pub struct Standing {
    scope: u8,
    burst: u32,
    window_seconds: u64,
    remaining: u32,
    /// Seconds until one more request would pass; never later than a refusal's `Retry-After`.
    more_after_seconds: u64,
}

/// `"plan";q=200;w=2`: the burst, and the time in which it comes back.
pub(crate) struct PolicyField<'a>(pub(crate) &'a Standing);

/// `"plan";r=12;t=1`: what is left, and the time until it is more.
pub(crate) struct LimitField<'a>(pub(crate) &'a Standing);

// === impl Scope ===

impl Scope {
    const ALL: [Self; 4] = [Self::Plan, Self::Consumer, Self::Ip, Self::Header];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Consumer => "consumer",
            Self::Ip => "ip",
            Self::Header => "header",
        }
    }
}

// === impl Standing ===

impl Standing {
    pub(crate) fn new(scope: Scope, decision: &Decision) -> Self {
        Self {
            scope: scope as u8,
            burst: decision.burst,
            window_seconds: decision.window.div_ceil(SECOND).max(1),
            remaining: decision.remaining,
            more_after_seconds: decision.more_after.div_ceil(SECOND),
        }
    }

    fn name(&self) -> &'static str {
        Scope::ALL.get(usize::from(self.scope)).map_or("limit", |scope| scope.name())
    }
}

impl FieldValue for PolicyField<'_> {
    fn bytes<'a>(&'a self, scratch: &'a mut Scratch) -> &'a [u8] {
        let Self(standing) = self;
        scratch.text("\"").text(standing.name()).text("\";q=").number(standing.burst);
        scratch.text(";w=").number(standing.window_seconds).as_bytes()
    }
}

impl FieldValue for LimitField<'_> {
    fn bytes<'a>(&'a self, scratch: &'a mut Scratch) -> &'a [u8] {
        let Self(standing) = self;
        scratch.text("\"").text(standing.name()).text("\";r=").number(standing.remaining);
        scratch.text(";t=").number(standing.more_after_seconds).as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scope_is_found_by_its_number() {
        for scope in Scope::ALL {
            assert_eq!(Scope::ALL[scope as usize], scope);
        }
    }
}
