//! The time of a guest on a fiber: what it is suspended for does not count.
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

use wasmtime::UpdateDeadline;

use super::thread_time;
use crate::{
    engine::Core,
    error::TimeIsUp,
    state::State,
    ticker::{TICK, Ticker},
};

/// A piece of a call: from one poll to its end.
#[derive(Clone, Copy, Debug, Default)]
struct Piece {
    /// What the pieces before have taken.
    before: Duration,
    /// The ticker when the piece began.
    began: u64,
    /// The thread's clock then, once the call has taken so much that its deadline may be near.
    mark: Option<Duration>,
}

thread_local! {
    static RUNNING: Cell<Piece> = const { Cell::new(Piece { before: Duration::ZERO, began: 0, mark: None }) };
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
        let piece = Piece {
            before: self.taken,
            began: self.core.ticker.now(),
            mark: if self.taken < self.first { None } else { thread_time() },
        };
        RUNNING.set(piece);
        let result = Pin::new(&mut self.call).poll(cx);
        self.taken = RUNNING.get().taken(&self.core.ticker);
        result.map(|output| (output, self.taken))
    }
}

impl Piece {
    /// What the call has taken by now.
    fn taken(&self, ticker: &Ticker) -> Duration {
        let piece = match self.mark.and_then(|mark| Some(thread_time()?.saturating_sub(mark))) {
            Some(measured) => measured,
            None => TICK * u32::try_from(ticker.now().wrapping_sub(self.began)).unwrap_or(u32::MAX),
        };
        self.before + piece
    }
}

/// Ends a guest whose time is up; lets other requests of the thread have theirs after each tick.
pub(super) fn on_epoch(state: &mut State) -> wasmtime::Result<UpdateDeadline> {
    let (deadline, ticker) = (&state.deadline, &state.core.ticker);
    ticker.wake();
    let piece = RUNNING.get();
    if piece.taken(ticker) >= deadline.first + deadline.rest {
        return Err(TimeIsUp.into());
    }
    // A guest that was suspended for long is looked at as soon as it goes on, with hardly anything done.
    let has_just_begun = ticker.now() == piece.began;
    match state.call.may_suspend && !has_just_begun {
        true => Ok(UpdateDeadline::Yield(1)),
        false => Ok(UpdateDeadline::Continue(1)),
    }
}
