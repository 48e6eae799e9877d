//! What a hook asks of its request, its body, upstreams and stores that nodes share.

use bytes::Bytes as Body;
use gateway_store::RemoteStores;
use parking_lot::Mutex;
use serde_bytes::ByteBuf;
use sluice_abi::{
    import::{BODY, CALLOUT, CALLOUT_DETACHED, CURRENT, KV_REMOTE},
    wire::{self, Call, Header, HostError, Reply},
};
use sluice_testkit::redis::Redis;

use super::{
    script::{
        Arg::{Bytes, Int, Long, To},
        Script,
    },
    *,
};
use crate::{Outbound, Sending, hook::Hook};

// === current ===

#[test]
fn headers_are_read_by_name_and_all_together() {
    let mut request = Request::new();
    for (name, value) in [("accept", "a"), ("accept", "b"), ("cookie", "c=1"), ("cookie", "d=2")] {
        request.headers.append(name, value.parse().expect("a value"));
    }
    let host = host();
    for (name, value) in
        [("accept", Some("a, b")), ("Accept", Some("a, b")), ("cookie", Some("c=1; d=2")), ("x", None), ("\n", None)]
    {
        let guest = Script::new().last(CURRENT, "request-header", &[Bytes(name.as_bytes()), To]);
        let found: Option<ByteBuf> = wire::decode(&request.state(&configure(&host, &guest))).expect("an option");
        assert_eq!(found.as_deref().map(|value| &**value), value.map(str::as_bytes), "{name}");
    }
    let all = configure(&host, &Script::new().last(CURRENT, "request-headers", &[To]));
    let all: Vec<Header> = wire::decode(&request.state(&all)).expect("a list");
    let lines: Vec<_> = all.iter().map(|line| (&*line.name, line.text().expect("text"))).collect();
    assert_eq!(lines, [("accept", "a"), ("accept", "b"), ("cookie", "c=1"), ("cookie", "d=2")]);
    let response = configure(&host, &Script::new().last(CURRENT, "response-headers", &[To]));
    assert_eq!(wire::decode::<Vec<Header>>(&request.state(&response)).expect("a list"), [], "there is none yet");
}

#[test]
fn attributes_tell_what_the_host_knows_and_what_was_noted() {
    let mut request = Request::new();
    request.consumer = Some(identity("acme"));
    request.attributes.set("tenant".into(), "blue".into());
    let host = host();
    for (name, value) in [
        ("request.id", Some("0193-test")),
        ("route", Some("orders")),
        ("upstream", Some("orders-service")),
        ("http.version", Some("HTTP/1.1")),
        ("scheme", Some("https")),
        ("client.ip", Some("192.0.2.1")),
        ("consumer", Some("acme")),
        ("priority", Some("normal")),
        ("tenant", Some("blue")),
        ("other", None),
        ("", None),
    ] {
        let guest = Script::new().last(CURRENT, "attribute", &[Bytes(name.as_bytes()), To]);
        let found: Option<String> = wire::decode(&request.state(&configure(&host, &guest))).expect("an option");
        assert_eq!(found.as_deref(), value, "{name}");
    }
}

// === body ===

/// What a hook of the whole body `hello world` answers.
fn of_body(function: &str, args: &[super::script::Arg<'_>]) -> Vec<u8> {
    let plugin = configure(&host(), &Script::new().last(BODY, function, args).on_alike(Hook::RequestBody));
    let (mut request, mut body) = (Request::new(), Body::from_static(b"hello world"));
    let (mut call, visit) = request.parts();
    plugin.on_request_body(&mut call, visit, &mut body).expect("succeeds");
    visit.state.to_vec()
}

#[test]
fn a_body_is_read_in_parts_and_asked_where_it_is() {
    assert_eq!(of_body("len", &[]), 11_u64.to_le_bytes());
    for (offset, max, part) in [
        (0, 5, &b"hello"[..]),
        (6, 99, b"world"),
        (11, 1, b""),
        (-1, 9, b""),
        (3, 0, b""),
        (0, u32::MAX, b"hello world"),
    ] {
        assert_eq!(of_body("read", &[Long(offset), Int(max), To]), part, "{offset} {max}");
    }
    for (needle, place) in [(&b"o w"[..], Some(4_u64)), (b"", Some(0)), (b"x", None), (b"hello world!", None)] {
        assert_eq!(of_body("find", &[Bytes(needle), To]), wire::encode(&place));
    }
    let sum = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"hello world");
    assert_eq!(of_body("sha256", &[To]), sum.as_ref());
}

