//! What clients say of how important their requests are. They may lower the class of a request, never raise it.

use gateway_algorithms::priority::PriorityClass;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Says the class to the upstream, and to this gateway where the upstream calls on through it.
pub(crate) const X_SLUICE_PRIORITY: HeaderName = HeaderName::from_static("x-sluice-priority");
/// Extensible priorities (RFC 9218).
const PRIORITY: HeaderName = HeaderName::from_static("priority");

/// The class that a client wishes its request no more important than.
pub(crate) fn wish(headers: &HeaderMap) -> Option<PriorityClass> {
    let ours = headers.get_all(X_SLUICE_PRIORITY).iter().filter_map(|value| PriorityClass::parse(value.to_str().ok()?));
    let theirs = headers.get_all(PRIORITY).iter().filter_map(of_urgency);
    ours.chain(theirs).max()
}

/// The class that an urgency allows (RFC 9218, section 4.1): 3 is that of requests without one, so up to there nothing is
/// said. What is malformed says nothing either.
fn of_urgency(value: &HeaderValue) -> Option<PriorityClass> {
    let members = value.to_str().ok()?.split(',');
    let urgency = members.filter_map(|member| member.trim().strip_prefix("u=")).next_back()?;
    match urgency.split(';').next()?.trim() {
        "4" | "5" => Some(PriorityClass::Normal),
        "6" | "7" => Some(PriorityClass::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_may_say_how_unimportant_a_request_is() {
        type Fields = &'static [(&'static str, &'static str)];
        let cases: [(Fields, Option<PriorityClass>); 12] = [
            (&[], None),
            (&[("priority", "u=0")], None),
            (&[("priority", "u=3, i")], None),
            (&[("priority", "u=4")], Some(PriorityClass::Normal)),
            (&[("priority", "i, u=7;x=1")], Some(PriorityClass::Low)),
            (&[("priority", "u=7, u=1")], None),
            (&[("priority", "u=70")], None),
            (&[("priority", "\"u=7\"")], None),
            (&[("x-sluice-priority", "low")], Some(PriorityClass::Low)),
            (&[("x-sluice-priority", "critical")], Some(PriorityClass::Critical)),
            (&[("x-sluice-priority", "LOW")], None),
            (&[("x-sluice-priority", "high"), ("priority", "u=6")], Some(PriorityClass::Low)),
        ];
        for (fields, expected) in cases {
            let fields = fields.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            let headers: HeaderMap = fields.collect();
            assert_eq!(wish(&headers), expected, "{headers:?}");
        }
    }
}
