//! The script answers what the algorithms answer, to the nanosecond.

use gateway_algorithms::limit::{
    Decision, FixedWindow, Gcra, LONGEST_SHARED_WINDOW, LeakyBucket, Limit, SlidingLog, SlidingWindow,
};
use serde::Deserialize;

use super::*;
use crate::remote::limits::{link::Link, order::Answer, script};

const VECTORS: &str = include_str!("../../../../../algorithms/vectors/limits.json");

#[derive(Deserialize)]
struct Vectors {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    limit: Numbers,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(tag = "algorithm", rename_all = "snake_case")]
enum Numbers {
    Gcra { rate: f64, burst: u32 },
    LeakyBucket { rate: f64, burst: u32, undelayed: u32 },
    FixedWindow { limit: u64, window_ns: u64 },
    SlidingWindow { limit: u64, window_ns: u64 },
    SlidingLog { limit: u64, window_ns: u64 },
    Concurrency {},
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Step {
    Request {
        at_ns: u64,
        cost: u32,
        admitted: bool,
        delay_ns: u64,
        remaining: u64,
        more_after_ns: u64,
        retry_after_ns: Option<u64>,
    },
    GiveBack {
        give_back: u32,
        taken_at_ns: u64,
    },
}

impl Numbers {
    /// None for a limit that is not counted in a store.
    fn algorithm(&self) -> Option<Algorithm> {
        let sound = "a published limit";
        Some(match *self {
            Self::Gcra { rate, burst } => Gcra::new(rate, burst).expect(sound).into(),
            Self::LeakyBucket { rate, burst, undelayed } => {
                LeakyBucket::new(rate, burst, undelayed).expect(sound).into()
            }
            Self::FixedWindow { limit, window_ns } => FixedWindow::new(limit, window_ns).expect(sound).into(),
            Self::SlidingWindow { limit, window_ns } => SlidingWindow::new(limit, window_ns).expect(sound).into(),
            Self::SlidingLog { limit, window_ns } => SlidingLog::new(limit, window_ns).expect(sound).into(),
            Self::Concurrency {} => return None,
        })
    }
}

/// The script, with the time as an argument.
struct Server {
    link: Link,
    _redis: Redis,
}

impl Server {
    async fn start() -> Self {
        let redis = redis();
        let client = ::redis::Client::open(redis.url()).expect("a sound address");
        Self { link: Link::connect(&client).await.expect("it is in reach"), _redis: redis }
    }

    async fn run(&mut self, orders: &[Order], now: u64) -> Vec<Answer> {
        let command = script::command(orders, 1 << 52, Some(now));
        let answer = self.link.exchange(&[command]).await.expect("it answers").pop().expect("one answer");
        script::answers(orders, answer.clone()).unwrap_or_else(|error| panic!("{error:?}: {answer:?}"))
    }

    async fn decide(&mut self, draw: Draw, now: u64) -> Decision {
        let (reply, _) = oneshot::channel();
        let order = Order { group: group(), work: Work::Take { charge: charge([draw]), reply } };
        match self.run(&[order], now).await.pop() {
            Some(Answer::Charged(charged)) => charged.decisions[0],
            _ => panic!("it decides"),
        }
    }

