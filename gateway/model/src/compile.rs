//! Document → snapshot, or every reason why not.

mod credentials;
mod plugins;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use gateway_algorithms::limit;

use crate::{
    consumer::Consumer,
    document::{Document, Named},
    edit::Kind,
    finding::{Finding, Path, Severity},
    name::check_name,
    nearest::nearest,
    plan::{Throttle, UsagePlan},
    plugin::Catalog,
    route::Route,
    snapshot::{CompiledRoute, Identity, RouteTable, Snapshot},
    upstream::Upstream,
};

use plugins::Chains;

/// The longest time that an upstream may be waited for, in milliseconds: an hour.
const LONGEST_TIMEOUT_MS: u32 = 3_600_000;

/// A snapshot and what the operator should know about it.
#[derive(Debug)]
pub struct Compiled {
    pub snapshot: Snapshot,
    pub warnings: Vec<Finding>,
}

/// Compiles a document.
///
/// # Errors
/// All findings, warnings among them, in the order of the document; at least one is an error.
pub fn compile(document: &Document, revision: u64, catalog: &dyn Catalog) -> Result<Compiled, Vec<Finding>> {
    let mut compiler = Compiler { document, catalog, findings: Vec::new() };
    let snapshot = compiler.snapshot(revision);
    let findings = compiler.findings;
    match findings.iter().any(|finding| finding.severity == Severity::Error) {
        true => Err(findings),
        false => Ok(Compiled { snapshot, warnings: findings }),
    }
}

/// Walks the document; a resource that is not sound leaves a finding and is left out of the snapshot.
struct Compiler<'a> {
    document: &'a Document,
    catalog: &'a dyn Catalog,
    findings: Vec<Finding>,
}

impl<'a> Compiler<'a> {
    fn snapshot(&mut self, revision: u64) -> Snapshot {
        self.names();
        let upstreams = self.upstreams();
        let chains = self.chains();
        let routes = self.routes(&upstreams, &chains);
        let throttles = self.throttles();
        let identities = self.identities(&throttles);
        let credentials = self.credentials(&identities);
        Snapshot { revision, routes, upstreams, identities, credentials }
    }

    fn names(&mut self) {
        for kind in Kind::ALL {
            for name in self.document.names(kind) {
                let found = check_name(name, &Path::new().then(kind).then(name).then("name"));
                self.findings.extend(found.err());
            }
        }
    }

    // === upstreams ===

    fn upstreams(&mut self) -> BTreeMap<String, Arc<Upstream>> {
        for (name, upstream) in &self.document.upstreams {
            self.upstream(&at(Kind::Upstreams, name), upstream);
        }
        self.document.upstreams.clone()
    }

    fn upstream(&mut self, path: &Path, upstream: &Upstream) {
        if upstream.targets.is_empty() {
            self.error(path.then("targets"), "an upstream needs at least one target");
        }
        for (index, target) in upstream.targets.iter().enumerate() {
            if !is_address(&target.address) {
                let message = format!("{:?} is no address: use host:port, such as 127.0.0.1:8000", target.address);
                self.error(path.then("targets").then(index).then("address"), message);
            }
        }
        let timeouts = &upstream.timeouts;
        let named =
            [("connectMs", timeouts.connect_ms), ("responseMs", timeouts.response_ms), ("idleMs", timeouts.idle_ms)];
        for (field, value) in named {
            if !(1..=LONGEST_TIMEOUT_MS).contains(&value) {
                let message = format!("{value} is no timeout: use 1 to {LONGEST_TIMEOUT_MS} milliseconds");
                self.error(path.then("timeouts").then(field), message);
            }
        }
    }

    // === routes ===

    fn routes(&mut self, upstreams: &Named<Upstream>, chains: &Chains) -> RouteTable {
        let mut table = RouteTable::default();
        for (name, route) in &self.document.routes {
            let path = at(Kind::Routes, name);
            self.route(&path, route);
            let Some(upstream) = upstreams.get(&route.upstream) else {
                self.dangling(path.then("upstream"), Kind::Upstreams, &route.upstream);
                continue;
            };
            let compiled =
                CompiledRoute { name: name.as_str().into(), upstream: upstream.clone(), chain: chains.of_route(name) };
            let hosts: Vec<String> = route.hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
            if let Err(other) = table.insert(&hosts, &route.path_prefix, Arc::new(compiled)) {
                let message =
                    format!("the same host and path belong to route {:?} already: change one of them", other.name);
                self.error(path.then("pathPrefix"), message);
            }
        }
        table
    }

