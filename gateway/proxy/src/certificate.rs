//! What is known of a client by its certificate: read once for each connection, after rustls has verified it.

use gateway_model::{CertificateName, ClientCertificate, KeyDigest};
use rustls_pki_types::CertificateDer;
use x509_parser::{extensions::GeneralName, prelude::FromDer};

/// Alternative names that are looked at: a certificate with more is known by the first ones.
const NAMES: usize = 100;

/// Bytes of the subject that are kept.
const SUBJECT: usize = 512;

/// Reads a certificate that was verified; none if it is too strange to be read, which is to be nobody.
pub(crate) fn read(der: &CertificateDer<'_>) -> Option<ClientCertificate> {
    let (_, certificate) = x509_parser::certificate::X509Certificate::from_der(der).ok()?;
    let fingerprint = KeyDigest(sha256(der)).to_hex();
    let alternatives = certificate.subject_alternative_name().ok().flatten();
    let alternatives = alternatives.iter().flat_map(|it| &it.value.general_names).filter_map(name).take(NAMES);
    let first = CertificateName::Fingerprint(fingerprint.clone());
    let names = std::iter::once(first).chain(alternatives).collect();
    let until = certificate.validity().not_after.timestamp().saturating_mul(1_000);
    let subject = subject(&certificate.subject().to_string());
    Some(ClientCertificate { fingerprint, subject, names, until: u64::try_from(until).unwrap_or(0) })
}

/// A name in the form in which credentials are compared with it. Names that no credential may have are left out.
fn name(name: &GeneralName<'_>) -> Option<CertificateName> {
    let name = match name {
        GeneralName::DNSName(text) => CertificateName::Dns((*text).to_owned()),
        GeneralName::URI(text) => CertificateName::Uri((*text).to_owned()),
        GeneralName::RFC822Name(text) => CertificateName::Email((*text).to_owned()),
        _ => return None,
    };
    name.canonical().ok()
}

/// The subject as one line of bounded length, for attributes and logs.
fn subject(text: &str) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.len() > SUBJECT {
        line.truncate(line.floor_char_boundary(SUBJECT));
    }
    line
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, DnType, KeyPair, SanType, date_time_ymd};

    use super::*;

    #[test]
    fn a_certificate_is_known_by_its_fingerprint_and_its_alternative_names() {
        let mut params = CertificateParams::new(["Batch.example.com".to_owned(), "*.example.com".to_owned()]).unwrap();
        params.subject_alt_names.push(SanType::URI("spiffe://example.com/batch".try_into().unwrap()));
        params.subject_alt_names.push(SanType::Rfc822Name("batch@Example.com".try_into().unwrap()));
        params.subject_alt_names.push(SanType::IpAddress([127, 0, 0, 1].into()));
        params.distinguished_name.push(DnType::CommonName, "batch\r\nx");
        params.not_after = date_time_ymd(2100, 1, 1);
        let certificate = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let known = read(certificate.der()).unwrap();
        let digest = sha256(certificate.der()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(known.fingerprint, digest);
        let expected = [
            CertificateName::Fingerprint(digest),
            CertificateName::Dns("batch.example.com".into()),
            CertificateName::Uri("spiffe://example.com/batch".into()),
            CertificateName::Email("batch@example.com".into()),
        ];
        assert_eq!(known.names, expected, "wildcards and addresses are nobody's");
        assert!(known.subject.contains("CN=batch  x"), "{}", known.subject);
        assert_eq!(known.until, 4_102_444_800_000);
    }

    #[test]
    fn what_is_no_certificate_is_nobody() {
        assert_eq!(read(&CertificateDer::from(vec![1, 2, 3])), None);
    }

    #[test]
    fn a_subject_is_cut_between_characters() {
        assert_eq!(subject(&"é".repeat(300)).len(), 512);
        assert_eq!(subject(&format!("a{}", "é".repeat(300))).len(), 511);
    }
}
