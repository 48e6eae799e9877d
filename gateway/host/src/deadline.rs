//! Deadlines: the processor's time that a call may take.
//!
//! The epoch measures time on the wall, which also passes while a busy machine runs something else.
//! So the first half of a deadline, up to 100 ms, is counted on the wall, which costs nothing; then the thread's own clock
//! is read, and the rest is counted on that. A guest that got no processor is not cut for it.

pub(crate) mod fiber;

use std::{sync::atomic::Ordering, time::Duration};

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
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budget {
    /// The first part, in ticks; one more than that for the tick that has begun already.
    ticks: u64,
    /// What is counted on the wall, in nanoseconds: handed from place to place on every call, so in one word.
    first: u64,
    /// What is counted on the thread's clock, in nanoseconds.
    rest: u64,
}

/// The deadline of the call that runs.
#[derive(Debug, Default)]
pub(crate) struct Deadline {
    budget: Budget,
    /// The ticker when the call began.
    began: u64,
    /// The thread's clock when the first part was over.
    mark: Option<Duration>,
    /// Whether the call runs on a fiber, which keeps account itself.
    on_fiber: bool,
    /// The processor's time that the call took, to about a tick: 0 for nearly all. Known when it has ended.
    taken: Duration,
    /// How often the plugin had been withdrawn when the call began.
    withdrawals: u32,
}

impl Deadline {
    /// All of it.
    pub(crate) fn whole(&self) -> Duration {
        self.budget.whole()
    }

    /// What the last call took that has ended.
    #[inline]
    pub(crate) fn taken(&self) -> Duration {
        self.taken
    }

    /// What of that was counted on the thread's own clock.
    pub(crate) fn measured(&self) -> Duration {
        self.taken.saturating_sub(self.budget.first())
    }

    /// Forgets what the last call took.
    pub(crate) fn forget(&mut self) {
        self.taken = Duration::ZERO;
    }

    #[cold]
    fn end_after(&mut self, ticks: u64) {
        let first = self.budget.first();
        self.taken = match (self.mark, thread_time()) {
            (Some(mark), Some(now)) => first + now.saturating_sub(mark),
            // The first part was not over, whatever the clock says by now.
            _ => (TICK * u32::try_from(ticks).unwrap_or(u32::MAX)).min(first),
        };
    }
}

impl Budget {
    pub(crate) fn new(deadline: Duration) -> Self {
        let first = (deadline / 2).min(STRETCH);
        Self { ticks: u64::from(ticks(first)) + 1, first: nanos(first), rest: nanos(deadline - first) }
    }

    /// The part of it that is counted on the wall.
    pub(crate) fn first(self) -> Duration {
        Duration::from_nanos(self.first)
    }

    fn rest(self) -> Duration {
        Duration::from_nanos(self.rest)
    }

    fn whole(self) -> Duration {
        self.first() + self.rest()
    }

    /// What is left of the request's time for a hook that may take `self`; `None` when nothing is.
    #[cold]
    pub(crate) fn within(self, request_budget: Duration, visit: &Visit) -> Option<Self> {
        let rest = (request_budget + CHUNK * visit.chunks).saturating_sub(visit.spent);
        match (rest.is_zero(), rest < self.whole()) {
            (true, _) => None,
            (false, true) => Some(Self::new(rest)),
            (false, false) => Some(self),
        }
    }
}

/// Makes `store` end calls whose time is up.
pub(crate) fn enforce(store: &mut Store<State>) {
    store.epoch_deadline_callback(on_epoch);
}

/// Gives the call that follows `budget` of the processor's time.
#[inline]
pub(crate) fn arm(store: &mut Store<State>, budget: &Budget) {
    let state = store.data_mut();
    let began = state.core.ticker.now();
    // One by one: what is put together first is moved at once, and waits for its parts.
    state.deadline.budget = *budget;
    state.deadline.began = began;
    state.deadline.mark = None;
    state.deadline.on_fiber = false;
    state.deadline.taken = Duration::ZERO;
    store.set_epoch_deadline(budget.ticks);
    // After the deadline was set: see the ticker.
    store.data().core.ticker.wake();
}

/// The same for a call on a fiber, where a guest is looked at on each tick.
#[inline]
pub(crate) fn arm_on_fiber(store: &mut Store<State>, budget: &Budget) {
    arm(store, budget);
    let state = store.data_mut();
    state.deadline.on_fiber = true;
    state.deadline.withdrawals = withdrawals(state);
    store.set_epoch_deadline(2);
}

/// Notes what a call on a fiber took, which has ended.
pub(crate) fn end_on_fiber(state: &mut State, taken: Duration) {
    state.deadline.taken = taken;
    state.call.turn = None;
}

/// How often the plugin was withdrawn so far.
fn withdrawals(state: &State) -> u32 {
    state.owner.as_ref().map_or(0, |owner| owner.withdrawals.load(Ordering::Relaxed))
}

/// Notes what the call took that was armed last, and has ended.
#[inline]
pub(crate) fn end(state: &mut State) {
    let ticks = state.core.ticker.now().wrapping_sub(state.deadline.began);
    if ticks > 0 {
        state.deadline.end_after(ticks);
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn on_epoch(mut store: StoreContextMut<'_, State>) -> wasmtime::Result<UpdateDeadline> {
    let state = store.data_mut();
    if state.deadline.on_fiber {
        return fiber::on_epoch(state);
    }
    let now = thread_time().ok_or(TimeIsUp)?;
    let mark = *state.deadline.mark.get_or_insert(now);
    let left = state.deadline.budget.rest().saturating_sub(now.saturating_sub(mark));
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
