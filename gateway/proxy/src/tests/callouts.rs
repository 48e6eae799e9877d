//! What a worker sends for plugins. The calls are made on a worker's own runtime, as hooks make them.

use std::{future::Future, rc::Rc, sync::Arc};

use arc_swap::ArcSwap;
use gateway_host::Outbound;
use gateway_model::{Document, Snapshot};
use gateway_telemetry::{AccessLog, Metrics};
use http::Response;
use sluice_abi::{
    bounds::{CALLOUT_BODY, CALLOUTS_DETACHED},
    wire::{Call, Header, HostError, Reply},
};
use tokio::runtime;

use super::{
    harness::{Upstream, add_upstream, build, full, host, nobody, one_route, responses, soon},
    http2_upstreams::{http2_route, speaking},
};
use crate::{
    CacheSettings, Callouts, ConnectionLimits, HttpCache, Live, LiveBuilder, OverloadLimits, addresses::Addresses,
    body::Budget, callout, overload::Overload, worker::Worker,
};

/// A worker without clients.
struct Bench {
    worker: Rc<Worker>,
    live: Arc<ArcSwap<Live>>,
    builder: LiveBuilder,
    metrics: Metrics,
}

impl Bench {
    fn new(document: &Document) -> Self {
        let metrics = Metrics::new(1);
        let builder = LiveBuilder::new(host(), metrics.clone());
        let live = Arc::new(ArcSwap::from_pointee(build(&builder, document, 1, None)));
        let log = AccessLog::off(metrics.access_log_dropped()).buffer();
        let limits = ConnectionLimits::default();
        let overload = Overload::new(OverloadLimits::default(), 1);
        let worker = Rc::new(Worker::new(
            0,
            live.clone(),
            &metrics,
            log,
            (limits, overload, (Arc::default(), Addresses::new(1))),
            (
                responses(),
                HttpCache::new(
                    CacheSettings::default(),
                    Default::default(),
                    Default::default(),
                    metrics.cache_metrics(),
                ),
            ),
            Budget::new(0),
        ));
        callout::open(&worker);
        Self { worker, live, builder, metrics }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.live.load().snapshot().clone()
    }

    fn send(&self, call: Call) -> impl Future<Output = Result<Reply, HostError>> + use<> {
        let sending = Callouts.send(&self.snapshot(), call);
        async move { soon("an end of the call", sending).await }
    }

    fn count(&self, outcome: &str) -> f64 {
        let line = format!(r#"sluice_callouts_total{{upstream="upstream",outcome="{outcome}"}} "#);
        self.metrics.render().lines().find_map(|it| it.strip_prefix(&line)?.parse().ok()).unwrap_or(0.0)
    }
}

/// Runs a test on a runtime like a worker's.
fn on_worker<F: Future<Output = ()>>(test: impl FnOnce() -> F) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build_local(runtime::LocalOptions::default());
    runtime.unwrap().block_on(test());
}

fn get(path: &str) -> Call {
    Call {
        upstream: "upstream".into(),
        method: "GET".into(),
        path: path.into(),
        headers: Vec::new(),
        body: Vec::new(),
        timeout: 5_000,
    }
}

fn with(headers: &[(&str, &str)]) -> Call {
    let header = |(name, value): &(&str, &str)| Header { name: (*name).into(), value: (*value).into() };
    Call { headers: headers.iter().map(header).collect(), ..get("/") }
}

fn text(reply: &Reply) -> String {
    String::from_utf8(reply.body.clone()).unwrap()
}

#[test]
fn a_call_is_answered_over_a_kept_connection() {
    on_worker(|| async {
        let upstream = Upstream::echoing().await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        let post = Call { method: "POST".into(), body: b"the question".to_vec(), ..with(&[("x-mine", "yes")]) };
        let reply = bench.send(post).await.unwrap();
        assert_eq!(reply.status, 200);
        let host = format!("host: {}\n", upstream.address);
        for part in
            ["POST / HTTP/1.1\n", "x-mine: yes\n", "via: 1.1 sluice\n", "content-length: 12\n", &host, "\nthe question"]
        {
            assert!(text(&reply).contains(part), "{part:?} in {}", text(&reply));
        }
        let reply = bench.send(get("/more?of=it")).await.unwrap();
        assert!(text(&reply).starts_with("GET /more?of=it HTTP/1.1\n"));
        assert_eq!((upstream.connections(), bench.count("answered")), (1, 2.0));
    });
}

