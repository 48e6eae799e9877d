//! The published vectors hold here.

use gateway_algorithms::limit::{
    Concurrency, Decision, FixedWindow, Gcra, LeakyBucket, Limit, SlidingLog, SlidingWindow,
};
use serde::Deserialize;

const VECTORS: &str = include_str!("../vectors/limits.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    format: u32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default, rename = "about")]
    _about: String,
    limit: Numbers,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(tag = "algorithm", rename_all = "snake_case", deny_unknown_fields)]
enum Numbers {
    Gcra { rate: f64, burst: u32 },
    LeakyBucket { rate: f64, burst: u32, undelayed: u32 },
    FixedWindow { limit: u64, window_ns: u64 },
    SlidingWindow { limit: u64, window_ns: u64 },
    SlidingLog { limit: u64, window_ns: u64 },
    Concurrency { limit: u32 },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Step {
    Request(Request),
    GiveBack(GiveBack),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    at_ns: u64,
    cost: u32,
    admitted: bool,
    delay_ns: u64,
    remaining: u64,
    more_after_ns: u64,
    retry_after_ns: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GiveBack {
    give_back: u32,
    taken_at_ns: u64,
}

#[test]
fn every_answer_is_the_published_one() {
    let vectors: Vectors = serde_json::from_str(VECTORS).expect("the vectors have the format of their README");
    assert_eq!(vectors.format, 1);
    for case in &vectors.cases {
        match case.limit {
            Numbers::Gcra { rate, burst } => run(case, &Gcra::new(rate, burst).unwrap()),
            Numbers::LeakyBucket { rate, burst, undelayed } => {
                run(case, &LeakyBucket::new(rate, burst, undelayed).unwrap());
            }
            Numbers::FixedWindow { limit, window_ns } => run(case, &FixedWindow::new(limit, window_ns).unwrap()),
            Numbers::SlidingWindow { limit, window_ns } => run(case, &SlidingWindow::new(limit, window_ns).unwrap()),
            Numbers::SlidingLog { limit, window_ns } => run(case, &SlidingLog::new(limit, window_ns).unwrap()),
            Numbers::Concurrency { limit } => run(case, &Concurrency::new(limit).unwrap()),
        }
    }
}

fn run<L: Limit>(case: &Case, limit: &L) {
    let mut state = L::State::default();
    for (position, step) in case.steps.iter().enumerate() {
        match step {
            Step::Request(request) => {
                let decision = limit.decide(&mut state, request.at_ns, request.cost);
                assert_eq!(decision, request.answer(), "{}, step {position}", case.name);
            }
            Step::GiveBack(step) => limit.give_back(&mut state, step.taken_at_ns, step.give_back),
        }
    }
}

impl Request {
    fn answer(&self) -> Decision {
        Decision {
            admitted: self.admitted,
            delay: self.delay_ns,
            remaining: self.remaining,
            more_after: self.more_after_ns,
            retry_after: self.retry_after_ns,
        }
    }
}
