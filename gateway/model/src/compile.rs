//! Document → snapshot, or every reason why not.

mod admission;
mod credentials;
mod plans;
mod plugins;
mod routes;

use std::{collections::BTreeMap, sync::Arc};

use gateway_algorithms::caching::Purges;

use crate::{
    document::Document,
    edit::Kind,
    finding::{Finding, Path, Severity},
    name::check_name,
    nearest::nearest,
    plugin::Catalog,
    snapshot::Snapshot,
    upstream::Upstream,
};

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
        let plans = self.plans();
        let identities = self.identities(&plans);
        let credentials = self.credentials(&identities);
        Snapshot { revision, routes, upstreams, identities, credentials, purges: Purges::default() }
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
        if let Some(admission) = &upstream.admission {
            self.admission(&path.then("admission"), admission);
        }
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

pub(crate) fn is_ipv6_literal(host: &str) -> bool {
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    inner.is_some_and(|inner| inner.parse::<std::net::Ipv6Addr>().is_ok())
}

fn is_address(address: &str) -> bool {
    let Some((host, port)) = address.rsplit_once(':') else { return false };
    is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests;
