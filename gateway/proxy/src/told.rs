//! What is told of a request to hooks that run beside its way through the chain: those of chunks and of the log.

use std::{rc::Rc, sync::Arc};

use gateway_host::{About, LocalLoad};
use gateway_model::PriorityClass;

use crate::{
    chain::Chain,
    client::Client,
    live::{LiveRoute, LiveUpstream, Serving},
    origin::Origin,
    request_id::RequestId,
};

/// Everything that hooks are told of a request beside its messages, held for as long as hooks may run.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) client: Rc<Client>,
    pub(crate) origin: Origin,
    pub(crate) id: RequestId,
    pub(crate) serving: Rc<Serving>,
    /// The route's place.
    pub(crate) route: usize,
    /// Which of the route's upstreams it goes to.
    pub(crate) drawn: usize,
    /// No more important than this, by the client's own wish.
    pub(crate) lowered_to: Option<PriorityClass>,
}

impl Told {
    pub(crate) fn chain(&self) -> &Chain {
        &self.serving.route(self.route).chain
    }

    pub(crate) fn about(&self) -> About<'_> {
        let route = (self.serving.route(self.route), self.drawn);
        about((&self.client, self.origin), &self.id, &self.serving, route, self.lowered_to)
    }
}

/// What hooks are told of a request beside its messages: of its route, and which of the route's upstreams was drawn for it.
pub(crate) fn about<'a>(
    (client, origin): (&'a Client, Origin),
    id: &'a RequestId,
    serving: &'a Serving,
    (route, drawn): (&'a LiveRoute, usize),
    lowered_to: Option<PriorityClass>,
) -> About<'a> {
    let upstream = route.upstream(drawn);
    About {
        snapshot: serving.snapshot(),
        request_id: id.as_str(),
        client_ip: origin.ip,
        client_certificate: client.certificate(route),
        route: &route.name,
        upstream: upstream.map_or("", |upstream| &upstream.configured.name),
        route_priority: route.priority,
        lowered_to,
        http_version: client.http_version(),
        scheme: origin.scheme,
        load: if route.chain.samples_load { load(client, route, upstream) } else { LocalLoad::default() },
    }
}

/// How busy the surroundings of a request are. Reads counters of all workers, so only what a plugin asks for.
#[cold]
fn load(client: &Client, route: &LiveRoute, upstream: Option<&Arc<LiveUpstream>>) -> LocalLoad {
    LocalLoad {
        route_in_flight: route.metrics.in_flight(),
        upstream_in_flight: upstream.map_or(0, |upstream| upstream.metrics.in_flight.count()),
        lag_us: u32::try_from(client.worker.lag().as_micros()).unwrap_or(u32::MAX),
        upstream: upstream.map(|upstream| upstream.gate.load()).unwrap_or_default(),
    }
}