/// Over HTTP/2, where the length in the head is all that hyper goes by.
#[test]
fn the_length_that_an_answer_to_a_head_names_is_not_that_of_the_reply() {
    on_worker(|| async {
        let upstream = speaking(100, |_| async {
            let mut response = Response::new(full(""));
            response.headers_mut().insert("content-length", (CALLOUT_BODY + 1).into());
            response
        })
        .await;
        let bench = Bench::new(&http2_route(&upstream));
        let reply = bench.send(Call { method: "HEAD".into(), ..get("/large") }).await.unwrap();
        assert_eq!((reply.status, reply.body.len()), (200, 0));
    });
}

#[test]
fn what_is_the_gateways_to_say_is_not_the_plugins() {
    on_worker(|| async {
        let upstream = Upstream::echoing().await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        let call = with(&[
            ("connection", "x-hop"),
            ("x-hop", "1"),
            ("host", "elsewhere"),
            ("content-length", "7"),
            ("transfer-encoding", "chunked"),
            ("expect", "100-continue"),
            ("x-forwarded-for", "192.0.2.1"),
            ("forwarded", "for=192.0.2.1"),
            ("x-sluice-plan", "gold"),
        ]);
        let echoed = text(&bench.send(call).await.unwrap());
        let names: Vec<_> =
            echoed.lines().skip(1).filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
        assert_eq!(names, ["x-sluice-plan", "via", "host"], "{echoed}");
    });
}

#[test]
fn a_reply_that_does_not_come_is_a_timeout_and_its_connection_is_closed() {
    on_worker(|| async {
        let (ended, mut end) = tokio::sync::mpsc::unbounded_channel();
        let upstream = Upstream::talking(move |mut raw| {
            let ended = ended.clone();
            async move {
                raw.message().await;
                ended.send(raw.rest().await).unwrap();
            }
        })
        .await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        let error = bench.send(Call { timeout: 20, ..get("/") }).await.unwrap_err();
        assert_eq!(error, HostError::Timeout);
        soon("the end of the connection", end.recv()).await;
        assert_eq!(bench.count("timeout"), 1.0);
    });
}

#[test]
fn a_call_that_nobody_waits_for_any_more_is_given_up_with_its_connection() {
    on_worker(|| async {
        let (came, mut coming) = tokio::sync::mpsc::unbounded_channel();
        let upstream = Upstream::talking(move |mut raw| {
            let came = came.clone();
            async move {
                raw.message().await;
                came.send("request").unwrap();
                raw.rest().await;
                came.send("end").unwrap();
            }
        })
        .await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        let sending = Callouts.send(&bench.snapshot(), get("/"));
        assert_eq!(soon("the request", coming.recv()).await, Some("request"));
        drop(sending);
        assert_eq!(soon("the end", coming.recv()).await, Some("end"));
        assert_eq!((bench.count("given_up"), bench.count("answered")), (1.0, 0.0));
    });
}

#[test]
fn a_reply_is_taken_up_to_its_limit() {
    on_worker(|| async {
        let upstream = Upstream::answering(|request| async move {
            let more = usize::from(request.uri().path() == "/more");
            Response::new(full(vec![b'x'; CALLOUT_BODY + more]))
        })
        .await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        assert_eq!(bench.send(get("/")).await.unwrap().body.len(), CALLOUT_BODY);
        let error = bench.send(get("/more")).await.unwrap_err();
        assert_eq!(error, HostError::Limit("the reply has more than 1048576 bytes".into()));
        assert_eq!(bench.count("limit"), 1.0);
    });
}

#[test]
fn a_target_that_accepts_nothing_is_passed_over_and_none_at_all_is_unavailable() {
    on_worker(|| async {
        let upstream = Upstream::echoing().await;
        let bench = Bench::new(&one_route(&[nobody().await, upstream.address]));
        for _ in 0..2 {
            assert_eq!(bench.send(get("/")).await.unwrap().status, 200);
        }
        let bench = Bench::new(&one_route(&[nobody().await]));
        let error = bench.send(get("/")).await.unwrap_err();
        assert_eq!(error, HostError::Unavailable("no target of the upstream accepts a connection".into()));
        assert_eq!(bench.count("unavailable"), 1.0);
    });
}