    fn route(&mut self, path: &Path, route: &Route) {
        for (index, host) in route.hosts.iter().enumerate() {
            if !is_host(host) {
                let message =
                    format!("{host:?} is no host name: use one such as api.example.com, without scheme or port");
                self.error(path.then("hosts").then(index), message);
            }
        }
        if !is_path_prefix(&route.path_prefix) {
            let message = format!(
                "{:?} is no path prefix: begin with '/', without '?', '#', spaces, '//' or dot segments",
                route.path_prefix
            );
            self.error(path.then("pathPrefix"), message);
        }
    }

    // === consumers ===

    fn throttles(&mut self) -> BTreeMap<&'a str, limit::Quota> {
        let document = self.document;
        let mut throttles = BTreeMap::new();
        for (name, plan) in &document.usage_plans {
            let path = at(Kind::UsagePlans, name);
            self.quota(&path, plan);
            if let Some(quota) = plan.throttle.and_then(|throttle| self.throttle(&path.then("throttle"), throttle)) {
                throttles.insert(name.as_str(), quota);
            }
        }
        throttles
    }

    fn throttle(&mut self, path: &Path, throttle: Throttle) -> Option<limit::Quota> {
        match limit::Quota::new(throttle.rate_limit, throttle.burst_limit) {
            Ok(quota) => Some(quota),
            Err(error) => {
                let field = match error {
                    limit::QuotaError::Rate(_) => "rateLimit",
                    limit::QuotaError::Burst => "burstLimit",
                };
                self.error(path.then(field), error.to_string());
                // One field hides the other: check the second by itself, so that both are told at once.
                if field == "rateLimit" && throttle.burst_limit == 0 {
                    self.error(path.then("burstLimit"), limit::QuotaError::Burst.to_string());
                }
                None
            }
        }
    }

    fn quota(&mut self, path: &Path, plan: &UsagePlan) {
        let Some(quota) = plan.quota else { return };
        let place = path.then("quota");
        match quota.limit {
            0 => self.error(place.then("limit"), "a quota of 0 admits no request: give at least 1"),
            _ => self
                .findings
                .push(Finding::warning(place, "quotas are recorded but not enforced yet: only throttle acts")),
        }
    }

    fn identities(&mut self, throttles: &BTreeMap<&str, limit::Quota>) -> HashMap<Arc<str>, Arc<Identity>> {
        let mut identities = HashMap::with_capacity(self.document.consumers.len());
        for (name, consumer) in &self.document.consumers {
            if let Some(plan) = consumer.usage_plan.as_ref().filter(|p| !self.document.usage_plans.contains_key(*p)) {
                self.dangling(at(Kind::Consumers, name).then("usagePlan"), Kind::UsagePlans, plan);
            }
            let identity = Arc::new(identity(consumer, throttles));
            identities.insert(identity.consumer.clone(), identity);
        }
        identities
    }

    // === findings ===

    fn error(&mut self, path: Path, message: impl Into<String>) {
        self.findings.push(Finding::error(path, message));
    }

    fn dangling(&mut self, path: Path, kind: Kind, name: &str) {
        let known = self.document.names(kind);
        let message = match nearest(name, &known) {
            Some(near) => format!("there is no {name:?} among {kind}: did you mean {near:?}?"),
            None => format!("there is no {name:?} among {kind}: create it first, or in the same change"),
        };
        self.error(path, message);
    }
}

fn identity(consumer: &Consumer, throttles: &BTreeMap<&str, limit::Quota>) -> Identity {
    let throttle = consumer.usage_plan.as_deref().and_then(|plan| throttles.get_key_value(plan));
    Identity {
        consumer: consumer.name.as_str().into(),
        groups: consumer.groups.iter().map(|group| group.as_str().into()).collect(),
        throttle: throttle.map(|(plan, quota)| ((*plan).into(), *quota)),
    }
}

fn at(kind: Kind, name: &str) -> Path {
    Path::new().then(kind).then(name)
}

fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let edges = !label.starts_with('-') && !label.ends_with('-');
        !label.is_empty()
            && label.len() <= 63
            && edges
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    host.len() <= 253 && host.split('.').all(label) || is_ipv6_literal(host)
}

fn is_ipv6_literal(host: &str) -> bool {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inner.is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok())
}

fn is_address(address: &str) -> bool {
    let Some((host, port)) = address.rsplit_once(':') else { return false };
    is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_path_prefix(prefix: &str) -> bool {
    let clean = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '?' | '#' | '\\' | '"' | '<' | '>' | '{' | '}' | '|' | '^' | '`')
    };
    let dots = |segment: &str| matches!(segment, "." | "..");
    prefix.starts_with('/') && prefix.chars().all(clean) && !prefix.contains("//") && !prefix.split('/').any(dots)
}

#[cfg(test)]
mod tests;
