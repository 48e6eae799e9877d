//! All draws of a request, or none.

use gateway_algorithms::limit::Decision;
use smallvec::SmallVec;

use super::{Clock, Draw, Limiters, draw::Permit};

/// Draws of one charge that need no allocation.
const FEW: usize = 4;

type Decisions = SmallVec<[Decision; FEW]>;

/// When a request is charged.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Nanoseconds of the steady clock.
    pub steady_ns: u64,
    /// Milliseconds since 1970.
    pub unix_ms: u64,
}

/// What came of a charge.
#[derive(Debug)]
pub struct Charged {
    /// Whether every limit that is enforced has let the request pass; if not, nothing was taken.
    pub admitted: bool,
    /// For each draw, in order. After a refusal those of the others say what is left, and took nothing.
    pub decisions: Decisions,
    /// Nanoseconds that the request has to wait before it goes on.
    pub delay: u64,
    /// Hold the request under way where a limit counts those: to be dropped when it has ended.
    pub permits: Vec<Permit>,
}

impl Limiters {
    /// Takes one draw, if the limit lets it pass.
    #[must_use]
    pub fn take(&self, draw: &Draw<'_>) -> Decision {
        draw.take(self.clock.moment())
    }

    /// Takes all draws of a request, or none of them.
    ///
    /// A limit that is not enforced is taken from when the others let the request pass and it would have, too.
    #[must_use]
    pub fn charge(&self, draws: &[Draw<'_>]) -> Charged {
        let now = self.clock.moment();
        let (admitted, decisions) = match draws {
            [draw] => {
                let decision = draw.take(now);
                (decision.admitted || !draw.enforced, SmallVec::from_slice(&[decision]))
            }
            draws => take_all(draws, now),
        };
        Charged::new(admitted, decisions, draws)
    }
}

fn take_all(draws: &[Draw<'_>], now: Moment) -> (bool, Decisions) {
    let looked: Decisions = draws.iter().map(|draw| draw.peek(now)).collect();
    if draws.iter().zip(&looked).any(|(draw, decision)| draw.enforced && !decision.admitted) {
        return (false, looked);
    }
    let mut decisions = Decisions::with_capacity(draws.len());
    for (position, draw) in draws.iter().enumerate() {
        let decision = draw.take(now);
        decisions.push(decision);
        if draw.enforced && !decision.admitted {
            // Another request was faster since.
            let taken = draws[..position].iter().zip(&decisions).filter(|(_, decision)| decision.admitted);
            taken.for_each(|(draw, _)| draw.give_back(now));
            decisions.extend(draws[position + 1..].iter().map(|draw| draw.peek(now)));
            return (false, decisions);
        }
    }
    (true, decisions)
}

// === impl Charged ===

impl Charged {
    fn new(admitted: bool, decisions: Decisions, draws: &[Draw<'_>]) -> Self {
        if !admitted {
            return Self { admitted, decisions, delay: 0, permits: Vec::new() };
        }
        let delay = decisions.iter().map(|decision| decision.delay).max().unwrap_or(0);
        let taken = draws.iter().zip(&decisions).filter(|(_, decision)| decision.admitted);
        let permits = taken.filter_map(|(draw, _)| draw.permit()).collect();
        Self { admitted, decisions, delay, permits }
    }
}

// === impl Clock ===

impl Clock {
    /// Now, by both clocks.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment { steady_ns: self.steady_ns(), unix_ms: self.unix_ms() }
    }
}
