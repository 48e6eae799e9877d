use std::{cmp::Reverse, collections::BinaryHeap, time::Duration};

use super::*;
use crate::random::of_stream;

/// Endpoints of one upstream, of which each request goes to the better one of two by its [`Ewma`].
struct Upstream<const COUNT: usize> {
    latency: [Duration; COUNT],
    averages: [Ewma; COUNT],
    pending: [u32; COUNT],
    under_way: BinaryHeap<Reverse<(Duration, usize, Duration)>>,
    now: Duration,
    random: u64,
}

impl<const COUNT: usize> Upstream<COUNT> {
    fn new(millis: [u64; COUNT]) -> Self {
        Self {
            latency: millis.map(Duration::from_millis),
            averages: [Ewma::default(); COUNT],
            pending: [0; COUNT],
            under_way: BinaryHeap::new(),
            now: Duration::ZERO,
            random: 0,
        }
    }

    /// Sends a request each two milliseconds; the percentage that each endpoint has got of them.
    fn run(&mut self, seconds: u64) -> [u64; COUNT] {
        let mut seen = [0; COUNT];
        for _ in 0..seconds * 500 {
            self.now += Duration::from_millis(2);
            self.answer();
            self.random += 1;
            let cost = |index: usize| self.averages[index].cost(self.pending[index], self.now);
            let chosen = two_choices(COUNT, of_stream(3, self.random), |_| true, cost).unwrap();
            self.pending[chosen] += 1;
            self.under_way.push(Reverse((self.now + self.latency[chosen], chosen, self.now)));
            seen[chosen] += 1;
        }
        seen.map(|count| count * 100 / (seconds * 500))
    }

    fn answer(&mut self) {
        while let Some(Reverse((at, endpoint, sent))) = self.under_way.pop() {
            if at > self.now {
                self.under_way.push(Reverse((at, endpoint, sent)));
                return;
            }
            self.pending[endpoint] -= 1;
            self.averages[endpoint] = self.averages[endpoint].sample(at - sent, at);
        }
    }
}

#[test]
fn an_endpoint_that_becomes_slow_is_found_at_once_and_trusted_again_in_its_time() {
    let mut upstream = Upstream::new([20; 4]);
    let alike = upstream.run(10);
    assert!(alike.iter().all(|percent| (20..=30).contains(percent)), "{alike:?}");

    upstream.latency[2] = Duration::from_millis(1_000);
    let slow = upstream.run(10);
    assert!(slow[2] <= 1, "{slow:?}");

    upstream.latency[2] = Duration::from_millis(20);
    upstream.run(60);
    let again = upstream.run(10);
    assert!((20..=30).contains(&again[2]), "{again:?}");
}

#[test]
fn what_is_twice_as_slow_has_about_half_as_many_requests() {
    let mut upstream = Upstream::new([40, 20]);
    upstream.run(5);
    let [slow, fast] = upstream.run(20);
    assert!((20..=40).contains(&slow), "{slow} to {fast}");
}

#[test]
fn an_endpoint_that_comes_is_known_after_one_request() {
    let mut upstream = Upstream::new([20; 3]);
    upstream.run(5);
    upstream.averages[1] = Ewma::default();
    let seen = upstream.run(5);
    assert!((25..=40).contains(&seen[1]), "{seen:?}");
}
