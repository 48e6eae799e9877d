//! Plugins that may wait: their hooks run on fibers, which give the thread to others meanwhile.
//!
//! A client that goes away drops the future, and with it the hook where it stands.

use bytes::Bytes;
use gateway_host::{BodyWish, RequestCall, ResponseCall, Visit};
use gateway_telemetry::HookKind;

use super::{Chain, Passage, Seen, Step, way_in::judge as judge_request, way_out::judge as judge_response};
use crate::{answer::Answer, told::about};

impl Chain {
    /// Shows the head to the plugin at `place`; none when the request goes on.
    pub(crate) async fn wait_in(
        &self,
        place: usize,
        call: &mut RequestCall<'_>,
        passage: &mut Passage,
    ) -> Option<Step> {
        let link = self.link(place);
        let mut visit = Visit::default();
        passage.called = true;
        let outcome = match link.begin() {
            Ok(begun) => {
                let result = link.plugin.on_request_on_fiber(call, &mut visit).await;
                let (outcome, took) = link.end(begun, HookKind::Request, call.about.request_id, result);
                passage.spent += took;
                outcome
            }
            Err(withheld) => withheld.into_outcome(),
        };
        judge_request(place, outcome, visit, !call.charges.is_empty(), passage)
    }

    /// Shows the whole body to the plugin at `place`; none when the request goes on.
    pub(crate) async fn body_wait_in(
        &self,
        place: usize,
        call: &mut RequestCall<'_>,
        passage: &mut Passage,
        body: &mut Bytes,
    ) -> Option<Step> {
        let link = self.link(place);
        let mut visit = passage.seat(place)?.take()?;
        let outcome = match link.begin() {
            Ok(begun) => {
                let result = link.plugin.on_request_body_on_fiber(call, &mut visit, body).await;
                let (outcome, took) = link.end(begun, HookKind::RequestBody, call.about.request_id, result);
                passage.spent += took;
                outcome
            }
            Err(withheld) => withheld.into_outcome(),
        };
        judge_request(place, outcome, visit, !call.charges.is_empty(), passage)
    }

    /// Shows the answer's head, or its whole body where that is given, to the plugin at `place`; says what is left to do
    /// for the plugin, none if there is another answer now.
    pub(crate) async fn wait_out(
        &self,
        place: usize,
        answer: &mut Answer,
        passage: &mut Passage,
        seen: &mut Seen<'_>,
        body: Option<&mut Bytes>,
    ) -> Option<BodyWish> {
        let link = self.link(place);
        let Some(mut visit) = passage.seat(place).and_then(|seat| seat.take()) else {
            return Some(BodyWish::Pass);
        };
        passage.called = true;
        let mut store = None;
        let outcome = match link.begin() {
            Ok(begun) => {
                let content_length = body.as_ref().map_or_else(|| answer.length(), |body| Some(body.len() as u64));
                let mut status = answer.response.status();
                let mut call = ResponseCall {
                    status: &mut status,
                    source: answer.source,
                    headers: answer.response.headers_mut(),
                    content_length,
                    consumer: seen.consumer,
                    attributes: seen.attributes,
                    store: &mut store,
                    about: about(
                        (seen.client, seen.origin),
                        seen.id,
                        seen.serving,
                        (seen.serving.route(seen.route), seen.drawn),
                        seen.lowered_to,
                    ),
                };
                let (hook, result) = match body {
                    None => (HookKind::Response, link.plugin.on_response_on_fiber(&mut call, &mut visit).await),
                    Some(body) => {
                        let result = link.plugin.on_response_body_on_fiber(&mut call, &mut visit, body).await;
                        (HookKind::ResponseBody, result)
                    }
                };
                *answer.response.status_mut() = status;
                let (outcome, took) = link.end(begun, hook, seen.id.as_str(), result);
                passage.spent += took;
                outcome
            }
            Err(withheld) => withheld.into_outcome(),
        };
        judge_response(place, outcome, visit, store, answer, passage, seen)
    }
}
