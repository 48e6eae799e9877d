//! Certificates on their way into the document: keys are sealed before anything else sees them, and tried.

use std::sync::Arc;

use gateway_model::{
    Certificate, CertificateFacts, CertificateTable, Code, CompiledCertificate, Document, Edit, Finding, Kind, Path,
    PrivateKey, Resource,
};
use jiff::Timestamp;

use crate::vault::{self, PrivateKeyError, Vault};

/// For how many days before its end a certificate is warned of.
pub const WARNING_DAYS: i64 = 30;

/// Seals the keys that come in PEM; everything else stays as it is.
///
/// # Errors
/// Keys that cannot be sealed, for they belong to no certificate or to another one. None of them is quoted.
pub(crate) fn sealed(vault: Option<&Vault>, before: &Document, edits: Vec<Edit>) -> Result<Vec<Edit>, Vec<Finding>> {
    let mut findings = Vec::new();
    let seal = |edit: Edit| match edit {
        Edit::Put(Resource::Certificate(certificate)) if certificate.private_key.sealed().is_none() => {
            let known = before.certificates.get(&certificate.name);
            match seal(vault, known, &certificate) {
                Ok(private_key) => {
                    let certificate = Certificate { private_key, ..Certificate::clone(&certificate) };
                    Edit::Put(Resource::Certificate(Arc::new(certificate)))
                }
                Err(finding) => {
                    findings.push(finding);
                    Edit::Put(Resource::Certificate(certificate))
                }
            }
        }
        edit => edit,
    };
    let edits = edits.into_iter().map(seal).collect();
    match findings.is_empty() {
        true => Ok(edits),
        false => Err(findings),
    }
}

fn seal(
    vault: Option<&Vault>,
    known: Option<&Arc<Certificate>>,
    certificate: &Certificate,
) -> Result<PrivateKey, Finding> {
    let path = Path::new().then(Kind::Certificates).then(&certificate.name);
    let at = |field: &str| path.then(field);
    let vault = vault.ok_or_else(|| Finding::error(at("privateKey"), "this gateway keeps no private keys"))?;
    let text = certificate.private_key.expose();
    if text.len() > PrivateKey::LONGEST {
        let message = format!("it is too long: give at most {} bytes", PrivateKey::LONGEST);
        return Err(Finding::error(at("privateKey"), message));
    }
    let facts = CertificateFacts::read(&certificate.certificate);
    let facts = facts.map_err(|error| Finding::error(at("certificate"), error.to_string()))?;
    let key = vault::from_pem(text).and_then(|key| vault::certified(&key, &facts).map(|_| key));
    let key = key.map_err(|error| finding(&path, &error))?;
    // The same key once more is no change, unless it was sealed by an earlier line of the file of keys.
    let same = known.filter(|known| vault.open_current(&known.private_key, &facts).is_ok_and(|known| known == key));
    Ok(same.map_or_else(|| vault.seal(&key, &facts), |known| known.private_key.clone()))
}

/// What is wrong with the keys of certificates that are new or different.
pub(crate) fn unusable(vault: Option<&Vault>, before: &Document, after: &Document) -> Vec<Finding> {
    let is_new = |certificate: &&Arc<Certificate>| before.certificates.get(&certificate.name) != Some(*certificate);
    let tried = |certificate: &Arc<Certificate>| {
        let path = Path::new().then(Kind::Certificates).then(&certificate.name);
        // What cannot be read is found by compiling.
        let facts = CertificateFacts::read(&certificate.certificate).ok()?;
        let vault = vault?;
        vault.certified(&certificate.private_key, &facts).err().map(|error| finding(&path, &error))
    };
    after.certificates.values().filter(is_new).filter_map(tried).collect()
}

fn finding(certificate: &Path, error: &PrivateKeyError) -> Finding {
    let field = if matches!(error, PrivateKeyError::Certificate(_)) { "certificate" } else { "privateKey" };
    Finding::error(certificate.then(field), error.to_string())
}

/// What is wrong with the authorities of routes that are new or different, beyond what compiling can tell.
pub(crate) fn untrustworthy(before: &Document, after: &Document) -> Vec<Finding> {
    let changed = after.routes.values().filter(|route| before.routes.get(&route.name) != Some(*route));
    let asking = changed.filter_map(|route| Some((route, route.client_certificate.as_ref()?)));
    let tried = asking.filter_map(|(route, rule)| {
        let ders = gateway_model::certificates(&rule.authorities).ok()?;
        let mut roots = rustls::RootCertStore::empty();
        let error = ders.into_iter().find_map(|der| roots.add(der.into()).err())?;
        let path = Path::new().then(Kind::Routes).then(&route.name).then("clientCertificate").then("authorities");
        Some(Finding::error(path, format!("the authorities cannot be trusted: {error}")))
    });
    tried.collect()
}

/// Which certificates are over, or will be soon.
pub(crate) fn expiring(certificates: &CertificateTable, now: Timestamp) -> Vec<Finding> {
    let about = |certificate: &CompiledCertificate| {
        let message = remark(certificate.facts.not_after_ms, now)?;
        let path = Path::new().then(Kind::Certificates).then(&certificate.configured.name).then("certificate");
        Some(Finding::warning(path, message).coded(Code::CertificateExpires))
    };
    certificates.all().iter().filter_map(about).collect()
}

/// What is to be said of a certificate that ends then, if anything is.
#[must_use]
pub fn remark(not_after_ms: i64, now: Timestamp) -> Option<String> {
    let end = Timestamp::from_millisecond(not_after_ms).unwrap_or(Timestamp::MAX);
    if end <= now {
        return Some(format!("it is over since {end}: clients refuse it; give one that is valid"));
    }
    let days = days_left(not_after_ms, now);
    (days <= WARNING_DAYS).then(|| format!("it ends on {end}, {days} days from now: give its successor before that"))
}

/// Whole days until a certificate ends; below 0 when it is over.
#[must_use]
pub fn days_left(not_after_ms: i64, now: Timestamp) -> i64 {
    not_after_ms.saturating_sub(now.as_millisecond()).div_euclid(24 * 60 * 60 * 1_000)
}

#[cfg(test)]
mod tests;
