//! TLS towards clients.

use std::sync::Arc;

use rustls::{
    InconsistentKeys, ServerConfig,
    crypto::aws_lc_rs::{Ticketer, default_provider},
    version::{TLS12, TLS13},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

/// Why a certificate and a key cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The certificate file is no PEM.
    #[error("the certificate cannot be read: give a PEM file with the certificate first and its issuers after it")]
    CertificatePem(#[source] rustls_pki_types::pem::Error),
    /// The certificate file holds something else.
    #[error("there is no certificate: give a PEM file with at least one CERTIFICATE section")]
    NoCertificate,
    /// The key file is no PEM, or holds no key. The cause is left out: it might quote the key.
    #[error(
        "there is no private key: give a PEM file with a PRIVATE KEY section (PKCS #8, PKCS #1 or SEC 1), unencrypted"
    )]
    NoKey,
    /// Both can be read, but not used together.
    #[error("the private key does not belong to the certificate: give the key that the certificate was issued for")]
    Mismatch,
    /// The certificate or the key is of a kind that is not supported.
    #[error("the certificate and key cannot be used")]
    Unusable(#[source] rustls::Error),
}

/// How to serve TLS 1.2 and 1.3 with one certificate, and HTTP/2 or HTTP/1.1 on top.
///
/// `certificate_pem` holds the certificate and its issuers, leaf first; `key_pem` the unencrypted private key.
///
/// # Errors
/// What is wrong with either, in the operator's words.
pub fn server_config(certificate_pem: &[u8], key_pem: &[u8]) -> Result<Arc<ServerConfig>, TlsError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate_pem).collect();
    let chain = chain.map_err(TlsError::CertificatePem)?;
    if chain.is_empty() {
        return Err(TlsError::NoCertificate);
    }
    let key = PrivateKeyDer::from_pem_slice(key_pem).map_err(|_| TlsError::NoKey)?;
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_protocol_versions(&[&TLS13, &TLS12]).map_err(TlsError::Unusable)?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, key).map_err(|error| match error {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsError::Mismatch,
        error => TlsError::Unusable(error),
    })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    // Sealed tickets instead of a session store: nothing to share between workers, nothing that grows.
    config.ticketer = Ticketer::new().map_err(TlsError::Unusable)?;
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertifiedKey, generate_simple_self_signed};

    use super::*;

    fn pair() -> (String, String) {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        (cert.pem(), signing_key.serialize_pem())
    }

    #[test]
    fn both_versions_of_http_are_offered() {
        let (certificate, key) = pair();
        let config = server_config(certificate.as_bytes(), key.as_bytes()).unwrap();
        assert_eq!(config.alpn_protocols, [b"h2".to_vec(), b"http/1.1".to_vec()]);
    }

    #[test]
    fn a_key_of_another_certificate_is_named_as_the_mistake() {
        let (certificate, _) = pair();
        let (_, key) = pair();
        assert!(matches!(server_config(certificate.as_bytes(), key.as_bytes()), Err(TlsError::Mismatch)));
    }

    #[test]
    fn files_that_were_swapped_or_are_empty_are_told_apart() {
        let (certificate, key) = pair();
        assert!(matches!(server_config(key.as_bytes(), key.as_bytes()), Err(TlsError::NoCertificate)));
        assert!(matches!(server_config(b"", key.as_bytes()), Err(TlsError::NoCertificate)));
        assert!(matches!(server_config(certificate.as_bytes(), certificate.as_bytes()), Err(TlsError::NoKey)));
        let broken = "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n";
        assert!(matches!(server_config(broken.as_bytes(), key.as_bytes()), Err(TlsError::CertificatePem(_))));
    }
}
