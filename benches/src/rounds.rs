//! Rounds: every contender gets the same load in turn, over and over, so that what disturbs the machine disturbs all alike.

use std::time::Duration;

use anyhow::{Context, Result};
use hyper::{
    HeaderMap,
    header::{ACCEPT, HeaderValue, USER_AGENT},
};

use crate::{
    certificate::Certificate,
    contender::Contender,
    load::{Generator, Shape, Tally, Target, Window},
};

/// What a run consists of.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How often each contender has its turn.
    pub rounds: usize,
    /// The load before each measured window, on the same connections.
    pub warm_up: Window,
    /// The measured window.
    pub measured: Window,
    /// The load.
    pub shape: Shape,
}

/// One contender's turn in one round.
#[derive(Clone, Debug)]
pub struct Sample {
    /// CPU time that the contender used for the whole window.
    pub cpu: Duration,
    /// What the clients saw.
    pub tally: Tally,
}

impl Sample {
    /// CPU time of the contender per request, in microseconds.
    pub fn cpu_micros_per_request(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / self.tally.requests() as f64
    }
}

/// Runs all rounds and answers each contender's samples, both in order; `progress` hears of every sample as it comes.
///
/// # Errors
/// When any request of any contender went wrong; the figures of a run with failures would compare different work.
pub fn run(
    plan: Plan,
    contenders: &[Contender],
    certificate: &Certificate,
    mut progress: impl FnMut(usize, &Contender, &Sample),
) -> Result<Vec<Vec<Sample>>> {
    let headers = request_headers(contenders);
    let mut samples = vec![Vec::with_capacity(plan.rounds); contenders.len()];
    for round in 1..=plan.rounds {
        for (contender, samples) in contenders.iter().zip(&mut samples) {
            let sample = measure(plan, contender, certificate, &headers);
            let sample = sample.with_context(|| format!("{}, round {round}", contender.name))?;
            progress(round, contender, &sample);
            samples.push(sample);
        }
    }
    Ok(samples)
}

/// Connections are new in each turn: the kernel deals them out to the workers by chance, and the spread should show that.
fn measure(plan: Plan, contender: &Contender, certificate: &Certificate, headers: &HeaderMap) -> Result<Sample> {
    let target = Target::new(contender.address, certificate, plan.shape.protocol, headers.clone())?;
    let generator = Generator::connect(plan.shape, &target)?;
    generator.run(plan.warm_up)?;
    let before = contender.cpu_time()?;
    let tally = generator.run(plan.measured)?;
    let cpu = contender.cpu_time()? - before;
    Ok(Sample { cpu, tally })
}

/// What any of the contenders asks for is sent to all of them, so that they all read the same bytes.
fn request_headers(contenders: &[Contender]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, HeaderValue::from_static("sluice-bench"));
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    for contender in contenders {
        headers.extend(contender.headers.clone());
    }
    headers
}
