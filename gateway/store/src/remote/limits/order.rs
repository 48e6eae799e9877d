//! What waits for the store: what is asked, and who is told.

use gateway_algorithms::limit::Decision;
use tokio::sync::oneshot;

use super::{Charge, Charged, Draw, Group, Measure, Outage};

/// Something for the script to do.
pub(super) struct Order {
    pub(super) group: Group,
    pub(super) work: Work,
}

pub(super) enum Work {
    Take { charge: Charge, reply: oneshot::Sender<Result<Charged, Outage>> },
    Lease { ask: Ask, reply: Box<dyn FnOnce(Result<Grant, Outage>) + Send + Sync> },
    GiveBack { draws: Vec<Draw>, taken_at: u64 },
}

/// A slice that is asked for.
pub(super) struct Ask {
    pub(super) key: String,
    pub(super) measure: Measure,
    /// What would be used of it.
    pub(super) want: u64,
    /// What is granted if it is there; of windows and quotas an eighth of what is left may be more.
    pub(super) least: u64,
}

/// A slice that was granted. Times are in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    /// The moment by the store's clock, since 1970.
    pub(super) at: u64,
    pub(super) granted: u64,
    /// Time until the window ends that it belongs to, if it does.
    pub(super) ends_after: Option<u64>,
    /// What nobody has taken yet.
    pub(super) remaining: u64,
    pub(super) more_after: u64,
    /// Time until one more can be granted; 0 when it can now.
    pub(super) retry_after: u64,
}

impl Order {
    /// Whether anybody still wants to know.
    pub(super) fn is_wanted(&self) -> bool {
        match &self.work {
            Work::Take { reply, .. } => !reply.is_closed(),
            Work::Lease { .. } | Work::GiveBack { .. } => true,
        }
    }

    pub(super) fn draws(&self) -> usize {
        match &self.work {
            Work::Take { charge, .. } => charge.draws.len() + charge.usage.len(),
            Work::Lease { .. } => 1,
            Work::GiveBack { draws, .. } => draws.len(),
        }
    }

    /// Tells that nothing was decided. What was to be given back is lost to its key until time brings it back.
    pub(super) fn fail(self, outage: Outage) {
        match self.work {
            // Whoever does not wait any more need not be told.
            Work::Take { reply, .. } => drop(reply.send(Err(outage))),
            Work::Lease { reply, .. } => reply(Err(outage)),
            Work::GiveBack { .. } => (),
        }
    }

    /// Tells what was decided; if nobody waits for it any more, what undoes it.
    pub(super) fn answer(self, answer: Answer) -> Option<Self> {
        match (self.work, answer) {
            (Work::Take { charge, reply }, Answer::Charged(charged)) => {
                let (at, admitted) = (charged.at, charged.admitted());
                let unheard = reply.send(Ok(charged)).is_err();
                let draws = charge.draws;
                (unheard && admitted && !draws.is_empty())
                    .then_some(Self { group: self.group, work: Work::GiveBack { draws, taken_at: at } })
            }
            (Work::Lease { reply, .. }, Answer::Grant(grant)) => {
                reply(Ok(grant));
                None
            }
            _ => None,
        }
    }
}

/// What the script said to an order.
pub(super) enum Answer {
    Charged(Charged),
    Grant(Grant),
    Done,
}

impl Measure {
    /// A decision as the script tells it.
    pub(super) fn decision(&self, [admitted, delay, remaining, more, again]: [i64; 5]) -> Decision {
        let time = |told: i64| match self {
            Self::Limit(_) => u64::try_from(told).unwrap_or_default(),
            // Of quotas it tells only whether: the caller's calendar says when.
            Self::Quota(quota) => {
                if told > 0 {
                    quota.ends_after()
                } else {
                    0
                }
            }
        };
        Decision {
            admitted: admitted == 1,
            delay: u64::try_from(delay).unwrap_or_default(),
            remaining: u64::try_from(remaining).unwrap_or_default(),
            more_after: time(more),
            retry_after: (again >= 0).then(|| time(again)),
        }
    }
}
