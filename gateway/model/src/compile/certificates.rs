//! Certificates: each readable and for some name, and no name shown by two of them without the operator's knowing.

use std::sync::Arc;

use super::{Compiler, at, basis::Section};
use crate::{
    certificate::{Certificate, CertificateFacts, PrivateKey},
    edit::Kind,
    finding::{Finding, Path},
    snapshot::{CertificateTable, CompiledCertificate},
};

/// The most certificates of a document: all of them are unsealed when the gateway starts.
const MOST: usize = 10_000;

impl Compiler<'_> {
    pub(super) fn certificates(&mut self) -> Section<CertificateTable> {
        let is_same = !self.is_touched(&[Kind::Certificates]);
        self.section(&self.basis.certificates, is_same, Self::make_certificates)
    }

    fn make_certificates(&mut self) -> CertificateTable {
        let count = self.document.certificates.len();
        if count > MOST {
            self.error(Path::new().then(Kind::Certificates), format!("{count} are too many: keep {MOST} at most"));
        }
        let mut sound = Vec::new();
        for (name, certificate) in &self.document.certificates {
            if let Some(facts) = self.certificate_facts(&at(Kind::Certificates, name), certificate) {
                sound.push(CompiledCertificate { configured: certificate.clone(), facts: Arc::new(facts) });
            }
        }
        let (table, shared) = CertificateTable::new(sound);
        let name = |place: usize| table.all()[place].configured.name.as_str();
        for shared in shared {
            let message = format!(
                "{:?} is a name of certificate {:?}, too, which ends later and is shown for it: delete what is not needed",
                shared.name,
                name(shared.shown)
            );
            let place = at(Kind::Certificates, name(shared.hidden)).then("certificate");
            self.findings.push(Finding::warning(place, message));
        }
        self.one_default();
        table
    }

    fn certificate_facts(&mut self, path: &Path, certificate: &Certificate) -> Option<CertificateFacts> {
        if certificate.private_key.sealed().is_none() {
            self.error(path.then("privateKey"), "the key is not sealed: set it over the admin API or `sluice config`");
        }
        if certificate.private_key.expose().len() > PrivateKey::LONGEST {
            self.error(path.then("privateKey"), format!("it is too long: give at most {} bytes", PrivateKey::LONGEST));
        }
        let place = path.then("certificate");
        let facts = match CertificateFacts::read(&certificate.certificate) {
            Ok(facts) => facts,
            Err(error) => {
                self.error(place, error.to_string());
                return None;
            }
        };
        let is_default_by_address = certificate.default && !facts.addresses.is_empty();
        if facts.names.is_empty() && !is_default_by_address {
            let remedy =
                "it has no host name among its alternative names, so no client would ask for it: give one with names";
            self.error(place, remedy);
        }
        Some(facts)
    }

    fn one_default(&mut self) {
        let mut defaults = self.document.certificates.values().filter(|it| it.default);
        let Some(first) = defaults.next() else { return };
        for second in defaults {
            let message = format!("{:?} is the default already: one certificate can be", first.name);
            self.findings.push(Finding::error(at(Kind::Certificates, &second.name).then("default"), message));
        }
    }
}
