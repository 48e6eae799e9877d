//! What stands before the server: the gateway with its admission, and what most gateways do instead.

mod fifo;
mod meter;
mod pass;
mod refuse;
mod sluice;

use gateway_algorithms::{admission::Refusal, concurrency::Cause};

use crate::{events::Id, server::Capacity, traffic::Arrival};

/// One of those that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Everything is sent on at once.
    PassThrough,
    /// As many at one time as the server has workers, which it is told, and the others wait in one queue.
    Fifo,
    /// As many at one time as the server has workers, which it is told, and the others are refused.
    NoQueue,
    /// Ours, which is told nothing.
    Sluice,
}

/// Why a request was not answered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Refused(Refusal),
    /// There was no slot, and no queue.
    NoSlot,
    /// Its client did not wait any longer; the server may work at it even so.
    HungUp,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Effect {
    Sent(Id),
    Waits(Id, u64),
    Refused(Id, Reason),
    /// Those that are held back may go then.
    LooksAt(u64),
}

/// When the limit changed, to what, and why.
pub(crate) type Change = (u64, u32, Option<Cause>);

/// Decides which requests the server gets. Times are nanoseconds since the beginning.
pub(crate) trait Discipline {
    /// Called once for each request.
    fn arrives(&mut self, id: Id, arrival: &Arrival, effects: &mut Vec<Effect>);

    /// The server has answered, so long after the request was sent.
    fn answered(&mut self, id: Id, latency: u64, now: u64, effects: &mut Vec<Effect>);

    /// Called at the time that `Effect::LooksAt` named.
    fn looks(&mut self, _now: u64, _effects: &mut Vec<Effect>) {}

    /// Called at the time that `Effect::Waits` named, or before that when the client hangs up, for those that still wait.
    fn leaves(&mut self, id: Id, now: u64);

    /// The limits so far.
    fn limits(&self) -> &[Change] {
        &[]
    }
}

impl System {
    pub(crate) const ALL: [Self; 4] = [Self::PassThrough, Self::Fifo, Self::NoQueue, Self::Sluice];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PassThrough => "no limit",
            Self::Fifo => "one queue",
            Self::NoQueue => "no queue",
            Self::Sluice => "sluice",
        }
    }

    pub(crate) fn begin(self, capacity: Capacity, seed: u64) -> Box<dyn Discipline> {
        match self {
            Self::PassThrough => Box::new(pass::PassThrough),
            Self::Fifo => Box::new(fifo::Fifo::new(capacity.workers)),
            Self::NoQueue => Box::new(refuse::NoQueue::new(capacity.workers)),
            Self::Sluice => Box::new(sluice::Sluice::new(seed)),
        }
    }
}

impl Reason {
    pub(crate) const ALL: [Self; 8] = [
        Self::Refused(Refusal::QueueFull),
        Self::Refused(Refusal::QueueMemory),
        Self::Refused(Refusal::FlowFull),
        Self::Refused(Refusal::TooLong),
        Self::Refused(Refusal::Deadline),
        Self::Refused(Refusal::Shed),
        Self::NoSlot,
        Self::HungUp,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Refused(Refusal::QueueFull) => "queue full",
            Self::Refused(Refusal::QueueMemory) => "queue memory",
            Self::Refused(Refusal::FlowFull) => "flow full",
            Self::Refused(Refusal::TooLong) => "too long",
            Self::Refused(Refusal::Deadline) => "deadline",
            Self::Refused(Refusal::Shed) => "shed",
            Self::NoSlot => "no slot",
            Self::HungUp => "hung up",
        }
    }
}
