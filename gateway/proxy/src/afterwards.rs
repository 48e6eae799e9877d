//! Hooks of the log: run when the response has gone out, beside everything that clients wait for.

use std::{
    cell::RefCell,
    collections::VecDeque,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use gateway_host::{ChunkCall, Hooks, Plugin, Summary};
use gateway_telemetry::{Counter, HookKind};
use http::{Method, uri::PathAndQuery};
use tokio::{sync::Notify, task};

use crate::{
    answer::RefusedBy,
    chain::{Chain, Seats, Stopwatch},
    told::Told,
    worker::Worker,
};

/// Requests of one worker whose hooks of the log are still to run; what comes on top is counted and left out.
const MOST: usize = 4096;
/// For what is left when the worker ends.
const LAST_MOMENT: Duration = Duration::from_secs(1);

/// The requests of one worker whose hooks of the log are still to run.
pub(crate) struct Afterwards {
    waiting: RefCell<VecDeque<Afterword>>,
    added: Notify,
    dropped: Counter,
}

/// What became of a request.
pub(crate) struct Afterword {
    pub(crate) told: Told,
    pub(crate) seats: Option<Seats>,
    pub(crate) status: u16,
    pub(crate) complete: bool,
    pub(crate) request_bytes: u64,
    pub(crate) response_bytes: u64,
    pub(crate) duration: Duration,
    pub(crate) upstream_duration: Option<Duration>,
    pub(crate) method: Method,
    pub(crate) target: PathAndQuery,
    pub(crate) upstream: Option<SocketAddr>,
    pub(crate) refused_by: Option<RefusedBy>,
}

/// Runs the hooks of the log of a worker's requests, one request after the other.
pub(crate) async fn run(worker: Rc<Worker>) {
    loop {
        while let Some(afterword) = worker.afterwards.next() {
            afterword.tell();
            task::yield_now().await;
        }
        worker.afterwards.added.notified().await;
    }
}

// === impl Afterwards ===

impl Afterwards {
    /// `dropped` counts the requests of which no plugin hears.
    pub(crate) fn new(dropped: Counter) -> Self {
        Self { waiting: RefCell::default(), added: Notify::new(), dropped }
    }

    pub(crate) fn add(&self, afterword: Afterword) {
        let mut waiting = self.waiting.borrow_mut();
        if waiting.len() >= MOST {
            return self.dropped.add(1);
        }
        waiting.push_back(afterword);
        self.added.notify_one();
    }

    /// Runs what is left, as far as there is time for it.
    pub(crate) fn finish(&self) {
        let began = Instant::now();
        while began.elapsed() < LAST_MOMENT
            && let Some(afterword) = self.next()
        {
            afterword.tell();
        }
        self.dropped.add(self.waiting.borrow().len() as u64);
    }

    fn next(&self) -> Option<Afterword> {
        self.waiting.borrow_mut().pop_front()
    }
}

// === impl Afterword ===

impl Afterword {
    fn tell(&self) {
        let chain = self.told.chain();
        let upstream = self.upstream.map(|address| address.to_string());
        let summary = Summary {
            status: self.status,
            complete: self.complete,
            request_bytes: self.request_bytes,
            response_bytes: self.response_bytes,
            duration_us: micros(self.duration),
            upstream_us: self.upstream_duration.map(micros),
            method: self.method.as_str(),
            path: self.target.path(),
            route: &self.told.serving.route(self.told.route).name,
            upstream: upstream.as_deref(),
            refused_by: self.refused_by(chain),
        };
        let call = ChunkCall { about: self.told.about() };
        let mut watch = Stopwatch::start();
        for (place, link) in chain.links().filter(|(_, link)| link.hooks.has(Hooks::LOG)) {
            // Who has no hook for requests is told of all of them, also of those that did not come so far.
            let uninvited = !link.hooks.has(Hooks::REQUEST);
            let visit = self.seats.as_ref().and_then(|seats| seats[place].last_visit(uninvited));
            if let Some(visit) = visit {
                // What a failure came to is counted and logged; there is nothing left to refuse.
                let run = |plugin: &Plugin| plugin.on_log(&call, visit, &summary);
                let (_outcome, _took) = link.call(&mut watch, HookKind::Log, call.about.request_id, run);
            }
        }
    }

    fn refused_by<'a>(&self, chain: &'a Chain) -> Option<&'a str> {
        match self.refused_by? {
            RefusedBy::Gateway(reason) => Some(reason),
            RefusedBy::Plugin(place) => Some(chain.name(place)),
        }
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}
