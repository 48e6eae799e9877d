use std::{cmp::Reverse, collections::BinaryHeap};

use super::*;

const BOUNDS: Bounds = Bounds { min: 1, max: 1_000 };

/// A server with so many places, each of which takes one request at a time, and a queue of its own. Its clients send as many
/// requests at one time as the limit lets them.
struct Server {
    limiter: Limiter,
    places: usize,
    service: Duration,
    /// Spreads service times: 0 for always the same, 1 for exponential ones.
    spread: f64,
    /// The most requests at one time that clients have.
    demand: u32,
    now: Duration,
    under_way: BinaryHeap<Reverse<(Duration, Duration, u64)>>,
    free_at: BinaryHeap<Reverse<Duration>>,
    window: Begun,
    seed: u64,
    limits: Vec<(Duration, u32, Option<Cause>)>,
    answered: u64,
}

struct Begun {
    at: Duration,
    number: u64,
    window: Window,
    sum: Duration,
    squares: f64,
}

impl Server {
    fn new(limiter: Limiter, places: usize, service_ms: u64) -> Self {
        let limits = vec![(Duration::ZERO, limiter.limit(), None)];
        Self {
            limiter,
            places,
            service: Duration::from_millis(service_ms),
            spread: 0.0,
            demand: u32::MAX,
            now: Duration::ZERO,
            under_way: BinaryHeap::new(),
            free_at: std::iter::repeat_n(Reverse(Duration::ZERO), places).collect(),
            window: Begun::at(Duration::ZERO, 0),
            seed: 42,
            limits,
            answered: 0,
        }
    }

    fn gradient(places: usize, service_ms: u64, initial: u32) -> Self {
        Self::new(Limiter::Gradient(Gradient::new(BOUNDS, initial, 7)), places, service_ms)
    }

    /// From now on it has so many places.
    fn has_places(&mut self, places: usize) {
        while self.free_at.len() > places {
            self.free_at.pop();
        }
        while self.free_at.len() < places {
            self.free_at.push(Reverse(self.now));
        }
        self.places = places;
    }

    fn run(&mut self, seconds: f64) -> f64 {
        let (end, before) = (self.now + Duration::from_secs_f64(seconds), self.answered);
        loop {
            while self.under_way.len() < self.limiter.limit().min(self.demand) as usize {
                self.send();
            }
            let most = u32::try_from(self.under_way.len()).unwrap();
            self.window.window.peak = self.window.window.peak.max(most);
            self.window.window.limited |= self.demand > self.limiter.limit();
            let Some(Reverse((at, sent, number))) = self.under_way.pop() else { break };
            self.now = at;
            if at > end {
                self.under_way.push(Reverse((at, sent, number)));
                break;
            }
            self.answered += 1;
            self.answers(at - sent, number);
        }
        (self.answered - before) as f64 / seconds
    }

    fn send(&mut self) {
        let Reverse(free) = self.free_at.pop().unwrap();
        let ends = free.max(self.now) + self.service_time();
        self.free_at.push(Reverse(ends));
        self.under_way.push(Reverse((ends, self.now, self.window.number)));
    }

    fn service_time(&mut self) -> Duration {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let uniform = ((self.seed >> 11) as f64 / (1_u64 << 53) as f64).max(1e-9);
        self.service.mul_f64(1.0 - self.spread + self.spread * -uniform.ln())
    }

    fn answers(&mut self, latency: Duration, number: u64) {
        if number == self.window.number {
            self.window.sum += latency;
            self.window.squares += latency.as_secs_f64().powi(2);
            self.window.window.answered += 1;
        }
        let Begun { at, window, sum, squares, .. } = &mut self.window;
        window.elapsed = self.now - *at;
        window.latency = *sum / window.answered.max(1);
        let count = f64::from(window.answered.max(1));
        let variance = (*squares / count - window.latency.as_secs_f64().powi(2)).max(0.0);
        window.error = Duration::from_secs_f64((variance / count).sqrt());
        if self.limiter.is_full(window) {
            let cause = self.limiter.judge(window, self.now);
            if cause.is_some() {
                self.limits.push((self.now, self.limiter.limit(), cause));
            }
            self.window = Begun::at(self.now, self.window.number + 1);
        }
    }

    /// The limits that held between two moments, in seconds.
    fn limits_between(&self, from: f64, to: f64) -> Vec<u32> {
        let held = self.limits.iter().filter(|(at, ..)| (from..to).contains(&at.as_secs_f64()));
        held.filter(|(.., cause)| *cause != Some(Cause::Probe)).map(|(_, limit, _)| *limit).collect()
    }
}

impl Begun {
    fn at(at: Duration, number: u64) -> Self {
        Self { at, number, window: Window::default(), sum: Duration::ZERO, squares: 0.0 }
    }
}

/// The share of what it could answer at most that the server answered.
fn use_of(answered: f64, server: &Server) -> f64 {
    answered * server.service.as_secs_f64() / server.places as f64
}

#[test]
fn a_server_is_kept_busy_and_its_queue_short_without_anybody_knowing_its_places() {
    for (places, service_ms, spread) in [(8, 10, 0.0), (32, 20, 0.0), (200, 5, 0.0), (32, 20, 0.5), (32, 20, 1.0)] {
        let mut server = Server::gradient(places, service_ms, 20);
        server.spread = spread;
        server.run(6.0);
        let answered = server.run(20.0);
        let used = use_of(answered, &server);
        assert!(used > 0.95, "{places} places are used to {used:.3} with service times spread by {spread}");
        let limits = server.limits_between(6.0, 26.0);
        let mean = f64::from(limits.iter().sum::<u32>()) / limits.len() as f64 / places as f64;
        assert!((1.0..1.45).contains(&mean), "{mean:.2} times {places} with service times spread by {spread}");
    }
}

