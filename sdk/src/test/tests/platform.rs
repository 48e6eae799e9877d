//! The harness by way of a plugin with every hook, which a header tells what to do.

use std::{cell::Cell, rc::Rc};

use super::super::*;
use crate::{load, prelude::*};

struct All {
    act: HeaderSlot,
    own: kv::Store,
    shared: kv::Store,
    remote: remote::Store,
    key: Hmac,
    tries: LabelledCounter<1>,
    depth: Gauge,
    sizes: Histogram,
}

/// What the request hook found, for all later ones.
#[derive(State, Debug)]
struct Seen {
    act: String,
    bytes: u64,
}

#[plugin(name = "all")]
impl Plugin for All {
    type State = Seen;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        setup.tick_every(Duration::from_secs(1));
        Ok(Self {
            act: setup.request_header("x-act"),
            own: setup.kv()?,
            shared: setup.shared_kv("geo")?,
            remote: setup.remote_kv("sessions")?,
            key: setup.hmac("signing")?,
            tries: setup.counter_with_labels("tries", "Tries.", ["outcome"])?,
            depth: setup.gauge("depth", "Depth.", [])?,
            sizes: setup.histogram("sizes", "Sizes.", [], &[1.0, 2.0])?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Seen>> {
        let act = request.header(self.act).unwrap_or_default();
        let seen = Seen { act: act.to_owned(), bytes: 0 };
        match act {
            "buffer" => return Ok(Flow::buffer_body(10, seen)),
            "stream" | "cut" | "fail" => return Ok(Flow::stream_body(seen)),
            "rewrite" => {
                request.set_method("PUT");
                request.set_path("/a/../b%7e");
                request.set_query("x=1");
                request.set_upstream("other");
                request.set_timeout(Duration::from_secs(2));
                request.set_attribute("tenant", "acme");
            }
            "bad-path" => request.set_path("b"),
            "cached" if cache::lookup("k").is_some() => return Ok(Flow::serve_cached("k")),
            "answer" => {
                request.set_attribute("why", "asked");
                request.set_header("x-lost", "1");
                return Ok(Flow::respond(200).body("answer"));
            }
            "kv" => {
                self.own.set("a", "1", Duration::from_secs(1))?;
                let sum = self.own.increment("a", 41, None)?;
                let lost = self.own.compare_and_set("a", 1, "x", None);
                let text =
                    format!("{sum} {:?} {:?} {:?}", lost.unwrap_err(), self.own.keys("", 9), self.shared.get_text("c"));
                return Ok(Flow::respond(200).body(text));
            }
            "remote" => {
                let sum = self.remote.increment("n", 2, None)?;
                return Ok(Flow::respond(200).body(sum.to_string()));
            }
            "call" => {
                let replies = callout::send_all([Call::get("policy", "/a"), Call::post("policy", "/b").body("hello")]);
                Call::post("audit", "/seen").send_detached()?;
                let told = replies.into_iter().map(|reply| match reply {
                    Ok(reply) => format!("{} {}", reply.status(), reply.text().unwrap_or_default()),
                    Err(error) => error.to_string(),
                });
                return Ok(Flow::respond(200).body(told.collect::<Vec<_>>().join("; ")));
            }
            "sign" => {
                let mac = self.key.sign("what do ya want for nothing?");
                let right = self.key.verify("what do ya want for nothing?", mac);
                return Ok(Flow::respond(200).body(format!(
                    "{} {right} {}",
                    crypto::hex(mac),
                    crypto::hex(crypto::sha256("abc"))
                )));
            }
            "load" => return Ok(Flow::respond(200).body(load::sample().cpu_permille.to_string())),
            _ => {}
        }
        Ok(Flow::next_with(seen))
    }

    fn on_request_body(&self, request: &mut Request<'_>, body: &mut Body, mut seen: Seen) -> Result<Flow<Seen>> {
        seen.bytes = body.len();
        if body.find("bad").is_some() {
            return Ok(Flow::problem(422, "Unprocessable Content"));
        }
        let act = current::request_header("x-act").unwrap_or_default();
        body.replace(format!("{act}:{}", body.text().unwrap_or_default()));
        request.set_header("x-digest", crypto::hex(body.sha256()));
        Ok(Flow::next_with(seen))
    }

    fn on_request_chunk(&self, chunk: &mut Chunk<'_>, seen: &mut Seen) -> Result<()> {
        seen.bytes += chunk.bytes().len() as u64;
        match (seen.act.as_str(), chunk.bytes()) {
            ("cut", b"2") => chunk.reset(),
            ("fail", _) => bail!("a chunk fails: {:?}", self.remote.get("n").unwrap_err().to_string()),
            (_, b"2") => chunk.remove(),
            _ if chunk.is_last() => chunk.replace([chunk.bytes(), b"."].concat()),
            _ => {}
        }
        Ok(())
    }

    fn on_response(&self, response: &mut Response<'_>, seen: Seen) -> Result<Flow<Seen>> {
        response.set_header("x-bytes", seen.bytes);
        match seen.act.as_str() {
            "cached" => {
                response.store(&CacheDirective::new("k", Duration::from_secs(60)).tag("t"));
                Ok(Flow::next())
            }
            "response-buffer" => Ok(Flow::buffer_body(10, seen)),
            "response-stream" => Ok(Flow::stream_body(seen)),
            "replace" => Ok(Flow::problem(502, "Bad Gateway")),
            "late" => Ok(Flow::serve_cached("k")),
            _ => Ok(Flow::next_with(seen)),
        }
    }

    fn on_response_body(&self, response: &mut Response<'_>, body: &mut Body, _seen: Seen) -> Result<Flow<Seen>> {
        response.set_header("x-start", body.read(0, 2));
        body.replace("replaced");
        Ok(Flow::next())
    }

    fn on_response_chunk(&self, chunk: &mut Chunk<'_>, seen: &mut Seen) -> Result<()> {
        seen.bytes += 1;
        chunk.replace(chunk.bytes().to_ascii_uppercase());
        Ok(())
    }

    fn on_log(&self, summary: &Summary<'_>, seen: Seen) -> Result<()> {
        self.tries.increment([if summary.complete { "whole" } else { "cut" }]);
        self.sizes.observe(summary.response_bytes as f64, []);
        log::info!(
            "{} {} {} {}",
            summary.route,
            summary.duration_us,
            summary.upstream_us.unwrap_or_default(),
            seen.bytes
        );
        Ok(())
    }

    fn on_tick(&self) -> Result<()> {
        self.depth.set(self.own.keys("", 1000).len() as f64, []);
        match self.own.get_text("stop") {
            Some(reason) => Err(reason.into()),
            None => Ok(()),
        }
    }
}

fn harness() -> Harness<All> {
    Harness::new(json!({})).with_secret("signing", "Jefe")
}

fn act<'h>(harness: &'h mut Harness<All>, act: &str) -> Exchange<'h, All> {
    harness.post("/orders?page=2").header("x-act", act)
}

