//! A request on its way to the upstream.

use std::{mem, sync::Arc, time::Duration};

use gateway_algorithms::{caching::make_conditional, priority::PriorityClass};
use gateway_host::{BodyWish, Caller, Charges, RequestCall, Way};
use gateway_model::NoNewPath;
use gateway_store::cache::entry::EntryHead;
use gateway_telemetry::HookKind;
use http::{
    HeaderMap, HeaderValue, Method, Request, Response,
    header::{CONTENT_LENGTH, HOST, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, RANGE},
    request::Parts,
    uri::PathAndQuery,
};
use http_body::Body as _;
use hyper::body::Incoming;

use super::{admit, cached, unforwarded};
use crate::{
    answer::Answer,
    body::{CollectFault, Filter, RequestBody, Streaming, UploadFault, collect},
    cache,
    chain::{Passage, Step},
    error::GatewayError,
    exchange::Exchange,
    forward::{self, Removed},
    grpc, kept,
    limits::Standing,
    live::{LiveRoute, LiveUpstream, Serving},
    told::about,
    upstream, websocket,
};

/// Between two pieces of a body that no upstream is waiting for.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// What is forwarded, as plugins see and change it. What the client sent is in the exchange.
pub(super) struct Inbound {
    head: Parts,
    target: PathAndQuery,
    /// The target for the upstream, where the route has another one.
    rewritten: Option<PathAndQuery>,
    removed: Removed,
    body: RequestBody,
    way: Way,
    charges: Charges,
}

impl Inbound {
    pub(super) fn new(exchange: &mut Exchange, route: &LiveRoute, head: Parts, body: Incoming) -> Self {
        let mut head = head;
        // Before plugins: fields with names of the gateway's own are then the gateway's or a plugin's, never the client's.
        let removed = forward::clean_request(&mut head.headers);
        let patience = route.upstream(exchange.drawn).map_or(IDLE_TIMEOUT, |upstream| upstream.idle_timeout);
        let is_conversation = exchange.client.http2 && !head.headers.contains_key(CONTENT_LENGTH);
        let rate = if is_conversation { 0 } else { exchange.client.worker.limits().body_rate };
        let body = RequestBody::new(body, exchange.client.worker.body_limit(), patience, rate);
        exchange.trip.upload = body.upload().cloned();
        Self {
            head,
            target: exchange.target.clone(),
            rewritten: None,
            removed,
            body,
            way: Way::default(),
            charges: Charges::new(),
        }
    }

    /// Shows the head to the plugins from `place` on.
    pub(super) fn step(&mut self, exchange: &mut Exchange, route: &LiveRoute, place: usize) -> Step {
        let (mut call, passage) = self.lend(exchange, route);
        route.chain.way_in(place, &mut call, passage)
    }

    /// Goes on behind the plugin at `place`, which wants this of the body.
    pub(super) fn goes_on(&mut self, exchange: &mut Exchange, route: &LiveRoute, place: usize, body: BodyWish) -> Step {
        let step = exchange.passage.wish(place, body);
        step.unwrap_or_else(|| self.step(exchange, route, place + 1))
    }

    /// Charges what the plugin at `place` has named; answers the nanoseconds that the request has to wait. None when a
    /// store that nodes share has to be asked, by [`charge_shared`](Self::charge_shared).
    pub(super) fn charge(
        &mut self,
        exchange: &mut Exchange,
        route: &LiveRoute,
        place: usize,
    ) -> Option<Result<u64, GatewayError>> {
        let (standing, caller) = charged_to(exchange, route);
        let charged = standing.charge(place, route.chain.link(place), &self.charges, caller)?;
        self.charges.clear();
        Some(charged)
    }

    /// The same where the store is asked.
    pub(super) async fn charge_shared(
        &mut self,
        exchange: &mut Exchange,
        route: &LiveRoute,
        place: usize,
    ) -> Result<u64, GatewayError> {
        let charges = mem::take(&mut self.charges);
        let (standing, caller) = charged_to(exchange, route);
        standing.charge_shared(place, route.chain.link(place), &charges, caller).await
    }

