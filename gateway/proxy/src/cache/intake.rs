//! Taking in a body that is to be stored, while it goes to all who want it.

use std::{
    future::poll_fn,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use gateway_store::cache::{
    disk::PieceWriter,
    entry::{Entry, Found},
};
use http_body::Frame;
use tokio::time::timeout;

use super::{HttpCache, Lead, Streamed, growing::Growing};
use crate::body::{Reservation, ResponseFault, Streaming};

/// How long others wait for one who takes nothing.
pub(super) const SLOW: Duration = Duration::from_secs(2);

/// How long a body is taken in for nobody but those who may come.
const ALONE: Duration = Duration::from_secs(10);

/// How often it is looked whether it still is for somebody.
const PATROL: Duration = Duration::from_secs(1);

/// Takes the body in, to its end, and stores it if all of it came. Goes on when who asked has gone: it is for others.
pub(super) async fn take_in(
    cache: Arc<HttpCache>,
    streamed: Arc<Streamed>,
    streaming: Streaming,
    reservation: Reservation,
    lead: Option<Lead>,
) {
    let mut streaming = streaming;
    // Nobody waits for what does not come, however this ends.
    let _ends = Ends(&streamed.body);
    let mut intake = Intake::new(&cache, &streamed, reservation);
    loop {
        if !room(&streamed.body, intake.large.is_some()).await {
            return;
        }
        match frame(&mut streaming, &mut intake).await {
            Ok(None) => break,
            // Also of a body that never stands still.
            Ok(Some(_)) if intake.has_been_alone() => return,
            Ok(Some(frame)) => intake.takes(frame),
            Err(fault) => return streamed.body.fail(fault),
        }
    }
    intake.ends();
    // Only now: who comes between has either this or what is stored.
    drop(lead);
}

/// Waits until another piece may come; false when nobody wants it. Who takes nothing for too long is left behind, where
/// others wait for that.
async fn room(body: &Growing, wanted: bool) -> bool {
    loop {
        match timeout(SLOW, poll_fn(|context| body.poll_room(context, wanted))).await {
            Ok(room) => return room.is_ok(),
            Err(_) => body.leave_behind(),
        }
    }
}

/// The next frame. For nobody it is waited for only so long.
async fn frame(streaming: &mut Streaming, intake: &mut Intake<'_>) -> Result<Option<Frame<Bytes>>, ResponseFault> {
    loop {
        let next = timeout(PATROL, poll_fn(|context| streaming.poll_frame(context)));
        if let Ok(frame) = next.await {
            return frame.transpose();
        }
        if intake.has_been_alone() {
            return Err(ResponseFault::Broken);
        }
    }
}

/// Ends a body that nothing more is added to.
pub(super) struct Ends<'a>(pub(super) &'a Growing);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.fail(ResponseFault::Broken);
    }
}

/// A body that comes in.
struct Intake<'a> {
    cache: &'a HttpCache,
    streamed: &'a Streamed,
    /// In memory.
    reservation: Reservation,
    /// Bytes that have come.
    length: u64,
    /// It is too large for memory.
    grown: bool,
    /// Where it goes then.
    large: Option<PieceWriter>,
    /// Since when nobody takes part any more.
    alone_since: Option<Instant>,
    trailers: Option<http::HeaderMap>,
}

impl<'a> Intake<'a> {
    fn new(cache: &'a HttpCache, streamed: &'a Streamed, reservation: Reservation) -> Self {
        let mut intake = Self {
            cache,
            streamed,
            reservation,
            length: 0,
            grown: false,
            large: None,
            alone_since: None,
            trailers: None,
        };
        if streamed.length.is_some_and(|length| length > cache.object) {
            intake.grows_large();
        }
        intake
    }

    fn takes(&mut self, frame: Frame<Bytes>) {
        match frame.into_data() {
            Ok(data) if self.grown && self.large.is_none() => self.adds(data),
            // What it came in may be much larger than what came.
            Ok(data) => self.adds(Bytes::copy_from_slice(&data)),
            Err(frame) => self.trailers = frame.into_trailers().ok(),
        }
    }

    fn adds(&mut self, piece: Bytes) {
        self.length += piece.len() as u64;
        if !self.grown && (self.length > self.cache.object || self.reservation.resize(self.length).is_err()) {
            self.grows_large();
        }
        if self.length > self.cache.largest()
            || self.large.as_mut().is_some_and(|large| large.write(piece.clone()).is_err())
        {
            self.large = None;
        }
        self.streamed.body.push(piece);
    }

    /// Whether nobody has taken part for so long that it is not worth going on.
    fn has_been_alone(&mut self) -> bool {
        if self.streamed.body.has_readers() {
            self.alone_since = None;
            return false;
        }
        self.alone_since.get_or_insert_with(Instant::now).elapsed() > ALONE
    }

    /// It is kept on disk from now on, if there is one, and only passes by in memory.
    fn grows_large(&mut self) {
        self.grown = true;
        let Streamed { head, key, body, .. } = self.streamed;
        let writer = self.cache.store.writer(*key, head);
        self.large = writer.and_then(|mut writer| {
            body.pieces().into_iter().try_for_each(|piece| writer.write(piece)).is_ok().then_some(writer)
        });
        body.pass();
    }

    fn ends(self) {
        let Self { cache, streamed, large, trailers, .. } = self;
        let has_trailers = trailers.is_some();
        streamed.body.end(trailers);
        if let Some(pieces) = streamed.body.whole() {
            let entry = Arc::new(Entry { head: streamed.head.clone(), body: pieces });
            cache.store.put(streamed.key, Found::Response(entry), cache.now());
            cache.metrics.fill_duration.observe(cache.now().since(streamed.head.requested));
        } else if let Some(writer) = large.filter(|_| !has_trailers) {
            cache.store.finish(&streamed.head, writer);
            cache.metrics.fill_duration.observe(cache.now().since(streamed.head.requested));
        }
    }
}
