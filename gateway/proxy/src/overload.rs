//! The gateway's own overload: what it does, step by step, as it comes nearer to the limits of requests and of memory.
//!
//! Requests are turned away from the least important class up, the critical ones last; the admin listener is not of this
//! crate, and goes on.
//! Each worker counts its own requests against its part of the limit: kernels spread connections over workers, and nothing
//! has to be shared for it.

use std::{
    cell::Cell,
    sync::Arc,
    time::{Duration, Instant},
};

use gateway_model::PriorityClass;
use gateway_telemetry::Load;

/// How near to a limit, in thousandths, something happens.
mod step {
    /// HTTP/1 connections end with their response, HTTP/2 connections take no further request, idle ones are let go.
    pub(super) const STOP_KEEP_ALIVE: u32 = 800;
    /// Requests of class `low` are refused.
    pub(super) const REFUSE_LOW: u32 = 850;
    /// And those of class `normal`.
    pub(super) const REFUSE_NORMAL: u32 = 900;
    /// And those of class `high`; new connections are closed as soon as they are accepted.
    pub(super) const REFUSE_HIGH: u32 = 950;
    /// And the critical ones.
    pub(super) const REFUSE_ALL: u32 = 1000;
}

/// Requests in flight, in thousandths of the limit, that cannot be what fills the memory.
const NEXT_TO_NOTHING: u32 = 10;

/// Between two lines in the log about it, of one worker.
const QUIET: Duration = Duration::from_secs(1);

/// Where the gateway has enough.
#[derive(Clone, Debug)]
pub struct OverloadLimits {
    /// Requests in flight at one time, over all workers.
    pub requests: usize,
    /// Memory of the process, in thousandths of what it may use; 0 for no limit.
    pub memory_permille: u32,
    /// Where the use of memory is read.
    pub load: Option<Load>,
}

/// How near one worker is to its limits.
#[derive(Debug)]
pub(crate) struct Overload {
    limits: Arc<OverloadLimits>,
    /// This worker's part of the requests.
    share: u32,
    in_flight: Cell<u32>,
    /// The step that was last told of, and when.
    told: Cell<(u32, Option<Instant>)>,
}

impl Default for OverloadLimits {
    fn default() -> Self {
        Self { requests: 100_000, memory_permille: 900, load: None }
    }
}

impl Overload {
    /// For one of so many workers.
    pub(crate) fn new(limits: OverloadLimits, workers: usize) -> Self {
        let share = limits.requests.div_ceil(workers.max(1)).max(1);
        let share = u32::try_from(share).unwrap_or(u32::MAX);
        Self { limits: Arc::new(limits), share, in_flight: Cell::new(0), told: Cell::default() }
    }

    pub(crate) fn request_began(&self) {
        self.in_flight.set(self.in_flight.get() + 1);
    }

    pub(crate) fn request_ended(&self) {
        self.in_flight.set(self.in_flight.get() - 1);
    }

    /// Whether a request of this class is turned away. It is in flight already.
    pub(crate) fn refuses(&self, class: PriorityClass) -> bool {
        let least = match class {
            PriorityClass::Low => step::REFUSE_LOW,
            PriorityClass::Normal => step::REFUSE_NORMAL,
            PriorityClass::High => step::REFUSE_HIGH,
            PriorityClass::Critical => step::REFUSE_ALL,
        };
        self.pressure(self.in_flight.get().saturating_sub(1)) >= least
    }

    /// Whether connections are to end that could go on.
    pub(crate) fn stops_keep_alive(&self) -> bool {
        self.pressure(self.in_flight.get()) >= step::STOP_KEEP_ALIVE
    }

    /// Whether a new connection is closed as soon as it is accepted.
    pub(crate) fn refuses_connections(&self) -> bool {
        self.pressure(self.in_flight.get()) >= step::REFUSE_HIGH
    }

    /// Thousandths of the limit that is nearest.
    pub(crate) fn pressure(&self, in_flight: u32) -> u32 {
        let requests = u64::from(in_flight) * 1000 / u64::from(self.share);
        let requests = u32::try_from(requests).unwrap_or(u32::MAX);
        let memory = match (&self.limits.load, self.limits.memory_permille) {
            (Some(load), most @ 1..) => load.memory_permille() * 1000 / most,
            _ => 0,
        };
        // With next to nothing in flight there is no memory to be won by refusing more: what is taken may be taken for good.
        let most = if requests < NEXT_TO_NOTHING { step::REFUSE_HIGH - 1 } else { u32::MAX };
        requests.max(memory.min(most))
    }

