//! The way in: one plugin after the other, until one of them does something else than go on.

use bytes::Bytes;
use gateway_host::{BodyWish, Hooks, Kept, Onward, Refusal, RequestCall, Verdict, Visit};

use gateway_store::ResponseKey;
use gateway_telemetry::HookKind;
use http::Response;

use super::{Chain, Outcome, Passage, Stopwatch};
use crate::error::GatewayError;

/// Where the way in stops.
pub(crate) enum Step {
    /// All plugins let the request pass.
    Passed,
    /// The plugin at this place may have to wait: it is shown the head on a fiber.
    Waits(usize),
    /// The plugin at this place is to be shown the whole body, if it has no more bytes than this.
    Buffers(usize, u64),
    /// The plugin at this place answered.
    Answered(usize, Box<Response<Bytes>>),
    /// The plugin at this place refused.
    Refused(usize, Box<Refusal>),
    /// The plugin at this place answers with a kept response; if that is gone, the request goes on.
    Kept(usize, ResponseKey, Onward),
    /// What the plugin at this place has named is to be charged before the request goes on; it wants this of the body.
    Charges(usize, BodyWish),
    Failed(GatewayError),
}

impl Chain {
    /// Shows the head to the plugins from `place` on.
    pub(crate) fn way_in(&self, place: usize, call: &mut RequestCall<'_>, passage: &mut Passage) -> Step {
        let mut watch = Stopwatch::start();
        for (place, link) in self.links().skip(place) {
            if !link.hooks.has(Hooks::REQUEST) {
                passage.passes_by(place, link.hooks);
                continue;
            }
            if link.waits {
                return Step::Waits(place);
            }
            let mut visit = Visit::default();
            passage.called = true;
            let (outcome, took) = link.call(&mut watch, HookKind::Request, call.about.request_id, |plugin| {
                plugin.on_request(call, &mut visit)
            });
            passage.spent += took;
            if let Some(step) = judge(place, outcome, visit, !call.charges.is_empty(), passage) {
                return step;
            }
        }
        Step::Passed
    }

    /// Shows the whole body to the plugin at `place`, which does not wait; none when the request goes on.
    pub(crate) fn body_in(
        &self,
        place: usize,
        call: &mut RequestCall<'_>,
        passage: &mut Passage,
        body: &mut Bytes,
    ) -> Option<Step> {
        let mut visit = passage.seat(place)?.take()?;
        let mut watch = Stopwatch::start();
        let (outcome, took) =
            self.link(place).call(&mut watch, HookKind::RequestBody, call.about.request_id, |plugin| {
                plugin.on_request_body(call, &mut visit, body)
            });
        passage.spent += took;
        judge(place, outcome, visit, !call.charges.is_empty(), passage)
    }
}

/// What comes of a hook; none when the request goes on to the next plugin.
///
/// `charges`: the hook has named limits.
pub(super) fn judge(
    place: usize,
    outcome: Outcome<Verdict>,
    visit: Visit,
    charges: bool,
    passage: &mut Passage,
) -> Option<Step> {
    let step = match outcome {
        Outcome::Done(Verdict::Next(onward)) => {
            passage.keep(place, visit, onward.more);
            return match charges {
                true => Some(Step::Charges(place, onward.body)),
                false => passage.wish(place, onward.body),
            };
        }
        Outcome::Done(Verdict::ServeCached(kept)) => {
            let Kept { key, onward } = *kept;
            passage.keep(place, visit, onward.more);
            return Some(Step::Kept(place, key, onward));
        }
        Outcome::Done(Verdict::Respond(response)) => Some(Step::Answered(place, response)),
        Outcome::Done(Verdict::Refuse(refusal)) => Some(Step::Refused(place, refusal)),
        Outcome::Skipped => None,
        Outcome::Refused(reason) => Some(Step::Failed(reason.at(place))),
    };
    passage.leave(place);
    step
}

// === impl Passage ===

impl Passage {
    /// A plugin without a hook for the head takes part with an empty state.
    fn passes_by(&mut self, place: usize, hooks: Hooks) {
        self.keep(place, Visit::default(), true);
        if hooks.has(Hooks::REQUEST_CHUNK) {
            self.request_streams.push(place);
        }
    }

    /// Sees to what a plugin wants of the body; a step if that has to be waited for.
    pub(crate) fn wish(&mut self, place: usize, wish: BodyWish) -> Option<Step> {
        match wish {
            BodyWish::Pass => None,
            BodyWish::Buffer { max } => Some(Step::Buffers(place, max.into())),
            BodyWish::Stream => {
                self.request_streams.push(place);
                None
            }
        }
    }
}
