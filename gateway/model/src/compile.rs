//! Document → snapshot, or every reason why not.
//!
//! A document is compiled on the basis of the one before it, the empty one at first: what rests on nothing that has changed is
//! taken over. Routes and upstreams are told apart one by one, for there are many of them; of each other kind all or nothing is
//! compiled anew.

mod admission;
mod basis;
mod certificates;
mod clients;
mod credentials;
mod plans;
mod plugins;
mod routes;
mod upstreams;

use std::collections::BTreeSet;

use gateway_algorithms::caching::Purges;

pub use self::basis::Basis;
use crate::{
    document::Document,
    edit::{Edit, Kind},
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
    /// On which the next document can be compiled.
    pub basis: Basis,
}

/// Compiles a document.
///
/// # Errors
/// All findings, warnings among them, in the order of the document; at least one is an error.
pub fn compile(document: &Document, revision: u64, catalog: &dyn Catalog) -> Result<Compiled, Vec<Finding>> {
    compile_on(&Basis::default(), document, revision, catalog)
}

/// Compiles a document of which much is as it was in another one, with the same result as [`compile`] in less time.
///
/// The catalog still has to know, and to judge as before, all that the other document names.
///
/// # Errors
/// As [`compile`].
pub fn compile_on(
    basis: &Basis,
    document: &Document,
    revision: u64,
    catalog: &dyn Catalog,
) -> Result<Compiled, Vec<Finding>> {
    let edits = basis.document.diff(document);
    let mut compiler = Compiler { basis, document, edits: &edits, catalog, findings: Vec::new() };
    let (basis, snapshot) = compiler.snapshot(revision);
    let findings = compiler.findings;
    match findings.iter().any(|finding| finding.severity == Severity::Error) {
        true => Err(findings),
        false => Ok(Compiled { snapshot, warnings: findings, basis }),
    }
}

/// Walks the document; a resource that is not sound leaves a finding and is left out of the snapshot.
struct Compiler<'a> {
    basis: &'a Basis,
    document: &'a Document,
    /// What leads from the basis to the document.
    edits: &'a [Edit],
    catalog: &'a dyn Catalog,
    findings: Vec<Finding>,
}

impl<'a> Compiler<'a> {
    fn snapshot(&mut self, revision: u64) -> (Basis, Snapshot) {
        self.names();
        let upstreams = self.upstreams();
        let chains = self.chains();
        let (routes, told_of_routes) = self.routes(&chains);
        let plans = self.plans();
        let identities = self.identities(&plans);
        let credentials = self.credentials(&identities);
        let certificates = self.certificates();
        let client_rules = self.client_rules(&routes);
        let snapshot = Snapshot {
            revision,
            routes: routes.clone(),
            upstreams: self.document.upstreams.clone(),
            attachments: chains.value.attachments.clone(),
            identities: identities.value.clone(),
            credentials: credentials.value.clone(),
            certificates: certificates.value.clone(),
            client_rules: client_rules.clone(),
            purges: Purges::default(),
        };
        let basis = Basis {
            document: self.document.clone(),
            upstreams,
            chains,
            routes,
            told_of_routes,
            plans,
            identities,
            credentials,
            certificates,
            client_rules,
        };
        (basis, snapshot)
    }

    fn names(&mut self) {
        for edit in self.edits {
            if let Edit::Put(resource) = edit {
                let path = at(resource.kind(), resource.name()).then("name");
                self.findings.extend(check_name(resource.name(), &path).err());
            }
        }
    }

    // === what has changed ===

    /// The names of those that have come, gone or changed.
    fn touched(&self, kind: Kind) -> BTreeSet<&'a str> {
        self.edits.iter().filter(|edit| edit.kind() == kind).map(Edit::name).collect()
    }

    fn is_touched(&self, kinds: &[Kind]) -> bool {
        self.edits.iter().any(|edit| kinds.contains(&edit.kind()))
    }

    /// Whether a name of one of these kinds may lead nowhere that has led somewhere.
    fn has_lost(&self, kinds: &[Kind]) -> bool {
        self.edits.iter().any(|edit| matches!(edit, Edit::Delete { kind, .. } if kinds.contains(kind)))
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
