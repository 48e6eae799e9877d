//! All draws of a request, or none, where this node counts by itself.

use gateway_algorithms::limit::Decision;
use smallvec::SmallVec;

use super::{Clock, Draw, Limiters, draw::Permit};

/// Draws of one charge that need no allocation.
const FEW: usize = 4;

pub(super) type Answers = SmallVec<[Answer; FEW]>;

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
    pub outcome: Outcome,
    /// What each limit said, in the order of the draws.
    pub answers: Answers,
    /// Nanoseconds that the request has to wait before it goes on.
    pub delay: u64,
    /// Hold the request under way where a limit counts those: to be dropped when it has ended.
    pub permits: Vec<Permit>,
}

/// Whether a request passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every limit that is enforced has let it pass.
    Admitted,
    /// A limit has refused it; nothing was taken.
    Refused,
    /// The store that nodes share is out of reach, and a policy wants to be sure; nothing was taken.
    Unavailable,
}

/// What one limit said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Decided(Decision),
    /// It was not asked, as another one had refused.
    Unasked,
    /// Its store is out of reach.
    Outage,
}

impl Limiters {
    /// Takes one draw on this node, if the limit lets it pass.
    #[must_use]
    pub fn take(&self, draw: &Draw<'_>) -> Decision {
        draw.take(self.clock.moment())
    }

    /// Takes all draws of a request, or none of them. All of them count on this node.
    ///
    /// A limit that is not enforced is taken from when the others let the request pass and it would have, too.
    #[must_use]
    pub fn charge(&self, draws: &[Draw<'_>]) -> Charged {
        let now = self.clock.moment();
        match draws {
            [draw] => {
                let decision = draw.take(now);
                let admitted = decision.admitted || !draw.enforced;
                Charged::decided(admitted, SmallVec::from_slice(&[Answer::Decided(decision)]), draws)
            }
            draws => {
                let (admitted, answers) = take_all(draws, now);
                Charged::decided(admitted, answers, draws)
            }
        }
    }
}

/// Each is looked at before any is taken, and what was taken is given back when another request was faster.
pub(super) fn take_all(draws: &[Draw<'_>], now: Moment) -> (bool, Answers) {
    let looked: Answers = draws.iter().map(|draw| Answer::Decided(draw.peek(now))).collect();
    if draws.iter().zip(&looked).any(|(draw, answer)| draw.enforced && answer.refuses()) {
        return (false, untaken(draws, looked, now));
    }
    let mut answers = Answers::with_capacity(draws.len());
    for (position, draw) in draws.iter().enumerate() {
        let answer = Answer::Decided(draw.take(now));
        answers.push(answer);
        if draw.enforced && answer.refuses() {
            let taken = draws[..position].iter().zip(&answers).filter(|(_, answer)| answer.admits());
            taken.for_each(|(draw, _)| draw.give_back(now));
            answers.extend(draws[position + 1..].iter().map(|draw| Answer::Decided(draw.peek(now))));
            return (false, untaken(draws, answers, now));
        }
    }
    (true, answers)
}

/// Limits that would have let a refused request pass stand as if it had cost nothing.
fn untaken(draws: &[Draw<'_>], answers: Answers, now: Moment) -> Answers {
    let again = |(draw, answer): (&Draw<'_>, Answer)| match answer.admits() {
        true => Answer::Decided(draw.look(now)),
        false => answer,
    };
    draws.iter().zip(answers).map(again).collect()
}

// === impl Charged ===

impl Charged {
    pub(super) fn decided(admitted: bool, answers: Answers, draws: &[Draw<'_>]) -> Self {
        if !admitted {
            return Self { outcome: Outcome::Refused, answers, delay: 0, permits: Vec::new() };
        }
        let enforced = draws.iter().zip(&answers).filter(|(draw, _)| draw.enforced);
        let delay = enforced.filter_map(|(_, answer)| answer.decision()).map(|it| it.delay).max().unwrap_or(0);
        let taken = draws.iter().zip(&answers).filter(|(_, answer)| answer.admits());
        let permits = taken.filter_map(|(draw, _)| draw.permit()).collect();
        Self { outcome: Outcome::Admitted, answers, delay, permits }
    }

    pub(super) fn unavailable(answers: Answers) -> Self {
        Self { outcome: Outcome::Unavailable, answers, delay: 0, permits: Vec::new() }
    }
}

// === impl Answer ===

impl Answer {
    /// The decision, if there is one.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Decided(decision) => Some(decision),
            Self::Unasked | Self::Outage => None,
        }
    }

    pub(super) fn admits(&self) -> bool {
        self.decision().is_some_and(|decision| decision.admitted)
    }

    pub(super) fn refuses(&self) -> bool {
        self.decision().is_some_and(|decision| !decision.admitted)
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
