//! What the plugins of a chain keep of one request, from its first hook to its last.

use std::{
    cell::Cell,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use gateway_host::Visit;

/// The seats of one request's plugins, in the order of the chain, and the time that all hooks took.
///
/// Seats outlive the way out: bodies that stream and the hooks of the log still need them.
#[derive(Default)]
pub(crate) struct Passage {
    seats: Option<Rc<[Seat]>>,
    /// The places of the plugins that are shown the request's body piece by piece, in the order of the chain.
    pub(crate) request_streams: Vec<usize>,
    /// Of all hooks but those of chunks, which their seats know.
    pub(crate) spent: Duration,
    /// A plugin was called.
    pub(crate) called: bool,
}

/// One plugin's place in a request. Its hooks never overlap: who runs one takes the visit and puts it back.
#[derive(Default)]
pub(crate) struct Seat {
    held: Cell<Held>,
    /// The hooks of the response and of the log are to be called.
    more: Cell<bool>,
    chunks_took: Cell<Duration>,
}

#[derive(Default)]
enum Held {
    /// The plugin has not seen the request.
    #[default]
    Unseen,
    Here(Visit),
    /// A hook runs. Perhaps somebody waits for it to end.
    Away(Option<Waker>),
    /// There are no further hooks.
    Gone,
}

// === impl Passage ===

impl Passage {
    /// Seats for the plugins of a chain; none where no plugin has a later hook than that of the request's head.
    pub(crate) fn new(seats: usize) -> Self {
        let seats = (seats > 0).then(|| (0..seats).map(|_| Seat::default()).collect());
        Self { seats, ..Self::default() }
    }

    pub(crate) fn seat(&self, place: usize) -> Option<&Seat> {
        self.seats.as_ref().and_then(|seats| seats.get(place))
    }

    /// The seats, to be held by what outlives the way through the chain.
    pub(crate) fn seats(&self) -> Option<Rc<[Seat]>> {
        self.seats.clone()
    }

    /// Keeps a visit for later hooks; `more` is the plugin's wish for those of the response and of the log.
    pub(crate) fn keep(&self, place: usize, visit: Visit, more: bool) {
        if let Some(seat) = self.seat(place) {
            seat.keep(visit, more);
        }
    }

    /// The plugin at `place` has no further hooks in this request.
    pub(crate) fn leave(&self, place: usize) {
        if let Some(seat) = self.seat(place) {
            seat.leave();
        }
    }

    /// The time that all hooks took until now; none when no plugin was called.
    pub(crate) fn took(&self) -> Option<Duration> {
        let chunks = self.seats.iter().flat_map(|seats| seats.iter()).map(|seat| seat.chunks_took.get());
        self.called.then(|| self.spent + chunks.sum::<Duration>())
    }
}

// === impl Seat ===

impl Seat {
    /// The visit, for a hook that runs now; none when the plugin has no further hooks in this request.
    pub(crate) fn take(&self) -> Option<Visit> {
        match self.held.replace(Held::Away(None)) {
            Held::Here(visit) => Some(visit),
            other => {
                self.held.set(other);
                None
            }
        }
    }

    /// As [`take`](Self::take), but waits for a hook that runs.
    pub(crate) fn poll_take(&self, context: &mut Context<'_>) -> Poll<Option<Visit>> {
        match self.held.replace(Held::Gone) {
            Held::Here(visit) => {
                self.held.set(Held::Away(None));
                Poll::Ready(Some(visit))
            }
            Held::Away(_) => {
                self.held.set(Held::Away(Some(context.waker().clone())));
                Poll::Pending
            }
            other => {
                self.held.set(other);
                Poll::Ready(None)
            }
        }
    }

    /// Gives the visit back after a hook of a head or a whole body; `more` is the plugin's wish for later hooks.
    pub(crate) fn keep(&self, visit: Visit, more: bool) {
        self.more.set(more);
        self.put_back(visit);
    }

    /// Gives the visit back as it was wanted before.
    pub(crate) fn put_back(&self, visit: Visit) {
        self.settle(Held::Here(visit));
    }

    /// The plugin has no further hooks in this request.
    pub(crate) fn leave(&self) {
        self.more.set(false);
        self.settle(Held::Gone);
    }

    pub(crate) fn chunk_took(&self, duration: Duration) {
        self.chunks_took.set(self.chunks_took.get() + duration);
    }

    /// Whether the plugin wants the hooks that come later.
    pub(crate) fn wants_more(&self) -> bool {
        self.more.get()
    }

    /// A copy of the visit for the last hook of all: a body may still be streaming with the visit itself.
    /// `uninvited` plugins are those that need not have seen the request.
    pub(crate) fn last_visit(&self, uninvited: bool) -> Option<Visit> {
        let held = self.held.take();
        let visit = match &held {
            Held::Here(visit) if self.more.get() => Some(visit.clone()),
            Held::Unseen if uninvited => Some(Visit::default()),
            _ => None,
        };
        self.held.set(held);
        visit
    }

    fn settle(&self, held: Held) {
        if let Held::Away(Some(waiting)) = self.held.replace(held) {
            waiting.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(more: bool) -> Seat {
        let seat = Seat::default();
        seat.keep(Visit::default(), more);
        seat
    }

    #[test]
    fn hooks_of_one_plugin_do_not_overlap() {
        let seat = seen(true);
        let mut context = Context::from_waker(Waker::noop());
        let visit = seat.take().unwrap();
        assert!(seat.take().is_none());
        assert!(seat.poll_take(&mut context).is_pending());
        seat.put_back(visit);
        assert!(matches!(seat.poll_take(&mut context), Poll::Ready(Some(_))));
    }

    #[test]
    fn who_has_left_is_not_waited_for() {
        let seat = seen(true);
        drop(seat.take());
        seat.leave();
        assert!(matches!(seat.poll_take(&mut Context::from_waker(Waker::noop())), Poll::Ready(None)));
        assert!(seat.last_visit(true).is_none());
    }

    #[test]
    fn the_last_visit_is_for_who_wants_more_and_for_who_needs_no_invitation() {
        assert!(seen(true).last_visit(false).is_some());
        assert!(seen(false).last_visit(false).is_none());
        assert!(Seat::default().last_visit(false).is_none());
        assert!(Seat::default().last_visit(true).is_some());
    }
}
