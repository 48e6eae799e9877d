//! Endpoints that are new, or back, get their load bit by bit.

use std::time::Duration;

/// What an endpoint has of its weight at least: with none it would never warm up.
const LEAST: f64 = 0.1;

/// The part of its weight, from 0.1 to 1, that an endpoint has which came `age` ago, as Envoy has it with an aggression
/// of 1: it grows in proportion to time until the window is over. A window of zero starts nobody slowly.
#[must_use]
pub fn slow_start(age: Duration, window: Duration) -> f64 {
    if age >= window {
        return 1.0;
    }
    age.div_duration_f64(window).max(LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_of_a_new_endpoint_grows_with_time() {
        let seconds = Duration::from_secs;
        let cases =
            [(0, 30, 0.1), (2, 30, 0.1), (3, 30, 0.1), (15, 30, 0.5), (30, 30, 1.0), (31, 30, 1.0), (0, 0, 1.0)];
        for (age, window, expected) in cases {
            let part = slow_start(seconds(age), seconds(window));
            assert!((part - expected).abs() < 1e-9, "{part} at {age} of {window} seconds");
        }
    }
}