#[test]
fn a_call_that_may_have_arrived_is_sent_again_only_if_it_may_be_repeated() {
    on_worker(|| async {
        let upstream = Upstream::talking(|mut raw| async move { drop(raw.message().await) }).await;
        let bench = Bench::new(&one_route(&[upstream.address, upstream.address]));
        for (method, attempts) in [("POST", 1), ("GET", 3)] {
            let before = upstream.connections();
            let error = bench.send(Call { method: method.into(), ..get("/") }).await.unwrap_err();
            assert_eq!(error, HostError::Unavailable("the upstream broke off".into()));
            assert_eq!(upstream.connections() - before, attempts, "{method}");
        }
    });
}

#[test]
fn a_call_that_is_no_request_is_not_made() {
    on_worker(|| async {
        let upstream = Upstream::echoing().await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        let long = vec![0; CALLOUT_BODY + 1];
        let calls = [
            (Call { method: "CONNECT".into(), ..get("/") }, "the method CONNECT is not offered"),
            (Call { method: "GE T".into(), ..get("/") }, "the method is no token of HTTP"),
            (get("no/slash"), "the path does not begin"),
            (get("/a#b"), "the path does not begin"),
            (get("/a b"), "the path does not begin"),
            (with(&[(":path", "/")]), r#"":path" is no name of a header"#),
            (with(&[("x-a", "secret\r\nx-b: 1")]), "the value of x-a has bytes that no header may have"),
            (Call { timeout: 0, ..get("/") }, "a timeout of 0 ms"),
            (Call { body: long, ..get("/") }, "the body has 1048577 bytes"),
            (with(&[("x-a", "1"); 65]), "65 header fields"),
        ];
        for (call, why) in calls {
            let (HostError::Invalid(text) | HostError::Limit(text)) = bench.send(call).await.unwrap_err() else {
                panic!("{why}");
            };
            assert!(text.contains(why) && !text.contains("secret"), "{text}");
        }
        let unknown = Call { upstream: "other".into(), ..get("/") };
        let error = bench.send(unknown).await.unwrap_err();
        assert_eq!(error, HostError::Unavailable(r#"there is no upstream "other""#.into()));
        assert_eq!(upstream.connections(), 0);
    });
}

#[test]
fn posts_are_on_their_way_up_to_their_bound() {
    on_worker(|| async {
        let (release, held) = tokio::sync::watch::channel(false);
        let upstream = Upstream::answering(move |_| {
            let mut held = held.clone();
            async move {
                held.wait_for(|released| *released).await.unwrap();
                Response::new(full(""))
            }
        })
        .await;
        let bench = Bench::new(&one_route(&[upstream.address]));
        let snapshot = bench.snapshot();
        for _ in 0..CALLOUTS_DETACHED {
            Callouts.post(&snapshot, get("/")).unwrap();
        }
        let error = Callouts.post(&snapshot, get("/")).unwrap_err();
        assert_eq!(error, HostError::Limit("256 callouts of this worker are on their way".into()));
        release.send_replace(true);
        soon("the arrival of all", bench.worker.callouts.emptied()).await;
        assert_eq!((bench.count("answered"), bench.count("limit")), (256.0, 1.0));
        Callouts.post(&snapshot, get("/")).unwrap();
        soon("the arrival of one more", bench.worker.callouts.emptied()).await;
    });
}

#[test]
fn a_request_calls_the_upstreams_of_the_configuration_that_it_began_with() {
    on_worker(|| async {
        let upstream = Upstream::echoing().await;
        let mut document = one_route(&[upstream.address]);
        add_upstream(&mut document, "old", &[upstream.address.to_string()], Default::default());
        let bench = Bench::new(&document);
        let request = bench.worker.serving();
        let snapshot = bench.snapshot();
        let next = build(&bench.builder, &one_route(&[upstream.address]), 2, Some(&bench.live.load()));
        bench.live.store(Arc::new(next));
        drop(bench.worker.serving());
        let call = || Call { upstream: "old".into(), ..get("/") };
        assert_eq!(Callouts.send(&snapshot, call()).await.unwrap().status, 200);
        assert!(bench.send(call()).await.is_err(), "the new one has no such upstream");
        drop(request);
        assert!(Callouts.send(&snapshot, call()).await.is_err(), "nothing is left of the old one");
    });
}

#[test]
fn callouts_are_out_of_reach_where_no_worker_is() {
    let snapshot = Arc::new(Snapshot::default());
    let sending = std::thread::spawn(move || Callouts.post(&snapshot, get("/"))).join().unwrap();
    assert_eq!(sending, Err(HostError::Unavailable("callouts are made by workers only".into())));
}
