//! What is told of a request to hooks that run beside its way through the chain: those of chunks and of the log.

use std::rc::Rc;

use gateway_host::{About, LocalLoad};
use gateway_model::PriorityClass;

use crate::{
    chain::Chain,
    client::Client,
    live::{LiveRoute, Serving},
    request_id::RequestId,
};

/// Everything that hooks are told of a request beside its messages, held for as long as hooks may run.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) client: Rc<Client>,
    pub(crate) id: RequestId,
    pub(crate) serving: Rc<Serving>,
    /// The route's place.
    pub(crate) route: usize,
    /// No more important than this, by the client's own wish.
    pub(crate) lowered_to: Option<PriorityClass>,
}

impl Told {
    pub(crate) fn chain(&self) -> &Chain {
        &self.serving.route(self.route).chain
    }

    pub(crate) fn about(&self) -> About<'_> {
        about(&self.client, &self.id, &self.serving, self.serving.route(self.route), self.lowered_to)
    }
}

/// What hooks are told of a request beside its messages.
pub(crate) fn about<'a>(
    client: &'a Client,
    id: &'a RequestId,
    serving: &'a Serving,
    route: &'a LiveRoute,
    lowered_to: Option<PriorityClass>,
) -> About<'a> {
    About {
        snapshot: serving.snapshot(),
        request_id: id.as_str(),
        client_ip: client.ip,
        client_certificate: client.certificate.as_ref(),
        route: &route.name,
        upstream: &route.upstream.configured.name,
        route_priority: route.priority,
        lowered_to,
        http_version: client.http_version(),
        scheme: client.scheme(),
        load: if route.chain.samples_load { load(client, route) } else { LocalLoad::default() },
    }
}

/// How busy the surroundings of a request are. Reads counters of all workers, so only what a plugin asks for.
#[cold]
fn load(client: &Client, route: &LiveRoute) -> LocalLoad {
    LocalLoad {
        route_in_flight: route.metrics.in_flight(),
        upstream_in_flight: route.upstream.metrics.in_flight.count(),
        lag_us: u32::try_from(client.worker.lag().as_micros()).unwrap_or(u32::MAX),
        upstream: route.upstream.gate.load(),
    }
}
