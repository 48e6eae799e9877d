//! The certificate of one run: made at its start, trusted by the load generator, gone at its end.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    crypto::{CryptoProvider, aws_lc_rs},
    version::TLS13,
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

use crate::SERVER_NAME;

/// A self-signed P-256 certificate for [`SERVER_NAME`], as two PEM files.
pub struct Certificate {
    /// File with the certificate.
    pub certificate: PathBuf,
    /// File with its private key, PKCS #8.
    pub key: PathBuf,
}

impl Certificate {
    /// Makes a new key and certificate in `folder`.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn create(folder: &Path) -> Result<Self> {
        let made = rcgen::generate_simple_self_signed([SERVER_NAME.to_owned()])?;
        let files = Self { certificate: folder.join("server.pem"), key: folder.join("server.key") };
        fs::write(&files.certificate, made.cert.pem())?;
        fs::write(&files.key, made.signing_key.serialize_pem())?;
        Ok(files)
    }

    /// A TLS 1.3 client that trusts this certificate only and offers one application protocol.
    ///
    /// # Errors
    /// When the file is gone or is no certificate.
    pub fn client_config(&self, protocol: &[u8]) -> Result<Arc<ClientConfig>> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_file(&self.certificate)?)?;
        let mut config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.to_vec()];
        Ok(Arc::new(config))
    }
}

/// A TLS 1.3 server for HTTP/2 and HTTP/1.1 with the certificate chain and key of two PEM files.
///
/// # Errors
/// When a file cannot be read or certificate and key do not belong together.
pub fn server_config(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>> {
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .with_context(|| format!("cannot read certificates from {}", certificate.display()))?;
    let private_key = PrivateKeyDer::from_pem_file(key)
        .with_context(|| format!("cannot read a private key from {}", key.display()))?;
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_single_cert(chain, private_key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}
