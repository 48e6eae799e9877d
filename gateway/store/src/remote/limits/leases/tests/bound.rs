//! The bound of leased rates, over random schedules of nodes, a store and the ways between them.

use gateway_algorithms::limit::{Gcra, Limit};
use tokio::sync::oneshot::Receiver;

use super::{
    super::super::{Outage, SharedLimit, order::Grant},
    *,
};

const MS: u64 = 1_000_000;
const LIFE: u64 = 200 * MS;

/// Something on its way, by when it arrives.
enum Letter {
    Ask { node: usize, want: u64, least: u64, sent: u64 },
    Grant { node: usize, want: u64, sent: u64, grant: Grant },
    Back { cost: u32 },
}

/// The cost of a request that waits, and its answer.
type Waiting = (u64, Receiver<Result<Decision, Outage>>);

struct World {
    rate: Gcra,
    /// What the store holds.
    arrival: u64,
    terms: Terms,
    nodes: Vec<(Slice, Vec<Waiting>)>,
    letters: Vec<(u64, Letter)>,
    /// What was admitted, by millisecond; to those that waited when the store granted it, as an exact charge counts.
    admitted: Vec<u64>,
    /// Requests a second at each node.
    demand: Vec<u64>,
    random: fastrand::Rng,
}

impl World {
    fn send(&mut self, node: usize, errand: Errand, now: u64) {
        for (cost, _) in errand.back {
            // Some of it is lost, as with a node that dies.
            if self.random.u8(..10) > 0 {
                self.post(Letter::Back { cost }, now);
            }
        }
        if let Some((want, least)) = errand.ask {
            self.post(Letter::Ask { node, want, least, sent: now }, now);
        }
    }

    fn post(&mut self, letter: Letter, now: u64) {
        let delay = self.random.u64(..10 * MS);
        self.letters.push((now + delay, letter));
    }

    fn request(&mut self, node: usize, now: u64, cost: u32) {
        let (slice, waiting) = &mut self.nodes[node];
        let (taken, errand) = slice.take(&self.terms, now, cost);
        match taken {
            Taken::Decided(Ok(decision)) if decision.admitted => self.admitted[(now / MS) as usize] += u64::from(cost),
            Taken::Decided(_) => (),
            Taken::Waits(answer) => waiting.push((u64::from(cost), answer)),
        }
        self.send(node, errand, now);
    }

    fn deliver(&mut self, letter: Letter, now: u64) {
        match letter {
            Letter::Back { cost } => self.rate.give_back(&mut self.arrival, now, cost),
            Letter::Ask { node, want, least, sent } => {
                let left = self.rate.peek(&self.arrival, now, 0).remaining;
                let granted = left.min(want).min(least);
                let cost = u32::try_from(granted).expect("a burst");
                let rest = self.rate.decide(&mut self.arrival, now, cost);
                let retry_after = self.rate.peek(&self.arrival, now, 1).retry_after.expect("it has a burst");
                let grant = Grant {
                    at: now,
                    granted,
                    ends_after: None,
                    remaining: rest.remaining,
                    more_after: rest.more_after,
                    retry_after,
                };
                self.post(Letter::Grant { node, want, sent, grant }, now);
            }
            Letter::Grant { node, want, sent, grant } => {
                let (slice, waiting) = &mut self.nodes[node];
                let errand = slice.granted(&self.terms, &grant, want, sent, now);
                let admitted = &mut self.admitted[(grant.at / MS) as usize];
                waiting.retain_mut(|(cost, answer)| match answer.try_recv() {
                    Ok(answer) => {
                        *admitted += if answer.expect("the store is up").admitted { *cost } else { 0 };
                        false
                    }
                    Err(_) => true,
                });
                self.send(node, errand, now);
            }
        }
    }
}

#[test]
fn in_no_stretch_of_time_more_is_admitted_than_the_rate_and_what_lies_unspent() {
    let mut most = 0;
    for seed in 0..40 {
        let mut random = fastrand::Rng::with_seed(seed);
        let (rate, burst, nodes) = (random.u64(10..3_000), random.u32(1..1_000), random.usize(1..5));
        let limit = Gcra::new(rate as f64, burst).expect("sound");
        let mut world = World {
            rate: limit,
            arrival: 0,
            terms: Terms::new(&Measure::Limit(SharedLimit::new(limit).expect("sound")), LIFE),
            nodes: (0..nodes).map(|_| <_>::default()).collect(),
            letters: Vec::new(),
            admitted: vec![0; 1_500],
            demand: vec![rate; nodes],
            random,
        };
        for ms in 0..1_500 {
            run(&mut world, ms, rate);
        }
        let beyond = beyond_exact(&world.admitted, rate, burst);
        let unspent = nodes as u64 * (rate * LIFE / 1_000_000_000).max(1);
        assert!(beyond <= unspent, "seed {seed}: {beyond} more than the exact limit admits, of at most {unspent}");
        most = most.max(beyond);
    }
    assert!(most > 50, "{most}: schedules in which nothing lies unspent show nothing");
}

/// The most that was admitted, in any stretch of milliseconds, beyond what the exact limit admits in it.
fn beyond_exact(admitted: &[u64], rate: u64, burst: u32) -> u64 {
    let mut most = 0;
    for from in 0..admitted.len() {
        let mut sum = 0;
        for (length, admitted) in (1..).zip(&admitted[from..]) {
            sum += admitted;
            let exact = u64::from(burst) + (rate * length).div_ceil(1_000);
            most = most.max(sum.saturating_sub(exact));
        }
    }
    most
}

/// A millisecond: what arrives in it, and requests.
fn run(world: &mut World, ms: u64, rate: u64) {
    let end = (ms + 1) * MS;
    while let Some(next) = (0..world.letters.len()).min_by_key(|index| world.letters[*index].0)
        && world.letters[next].0 < end
    {
        let (at, letter) = world.letters.swap_remove(next);
        world.deliver(letter, at.max(ms * MS));
    }
    for node in 0..world.nodes.len() {
        if world.random.u8(..40) == 0 {
            // Nothing, less than the rate, or far more, for a while that nobody knows.
            world.demand[node] = [0, 0, rate / 4, rate, 20 * rate][world.random.usize(..5)];
        }
        for _ in 0..(world.demand[node] + world.random.u64(..1_000)) / 1_000 {
            world.request(node, end - 1, 1);
        }
    }
    if ms.is_multiple_of(50) {
        for node in 0..world.nodes.len() {
            let back = world.nodes[node].0.lapse(end - 1).into_iter().collect();
            world.send(node, Errand { back, ask: None }, end - 1);
        }
    }
}
