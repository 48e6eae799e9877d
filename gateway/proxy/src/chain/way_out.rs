//! The way out: the plugins that asked for the response, the last one first.

use std::{rc::Rc, sync::Arc};

use bytes::Bytes;
use gateway_host::{Attributes, BodyWish, Hooks, ResponseCall, ResponseVerdict, StoreResponse, Visit};
use gateway_model::{Identity, PriorityClass};
use gateway_telemetry::HookKind;
use http::header::CONTENT_LENGTH;

use super::{Chain, Outcome, Passage, Stopwatch};
use crate::{
    answer::Answer,
    client::Client,
    live::Serving,
    origin::Origin,
    request_id::RequestId,
    told::{Told, about},
};

/// Where the way out stops.
pub(crate) enum Turn {
    /// All plugins have seen the response.
    Done,
    /// The plugin at this place may have to wait: it is shown the head on a fiber.
    Waits(usize),
    /// The plugin at this place is to be shown the whole body, if it has no more bytes than this.
    Buffers(usize, u64),
}

/// What plugins are told of a request when they see its response.
pub(crate) struct Seen<'a> {
    pub(crate) client: &'a Rc<Client>,
    pub(crate) origin: Origin,
    pub(crate) id: &'a RequestId,
    pub(crate) serving: &'a Rc<Serving>,
    /// The route's place.
    pub(crate) route: usize,
    /// Which of the route's upstreams it goes to.
    pub(crate) drawn: usize,
    pub(crate) lowered_to: Option<PriorityClass>,
    pub(crate) consumer: &'a Option<Arc<Identity>>,
    pub(crate) attributes: &'a mut Attributes,
    /// The answer may have a body: it is not that to a `HEAD`.
    pub(crate) may_have_body: bool,
}

impl Chain {
    /// Shows the response to the plugins before `place` that asked for it.
    ///
    /// A plugin that fails while its policy is closed, or that answers itself, puts another answer in the place of this
    /// one, which the remaining plugins are shown.
    pub(crate) fn way_out(
        &self,
        place: usize,
        answer: &mut Answer,
        passage: &mut Passage,
        seen: &mut Seen<'_>,
    ) -> Turn {
        let mut watch = Stopwatch::start();
        for (place, link) in self.links().take(place).rev() {
            let Some(seat) = passage.seat(place).filter(|seat| seat.wants_more()) else { continue };
            if !link.hooks.has(Hooks::RESPONSE) {
                if link.hooks.has(Hooks::RESPONSE_CHUNK) && seen.may_have_body && answer.may_have_body() {
                    answer.stream(place, passage, seen);
                }
                continue;
            }
            if link.waits {
                return Turn::Waits(place);
            }
            let Some(mut visit) = seat.take() else { continue };
            passage.called = true;
            let mut store = None;
            let (outcome, took) = answer.shown(seen, &mut store, |call| {
                link.call(&mut watch, HookKind::Response, call.about.request_id, |plugin| {
                    plugin.on_response(call, &mut visit)
                })
            });
            passage.spent += took;
            let wish = judge(place, outcome, visit, store, answer, passage, seen);
            if let Some(turn) = answer.wish(place, wish, passage, seen) {
                return turn;
            }
        }
        Turn::Done
    }

    /// Shows the whole body to the plugin at `place`, which does not wait; says whether the answer is still the one with that body.
    pub(crate) fn body_out(
        &self,
        place: usize,
        answer: &mut Answer,
        passage: &mut Passage,
        seen: &mut Seen<'_>,
        body: &mut Bytes,
    ) -> bool {
        let Some(mut visit) = passage.seat(place).and_then(|seat| seat.take()) else { return true };
        let mut store = None;
        let (outcome, took) = answer.shown(seen, &mut store, |call| {
            call.content_length = Some(body.len() as u64);
            self.link(place).call(&mut Stopwatch::start(), HookKind::ResponseBody, call.about.request_id, |plugin| {
                plugin.on_response_body(call, &mut visit, body)
            })
        });
        passage.spent += took;
        judge(place, outcome, visit, store, answer, passage, seen).is_some()
    }
}

/// Sees to what comes of a hook; what the plugin wants of the body is left to do. None if there is another answer now.
pub(super) fn judge(
    place: usize,
    outcome: Outcome<ResponseVerdict>,
    visit: Visit,
    store: Option<StoreResponse>,
    answer: &mut Answer,
    passage: &Passage,
    seen: &Seen<'_>,
) -> Option<BodyWish> {
    match outcome {
        Outcome::Done(ResponseVerdict::Next(onward)) => {
            passage.keep(place, visit, onward.more);
            answer.store.extend(store);
            return Some(match seen.may_have_body && answer.may_have_body() {
                true => onward.body,
                false => BodyWish::Pass,
            });
        }
        Outcome::Done(ResponseVerdict::Respond(response)) => *answer = Answer::of_plugin(place, *response),
        Outcome::Done(ResponseVerdict::Refuse(refusal)) => {
            *answer = Answer::refusal_of_plugin(place, *refusal, seen.id);
        }
        Outcome::Skipped => {
            passage.leave(place);
            return Some(BodyWish::Pass);
        }
        Outcome::Refused(reason) => *answer = Answer::refusal(&reason.at(place), seen.id),
    }
    passage.leave(place);
    None
}

// === impl Seen ===

impl Seen<'_> {
    fn told(&self) -> Told {
        let (client, id, serving) = (self.client.clone(), self.id.clone(), self.serving.clone());
        let origin = self.origin;
        Told { client, origin, id, serving, route: self.route, drawn: self.drawn, lowered_to: self.lowered_to }
    }
}

// === impl Answer ===

impl Answer {
    /// Lends the answer's head to a hook.
    fn shown<R>(
        &mut self,
        seen: &mut Seen<'_>,
        store: &mut Option<StoreResponse>,
        hook: impl FnOnce(&mut ResponseCall<'_>) -> R,
    ) -> R {
        let content_length = self.length();
        let (mut status, source) = (self.response.status(), self.source);
        let result = hook(&mut ResponseCall {
            status: &mut status,
            source,
            headers: self.response.headers_mut(),
            content_length,
            consumer: seen.consumer,
            attributes: seen.attributes,
            store,
            about: about(
                (seen.client, seen.origin),
                seen.id,
                seen.serving,
                (seen.serving.route(seen.route), seen.drawn),
                seen.lowered_to,
            ),
        });
        *self.response.status_mut() = status;
        result
    }

    /// Sees to what a plugin wants of the body; a turn if that has to be waited for.
    pub(crate) fn wish(
        &mut self,
        place: usize,
        wish: Option<BodyWish>,
        passage: &Passage,
        seen: &Seen<'_>,
    ) -> Option<Turn> {
        match wish {
            Some(BodyWish::Stream) => self.stream(place, passage, seen),
            Some(BodyWish::Buffer { max }) => return Some(Turn::Buffers(place, max.into())),
            Some(BodyWish::Pass) | None => {}
        }
        None
    }

    /// Lets the plugin at `place` see the body piece by piece.
    fn stream(&mut self, place: usize, passage: &Passage, seen: &Seen<'_>) {
        let Some(seats) = passage.seats() else { return };
        self.response.headers_mut().remove(CONTENT_LENGTH);
        self.response.body_mut().filter(place, || (seen.told(), seats));
    }
}
