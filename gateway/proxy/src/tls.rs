//! TLS towards clients: which certificate is shown, what is asked of clients, and how a connection begins.
//!
//! A [`Termination`] is what the settings say of it; what is configured at runtime is in [`Live`](crate::Live). Each handshake
//! takes both once, so that replacing either cuts nothing and fails none.

mod accept;
mod clients;
mod session;
mod shown;
mod termination;

use rustls::server::VerifierBuilderError;

pub(crate) use self::{
    accept::{Unaccepted, accept},
    clients::Verifier,
    session::{Session, check_host},
    shown::LiveCertificates,
};
pub use self::{
    shown::{KeyOpener, Shown},
    termination::Termination,
};

/// Why a certificate and a key cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// The certificate file is no PEM.
    #[error("the certificate cannot be read: give a PEM file with the certificate first and its issuers after it")]
    CertificatePem(#[source] rustls_pki_types::pem::Error),
    /// The certificate file holds something else.
    #[error("there is no certificate: give a PEM file with at least one CERTIFICATE section")]
    NoCertificate,
    /// A certificate of the file is no X.509.
    #[error("the certificate cannot be read: {0}")]
    Certificate(gateway_model::CertificateError),
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
