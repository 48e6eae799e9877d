//! Decides what goes on when not everything can: checkout before search.
//!
//! - This plugin says how important each request is, how long it may wait, and when it is better refused or answered from
//!   what is kept; the host has the queue, measures the load, and keeps the responses.
//! - Who is refused comes back after a random part of the time, so that not all of them come back together.

mod classes;
mod degrade;
mod rules;
mod settings;
#[cfg(test)]
mod tests;

use sluice_sdk::prelude::*;

use classes::Classes;
use degrade::{Degrade, Keep};
use rules::{Measured, Rules, Ruling, Then};
pub use settings::Settings;

/// The type of the problem that a shed request is told (draft-ietf-httpapi-ratelimit-headers has the registration).
const REDUCED_CAPACITY: &str = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

/// The plugin, configured.
#[derive(Debug)]
pub struct ThrottlePlugin {
    classes: Classes,
    rules: Rules,
    /// The longest wait, by class.
    max_wait: [Option<Duration>; 4],
    fair_by: Option<HeaderSlot>,
    degrade: Option<Degrade>,
    shed: LabelledCounter<2>,
    degraded: LabelledCounter<2>,
    hurried: LabelledCounter<2>,
}

#[plugin(name = "throttle", order = 300)]
impl Plugin for ThrottlePlugin {
    type Config = Settings;
    type State = Keep;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        settings.check()?;
        let labels = ["class", "reason"];
        Ok(Self {
            classes: Classes::new(settings.class, setup),
            rules: Rules::new(settings.rules),
            max_wait: settings.max_wait.map(|waits| waits.by_class()).unwrap_or_default(),
            fair_by: settings.fair_by.map(|name| setup.request_header(&name)),
            degrade: settings.degrade.map(|degrade| Degrade::new(degrade, setup)),
            shed: setup.counter_with_labels("throttle_shed", "Requests that were refused.", labels)?,
            degraded: setup.counter_with_labels(
                "throttle_degraded",
                "Requests that were to be answered with what is kept.",
                labels,
            )?,
            hurried: setup.counter_with_labels("throttle_queued", "Requests that may wait less than usual.", labels)?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Keep>> {
        let before = current::priority().unwrap_or_default();
        let class = self.classes.of(request).unwrap_or(before);
        let key = self.degrade.as_ref().and_then(|degrade| degrade.key(request, class));
        let ruling = self.rules.find(class, &mut Measured::default(), random::next_u64);
        let admission = self.admission(request, class, key.as_ref(), ruling);
        if admission != Admission::class(before) {
            request.admit(admission);
        }
        if let Some(ruling) = ruling {
            request.set_attribute("throttle", ruling.reason);
        }
        Ok(self.flow(class, key, ruling))
    }

    fn on_response(&self, response: &mut Response<'_>, keep: Keep) -> Result<Flow<Keep>> {
        if let Some(degrade) = &self.degrade {
            degrade.keep(response, keep);
        }
        Ok(Flow::next())
    }
}

impl ThrottlePlugin {
    fn admission<'r>(
        &self,
        request: &Request<'r>,
        class: PriorityClass,
        key: Option<&'r Keep>,
        ruling: Option<Ruling>,
    ) -> Admission<'r> {
        let mut admission = Admission::class(class);
        let waits = [self.max_wait[class.rank()], ruling.and_then(|ruling| ruling.max_wait)];
        if let Some(wait) = waits.into_iter().flatten().min() {
            admission = admission.max_wait(wait);
        }
        if let Some(name) = self.fair_by.and_then(|slot| request.header(slot)) {
            admission = admission.fair_by(name);
        }
        match key {
            Some(keep) => admission.or_stale(&keep.key),
            None => admission,
        }
    }

    fn flow(&self, class: PriorityClass, key: Option<Keep>, ruling: Option<Ruling>) -> Flow<Keep> {
        let labels = ruling.map(|ruling| [class.as_str(), ruling.reason]);
        match (ruling.map(|ruling| ruling.then), key) {
            (Some(Then::Shed { retry_after }), _) => {
                labels.into_iter().for_each(|labels| self.shed.increment(labels));
                shed(retry_after)
            }
            (Some(Then::Degrade), Some(keep)) => {
                labels.into_iter().for_each(|labels| self.degraded.increment(labels));
                Flow::serve_cached_or(keep.key.clone(), keep)
            }
            (then, keep) => {
                if then.is_some() {
                    labels.into_iter().for_each(|labels| self.hurried.increment(labels));
                }
                keep.map_or_else(Flow::next, Flow::next_with)
            }
        }
    }
}

/// Refuses, and says when to come back: after `retry_after` to twice that, at random, so that not all come back together.
fn shed(retry_after: Duration) -> Flow<Keep> {
    let least = retry_after.as_millis().clamp(1, u128::from(u32::MAX)) as u64;
    let seconds = (least + random::next_u64() % (least + 1)).div_ceil(1_000);
    Flow::refuse(503, REDUCED_CAPACITY, "Temporarily reduced capacity")
        .detail("Not all requests can be served at this time, and others are more important.")
        .header("retry-after", seconds)
}
