use gateway_store::Page;
use jiff::ToSpan;
use rcgen::{CertificateParams, KeyPair};
use serde_json::json;

use super::*;
use crate::{
    Policy,
    service::Service,
    testing::{Home, change, delete, put, refusals, request},
};

/// A certificate for these names that ends then, and the key in PEM.
fn issued(key: &KeyPair, names: &[&str], end: Timestamp) -> String {
    let mut params = CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()).unwrap();
    params.not_after = rcgen::date_time_ymd(1970, 1, 1) + std::time::Duration::from_millis(end.as_millisecond() as u64);
    params.self_signed(key).unwrap().pem()
}

fn in_days(days: i64) -> Timestamp {
    Timestamp::now() + (24 * days).hours() + 1.hours()
}

struct Pair {
    certificate: String,
    key: String,
}

fn pair(names: &[&str]) -> Pair {
    let key = KeyPair::generate().unwrap();
    Pair { certificate: issued(&key, names, in_days(365)), key: key.serialize_pem() }
}

fn certificate(name: &str, certificate: &str, key: &str) -> Vec<Edit> {
    put(json!({ "certificates": [{ "name": name, "certificate": certificate, "privateKey": key }] }))
}

async fn open(home: &Home, vault: &Vault) -> Service {
    home.open_with(Policy { vault: Some(vault.clone()), ..Policy::default() }).await
}

fn kept(service: &Service, name: &str) -> PrivateKey {
    service.document().1.certificates[name].private_key.clone()
}

#[tokio::test]
async fn a_key_in_pem_is_sealed_before_anything_is_kept() {
    let (home, vault) = (Home::new(), Vault::ephemeral());
    let service = open(&home, &vault).await;
    let Pair { certificate: pem, key } = pair(&["shop.test"]);
    let changed = change(&service, certificate("shop", &pem, &key)).await;
    let facts = CertificateFacts::read(&pem).unwrap();
    vault.certified(&kept(&service, "shop"), &facts).unwrap();

    let secret = vault::from_pem(&key).unwrap();
    let (lines, bytes) = (key.lines().nth(1).unwrap(), secret.secret_der());
    let stored = home.bytes();
    assert!(stored.windows(4).any(|window| window == b"shop"), "the store is what was looked at");
    assert!(!stored.windows(lines.len()).any(|window| window == lines.as_bytes()));
    assert!(!stored.windows(32).any(|window| bytes.windows(32).any(|secret| secret == window)));
    let told = format!("{changed:?} {:?} {:?}", service.document(), service.audit(&Page::first(10)).await.unwrap());
    let exported = crate::to_yaml(&service.document().1);
    for text in [told, exported] {
        assert!(!text.contains(lines) && !text.contains("BEGIN PRIVATE"), "{text}");
    }
}

#[tokio::test]
async fn the_same_certificate_once_more_is_no_change_in_pem_nor_sealed() {
    let (home, vault) = (Home::new(), Vault::ephemeral());
    let service = open(&home, &vault).await;
    let Pair { certificate: pem, key } = pair(&["shop.test"]);
    let first = change(&service, certificate("shop", &pem, &key)).await;
    assert!(!change(&service, certificate("shop", &pem, &key)).await.committed);
    let sealed = kept(&service, "shop");
    assert!(!change(&service, certificate("shop", &pem, sealed.expose())).await.committed);
    assert_eq!(service.document().0, first.revision);
    // As an exported document is brought back.
    change(&service, vec![delete(Kind::Certificates, "shop")]).await;
    assert!(change(&service, certificate("shop", &pem, sealed.expose())).await.committed);
}

#[tokio::test]
async fn a_key_stays_when_its_certificate_is_renewed_and_only_then() {
    let (home, vault) = (Home::new(), Vault::ephemeral());
    let service = open(&home, &vault).await;
    let key = KeyPair::generate().unwrap();
    let [old, new] = [300, 365].map(|days| issued(&key, &["shop.test"], in_days(days)));
    change(&service, certificate("shop", &old, &key.serialize_pem())).await;
    let sealed = kept(&service, "shop");
    assert!(change(&service, certificate("shop", &new, sealed.expose())).await.committed);

    let other = pair(&["shop.test"]);
    let told = refusals(&service, certificate("shop", &other.certificate, sealed.expose())).await;
    assert!(told.len() == 1 && told[0].contains("certificates.shop.privateKey: it does not open"), "{told:?}");
    change(&service, certificate("shop", &other.certificate, &other.key)).await;
    assert_ne!(kept(&service, "shop"), sealed);
}