    /// Thousandths of the limit that is nearest now. Tells the log when it has come to another step.
    pub(crate) fn look(&self, now: Instant) -> u32 {
        let pressure = self.pressure(self.in_flight.get());
        let steps =
            [step::REFUSE_ALL, step::REFUSE_HIGH, step::REFUSE_NORMAL, step::REFUSE_LOW, step::STOP_KEEP_ALIVE, 0];
        let step = steps.into_iter().find(|step| pressure >= *step).unwrap_or(0);
        let (before, when) = self.told.get();
        if step != before && when.is_none_or(|when| now.saturating_duration_since(when) >= QUIET) {
            self.told.set((step, Some(now)));
            let percent = pressure / 10;
            match step {
                0 => tracing::info!(percent, "the gateway is not overloaded any more"),
                step::STOP_KEEP_ALIVE => tracing::warn!(percent, "near overload: connections are not kept"),
                step::REFUSE_LOW => tracing::warn!(percent, "overload: requests of class low are refused"),
                step::REFUSE_NORMAL => tracing::warn!(percent, "overload: requests below class high are refused"),
                step::REFUSE_HIGH => tracing::warn!(percent, "overload: only critical requests are served"),
                _ => tracing::warn!(percent, "overload: all requests are refused"),
            }
        }
        pressure
    }
}

#[cfg(test)]
mod tests {
    use gateway_telemetry::Metrics;

    use super::*;
    use PriorityClass::{Critical, High, Low, Normal};

    fn refused(overload: &Overload) -> Vec<PriorityClass> {
        PriorityClass::ALL.into_iter().filter(|class| overload.refuses(*class)).collect()
    }

    #[test]
    fn the_critical_ones_are_refused_last() {
        let overload = Overload::new(OverloadLimits { requests: 400, ..OverloadLimits::default() }, 4);
        let cases: [(u32, bool, bool, &[PriorityClass]); 7] = [
            (79, false, false, &[]),
            (80, true, false, &[]),
            (86, true, false, &[Low]),
            (91, true, false, &[Normal, Low]),
            (95, true, true, &[Normal, Low]),
            (96, true, true, &[High, Normal, Low]),
            (101, true, true, &[Critical, High, Normal, Low]),
        ];
        for (in_flight, closes, refuses_connections, classes) in cases {
            overload.in_flight.set(in_flight);
            assert_eq!(refused(&overload), classes, "{in_flight}");
            assert_eq!((overload.stops_keep_alive(), overload.refuses_connections()), (closes, refuses_connections));
        }
    }

    #[test]
    fn memory_counts_against_its_own_limit() {
        let load = |permille| Some(Load::fixed(0, permille, Metrics::new(1).in_flight()));
        let of = |permille, memory_permille| {
            let limits = OverloadLimits { requests: 100, memory_permille, load: load(permille) };
            Overload::new(limits, 1).pressure(1)
        };
        assert_eq!((of(450, 900), of(900, 900), of(990, 900)), (500, 1000, 1100));
        let idle = Overload::new(OverloadLimits { requests: 1000, memory_permille: 900, load: load(990) }, 1);
        assert_eq!(
            (idle.pressure(9), idle.pressure(10)),
            (949, 1100),
            "critical requests are served where nothing is won"
        );
        assert_eq!((of(990, 0), of(5, 1000)), (10, 10), "requests count where memory does not");
    }

    #[test]
    fn the_log_is_told_of_steps_and_not_of_each_look() {
        let overload = Overload::new(OverloadLimits { requests: 100, ..OverloadLimits::default() }, 1);
        let now = Instant::now();
        overload.in_flight.set(90);
        assert_eq!(overload.look(now), 900);
        overload.in_flight.set(10);
        overload.look(now);
        assert_eq!(overload.told.get().0, step::REFUSE_NORMAL, "too soon");
        overload.look(now + QUIET);
        assert_eq!(overload.told.get().0, 0);
    }
}
