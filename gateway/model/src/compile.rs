//! Document → snapshot, or every reason why not.

mod admission;
mod credentials;
mod plans;
mod plugins;
mod routes;
mod upstreams;

use gateway_algorithms::caching::Purges;

use crate::{
    document::Document,
    edit::Kind,
    finding::{Finding, Path, Severity},
    name::check_name,
    nearest::nearest,
    plugin::Catalog,
    snapshot::Snapshot,
};

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

#[cfg(test)]
mod tests;
