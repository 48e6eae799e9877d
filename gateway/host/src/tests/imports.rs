//! Imports that need nothing of a request: stores, responses, keys, metrics, random numbers.

use std::time::Duration;

use gateway_store::ResponseKey;
use gateway_telemetry::{Load, Pressure};
use serde::de::DeserializeOwned;
use sluice_abi::{
    bounds::{KV_VALUE, RANDOM_BYTES},
    flat::Flat,
    import::{CACHE, CRYPTO, IMPORTS, KV, LOAD, METRICS, RANDOM, is_blocking},
    wire::{self, CacheHit, Entry, HostError, LoadSignal, Metric, MetricKind, PressureSignal, UpstreamSignal},
};

use super::{
    script::{
        Arg::{self, Bytes, Float, Int, Long, To},
        Script,
    },
    *,
};
use crate::{FailureKind, monotonic_ns};

const ATTACHED: &[Grant] = &[];

/// No time to live, encoded.
const STAYS: &[u8] = &[0];

fn attach(host: &Host, guest: &Guest, name: &str, grants: &[Grant]) -> Plugin {
    let wasm = guest.wasm();
    let attachment = Arc::new(ResolvedAttachment { name: name.into(), ..(*attachment(&wasm, grants)).clone() });
    host.load(&attachment.digest, &wasm).expect("the guest loads");
    host.configure(&attachment).expect("the guest is configured")
}

/// What the last call of a guest answered.
#[track_caller]
fn answer<T: DeserializeOwned>(plugin: &Plugin) -> T {
    wire::decode(&Request::new().state(plugin)).expect("a result of that type")
}

/// The same for a record of scalars.
#[track_caller]
fn record<T: Flat>(plugin: &Plugin) -> Option<T> {
    read_record(&Request::new().state(plugin))
}

#[track_caller]
fn number(plugin: &Plugin) -> u32 {
    let state = Request::new().state(plugin);
    u32::from_le_bytes(state.try_into().expect("four bytes"))
}

#[track_caller]
fn failure(plugin: &Plugin) -> Failure {
    Request::new().run(plugin).expect_err("fails")
}

fn stored() -> Script {
    Script::new().configure(KV, "open", &[Bytes(STAYS), To])
}

fn sets<'a>(key: &'a str, value: &'a [u8]) -> [Arg<'a>; 5] {
    [Int(0), Bytes(key.as_bytes()), Bytes(value), Bytes(STAYS), To]
}

// === kv ===

#[test]
fn what_is_set_is_read_by_whatever_instance_of_the_attachment() {
    let host = host();
    let version: Result<u64, HostError> =
        answer(&attach(&host, &stored().last(KV, "set", &sets("k", b"v")), "one", ATTACHED));
    assert_eq!(version, Ok(1));
    // The store would be gone with its last holder: this one is configured before the other two run.
    let reader = stored().last(KV, "get", &[Int(0), Bytes(b"k"), To]);
    let (one, two) = (attach(&host, &reader, "one", ATTACHED), attach(&host, &reader, "two", ATTACHED));
    let writer = attach(&host, &stored().last(KV, "set", &sets("k", b"v")), "one", ATTACHED);
    let version = answer::<Result<u64, HostError>>(&writer).expect("room");
    assert_eq!(answer::<Option<Entry>>(&one), Some(Entry { value: b"v".to_vec(), version, expires_in: None }));
    assert_eq!(answer::<Option<Entry>>(&two), None, "another attachment has a store of its own");
}

#[test]
fn a_shared_store_needs_its_grant() {
    let host = host();
    let shared = wire::encode(&Some("team"));
    let open = || Script::new().configure(KV, "open", &[Bytes(&shared), To]);
    let grants = [Grant::Kv("team".into())];
    let reader = attach(&host, &open().last(KV, "get", &[Int(0), Bytes(b"k"), To]), "reader", &grants);
    let writer = attach(&host, &open().last(KV, "set", &sets("k", b"v")), "writer", &grants);
    assert!(answer::<Result<u64, HostError>>(&writer).is_ok());
    assert_eq!(answer::<Option<Entry>>(&reader).expect("is there").value, b"v");

    let denied = attach(&host, &open().last(KV, "get", &[Int(0), Bytes(b"k"), To]), "denied", &[Grant::Kv("x".into())]);
    let failure = failure(&denied);
    assert_eq!(failure.kind, FailureKind::Malformed, "it has no such handle");
    let told = Script::new().last(KV, "open", &[Bytes(&shared), To]);
    let told: Result<u32, String> = answer(&attach(&host, &told, "late", &grants));
    assert!(told.is_err_and(|text| text.contains("`configure` only")));
}

