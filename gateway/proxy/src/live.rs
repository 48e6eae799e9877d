//! What requests are served from: a snapshot with its plugins configured and its metrics at hand.

mod route;
mod serving;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use gateway_host::{ConfigureError, Host};
use gateway_model::{Authorities, CircuitBreaker, CompiledRoute, Head, Named, ResolvedAttachment, Snapshot, Upstream};
use gateway_telemetry::{InUse, Metrics, UpstreamMetrics};
use imbl::{OrdMap, ordmap::DiffItem};

pub(crate) use self::{
    route::{ClientRule, LiveRoute},
    serving::{Current, Serving},
};
use crate::{
    admission::Gate,
    balance::Balancer,
    chain::{Chain, Link},
    circuit::UpstreamCircuit,
    pool::Transport,
    tls::{KeyOpener, LiveCertificates, Shown, Termination, Verifier},
    upstream::Policy,
};

/// A snapshot, ready to serve. Built by [`LiveBuilder`], swapped in whole, shared by all workers.
pub struct Live {
    snapshot: Arc<Snapshot>,
    /// Each at its place in the snapshot.
    routes: Vec<Option<Arc<LiveRoute>>>,
    upstreams: Upstreams,
    links: HashMap<Arc<str>, Arc<Link>>,
    certificates: LiveCertificates,
}

/// Upstreams by name.
type Upstreams = OrdMap<String, Arc<LiveUpstream>>;

/// An upstream with its timeouts and metrics.
pub(crate) struct LiveUpstream {
    /// Never given to another upstream of this process.
    pub(crate) id: u64,
    pub(crate) configured: Arc<Upstream>,
    pub(crate) connect_timeout: Duration,
    pub(crate) response_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    /// None for as long as the response goes on.
    pub(crate) total_timeout: Option<Duration>,
    /// That of the upstream's name, in all revisions.
    pub(crate) gate: Arc<Gate>,
    pub(crate) balancer: Arc<Balancer>,
    /// How its targets are spoken to; the same as before as long as that is configured alike.
    pub(crate) transport: Arc<Transport>,
    /// None where nothing is sent again.
    pub(crate) retries: Option<Policy>,
    /// None where requests are sent however many of them fail.
    pub(crate) circuit: Option<Arc<UpstreamCircuit>>,
    pub(crate) metrics: UpstreamMetrics,
}

/// Builds [`Live`]s; one for the process.
pub struct LiveBuilder {
    host: Host,
    metrics: Metrics,
    upstreams_built: AtomicU64,
    /// Whether something that served before the last build does not serve any more.
    has_lost: AtomicBool,
    keys: KeyOpener,
    /// What the TLS listener serves with, where there is one.
    termination: Option<Arc<Termination>>,
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

