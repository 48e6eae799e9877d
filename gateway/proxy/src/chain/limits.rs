//! The metrics of the limits that a link's plugin charges, by where they come from.

use gateway_host::{Plugin, TellsOf, Told};
use gateway_store::limits::Answer;
use gateway_telemetry::{AttachmentMetrics, LimitAnswer, LimitMetrics};

/// The limits of plans go by these names: there may be as many plans as an operator likes.
const THROTTLE: &str = "plan/throttle";
const QUOTA: &str = "plan/quota";

/// The metrics of the limits that a plugin charges.
pub(crate) struct LinkLimits {
    own: Box<[LimitMetrics]>,
    throttle: LimitMetrics,
    quota: LimitMetrics,
}

impl LinkLimits {
    pub(super) fn new(plugin: &Plugin, metrics: &AttachmentMetrics) -> Self {
        let own = plugin.limit_names().map(|name| metrics.limit(name)).collect();
        Self { own, throttle: metrics.limit(THROTTLE), quota: metrics.limit(QUOTA) }
    }

    /// Counts what a limit said.
    pub(crate) fn count(&self, told: &Told<'_>) {
        let metrics = match told.of {
            TellsOf::Limit(handle) => self.own.get(handle as usize),
            TellsOf::Throttle => Some(&self.throttle),
            TellsOf::Quota => Some(&self.quota),
        };
        let answer = match told.answer {
            Answer::Unasked => return,
            Answer::Outage => LimitAnswer::Outage,
            Answer::Decided(decision) if decision.admitted => LimitAnswer::Admitted,
            Answer::Decided(_) if told.enforced => LimitAnswer::Refused,
            Answer::Decided(_) => LimitAnswer::WouldRefuse,
        };
        if let Some(metrics) = metrics {
            metrics.answers(answer).add(1);
        }
    }
}
