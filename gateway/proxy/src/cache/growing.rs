//! A body that comes from the upstream once and goes to all who want it, as it comes.

use std::{
    collections::VecDeque,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use gateway_store::cache::entry::Pieces;
use http::HeaderMap;
use http_body::Frame;
use parking_lot::Mutex;

use crate::body::ResponseFault;

/// Bytes that wait for the slowest reader at most, of a body that is too large to be kept.
const WINDOW: u64 = 1024 * 1024;

/// The largest piece, in bytes: who takes none within [`SLOW`](super::intake::SLOW) gets less than 32 KiB in a second.
const STEP: usize = 64 * 1024;

/// Pieces that are smaller than this many bytes are joined when all of them are there.
const SMALL: usize = 16 * 1024;

/// The body. Its writer is on the thread that asked the upstream, its readers may be on any.
#[derive(Debug)]
pub(crate) struct Growing {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    pieces: VecDeque<Bytes>,
    /// Pieces that were there before the first of these.
    gone: usize,
    /// Of the pieces that are there, in bytes.
    kept: u64,
    end: Option<End>,
    /// Once it is too large to be kept: pieces go when all readers have them.
    passes: bool,
    readers: Vec<Option<Place>>,
    /// Numbers of readers that have gone.
    free: Vec<usize>,
    writer: Option<Waker>,
}

/// Where a reader is.
#[derive(Debug, Default)]
struct Place {
    /// The number of the piece that it takes next.
    next: usize,
    /// It took nothing for so long that the others went on without it.
    left_behind: bool,
    waker: Option<Waker>,
}

#[derive(Clone, Debug)]
enum End {
    Whole(Option<HeaderMap>),
    Broken(ResponseFault),
}

/// Nobody wants the rest of a body that is not kept.
#[derive(Debug)]
pub(crate) struct Abandoned;

/// Reads the body from its beginning.
#[derive(Debug)]
pub(crate) struct Reader {
    body: Arc<Growing>,
    /// Among the readers.
    number: usize,
    ended: bool,
    /// Of the whole body, where it is known.
    length: Option<u64>,
}

// === writing ===

impl Growing {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { state: Mutex::default() })
    }

    /// Adds a piece, in steps that also a slow reader takes within a moment.
    pub(crate) fn push(&self, piece: Bytes) {
        let mut rest = piece;
        self.change(|state| {
            state.kept += rest.len() as u64;
            while !rest.is_empty() {
                state.pieces.push_back(rest.split_to(rest.len().min(STEP)));
            }
            state.drop_taken();
        });
    }

    /// It is too large to be kept: from now on it only passes by.
    pub(crate) fn pass(&self) {
        self.change(|state| {
            state.passes = true;
            state.drop_taken();
        });
    }

    /// Whether another piece may come, as soon as it may. `wanted` says that somebody else than readers wants it, too.
    pub(crate) fn poll_room(&self, context: &mut Context<'_>, wanted: bool) -> Poll<Result<(), Abandoned>> {
        let mut state = self.state.lock();
        if !state.passes {
            return Poll::Ready(Ok(()));
        }
        if state.readers.iter().all(Option::is_none) {
            return Poll::Ready(if wanted { Ok(()) } else { Err(Abandoned) });
        }
        if state.kept < WINDOW {
            return Poll::Ready(Ok(()));
        }
        state.writer = Some(context.waker().clone());
        Poll::Pending
    }

    /// Whether anybody takes part.
    pub(crate) fn has_readers(&self) -> bool {
        self.state.lock().readers.iter().any(Option::is_some)
    }

    /// Goes on without those for whom all others wait. One that is alone sets the pace, however slow it is.
    pub(crate) fn leave_behind(&self) {
        self.change(|state| {
            let gone = state.gone;
            let readers = state.readers.iter_mut().flatten().filter(|place| !place.left_behind);
            let (slow, others): (Vec<_>, Vec<_>) = readers.partition(|place| place.next == gone);
            if !others.is_empty() {
                slow.into_iter().for_each(|place| place.left_behind = true);
            }
            state.drop_taken();
        });
        let writer = self.state.lock().wakes_writer();
        writer.into_iter().for_each(Waker::wake);
    }

    /// What is there of it.
    pub(crate) fn pieces(&self) -> Vec<Bytes> {
        self.state.lock().pieces.iter().cloned().collect()
    }

    /// All of it was added.
    pub(crate) fn end(&self, trailers: Option<HeaderMap>) {
        self.change(|state| state.end = Some(End::Whole(trailers)));
    }

    /// The rest does not come.
    pub(crate) fn fail(&self, fault: ResponseFault) {
        self.change(|state| state.end = state.end.take().or(Some(End::Broken(fault))));
    }

    /// What was added, if all of it is there.
    pub(crate) fn whole(&self) -> Option<Pieces> {
        let state = self.state.lock();
        let is_whole = !state.passes && matches!(state.end, Some(End::Whole(None)));
        is_whole.then(|| joined(state.pieces.iter()).into_iter().collect())
    }

    /// Changes the state, and wakes those who wait for that once the lock is free.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock();
        change(&mut state);
        let wakers: Vec<Waker> = state.readers.iter_mut().flatten().filter_map(|place| place.waker.take()).collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl State {
    /// Drops the pieces that no reader needs any more, and lets the writer go on.
    fn drop_taken(&mut self) {
        if !self.passes {
            return;
        }
        let slowest = self.readers.iter().flatten().filter(|place| !place.left_behind).map(|place| place.next).min();
        let most = slowest.map_or(self.pieces.len(), |next| next.saturating_sub(self.gone));
        for piece in self.pieces.drain(..most.min(self.pieces.len())) {
            self.gone += 1;
            self.kept -= piece.len() as u64;
        }
    }

    fn wakes_writer(&mut self) -> Option<Waker> {
        self.writer.as_ref()?;
        let goes_on = self.kept < WINDOW || self.readers.iter().all(Option::is_none);
        if goes_on { self.writer.take() } else { None }
    }
}