    /// The route at a place that was [found](Self::find).
    pub(crate) fn route(&self, place: usize) -> &LiveRoute {
        self.routes[place].as_ref().expect("there is a route where one was found")
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

    /// The certificate that is shown to who asks for this name, in lower case; `of_settings` has its say among them.
    pub(crate) fn shown<'a>(
        &'a self,
        of_settings: Option<&'a Arc<Shown>>,
        name: Option<&str>,
    ) -> Option<&'a Arc<Shown>> {
        self.certificates.choose(&self.snapshot.certificates, of_settings, name)
    }

    fn verifiers(&self) -> HashMap<Arc<Authorities>, Arc<Verifier>> {
        let used = self.routes.iter().flatten().filter_map(|route| route.clients.as_ref()?.verifier.as_ref());
        used.map(|verifier| (verifier.authorities().clone(), verifier.clone())).collect()
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
        let keys: KeyOpener = Arc::new(|_| Err("this gateway opens no private keys".to_owned()));
        let (upstreams_built, has_lost) = (AtomicU64::new(0), AtomicBool::new(false));
        Self { host, metrics, upstreams_built, has_lost, keys, termination: None }
    }

    /// The same, which shows certificates on the TLS listener that serves with `termination`; `keys` opens their keys.
    #[must_use]
    pub fn with_tls(self, termination: Option<Arc<Termination>>, keys: KeyOpener) -> Self {
        Self { keys, termination, ..self }
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
        let (upstreams, new) = self.upstreams(&snapshot, previous);
        let routes = self.routes(&snapshot, previous, &links, &upstreams);
        let known = previous.map(|live| (&*live.snapshot, &live.certificates));
        let certificates = LiveCertificates::new(&snapshot, known, &self.keys);
        let live = Live { snapshot, routes, upstreams, links, certificates };
        let health = live.links.iter().map(|(name, link)| (name.clone(), link.health().clone()));
        self.metrics.health().replace(health);
        self.forget_metrics(&live, previous);
        // Nothing can fail any more: what is built now is what serves.
        self.tell_certificates(&live);
        if let Some(termination) = &self.termination {
            termination.prepare(&live.snapshot.client_rules, previous.map(|live| &*live.snapshot.client_rules));
        }
        for upstream in new {
            upstream.gate.configure(upstream.configured.admission.as_ref());
            upstream.balancer.serves();
        }
        Ok(live)
    }

    /// A route that is the same value as before rests on nothing that is another.
    fn routes(
        &self,
        snapshot: &Snapshot,
        previous: Option<&Live>,
        links: &HashMap<Arc<str>, Arc<Link>>,
        upstreams: &Upstreams,
    ) -> Vec<Option<Arc<LiveRoute>>> {
        let known = |place: usize, route: &Arc<CompiledRoute>| {
            let live = previous?;
            let same = live.snapshot.routes.get(place).is_some_and(|known| Arc::ptr_eq(known, route));
            live.routes.get(place)?.clone().filter(|_| same)
        };
        let mut verifiers = None;
        let mut build = |route: &Arc<CompiledRoute>| {
            let chain = Chain::new(route.chain.iter().map(|attachment| links[&attachment.name].clone()));
            let clients = route.client_certificate.as_ref().map(|rule| {
                let verifiers = verifiers.get_or_insert_with(|| previous.map(Live::verifiers).unwrap_or_default());
                ClientRule { required: rule.required, verifier: verifier(verifiers, &rule.authorities) }
            });
            Arc::new(LiveRoute::new(route.clone(), chain, upstreams, self.metrics.route(&route.name), clients))
        };
        let places = snapshot.routes.places().iter().enumerate();
        places
            .map(|(place, route)| route.as_ref().map(|route| known(place, route).unwrap_or_else(|| build(route))))
            .collect()
    }

    fn links(&self, snapshot: &Snapshot, previous: Option<&Live>) -> Result<HashMap<Arc<str>, Arc<Link>>, BuildError> {
        let links = snapshot.attachments.iter();
        links.map(|(name, attachment)| Ok((name.clone(), self.link(attachment, previous)?))).collect()
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

    /// All of them, and those that are new or configured anew.
    fn upstreams(&self, snapshot: &Snapshot, previous: Option<&Live>) -> (Upstreams, Vec<Arc<LiveUpstream>>) {
        let none = Named::new();
        let (mut upstreams, before) = match previous {
            Some(live) => (live.upstreams.clone(), &live.snapshot.upstreams),
            None => (Upstreams::new(), &none),
        };
        let mut new = Vec::new();
        for change in before.diff(&snapshot.upstreams) {
            match change {
                DiffItem::Add(name, configured) | DiffItem::Update { new: (name, configured), .. } => {
                    let upstream = Arc::new(self.upstream(configured, upstreams.get(name)));
                    upstreams.insert(name.clone(), upstream.clone());
                    new.push(upstream);
                }
                DiffItem::Remove(name, _) => drop(upstreams.remove(name)),
            }
        }
        (upstreams, new)
    }

    /// `known` is what the upstream was in the revision before.
    fn upstream(&self, configured: &Arc<Upstream>, known: Option<&Arc<LiveUpstream>>) -> LiveUpstream {
        let timeouts = configured.timeouts;
        let metrics = self.metrics.upstream(&configured.name);
        let gate = known.map_or_else(|| Gate::new(&configured.name, &metrics), |known| known.gate.clone());
        let balancer = Balancer::new(configured, &metrics.targets, known.map(|known| &*known.balancer));
        let before = known.map(|known| (&*known.configured, &known.transport));
        LiveUpstream {
            id: self.upstreams_built.fetch_add(1, Relaxed),
            connect_timeout: Duration::from_millis(timeouts.connect_ms.into()),
            response_timeout: Duration::from_millis(timeouts.response_ms.into()),
            idle_timeout: Duration::from_millis(timeouts.idle_ms.into()),
            total_timeout: timeouts.total_ms.map(|millis| Duration::from_millis(millis.into())),
            transport: Transport::of(configured, before, &|name| self.host.secret(name)),
            gate,
            retries: Policy::new(configured.retries.as_ref(), balancer.has_choice()),
            balancer,
            circuit: circuit(configured, known, &metrics),
            metrics,
            configured: configured.clone(),
        }
    }

    fn tell_certificates(&self, live: &Live) {
        let all = live.snapshot.certificates.all().iter();
        let ends = all.map(|it| (it.configured.name.as_str(), it.facts.not_after_ms));
        self.metrics.certificates().configured(ends, live.certificates.unusable());
    }

    /// Drops the series of what is configured neither now nor in the revision that still serves.
    fn forget_metrics(&self, live: &Live, previous: Option<&Live>) {
        let gone = previous.is_some_and(|previous| has_lost(previous, live));
        // What goes now still serves until the next change.
        if !(self.has_lost.swap(gone, Relaxed) || gone) {
            return;
        }
        let mut in_use = InUse::default();
        for live in previous.into_iter().chain([live]) {
            in_use.routes.extend(live.routes.iter().flatten().map(|route| &*route.name));
            in_use.upstreams.extend(live.upstreams.keys().map(String::as_str));
            in_use.attachments.extend(live.links.keys().map(|name| &**name));
        }
        self.metrics.retain(&in_use);
    }
}