#[test]
fn a_buffered_body_is_read_and_replaced() {
    let mut h = harness();
    let reply = act(&mut h, "buffer").body("hello").send();
    let upstream = reply.upstream_request();
    assert_eq!(upstream.body(), b"buffer:hello");
    assert_eq!(upstream.header("x-digest").map(|digest| &digest[..8]), Some("2cf24dba"));
    assert_eq!(reply.header("x-bytes"), Some("5"));
    assert_eq!(act(&mut h, "buffer").body("a bad one").send().status(), 422);
    let large = act(&mut h, "buffer").chunks(["123456", "78901"]).send();
    assert_eq!((large.status(), large.reached_upstream()), (413, false));
}

#[test]
fn chunks_are_changed_dropped_and_counted_in_the_state() {
    let mut h = harness();
    let reply = act(&mut h, "stream").chunks(["1", "2", "3"]).send();
    assert_eq!((reply.upstream_request().body(), reply.header("x-bytes")), (&b"13."[..], Some("3")));
    let cut = act(&mut h, "cut").chunks(["1", "2", "3"]).send();
    assert_eq!((cut.upstream_request().body(), cut.upstream_request().is_complete()), (&b"1"[..], false));
    let failed = act(&mut h, "fail").chunks(["1"]).send();
    assert!(failed.fault().is_some_and(|fault| fault.starts_with("a chunk fails: \"unavailable: ")), "{failed:?}");
    let large = act(&mut h, "stream").body(vec![b'x'; 100_000]).send();
    assert_eq!(large.upstream_request().body().len(), 100_001);
}

