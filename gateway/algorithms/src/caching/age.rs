//! How old a response is when it arrives (RFC 9111, section 4.2.3).

use std::time::Duration;

use http::{
    HeaderMap,
    header::{AGE, DATE},
};

use super::{Time, fields};

/// When the head of a response arrived, and its request was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    pub(super) received: Time,
    pub(super) sent: Time,
}

impl Arrival {
    /// When the origin made the response; when it arrived, if it does not say.
    pub(super) fn date(&self, headers: &HeaderMap) -> Time {
        headers.get(DATE).and_then(Time::of_date).unwrap_or(self.received)
    }

    /// `corrected_initial_age`: what its date says or what the caches before this one say, whichever is more. What they say
    /// counts from when the request was sent, since the response may have been underway for as long as that.
    pub(super) fn initial_age(&self, headers: &HeaderMap) -> Duration {
        // Dates are in whole seconds. Were the rest of the current one counted, a response that lives for a second would be
        // half over on arrival.
        let apparent_age = Duration::from_secs(self.received.since(self.date(headers)).as_secs());
        let response_delay = self.received.since(self.sent);
        apparent_age.max(age_value(headers).saturating_add(response_delay))
    }
}

/// The first age of all that are given, zero if that is none (RFC 9111, section 5.1).
fn age_value(headers: &HeaderMap) -> Duration {
    fields::elements(headers, AGE).next().and_then(fields::seconds).unwrap_or_default()
}
