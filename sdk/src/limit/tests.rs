//! Rates as whole numbers.

use super::*;

fn window(rate: f64) -> (u64, u64) {
    let policy = Policy::per_second("test", rate, 1).unwrap();
    (policy.wire.limit, policy.wire.window)
}

#[test]
fn a_rate_becomes_the_smallest_whole_numbers() {
    for (rate, expected) in [
        (1.0, (1, 1_000)),
        (100.0, (100, 1_000)),
        (0.5, (1, 2_000)),
        (2.5, (5, 2_000)),
        (0.1, (1, 10_000)),
        (0.3, (3, 10_000)),
        (1.0 / 3.0, (1, 3_000)),
        (1.0 / 60.0, (1, 60_000)),
        (1.0 / 3_600.0, (1, 3_600_000)),
        (1_000_000_000.0, (1_000_000_000, 1_000)),
        (0.000_001, (1, 1_000_000_000)),
    ] {
        assert_eq!(window(rate), expected, "{rate}");
    }
}

#[test]
fn every_rate_is_met_to_one_in_a_hundred_million() {
    let mut rate = 0.000_001;
    while rate < 1_000_000_000.0 {
        let (limit, window) = window(rate);
        let met = limit as f64 * 1_000.0 / window as f64;
        assert!((met - rate).abs() <= rate * 1.01e-8, "{rate}: {limit} in {window} ms is {met}");
        assert!(limit > 0 && window > 0);
        rate *= 1.017_3;
    }
}

#[test]
fn a_rate_that_no_host_counts_is_refused_with_its_value() {
    for rate in [0.0, -1.0, 1e-7, 1e10, f64::NAN, f64::INFINITY] {
        let error = Policy::per_second("test", rate, 1).unwrap_err().to_string();
        assert!(error.contains(&rate.to_string()) && error.contains("use 0.000001 to 1000000000"), "{error}");
    }
}

#[test]
fn a_limit_may_be_saved_up_whole_unless_its_burst_is_named() {
    let policy = Policy::new("test", 600, Duration::from_secs(60));
    assert_eq!((policy.wire.limit, policy.wire.window, policy.wire.burst), (600, 60_000, 600));
    assert_eq!(policy.burst(10).wire.burst, 10);
}
