//! TLS towards targets: whom the gateway trusts, and who it says it is.

use std::{
    io,
    sync::{Arc, LazyLock},
};

use gateway_model::{Protocol, UpstreamCertificate, UpstreamTls};
use rustls::{
    AlertDescription, ClientConfig, ConfigBuilder, DigitallySignedStruct, Error, InconsistentKeys, RootCertStore,
    SignatureScheme, WantsVerifier,
    client::{
        WantsClientCert,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, aws_lc_rs::default_provider, verify_tls12_signature, verify_tls13_signature},
    version::{TLS12, TLS13},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::{Address, transport::NoConnection};

const H2: &[u8] = b"h2";
const HTTP_1_1: &[u8] = b"http/1.1";

/// How connections to the targets of an upstream are made secure. Built off the request path, and shared by the workers:
/// with it they share the sessions that targets let them take up again, behind a lock that only handshakes take.
pub(super) struct TlsClient {
    connector: TlsConnector,
    /// Offers HTTP/1.1 and nothing else.
    alone: TlsConnector,
    server_name: Option<ServerName<'static>>,
    /// What must have been agreed on.
    protocol: Protocol,
}

/// Why TLS to an upstream cannot be spoken as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamTlsError {
    /// The authorities are no PEM, or hold no certificate.
    #[error("the authorities cannot be read: give PEM with their certificates")]
    Authorities,
    /// A certificate among the authorities can be no authority's.
    #[error("the authorities cannot be trusted: {0}")]
    Untrustworthy(Error),
    /// The client certificate is no PEM, or holds no certificate.
    #[error("the client certificate cannot be read: give PEM with the certificate first and its issuers after it")]
    Certificate,
    /// There is no such secret.
    #[error("there is no secret {0:?}: put the private key there, in PEM, in a file of this name among the secrets")]
    NoSecret(String),
    /// The secret holds something else. It is not quoted.
    #[error(
        "the secret {0:?} holds no private key: give PEM with a PRIVATE KEY section (PKCS #8, PKCS #1 or SEC 1), unencrypted"
    )]
    NoKey(String),
    /// Both can be read, but not used together.
    #[error("the private key in the secret {0:?} does not belong to the client certificate")]
    Mismatch(String),
    /// The certificate or the key is of a kind that is not supported.
    #[error("the client certificate and its key cannot be used: {0}")]
    Unusable(Error),
    /// The name cannot stand in a certificate.
    #[error("{0:?} is no server name: use one such as api.example.com")]
    ServerName(String),
}

impl UpstreamTlsError {
    /// The field of the upstream that it is about, step by step.
    #[must_use]
    pub fn field(&self) -> &'static [&'static str] {
        match self {
            Self::Authorities | Self::Untrustworthy(_) => &["tls", "authorities"],
            Self::Certificate | Self::Unusable(_) => &["tls", "clientCertificate", "certificate"],
            Self::NoSecret(_) | Self::NoKey(_) | Self::Mismatch(_) => &["tls", "clientCertificate", "keySecret"],
            Self::ServerName(_) => &["tls", "serverName"],
        }
    }
}

impl TlsClient {
    pub(super) fn new(
        tls: &UpstreamTls,
        protocol: Protocol,
        secret: &dyn Fn(&str) -> Option<Vec<u8>>,
    ) -> Result<Self, UpstreamTlsError> {
        let builder = ClientConfig::builder_with_provider(Arc::new(default_provider()));
        let builder = builder.with_protocol_versions(&[&TLS13, &TLS12]).map_err(UpstreamTlsError::Unusable)?;
        let builder = verifying(builder, tls)?;
        let mut config = match &tls.client_certificate {
            None => builder.with_no_client_auth(),
            Some(certificate) => with_certificate(builder, certificate, secret)?,
        };
        config.alpn_protocols = match protocol {
            Protocol::Http1 => vec![HTTP_1_1.to_vec()],
            Protocol::Http2 => vec![H2.to_vec()],
            Protocol::Auto => vec![H2.to_vec(), HTTP_1_1.to_vec()],
        };
        let mut alone = config.clone();
        alone.alpn_protocols = vec![HTTP_1_1.to_vec()];
        let server_name = tls
            .server_name
            .as_ref()
            .map(|name| ServerName::try_from(name.clone()).map_err(|_| UpstreamTlsError::ServerName(name.clone())));
        let server_name = server_name.transpose()?;
        let [connector, alone] = [config, alone].map(|config| TlsConnector::from(Arc::new(config)));
        Ok(Self { connector, alone, server_name, protocol })
    }