#[test]
fn an_entry_tells_how_long_it_stays() {
    let ttl = wire::encode(&Some(60_000_u64));
    let guest = stored().step(KV, "set", &[Int(0), Bytes(b"k"), Bytes(b"v"), Bytes(&ttl), To]).last(
        KV,
        "get",
        &[Int(0), Bytes(b"k"), To],
    );
    let entry: Option<Entry> = answer(&configure(&host(), &guest));
    assert!(entry.and_then(|entry| entry.expires_in).is_some_and(|left| (59_000..=60_000).contains(&left)));
}

#[test]
fn only_who_knows_the_version_exchanges_the_value() {
    let exchange = |expected| [Int(0), Bytes(b"k"), Long(expected), Bytes(b"w"), Bytes(STAYS), To];
    let host = host();
    let free = stored().last(KV, "compare-and-set", &exchange(0));
    assert_eq!(answer::<Result<u64, HostError>>(&configure(&host, &free)), Ok(1));
    let taken = stored().step(KV, "set", &sets("k", b"v")).last(KV, "compare-and-set", &exchange(0));
    assert_eq!(answer::<Result<u64, HostError>>(&attach(&host, &taken, "b", &[])), Err(HostError::Conflict));
    let known = stored().step(KV, "set", &sets("k", b"v")).last(KV, "compare-and-set", &exchange(1));
    assert_eq!(answer::<Result<u64, HostError>>(&attach(&host, &known, "c", &[])), Ok(2));
}

#[test]
fn counters_and_deletions_answer_what_was_there() {
    let host = host();
    let counts = stored().last(KV, "increment", &[Int(0), Bytes(b"n"), Long(-3), Bytes(STAYS), To]);
    let plugin = configure(&host, &counts);
    assert_eq!(answer::<Result<i64, HostError>>(&plugin), Ok(-3));
    assert_eq!(answer::<Result<i64, HostError>>(&plugin), Ok(-6));
    let deletes = configure(&host, &stored().last(KV, "delete", &[Int(0), Bytes(b"n")]));
    assert_eq!((number(&deletes), number(&deletes)), (1, 0));
    let no_counter = stored().step(KV, "set", &sets("n", b"x")).last(
        KV,
        "increment",
        &[Int(0), Bytes(b"n"), Long(1), Bytes(STAYS), To],
    );
    let result: Result<i64, HostError> = answer(&configure(&host, &no_counter));
    assert!(matches!(result, Err(HostError::Invalid(_))), "{result:?}");
}

#[test]
fn keys_are_listed_in_order() {
    let guest = stored()
        .step(KV, "set", &sets("a/2", b""))
        .step(KV, "set", &sets("b", b""))
        .step(KV, "set", &sets("a/1", b""))
        .last(KV, "keys", &[Int(0), Bytes(b"a/"), Int(9), To]);
    assert_eq!(answer::<Vec<String>>(&configure(&host(), &guest)), ["a/1", "a/2"]);
}

#[test]
fn a_value_beyond_the_bound_is_answered_and_not_copied() {
    let guest = |len: usize| {
        let mut guest = stored().last(KV, "set", &sets("k", b"123456"));
        // The value is found by its length: pretend that it reaches over what follows.
        guest.on_request = guest.on_request.replace("(i32.const 6)", &format!("(i32.const {len})"));
        guest
    };
    let host = host();
    assert!(answer::<Result<u64, HostError>>(&configure(&host, &guest(KV_VALUE))).is_ok());
    let beyond: Result<u64, HostError> = answer(&configure(&host, &guest(KV_VALUE + 1)));
    assert!(matches!(beyond, Err(HostError::Limit(_))), "{beyond:?}");
}

