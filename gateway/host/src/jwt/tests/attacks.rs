//! The attacks that RFC 8725 names, and what is no token at all.

use super::*;

#[test]
fn an_unsigned_token_never_passes() {
    let signer = Signer::hs256();
    let policy = policy(vec![signer.key(None)]);
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let header = json!({ "alg": algorithm }).to_string();
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims().to_string()));
        for token in
            [format!("{message}."), signer.sign(&json!({ "alg": algorithm }).to_string(), &claims().to_string())]
        {
            let error = verify(&policy, &token).expect_err("no signature");
            assert!(matches!(error, TokenError::WrongAlgorithm | TokenError::Malformed), "{algorithm}: {error:?}");
        }
    }
    let good = signer.token();
    let stripped = &good[..=good.rfind('.').expect("a dot")];
    assert_eq!(verify(&policy, stripped), Err(TokenError::BadSignature));
}

#[test]
fn a_public_key_is_no_shared_secret() {
    let signer = Signer::rs256();
    let KeySource::Pem(pem) = &signer.public else { panic!("a PEM") };
    let forger = Signer { private: EncodingKey::from_secret(pem.as_bytes()), ..Signer::hs256() };
    assert_eq!(verify(&policy(vec![signer.key(None)]), &forger.token()), Err(TokenError::WrongAlgorithm));
    assert_eq!(
        verify(
            &policy(vec![signer.key(Some("1"))]),
            &forger.sign(r#"{"alg":"HS256","kid":"1"}"#, &claims().to_string())
        ),
        Err(TokenError::WrongAlgorithm)
    );
}

#[test]
fn a_key_verifies_with_its_own_algorithm_only() {
    let signer = Signer::rs256();
    let other = Signer { algorithm: Algorithm::Rs512, signs_as: jsonwebtoken::Algorithm::RS512, ..Signer::rs256() };
    let token = Signer { private: signer.private.clone(), ..other }.token();
    assert_eq!(verify(&policy(vec![signer.key(None)]), &token), Err(TokenError::WrongAlgorithm));
}

#[test]
fn a_changed_token_is_caught() {
    for signer in [Signer::hs256(), Signer::es256()] {
        let policy = policy(vec![signer.key(None)]);
        let (token, other) = (signer.token(), signer.sign(&signer.header(), &with("sub", json!("root"))));
        let signature = token.rsplit_once('.').expect("a dot").1;
        let message = other.rsplit_once('.').expect("a dot").0;
        assert_eq!(verify(&policy, &format!("{message}.{signature}")), Err(TokenError::BadSignature));
        assert_eq!(verify(&policy, &format!("{token}A")), Err(TokenError::BadSignature));
    }
}

#[test]
fn keys_in_the_token_are_never_looked_at() {
    let (known, forger) = (Signer::es256(), Signer::es256());
    let header = json!({
        "alg": "ES256", "jwk": forger.jwk(), "jku": "https://forger.example/keys", "x5u": "https://forger.example/x", "x5c": ["AA=="],
    });
    let policy = policy(vec![known.key(None)]);
    assert_eq!(
        verify(&policy, &forger.sign(&header.to_string(), &claims().to_string())),
        Err(TokenError::BadSignature)
    );
    assert_eq!(verify(&policy, &known.sign(&header.to_string(), &claims().to_string())), Ok("acme".into()));
}

#[test]
fn critical_extensions_are_refused() {
    for header in [
        r#"{"alg":"HS256","crit":["exp"],"exp":1}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
        r#"{"alg":"HS256","crit":[]}"#,
    ] {
        assert_eq!(signed(header, &claims().to_string()), Err(TokenError::Malformed), "{header}");
    }
}

#[test]
fn a_token_for_another_purpose_is_refused() {
    for (kind, good) in
        [("JWT", true), ("at+jwt", true), ("application/at+jwt", true), ("logout+jwt", false), ("dpop+jwt", false)]
    {
        let header = json!({ "alg": "HS256", "typ": kind }).to_string();
        assert_eq!(signed(&header, &claims().to_string()).is_ok(), good, "{kind}");
    }
    assert!(signed(r#"{"alg":"HS256"}"#, &claims().to_string()).is_ok());
}

#[test]
fn a_member_that_appears_twice_is_refused() {
    assert_eq!(signed(r#"{"alg":"none","alg":"HS256"}"#, &claims().to_string()), Err(TokenError::Malformed));
    let twice = claims().to_string().replacen('{', r#"{"sub":"root","#, 1);
    assert_eq!(with_claims(&twice), Err(TokenError::Malformed));
}

#[test]
fn what_is_no_token_is_malformed() {
    let good = Signer::hs256().token();
    let policy = policy(vec![Signer::hs256().key(None)]);
    let five = format!("{good}.a.b");
    let long = Signer::hs256().sign(&Signer::hs256().header(), &with("pad", json!("x".repeat(TOKEN))));
    let padded = good.replacen('.', "=.", 1);
    for token in ["", ".", "..", "...", "a.b", "a.b.c", "{}.{}.", &five, &long, &padded, &format!(" {good}")] {
        assert_eq!(verify(&policy, token), Err(TokenError::Malformed), "{:.40}", token);
    }
    assert_eq!(verify_bytes(&policy, &[0xff; 40]), Err(TokenError::Malformed));
    for header in ["[]", r#"{"alg":7}"#, "{}", r#"{"alg":"HS256","kid":7}"#, r#"{"alg":"HS256","typ":7}"#] {
        assert_eq!(signed(header, &claims().to_string()), Err(TokenError::Malformed), "{header}");
    }
}