#[test]
fn responses_are_buffered_streamed_and_replaced() {
    let mut h = harness();
    let reply = act(&mut h, "response-buffer").upstream_body("hello").send();
    assert_eq!((reply.text(), reply.header("x-start")), ("replaced", Some("he")));
    assert_eq!(act(&mut h, "response-buffer").upstream_body("hello world").send().status(), 502);
    let reply = act(&mut h, "response-stream").upstream_chunks(["a", "b"]).send();
    assert_eq!((reply.text(), reply.is_complete()), ("AB", true));
    assert_eq!(h.logs().last().map(|(_, line)| line.as_str()), Some("route 0 0 2"));
    let reply = act(&mut h, "replace").upstream_body("hello").send();
    assert_eq!((reply.status(), reply.problem().title.as_str(), reply.header("x-bytes")), (502, "Bad Gateway", None));
    let fault = act(&mut h, "late").send();
    assert_eq!(fault.fault(), Some("Flow::serve_cached belongs to request hooks: there is a response already"));
}

#[test]
fn the_request_line_and_its_way_can_be_changed() {
    let mut h = harness();
    let reply = act(&mut h, "rewrite").send();
    let upstream = reply.upstream_request();
    assert_eq!((upstream.method(), upstream.path(), upstream.query()), ("PUT", "/b~", Some("x=1")));
    assert_eq!((upstream.upstream(), upstream.timeout()), (Some("other"), Some(Duration::from_secs(2))));
    assert_eq!(reply.attribute("tenant"), Some("acme"));
    assert!(act(&mut h, "bad-path").send().fault().is_some_and(|fault| fault.contains("\"b\" is no path")));
    let answer = act(&mut h, "answer").send();
    assert_eq!((answer.text(), answer.attribute("why"), answer.header("x-lost")), ("answer", Some("asked"), None));
}