#[test]
fn a_plugin_defines_a_bounded_number_of_handles() {
    let open = |script: Script| script.configure(KV, "open", &[Bytes(STAYS), To]);
    let most = (0..32).fold(Script::new(), |script, _| open(script));
    let one_more = open(most.clone());
    let last = [Int(31), Bytes(b"k"), To];
    assert_eq!(answer::<Option<Entry>>(&configure(&host(), &most.last(KV, "get", &last))), None);
    let failure = failure(&configure(&host(), &one_more.last(KV, "get", &[Int(32), Bytes(b"k"), To])));
    assert!(failure.message.contains("no store 32"), "{failure}");
}

// === cache ===

#[test]
fn kept_responses_are_found_and_purged_by_their_attachment_only() {
    let settings = settings();
    let responses = settings.responses.clone();
    let host = Host::new(settings).expect("starts");
    let keep = |attachment: &str| {
        let key = ResponseKey::new(attachment, "k").expect("sound");
        let response = http::Response::builder().status(203).body(bytes::Bytes::from("hello")).expect("sound");
        responses.keep(key, response, Duration::from_secs(60), &["t".into()], monotonic_ns()).expect("is kept");
    };
    keep("here");
    let grants = [Grant::Cache];
    let lookup = Script::new().last(CACHE, "lookup", &[Bytes(b"k"), To]);
    let hit: Option<CacheHit> = record(&attach(&host, &lookup, "here", &grants));
    let hit = hit.expect("is there");
    assert_eq!((hit.status, hit.length), (203, 5));
    assert!(hit.age < 10_000 && (50_000..=60_000).contains(&hit.ttl));
    assert_eq!(record::<CacheHit>(&attach(&host, &lookup, "there", &grants)), None);

    let purge = Script::new().last(CACHE, "purge", &[Bytes(b"k")]);
    assert_eq!(number(&attach(&host, &purge, "there", &grants)), 0);
    let here = attach(&host, &purge, "here", &grants);
    assert_eq!((number(&here), number(&here)), (1, 0));
    keep("here");
    let purge_tag = Script::new().last(CACHE, "purge-tag", &[Bytes(b"t")]);
    assert_eq!(number(&attach(&host, &purge_tag, "there", &grants)), 0);
    assert_eq!(number(&attach(&host, &purge_tag, "here", &grants)), 1);
    let long = Script::new().last(CACHE, "lookup", &[Bytes(&[b'k'; 513]), To]);
    assert_eq!(record::<CacheHit>(&attach(&host, &long, "here", &grants)), None);
}

#[test]
fn a_cache_needs_the_grant() {
    let guest = Script::new().last(CACHE, "purge", &[Bytes(b"k")]);
    let error = try_configure(&host(), &guest, &[]).expect_err("is not granted");
    assert_eq!(error, ConfigureError::Grant(Grant::Cache));
}

// === crypto ===

fn keyed() -> Script {
    Script::new().configure(CRYPTO, "define-hmac", &[Bytes(b"signing"), To])
}

#[test]
fn signatures_are_made_and_verified_with_granted_secrets() {
    let host = host();
    let grants = [Grant::Secret("signing".into())];
    let signs = keyed().last(CRYPTO, "hmac-sha256", &[Int(0), Bytes(b"data"), To]);
    let mac = Request::new().state(&attach(&host, &signs, "here", &grants));
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET);
    assert_eq!(mac, aws_lc_rs::hmac::sign(&key, b"data").as_ref());
    let mut wrong = mac.clone();
    wrong[0] ^= 1;
    for (mac, expected) in [(&mac[..], 1), (&wrong, 0), (&mac[..31], 0), (b"", 0)] {
        let verifies = keyed().last(CRYPTO, "verify-hmac-sha256", &[Int(0), Bytes(b"data"), Bytes(mac)]);
        assert_eq!(number(&attach(&host, &verifies, "here", &grants)), expected);
    }
}

