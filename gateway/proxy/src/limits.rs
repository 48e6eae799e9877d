//! Limits that plugins charge: what becomes of the request, and what every response says of them.
//!
//! `RateLimit` and `RateLimit-Policy` are Lists (RFC 9651) with an Item for each limit, as
//! draft-ietf-httpapi-ratelimit-headers-10 defines them.

mod fields;

use gateway_algorithms::limit::Decision;
use gateway_host::{Caller, Charge, TellsOf, Told, wire::LegacyFields};
use gateway_store::limits::{Charged, Outcome, Permit};
use http::HeaderMap;

use self::fields::{Legacy, Lists};
use crate::{chain::Link, error::GatewayError};

/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;

/// How a request stands with the limits that it was charged to, from then on until its response has ended.
#[derive(Default)]
pub(crate) struct Standing {
    lists: Lists,
    legacy: Option<Legacy>,
    /// Hold the request under way where a limit counts those.
    permits: Vec<Permit>,
    plan_is_charged: bool,
}

/// The limits that a request is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Their names, in the order in which they were charged.
    pub(crate) limits: Vec<Box<str>>,
    /// When the request would pass, in seconds; none if it never will.
    pub(crate) retry_after: Option<u64>,
    /// The type of the problem, if the plugin has one of its own.
    pub(crate) kind: Option<Box<str>>,
}

impl Standing {
    /// Charges what the plugin at `place` has named; answers the nanoseconds that the request has to wait. None when a
    /// store that nodes share has to be asked: then [`charge_shared`](Self::charge_shared) does all of it.
    ///
    /// # Errors
    /// [`GatewayError::LimitExceeded`]; nothing was taken then.
    pub(crate) fn charge(
        &mut self,
        place: usize,
        link: &Link,
        charges: &[Charge],
        caller: Caller<'_>,
    ) -> Option<Result<u64, GatewayError>> {
        let mut telling = Telling::new(self, link);
        let charged = link.plugin.charge(charges, caller, |told| telling.told(&told))?;
        Some(telling.end(place, charged))
    }

    /// As [`charge`](Self::charge), and waits for the store that nodes share, within its deadline.
    ///
    /// # Errors
    /// [`GatewayError::LimitExceeded`], and [`GatewayError::LimitsUnavailable`]; nothing was taken then.
    pub(crate) async fn charge_shared(
        &mut self,
        place: usize,
        link: &Link,
        charges: &[Charge],
        caller: Caller<'_>,
    ) -> Result<u64, GatewayError> {
        let mut telling = Telling::new(self, link);
        let charged = link.plugin.charge_shared(charges, caller, |told| telling.told(&told)).await;
        telling.end(place, charged)
    }

    /// Whether the plan of the consumer is among what was charged.
    pub(crate) fn plan_is_charged(&self) -> bool {
        self.plan_is_charged
    }

    /// Writes what a response says of the limits, behind what others say of theirs.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        self.lists.write(headers);
        if let Some(legacy) = &self.legacy {
            legacy.write(headers);
        }
    }
}

/// A charge whose answers are being told.
struct Telling<'s> {
    standing: &'s mut Standing,
    link: &'s Link,
    violation: Violation,
    /// The plan was charged: a consumer without one may have one later.
    charges_plan: bool,
}

impl<'s> Telling<'s> {
    fn new(standing: &'s mut Standing, link: &'s Link) -> Self {
        let violation = Violation { retry_after: Some(0), ..Violation::default() };
        Self { standing, link, violation, charges_plan: false }
    }

    fn told(&mut self, told: &Told<'_>) {
        self.link.limits.count(told);
        self.charges_plan |= !matches!(told.of, TellsOf::Limit(_));
        let Some(decision) = told.answer.decision().filter(|_| told.enforced) else { return };
        let announcement = self.link.plugin.announcement();
        if announcement.fields {
            self.standing.lists.add(told, decision);
        }
        if announcement.legacy != LegacyFields::None {
            let legacy = Legacy::lower(self.standing.legacy, told.limit, decision, announcement.legacy);
            self.standing.legacy = Some(legacy);
        }
        if !decision.admitted {
            self.violation.add(told.name, decision);
        }
    }

    fn end(mut self, place: usize, charged: Charged) -> Result<u64, GatewayError> {
        match charged.outcome {
            Outcome::Admitted => {
                self.standing.permits.extend(charged.permits);
                self.standing.plan_is_charged |= self.charges_plan;
                Ok(charged.delay)
            }
            Outcome::Unavailable => Err(GatewayError::LimitsUnavailable { place }),
            Outcome::Refused => {
                self.violation.kind = self.link.plugin.announcement().problem_kind.as_deref().map(Into::into);
                Err(GatewayError::LimitExceeded { place, violation: Box::new(self.violation) })
            }
        }
    }
}

impl Violation {
    fn add(&mut self, name: &str, decision: &Decision) {
        self.limits.push(name.into());
        self.retry_after = match (self.retry_after, decision.retry_after) {
            (Some(known), Some(nanos)) => Some(known.max(nanos.div_ceil(SECOND)).max(1)),
            _ => None,
        };
    }

    /// What the client is told.
    pub(crate) fn detail(&self) -> String {
        let names: Vec<String> = self.limits.iter().map(|name| format!("{name:?}")).collect();
        let (limits, are) = match names.as_slice() {
            [name] => (format!("limit {name}"), "is"),
            names => (format!("limits {}", names.join(" and ")), "are"),
        };
        match self.retry_after {
            Some(1) => format!("The {limits} {are} used up; this request passes in 1 second."),
            Some(seconds) => format!("The {limits} {are} used up; this request passes in {seconds} seconds."),
            None => format!("This request costs more than the {limits} ever let pass."),
        }
    }
}
