//! The hooks beyond heads: of bodies, of chunks, of the log and of time; and what they may ask for.

use std::time::Duration;

use bytes::Bytes;
use sluice_abi::{
    head::Summary,
    outcome::{Action, BodyWish as Wish, Operation},
    wire::Hooks,
};

use super::*;
use crate::{BodyWish, ChunkCall, ChunkVerdict, FailureKind, Onward, hook::Hook};

const ALL: [Hook; 6] =
    [Hook::RequestBody, Hook::RequestChunk, Hook::ResponseBody, Hook::ResponseChunk, Hook::Log, Hook::Tick];

fn summary() -> Summary<'static> {
    Summary {
        status: 200,
        complete: true,
        request_bytes: 1,
        response_bytes: 2,
        duration_us: 3,
        upstream_us: Some(2),
        method: "GET",
        path: "/orders",
        route: "orders",
        upstream: None,
        refused_by: None,
    }
}

/// Calls every hook beyond those of heads once, in the order of a request.
fn call_all(plugin: &Plugin) -> Vec<(Hook, Result<(), Failure>)> {
    let (mut request, mut response, mut body) = (Request::new(), Response::new(), Bytes::from_static(b"body"));
    let snapshot = request.snapshot.clone();
    let chunks = ChunkCall { about: about(&snapshot) };
    let mut visit = Visit::default();
    let chunk = || Bytes::from_static(b"chunk");
    let (mut call, own) = request.parts();
    let mut results = vec![(Hook::RequestBody, plugin.on_request_body(&mut call, own, &mut body).map(drop))];
    results.push((Hook::RequestChunk, plugin.on_request_chunk(&chunks, &mut visit, chunk(), true).map(drop)));
    let (mut call, own) = response.parts();
    results.push((Hook::ResponseBody, plugin.on_response_body(&mut call, own, &mut body).map(drop)));
    results.push((Hook::ResponseChunk, plugin.on_response_chunk(&chunks, &mut visit, chunk(), true).map(drop)));
    results.push((Hook::Log, plugin.on_log(&chunks, visit, &summary())));
    results.push((Hook::Tick, plugin.on_tick(&snapshot)));
    results
}

#[test]
fn every_hook_that_is_named_is_called_and_no_other() {
    let host = host();
    for hook in ALL {
        let plugin = configure(&host, &Guest::new().on(hook, "unreachable"));
        for (called, result) in call_all(&plugin) {
            assert_eq!(result.is_err(), called == hook, "{called} of a plugin with {hook}");
            if let Err(failure) = result {
                assert!(failure.message.contains(&format!("hook {hook}:")), "{failure}");
            }
        }
    }
}

#[test]
fn a_configuration_that_needs_no_hook_gets_none() {
    let mut guest = ALL.into_iter().fold(Guest::new().hook("unreachable"), |guest, hook| guest.on(hook, "unreachable"));
    guest.declaration.hooks = Hooks::NONE;
    guest.declaration.tick_every = Some(1_000);
    let plugin = configure(&host(), &guest);
    assert_eq!((plugin.hooks(), plugin.tick_every()), (Hooks::NONE, None));
    assert!(call_all(&plugin).iter().all(|(_, result)| result.is_ok()));
    assert!(matches!(Request::new().run(&plugin), Ok(Verdict::Next(_))));
}

#[test]
fn a_hook_that_is_not_exported_makes_no_module() {
    let mut guest = Guest::new();
    guest.descriptor.hooks = Hooks::REQUEST.with(Hooks::LOG);
    let wasm = guest.wasm();
    let error = host().load(&module::digest(&wasm), &wasm).expect_err("lacks a hook");
    assert!(error.to_string().contains("sluice1:on-log"), "{error}");
}

#[test]
fn ticks_come_as_often_as_they_are_declared() {
    let mut guest = Guest::new().on_alike(Hook::Tick);
    guest.declaration.tick_every = Some(250);
    let plugin = configure(&host(), &guest);
    assert_eq!(plugin.tick_every(), Some(Duration::from_millis(250)));
    plugin.on_tick(&snapshot([])).expect("succeeds");
}