#[test]
fn without_a_whole_body_there_is_none_to_replace() {
    let host = host();
    let read = configure(&host, &Script::new().last(BODY, "read", &[Long(0), Int(9), To]));
    assert_eq!(Request::new().state(&read), b"");
    let replace = configure(&host, &Script::new().last(BODY, "replace", &[Bytes(b"x")]));
    let failure = Request::new().run(&replace).expect_err("fails");
    assert!(failure.message.contains("no body to replace"), "{failure}");
}

// === callouts ===

/// Answers with the path that was asked for, and remembers how long each call may take.
#[derive(Default)]
struct Echo(Mutex<Vec<u64>>);

impl Outbound for Echo {
    fn send(&self, _: &Arc<Snapshot>, call: Call) -> Sending {
        self.0.lock().push(call.timeout);
        Box::pin(std::future::ready(Ok(Reply { status: 200, headers: vec![], body: call.path.into() })))
    }

    fn post(&self, _: &Arc<Snapshot>, call: Call) -> Result<(), HostError> {
        self.0.lock().push(call.timeout);
        Ok(())
    }
}

fn call(path: &str, timeout: u64) -> Call {
    let (upstream, method, path) = ("shop".into(), "POST".into(), path.into());
    Call { upstream, method, path, headers: vec![], body: vec![], timeout }
}

fn echo() -> (Host, Arc<Echo>) {
    let echo = Arc::new(Echo::default());
    (Host::new(HostSettings { outbound: echo.clone(), ..settings() }).expect("starts"), echo)
}

fn shop() -> [Grant; 1] {
    [Grant::Upstream("shop".into())]
}

#[test]
fn a_callout_needs_the_grant_of_its_upstream() {
    let (host, echo) = echo();
    let guest = Script::new().last(CALLOUT_DETACHED, "post", &[Bytes(&wire::encode(&call("/", 1))), To]);
    for grants in [&[][..], &[Grant::Upstream("other".into())]] {
        let plugin = try_configure(&host, &guest, grants).expect("is configured");
        let answer: Result<(), HostError> = wire::decode(&Request::new().state(&plugin)).expect("a result");
        assert!(matches!(answer, Err(HostError::Denied(text)) if text.contains("upstream:shop")));
    }
    assert!(echo.0.lock().is_empty());
}

#[test]
fn callouts_of_a_request_have_an_end_and_so_does_each() {
    let (host, echo) = echo();
    let encoded = wire::encode(&call("/", 60_000));
    let posts = |count: usize| {
        let script =
            (1..count).fold(Script::new(), |script, _| script.step(CALLOUT_DETACHED, "post", &[Bytes(&encoded), To]));
        let guest = script.last(CALLOUT_DETACHED, "post", &[Bytes(&encoded), To]);
        try_configure(&host, &guest, &shop()).expect("is configured")
    };
    let sixteen = posts(16);
    let mut request = Request::new();
    assert_eq!(wire::decode(&request.state(&sixteen)), Ok(Ok::<(), HostError>(())));
    let more: Result<(), HostError> = wire::decode(&request.state(&sixteen)).expect("a result");
    assert!(matches!(more, Err(HostError::Limit(_))), "the next hook of the same request has none left: {more:?}");
    assert_eq!(wire::decode(&Request::new().state(&sixteen)), Ok(Ok::<(), HostError>(())));
    assert_eq!(*echo.0.lock(), [10_000; 32]);
}

async fn on_fiber(plugin: &Plugin) -> Vec<u8> {
    let mut request = Request::new();
    let (mut call, visit) = request.parts();
    plugin.on_request_on_fiber(&mut call, visit).await.expect("succeeds");
    visit.state.to_vec()
}

