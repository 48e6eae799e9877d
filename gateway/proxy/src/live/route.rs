//! A route with all that its requests need.

use std::sync::Arc;

use bytes::Bytes;
use gateway_model::{Action, CompiledRoute, PriorityClass};
use gateway_telemetry::RouteMetrics;

use super::{LiveUpstream, Upstreams};
use crate::{chain::Chain, tls::Verifier};

/// A route that serves.
pub(crate) struct LiveRoute {
    pub(crate) name: Arc<str>,
    /// The most important class that it gives to its requests.
    pub(crate) priority: Option<PriorityClass>,
    pub(crate) chain: Chain,
    pub(crate) configured: Arc<CompiledRoute>,
    pub(crate) metrics: RouteMetrics,
    /// Of the answer that is always the same, where that is what becomes of its requests: shared by all who get it.
    pub(crate) body: Bytes,
    /// None where the TLS listener says what is asked of clients.
    pub(crate) clients: Option<ClientRule>,
    /// In the order of the configuration; none where requests go to no upstream.
    shares: Box<[Share]>,
}

/// What a route asks of its clients' certificates.
pub(crate) struct ClientRule {
    pub(crate) required: bool,
    /// Equal ones are one. None where the authorities cannot be used, so that no certificate counts.
    pub(crate) verifier: Option<Arc<Verifier>>,
}

struct Share {
    upstream: Arc<LiveUpstream>,
    /// The weights of this one and of those before it.
    up_to: u32,
}

impl LiveRoute {
    pub(super) fn new(
        configured: Arc<CompiledRoute>,
        chain: Chain,
        upstreams: &Upstreams,
        metrics: RouteMetrics,
        clients: Option<ClientRule>,
    ) -> Self {
        let mut up_to = 0;
        let share = |share: &gateway_model::CompiledShare| {
            up_to += share.weight;
            Share { upstream: upstreams[&share.upstream.name].clone(), up_to }
        };
        let shares = configured.upstreams().map(share).collect();
        let body = match &configured.action {
            Action::Respond(response) => Bytes::copy_from_slice(response.body.as_bytes()),
            Action::Forward(_) | Action::Redirect(_) => Bytes::new(),
        };
        let (name, priority) = (configured.name.clone(), configured.priority);
        Self { name, priority, chain, configured, metrics, body, clients, shares }
    }

    /// Which of its upstreams takes the next request.
    pub(crate) fn draw(&self) -> usize {
        match &*self.shares {
            [] | [_] => 0,
            [.., last] => {
                let drawn = fastrand::u32(..last.up_to.max(1));
                self.shares.partition_point(|share| share.up_to <= drawn)
            }
        }
    }

    /// The upstream that was drawn; none where requests go to no upstream.
    pub(crate) fn upstream(&self, drawn: usize) -> Option<&Arc<LiveUpstream>> {
        self.shares.get(drawn).map(|share| &share.upstream)
    }

    /// Whether a URL alone does not say what is answered, since another route or another upstream may take it.
    pub(crate) fn shares_urls(&self) -> bool {
        self.configured.has_conditions() || self.shares.len() > 1
    }

    /// What becomes of its requests.
    pub(crate) fn action(&self) -> &Action {
        &self.configured.action
    }
}