#[test]
fn a_key_needs_its_grant_and_its_secret() {
    let host = host();
    let sign = || keyed().last(CRYPTO, "hmac-sha256", &[Int(0), Bytes(b"data"), To]);
    let failure = failure(&attach(&host, &sign(), "here", &[Grant::Secret("other".into())]));
    assert!(failure.message.contains("no HMAC key 0"), "{failure}");
    // The guest's last words in `configure` are what the host answered.
    let unset = Script::new().configure(CRYPTO, "define-hmac", &[Bytes(b"unset"), To]).last(
        CRYPTO,
        "hmac-sha256",
        &[Int(0), Bytes(b""), To],
    );
    assert!(Request::new().run(&attach(&host, &unset, "here", &[Grant::Secret("unset".into())])).is_err());
}

#[test]
fn hashes_and_comparisons_are_for_everybody() {
    let host = host();
    let hashes = configure(&host, &Script::new().last(CRYPTO, "sha256", &[Bytes(b"abc"), To]));
    assert_eq!(Request::new().state(&hashes)[..4], [0xba, 0x78, 0x16, 0xbf]);
    for (a, b, equal) in [(&b"same"[..], &b"same"[..], 1), (b"same", b"sane", 0), (b"same", b"sam", 0), (b"", b"", 1)] {
        let guest = Script::new().last(CRYPTO, "constant-time-eq", &[Bytes(a), Bytes(b)]);
        assert_eq!(number(&configure(&host, &guest)), equal);
    }
}

// === metrics, random numbers, load ===