    /// Shows the head to the plugin at `place`, which may have to wait, and then to those behind it.
    pub(super) async fn wait(&mut self, exchange: &mut Exchange, route: &LiveRoute, place: usize) -> Step {
        let (mut call, passage) = self.lend(exchange, route);
        let step = route.chain.wait_in(place, &mut call, passage).await;
        step.unwrap_or_else(|| self.step(exchange, route, place + 1))
    }

    /// Shows the whole body to the plugin at `place`, and the head to those behind it.
    pub(super) async fn buffer(&mut self, exchange: &mut Exchange, route: &LiveRoute, place: usize, max: u64) -> Step {
        // Plugins before it that see pieces see them first.
        self.filter(exchange);
        let mut held = match collect(&mut self.body, max, &exchange.client.worker.buffers).await {
            Ok(held) => held,
            Err(fault) => return Step::Failed(refusal(fault, max, exchange)),
        };
        let mut bytes = held.bytes.clone();
        let (mut call, passage) = self.lend(exchange, route);
        call.content_length = Some(bytes.len() as u64);
        let step = match route.chain.link(place).waits {
            true => route.chain.body_wait_in(place, &mut call, passage, &mut bytes).await,
            false => route.chain.body_in(place, &mut call, passage, &mut bytes),
        };
        if held.replace(bytes).is_err() {
            return Step::Failed(GatewayError::BuffersFull);
        }
        self.body.hold(held);
        step.unwrap_or_else(|| self.step(exchange, route, place + 1))
    }

    /// The upstream's answer, or the refusal in its place. Done with the request, whatever comes of it.
    pub(super) async fn send(&mut self, exchange: &mut Exchange, route: &LiveRoute) -> Answer {
        if !exchange.passage.request_streams.is_empty()
            && let Err(error) = self.stream(exchange).await
        {
            return Answer::refusal(&error, &exchange.id);
        }
        let rewrite = route.configured.rewrite.as_ref();
        if let Some(path) = rewrite.and_then(|rewrite| rewrite.path.as_ref()) {
            match path.of(&route.configured.pattern, &self.target) {
                Ok(rewritten) => self.rewritten = rewritten,
                // Not the path that was asked for in its place: the route's is another one for a reason.
                Err(NoNewPath) => return Answer::refusal(&GatewayError::NoRoute, &exchange.id),
            }
        }
        if self.way.upstream.is_none()
            && let Some(answer) = unforwarded::answer(exchange, route, &self.target)
        {
            return answer;
        }
        match self.way.caching.take().filter(|_| exchange.handshake.is_none()) {
            Some(caching) => cached::answer(self, exchange, route, *caching).await,
            None => match self.ask(exchange, route).await {
                Ok(response) => Answer::of_upstream(response),
                Err(error) => self.refusal(exchange, route, &error),
            },
        }
    }

    /// The upstream's response. Done with the request, whatever comes of it.
    pub(super) async fn ask(
        &mut self,
        exchange: &mut Exchange,
        route: &LiveRoute,
    ) -> Result<Response<Streaming>, GatewayError> {
        let serving = exchange.serving.clone();
        let (upstream, timeout) = self.destination(&serving, route, exchange.drawn)?;
        self.body.set_patience(upstream.idle_timeout);
        if let Some(circuit) = &upstream.circuit {
            exchange.trip.probe = circuit.admit().map_err(GatewayError::circuit_open)?;
        }
        if exchange.is_grpc {
            let deadline = grpc::timeout(&self.head.headers).map(|timeout| exchange.started() + timeout);
            (exchange.trip.is_grpc, exchange.trip.deadline) = (true, deadline);
        }
        let slot = admit::admit(exchange, route, upstream, &self.way, || self.held_bytes()).await?;
        let request = self.leave(exchange, route);
        exchange.trip.proof = websocket::accept(request.headers());
        let mut response = upstream::send(&mut exchange.trip, upstream, timeout, request, slot).await?;
        forward::clean_response(response.headers_mut());
        Ok(response)
    }

