//! TLS towards clients.

use std::sync::Arc;

use rustls::{
    ConfigBuilder, InconsistentKeys, RootCertStore, ServerConfig, WantsVerifier,
    crypto::aws_lc_rs::{Ticketer, default_provider},
    server::{NoServerSessionStorage, VerifierBuilderError, WantsServerCert, WebPkiClientVerifier},
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
    /// The authorities' file is no PEM, or holds no certificate.
    #[error("the authorities cannot be read: give a PEM file with their certificates")]
    Authorities,
    /// A certificate of the authorities' file can be no authority's.
    #[error("the authorities cannot be trusted")]
    Untrustworthy(#[source] rustls::Error),
    /// Clients cannot be verified with these authorities.
    #[error("clients cannot be verified by these authorities")]
    Verifier(#[source] VerifierBuilderError),
    /// The certificate or the key is of a kind that is not supported.
    #[error("the certificate and key cannot be used")]
    Unusable(#[source] rustls::Error),
}

/// Whether clients prove by a certificate who they are, and by whom it must be issued: the authorities in PEM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth<'a> {
    /// They are not asked.
    None,
    /// They are asked, and served without one too; one that does not hold ends the connection.
    Optional(&'a [u8]),
    /// Who has none is not served.
    Required(&'a [u8]),
}

/// How to serve TLS 1.2 and 1.3 with one certificate, and HTTP/2 or HTTP/1.1 on top.
///
/// `certificate_pem` holds the certificate and its issuers, leaf first; `key_pem` the unencrypted private key.
///
/// # Errors
/// What is wrong with either, in the operator's words.
pub fn server_config(
    certificate_pem: &[u8],
    key_pem: &[u8],
    clients: ClientAuth<'_>,
) -> Result<Arc<ServerConfig>, TlsError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate_pem).collect();
    let chain = chain.map_err(TlsError::CertificatePem)?;
    if chain.is_empty() {
        return Err(TlsError::NoCertificate);
    }
    let key = PrivateKeyDer::from_pem_slice(key_pem).map_err(|_| TlsError::NoKey)?;
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_protocol_versions(&[&TLS13, &TLS12]).map_err(TlsError::Unusable)?;
    let mut config = verifying(builder, clients)?.with_single_cert(chain, key).map_err(|error| match error {
        rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsError::Mismatch,
        error => TlsError::Unusable(error),
    })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    match clients {
        // Sealed tickets instead of a session store: nothing to share between workers, nothing that grows.
        ClientAuth::None => config.ticketer = Ticketer::new().map_err(TlsError::Unusable)?,
        // A session that is taken up again would not verify the certificate again: there is none to take up.
        ClientAuth::Optional(_) | ClientAuth::Required(_) => {
            config.session_storage = Arc::new(NoServerSessionStorage {});
            config.send_tls13_tickets = 0;
        }
    }
    Ok(Arc::new(config))
}

fn verifying(
    builder: ConfigBuilder<ServerConfig, WantsVerifier>,
    clients: ClientAuth<'_>,
) -> Result<ConfigBuilder<ServerConfig, WantsServerCert>, TlsError> {
    let (pem, optional) = match clients {
        ClientAuth::None => return Ok(builder.with_no_client_auth()),
        ClientAuth::Optional(pem) => (pem, true),
        ClientAuth::Required(pem) => (pem, false),
    };
    let mut authorities = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|_| TlsError::Authorities)?;
        authorities.add(certificate).map_err(TlsError::Untrustworthy)?;
    }
    if authorities.is_empty() {
        return Err(TlsError::Authorities);
    }
    let provider = builder.crypto_provider().clone();
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(authorities), provider);
    let verifier = if optional { verifier.allow_unauthenticated() } else { verifier };
    Ok(builder.with_client_cert_verifier(verifier.build().map_err(TlsError::Verifier)?))
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
    fn clients_are_verified_by_authorities_that_can_be_read() {
        let (certificate, key) = pair();
        let config = |clients| server_config(certificate.as_bytes(), key.as_bytes(), clients);
        let pem = certificate.as_bytes();
        assert!(config(ClientAuth::Required(pem)).is_ok() && config(ClientAuth::Optional(pem)).is_ok());
        for wrong in [&b""[..], key.as_bytes()] {
            assert!(matches!(config(ClientAuth::Required(wrong)), Err(TlsError::Authorities)));
        }
    }

    #[test]
    fn both_versions_of_http_are_offered() {
        let (certificate, key) = pair();
        let config = server_config(certificate.as_bytes(), key.as_bytes(), ClientAuth::None).unwrap();
        assert_eq!(config.alpn_protocols, [b"h2".to_vec(), b"http/1.1".to_vec()]);
    }

    #[test]
    fn a_key_of_another_certificate_is_named_as_the_mistake() {
        let (certificate, _) = pair();
        let (_, key) = pair();
        assert!(matches!(
            server_config(certificate.as_bytes(), key.as_bytes(), ClientAuth::None),
            Err(TlsError::Mismatch)
        ));
    }

    #[test]
    fn files_that_were_swapped_or_are_empty_are_told_apart() {
        let (certificate, key) = pair();
        assert!(matches!(
            server_config(key.as_bytes(), key.as_bytes(), ClientAuth::None),
            Err(TlsError::NoCertificate)
        ));
        assert!(matches!(server_config(b"", key.as_bytes(), ClientAuth::None), Err(TlsError::NoCertificate)));
        assert!(matches!(
            server_config(certificate.as_bytes(), certificate.as_bytes(), ClientAuth::None),
            Err(TlsError::NoKey)
        ));
        let broken = "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n";
        assert!(matches!(
            server_config(broken.as_bytes(), key.as_bytes(), ClientAuth::None),
            Err(TlsError::CertificatePem(_))
        ));
    }
}
