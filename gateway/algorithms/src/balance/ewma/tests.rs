use proptest::prelude::*;

use super::*;

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A thousandth and a microsecond more or less is the same.
fn assert_near(seconds: f64, expected: f64) {
    assert!((seconds - expected).abs() <= expected / 1e3 + 1e-6, "{seconds} is not about {expected}");
}

fn seconds(ewma: Ewma) -> f64 {
    ewma.latency().unwrap().as_secs_f64()
}

#[test]
fn the_first_sample_is_the_average() {
    let ewma = Ewma::default().sample(millis(20), millis(5_000));
    assert_near(seconds(ewma), 0.02);
    assert_near(ewma.cost(0, millis(5_000)), 0.02);
    assert_near(ewma.cost(4, millis(5_000)), 0.1);
}

#[test]
fn a_peak_is_believed_at_once_and_forgiven_with_time() {
    let ewma = Ewma::default().sample(millis(10), millis(0)).sample(millis(1_000), millis(1));
    assert_near(seconds(ewma), 1.0);
    // In the same instant nothing is forgiven; after the time constant 1/e of the peak is left.
    assert_near(seconds(ewma.sample(millis(10), millis(1))), 1.0);
    assert_near(seconds(ewma.sample(millis(10), millis(10_001))), 0.3742);
    assert_near(seconds(ewma.sample(millis(10), millis(100_001))), 0.010_045);
}

#[test]
fn how_often_is_sampled_changes_little() {
    let peak = Ewma::default().sample(millis(1_000), millis(0));
    let often = (1..=10_000).fold(peak, |ewma, at| ewma.sample(millis(10), millis(at)));
    assert_near(seconds(often), 0.3742);
}

#[test]
fn cost_fades_while_nobody_asks_and_not_while_somebody_waits() {
    let ewma = Ewma::default().sample(millis(1_000), millis(0));
    assert_near(ewma.cost(0, millis(10_000)), 0.3679);
    assert_near(ewma.cost(1, millis(10_000)), 2.0);
}

#[test]
fn the_unknown_is_tried_by_one_request_and_then_takes_a_second() {
    assert_eq!(Ewma::from_bits(0), Ewma::default());
    assert_eq!(Ewma::default().latency(), None);
    assert_near(Ewma::default().cost(0, millis(7)), 0.0);
    assert_near(Ewma::default().cost(1, millis(7)), 2.0);
    assert_near(Ewma::default().cost(2, millis(700)), 3.0);
}

#[test]
fn a_time_that_comes_late_forgives_nothing_and_turns_no_clock_back() {
    let ewma = Ewma::default().sample(millis(1_000), millis(20_000));
    let late = ewma.sample(millis(10), millis(15_000));
    assert_eq!(late, ewma);
    assert_near(seconds(ewma.sample(millis(2_000), millis(15_000)).sample(millis(0), millis(30_000))), 0.7358);
}

#[test]
fn time_comes_around_without_harm() {
    let before = u64::from(u32::MAX) - 5_000;
    let ewma = Ewma::default().sample(millis(1_000), millis(before));
    assert_near(ewma.cost(0, millis(before + 10_000)), 0.3679);
}

#[test]
fn the_shortest_and_the_longest_latency_are_known() {
    let ewma = Ewma::default().sample(Duration::ZERO, Duration::ZERO);
    assert!(ewma.latency().is_some() && ewma != Ewma::default());
    assert_eq!(ewma.sample(Duration::MAX, Duration::ZERO).latency(), Some(Duration::MAX));
}

proptest! {
    #[test]
    fn the_average_is_within_what_was_seen_and_never_below_the_last_sample(
        samples in prop::collection::vec((0_u64..60_000, 0_u64..30_000), 1..50),
    ) {
        let (mut ewma, mut now) = (Ewma::default(), Duration::ZERO);
        let (mut least, mut most) = (f64::MAX, 0.0_f64);
        for (latency, step) in samples {
            now += millis(step);
            ewma = Ewma::from_bits(ewma.sample(millis(latency), now).to_bits());
            let latency = millis(latency).as_secs_f64();
            (least, most) = (least.min(latency), most.max(latency));
            let average = seconds(ewma);
            let slack = 1e-6 + average * 1e-6;
            prop_assert!(average >= latency - slack && average >= least - slack && average <= most + slack);
            prop_assert!(ewma.cost(0, now) <= ewma.cost(1, now) && ewma.cost(1, now) <= ewma.cost(2, now));
        }
    }

    #[test]
    fn any_word_is_read_without_harm(
        bits in any::<u64>(),
        latency in any::<u32>(),
        now in any::<u64>(),
        pending in any::<u32>(),
    ) {
        let ewma = Ewma::from_bits(bits).sample(millis(latency.into()), millis(now));
        prop_assert!(ewma.cost(pending, millis(now)) >= 0.0 && ewma.latency().is_some());
    }
}
