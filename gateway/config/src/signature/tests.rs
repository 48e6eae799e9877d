use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    },
};

use super::*;

const MODULE: &[u8] = b"\0asm\x01\0\0\0 and so on";

fn ed25519() -> (Vec<u8>, Vec<u8>) {
    let pair = Ed25519KeyPair::generate().unwrap();
    (pem(pair.public_key()), pair.sign(MODULE).as_ref().to_vec())
}

fn p256() -> (Vec<u8>, Vec<u8>) {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    (pem(pair.public_key()), pair.sign(&SystemRandom::new(), MODULE).unwrap().as_ref().to_vec())
}

fn pem(key: &impl AsDer<PublicKeyX509Der<'static>>) -> Vec<u8> {
    let der = key.as_der().unwrap();
    let base64 = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, der.as_ref());
    format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n").into_bytes()
}

#[test]
fn one_of_several_keys_is_enough() {
    let ((first, by_first), (second, by_second)) = (ed25519(), p256());
    let keys = TrustedKeys::from_pem([("team", first.as_slice()), ("release", second.as_slice())]).unwrap();
    assert_eq!(keys.signer(MODULE, Some(&by_first)), Ok(Some("team".to_owned())));
    assert_eq!(keys.signer(MODULE, Some(&by_second)), Ok(Some("release".to_owned())));
    let both = [first, second].concat();
    let keys = TrustedKeys::from_pem([("both", both.as_slice())]).unwrap();
    assert_eq!(keys.signer(MODULE, Some(&by_second)), Ok(Some("both".to_owned())));
}

#[test]
fn without_a_good_signature_there_is_no_signer() {
    let (key, signature) = ed25519();
    let keys = TrustedKeys::from_pem([("team", key.as_slice())]).unwrap();
    assert_eq!(keys.signer(MODULE, None), Err(SignatureError::Missing));
    for wrong in [&b""[..], &[0; 64], &ed25519().1, &p256().1, &signature[1..]] {
        assert_eq!(keys.signer(MODULE, Some(wrong)), Err(SignatureError::Wrong));
    }
    assert_eq!(keys.signer(b"another module", Some(&signature)), Err(SignatureError::Wrong));
}

#[test]
fn without_keys_no_signature_is_asked_for() {
    assert_eq!(TrustedKeys::default().signer(MODULE, None), Ok(None));
    assert_eq!(TrustedKeys::default().signer(MODULE, Some(b"anything")), Ok(None));
}

#[test]
fn a_file_that_is_no_key_is_named() {
    let p384 = pem(EcdsaKeyPair::generate(&ECDSA_P384_SHA384_ASN1_SIGNING).unwrap().public_key());
    for (file, said) in [
        (&b""[..], "a.pem has no public key"),
        (b"-----BEGIN PUBLIC KEY-----\n???\n-----END PUBLIC KEY-----\n", "a.pem is no PEM file"),
        (&p384, "a key in a.pem is neither Ed25519 nor ECDSA P-256"),
    ] {
        let error = TrustedKeys::from_pem([("a.pem", file)]).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
}