    /// Where it goes, and how long the head of the answer is waited for.
    pub(super) fn destination<'s>(
        &self,
        serving: &'s Serving,
        route: &'s LiveRoute,
        drawn: usize,
    ) -> Result<(&'s Arc<LiveUpstream>, Duration), GatewayError> {
        let upstream = match &self.way.upstream {
            None => route.upstream(drawn),
            Some(name) => serving.upstream(name),
        };
        let upstream = upstream.ok_or(GatewayError::UpstreamUnreachable)?;
        let timeout = self.way.timeout.map_or(upstream.response_timeout, |it| it.min(upstream.response_timeout));
        Ok((upstream, timeout))
    }

    /// The refusal where the upstream gave no answer; what a plugin keeps for this, where there was no room there.
    pub(super) fn refusal(&self, exchange: &Exchange, route: &LiveRoute, error: &GatewayError) -> Answer {
        match error {
            GatewayError::NoCapacity(_) => self.without_slot(exchange, route, error),
            _ => Answer::refusal(error, &exchange.id),
        }
    }

    /// The answer where there is no room at the upstream: what a plugin keeps for this, or the refusal.
    fn without_slot(&self, exchange: &Exchange, route: &LiveRoute, error: &GatewayError) -> Answer {
        let stale = self.way.admission.as_ref().and_then(|admission| admission.stale.as_ref());
        let kept = stale.and_then(|key| {
            let place = route.chain.place(key.attachment())?;
            Some(Answer::kept(place, kept::find(&exchange.client.worker.responses, key)?))
        });
        kept.unwrap_or_else(|| Answer::refusal(error, &exchange.id))
    }

    pub(super) fn method(&self) -> &Method {
        &self.head.method
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    pub(super) fn has_body(&self) -> bool {
        !self.body.is_end_stream()
    }

    pub(super) fn way(&self) -> &Way {
        &self.way
    }

    /// Asks for the content as well, where the client wants the head alone.
    pub(super) fn asks_for_content(&mut self) {
        self.head.method = Method::GET;
    }

    /// What of it is in the key of its response.
    pub(super) fn asks_for<'a>(&'a self, exchange: &Exchange, route: &'a LiveRoute) -> cache::Target<'a> {
        let drawn = route.upstream(exchange.drawn).filter(|_| route.shares_urls());
        let upstream = self.way.upstream.as_deref().or_else(|| drawn.map(|upstream| upstream.configured.name.as_str()));
        let route = route.shares_urls().then_some(&*route.name);
        cache::Target { target: &self.target, route, upstream, headers: &self.head.headers }
    }

    /// Asks for a whole response, or whether a stored one holds, whatever the client would be content with.
    pub(super) fn asks_whole(&mut self, stored: Option<&EntryHead>) {
        for name in [IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_RANGE, RANGE] {
            self.head.headers.remove(name);
        }
        if let Some(stored) = stored {
            make_conditional(&mut self.head.headers, &stored.headers);
        }
    }

    /// Memory that it holds while it waits.
    fn held_bytes(&self) -> u64 {
        admit::head_bytes(&self.head) + self.body.held_bytes()
    }

    /// The class that a plugin has given to it.
    pub(super) fn class_of_plugin(&self) -> Option<PriorityClass> {
        self.way.admission.as_ref().map(|admission| admission.class)
    }

    /// Lets plugins see the body piece by piece. Where there is none they are told so now: they may make one.
    async fn stream(&mut self, exchange: &mut Exchange) -> Result<(), GatewayError> {
        let has_body = !self.body.is_end_stream();
        self.filter(exchange);
        if has_body {
            return Ok(());
        }
        let limit = exchange.client.worker.body_limit();
        let held = Box::pin(collect(&mut self.body, limit, &exchange.client.worker.buffers)).await;
        self.body.hold(held.map_err(|fault| refusal(fault, limit, exchange))?);
        Ok(())
    }

    /// What goes to the upstream. Done after plugins: none of them can forge who the client is.
    pub(super) fn leave(&mut self, exchange: &Exchange, route: &LiveRoute) -> Request<RequestBody> {
        let mut head = mem::replace(&mut self.head, Request::new(()).into_parts().0);
        let mut body = mem::replace(&mut self.body, RequestBody::ready(Default::default()));
        let is_guarded = !body.is_end_stream() && !route.chain.guarded().is_empty();
        if let Some(told) = is_guarded.then(|| exchange.told()).flatten() {
            body.guard(told);
        }
        if body.is_reframed() {
            head.headers.remove(CONTENT_LENGTH);
            if let Some(length) = body.length().filter(|length| *length > 0) {
                head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
            }
        }
        forward::remove_look_alikes(&mut head.headers, route.chain.guarded());
        route.configured.request_fields.apply(&mut head.headers);
        let target = mem::replace(&mut self.target, PathAndQuery::from_static("/"));
        let target = self.rewritten.take().unwrap_or(target);
        forward::prepare(&mut head, exchange, target, self.removed, !body.is_end_stream());
        if let Some(host) = route.configured.rewrite.as_ref().and_then(|rewrite| rewrite.host.clone()) {
            head.headers.insert(HOST, host);
        }
        if let Some(admitted) = exchange.admitted {
            admit::tell(&mut head.headers, admitted.class);
        }
        Request::from_parts(head, body)
    }

    fn filter(&mut self, exchange: &mut Exchange) {
        let places = mem::take(&mut exchange.passage.request_streams);
        let mut places = places.into_iter();
        let (Some(first), Some(seats)) = (places.next(), exchange.passage.seats()) else { return };
        let Some(told) = exchange.told() else { return };
        let mut filter = Filter::new(told, seats, HookKind::RequestChunk, first);
        places.for_each(|place| filter.then(place));
        self.body.filter(filter);
        exchange.trip.upload = self.body.upload().cloned();
    }

    fn lend<'a>(&'a mut self, exchange: &'a mut Exchange, route: &'a LiveRoute) -> (RequestCall<'a>, &'a mut Passage) {
        let Exchange {
            client, origin, id, serving, authority, consumer, attributes, passage, lowered_to, drawn, ..
        } = exchange;
        let call = RequestCall {
            method: &mut self.head.method,
            target: &mut self.target,
            authority: authority.to_str().unwrap_or_default(),
            headers: &mut self.head.headers,
            content_length: self.body.length(),
            consumer,
            attributes,
            way: &mut self.way,
            charges: &mut self.charges,
            about: about((client, *origin), id, serving, (route, *drawn), *lowered_to),
        };
        (call, passage)
    }
}

fn refusal(fault: CollectFault<UploadFault>, max: u64, exchange: &Exchange) -> GatewayError {
    match fault {
        CollectFault::TooLarge => GatewayError::BodyTooLarge { limit: max },
        CollectFault::Exhausted => GatewayError::BuffersFull,
        CollectFault::Body(fault) => fault.refusal(exchange.client.worker.body_limit()),
    }
}

/// Who is charged, and how it stands with the limits so far.
fn charged_to<'e>(exchange: &'e mut Exchange, route: &'e LiveRoute) -> (&'e mut Standing, Caller<'e>) {
    let Exchange { consumer, method, standing, .. } = exchange;
    let standing = standing.get_or_insert_default();
    let plan_is_charged = standing.plan_is_charged();
    (standing, Caller { identity: consumer.as_deref(), route: &route.name, method, plan_is_charged })
}
