//! What requests are served from: a snapshot with its plugins configured and its metrics at hand.

mod route;
mod serving;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use gateway_host::{ConfigureError, Host};
use gateway_model::{CompiledRoute, Head, ResolvedAttachment, Snapshot, Upstream};
use gateway_telemetry::{InUse, Metrics, UpstreamMetrics};

pub(crate) use self::{
    route::LiveRoute,
    serving::{Current, Serving},
};
use crate::{
    admission::Gate,
    balance::Balancer,
    chain::{Chain, Link},
    upstream::Policy,
};

/// A snapshot, ready to serve. Built by [`LiveBuilder`], swapped in whole, shared by all workers.
pub struct Live {
    snapshot: Arc<Snapshot>,
    /// Each at its place in the snapshot.
    routes: Vec<LiveRoute>,
    upstreams: HashMap<String, Arc<LiveUpstream>>,
    links: HashMap<Arc<str>, Arc<Link>>,
}

/// An upstream with its timeouts and metrics.
pub(crate) struct LiveUpstream {
    /// Never given to another upstream of this process.
    pub(crate) id: u64,
    pub(crate) configured: Arc<Upstream>,
    pub(crate) connect_timeout: Duration,
    pub(crate) response_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    /// That of the upstream's name, in all revisions.
    pub(crate) gate: Arc<Gate>,
    pub(crate) balancer: Arc<Balancer>,
    /// None where nothing is sent again.
    pub(crate) retries: Option<Policy>,
    pub(crate) metrics: UpstreamMetrics,
}

/// Builds [`Live`]s; one for the process.
pub struct LiveBuilder {
    host: Host,
    metrics: Metrics,
    upstreams_built: AtomicU64,
}

/// Why a snapshot cannot be served. What served before can go on.
#[derive(Debug, thiserror::Error)]
#[error("attachment {attachment:?} cannot be configured")]
pub struct BuildError {
    /// Name of the attachment.
    pub attachment: Arc<str>,
    #[source]
    pub cause: ConfigureError,
}

// === impl Live ===

impl Live {
    /// The revision that it was built from.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.snapshot.revision
    }

    pub(crate) fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The place of the route of a request.
    pub(crate) fn find(&self, head: &Head<'_>) -> Option<usize> {
        self.snapshot.routes.find(head)
    }

    pub(crate) fn route(&self, place: usize) -> &LiveRoute {
        &self.routes[place]
    }

    /// The upstream of that name.
    pub(crate) fn upstream(&self, name: &str) -> Option<&Arc<LiveUpstream>> {
        self.upstreams.get(name)
    }

    /// All of them.
    pub(crate) fn upstreams(&self) -> impl Iterator<Item = &Arc<LiveUpstream>> {
        self.upstreams.values()
    }

    /// All attachments on routes.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<Link>)> {
        self.links.iter()
    }

    /// The attachment of that name.
    pub(crate) fn link(&self, attachment: &str) -> Option<&Arc<Link>> {
        self.links.get(attachment)
    }

    #[cfg(test)]
    pub(crate) fn same_link(&self, other: &Self, attachment: &str) -> bool {
        Arc::ptr_eq(&self.links[attachment], &other.links[attachment])
    }
}

// === impl LiveBuilder ===

impl LiveBuilder {
    /// A builder that takes plugins from `host` and instruments from `metrics`.
    #[must_use]
    pub fn new(host: Host, metrics: Metrics) -> Self {
        Self { host, metrics, upstreams_built: AtomicU64::new(0) }
    }

    /// Builds what requests are served from. Blocks while plugins are configured, so call it off the runtime.
    ///
    /// Every module that the snapshot names must be loaded.
    /// Plugins and upstreams that are equal in `previous` are taken over from there: their instances and connections stay.
    ///
    /// # Errors
    /// The first attachment that cannot be configured.
    pub fn build(&self, snapshot: Arc<Snapshot>, previous: Option<&Live>) -> Result<Live, BuildError> {
        let links = self.links(&snapshot, previous)?;
        let upstreams = self.upstreams(&snapshot, previous);
        let route = |route: &Arc<CompiledRoute>| {
            let chain = Chain::new(route.chain.iter().map(|attachment| links[&attachment.name].clone()));
            LiveRoute::new(route.clone(), chain, &upstreams, self.metrics.route(&route.name))
        };
        let routes = snapshot.routes.iter().map(route).collect();
        let live = Live { snapshot, routes, upstreams, links };
        let health = live.links.iter().map(|(name, link)| (name.clone(), link.health().clone()));
        self.metrics.health().replace(health);
        self.forget_metrics(&live, previous);
        // Nothing can fail any more: what is built now is what serves.
        for upstream in live.upstreams.values() {
            upstream.gate.configure(upstream.configured.admission.as_ref());
            upstream.balancer.serves();
        }
        Ok(live)
    }

