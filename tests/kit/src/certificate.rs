//! A certificate authority of our own, and certificates signed by it.

use anyhow::Result;
use aws_lc_rs::digest;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use rustls_pki_types::{CertificateDer, pem::PemObject};

/// Signs certificates that a client trusts once it trusts [`Authority::pem`].
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate and its private key, both in PEM.
pub struct Certificate {
    pub chain_pem: String,
    pub key_pem: String,
}

impl Certificate {
    /// SHA-256 of the certificate, in hex digits.
    ///
    /// # Errors
    /// It is no PEM.
    pub fn fingerprint(&self) -> Result<String> {
        let der = CertificateDer::from_pem_slice(self.chain_pem.as_bytes())?;
        let digest = digest::digest(&digest::SHA256, &der);
        Ok(digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Authority {
    /// A new authority with a key of its own.
    ///
    /// # Errors
    /// The random source failed.
    pub fn new() -> Result<Self> {
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name.push(DnType::CommonName, "Sluice trial authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate()?)? })
    }

    /// The authority's own certificate.
    #[must_use]
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server certificate for `names`: host names and IP addresses.
    ///
    /// # Errors
    /// A name that can stand in no certificate.
    pub fn issue(&self, names: &[&str]) -> Result<Certificate> {
        self.issue_for(names, "Sluice trial server", ExtendedKeyUsagePurpose::ServerAuth)
    }

    /// A client certificate that has these host names.
    ///
    /// # Errors
    /// A name that can stand in no certificate.
    pub fn issue_client(&self, names: &[&str]) -> Result<Certificate> {
        self.issue_for(names, "Sluice trial client", ExtendedKeyUsagePurpose::ClientAuth)
    }

    fn issue_for(&self, names: &[&str], subject: &str, usage: ExtendedKeyUsagePurpose) -> Result<Certificate> {
        let key = KeyPair::generate()?;
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, subject);
        params.extended_key_usages = vec![usage];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Certificate { chain_pem: certificate.pem(), key_pem: key.serialize_pem() })
    }
}