#[test]
fn stores_count_expire_and_are_shared() {
    let mut h = harness();
    h.shared_kv("geo").set("c", "DE");
    assert_eq!(act(&mut h, "kv").send().text(), r#"42 Conflict ["a"] Some("DE")"#);
    assert_eq!(h.kv().text("a").as_deref(), Some("42"));
    h.advance(Duration::from_secs(1));
    assert_eq!(h.kv().get("a"), None);
    h.remote_kv("sessions").set("n", "40");
    assert_eq!(act(&mut h, "remote").send().text(), "42");
    h.fail_remote_kv(Some(HostError::Timeout));
    assert_eq!(act(&mut h, "remote").send().fault(), Some("it took too long"));
}

#[test]
fn what_the_cache_keeps_answers_until_its_time_is_over() {
    let mut h = harness();
    let first = act(&mut h, "cached").upstream(203).upstream_header("x-a", "1").upstream_body("kept").send();
    assert_eq!((first.status(), first.is_cached(), h.is_cached("k")), (203, false, true));
    let second = act(&mut h, "cached").send();
    assert_eq!((second.status(), second.text(), second.header("x-a")), (203, "kept", Some("1")));
    assert!(second.is_cached() && !second.reached_upstream());
    h.advance(Duration::from_secs(60));
    assert!(!act(&mut h, "cached").send().is_cached());
}

#[test]
fn callouts_are_answered_by_the_test_and_recorded() {
    let asked = Rc::new(Cell::new(0));
    let counted = Rc::clone(&asked);
    let mut h = harness().with_callout(move |call: &SentCall| {
        counted.set(counted.get() + 1);
        match call.path.as_str() {
            "/a" => Answer::from(201),
            _ => Answer::from(HostError::Timeout),
        }
    });
    assert_eq!(act(&mut h, "call").send().text(), "201 ; it took too long");
    let sent: Vec<(String, Vec<u8>)> = h.callouts().into_iter().map(|call| (call.path, call.body)).collect();
    let expected = [("/a", &b""[..]), ("/b", b"hello"), ("/seen", b"")];
    assert_eq!(sent, expected.map(|(path, body)| (path.to_owned(), body.to_vec())));
    assert_eq!(asked.get(), 2, "nobody waits for a detached one");
}

#[test]
fn signatures_are_those_of_the_rfc() {
    let reply = act(&mut harness(), "sign").send();
    let mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(reply.text(), format!("{mac} true {hash}"), "RFC 4231, 4.3");
}

#[test]
fn the_log_hook_is_told_what_became_of_the_request() {
    let mut h = harness();
    let request = act(&mut h, "").route("orders").upstream_takes(Duration::from_micros(7));
    let reply = request.sending_takes(Duration::from_micros(3)).upstream_body("12").client_leaves().send();
    assert_eq!(reply.log_fault(), None);
    assert_eq!(h.logs().last().map(|(_, line)| line.as_str()), Some("orders 10 7 0"));
    assert_eq!((h.metric("tries", &["cut"]), h.metric("tries", &["whole"])), (1.0, 0.0));
    assert_eq!(h.histogram("sizes", &[]), [2.0]);
}

#[test]
fn ticks_run_when_told_and_their_faults_are_told() {
    let mut h = harness();
    assert_eq!(h.tick(), Ok(()));
    h.kv().set("stop", "enough");
    assert_eq!(h.tick(), Err("enough".to_owned()));
    assert_eq!(h.metric("depth", &[]), 1.0);
}

#[test]
fn a_fresh_instance_finds_what_the_host_keeps() {
    let mut h = harness().with_load(Signal { cpu_permille: 900, ..Signal::default() });
    assert_eq!(act(&mut h, "load").send().text(), "900");
    h.kv().set("a", "1");
    h.restart();
    assert_eq!(act(&mut h, "").send().status(), 200);
    assert_eq!(h.kv().text("a").as_deref(), Some("1"));
    assert_eq!(h.metric("tries", &["whole"]), 1.0);
}

#[test]
fn what_is_not_granted_is_refused_and_what_was_needed_is_told() {
    let mut h = harness();
    h.start().unwrap();
    assert_eq!(h.grants_used(), ["kv:geo", "secret:signing", "store:sessions"]);
    harness().with_grants(["kv:geo"]).expect_config_error("store:sessions");
    let mut h = harness().with_grants(["kv:geo", "secret:signing", "store:sessions", "upstream:audit"]);
    assert!(act(&mut h, "call").send().text().starts_with("not granted: "));
    assert!(act(&mut h, "rewrite").send().fault().is_some_and(|fault| fault.contains("upstream:other")));
}

struct Narrowed;

#[derive(Config)]
struct Which {
    #[config(default = [])]
    without: Vec<String>,
    #[config(default = false)]
    tick: bool,
}

#[plugin(name = "narrowed")]
impl Plugin for Narrowed {
    type Config = Which;

    fn new(which: Which, setup: &mut Setup) -> Result<Self> {
        for hook in &which.without {
            setup.without_hook(if hook == "request" { Hook::Request } else { Hook::Tick });
        }
        if which.tick {
            setup.tick_every(Duration::from_millis(100));
        }
        Ok(Self)
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow> {
        request.set_header("x-request", "1");
        Ok(Flow::next())
    }

    fn on_response(&self, response: &mut Response<'_>, _state: ()) -> Result<Flow> {
        response.set_header("x-response", "1");
        Ok(Flow::next())
    }

    fn on_tick(&self) -> Result<()> {
        Ok(())
    }
}

#[test]
fn a_configuration_leaves_out_the_hooks_that_it_does_not_need() {
    let mut h = Harness::<Narrowed>::new(json!({ "without": ["request", "tick"] }));
    let reply = h.get("/").send();
    assert_eq!((reply.upstream_request().header("x-request"), reply.header("x-response")), (None, Some("1")));
    Harness::<Narrowed>::new(json!({})).expect_config_error("on_tick is never called");
    Harness::<Narrowed>::new(json!({ "without": ["tick"], "tick": true })).expect_config_error("plugins with on_tick");
    let mut h = Harness::<Narrowed>::new(json!({ "tick": true }));
    h.start().unwrap();
    assert_eq!(h.declaration().and_then(|declaration| declaration.tick_every), Some(100));
}