    async fn give_back(&mut self, draw: Draw, taken_at: u64) {
        let order = Order { group: group(), work: Work::GiveBack { draws: vec![draw], taken_at } };
        self.run(&[order], taken_at).await;
    }
}

#[tokio::test]
async fn every_answer_is_the_published_one() {
    let vectors: Vectors = serde_json::from_str(VECTORS).expect("the format of their README");
    let mut server = Server::start().await;
    let mut run = 0;
    for case in &vectors.cases {
        let Some(algorithm) = case.limit.algorithm() else { continue };
        let Ok(limit) = SharedLimit::new(algorithm) else {
            assert!(
                algorithm.window() > Some(LONGEST_SHARED_WINDOW) || algorithm.limit() > GREATEST_LIMIT,
                "{}",
                case.name
            );
            continue;
        };
        run += 1;
        let draw = |cost| Draw { key: case.name.clone(), measure: Measure::Limit(limit), cost };
        for (position, step) in case.steps.iter().enumerate() {
            match *step {
                Step::Request { at_ns, cost, admitted, delay_ns, remaining, more_after_ns, retry_after_ns } => {
                    let published = Decision {
                        admitted,
                        delay: delay_ns,
                        remaining,
                        more_after: more_after_ns,
                        retry_after: retry_after_ns,
                    };
                    let decision = server.decide(draw(cost), at_ns).await;
                    assert_eq!(decision, published, "{}, step {position}", case.name);
                }
                Step::GiveBack { give_back, taken_at_ns } => server.give_back(draw(give_back), taken_at_ns).await,
            }
        }
    }
    assert!(run > 20, "only {run} cases are counted in a store");
}

#[tokio::test]
async fn script_and_algorithms_agree_over_random_schedules() {
    let mut server = Server::start().await;
    for seed in 0..150 {
        let mut random = fastrand::Rng::with_seed(seed);
        let key = format!("schedule {seed}");
        // Also windows that are no whole microseconds, and products beyond 2^53.
        let [window_bits, limit_bits] = [random.u32(2..=52), random.u32(2..=52)];
        let [window, limit] = [random.u64(1..1 << window_bits), random.u64(1..1 << limit_bits)];
        let burst = random.u32(1..50);
        let rate = 10f64.powf(random.f64() * 9.0 - 5.0);
        match seed % 5 {
            0 => compare(&mut server, &mut random, &key, Gcra::new(rate, burst).expect("sound")).await,
            1 => {
                let undelayed = random.u32(..burst + 5);
                let bucket = LeakyBucket::new(rate, burst, undelayed).expect("sound");
                compare(&mut server, &mut random, &key, bucket).await;
            }
            2 => compare(&mut server, &mut random, &key, FixedWindow::new(limit, window).expect("sound")).await,
            3 => compare(&mut server, &mut random, &key, SlidingWindow::new(limit, window).expect("sound")).await,
            _ => {
                let log = SlidingLog::new(limit % 60 + 1, window).expect("sound");
                compare(&mut server, &mut random, &key, log).await;
            }
        }
    }
}

/// Times near 1970 plus 55 years, sometimes a little earlier than the one before; what was admitted is sometimes given back.
async fn compare<L: Limit + Copy + Into<Algorithm>>(
    server: &mut Server,
    random: &mut fastrand::Rng,
    key: &str,
    limit: L,
) {
    let mut state = L::State::default();
    let window = limit.window().expect("time brings it back");
    let mut now = 1_750_000_000_000_000_000 + random.u64(..1_000_000_000);
    for step in 0..40 {
        let spread = if random.bool() { window / limit.limit().min(50) } else { window };
        now += random.u64(..=spread);
        if random.u8(..8) == 0 {
            now -= random.u64(..=window.min(1_000_000));
        }
        let most = u32::try_from(limit.limit().min(1 << 31)).expect("32 bits");
        let cost = if random.bool() { random.u32(..3) } else { random.u32(..=most.saturating_add(1)) };
        let draw = draw(key, limit.into(), cost);
        let expected = limit.decide(&mut state, now, cost);
        assert_eq!(server.decide(draw.clone(), now).await, expected, "{key}, step {step}, {:?} at {now}", draw);
        if expected.admitted && random.u8(..5) == 0 {
            limit.give_back(&mut state, now, cost);
            server.give_back(draw, now).await;
        }
    }
}

#[tokio::test]
async fn a_limit_that_was_made_smaller_applies_to_what_was_taken() {
    let mut server = Server::start().await;
    let now = 1_750_000_000_000_000_000;
    let steps = [
        (gcra(1.0, 100), 100, 0, 0),
        (gcra(10.0, 10), 1, 0, 1),
        (gcra(10.0, 10), 1, 99_999_999, 1),
        (gcra(10.0, 10), 1, 100_000_000, 0),
    ];
    for (algorithm, cost, after, refused) in steps {
        let decision = server.decide(draw("k", algorithm, cost), now + after).await;
        assert_eq!(u32::from(!decision.admitted), refused, "{after} ns later: {decision:?}");
    }
}