#[test]
fn the_state_travels_from_hook_to_hook() {
    let guest = Guest::new()
        .wishing(Wish::Stream, Action::Next, 0, b"from the head", &[])
        .on_echo(Hook::RequestChunk)
        .on_echo(Hook::ResponseBody);
    let plugin = configure(&host(), &guest);
    let mut request = Request::new();
    let verdict = request.run(&plugin).expect("succeeds");
    assert!(matches!(verdict, Verdict::Next(Onward { more: true, body: BodyWish::Stream })), "{verdict:?}");

    let mut visit = request.visit;
    let snapshot = snapshot([]);
    let call = ChunkCall { about: about(&snapshot) };
    for last in [false, true] {
        let chunk = Bytes::from_static(b"piece");
        let verdict = plugin.on_request_chunk(&call, &mut visit, chunk.clone(), last).expect("succeeds");
        assert_eq!(verdict, ChunkVerdict::Pass(chunk));
        assert_eq!(*visit.state, *b"from the head");
    }

    let mut response = Response { visit, ..Response::new() };
    let (mut call, visit) = response.parts();
    plugin.on_response_body(&mut call, visit, &mut Bytes::new()).expect("succeeds");
    assert_eq!(*visit.state, *b"from the head");
}

#[test]
fn the_hook_of_chunks_sees_state_chunk_and_end() {
    // Replaces each chunk by the first bytes of state and chunk and by whether it is the last one.
    let body = format!(
        "(i32.store8 (i32.const {at}) (i32.load8_u (i32.const {input})))
         (i32.store8 (i32.const {}) (i32.load8_u (i32.add (i32.const {input}) (local.get $a))))
         (i32.store8 (i32.const {}) (i32.add (local.get $c) (i32.const 48)))",
        guest::OUT + 2 + 5 + 1,
        guest::OUT + 2 + 5 + 2,
        at = guest::OUT + 2 + 5,
        input = guest::IN,
    );
    let guest = Guest::new().outcome(Action::Next, 0, b"", &[Operation::Body(b"???")]);
    let split = guest.on_request.rfind("(i64.const").expect("the result");
    let (copy, result) = guest.on_request.split_at(split);
    let hook = format!("{copy} {body} {result}");
    let plugin = configure(&host(), &Guest::clone(&guest).on(Hook::ResponseChunk, hook));
    let snapshot = snapshot([]);
    let call = ChunkCall { about: about(&snapshot) };
    let mut visit = Visit { state: b"state"[..].into(), ..Visit::default() };
    let verdict = plugin.on_response_chunk(&call, &mut visit, Bytes::from_static(b"chunk"), true).expect("succeeds");
    assert_eq!(verdict, ChunkVerdict::Replace(Bytes::from_static(b"sc1")));
    assert!(visit.state.is_empty(), "the state is what the hook returned");
}

#[test]
fn a_hook_of_chunks_breaks_off_and_never_answers() {
    let host = host();
    let snapshot = snapshot([]);
    let call = ChunkCall { about: about(&snapshot) };
    let run = |guest: Guest| {
        let plugin = configure(&host, &guest.on_alike(Hook::RequestChunk));
        plugin.on_request_chunk(&call, &mut Visit::default(), Bytes::from_static(b"chunk"), false)
    };
    let reset = run(Guest::new().outcome(Action::Reset, 0, b"", &[])).expect("succeeds");
    assert_eq!(reset, ChunkVerdict::Reset);
    for guest in [
        Guest::new().outcome(Action::Respond, 200, b"", &[]),
        Guest::new().outcome(Action::Next, 0, b"", &[Operation::SetStatus(500)]),
        Guest::new().wishing(Wish::Stream, Action::Next, 0, b"", &[]),
    ] {
        assert_eq!(run(guest).expect_err("fails").kind, FailureKind::Malformed);
    }
}

#[test]
fn hooks_of_log_and_time_change_nothing() {
    let host = host();
    let snapshot = snapshot([]);
    for operation in [Operation::SetAttribute("a", "b"), Operation::SetStatus(500)] {
        let guest = Guest::new().outcome(Action::Next, 0, b"", &[operation]);
        let plugin = configure(&host, &guest.on_alike(Hook::Log).on_alike(Hook::Tick));
        let call = ChunkCall { about: about(&snapshot) };
        let log = plugin.on_log(&call, Visit::default(), &summary()).expect_err("fails");
        let tick = plugin.on_tick(&snapshot).expect_err("fails");
        assert_eq!((log.kind, tick.kind), (FailureKind::Malformed, FailureKind::Malformed));
    }
}