#[tokio::test]
async fn callouts_at_once_are_answered_in_order_and_are_eight_at_most() {
    let (host, _) = echo();
    let send = |count: usize| {
        let calls: Vec<Call> = (0..count).map(|n| call(&format!("/{n}"), 1)).collect();
        let guest = Script::new().last(CALLOUT, "send-all", &[Bytes(&wire::encode(&calls)), To]);
        try_configure(&host, &guest, &shop()).expect("is configured")
    };
    let replies: Vec<Result<Reply, HostError>> = wire::decode(&on_fiber(&send(8)).await).expect("results");
    let bodies: Vec<_> = replies.into_iter().map(|reply| reply.expect("arrived").body).collect();
    assert_eq!(bodies, [b"/0", b"/1", b"/2", b"/3", b"/4", b"/5", b"/6", b"/7"]);
    let replies: Vec<Result<Reply, HostError>> = wire::decode(&on_fiber(&send(9)).await).expect("results");
    assert!(replies.len() == 9 && replies.iter().all(|reply| matches!(reply, Err(HostError::Limit(_)))));
}

// === stores that nodes share ===

#[tokio::test]
async fn a_remote_store_is_shared_by_nodes_and_not_by_attachments() {
    let redis = Redis::start().unwrap_or_else(|error| panic!("{error:#}"));
    let node = || {
        let remote = RemoteStores::new([("team", redis.url())]).expect("a sound address");
        Host::new(HostSettings { remote, ..settings() }).expect("starts")
    };
    let opened = || Script::new().configure(KV_REMOTE, "open", &[Bytes(b"team"), To]);
    let grants = [Grant::Store("team".into())];
    let attach = |host: &Host, guest: &Guest, name: &str| {
        let wasm = guest.wasm();
        let attachment = Arc::new(ResolvedAttachment { name: name.into(), ..(*attachment(&wasm, &grants)).clone() });
        host.load(&attachment.digest, &wasm).expect("the guest loads");
        host.configure(&attachment).expect("the guest is configured")
    };
    let (one, two) = (node(), node());
    let sets = opened().last(KV_REMOTE, "set", &[Int(0), Bytes(b"k"), Bytes(b"v"), Bytes(&[0]), To]);
    let set: Result<(), HostError> = wire::decode(&on_fiber(&attach(&one, &sets, "a")).await).expect("a result");
    assert_eq!(set, Ok(()));
    let gets = opened().last(KV_REMOTE, "get", &[Int(0), Bytes(b"k"), To]);
    for (name, value) in [("a", Some(ByteBuf::from(b"v"))), ("b", None)] {
        let got: Result<Option<ByteBuf>, HostError> =
            wire::decode(&on_fiber(&attach(&two, &gets, name)).await).expect("a result");
        assert_eq!(got, Ok(value), "{name}");
    }
    let adds = opened().last(KV_REMOTE, "increment", &[Int(0), Bytes(b"n"), Long(-5), Bytes(&[0]), To]);
    let sum: Result<i64, HostError> = wire::decode(&on_fiber(&attach(&one, &adds, "a")).await).expect("a result");
    assert_eq!(sum, Ok(-5));
    let old = wire::encode(&Some(ByteBuf::from(b"v")));
    let exchange = [Int(0), Bytes(b"k"), Bytes(&old), Bytes(b"w"), Bytes(&[0]), To];
    let exchanges = attach(&one, &opened().last(KV_REMOTE, "compare-and-set", &exchange), "a");
    for expected in [true, false] {
        assert_eq!(wire::decode(&on_fiber(&exchanges).await), Ok(Ok::<bool, HostError>(expected)));
    }
    let deletes = attach(&two, &opened().last(KV_REMOTE, "delete", &[Int(0), Bytes(b"k"), To]), "a");
    for expected in [true, false] {
        assert_eq!(wire::decode(&on_fiber(&deletes).await), Ok(Ok::<bool, HostError>(expected)));
    }
}

#[test]
fn a_remote_store_needs_its_grant_and_its_settings() {
    let guest = Script::new().configure(KV_REMOTE, "open", &[Bytes(b"team"), To]).last(
        KV_REMOTE,
        "get",
        &[Int(0), Bytes(b"k"), To],
    );
    for grants in [&[][..], &[Grant::Store("team".into())]] {
        let plugin = try_configure(&host(), &guest, grants).expect("is configured");
        let failure = Request::new().run(&plugin).expect_err("it has no such handle");
        assert!(failure.message.contains("no remote store 0"), "{failure}");
    }
}
