//! Requests of plugins to upstreams, over the connections of the worker that the plugin runs on.

mod message;
mod sending;

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::{Rc, Weak},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use gateway_host::{Outbound, Sending};
use gateway_model::Snapshot;
use gateway_telemetry::{CalloutOutcome, UpstreamMetrics};
use sluice_abi::{
    bounds::{CALLOUT_MS, CALLOUTS_DETACHED},
    wire::{Call, HostError, Reply},
};
use tokio::{
    sync::Notify,
    task::{self, JoinHandle},
    time::timeout,
};

use self::message::Message;
use crate::{live::LiveUpstream, worker::Worker};

/// Callouts of one worker that somebody waits for; each holds a reply of at most 1 MiB.
const MOST_AWAITED: usize = 1024;

/// Sends for plugins, from whatever worker the call comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Callouts;

/// The callouts of one worker that are on their way.
#[derive(Default)]
pub(crate) struct Desk {
    awaited: Rc<Cell<usize>>,
    posted: Rc<Cell<usize>>,
    delivered: Rc<Notify>,
}

thread_local! {
    /// The worker that this thread is, while it serves.
    static WORKER: RefCell<Weak<Worker>> = const { RefCell::new(Weak::new()) };
}

/// Callouts made on this thread go over the connections of `worker` from now on.
pub(crate) fn open(worker: &Rc<Worker>) {
    WORKER.set(Rc::downgrade(worker));
}

// === impl Callouts ===

impl Outbound for Callouts {
    fn send(&self, snapshot: &Arc<Snapshot>, call: Call) -> Sending {
        match Errand::new(snapshot, call, |desk| (&desk.awaited, MOST_AWAITED)) {
            // What is sent holds connections of this thread; what is awaited must not.
            Ok(errand) => Box::pin(Awaited(task::spawn_local(errand.run()))),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    fn post(&self, snapshot: &Arc<Snapshot>, call: Call) -> Result<(), HostError> {
        let upstream = call.upstream.clone();
        let errand = Errand::new(snapshot, call, |desk| (&desk.posted, CALLOUTS_DETACHED))?;
        let delivered = errand.worker.callouts.delivered.clone();
        task::spawn_local(async move {
            match errand.run().await {
                Ok(reply) => tracing::debug!(upstream, status = reply.status, "a posted callout was answered"),
                Err(error) => tracing::debug!(upstream, %error, "a posted callout failed"),
            }
            delivered.notify_one();
        });
        Ok(())
    }
}

// === impl Desk ===

impl Desk {
    /// Ready when nothing that was posted is on its way.
    pub(crate) async fn emptied(&self) {
        while self.posted.get() > 0 {
            self.delivered.notified().await;
        }
    }
}

// === an errand ===

/// A call with all that it takes to make it.
struct Errand {
    worker: Rc<Worker>,
    upstream: Arc<LiveUpstream>,
    message: Message,
    within: Duration,
    // Dropped in this order: the place is free once the outcome is counted.
    outcome: Outcome,
    place: Place,
}

/// One of a bounded number, taken until it is dropped.
struct Place(Rc<Cell<usize>>);

/// Counts what became of a call, which is given up unless told otherwise.
struct Outcome {
    metrics: UpstreamMetrics,
    is: CalloutOutcome,
}

impl Errand {
    fn new(
        snapshot: &Arc<Snapshot>,
        call: Call,
        places: impl FnOnce(&Desk) -> (&Rc<Cell<usize>>, usize),
    ) -> Result<Self, HostError> {
        let worker =
            WORKER.with_borrow(Weak::upgrade).ok_or_else(|| unavailable("callouts are made by workers only"))?;
        let serving = worker.serving_of(snapshot).ok_or_else(|| unavailable("this configuration is gone"))?;
        let upstream = serving.upstream(&call.upstream).cloned();
        let upstream = upstream.ok_or_else(|| unavailable(&format!("there is no upstream {:?}", call.upstream)))?;
        let mut outcome = Outcome { metrics: upstream.metrics.clone(), is: CalloutOutcome::GivenUp };
        let (place, within) =
            (Place::take(places(&worker.callouts)), Duration::from_millis(call.timeout.min(CALLOUT_MS)));
        let place = place.inspect_err(|error| outcome.failed(error))?;
        let message = Message::new(call).inspect_err(|error| outcome.failed(error))?;
        Ok(Self { worker, upstream, message, within, outcome, place })
    }

    async fn run(self) -> Result<Reply, HostError> {
        let Self { worker, upstream, message, within, mut outcome, place } = self;
        let sent = timeout(within, sending::send(&worker, &upstream, message)).await;
        let result = sent.unwrap_or(Err(HostError::Timeout));
        match &result {
            Ok(_) => outcome.is = CalloutOutcome::Answered,
            Err(error) => outcome.failed(error),
        }
        drop((outcome, place));
        result
    }
}

impl Place {
    fn take((taken, most): (&Rc<Cell<usize>>, usize)) -> Result<Self, HostError> {
        if taken.get() >= most {
            return Err(HostError::Limit(format!("{most} callouts of this worker are on their way")));
        }
        taken.set(taken.get() + 1);
        Ok(Self(taken.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

impl Outcome {
    fn failed(&mut self, error: &HostError) {
        self.is = match error {
            HostError::Timeout => CalloutOutcome::Timeout,
            HostError::Limit(_) => CalloutOutcome::Limit,
            HostError::Invalid(_) => CalloutOutcome::Invalid,
            HostError::Unavailable(_) | HostError::Denied(_) | HostError::Conflict => CalloutOutcome::Unavailable,
        };
    }
}

impl Drop for Outcome {
    fn drop(&mut self) {
        self.metrics.callouts(self.is).add(1);
    }
}

/// A call that is made elsewhere on this thread. Dropped, it is given up, and its connection closed.
struct Awaited(JoinHandle<Result<Reply, HostError>>);

impl Future for Awaited {
    type Output = Result<Reply, HostError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // Given up from elsewhere only when the worker ends.
        let ended = |_| Err(unavailable("the gateway is stopping"));
        Pin::new(&mut self.0).poll(context).map(|joined| joined.unwrap_or_else(ended))
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn unavailable(why: &str) -> HostError {
    HostError::Unavailable(why.to_owned())
}
