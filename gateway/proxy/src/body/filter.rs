//! Plugins that see a body piece by piece, as a part of its stream.

use std::{
    collections::VecDeque,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use gateway_host::{ChunkCall, ChunkVerdict, Plugin};
use gateway_telemetry::HookKind;
use http_body::Frame;
use sluice_abi::CHUNK_MAX;

use crate::{
    chain::{Outcome, Reason, Seats, Stopwatch},
    told::Told,
};

/// Hooks that run in one poll at most: a stream that they swallow must not keep the worker from others.
const MOST_CALLS: usize = 32;

/// The stages through which a body flows. What is under way in it is bounded: a stage is called when all that the one
/// before it made of the last piece has gone on, and a hook makes at most `OUT_MAX` bytes of a piece.
pub(crate) struct Filter {
    told: Told,
    seats: Seats,
    hook: HookKind,
    stages: Vec<Stage>,
    /// The next one to go on is in front.
    pieces: VecDeque<Piece>,
    trailers: Option<Frame<Bytes>>,
    /// The source has ended.
    ended: bool,
}

struct Stage {
    place: usize,
    /// The rest of the body passes by: the plugin failed, and its attachment's policy is open.
    passes: bool,
}

/// A part of the body, at most as large as a hook may be shown.
struct Piece {
    /// The stage that it comes to next.
    stage: usize,
    bytes: Bytes,
    last: bool,
}

/// A plugin broke the body off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BrokenOff {
    /// The plugin's place in the chain.
    pub(crate) place: usize,
    /// None when it did so by intent.
    pub(crate) failed: Option<Reason>,
}

/// What a filtered body comes to.
pub(crate) enum Filtered<E> {
    Source(E),
    BrokenOff(BrokenOff),
}

// === impl Filter ===

impl Filter {
    /// A filter of one stage; `hook` is that of the chunks of requests or of responses.
    pub(crate) fn new(told: Told, seats: Seats, hook: HookKind, place: usize) -> Self {
        let stages = vec![Stage { place, passes: false }];
        Self { told, seats, hook, stages, pieces: VecDeque::new(), trailers: None, ended: false }
    }

    /// Adds a stage behind the others.
    pub(crate) fn then(&mut self, place: usize) {
        self.stages.push(Stage { place, passes: false });
    }

    /// Whether nothing is to come any more.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended && self.pieces.is_empty() && self.trailers.is_none()
    }

    /// The next frame of what `source` becomes; `is_last` says whether the source has ended with the frame that it gave.
    pub(crate) fn poll_frame<S, E>(
        &mut self,
        context: &mut Context<'_>,
        source: &mut S,
        poll: impl Fn(&mut S, &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, E>>>,
        is_last: impl Fn(&S) -> bool,
    ) -> Poll<Option<Result<Frame<Bytes>, Filtered<E>>>> {
        let mut calls = 0;
        loop {
            if let Some(piece) = self.pieces.pop_front() {
                if piece.stage == self.stages.len() {
                    if !piece.bytes.is_empty() {
                        return Poll::Ready(Some(Ok(Frame::data(piece.bytes))));
                    }
                    continue;
                }
                if calls == MOST_CALLS {
                    self.pieces.push_front(piece);
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                calls += 1;
                if let Err(broken) = ready!(self.advance(context, piece)) {
                    return Poll::Ready(Some(Err(Filtered::BrokenOff(broken))));
                }
                continue;
            }
            if self.ended {
                return Poll::Ready(self.trailers.take().map(Ok));
            }
            match ready!(poll(source, context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => {
                        self.ended = is_last(source);
                        self.add(0, data, self.ended);
                    }
                    Err(frame) => {
                        self.trailers = Some(frame);
                        self.end();
                    }
                },
                Some(Err(error)) => return Poll::Ready(Some(Err(Filtered::Source(error)))),
                None => self.end(),
            }
        }
    }

    /// The end came without bytes.
    fn end(&mut self) {
        self.ended = true;
        self.add(0, Bytes::new(), true);
    }

    /// Cuts what goes on to a stage. It goes on before everything that is already there.
    fn add(&mut self, stage: usize, bytes: Bytes, last: bool) {
        if bytes.is_empty() && !last {
            return;
        }
        let mut rest = bytes;
        let mut cut = Vec::new();
        while rest.len() > CHUNK_MAX && stage < self.stages.len() {
            cut.push(Piece { stage, bytes: rest.split_to(CHUNK_MAX), last: false });
        }
        self.pieces.push_front(Piece { stage, bytes: rest, last });
        cut.into_iter().rev().for_each(|piece| self.pieces.push_front(piece));
    }

    /// Shows a piece to the plugin of its stage.
    fn advance(&mut self, context: &mut Context<'_>, piece: Piece) -> Poll<Result<(), BrokenOff>> {
        let Piece { stage, bytes, last } = piece;
        let Stage { place, passes } = self.stages[stage];
        if passes {
            self.add(stage + 1, bytes, last);
            return Poll::Ready(Ok(()));
        }
        let Poll::Ready(visit) = self.seats[place].poll_take(context) else {
            self.pieces.push_front(Piece { stage, bytes, last });
            return Poll::Pending;
        };
        Poll::Ready(match visit {
            Some(visit) => self.call(stage, visit, bytes, last),
            // It failed in another hook meanwhile.
            None => match self.told.chain().is_open(place) {
                true => {
                    self.pass_by(stage, bytes, last);
                    Ok(())
                }
                false => Err(BrokenOff { place, failed: Some(Reason::Failed) }),
            },
        })
    }

    fn call(
        &mut self,
        stage: usize,
        mut visit: gateway_host::Visit,
        bytes: Bytes,
        last: bool,
    ) -> Result<(), BrokenOff> {
        let place = self.stages[stage].place;
        let seat = &self.seats[place];
        let call = ChunkCall { about: self.told.about() };
        let chunk = bytes.clone();
        let run = |plugin: &Plugin| match self.hook {
            HookKind::RequestChunk => plugin.on_request_chunk(&call, &mut visit, chunk, last),
            _ => plugin.on_response_chunk(&call, &mut visit, chunk, last),
        };
        let link = self.told.chain().link(place);
        let (outcome, took) = link.call(&mut Stopwatch::start(), self.hook, call.about.request_id, run);
        seat.chunk_took(took);
        match outcome {
            Outcome::Done(ChunkVerdict::Pass(bytes) | ChunkVerdict::Replace(bytes)) => {
                seat.put_back(visit);
                self.add(stage + 1, bytes, last);
                Ok(())
            }
            Outcome::Done(ChunkVerdict::Reset) => {
                seat.put_back(visit);
                Err(BrokenOff { place, failed: None })
            }
            Outcome::Skipped => {
                seat.leave();
                self.pass_by(stage, bytes, last);
                Ok(())
            }
            Outcome::Refused(reason) => {
                seat.leave();
                Err(BrokenOff { place, failed: Some(reason) })
            }
        }
    }

    fn pass_by(&mut self, stage: usize, bytes: Bytes, last: bool) {
        self.stages[stage].passes = true;
        self.add(stage + 1, bytes, last);
    }
}