#[test]
fn a_slower_server_keeps_its_places_and_the_limit_settles_within_two_seconds() {
    for (places, service_ms) in [(16, 10), (32, 20), (100, 10)] {
        let mut server = Server::gradient(places, service_ms, 20);
        server.run(5.0);
        for factor in [4.0, 0.25] {
            server.service = server.service.mul_f64(factor);
            server.run(2.0);
            let from = server.now.as_secs_f64();
            let answered = server.run(8.0);
            let used = use_of(answered, &server);
            assert!(used > 0.95, "{places} places are used to {used:.3} after service times changed by {factor}");
            assert_settled(&server.limits_between(from, from + 8.0));
        }
    }
}

#[test]
fn the_limit_follows_the_places_that_a_server_has() {
    for (places, service_ms) in [(32, 20), (100, 10)] {
        let mut server = Server::gradient(places, service_ms, 20);
        server.run(5.0);
        for now in [places / 4, places] {
            server.has_places(now);
            server.run(2.0);
            let from = server.now.as_secs_f64();
            let answered = server.run(8.0);
            let used = use_of(answered, &server);
            let limits = server.limits_between(from, from + 8.0);
            assert!(used > 0.95 && used < 1.1, "{now} of {places} places are used to {used:.3}");
            assert!(limits.iter().all(|limit| (*limit as usize) < now * 3 / 2 + 2), "{now} of {places}: {limits:?}");
            assert_settled(&limits);
        }
    }
}

/// No limit is off the mean by more than a fifth, or by one.
fn assert_settled(limits: &[u32]) {
    let mean = f64::from(limits.iter().sum::<u32>()) / limits.len().max(1) as f64;
    let off = |limit: &u32| (f64::from(*limit) - mean).abs() > (mean * 0.2).max(1.0);
    assert!(!limits.iter().any(off), "about {mean:.1}: {limits:?}");
}

#[test]
fn without_anybody_waiting_the_limit_stays_and_the_latency_is_learned() {
    let mut server = Server::gradient(32, 20, 40);
    server.demand = 10;
    server.run(5.0);
    assert_eq!(server.limiter.limit(), 40);
    assert_eq!(server.limiter.unloaded_latency(), Some(Duration::from_millis(20)));
}

#[test]
fn a_limit_stays_within_its_bounds() {
    let bounds = Bounds { min: 10, max: 24 };
    for places in [2, 100] {
        let mut server = Server::new(Limiter::Gradient(Gradient::new(bounds, 20, 7)), places, 10);
        server.run(10.0);
        assert!(server.limits.iter().all(|(_, limit, _)| (10..=24).contains(limit)), "{:?}", server.limits);
    }
    let mut server = Server::new(Limiter::Fixed(7), 3, 10);
    server.run(3.0);
    assert_eq!((server.limits.len(), server.limiter.limit()), (1, 7));
}

#[test]
fn additive_increase_keeps_responses_in_time() {
    let aimd = Aimd::new(BOUNDS, 4, Duration::from_millis(30));
    let mut server = Server::new(Limiter::Aimd(aimd), 16, 20);
    server.run(10.0);
    let limits = server.limits_between(5.0, 10.0);
    assert!(limits.iter().all(|limit| (16..=26).contains(limit)), "{limits:?}");
    let causes: Vec<_> = server.limits.iter().filter_map(|(.., cause)| *cause).collect();
    assert!(causes.contains(&Cause::Headroom) && causes.contains(&Cause::Latency), "{causes:?}");
}

#[test]
fn a_server_that_turns_requests_away_gets_fewer() {
    let latency = Duration::from_millis(1);
    let unfelt = Window { answered: 50, overloaded: 50, latency, ..Window::default() };
    let few = Window { answered: 97, overloaded: 3, latency, limited: true, ..Window::default() };
    let turned_away = Window { limited: true, ..unfelt };
    for mut limiter in [
        Limiter::Gradient(Gradient::new(BOUNDS, 100, 7)),
        Limiter::Aimd(Aimd::new(BOUNDS, 100, Duration::from_millis(10))),
    ] {
        for says_nothing in [unfelt, few] {
            assert_ne!(limiter.clone().judge(&says_nothing, Duration::ZERO), Some(Cause::Overloaded));
        }
        assert_eq!(limiter.judge(&turned_away, Duration::ZERO), Some(Cause::Overloaded));
        assert!(limiter.limit() <= 90, "{limiter:?}");
    }
}

#[test]
fn probes_of_two_nodes_are_apart() {
    let probes = |seed| {
        let mut server = Server::new(Limiter::Gradient(Gradient::new(BOUNDS, 20, seed)), 32, 20);
        server.run(60.0);
        let probes = server.limits.iter().filter(|(at, _, cause)| at.as_secs() > 5 && *cause == Some(Cause::Probe));
        probes.map(|(at, ..)| at.as_millis() / 100).collect::<Vec<_>>()
    };
    let (one, other) = (probes(1_234_567), probes(987_654_321));
    assert!((4..12).contains(&one.len()) && one != other, "{one:?} {other:?}");
}

#[test]
fn critical_requests_go_a_little_beyond_a_limit_that_was_found_and_not_beyond_one_that_was_named() {
    let gradient = |limit, max| Limiter::Gradient(Gradient::new(Bounds { min: 1, max }, limit, 7));
    let cases = [(gradient(16, 100), 18), (gradient(1, 100), 2), (gradient(16, 17), 17), (Limiter::Fixed(16), 16)];
    for (limiter, most) in cases {
        assert_eq!(limiter.critical_limit(), most, "{limiter:?}");
    }
}