/// Small pieces in larger ones: each costs as much as a few dozen bytes.
fn joined<'p>(pieces: impl Iterator<Item = &'p Bytes>) -> Vec<Bytes> {
    let (mut joined, mut small) = (Vec::new(), Vec::new());
    for piece in pieces {
        if small.is_empty() && piece.len() >= SMALL {
            joined.push(piece.clone());
            continue;
        }
        small.extend_from_slice(piece);
        if small.len() >= SMALL {
            joined.push(std::mem::take(&mut small).into());
        }
    }
    if !small.is_empty() {
        joined.push(small.into());
    }
    joined
}

// === reading ===

impl Growing {
    /// A reader of the whole body; none when its beginning is gone.
    pub(crate) fn reader(self: &Arc<Self>, length: Option<u64>) -> Option<Reader> {
        let mut state = self.state.lock();
        if state.gone > 0 || matches!(state.end, Some(End::Broken(_))) {
            return None;
        }
        let number = state.free.pop().unwrap_or_else(|| {
            state.readers.push(None);
            state.readers.len() - 1
        });
        state.readers[number] = Some(Place::default());
        Some(Reader { body: self.clone(), number, ended: false, length })
    }
}

impl Reader {
    pub(crate) fn poll_frame(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, ResponseFault>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let mut state = self.body.state.lock();
        let (gone, end) = (state.gone, state.end.clone());
        let place = state.readers[self.number].as_ref();
        if place.is_some_and(|place| place.left_behind) {
            self.ended = true;
            return Poll::Ready(Some(Err(ResponseFault::TooSlow)));
        }
        let next = place.map_or(gone, |place| place.next);
        if let Some(piece) = state.pieces.get(next - gone).cloned() {
            if let Some(place) = &mut state.readers[self.number] {
                place.next += 1;
            }
            state.drop_taken();
            let writer = state.wakes_writer();
            drop(state);
            writer.into_iter().for_each(Waker::wake);
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        let Some(end) = end else {
            if let Some(place) = &mut state.readers[self.number] {
                place.waker = Some(context.waker().clone());
            }
            return Poll::Pending;
        };
        drop(state);
        self.ended = true;
        Poll::Ready(match end {
            End::Whole(trailers) => trailers.map(|trailers| Ok(Frame::trailers(trailers))),
            End::Broken(fault) => Some(Err(fault)),
        })
    }

    /// Whether all of it was handed over.
    pub(crate) fn has_ended(&self) -> bool {
        if self.ended {
            return true;
        }
        let state = self.body.state.lock();
        let taken =
            state.readers[self.number].as_ref().is_none_or(|place| place.next == state.gone + state.pieces.len());
        taken && matches!(state.end, Some(End::Whole(None)))
    }

    /// Of the whole body, where it is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut state = self.body.state.lock();
        state.readers[self.number] = None;
        state.free.push(self.number);
        state.drop_taken();
        let writer = state.wakes_writer();
        drop(state);
        writer.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn context() -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    fn text(reader: &mut Reader) -> Poll<Option<Result<String, ResponseFault>>> {
        reader.poll_frame(&mut context()).map(|frame| {
            frame.map(|frame| frame.map(|frame| String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap()))
        })
    }

    /// Takes all that is there.
    fn all(reader: &mut Reader) {
        while reader.poll_frame(&mut context()).is_ready() {}
    }

    fn is(text: &str) -> Poll<Option<Result<String, ResponseFault>>> {
        Poll::Ready(Some(Ok(text.to_owned())))
    }

    #[test]
    fn everybody_gets_all_of_it_whenever_they_come() {
        let body = Growing::new();
        let mut early = body.reader(None).unwrap();
        assert!(text(&mut early).is_pending());
        body.push("one ".into());
        assert_eq!(text(&mut early), is("one "));
        let mut late = body.reader(None).unwrap();
        body.push("two".into());
        body.end(None);
        for (reader, rest) in [(&mut early, &["two"][..]), (&mut late, &["one ", "two"])] {
            rest.iter().for_each(|piece| assert_eq!(text(reader), is(piece)));
            assert!(reader.has_ended());
            assert_eq!(text(reader), Poll::Ready(None));
        }
        assert_eq!(body.whole().map(|pieces| pieces.length()), Some(7));
    }

    #[test]
    fn who_reads_learns_that_it_broke_off() {
        let body = Growing::new();
        let mut reader = body.reader(None).unwrap();
        body.push("half".into());
        body.fail(ResponseFault::Broken);
        assert_eq!(text(&mut reader), is("half"));
        assert!(!reader.has_ended());
        assert_eq!(text(&mut reader), Poll::Ready(Some(Err(ResponseFault::Broken))));
        assert!(body.whole().is_none());
    }

    #[test]
    fn what_is_too_large_goes_at_the_pace_of_the_slowest_and_is_not_kept() {
        let body = Growing::new();
        let (mut fast, mut slow) = (body.reader(None).unwrap(), body.reader(None).unwrap());
        let piece = Bytes::from(vec![0; WINDOW as usize]);
        body.push(piece.clone());
        body.pass();
        assert!(body.poll_room(&mut context(), false).is_pending(), "nobody has taken it");
        all(&mut fast);
        assert!(body.poll_room(&mut context(), false).is_pending(), "the slow one has not");
        assert!(slow.poll_frame(&mut context()).is_ready());
        assert!(matches!(body.poll_room(&mut context(), false), Poll::Ready(Ok(()))));
        assert!(body.reader(None).is_none(), "its beginning is gone");
        body.push(piece);
        drop(slow);
        all(&mut fast);
        body.end(None);
        assert!(body.whole().is_none());
    }

    #[test]
    fn who_takes_nothing_is_left_behind_where_others_wait() {
        let body = Growing::new();
        let (mut fast, mut slow) = (body.reader(None).unwrap(), body.reader(None).unwrap());
        body.push(Bytes::from(vec![0; WINDOW as usize]));
        body.pass();
        all(&mut fast);
        assert!(body.poll_room(&mut context(), false).is_pending());
        body.leave_behind();
        assert!(matches!(body.poll_room(&mut context(), false), Poll::Ready(Ok(()))));
        assert_eq!(text(&mut slow), Poll::Ready(Some(Err(ResponseFault::TooSlow))));
        // The last one sets the pace.
        body.push(Bytes::from(vec![0; WINDOW as usize]));
        body.leave_behind();
        assert!(body.poll_room(&mut context(), false).is_pending());
    }

    #[test]
    fn small_pieces_are_kept_in_larger_ones() {
        let body = Growing::new();
        (0..100_000).for_each(|number: u32| body.push(Bytes::from(number.to_le_bytes().to_vec())));
        body.push(Bytes::from(vec![7; SMALL]));
        body.end(None);
        let whole = body.whole().unwrap();
        assert_eq!(whole.length(), 400_000 + SMALL as u64);
        assert!(whole.as_slice().len() < 30, "{}", whole.as_slice().len());
        let expected: Vec<u8> = (0..100_000u32).flat_map(u32::to_le_bytes).chain([7; SMALL]).collect();
        assert!(whole.as_slice().concat() == expected);
    }

    #[test]
    fn nobody_reads_on_for_nobody() {
        let body = Growing::new();
        let reader = body.reader(None).unwrap();
        drop(reader);
        body.push("kept".into());
        assert!(matches!(body.poll_room(&mut context(), false), Poll::Ready(Ok(()))), "it is kept for those who come");
        body.pass();
        assert!(matches!(body.poll_room(&mut context(), false), Poll::Ready(Err(Abandoned))));
    }
}
