//! What a compilation leaves to the next one.

use std::sync::Arc;

use imbl::OrdMap;

use super::{Compiler, plans::Plans, plugins::Chains};
use crate::{
    document::Document,
    finding::Finding,
    snapshot::{CertificateTable, ClientRules, Credentials, Identities, RouteTable},
};

/// A document that was compiled, and what has come of its parts. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    pub(super) document: Document,
    pub(super) upstreams: Told,
    pub(super) chains: Section<Chains>,
    pub(super) routes: RouteTable,
    pub(super) told_of_routes: Told,
    pub(super) plans: Section<Plans>,
    pub(super) identities: Section<Identities>,
    pub(super) credentials: Section<Credentials>,
    pub(super) certificates: Section<CertificateTable>,
    pub(super) client_rules: Arc<ClientRules>,
}

/// What there is to tell of resources, by their names; most are not there.
pub(super) type Told = OrdMap<String, Arc<[Finding]>>;

/// What has come of a part of a document.
#[derive(Debug)]
pub(super) struct Section<T> {
    pub(super) value: Arc<T>,
    findings: Arc<[Finding]>,
}

impl Compiler<'_> {
    /// What has come of a part that is as it was, or what comes of it now.
    pub(super) fn section<T>(
        &mut self,
        known: &Section<T>,
        is_same: bool,
        make: impl FnOnce(&mut Self) -> T,
    ) -> Section<T> {
        if is_same {
            self.findings.extend_from_slice(&known.findings);
            return known.clone();
        }
        let before = self.findings.len();
        let value = Arc::new(make(self));
        Section { value, findings: self.findings[before..].into() }
    }

    /// Has one resource of many looked at by itself, and takes down what there is to tell of it.
    pub(super) fn alone<T>(&mut self, told: &mut Told, name: &str, look: impl FnOnce(&mut Self) -> T) -> T {
        let others = std::mem::take(&mut self.findings);
        let result = look(self);
        let findings = std::mem::replace(&mut self.findings, others);
        match findings.is_empty() {
            true => told.remove(name),
            false => told.insert(name.to_owned(), findings.into()),
        };
        result
    }

    /// Tells what there is to tell of resources that were each looked at alone, in the order of their names.
    pub(super) fn tell(&mut self, told: &Told) {
        self.findings.extend(told.values().flat_map(|findings| findings.iter().cloned()));
    }
}

impl<T> Clone for Section<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), findings: self.findings.clone() }
    }
}

impl<T: Default> Default for Section<T> {
    fn default() -> Self {
        Self { value: Arc::default(), findings: Arc::from([]) }
    }
}
