//! How long a stored response may be used (RFC 9111, section 4.2).

use std::time::Duration;

use http::{
    HeaderMap, HeaderValue,
    header::{ETAG, EXPIRES, LAST_MODIFIED},
};

use super::{
    ResponseDirectives, Rules, Time,
    age::Arrival,
    fields::{self, EntityTag},
};

/// The longest lifetime that a heuristic gives.
const LONGEST_HEURISTIC: Duration = Duration::from_secs(24 * 60 * 60);

/// What later decisions need of a stored response.
#[derive(Clone, Debug, PartialEq)]
pub struct Freshness {
    /// When its head arrived.
    pub received: Time,
    /// How old it was then (`corrected_initial_age` of RFC 9111, section 4.2.3).
    pub initial_age: Duration,
    /// The age from which on it is stale.
    pub lifetime: Duration,
    /// Who says so.
    pub source: LifetimeSource,
    /// It is never used without asking the origin.
    pub no_cache: bool,
    /// It is never used stale: `must-revalidate`, `proxy-revalidate`, or `s-maxage` read strictly.
    pub must_revalidate: bool,
    /// Its lifetime is that of `s-maxage`: neither its client nor an operator can allow it to be used stale, only the
    /// response itself.
    pub s_maxage: bool,
    /// It does not change while it is fresh, and need not be validated when somebody reloads it (RFC 8246).
    pub immutable: bool,
    /// How long it may be served stale while it is refreshed.
    pub stale_while_revalidate: Option<Duration>,
    /// How long it may be served stale where the origin fails.
    pub stale_if_error: Option<Duration>,
    /// It has an entity tag or a date of modification to ask the origin with.
    pub validators: bool,
}

/// Where a lifetime comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LifetimeSource {
    /// The origin has said so.
    Explicit,
    /// The tenth part of the time since it was modified, or nothing, where the origin has not said anything.
    Heuristic,
    /// An operator, whatever the origin says.
    Override,
    /// An operator, since the origin does not say anything.
    Default,
}

impl Freshness {
    /// That of a response which has been found storable.
    pub(super) fn of(rules: &Rules, headers: &HeaderMap, directives: &ResponseDirectives, arrival: Arrival) -> Self {
        let (lifetime, source) = lifetime(rules, headers, directives, arrival);
        let s_maxage = directives.s_maxage.is_some() && source == LifetimeSource::Explicit;
        // `s-maxage` forbids stale responses (RFC 9111, section 5.2.2.10), and what an operator says generally is no reason to
        // do what the response forbids. Where the response itself allows it in so many words, that is what its author means.
        let general = |time: Option<Duration>| time.filter(|_| !s_maxage);
        Self {
            received: arrival.received,
            initial_age: arrival.initial_age(headers),
            lifetime,
            source,
            no_cache: directives.no_cache,
            must_revalidate: directives.must_revalidate
                || directives.proxy_revalidate
                || (s_maxage && rules.strict_s_maxage),
            s_maxage,
            immutable: directives.immutable,
            stale_while_revalidate: directives.stale_while_revalidate.or(general(rules.stale_while_revalidate)),
            stale_if_error: directives.stale_if_error.or(general(rules.stale_if_error)),
            validators: has_validators(headers, directives),
        }
    }

    /// How old it is (`current_age`).
    #[must_use]
    pub fn age(&self, now: Time) -> Duration {
        self.initial_age.saturating_add(now.since(self.received))
    }

    /// How old it is, as the field `Age` says it of a response that is served without asking the origin (RFC 9111, sections 4
    /// and 5.1).
    #[must_use]
    pub fn age_field(&self, now: Time) -> HeaderValue {
        self.age(now).as_secs().min(fields::LARGEST_SECONDS).into()
    }

    /// Seconds for which it stays fresh, rounded down; negative once it is stale.
    #[must_use]
    pub fn ttl(&self, now: Time) -> i64 {
        let millis = |duration: Duration| i128::try_from(duration.as_millis()).unwrap_or(i128::MAX);
        let left = (millis(self.lifetime) - millis(self.age(now))).div_euclid(1_000);
        let left = if self.is_from_the_future(now) { left.min(-1) } else { left };
        i64::try_from(left).unwrap_or(if left < 0 { i64::MIN } else { i64::MAX })
    }

    /// Until when it is fresh, or may be used stale without its client asking for that. From then on it is worth keeping only
    /// if it has [`validators`](Self::validators).
    #[must_use]
    pub fn usable_until(&self) -> Time {
        if self.no_cache {
            return self.received;
        }
        let beyond = self.stale_window(self.stale_while_revalidate).max(self.stale_window(self.stale_if_error));
        let longest_age = self.lifetime.saturating_add(beyond);
        self.received.plus(longest_age.saturating_sub(self.initial_age))
    }

    /// How long it has been stale; none while it is fresh.
    pub(super) fn staleness(&self, now: Time) -> Option<Duration> {
        if self.is_from_the_future(now) {
            return Some(Duration::MAX);
        }
        // Fresh is what is younger than its lifetime (RFC 9111, section 4.2): at that very age it is stale.
        self.age(now).checked_sub(self.lifetime)
    }

    /// For how long it may be used stale, where a directive would allow it.
    pub(super) fn stale_window(&self, given: Option<Duration>) -> Duration {
        given.filter(|_| !self.no_cache && !self.must_revalidate).unwrap_or_default()
    }

    /// Whether the clock has been set back since it arrived: then its age is not known, and it counts as stale for long.
    fn is_from_the_future(&self, now: Time) -> bool {
        now < self.received
    }
}

fn lifetime(
    rules: &Rules,
    headers: &HeaderMap,
    directives: &ResponseDirectives,
    arrival: Arrival,
) -> (Duration, LifetimeSource) {
    let given = [
        (rules.lifetime, LifetimeSource::Override),
        (explicit_lifetime(headers, directives, arrival), LifetimeSource::Explicit),
        (heuristic_lifetime(headers, arrival), LifetimeSource::Heuristic),
        (rules.default_lifetime, LifetimeSource::Default),
    ];
    let first = given.into_iter().find_map(|(lifetime, source)| Some((lifetime?, source)));
    first.unwrap_or((Duration::ZERO, LifetimeSource::Heuristic))
}

/// What the origin says: `s-maxage`, else `max-age`, else `Expires` (RFC 9111, section 4.2.1).
fn explicit_lifetime(headers: &HeaderMap, directives: &ResponseDirectives, arrival: Arrival) -> Option<Duration> {
    let expires = || {
        let expires = headers.get(EXPIRES).filter(|_| !directives.targeted)?;
        // What is no date, `0` above all, is in the past (RFC 9111, section 5.3).
        Some(Time::of_date(expires).unwrap_or_default().since(arrival.date(headers)))
    };
    directives.lifetime().or_else(expires)
}

/// A tenth of the time since it was modified (RFC 9111, section 4.2.2). URIs with queries are no exception, as they were once:
/// an API has hardly any others.
fn heuristic_lifetime(headers: &HeaderMap, arrival: Arrival) -> Option<Duration> {
    let unchanged_for = arrival.date(headers).since(fields::last_modified(headers)?);
    Some((unchanged_for / 10).min(LONGEST_HEURISTIC))
}

fn has_validators(headers: &HeaderMap, directives: &ResponseDirectives) -> bool {
    let is_stored = |name| !directives.withheld.contains(name);
    (EntityTag::of(headers, ETAG).is_some() && is_stored(&ETAG))
        || (fields::last_modified(headers).is_some() && is_stored(&LAST_MODIFIED))
}