/// Whether something of the one is nowhere in the other.
fn has_lost(before: &Live, after: &Live) -> bool {
    let routes = || before.routes.iter().zip(after.routes.iter().map(Some).chain(std::iter::repeat(None)));
    routes().any(|(before, after)| match (before, after.and_then(Option::as_ref)) {
        (Some(before), Some(after)) => !Arc::ptr_eq(before, after) && before.name != after.name,
        (before, _) => before.is_some(),
    }) || before.upstreams.keys().any(|name| !after.upstreams.contains_key(name))
        || before.links.keys().any(|name| !after.links.contains_key(name))
}

/// The verifier for these authorities: one for all routes that name the same, in this revision and the one before.
fn verifier(
    known: &mut HashMap<Arc<Authorities>, Arc<Verifier>>,
    authorities: &Arc<Authorities>,
) -> Option<Arc<Verifier>> {
    if let Some(verifier) = known.get(authorities) {
        return Some(verifier.clone());
    }
    match Verifier::new(authorities.clone()) {
        Ok(verifier) => Some(known.entry(authorities.clone()).or_insert(Arc::new(verifier)).clone()),
        Err(error) => {
            tracing::error!(%error, "authorities that a route names cannot be used");
            None
        }
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
            total_timeout: None,
            transport: Transport::cleartext(),
            gate: Gate::new("tested", &metrics),
            balancer,
            retries: None,
            circuit: None,
            metrics,
        })
    }
}

/// The circuit in front of an upstream: that of the revision before if it goes by the same rules, as it stands.
fn circuit(
    configured: &Upstream,
    known: Option<&Arc<LiveUpstream>>,
    metrics: &UpstreamMetrics,
) -> Option<Arc<UpstreamCircuit>> {
    let before = known.and_then(|known| known.circuit.as_ref());
    let rules = configured.circuit_breaker.map(CircuitBreaker::rules);
    if let Some(same) = before.filter(|circuit| Some(circuit.rules) == rules) {
        return Some(same.clone());
    }
    if let Some(before) = before {
        before.retires();
    }
    metrics.circuit().closes();
    rules.map(|rules| UpstreamCircuit::new(&configured.name, rules, metrics))
}