    /// A handshake over the connection; answers with it whether HTTP/2 is spoken.
    pub(super) async fn connect(
        &self,
        address: &Address,
        stream: TcpStream,
        is_alone: bool,
    ) -> Result<(TlsStream<TcpStream>, bool), NoConnection> {
        let name = self.server_name.clone().or_else(|| address.server_name());
        let unnamed = "its host can stand in no certificate: set tls.serverName";
        let name = name.ok_or_else(|| NoConnection::Untrusted(unnamed.to_owned()))?;
        let connector = if is_alone { &self.alone } else { &self.connector };
        let stream = connector.connect(name, stream).await.map_err(|error| refused(error, is_alone))?;
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(H2);
        match self.protocol == Protocol::Http2 && !is_http2 && !is_alone {
            true => {
                Err(NoConnection::Untrusted("it did not agree to HTTP/2: set protocol to AUTO or HTTP1".to_owned()))
            }
            false => Ok((stream, is_http2)),
        }
    }
}

/// Why a handshake has failed: what is no matter of TLS is one of the connection.
fn refused(error: io::Error, is_alone: bool) -> NoConnection {
    match error.get_ref().and_then(|cause| cause.downcast_ref::<Error>()) {
        Some(Error::AlertReceived(AlertDescription::NoApplicationProtocol)) if is_alone => NoConnection::NeverSwitches,
        Some(error) => NoConnection::Untrusted(error.to_string()),
        None => NoConnection::Unreachable(error),
    }
}

/// Whether TLS to an upstream can be spoken as it is configured, with the secrets that there are.
///
/// # Errors
/// Why not.
pub fn check_upstream_tls(
    tls: &UpstreamTls,
    protocol: Protocol,
    secret: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<(), UpstreamTlsError> {
    TlsClient::new(tls, protocol, secret).map(drop)
}

fn verifying(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    tls: &UpstreamTls,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, UpstreamTlsError> {
    if !tls.verify {
        let provider = builder.crypto_provider().clone();
        return Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider))));
    }
    let Some(pem) = &tls.authorities else { return Ok(builder.with_root_certificates(system_roots())) };
    let mut authorities = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|_| UpstreamTlsError::Authorities)?;
        authorities.add(certificate).map_err(UpstreamTlsError::Untrustworthy)?;
    }
    match authorities.is_empty() {
        true => Err(UpstreamTlsError::Authorities),
        false => Ok(builder.with_root_certificates(authorities)),
    }
}

fn with_certificate(
    builder: ConfigBuilder<ClientConfig, WantsClientCert>,
    UpstreamCertificate { certificate, key_secret }: &UpstreamCertificate,
    secret: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<ClientConfig, UpstreamTlsError> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate.as_bytes()).collect();
    let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(UpstreamTlsError::Certificate)?;
    let pem = secret(key_secret).ok_or_else(|| UpstreamTlsError::NoSecret(key_secret.clone()))?;
    let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| UpstreamTlsError::NoKey(key_secret.clone()))?;
    builder.with_client_auth_cert(chain, key).map_err(|error| match error {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => UpstreamTlsError::Mismatch(key_secret.clone()),
        error => UpstreamTlsError::Unusable(error),
    })
}

/// Whom the system trusts: read once, when the first upstream wants it.
fn system_roots() -> Arc<RootCertStore> {
    static ROOTS: LazyLock<Arc<RootCertStore>> = LazyLock::new(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!(%error, "some authorities of the system cannot be read");
        }
        let mut roots = RootCertStore::empty();
        let (taken, _) = roots.add_parsable_certificates(found.certs);
        if taken == 0 {
            tracing::warn!("the system trusts no authority: upstreams with TLS need tls.authorities");
        }
        Arc::new(roots)
    });
    ROOTS.clone()
}

/// Takes whoever answers for the target. What is signed in a handshake must still be signed by the key that is shown.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
