//! The load generator against the bare proxy and the upstream, as the bench uses them.
#![allow(clippy::unwrap_used, reason = "helpers of tests panic like tests")]

use std::{path::Path, process::Command, time::Duration};

use gateway_benches::{
    Contender, PATH, RESPONSE_BYTES, Surroundings,
    certificate::Certificate,
    contender::bare,
    load::{
        Generator, Protocol, Shape, Target, Window,
        paced::{Ask, Asked, Expected, Paced},
    },
    process::Process,
    rounds::{self, Plan},
};
use hyper::{HeaderMap, StatusCode};
use tempfile::TempDir;

/// More time than any of these windows needs.
const LONG: Duration = Duration::from_secs(60);

struct Stage {
    proxy: Contender,
    certificate: Certificate,
    _upstream: Process,
    _scratch: TempDir,
}

impl Stage {
    fn set() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let certificate = Certificate::create(scratch.path()).unwrap();
        let (process, upstream) = Process::start_listening(&mut Command::new(env!("CARGO_BIN_EXE_upstream"))).unwrap();
        let surroundings = Surroundings {
            upstream,
            certificate: &certificate,
            workers: 2,
            http2: false,
            connections: 4,
            scratch: scratch.path(),
        };
        let proxy = bare::start("bare", Path::new(env!("CARGO_BIN_EXE_bare_proxy")), &surroundings).unwrap();
        Self { proxy, certificate, _upstream: process, _scratch: scratch }
    }

    fn target(&self, protocol: Protocol) -> Target {
        Target::new(self.proxy.address, &self.certificate, protocol, HeaderMap::new()).unwrap()
    }
}

fn shape(protocol: Protocol) -> Shape {
    Shape { protocol, connections: 4, streams: 2, threads: 2 }
}

#[test]
fn both_protocols_get_as_many_answers_as_were_asked_for() {
    let stage = Stage::set();
    for protocol in [Protocol::Http1, Protocol::Http2] {
        let generator = Generator::connect(shape(protocol), &stage.target(protocol)).unwrap();
        for requests in [10, 101] {
            let tally = generator.run(Window { requests, time: LONG }).unwrap();
            assert_eq!((tally.requests(), tally.latencies.len()), (requests, requests as u64), "{protocol:?}");
        }
    }
}

#[test]
fn a_window_ends_with_its_time_when_the_requests_do_not_run_out() {
    let stage = Stage::set();
    let generator = Generator::connect(shape(Protocol::Http1), &stage.target(Protocol::Http1)).unwrap();
    let tally = generator.run(Window { requests: usize::MAX, time: Duration::from_millis(50) }).unwrap();
    assert!(tally.requests() > 0 && tally.elapsed >= Duration::from_millis(50));
}

#[test]
fn an_unexpected_status_fails_the_run_and_is_named() {
    let stage = Stage::set();
    let target = Target { expected: StatusCode::NOT_FOUND, ..stage.target(Protocol::Http1) };
    let generator = Generator::connect(shape(Protocol::Http1), &target).unwrap();
    let error = generator.run(Window { requests: 20, time: LONG }).unwrap_err().to_string();
    assert!(error.contains("20 requests failed") && error.contains("status 200 instead of 404"), "{error}");
}

#[test]
fn a_gateway_that_dies_fails_the_run() {
    let stage = Stage::set();
    let generator = Generator::connect(shape(Protocol::Http1), &stage.target(Protocol::Http1)).unwrap();
    drop(stage.proxy);
    generator.run(Window { requests: 20, time: LONG }).unwrap_err();
}

fn asked(status: StatusCode, rate: f64) -> Asked {
    let expected = vec![Expected { status, length: Some(RESPONSE_BYTES) }];
    let ask = Ask { path: PATH.to_owned(), headers: HeaderMap::new(), expected };
    Asked { asks: vec![ask], rate }
}

#[test]
fn the_open_loop_keeps_the_rate_of_each_group() {
    let stage = Stage::set();
    let clients = Paced::connect(&stage.target(Protocol::Http1), 2, 4).unwrap();
    let asked = [asked(StatusCode::OK, 200.0), asked(StatusCode::OK, 800.0)];
    let heard = clients.run(&asked, Duration::from_secs(1), 1).unwrap();
    let requests: Vec<usize> = heard.tallies.iter().map(|tally| tally.requests()).collect();
    assert!((140..260).contains(&requests[0]) && (680..920).contains(&requests[1]), "{requests:?}");
    assert_eq!(heard.lag.len(), (requests[0] + requests[1]) as u64);
}

/// Far more than one connection carries: in a closed loop each request would still look quick.
#[test]
fn the_open_loop_counts_what_requests_have_waited() {
    let stage = Stage::set();
    let clients = Paced::connect(&stage.target(Protocol::Http1), 1, 1).unwrap();
    let heard = clients.run(&[asked(StatusCode::OK, 40_000.0)], Duration::from_millis(200), 1).unwrap();
    assert!(heard.tallies[0].latency(0.5) > Duration::from_millis(20), "{:?}", heard.tallies[0].latency(0.5));
}

#[test]
fn an_unexpected_answer_fails_the_open_loop() {
    let stage = Stage::set();
    let clients = Paced::connect(&stage.target(Protocol::Http1), 1, 2).unwrap();
    let asked = [asked(StatusCode::NOT_FOUND, 500.0)];
    let error = clients.run(&asked, Duration::from_millis(100), 1).err().unwrap().to_string();
    assert!(error.contains("status 200 with 1024 bytes"), "{error}");
}

#[test]
fn every_contender_has_a_sample_per_round_with_cpu_time_in_it() {
    let Stage { proxy, certificate, .. } = &Stage::set();
    let window = Window { requests: 200, time: LONG };
    let plan = Plan { rounds: 3, warm_up: window, measured: window, shape: shape(Protocol::Http1) };
    let mut seen = Vec::new();
    let samples = rounds::run(plan, std::slice::from_ref(proxy), certificate, |round, _, _| seen.push(round)).unwrap();
    assert_eq!(seen, [1, 2, 3]);
    assert!(samples[0].len() == 3 && samples[0].iter().all(|sample| sample.cpu_micros_per_request() > 0.0));
}
