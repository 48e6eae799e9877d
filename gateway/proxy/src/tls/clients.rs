//! What clients are asked for, and whether what they show holds.

use std::{fmt, sync::Arc};

use gateway_model::Authorities;
use rustls::{
    RootCertStore, ServerConfig,
    crypto::aws_lc_rs::{Ticketer, default_provider},
    server::{ResolvesServerCertUsingSni, WebPkiClientVerifier, danger::ClientCertVerifier},
    version::{TLS12, TLS13},
};
use rustls_pki_types::{CertificateDer, UnixTime};

use super::{Shown, TlsError};

/// Verifies clients' certificates by some authorities.
pub(crate) struct Verifier {
    pub(super) authorities: Arc<Authorities>,
    webpki: Arc<dyn ClientCertVerifier>,
}

/// How connections begin that ask the same of clients. Sessions are taken up again only where the same is asked: their tickets
/// are sealed by a key of the policy's own.
pub(super) struct Policy {
    /// None where clients are not asked.
    pub(super) verifier: Option<Arc<Verifier>>,
    template: ServerConfig,
}

impl Verifier {
    /// # Errors
    /// A certificate can be no authority's.
    pub(crate) fn new(authorities: Arc<Authorities>) -> Result<Self, TlsError> {
        let webpki = webpki(&authorities, true)?;
        Ok(Self { authorities, webpki })
    }

    /// Whether a chain holds now: the certificate first, its issuers after it.
    pub(crate) fn holds(&self, chain: &[CertificateDer<'_>]) -> bool {
        let Some((certificate, issuers)) = chain.split_first() else { return false };
        self.webpki.verify_client_cert(certificate, issuers, UnixTime::now()).is_ok()
    }

    pub(crate) fn authorities(&self) -> &Arc<Authorities> {
        &self.authorities
    }
}

fn webpki(authorities: &Authorities, optional: bool) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    let mut roots = RootCertStore::empty();
    for der in authorities.iter() {
        roots.add(CertificateDer::from(der.to_vec())).map_err(TlsError::Untrustworthy)?;
    }
    let builder = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::new(default_provider()));
    let builder = if optional { builder.allow_unauthenticated() } else { builder };
    builder.build().map_err(TlsError::Verifier)
}

impl Policy {
    /// Clients are asked for certificates of these authorities, if there are any; without one they are served only if it is
    /// `optional`.
    ///
    /// # Errors
    /// The authorities cannot be used.
    pub(super) fn new(authorities: Option<Arc<Authorities>>, optional: bool) -> Result<Self, TlsError> {
        let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
        let builder = builder.with_protocol_versions(&[&TLS13, &TLS12]).map_err(TlsError::Unusable)?;
        let (builder, verifier) = match authorities {
            None => (builder.with_no_client_auth(), None),
            Some(authorities) => {
                let webpki = webpki(&authorities, optional)?;
                let verifier = Verifier { authorities, webpki: webpki.clone() };
                (builder.with_client_cert_verifier(webpki), Some(Arc::new(verifier)))
            }
        };
        // Each connection puts the certificate in its place that it has chosen.
        let mut template = builder.with_cert_resolver(Arc::new(ResolvesServerCertUsingSni::new()));
        template.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // Sealed tickets instead of a session store: nothing to share between workers, nothing that grows.
        template.ticketer = Ticketer::new().map_err(TlsError::Unusable)?;
        Ok(Self { verifier, template })
    }

    pub(super) fn config(&self, shown: &Shown) -> Arc<ServerConfig> {
        let mut config = self.template.clone();
        config.cert_resolver = shown.resolver.clone();
        Arc::new(config)
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy").field("asks", &self.verifier.is_some()).finish_non_exhaustive()
    }
}
