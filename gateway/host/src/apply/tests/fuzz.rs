//! Sound outcomes and arguments, spoilt byte by byte: none makes the host panic, and none is applied in part.
//!
//! A few thousand rounds with each test run. For ten million:
//! `SLUICE_FUZZ_ROUNDS=10000000 cargo test --release -p gateway-host --lib -- fuzz --nocapture`
//! Each run says its seed, which `SLUICE_FUZZ_SEED` repeats.
#![allow(clippy::print_stderr, reason = "who runs it for long wants to know the seed and the speed")]

use std::{env, time::Instant};

use fastrand::Rng;
use serde::de::DeserializeOwned;
use sluice_abi::wire::{
    self, CacheDirective, Call, Declaration, Descriptor, Hooks, JwtPolicy, LoadSignal, Metric, MetricKind, Policy,
    Wants,
};

use super::*;
use crate::declared::Declared;

/// Rounds of a test run.
const FEW: u64 = 4_000;

/// Lengths and numbers at which arithmetic tends to go wrong.
const EDGES: [u8; 8] = [0x00, 0x01, 0x02, 0x7f, 0x80, 0xfe, 0xff, 0x0a];

#[test]
fn spoilt_outcomes_and_arguments_neither_panic_nor_break_a_promise() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let rounds = number("SLUICE_FUZZ_ROUNDS").unwrap_or(FEW);
    let seed = number("SLUICE_FUZZ_SEED").unwrap_or_else(|| fastrand::u64(..));
    eprintln!("fuzz: {rounds} rounds with seed {seed}");
    let mut rng = Rng::with_seed(seed);
    let (outcomes, arguments) = (outcomes(), arguments());
    let began = Instant::now();
    for _ in 0..rounds {
        let mut out = outcomes[rng.usize(..outcomes.len())].clone();
        spoil(&mut out, &mut rng);
        run(some_result(&mut rng), &out, rng.bool());
        let mut argument = arguments[rng.usize(..arguments.len())].clone();
        spoil(&mut argument, &mut rng);
        read_all(&argument);
    }
    eprintln!("fuzz: {:.0} rounds a second", rounds as f64 / began.elapsed().as_secs_f64());
}

/// What a hook returns: any bits that are a result, with the interesting ones more often.
fn some_result(rng: &mut Rng) -> Packed {
    loop {
        let status = [0, 100, 200, 204, 304, 404, 599, 600, u16::MAX][rng.usize(..9)];
        let bits = match rng.bool() {
            true => rng.u64(..),
            false => u64::from(rng.u8(..7)) << 24 | u64::from(rng.u8(..8)) << 16 | u64::from(status),
        };
        if let Ok(packed) = Packed::unpack(bits) {
            return packed;
        }
    }
}

/// Changes some bytes, or the length, a few times over.
fn spoil(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.usize(..6) {
        let at = rng.usize(..=bytes.len());
        match rng.u8(..6) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, rng.u8(..)),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            4 if at < bytes.len() => bytes[at] = EDGES[rng.usize(..EDGES.len())],
            _ => {
                let piece = bytes[at..(at + rng.usize(..40)).min(bytes.len())].to_vec();
                let to = rng.usize(..=bytes.len());
                bytes.splice(to..to, piece);
            }
        }
    }
}

/// Sound outcomes with each operation.
fn outcomes() -> Vec<Vec<u8>> {
    let caching = wire::encode(&wire::Caching { parts: vec![b"p"], tags: vec!["t"], ..Default::default() });
    let directive = wire::encode(&CacheDirective { key: "k".into(), ttl: 1_000, tags: vec!["t".into()] });
    let operations = [
        Operation::SetHeader(Name::Declared(0), b"gold"),
        Operation::AppendHeader(Name::Inline("x-new"), b"1"),
        Operation::RemoveHeader(Name::Inline("x-before")),
        Operation::SetStatus(201),
        Operation::SetConsumer("acme"),
        Operation::Body(b"hello"),
        Operation::ProblemKind("about:blank"),
        Operation::ProblemTitle("No"),
        Operation::Detail("because"),
        Operation::SetMethod("PUT"),
        Operation::SetPath("/other"),
        Operation::SetQuery("b=2"),
        Operation::RemoveQuery,
        Operation::SetUpstream("acme"),
        Operation::SetTimeout(1_000),
        Operation::SetAttribute("a", "b"),
        Operation::StoreResponse(&directive),
        Operation::BodyLimit(100),
        Operation::CacheKey("k"),
        Operation::Charge { limit: 0, cost: 1, key: "acme" },
        Operation::ChargePlan(1),
        Operation::Cache(&caching),
        Operation::Admit(Admission::of(PriorityClass::High)),
        Operation::Admit(Admission { max_wait: Some(5), stale: Some("k"), ..Admission::of(PriorityClass::Low) }),
    ];
    let single = operations.iter().map(|operation| encode(std::slice::from_ref(operation)));
    let several = [&operations[..3], &operations[9..16]].map(encode);
    single.chain(several).chain([vec![], encode(&[])]).collect()
}

/// Sound arguments, descriptors and declarations.
fn arguments() -> Vec<Vec<u8>> {
    let declaration = Declaration {
        wants: Wants::QUERY,
        hooks: Hooks::REQUEST,
        request_headers: vec!["x-key".into()],
        response_headers: vec!["etag".into()],
        header_names: vec!["x-plan".into(), "x-other".into()],
        tick_every: Some(1_000),
    };
    let descriptor = Descriptor {
        name: "fuzz".into(),
        version: "1.0.0".into(),
        description: "spoilt".into(),
        order: 5,
        config_schema: "{}".into(),
        hooks: Hooks::REQUEST,
    };
    let metric = Metric {
        kind: MetricKind::Histogram,
        name: "depth".into(),
        help: "How deep.".into(),
        labels: vec!["queue".into()],
        buckets: vec![1.0, 2.0],
    };
    vec![
        wire::encode(&declaration),
        wire::encode(&descriptor),
        wire::encode(&metric),
        wire::encode(&Policy { name: "by-key".into(), limit: 2, window: 1_000, burst: 2 }),
    ]
}

/// Reads bytes as everything that a guest passes encoded.
fn read_all(bytes: &[u8]) {
    if let Ok(declaration) = wire::decode::<Declaration>(bytes)
        && let Ok(declared) = Declared::new(&declaration, Hooks::REQUEST)
    {
        assert!(declared.header_names.iter().all(|name| !is_reserved(name.as_str())), "{declaration:?}");
    }
    if let Ok(descriptor) = wire::decode::<Descriptor>(bytes) {
        drop(crate::module::check(&descriptor));
    }
    read::<Policy>(bytes);
    read::<Metric>(bytes);
    read::<JwtPolicy>(bytes);
    read::<Call>(bytes);
    read::<Vec<Call>>(bytes);
    read::<CacheDirective>(bytes);
    read::<LoadSignal>(bytes);
    read::<Vec<String>>(bytes);
}

fn read<T: DeserializeOwned>(bytes: &[u8]) {
    // Whether it can be read does not matter, only that reading ends.
    drop(wire::decode::<T>(bytes));
}
