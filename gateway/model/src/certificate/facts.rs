//! What can be read off a certificate.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rustls_pki_types::pem::{PemObject, SectionKind};
use sha2::{Digest, Sha256};
use x509_parser::{
    certificate::X509Certificate, extensions::GeneralName, prelude::FromDer, public_key::PublicKey,
    x509::SubjectPublicKeyInfo,
};

/// The longest PEM text, in bytes, and the most certificates in it.
const LONGEST: usize = 256 * 1024;
const MOST_CERTIFICATES: usize = 1_000;

/// The most names of one certificate.
const MOST_NAMES: usize = 1_000;

/// Bytes of a subject or issuer that are kept.
const LONGEST_SUBJECT: usize = 512;

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// SHA-256 of the certificate, as 64 lower-case hex digits.
    pub fingerprint: String,
    /// SHA-256 of its public key: what private keys are sealed for.
    pub public_key: [u8; 32],
    /// The subject as one line, for people.
    pub subject: String,
    /// The issuer as one line, for people.
    pub issuer: String,
    /// In hex digits.
    pub serial: String,
    /// The host names that it is for, in lower case; some with `*.` at the beginning.
    pub names: Vec<String>,
    /// The addresses that it is for.
    pub addresses: Vec<IpAddr>,
    /// The beginning and the end of its validity, in milliseconds since 1970.
    pub not_before_ms: i64,
    pub not_after_ms: i64,
    /// Such as `ECDSA P-256` or `RSA 2048`.
    pub key_algorithm: String,
    /// The certificate in DER, then those of its issuers.
    pub chain: Vec<Vec<u8>>,
}

/// Why a text is no certificate that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    #[error("it is too long: give at most {LONGEST} bytes with at most {MOST_CERTIFICATES} certificates")]
    TooLong,
    #[error("there is a private key in it: give that as privateKey, and the certificates alone here")]
    HoldsKey,
    #[error("it cannot be read: give PEM, the certificate first and those of its issuers after it")]
    Pem,
    #[error("there is no certificate in it: give PEM with at least one CERTIFICATE section")]
    None,
    #[error("certificate {0} of the text cannot be read: give X.509 certificates in PEM")]
    Der(usize),
    #[error("it has more than {MOST_NAMES} names: give a certificate with fewer")]
    TooManyNames,
}

/// The certificates of a PEM text, in DER; at least one.
///
/// # Errors
/// It holds something else; the text is not quoted.
pub fn certificates(pem: &str) -> Result<Vec<Vec<u8>>, CertificateError> {
    if pem.len() > LONGEST {
        return Err(CertificateError::TooLong);
    }
    // Kinds of keys that the parser does not know are no less secret.
    if pem.contains("PRIVATE KEY") {
        return Err(CertificateError::HoldsKey);
    }
    let mut found = Vec::new();
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(pem.as_bytes()) {
        match section.map_err(|_| CertificateError::Pem)? {
            (SectionKind::Certificate, der) => found.push(der),
            _ => return Err(CertificateError::Pem),
        }
    }
    match found.len() {
        0 => Err(CertificateError::None),
        1..=MOST_CERTIFICATES => Ok(found),
        _ => Err(CertificateError::TooLong),
    }
}

impl CertificateFacts {
    /// Reads a PEM text: the certificate, then those of its issuers.
    ///
    /// # Errors
    /// What is wrong with it; the text is not quoted.
    pub fn read(pem: &str) -> Result<Self, CertificateError> {
        Self::of_chain(certificates(pem)?)
    }

    /// Reads certificates in DER: the certificate, then those of its issuers.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn of_chain(chain: Vec<Vec<u8>>) -> Result<Self, CertificateError> {
        let leaf = chain.first().ok_or(CertificateError::None)?;
        for (index, issuer) in chain.iter().enumerate().skip(1) {
            X509Certificate::from_der(issuer).map_err(|_| CertificateError::Der(index + 1))?;
        }
        let (_, certificate) = X509Certificate::from_der(leaf).map_err(|_| CertificateError::Der(1))?;
        let alternatives = certificate.subject_alternative_name().map_err(|_| CertificateError::Der(1))?;
        let alternatives = alternatives.map_or(&[][..], |it| &it.value.general_names);
        if alternatives.len() > MOST_NAMES {
            return Err(CertificateError::TooManyNames);
        }
        let millis = |seconds: i64| seconds.saturating_mul(1_000);
        Ok(Self {
            fingerprint: hex(&Sha256::digest(leaf)),
            public_key: Sha256::digest(certificate.public_key().raw).into(),
            subject: line(&certificate.subject().to_string()),
            issuer: line(&certificate.issuer().to_string()),
            serial: hex(certificate.raw_serial()),
            names: alternatives.iter().filter_map(host).collect(),
            addresses: alternatives.iter().filter_map(address).collect(),
            not_before_ms: millis(certificate.validity().not_before.timestamp()),
            not_after_ms: millis(certificate.validity().not_after.timestamp()),
            key_algorithm: algorithm(certificate.public_key()),
            chain,
        })
    }

    /// Whether it is for this host, which is in lower case and without port.
    #[must_use]
    pub fn covers(&self, host: &str) -> bool {
        let host = host.strip_suffix('.').unwrap_or(host);
        let parent = host.split_once('.').filter(|(label, _)| !label.is_empty()).map(|(_, parent)| parent);
        let named = |name: &String| match name.strip_prefix("*.") {
            Some(above) => parent == Some(above),
            None => name == host,
        };
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        self.names.iter().any(named) || bare.parse().is_ok_and(|address| self.addresses.contains(&address))
    }
}

/// A host name that handshakes can ask for, or one label below a host name.
fn host(name: &GeneralName<'_>) -> Option<String> {
    let GeneralName::DNSName(text) = name else { return None };
    let text = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
    let plain = text.strip_prefix("*.").unwrap_or(&text);
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (!plain.is_empty() && plain.len() <= 253 && plain.bytes().all(sound)).then_some(text)
}

fn address(name: &GeneralName<'_>) -> Option<IpAddr> {
    let GeneralName::IPAddress(bytes) = name else { return None };
    let four = <[u8; 4]>::try_from(*bytes).map(|bytes| IpAddr::from(Ipv4Addr::from(bytes)));
    four.or_else(|_| <[u8; 16]>::try_from(*bytes).map(|bytes| IpAddr::from(Ipv6Addr::from(bytes)))).ok()
}

fn algorithm(key: &SubjectPublicKeyInfo<'_>) -> String {
    match key.parsed() {
        Ok(PublicKey::RSA(key)) => format!("RSA {}", key.key_size()),
        Ok(PublicKey::EC(point)) => match point.key_size() {
            256 => "ECDSA P-256".to_owned(),
            384 => "ECDSA P-384".to_owned(),
            521 | 528 => "ECDSA P-521".to_owned(),
            bits => format!("ECDSA of {bits} bits"),
        },
        // RFC 8410, section 3.
        _ if key.algorithm.algorithm.to_id_string() == "1.3.101.112" => "Ed25519".to_owned(),
        _ => key.algorithm.algorithm.to_id_string(),
    }
}

/// One line of bounded length.
fn line(text: &str) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.truncate(line.floor_char_boundary(LONGEST_SUBJECT));
    line
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