#[tokio::test]
async fn what_is_wrong_with_a_pair_is_said_at_its_place_and_quotes_no_key() {
    let (home, vault) = (Home::new(), Vault::ephemeral());
    let service = open(&home, &vault).await;
    let (mine, other) = (pair(&["shop.test"]), pair(&["shop.test"]));
    let both = format!("{}{}", mine.certificate, mine.key);
    let nameless = issued(&KeyPair::from_pem(&mine.key).unwrap(), &[], in_days(365));
    let garbled = mine.key.replace("MIG", "M*G");
    for (certificate_pem, key, place) in [
        (mine.certificate.as_str(), other.key.as_str(), "privateKey: it does not belong to the certificate"),
        (&mine.certificate, "secret", "privateKey: it is no private key"),
        (&mine.certificate, &garbled, "privateKey: it is no private key"),
        (&mine.certificate, "sealed:v1:AAAA", "privateKey: it does not open"),
        (&mine.key, &mine.key, "certificate: there is a private key in it"),
        (&both, &mine.key, "certificate: there is a private key in it"),
        ("nothing", &mine.key, "certificate: there is no certificate in it"),
        (&nameless, &mine.key, "certificate: it has no host name"),
    ] {
        let told = refusals(&service, certificate("shop", certificate_pem, key)).await.join("\n");
        assert!(told.contains(&format!("certificates.shop.{place}")), "{place}: {told}");
        let lines = mine.key.lines().chain(other.key.lines()).filter(|line| !line.starts_with('-'));
        assert!(lines.into_iter().all(|line| !told.contains(line)) && !told.contains("secret"), "{told}");
    }
    assert_eq!(service.document().0, 0);
}

#[tokio::test]
async fn without_a_vault_no_key_is_kept() {
    let home = Home::new();
    let service = home.open().await;
    let Pair { certificate: pem, key } = pair(&["shop.test"]);
    let told = refusals(&service, certificate("shop", &pem, &key)).await;
    assert!(told[0].contains("this gateway keeps no private keys"), "{told:?}");
}

#[tokio::test]
async fn every_change_warns_of_certificates_that_end_soon_and_of_names_that_two_have() {
    let (home, vault) = (Home::new(), Vault::ephemeral());
    let service = open(&home, &vault).await;
    let key = KeyPair::generate().unwrap();
    for (name, host, days) in
        [("a", "one.test", -2), ("b", "two.test", 30), ("c", "three.test", 31), ("d", "one.test", 60)]
    {
        change(&service, certificate(name, &issued(&key, &[host], in_days(days)), &key.serialize_pem())).await;
    }
    let warnings = service.change(request(vec![])).await.unwrap().warnings;
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("warning at certificates.a.certificate: \"one.test\" is a name of certificate \"d\""));
    assert!(told[1].starts_with("warning at certificates.a.certificate: it is over since"), "{told:?}");
    assert!(told[2].starts_with("warning at certificates.b.certificate: it ends on"), "{told:?}");
    assert!(warnings[1..].iter().all(|warning| warning.code == Code::CertificateExpires));
}

#[tokio::test]
async fn one_certificate_is_the_default() {
    let (home, vault) = (Home::new(), Vault::ephemeral());
    let service = open(&home, &vault).await;
    let defaults = ["a", "b"].map(|name| {
        let Pair { certificate, key } = pair(&["shop.test"]);
        json!({ "name": name, "certificate": certificate, "privateKey": key, "default": true })
    });
    let told = refusals(&service, put(json!({ "certificates": defaults }))).await.join("\n");
    assert!(told.contains("certificates.b.default: \"a\" is the default already"), "{told}");
}

#[tokio::test]
async fn authorities_of_routes_are_tried() {
    let home = Home::new();
    let service = home.open().await;
    let authority = pair(&["ca.test"]).certificate;
    let route = |authorities: &str| {
        let route = json!({
            "name": "a", "respond": { "status": 204 },
            "clientCertificate": { "authorities": authorities },
        });
        put(json!({ "routes": [route] }))
    };
    for wrong in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let told = refusals(&service, route(wrong)).await.join("\n");
        assert!(told.contains("routes.a.clientCertificate.authorities: "), "{told}");
    }
    assert!(change(&service, route(&authority)).await.committed);
}
