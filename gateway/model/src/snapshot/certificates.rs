//! Which certificate is shown for the name that a client asks for.

use std::{collections::HashMap, sync::Arc};

use crate::certificate::{Certificate, CertificateFacts};

/// All certificates, by what they are for.
#[derive(Debug, Default)]
pub struct CertificateTable {
    certificates: Vec<CompiledCertificate>,
    exact: HashMap<Box<str>, usize>,
    /// By what follows `*.`.
    wildcards: HashMap<Box<str>, usize>,
    default: Option<usize>,
}

/// A certificate and what can be read off it.
#[derive(Clone, Debug)]
pub struct CompiledCertificate {
    pub configured: Arc<Certificate>,
    pub facts: Arc<CertificateFacts>,
}

/// A name that two certificates have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    pub(crate) name: String,
    /// The places of the one that is shown for it, and of the other one.
    pub(crate) shown: usize,
    pub(crate) hidden: usize,
}

impl CertificateTable {
    /// Certificates in the order of their names, and the names that several of them have: of those the one that ends last is
    /// shown, so that a renewed certificate takes over from the one before.
    pub(crate) fn new(certificates: Vec<CompiledCertificate>) -> (Self, Vec<Shared>) {
        let mut table = Self { certificates, ..Default::default() };
        let mut shared = Vec::new();
        for (place, certificate) in table.certificates.iter().enumerate() {
            for name in &certificate.facts.names {
                let (names, key) = match name.strip_prefix("*.") {
                    Some(above) => (&mut table.wildcards, above),
                    None => (&mut table.exact, name.as_str()),
                };
                match names.get_mut(key) {
                    None => drop(names.insert(key.into(), place)),
                    // A certificate may have a name twice.
                    Some(known) if *known == place => {}
                    Some(known) => {
                        let ends = |place: usize| table.certificates[place].facts.not_after_ms;
                        let (shown, hidden) =
                            if ends(place) > ends(*known) { (place, *known) } else { (*known, place) };
                        *known = shown;
                        shared.push(Shared { name: name.clone(), shown, hidden });
                    }
                }
            }
            if certificate.configured.default && table.default.is_none() {
                table.default = Some(place);
            }
        }
        (table, shared)
    }

    /// The place of the certificate that has this very name, which is in lower case.
    #[must_use]
    pub fn exact(&self, name: &str) -> Option<usize> {
        self.exact.get(name).copied()
    }

    /// The place of the certificate that has a wildcard for this name.
    #[must_use]
    pub fn wildcard(&self, name: &str) -> Option<usize> {
        let (_, above) = name.split_once('.').filter(|(label, _)| !label.is_empty())?;
        self.wildcards.get(above).copied()
    }

    /// The place of the certificate for everything else.
    #[must_use]
    pub fn fallback(&self) -> Option<usize> {
        self.default
    }

    /// All certificates, each at its place.
    #[must_use]
    pub fn all(&self) -> &[CompiledCertificate] {
        &self.certificates
    }
}
