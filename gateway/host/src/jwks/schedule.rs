//! When a set is fetched again: no clock in here.

use std::time::Duration;

use sluice_abi::wire::KeySetSource;

use super::KeyDocument;

/// How long a set is fresh whose response does not say, in milliseconds.
const UNSAID: u64 = 3_600_000;

/// The part of the time for which a set is fresh after which it is fetched again: so that it is there before the end.
const EARLY: f64 = 0.8;

/// The first and the longest pause after a failure, in milliseconds.
const FIRST_PAUSE: u64 = 1_000;
const LONGEST_PAUSE: u64 = 60_000;

/// For how long a document is fresh (RFC 9111 section 4.2), within the bounds of its source; in milliseconds.
pub(super) fn lifetime(document: &KeyDocument, source: &KeySetSource) -> u64 {
    let said = document.cache_control.as_deref().map_or(Some(UNSAID), max_age);
    let age = document.age.unwrap_or(0).saturating_mul(1_000);
    said.map_or(source.min_age, |said| said.saturating_sub(age)).clamp(source.min_age, source.max_age)
}

/// What `cache-control` says: none for what must not be kept at all.
fn max_age(cache_control: &str) -> Option<u64> {
    let mut said = UNSAID;
    for directive in cache_control.split(',') {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "no-store" | "no-cache" => return None,
            "max-age" => {
                // More digits than a number holds mean for ever (RFC 9111 section 1.2.2); what is no number means now.
                let digits = value.trim().trim_matches('"');
                let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
                let seconds = if is_number { digits.parse().unwrap_or(u64::MAX) } else { 0 };
                said = seconds.saturating_mul(1_000);
            }
            _ => {}
        }
    }
    Some(said)
}

/// The pause after a document that is fresh for `lifetime` milliseconds. `random` from 0 to 1 spreads nodes that began together.
pub(super) fn after_success(lifetime: u64, random: f64) -> Duration {
    Duration::from_millis(lifetime).mul_f64(EARLY * (1.0 - random * 0.1))
}

/// The pause after so many failures in a row.
pub(super) fn after_failure(failures: u32, random: f64) -> Duration {
    let pause = FIRST_PAUSE.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_PAUSE);
    Duration::from_millis(pause).mul_f64(1.0 - random * 0.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> KeySetSource {
        KeySetSource { url: String::new(), min_age: 60_000, max_age: 7_200_000, max_stale: 1_000, cooldown: 1_000 }
    }

    #[test]
    fn what_the_issuer_says_counts_within_our_bounds() {
        for (cache_control, age, expected) in [
            (None, None, UNSAID),
            (Some("public"), None, UNSAID),
            (Some("max-age=600"), None, 600_000),
            (Some("public, Max-Age=\"600\" , must-revalidate"), None, 600_000),
            (Some("max-age=600"), Some(100), 500_000),
            (Some("max-age=600"), Some(1_000), 60_000),
            (Some("max-age=1"), None, 60_000),
            (Some("max-age=99999999999999999999999"), None, 7_200_000),
            (Some("max-age=soon"), None, 60_000),
            (Some("max-age=600, no-store"), None, 60_000),
            (Some("no-cache"), None, 60_000),
        ] {
            let document = KeyDocument { body: vec![], cache_control: cache_control.map(str::to_owned), age };
            assert_eq!(lifetime(&document, &source()), expected, "{cache_control:?} {age:?}");
        }
    }

    #[test]
    fn it_is_fetched_again_before_its_time_is_over() {
        assert_eq!(after_success(100_000, 0.0), Duration::from_secs(80));
        assert_eq!(after_success(100_000, 1.0), Duration::from_secs(72));
    }

    #[test]
    fn pauses_between_failures_grow_to_a_minute() {
        let pauses: Vec<u64> = (1..=8).map(|failures| after_failure(failures, 0.0).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(after_failure(u32::MAX, 1.0), Duration::from_secs(48));
    }
}
