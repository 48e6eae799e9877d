//! Deadlines: the processor's time that a call may take.
//!
//! The epoch measures time on the wall, which also passes while a busy machine runs something else.
//! So the first half of a deadline is counted on the wall, which costs nothing; then the thread's own clock is read,
//! and the second half is counted on that. A guest that got no processor is not cut for it.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};
use wasmtime::{Store, StoreContextMut, UpdateDeadline};

use crate::{
    error::TimeIsUp,
    state::State,
    ticker::{TICK, ticks},
};

/// A deadline, cut in halves once and for all calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// The first half, in ticks; one more than that for the tick that has begun already.
    ticks: u64,
    second_half: Duration,
}

/// The deadline of the call that runs.
#[derive(Debug, Default)]
pub(crate) struct Deadline {
    /// What is counted on the thread's clock.
    second_half: Duration,
    /// The thread's clock when the first half was over.
    mark: Option<Duration>,
}

impl Budget {
    pub(crate) fn new(deadline: Duration) -> Self {
        let half = deadline / 2;
        Self { ticks: u64::from(ticks(half)) + 1, second_half: half }
    }
}

/// Makes `store` end calls whose time is up.
pub(crate) fn enforce(store: &mut Store<State>) {
    store.epoch_deadline_callback(on_epoch);
}

/// Gives the call that follows `budget` of the processor's time.
#[inline]
pub(crate) fn arm(store: &mut Store<State>, budget: Budget) {
    store.data_mut().deadline = Deadline { second_half: budget.second_half, mark: None };
    store.set_epoch_deadline(budget.ticks);
    // After the deadline was set: see the ticker.
    store.data().core.ticker.wake();
}

fn on_epoch(mut store: StoreContextMut<'_, State>) -> wasmtime::Result<UpdateDeadline> {
    let state = store.data_mut();
    let now = thread_time().ok_or(TimeIsUp)?;
    let mark = *state.deadline.mark.get_or_insert(now);
    let left = state.deadline.second_half.saturating_sub(now.saturating_sub(mark));
    if left.is_zero() {
        return Err(TimeIsUp.into());
    }
    state.core.ticker.wake();
    Ok(UpdateDeadline::Continue(u64::from(ticks(left.max(TICK)))))
}

/// The processor's time that this thread has had; `None` where the system does not tell.
fn thread_time() -> Option<Duration> {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).ok().map(Duration::from)
}
