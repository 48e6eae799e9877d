//! What limits say to requests.

use crate::instrument::Counter;

/// What one limit of an attachment has said.
#[derive(Clone, Debug)]
pub struct LimitMetrics {
    answers: [Counter; LimitAnswer::ALL.len()],
}

/// What a limit says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitAnswer {
    Admitted,
    Refused,
    /// It would have refused, but is not enforced.
    WouldRefuse,
    /// The store that nodes share was out of reach, and the policy decided.
    Outage,
}

impl LimitMetrics {
    pub(super) fn new(workers: usize) -> Self {
        Self { answers: LimitAnswer::ALL.map(|_| Counter::new(workers)) }
    }

    /// How often the limit has said that.
    #[must_use]
    #[inline]
    pub fn answers(&self, answer: LimitAnswer) -> &Counter {
        &self.answers[answer as usize]
    }
}

impl LimitAnswer {
    /// All answers, each at the place that its number names.
    pub const ALL: [Self; 4] = [Self::Admitted, Self::Refused, Self::WouldRefuse, Self::Outage];

    /// The value of the label `answer`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Refused => "refused",
            Self::WouldRefuse => "would-refuse",
            Self::Outage => "outage",
        }
    }
}
