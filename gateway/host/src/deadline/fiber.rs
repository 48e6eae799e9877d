//! The time of a guest on a fiber: what it is suspended for does not count.
//!
//! A call that has used more than a tick takes the turn of its plugin on its thread: only the one that has it goes on, and
//! the others wait, because calls that share a thread's time end no sooner for it, and each of them may be one too many.
//!
//! Such a call is polled piece by piece. [`Timed`] adds up the pieces; the guest, which is looked at on each tick, finds
//! the piece that runs in a place of the thread's own, because nothing but the guest can reach its store meanwhile.

use std::{
    cell::Cell,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use parking_lot::Mutex;
use tokio::sync::OwnedSemaphorePermit;
use wasmtime::UpdateDeadline;

use super::thread_time;
use crate::{
    engine::Core,
    error::{TimeIsUp, Withdrawn},
    pool,
    state::State,
    ticker::TICK,
};

/// A piece of a call: from one poll to its end.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    /// What the pieces before have taken.
    before: Duration,
    /// The ticker when the piece began.
    began: u64,
    /// What the call may have taken before the thread's clock counts.
    first: Duration,
    /// The thread's clock, from when it counts.
    mark: Option<Duration>,
}

thread_local! {
    static RUNNING: Cell<Piece> =
        const { Cell::new(Piece { before: Duration::ZERO, began: 0, first: Duration::ZERO, mark: None }) };
}

/// A call on a fiber, with what it has taken of the processor.
pub(crate) struct Timed<F> {
    call: F,
    core: Arc<Core>,
    /// From here on the thread's clock counts.
    first: Duration,
    taken: Duration,
}

impl<F> Timed<F> {
    pub(crate) fn new(call: F, core: Arc<Core>, first: Duration) -> Self {
        Self { call, core, first, taken: Duration::ZERO }
    }
}

impl<F: Future + Unpin> Future for Timed<F> {
    type Output = (F::Output, Duration);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mark = if self.taken < self.first { None } else { thread_time() };
        RUNNING.set(Piece { before: self.taken, began: self.core.ticker.now(), first: self.first, mark });
        let result = Pin::new(&mut self.call).poll(cx);
        self.taken = RUNNING.get().taken(self.core.ticker.now());
        result.map(|output| (output, self.taken))
    }
}

impl Piece {
    /// What the call has taken when the ticker is at `now`. Of the time on the wall no more than the first part counts:
    /// more of it may have passed in one go, in which the thread had no processor.
    fn taken(&self, now: u64) -> Duration {
        match self.mark.and_then(|mark| Some(thread_time()?.saturating_sub(mark))) {
            Some(measured) => self.before + measured,
            None => (self.before + self.on_the_wall(now)).min(self.first.max(self.before)),
        }
    }

    fn on_the_wall(&self, now: u64) -> Duration {
        TICK * u32::try_from(now.wrapping_sub(self.began)).unwrap_or(u32::MAX)
    }

    /// Looks at the thread's clock from now on if the first part is over.
    fn mark(&mut self, now: u64) {
        if self.mark.is_none() && self.before + self.on_the_wall(now) >= self.first {
            *self = Self { before: self.taken(now), mark: thread_time(), ..*self };
        }
    }
}

/// The right to use more than a tick. Filled by whoever waits for it.
pub(crate) type Turn = Arc<Mutex<Option<OwnedSemaphorePermit>>>;

/// Ends a guest whose time is up, or whose plugin was withdrawn; lets other requests of the thread have their time after
/// each tick.
pub(super) fn on_epoch(state: &mut State) -> wasmtime::Result<UpdateDeadline> {
    let (deadline, ticker) = (&state.deadline, &state.core.ticker);
    ticker.wake();
    if super::withdrawals(state) != deadline.withdrawals {
        return Err(Withdrawn.into());
    }
    let (mut piece, now) = (RUNNING.get(), ticker.now());
    piece.mark(now);
    // Where the system tells no time of threads there is only the first part.
    let most = if piece.mark.is_some() { deadline.whole() } else { piece.first };
    if piece.taken(now) >= most {
        return Err(TimeIsUp.into());
    }
    RUNNING.set(piece);
    // A guest that was suspended for long is looked at as soon as it goes on, with hardly anything done.
    let has_just_begun = now == piece.began;
    match state.call.may_suspend && !has_just_begun {
        true => Ok(let_others(state)),
        false => Ok(UpdateDeadline::Continue(1)),
    }
}

/// Lets other requests have their time; goes on when it is this call's turn.
fn let_others(state: &mut State) -> UpdateDeadline {
    let (None, Some(owner)) = (&state.call.turn, &state.owner) else { return UpdateDeadline::Yield(1) };
    let turns = pool::with_local(owner, |local| local.turns.clone());
    match turns.clone().try_acquire_owned() {
        Ok(permit) => {
            state.call.turn = Some(Arc::new(Mutex::new(Some(permit))));
            UpdateDeadline::Yield(1)
        }
        Err(_) => {
            let turn = state.call.turn.insert(Turn::default()).clone();
            // Looked at as soon as it goes on: the plugin may have been withdrawn by then.
            UpdateDeadline::YieldCustom(0, Box::pin(async move { *turn.lock() = turns.acquire_owned().await.ok() }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Duration = Duration::from_millis(5);

    #[test]
    fn a_thread_without_a_processor_takes_nothing_of_a_deadline_but_its_first_part() {
        let mut piece = Piece { before: Duration::from_millis(1), began: 7, first: FIRST, mark: None };
        assert_eq!(piece.taken(9), Duration::from_millis(3));
        assert_eq!(piece.taken(7 + 10_000), FIRST);
        piece.mark(7 + 10_000);
        assert!(piece.mark.is_some());
        assert!(piece.taken(7 + 20_000) < FIRST + Duration::from_millis(100), "from now on its own clock counts");
    }

    #[test]
    fn the_clock_of_the_thread_is_not_looked_at_before_that() {
        let mut piece = Piece { before: Duration::ZERO, began: 7, first: FIRST, mark: None };
        piece.mark(11);
        assert!(piece.mark.is_none());
    }
}
