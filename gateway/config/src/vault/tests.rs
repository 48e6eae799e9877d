use rcgen::{CertificateParams, KeyPair, PKCS_ED25519};

use super::*;

struct Pair {
    pem: String,
    facts: CertificateFacts,
}

fn pair(key: &KeyPair) -> Pair {
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(key).unwrap();
    Pair { pem: key.serialize_pem(), facts: CertificateFacts::read(&certificate.pem()).unwrap() }
}

fn new_pair() -> Pair {
    pair(&KeyPair::generate().unwrap())
}

#[test]
fn what_is_sealed_opens_and_shows_nothing_of_itself() {
    for key in [KeyPair::generate().unwrap(), KeyPair::generate_for(&PKCS_ED25519).unwrap()] {
        let Pair { pem, facts } = pair(&key);
        let vault = Vault::ephemeral();
        let plain = from_pem(&pem).unwrap();
        let sealed = vault.seal(&plain, &facts);
        assert_eq!(vault.open(&sealed, &facts).unwrap(), plain);
        vault.certified(&sealed, &facts).unwrap();
        let bytes = BASE64_STANDARD.decode(sealed.sealed().unwrap()).unwrap();
        assert!(!bytes.windows(16).any(|window| plain.secret_der().windows(16).any(|secret| secret == window)));
        assert_ne!(sealed, vault.seal(&plain, &facts), "no nonce is used twice");
    }
}

#[test]
fn a_sealed_key_opens_for_its_own_public_key_alone() {
    let (vault, key) = (Vault::ephemeral(), KeyPair::generate().unwrap());
    let (first, renewed, other) = (pair(&key), pair(&key), new_pair());
    let sealed = vault.seal(&from_pem(&first.pem).unwrap(), &first.facts);
    assert!(vault.certified(&sealed, &renewed.facts).is_ok());
    assert!(matches!(vault.open(&sealed, &other.facts), Err(PrivateKeyError::Sealed)));
    assert!(matches!(Vault::ephemeral().open(&sealed, &first.facts), Err(PrivateKeyError::Sealed)));
}

#[test]
fn no_sealed_text_that_was_changed_opens() {
    let Pair { pem, facts } = new_pair();
    let vault = Vault::ephemeral();
    let sealed = vault.seal(&from_pem(&pem).unwrap(), &facts);
    let bytes = BASE64_STANDARD.decode(sealed.sealed().unwrap()).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let changed = PrivateKey::new(format!("{}{}", PrivateKey::SEALED, BASE64_STANDARD.encode(changed)));
        assert!(vault.open(&changed, &facts).is_err(), "byte {at}");
    }
    for text in ["", "sealed:v1:", "sealed:v1:AAAA", "sealed:v1:*", "sealed:v2:AAAA", &pem] {
        assert!(vault.open(&PrivateKey::new(text), &facts).is_err());
    }
}

#[test]
fn a_new_key_seals_and_those_before_it_open() {
    let Pair { pem, facts } = new_pair();
    let plain = from_pem(&pem).unwrap();
    let [old, new] = [Vault::new_line(), Vault::new_line()];
    let before = Vault::from_lines(&old).unwrap().seal(&plain, &facts);
    let both = Vault::from_lines(&format!("{new}\n\n {old}\n")).unwrap();
    assert!(both.open(&before, &facts).is_ok());
    let after = both.seal(&plain, &facts);
    assert!(Vault::from_lines(&new).unwrap().open(&after, &facts).is_ok());
    assert!(Vault::from_lines(&old).unwrap().open(&after, &facts).is_err());
}

#[test]
fn what_is_no_file_of_keys_is_refused_at_its_line() {
    let line = Vault::new_line();
    assert_eq!(Vault::from_lines("\n").unwrap_err(), VaultError::Empty);
    assert_eq!(Vault::from_lines(&format!("{line}\nsecret")).unwrap_err(), VaultError::Line(2));
    assert_eq!(Vault::from_lines(&format!("{line}\n").repeat(17)).unwrap_err(), VaultError::TooMany);
}

#[test]
fn keys_that_do_not_belong_or_are_none_are_told_apart_and_not_quoted() {
    let (one, other) = (new_pair(), new_pair());
    assert!(matches!(certified(&from_pem(&one.pem).unwrap(), &other.facts), Err(PrivateKeyError::Mismatch)));
    let broken = one.pem.replace("MIG", "MI*");
    let error = from_pem(&broken).unwrap_err();
    assert!(matches!(error, PrivateKeyError::Unreadable));
    let nonsense = PrivateKeyDer::Pkcs8(vec![0x30, 0].into());
    assert!(matches!(certified(&nonsense, &one.facts), Err(PrivateKeyError::Unsupported)));
}
