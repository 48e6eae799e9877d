use std::{
    fs,
    sync::{Arc, mpsc::Sender},
    time::{Duration, UNIX_EPOCH},
};

use parking_lot::Mutex;
use serde_json::{Value, json};

use super::*;

fn record() -> Record<'static> {
    Record {
        time: UNIX_EPOCH + Duration::from_millis(1_700_000_000_123),
        request_id: "018bcfe5-687b-7000-8000-000000000000",
        client_ip: [192, 0, 2, 7].into(),
        peer_ip: None,
        http_version: "HTTP/2",
        tls_version: Some("TLSv1.3"),
        method: "GET",
        host: "api.example",
        path: "/orders/7",
        route: Some("orders"),
        consumer: Some("alice"),
        status: 200,
        received_bytes: 0,
        sent_bytes: 1024,
        duration: Duration::from_micros(1_234),
        upstream_duration: Some(Duration::from_micros(1_000)),
        plugins_duration: Some(Duration::from_nanos(3_999)),
        class: Some("low"),
        queue_duration: Some(Duration::from_micros(12)),
        cache: Some("miss"),
        shed: Some("deadline"),
        upstream: Some(([127, 0, 0, 1], 8000).into()),
        refused_by: None,
        plugin: None,
        attributes: Vec::new(),
        ended: Ended::Complete,
    }
}

/// A sink that keeps what it is given.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().clone()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

#[test]
fn a_record_is_one_line_of_json() {
    let kept = Kept::default();
    let log = AccessLog::to(kept.clone(), Counter::new(0)).unwrap();
    let mut buffer = log.buffer();
    buffer.write(&record());
    buffer.write(&Record {
        client_ip: "2001:db8::1".parse().unwrap(),
        tls_version: None,
        path: "/\"\u{1}",
        route: None,
        consumer: None,
        status: 404,
        upstream_duration: None,
        plugins_duration: None,
        class: None,
        queue_duration: None,
        cache: None,
        shed: None,
        upstream: None,
        refused_by: Some("no-route"),
        plugin: Some(("auth", "failed")),
        attributes: vec![("tenant", "a\"b"), ("tier", "line\nbreak")],
        ended: Ended::ClientAborted,
        ..record()
    });
    drop(buffer);
    log.flush();
    assert_eq!(
        kept.lines(),
        [
            json!({
                "ts": "2023-11-14T22:13:20.123Z", "request_id": "018bcfe5-687b-7000-8000-000000000000",
                "client_ip": "192.0.2.7", "http_version": "HTTP/2", "tls_version": "TLSv1.3",
                "method": "GET", "host": "api.example", "path": "/orders/7", "route": "orders", "consumer": "alice",
                "status": 200, "received_bytes": 0, "sent_bytes": 1024, "duration_us": 1234, "upstream_us": 1000,
                "plugins_us": 3, "queue_us": 12, "cache": "miss", "class": "low", "shed": "deadline", "upstream": "127.0.0.1:8000",
                "ended": "complete",
            }),
            json!({
                "ts": "2023-11-14T22:13:20.123Z", "request_id": "018bcfe5-687b-7000-8000-000000000000",
                "client_ip": "2001:db8::1", "http_version": "HTTP/2",
                "method": "GET", "host": "api.example", "path": "/\"\u{1}",
                "status": 404, "received_bytes": 0, "sent_bytes": 1024, "duration_us": 1234,
                "refused_by": "no-route", "plugin": "auth", "verdict": "failed",
                "attributes": {"tenant": "a\"b", "tier": "line\nbreak"}, "ended": "client_aborted",
            }),
        ]
    );
}

#[test]
fn a_long_path_is_cut_at_a_character() {
    let kept = Kept::default();
    let log = AccessLog::to(kept.clone(), Counter::new(0)).unwrap();
    let path = format!("/{}", "ä".repeat(5_000));
    log.buffer().write(&Record { path: &path, ..record() });
    log.flush();
    assert_eq!(kept.lines()[0]["path"].as_str().unwrap().len(), 1023);
}

#[test]
fn lines_are_handed_over_when_a_batch_is_full() {
    let kept = Kept::default();
    let log = AccessLog::to(kept.clone(), Counter::new(0)).unwrap();
    let mut buffer = log.buffer();
    (0..100).for_each(|_| buffer.write(&record()));
    log.flush();
    let first = kept.lines().len();
    assert!((20..100).contains(&first), "{first}");
    buffer.hand_over();
    log.flush();
    assert_eq!(kept.lines().len(), 100);
}

/// A sink that stands still until it is let go.
struct Stuck {
    started: Sender<()>,
    release: Receiver<()>,
}

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.started.send(()).unwrap_or_default();
        self.release.recv().unwrap_or_default();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_stands_still_costs_lines_and_never_a_request() {
    let (started, has_started) = mpsc::channel();
    let (let_go, release) = mpsc::channel();
    let dropped = Counter::new(0);
    let log = AccessLog::to(Stuck { started, release }, dropped.clone()).unwrap();
    let mut buffer = log.buffer();
    let mut send = || {
        buffer.write(&record());
        buffer.hand_over();
    };
    send();
    has_started.recv().unwrap();
    (0..QUEUED_BATCHES).for_each(|_| send());
    assert_eq!(dropped.value(), 0);
    (0..5).for_each(|_| send());
    assert_eq!(dropped.value(), 5);
    drop(let_go);
    log.flush();
}

#[test]
fn a_file_is_continued() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("access.log");
    for _ in 0..2 {
        let log = AccessLog::file(&path, Counter::new(0)).unwrap();
        log.buffer().write(&record());
        log.flush();
    }
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
}

#[test]
fn a_log_that_is_off_keeps_nothing() {
    let log = AccessLog::off(Counter::new(0));
    let mut buffer = log.buffer();
    buffer.write(&record());
    assert!(buffer.lines.is_empty());
    log.flush();
}
