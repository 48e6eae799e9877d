//! Deadlines: the processor's time that a call may take.
//!
//! The epoch measures time on the wall, which also passes while a busy machine runs something else.
//! So the first half of a deadline, up to 100 ms, is counted on the wall, which costs nothing; then the thread's own clock
//! is read, and the rest is counted on that. A guest that got no processor is not cut for it.

pub(crate) mod fiber;

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use wasmtime::{Store, StoreContextMut, UpdateDeadline};

use crate::{
    call::Visit,
    error::TimeIsUp,
    state::State,
    ticker::{STRETCH, TICK, ticks},
};

/// What each chunk adds to the time that the hooks of its request may take.
const CHUNK: Duration = Duration::from_millis(1);

/// A deadline, cut in two once and for all calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// The first part, in ticks; one more than that for the tick that has begun already.
    ticks: u64,
    first: Duration,
    rest: Duration,
}

/// The deadline of the call that runs.
#[derive(Debug, Default)]
pub(crate) struct Deadline {
    /// What is counted on the wall.
    first: Duration,
    /// What is counted on the thread's clock.
    rest: Duration,
    /// The ticker when the call began.
    began: u64,
    /// The thread's clock when the first part was over.
    mark: Option<Duration>,
    /// Whether the call runs on a fiber, which keeps account itself.
    on_fiber: bool,
}

impl Deadline {
    /// All of it.
    pub(crate) fn whole(&self) -> Duration {
        self.first + self.rest
    }
}

impl Budget {
    pub(crate) fn new(deadline: Duration) -> Self {
        let first = (deadline / 2).min(STRETCH);
        Self { ticks: u64::from(ticks(first)) + 1, first, rest: deadline - first }
    }

    /// The part of it that is counted on the wall.
    pub(crate) fn first(self) -> Duration {
        self.first
    }

    /// What is left of the request's time for a hook that may take `self`; `None` when nothing is.
    #[inline]
    pub(crate) fn within(self, request_budget: Duration, visit: &Visit) -> Option<Self> {
        match visit.spent.is_zero() {
            true => Some(self.min(request_budget)),
            false => self.of_rest((request_budget + CHUNK * visit.chunks).saturating_sub(visit.spent)),
        }
    }

    fn of_rest(self, rest: Duration) -> Option<Self> {
        (!rest.is_zero()).then(|| self.min(rest))
    }

    #[inline]
    fn min(self, rest: Duration) -> Self {
        match rest < self.first + self.rest {
            true => Self::new(rest),
            false => self,
        }
    }
}

/// Makes `store` end calls whose time is up.
pub(crate) fn enforce(store: &mut Store<State>) {
    store.epoch_deadline_callback(on_epoch);
}

/// Gives the call that follows `budget` of the processor's time.
#[inline]
pub(crate) fn arm(store: &mut Store<State>, budget: Budget) {
    let state = store.data_mut();
    let began = state.core.ticker.now();
    state.deadline = Deadline { first: budget.first, rest: budget.rest, began, mark: None, on_fiber: false };
    store.set_epoch_deadline(budget.ticks);
    // After the deadline was set: see the ticker.
    store.data().core.ticker.wake();
}

/// The same for a call on a fiber, where a guest is looked at on each tick.
#[inline]
pub(crate) fn arm_on_fiber(store: &mut Store<State>, budget: Budget) {
    arm(store, budget);
    store.data_mut().deadline.on_fiber = true;
    store.set_epoch_deadline(2);
}

/// The processor's time that the call has taken which was armed last, to about a tick: 0 for nearly all.
#[inline]
pub(crate) fn taken(state: &State) -> Duration {
    let deadline = &state.deadline;
    let ticks = state.core.ticker.now().wrapping_sub(deadline.began);
    match ticks {
        0 => Duration::ZERO,
        ticks => taken_in(ticks, deadline),
    }
}

#[cold]
fn taken_in(ticks: u64, deadline: &Deadline) -> Duration {
    match (deadline.mark, thread_time()) {
        (Some(mark), Some(now)) => deadline.first + now.saturating_sub(mark),
        // The first part was not over, whatever the clock says by now.
        _ => (TICK * u32::try_from(ticks).unwrap_or(u32::MAX)).min(deadline.first),
    }
}

fn on_epoch(mut store: StoreContextMut<'_, State>) -> wasmtime::Result<UpdateDeadline> {
    let state = store.data_mut();
    if state.deadline.on_fiber {
        return fiber::on_epoch(state);
    }
    let now = thread_time().ok_or(TimeIsUp)?;
    let mark = *state.deadline.mark.get_or_insert(now);
    let left = state.deadline.rest.saturating_sub(now.saturating_sub(mark));
    if left.is_zero() {
        return Err(TimeIsUp.into());
    }
    state.core.ticker.wake();
    Ok(UpdateDeadline::Continue(u64::from(ticks(left.clamp(TICK, STRETCH)))))
}

/// The processor's time that this thread has had; `None` where the system does not tell.
fn thread_time() -> Option<Duration> {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).ok().map(Duration::from)
}