#[test]
fn a_wish_that_cannot_come_true_is_a_mistake() {
    let host = host();
    let limit = 8 * 1024 * 1024;
    let buffer = |operations: &[Operation<'_>]| Guest::new().wishing(Wish::Buffer, Action::Next, 0, b"", operations);
    let plugin = configure(&host, &buffer(&[Operation::BodyLimit(limit)]).on_alike(Hook::RequestBody));
    let verdict = Request::new().run(&plugin).expect("succeeds");
    assert!(matches!(verdict, Verdict::Next(Onward { body: BodyWish::Buffer { max }, .. }) if u64::from(max) == limit));
    for (guest, text) in [
        (buffer(&[Operation::BodyLimit(10)]), "no hook request-body"),
        (buffer(&[Operation::BodyLimit(limit + 1)]).on_alike(Hook::RequestBody), "at most 8388608 are buffered"),
        (buffer(&[]).on_alike(Hook::RequestBody), "lacks the limit"),
        (Guest::new().outcome(Action::Next, 0, b"", &[Operation::BodyLimit(10)]), "limits of a body have no place"),
        (Guest::new().wishing(Wish::Stream, Action::Respond, 200, b"", &[]), "wishes for a body have no place"),
    ] {
        let failure = Request::new().run(&configure(&host, &guest)).expect_err(text);
        assert!(failure.message.contains(text), "{failure}");
    }
}

#[test]
fn a_hook_of_a_body_asks_for_no_other_body() {
    let guest = Guest::new().wishing(Wish::Stream, Action::Next, 0, b"", &[]);
    let plugin = configure(&host(), &guest.on_alike(Hook::RequestBody).on_echo(Hook::RequestChunk));
    let mut request = Request::new();
    let (mut call, visit) = request.parts();
    let failure = plugin.on_request_body(&mut call, visit, &mut Bytes::new()).expect_err("fails");
    assert!(failure.message.contains("wishes for a body have no place"), "{failure}");
}

#[test]
fn a_request_is_changed_and_sent_another_way() {
    let operations = [
        Operation::SetMethod("PUT"),
        Operation::SetPath("/a/./b//c%41"),
        Operation::SetQuery("x=1&y"),
        Operation::SetUpstream("shop"),
        Operation::SetTimeout(250),
        Operation::SetAttribute("tenant", "acme"),
    ];
    let guest = Guest::new().outcome(Action::Next, 0, b"", &operations);
    let plugin = try_configure(&host(), &guest, &[Grant::Upstream("shop".into())]).expect("configured");
    let mut request = Request::new();
    request.run(&plugin).expect("succeeds");
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/a/b/cA?x=1&y"));
    let way = Way { upstream: Some("shop".into()), timeout: Some(Duration::from_millis(250)), ..Way::default() };
    assert_eq!((request.way, request.attributes.get("tenant")), (way, Some("acme")));
}

#[test]
fn path_and_query_change_apart() {
    let host = host();
    for (operations, target) in [
        (&[Operation::SetPath("/x")][..], "/x?a=1"),
        (&[Operation::RemoveQuery], "/orders"),
        (&[Operation::RemoveQuery, Operation::SetPath("/x")], "/x"),
        (&[Operation::SetQuery("b"), Operation::SetPath("/x"), Operation::SetPath("/y")], "/y?b"),
    ] {
        let plugin = configure(&host, &Guest::new().outcome(Action::Next, 0, b"", operations));
        let mut request = Request::new();
        request.run(&plugin).expect("succeeds");
        assert_eq!(request.target.as_str(), target);
    }
}

#[test]
fn changes_out_of_bounds_are_told_with_a_remedy_and_nothing_is_applied() {
    let host = host();
    let grants = [Grant::Upstream("gone".into())];
    let long = "x".repeat(65);
    for (bad, text) in [
        (Operation::SetMethod("CONNECT"), "CONNECT"),
        (Operation::SetMethod("HEAD"), "HEAD"),
        (Operation::SetMethod("G T"), "G T"),
        (Operation::SetPath("no-slash"), "sets a path that is none"),
        (Operation::SetPath("/a?b"), "sets a path that is none"),
        (Operation::SetPath("/%2f../b"), "hides a dot segment"),
        (Operation::SetQuery("a b"), "sets a query that is none"),
        (Operation::SetQuery("a#b"), "sets a query that is none"),
        (Operation::SetUpstream("shop"), "the grant upstream:shop"),
        (Operation::SetUpstream("gone"), "no upstream \"gone\""),
        (Operation::SetTimeout(0), "0 ms"),
        (Operation::SetAttribute("consumer", "root"), "none of the gateway's"),
        (Operation::SetAttribute(&long, "x"), "1 to 64"),
        (Operation::StoreResponse(b""), "kept responses have no place"),
        (Operation::CacheKey("x"), "kept responses have no place"),
    ] {
        let good = [Operation::SetAttribute("good", "1"), Operation::SetPath("/good"), Operation::SetTimeout(1)];
        let guest = Guest::new().outcome(Action::Next, 0, b"state", &[&good[..], &[bad]].concat());
        let plugin = try_configure(&host, &guest, &grants).expect("configured");
        let mut request = Request::new();
        let failure = request.run(&plugin).expect_err(text);
        assert!(failure.message.contains(text), "{failure}");
        assert_eq!((request.target.as_str(), &request.way), ("/orders?a=1", &Way::default()));
        assert!(request.attributes.is_empty() && request.visit.state.is_empty());
    }
}

#[test]
fn a_request_has_so_many_attributes_and_no_more() {
    let names: Vec<String> = (0..33).map(|n| format!("a{n}")).collect();
    let set: Vec<_> = names.iter().map(|name| Operation::SetAttribute(name, "1")).collect();
    let host = host();
    let plugin = configure(&host, &Guest::new().outcome(Action::Next, 0, b"", &set[..32]));
    let mut request = Request::new();
    request.run(&plugin).expect("succeeds");
    request.run(&plugin).expect("the same names again are no more");
    assert_eq!(request.attributes.len(), 32);
    let plugin = configure(&host, &Guest::new().outcome(Action::Next, 0, b"", &set[32..]));
    assert!(request.run(&plugin).expect_err("one too many").message.contains("32 already"));
}

#[test]
fn kept_responses_need_their_grant() {
    let host = host();
    let directive = wire_directive("k", 1_000, &["t"]);
    let store = Guest::new().outcome(Action::Next, 0, b"", &[Operation::StoreResponse(&directive)]);
    let serve = Guest::new().outcome(Action::ServeCached, 0, b"s", &[Operation::CacheKey("k")]);
    for guest in [&store, &serve] {
        let plugin = configure(&host, guest);
        let failures = [Response::new().run(&plugin).map(drop), Request::new().run(&plugin).map(drop)];
        let denied = failures.iter().flat_map(|it| it.as_ref().err()).filter(|it| it.kind == FailureKind::Denied);
        assert_eq!(denied.count(), 1, "{failures:?}");
    }

    let plugin = try_configure(&host, &store, &[Grant::Cache]).expect("configured");
    let mut response = Response::new();
    response.run(&plugin).expect("succeeds");
    let kept = response.store.expect("is to be kept");
    let key = gateway_store::ResponseKey::new("here", "k").expect("a key");
    assert_eq!((&kept.key, kept.ttl, &*kept.tags), (&key, Duration::from_secs(1), &["t".into()][..]));

    let plugin = try_configure(&host, &serve, &[Grant::Cache]).expect("configured");
    let mut request = Request::new();
    let verdict = request.run(&plugin).expect("succeeds");
    assert!(matches!(&verdict, Verdict::ServeCached(kept) if kept.key == key && kept.onward.more));
    assert_eq!(*request.visit.state, *b"s", "for the case that the response is gone");
}

#[test]
fn a_response_is_kept_within_bounds() {
    let host = host();
    let long = "x".repeat(513);
    let tags = vec!["t"; 17];
    for (directive, text) in [
        (wire_directive("", 1, &[]), "0 bytes"),
        (wire_directive(&long, 1, &[]), "513 bytes"),
        (wire_directive("k", 0, &[]), "0 ms"),
        (wire_directive("k", 1, &tags), "at most 16"),
        (wire_directive("k", 1, &[""]), "of 1 to 64"),
        (b"?".to_vec(), "form of the ABI"),
    ] {
        let guest = Guest::new().outcome(Action::Next, 0, b"", &[Operation::StoreResponse(&directive)]);
        let plugin = try_configure(&host, &guest, &[Grant::Cache]).expect("configured");
        let failure = Response::new().run(&plugin).expect_err(text);
        assert!(failure.message.contains(text), "{failure}");
    }
}

fn wire_directive(key: &str, ttl: u64, tags: &[&str]) -> Vec<u8> {
    let tags = tags.iter().map(|&tag| tag.to_owned()).collect();
    crate::wire::encode(&crate::wire::CacheDirective { key: key.to_owned(), ttl, tags })
}

#[test]
fn a_response_hook_answers_in_the_place_of_the_response() {
    let operations = [Operation::Body(b"sorry"), Operation::SetStatus(410)];
    let plugin = configure(&host(), &Guest::new().outcome(Action::Respond, 200, b"", &operations));
    let mut response = Response::new();
    let verdict = response.run(&plugin).expect("succeeds");
    let ResponseVerdict::Respond(answer) = verdict else { panic!("{verdict:?}") };
    assert_eq!((answer.status(), &answer.body()[..]), (StatusCode::GONE, &b"sorry"[..]));
    assert_eq!(response.status, StatusCode::OK, "the answer is a response of its own");
}
