//! A server that answers as a test says, and counts what it is asked.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use http::{HeaderMap, Request, Response};
use hyper::body::Incoming;
use tokio::sync::Semaphore;

use super::super::harness::*;

/// The server.
pub(super) struct Origin {
    upstream: Upstream,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    answers: Mutex<HashMap<String, Answer>>,
    asked: Mutex<Vec<Asked>>,
    /// Where a permit is needed for each answer.
    gate: Mutex<Option<Arc<Semaphore>>>,
}

/// How it answers to a path.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) fields: Vec<(String, String)>,
    pub(super) body: String,
    /// Requests with this tag in `If-None-Match` are answered with 304.
    pub(super) tag: Option<String>,
}

/// What it was asked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) method: String,
    pub(super) headers: HeaderMap,
}

impl Origin {
    pub(super) async fn start() -> Self {
        let shared = Arc::new(Shared::default());
        let answering = shared.clone();
        let upstream = Upstream::answering(move |request| answer(answering.clone(), request)).await;
        Self { upstream, shared }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.upstream.address
    }

    /// From now on it answers so to that path, with fields such as `"cache-control: max-age=60"`.
    pub(super) fn says(&self, path: &str, status: u16, fields: &[&str], body: &str) {
        let split = |field: &&str| {
            let (name, value) = field.split_once(": ").expect("a field with a value");
            (name.to_owned(), value.to_owned())
        };
        let fields: Vec<_> = fields.iter().map(split).collect();
        let tag = fields.iter().find(|(name, _)| name == "etag").map(|(_, value)| value.clone());
        let answer = Answer { status, fields, body: body.to_owned(), tag };
        self.shared.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// What it was asked since this was called last.
    pub(super) fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.shared.asked.lock().unwrap())
    }

    /// How often it was asked since this was called last.
    pub(super) fn count(&self) -> usize {
        self.asked().len()
    }

    /// Waits until it was asked so many times since [`asked`](Self::asked) was called last.
    pub(super) async fn until_asked(&self, number: usize) {
        soon("the origin is asked", async {
            while self.shared.asked.lock().unwrap().len() < number {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }

    /// From now on it answers only as often as the result has permits.
    pub(super) fn waits(&self) -> Arc<Semaphore> {
        let semaphore = Arc::new(Semaphore::new(0));
        self.shared.gate.lock().unwrap().replace(semaphore.clone());
        semaphore
    }
}

async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Response<AnyBody> {
    let (head, _) = request.into_parts();
    shared.asked.lock().unwrap().push(Asked { method: head.method.to_string(), headers: head.headers.clone() });
    let gate = shared.gate.lock().unwrap().clone();
    if let Some(gate) = gate {
        gate.acquire().await.unwrap().forget();
    }
    let answer = shared.answers.lock().unwrap().get(head.uri.path()).cloned();
    let Some(answer) = answer else { return Response::builder().status(404).body(full("nothing here")).unwrap() };
    let asked_for = head.headers.get("if-none-match").and_then(|value| value.to_str().ok());
    let has_it = answer.tag.is_some() && asked_for == answer.tag.as_deref();
    let mut response = Response::builder().status(if has_it { 304 } else { answer.status });
    for (name, value) in &answer.fields {
        response = response.header(name, value);
    }
    response.body(full(if has_it { String::new() } else { answer.body })).unwrap()
}