    fn links(&self, snapshot: &Snapshot, previous: Option<&Live>) -> Result<HashMap<Arc<str>, Arc<Link>>, BuildError> {
        let mut links = HashMap::new();
        for attachment in snapshot.routes.iter().flat_map(|route| &route.chain) {
            if !links.contains_key(&attachment.name) {
                links.insert(attachment.name.clone(), self.link(attachment, previous)?);
            }
        }
        Ok(links)
    }

    fn link(&self, attachment: &Arc<ResolvedAttachment>, previous: Option<&Live>) -> Result<Arc<Link>, BuildError> {
        let known = previous.and_then(|live| live.links.get(&attachment.name));
        if let Some(same) = known.filter(|link| link.plugin.attachment() == attachment) {
            return Ok(same.clone());
        }
        let plugin = self.host.configure(attachment);
        let plugin = plugin.map_err(|cause| BuildError { attachment: attachment.name.clone(), cause })?;
        Ok(Arc::new(Link::new(plugin, self.metrics.attachment(&attachment.name))))
    }

    fn upstreams(&self, snapshot: &Snapshot, previous: Option<&Live>) -> HashMap<String, Arc<LiveUpstream>> {
        let upstream = |(name, configured): (&String, &Arc<Upstream>)| {
            let known = previous.and_then(|live| live.upstreams.get(name));
            let same = known.filter(|known| known.configured == *configured).cloned();
            (name.clone(), same.unwrap_or_else(|| Arc::new(self.upstream(configured, known))))
        };
        snapshot.upstreams.iter().map(upstream).collect()
    }

    /// `known` is what the upstream was in the revision before.
    fn upstream(&self, configured: &Arc<Upstream>, known: Option<&Arc<LiveUpstream>>) -> LiveUpstream {
        let timeouts = configured.timeouts;
        let metrics = self.metrics.upstream(&configured.name);
        let gate = known.map_or_else(|| Gate::new(&configured.name, &metrics), |known| known.gate.clone());
        let balancer = Balancer::new(configured, &metrics.targets, known.map(|known| &*known.balancer));
        LiveUpstream {
            id: self.upstreams_built.fetch_add(1, Relaxed),
            connect_timeout: Duration::from_millis(timeouts.connect_ms.into()),
            response_timeout: Duration::from_millis(timeouts.response_ms.into()),
            idle_timeout: Duration::from_millis(timeouts.idle_ms.into()),
            gate,
            retries: Policy::new(configured.retries.as_ref(), balancer.has_choice()),
            balancer,
            metrics,
            configured: configured.clone(),
        }
    }

    /// Drops the series of what is configured neither now nor in the revision that still serves.
    fn forget_metrics(&self, live: &Live, previous: Option<&Live>) {
        let mut in_use = InUse::default();
        for live in previous.into_iter().chain([live]) {
            in_use.routes.extend(live.routes.iter().map(|route| &*route.name));
            in_use.upstreams.extend(live.upstreams.keys().map(String::as_str));
            in_use.attachments.extend(live.links.keys().map(|name| &**name));
        }
        self.metrics.retain(&in_use);
    }
}

// === impl LiveUpstream ===

impl LiveUpstream {
    /// The addresses of its targets, in their order.
    pub(crate) fn addresses(&self) -> impl ExactSizeIterator<Item = &str> {
        self.configured.targets.iter().map(|target| target.address.as_str())
    }

    #[cfg(test)]
    pub(crate) fn for_tests(id: u64, addresses: &[&str]) -> Arc<Self> {
        let targets = addresses.iter().map(|address| gateway_model::Target::new(*address)).collect();
        let mut configured = Upstream::new("tested", targets);
        configured.balancing.algorithm = gateway_model::Algorithm::RoundRobin;
        let metrics = Metrics::new(0).upstream("tested");
        let balancer = Balancer::new(&configured, &metrics.targets, None);
        Arc::new(Self {
            id,
            configured: Arc::new(configured),
            connect_timeout: Duration::from_secs(1),
            response_timeout: Duration::from_secs(1),
            idle_timeout: Duration::from_secs(1),
            gate: Gate::new("tested", &metrics),
            balancer,
            retries: None,
            metrics,
        })
    }
}
