//! Certificates with their keys, ready to be shown.

use std::{fmt, sync::Arc};

use gateway_model::{CertificateFacts, CertificateTable, CompiledCertificate, Snapshot};
use rustls::{
    InconsistentKeys,
    crypto::aws_lc_rs::sign::any_supported_type,
    server::ResolvesServerCert,
    sign::{CertifiedKey, SingleCertAndKey},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use super::TlsError;

/// Opens the private key of a certificate, or says why it cannot.
pub type KeyOpener = Arc<dyn Fn(&CompiledCertificate) -> Result<CertifiedKey, String> + Send + Sync>;

/// A certificate with its key.
pub struct Shown {
    pub(crate) facts: Arc<CertificateFacts>,
    pub(super) resolver: Arc<dyn ResolvesServerCert>,
}

/// The certificates of a snapshot, each at its place; none where its key does not open.
#[derive(Default)]
pub(crate) struct LiveCertificates(Vec<Option<Arc<Shown>>>);

impl Shown {
    fn new(facts: Arc<CertificateFacts>, key: CertifiedKey) -> Self {
        Self { facts, resolver: Arc::new(SingleCertAndKey::from(key)) }
    }

    /// A certificate and its key in PEM: the certificate first, its issuers after it; the key unencrypted.
    ///
    /// # Errors
    /// What is wrong with either, in the operator's words.
    pub(super) fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate).collect();
        let chain = chain.map_err(TlsError::CertificatePem)?;
        if chain.is_empty() {
            return Err(TlsError::NoCertificate);
        }
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey)?;
        let key = any_supported_type(&key).map_err(TlsError::Unusable)?;
        let facts = CertificateFacts::of_chain(chain.iter().map(|der| der.to_vec()).collect());
        let facts = facts.map_err(TlsError::Certificate)?;
        let key = CertifiedKey::new(chain, key);
        key.keys_match().map_err(|error| match error {
            rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsError::Mismatch,
            error => TlsError::Unusable(error),
        })?;
        Ok(Self::new(Arc::new(facts), key))
    }
}

impl LiveCertificates {
    /// Opens the keys of a snapshot's certificates; those that are the same in `previous` are taken over from there.
    pub(crate) fn new(snapshot: &Snapshot, previous: Option<(&Snapshot, &Self)>, open: &KeyOpener) -> Self {
        let known = |certificate: &CompiledCertificate| {
            let (snapshot, live) = previous?;
            let all = snapshot.certificates.all();
            let name = &certificate.configured.name;
            let place = all.binary_search_by(|known| known.configured.name.cmp(name)).ok()?;
            (all[place].configured == certificate.configured).then(|| live.0[place].clone()).flatten()
        };
        let shown = |certificate: &CompiledCertificate| {
            known(certificate).or_else(|| match open(certificate) {
                Ok(key) => Some(Arc::new(Shown::new(certificate.facts.clone(), key))),
                Err(reason) => {
                    let name = &certificate.configured.name;
                    tracing::error!(certificate = %name, reason, "a certificate cannot be shown");
                    None
                }
            })
        };
        Self(snapshot.certificates.all().iter().map(shown).collect())
    }

    /// How many cannot be shown.
    pub(crate) fn unusable(&self) -> usize {
        self.0.iter().filter(|shown| shown.is_none()).count()
    }

    /// The certificate for a name in lower case, or for clients that name none; `of_settings` has its say among them.
    ///
    /// The very name, then a wildcard, then the default; of each kind what is configured before what is set.
    pub(crate) fn choose<'a>(
        &'a self,
        table: &CertificateTable,
        of_settings: Option<&'a Arc<Shown>>,
        name: Option<&str>,
    ) -> Option<&'a Arc<Shown>> {
        let at = |place: Option<usize>| place.and_then(|place| self.0[place].as_ref());
        let named = name.and_then(|name| {
            let exact = at(table.exact(name));
            let exact =
                exact.or_else(|| of_settings.filter(|shown| shown.facts.names.iter().any(|known| known == name)));
            let wildcard = || at(table.wildcard(name)).or_else(|| of_settings.filter(|shown| shown.facts.covers(name)));
            exact.or_else(wildcard)
        });
        named.or_else(|| at(table.fallback())).or(of_settings)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").field("fingerprint", &self.facts.fingerprint).finish_non_exhaustive()
    }
}
