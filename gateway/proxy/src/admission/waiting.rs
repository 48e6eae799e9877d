//! Waiting for a slot.

use std::sync::Arc;

use gateway_algorithms::admission::{Refusal, Ticket};
use tokio::sync::oneshot;

use super::gate::Gate;

/// What becomes of a request that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A slot is its own, after so many nanoseconds. Who does not take it has to give it back.
    Admitted(u64),
    Refused(Refusal),
}

/// Who is told what becomes of it.
pub(super) type Waiter = oneshot::Sender<Verdict>;

/// A place in the queue. Dropped, as when the client hangs up, it is left at once.
#[derive(Debug)]
pub(super) struct Waiting {
    gate: Arc<Gate>,
    ticket: Ticket,
    verdict: oneshot::Receiver<Verdict>,
    is_over: bool,
}

impl Waiting {
    pub(super) fn new(gate: Arc<Gate>, ticket: Ticket, verdict: oneshot::Receiver<Verdict>) -> Self {
        Self { gate, ticket, verdict, is_over: false }
    }

    /// What becomes of it; none if the gate has gone, which it does not while somebody waits.
    pub(super) async fn verdict(&mut self) -> Option<Verdict> {
        let verdict = (&mut self.verdict).await.ok();
        self.is_over = true;
        verdict
    }

    /// Leaves the queue; what was decided meanwhile still holds.
    pub(super) fn leave(&mut self) -> Option<Verdict> {
        if std::mem::replace(&mut self.is_over, true) || self.gate.leave(self.ticket) {
            return None;
        }
        // It was taken out of the queue. Once this end is closed, whoever tells it later learns that nobody listens.
        self.verdict.close();
        self.verdict.try_recv().ok()
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(Verdict::Admitted(_)) = self.leave() {
            self.gate.release(None);
        }
    }
}
