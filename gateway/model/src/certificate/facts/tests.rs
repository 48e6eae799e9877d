use rcgen::{CertificateParams, DnType, KeyPair, SanType, date_time_ymd};

use super::*;

/// A certificate for these names, and for 127.0.0.1, with its key.
fn issued(names: &[&str]) -> (String, String) {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.subject_alt_names.push(SanType::IpAddress([127, 0, 0, 1].into()));
    params.distinguished_name.push(DnType::CommonName, "shop\r\nx");
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2100, 1, 1);
    let key = KeyPair::generate().unwrap();
    (params.self_signed(&key).unwrap().pem(), key.serialize_pem())
}

#[test]
fn a_certificate_says_what_it_is_for_and_how_long() {
    let (pem, _) = issued(&["Shop.example.com", "*.shop.example.com"]);
    let facts = CertificateFacts::read(&pem).unwrap();
    assert_eq!(facts.names, ["shop.example.com", "*.shop.example.com"]);
    assert_eq!(facts.addresses, [IpAddr::from([127, 0, 0, 1])]);
    assert_eq!((facts.not_before_ms, facts.not_after_ms), (1_577_836_800_000, 4_102_444_800_000));
    assert_eq!((facts.key_algorithm.as_str(), facts.fingerprint.len(), facts.chain.len()), ("ECDSA P-256", 64, 1));
    assert!(facts.subject.contains("CN=shop  x"), "{}", facts.subject);
}

#[test]
fn a_wildcard_stands_for_one_label() {
    let (pem, _) = issued(&["shop.example.com", "*.shop.example.com"]);
    let facts = CertificateFacts::read(&pem).unwrap();
    for (host, covered) in [
        ("shop.example.com", true),
        ("shop.example.com.", true),
        ("eu.shop.example.com", true),
        ("a.eu.shop.example.com", false),
        (".shop.example.com", false),
        ("example.com", false),
        ("127.0.0.1", true),
        ("127.0.0.2", false),
        ("[::1]", false),
    ] {
        assert_eq!(facts.covers(host), covered, "{host}");
    }
}

#[test]
fn what_is_no_chain_of_certificates_is_refused_without_being_quoted() {
    let (pem, key) = issued(&["localhost"]);
    let broken = "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n";
    let nothing = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for (text, error) in [
        (String::new(), CertificateError::None),
        ("certificate".to_owned(), CertificateError::None),
        (broken.to_owned(), CertificateError::Pem),
        (nothing.to_owned(), CertificateError::Der(1)),
        (format!("{pem}{nothing}"), CertificateError::Der(2)),
        (format!("{pem}{key}"), CertificateError::HoldsKey),
        (key.replace("PRIVATE", "ENCRYPTED PRIVATE"), CertificateError::HoldsKey),
        (" ".repeat(LONGEST + 1), CertificateError::TooLong),
    ] {
        assert_eq!(CertificateFacts::read(&text), Err(error), "{error:?}");
    }
}

#[test]
fn a_renewed_certificate_of_the_same_key_has_the_same_public_key() {
    let key = KeyPair::generate().unwrap();
    let issued = || CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&key).unwrap().pem();
    let [one, two] = [issued(), issued()].map(|pem| CertificateFacts::read(&pem).unwrap());
    assert_ne!(one.fingerprint, two.fingerprint);
    assert_eq!(one.public_key, two.public_key);
}