#[test]
fn metrics_of_a_plugin_are_exposed_for_its_attachment() {
    let settings = settings();
    let metrics = settings.metrics.clone();
    let host = Host::new(settings).expect("starts");
    let metric = Metric {
        kind: MetricKind::Gauge,
        name: "depth".into(),
        help: "How deep.".into(),
        labels: vec!["queue".into()],
        buckets: vec![],
    };
    let definition = wire::encode(&metric);
    // A list, not an array: that would cross without its length.
    let labels = wire::encode(&vec!["a"]);
    let defined = || Script::new().configure(METRICS, "define-metric", &[Bytes(&definition), To]);
    let plugin = configure(&host, &defined().last(METRICS, "observe", &[Int(0), Float(2.5), Bytes(&labels)]));
    Request::new().state(&plugin);
    assert!(metrics.render().contains(r#"sluice_plugin_depth{attachment="here",queue="a"} 2.5"#));

    let none = wire::encode(&Vec::<String>::new());
    for args in
        [[Int(1), Float(1.0), Bytes(&labels)], [Int(0), Float(1.0), Bytes(&none)], [Int(0), Float(1.0), Bytes(b"\xff")]]
    {
        let plugin = attach(&host, &defined().last(METRICS, "observe", &args), "other", &[]);
        assert_eq!(failure(&plugin).kind, FailureKind::Malformed);
    }
}

#[test]
fn counters_and_metrics_share_their_bound() {
    let metric = |n: usize| {
        let (name, help) = (format!("m{n}"), String::new());
        wire::encode(&Metric { kind: MetricKind::Counter, name, help, labels: vec![], buckets: vec![] })
    };
    let mut script = Script::new().configure(METRICS, "define-counter", &[Bytes(b"one"), To]);
    for n in 0..32 {
        script = script.configure(METRICS, "define-metric", &[Bytes(&metric(n)), To]);
    }
    let observe = |handle| [Int(handle), Float(1.0), Bytes(STAYS)];
    Request::new().state(&configure(&host(), &script.clone().last(METRICS, "observe", &observe(30))));
    let failure = failure(&configure(&host(), &script.last(METRICS, "observe", &observe(31))));
    assert!(failure.message.contains("no metric 31"), "{failure}");
}

#[test]
fn random_bytes_differ_and_have_a_bound() {
    let bytes = |count: usize| Script::new().last(RANDOM, "bytes", &[Int(count as u32), To]);
    let host = host();
    let plugin = configure(&host, &bytes(32));
    let (one, other) = (Request::new().state(&plugin), Request::new().state(&plugin));
    assert!(one.len() == 32 && one != other);
    assert_eq!(Request::new().state(&configure(&host, &bytes(RANDOM_BYTES))).len(), RANDOM_BYTES);
    assert_eq!(failure(&configure(&host, &bytes(RANDOM_BYTES + 1))).kind, FailureKind::Malformed);
}

#[test]
fn load_is_that_of_the_node_and_of_the_request() {
    let mut settings = settings();
    let pressure = Pressure { cpu_permille: 1, memory_permille: 2, io_permille: 3 };
    settings.load = Load::fixed(125, 250, settings.metrics.in_flight()).under(pressure);
    let host = Host::new(settings).expect("starts");
    let signal: Option<LoadSignal> = record(&configure(&host, &Script::new().last(LOAD, "sample", &[To])));
    let expected = LoadSignal {
        in_flight: 0,
        route_in_flight: 3,
        upstream_in_flight: 2,
        cpu_permille: 125,
        memory_permille: 250,
        lag_us: 1,
    };
    assert_eq!(signal, Some(expected));
    let signal: Option<UpstreamSignal> = record(&configure(&host, &Script::new().last(LOAD, "upstream", &[To])));
    let expected = UpstreamSignal {
        in_flight: 2,
        limit: 5,
        waiting: 6,
        queue_wait_us: 7,
        latency_p50_us: 8,
        latency_p90_us: 9,
        error_permille: 10,
    };
    assert_eq!(signal, Some(expected));
    let signal: Option<PressureSignal> = record(&configure(&host, &Script::new().last(LOAD, "pressure", &[To])));
    assert_eq!(signal, Some(PressureSignal { cpu_permille: 1, memory_permille: 2, io_permille: 3 }));
}

// === containment ===

#[test]
fn host_calls_of_one_hook_have_an_end() {
    let host = host_with(|limits| limits.host_calls = 5);
    let calls = |count: usize| {
        let script = (1..count).fold(Script::new(), |script, _| script.step(RANDOM, "next-u64", &[]));
        configure(&host, &script.last(RANDOM, "next-u64", &[]))
    };
    let enough = calls(5);
    Request::new().state(&enough);
    Request::new().state(&enough);
    let failure = failure(&calls(6));
    assert_eq!(failure.kind, FailureKind::HostCalls);
    assert!(failure.message.contains("5 host calls"), "{failure}");
}

#[test]
fn bytes_that_cross_in_one_hook_have_an_end() {
    let host = host_with(|limits| limits.host_bytes = 64 * 1024);
    let draws = |count: usize| {
        let bytes = [Int(RANDOM_BYTES as u32), To];
        let script = (1..count).fold(Script::new(), |script, _| script.step(RANDOM, "bytes", &bytes));
        configure(&host, &script.last(RANDOM, "bytes", &bytes))
    };
    Request::new().state(&draws(16));
    let failure = failure(&draws(17));
    assert_eq!(failure.kind, FailureKind::HostCalls);
    assert!(failure.message.contains("65536 bytes"), "{failure}");
}

#[test]
fn hostile_arguments_fail_in_the_guest_and_nowhere_else() {
    let grants = [Grant::Identity, Grant::UsagePlan, Grant::Cache];
    let host = host();
    for row in IMPORTS.iter().filter(|row| !is_blocking(row.interface, row.function)) {
        for value in [0_u32, 1, 0x7fff_fff0, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
            let args: Vec<Arg<'_>> = row
                .params
                .iter()
                .map(|kind| match kind {
                    sluice_abi::import::Value::I32 => Int(value),
                    sluice_abi::import::Value::I64 => Long(value.into()),
                    sluice_abi::import::Value::F64 => Float(-1.5),
                })
                .collect();
            let mut guest = Script::new().step(row.interface, row.function, &args).last(RANDOM, "next-u64", &[]);
            guest.declaration = Default::default();
            let plugin = attach(&host, &guest, "here", &grants);
            if let Err(failure) = Request::new().run(&plugin) {
                let sound = matches!(failure.kind, FailureKind::Malformed | FailureKind::HostCalls | FailureKind::Trap);
                assert!(sound || row.function == "panic", "{row:?} {value:#x}: {failure}");
            }
        }
    }
}
