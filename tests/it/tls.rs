//! TLS towards clients: certificates by name, swapped while clients connect, from files and over the admin API; what clients
//! prove, and what nobody is told.

mod clients;
mod openssl;
mod secrets;

use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use gateway_server::settings::Settings;
use gateway_tests::Gateway;
use rustls::{
    ClientConfig, NamedGroup, RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use serde_json::{Value, json};
use sluice_testkit::certificate::{Authority, Certificate};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the gateway serves TLS.
fn https(gateway: &Gateway) -> Result<SocketAddr> {
    let url = gateway.https("");
    let port = url.rsplit(':').next().context("a port")?.parse()?;
    Ok(([127, 0, 0, 1], port).into())
}

/// A client that trusts these authorities, with a certificate of its own or without.
fn client(authorities: &[&str], own: Option<&Certificate>) -> Result<Arc<ClientConfig>> {
    sluice_testkit::install_crypto_provider();
    let mut roots = RootCertStore::empty();
    for pem in authorities {
        roots.add(CertificateDer::from_pem_slice(pem.as_bytes())?)?;
    }
    let builder = ClientConfig::builder().with_root_certificates(roots);
    let config = match own {
        None => builder.with_no_client_auth(),
        Some(own) => {
            let chain = CertificateDer::pem_slice_iter(own.chain_pem.as_bytes()).collect::<Result<_, _>>()?;
            builder.with_client_auth_cert(chain, PrivateKeyDer::from_pem_slice(own.key_pem.as_bytes())?)?
        }
    };
    Ok(Arc::new(config))
}

async fn shake(to: SocketAddr, name: &str, config: &Arc<ClientConfig>) -> Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(to).await?;
    let name = ServerName::try_from(name.to_owned())?;
    Ok(TlsConnector::from(config.clone()).connect(name, stream).await?)
}

/// Asks over a connection for `/shop` on a host, and reads the whole answer.
async fn ask(stream: &mut TlsStream<TcpStream>, host: &str) -> Result<String> {
    stream.write_all(format!("GET /shop HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await?;
    let (mut text, mut byte) = (Vec::new(), [0]);
    while !text.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).await?;
        text.push(byte[0]);
    }
    let head = String::from_utf8(text)?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.context("a length")?.parse()?];
    stream.read_exact(&mut body).await?;
    Ok(head + &String::from_utf8(body)?)
}

/// What the server showed.
fn shown(stream: &TlsStream<TcpStream>) -> Result<Vec<u8>> {
    Ok(stream.get_ref().1.peer_certificates().context("a certificate")?[0].to_vec())
}

fn der(certificate: &Certificate) -> Result<Vec<u8>> {
    Ok(CertificateDer::from_pem_slice(certificate.chain_pem.as_bytes())?.to_vec())
}

async fn create(gateway: &Gateway, name: &str, certificate: &Certificate, default: bool) -> Result<Value> {
    let Certificate { chain_pem, key_pem } = certificate;
    let input = json!({ "name": name, "certificate": chain_pem, "privateKey": key_pem, "default": default });
    gateway.create("Certificate", input).await
}

async fn update(gateway: &Gateway, name: &str, certificate: &Certificate) -> Result<Value> {
    let Certificate { chain_pem, key_pem } = certificate;
    let input = json!({ "name": name, "certificate": chain_pem, "privateKey": key_pem });
    let mutation = "mutation($input: UpdateCertificateInput!) { updateCertificate(input: $input) { revision committed userErrors { path message } } }";
    gateway.admin.mutate(mutation, json!({ "input": input })).await
}

/// A route that answers 200 by itself, on these hosts.
async fn answering(gateway: &Gateway, name: &str, hosts: &[&str], more: Value) -> Result<()> {
    let mut input =
        json!({ "name": name, "hosts": hosts, "pathPrefix": "/shop", "respond": { "status": 200, "body": name } });
    for (field, value) in more.as_object().into_iter().flatten() {
        input[field] = value.clone();
    }
    gateway.create("Route", input).await.map(drop)
}

/// Waits until the metrics have this line.
async fn until_metric(gateway: &Gateway, line: &str) -> Result<()> {
    let there = async {
        loop {
            let (_, text) = gateway.admin.page("/metrics").await?;
            if text.lines().any(|known| known == line) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, there).await.with_context(|| format!("no metric {line}"))?
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_swaps_under_load_fail_no_handshake_and_cut_no_connection() -> Result<()> {
    let gateway = Gateway::start().await?;
    answering(&gateway, "shop", &[], json!({})).await?;
    let authority = Authority::new()?;
    let pairs = [authority.issue(&["shop.test"])?, authority.issue(&["shop.test"])?];
    create(&gateway, "shop", &pairs[0], false).await?;
    let (to, config) = (https(&gateway)?, client(&[&authority.pem()], None)?);
    let mut steady = shake(to, "shop.test", &config).await?;
    ask(&mut steady, "shop.test").await?;

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut load = JoinSet::new();
    for _ in 0..4 {
        let (authority, stopped) = (authority.pem(), stopped.clone());
        load.spawn(async move {
            let mut seen = std::collections::BTreeMap::<Vec<u8>, usize>::new();
            while !*stopped.borrow() {
                // A new client each time, so that no session is taken up again.
                let config = client(&[&authority], None)?;
                let mut stream = shake(to, "shop.test", &config).await?;
                let answer = ask(&mut stream, "shop.test").await?;
                ensure!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
                *seen.entry(shown(&stream)?).or_default() += 1;
            }
            Ok(seen)
        });
    }
    for swap in 1..=50 {
        assert_eq!(update(&gateway, "shop", &pairs[swap % 2]).await?["committed"], true);
        // What the mutation has answered is live.
        let fresh = shake(to, "shop.test", &client(&[&authority.pem()], None)?).await?;
        assert_eq!(shown(&fresh)?, der(&pairs[swap % 2])?, "swap {swap}");
    }
    stop.send(true)?;
    let mut seen = std::collections::BTreeSet::new();
    for outcome in load.join_all().await {
        seen.extend(outcome.context("a handshake under load")?.into_keys());
    }
    assert_eq!(seen.len(), 2, "both certificates were shown under load");
    assert!(ask(&mut steady, "shop.test").await?.starts_with("HTTP/1.1 200 "));
    Ok(())
}

#[tokio::test]
async fn the_very_name_comes_before_a_wildcard_and_that_before_the_default() -> Result<()> {
    let gateway = Gateway::start().await?;
    let authority = Authority::new()?;
    let exact = authority.issue(&["a.shop.test"])?;
    let wildcard = authority.issue(&["*.shop.test"])?;
    let default = authority.issue(&["default.test"])?;
    create(&gateway, "exact", &exact, false).await?;
    create(&gateway, "wildcard", &wildcard, false).await?;
    let to = https(&gateway)?;
    let trusting = client(&[&authority.pem(), &gateway.ca_pem], None)?;
    assert_eq!(shown(&shake(to, "a.shop.test", &trusting).await?)?, der(&exact)?);
    assert_eq!(shown(&shake(to, "A.Shop.TEST", &trusting).await?)?, der(&exact)?);
    assert_eq!(shown(&shake(to, "b.shop.test", &trusting).await?)?, der(&wildcard)?);
    // The one of the settings is the default until another one is, and keeps its own names.
    assert!(shake(to, "a.b.shop.test", &trusting).await.is_err(), "a wildcard is for one label");
    assert!(shake(to, "default.test", &trusting).await.is_err());
    create(&gateway, "default", &default, true).await?;
    assert_eq!(shown(&shake(to, "default.test", &trusting).await?)?, der(&default)?);
    shake(to, "localhost", &trusting).await?;
    Ok(())
}

#[tokio::test]
async fn a_listener_without_a_file_serves_what_is_configured_and_refuses_other_names_by_an_alert() -> Result<()> {
    let gateway = Gateway::start_with(|settings| {
        settings.https.enabled = true;
        (settings.https.certificate, settings.https.key) = (PathBuf::new(), PathBuf::new());
    })
    .await?;
    let authority = Authority::new()?;
    let (to, config) = (https(&gateway)?, client(&[&authority.pem()], None)?);
    let refused = shake(to, "shop.test", &config).await.err().context("nothing could be shown")?;
    assert!(format!("{refused:#}").contains("UnrecognisedName"), "{refused:#}");
    until_metric(&gateway, r#"sluice_handshakes_unrecognized_total{listener="https"} 1"#).await?;
    create(&gateway, "shop", &authority.issue(&["shop.test"])?, false).await?;
    shake(to, "shop.test", &config).await?;
    Ok(())
}

/// The certificate files of a gateway.
fn files(settings: &Settings) -> (PathBuf, PathBuf) {
    (settings.https.certificate.clone(), settings.https.key.clone())
}

#[tokio::test]
async fn certificate_files_are_read_again_when_they_change_and_bad_ones_change_nothing() -> Result<()> {
    let mut paths = None;
    let gateway = Gateway::start_with(|settings| paths = Some(files(settings))).await?;
    let (certificate, key) = paths.context("the settings")?;
    let authority = Authority::new()?;
    let renewed = authority.issue(&["localhost"])?;
    fs::write(&certificate, &renewed.chain_pem)?;
    // A key that is not there yet is not missed: the pair is taken over when both stand.
    fs::write(&key, &renewed.key_pem)?;
    until_metric(&gateway, r#"sluice_certificate_reloads_total{outcome="reloaded"} 1"#).await?;
    let (to, config) = (https(&gateway)?, client(&[&authority.pem()], None)?);
    assert_eq!(shown(&shake(to, "localhost", &config).await?)?, der(&renewed)?);

    fs::write(&key, &authority.issue(&["localhost"])?.key_pem)?;
    until_metric(&gateway, r#"sluice_certificate_reloads_total{outcome="failed"} 1"#).await?;
    assert_eq!(shown(&shake(to, "localhost", &config).await?)?, der(&renewed)?);
    Ok(())
}

#[tokio::test]
async fn key_exchange_is_hybrid_where_the_client_knows_how() -> Result<()> {
    let gateway = Gateway::start().await?;
    let stream = shake(https(&gateway)?, "localhost", &client(&[&gateway.ca_pem], None)?).await?;
    let group = stream.get_ref().1.negotiated_key_exchange_group().context("a group")?;
    assert_eq!(group.name(), NamedGroup::X25519MLKEM768);
    Ok(())
}

#[tokio::test]
async fn a_request_for_a_host_that_the_connection_is_not_for_is_misdirected() -> Result<()> {
    let gateway = Gateway::start().await?;
    answering(&gateway, "shop", &[], json!({})).await?;
    let authority = Authority::new()?;
    create(&gateway, "both", &authority.issue(&["a.test", "b.test", "*.c.test"])?, false).await?;
    create(&gateway, "other", &authority.issue(&["d.test"])?, false).await?;
    let config = client(&[&authority.pem()], None)?;
    for (host, status) in [
        ("a.test", "200"),
        ("A.TEST:8443", "200"),
        ("b.test", "200"),
        ("x.c.test", "200"),
        ("x.y.c.test", "421"),
        ("d.test", "421"),
        ("127.0.0.1", "421"),
    ] {
        let mut stream = shake(https(&gateway)?, "a.test", &config).await?;
        let answer = ask(&mut stream, host).await?;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{host}: {answer}");
        assert_eq!(answer.contains("/problems/misdirected-request"), status == "421", "{answer}");
    }
    Ok(())
}

#[tokio::test]
async fn cleartext_is_sent_to_https_but_for_challenges_of_authorities() -> Result<()> {
    let gateway = Gateway::start_with(|settings| settings.http.redirect_to_https = true).await?;
    gateway.create("Route", json!({ "name": "all", "respond": { "status": 200, "body": "here" } })).await?;
    let client = gateway.client(sluice_testkit::client::Version::Http1)?;
    let http = format!("http://{}", gateway.http_address()?);
    let answer = client.post(&format!("{http}/a/b?c=%20d"), &[("host", "Shop.test:8080")], "body").await?;
    let port = https(&gateway)?.port();
    assert_eq!(answer.status, 308);
    assert_eq!(answer.header("location"), format!("https://shop.test:{port}/a/b?c=%20d"));
    let answer = client.get(&format!("{http}/.well-known/acme-challenge/token"), &[]).await?;
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, "here"));
    assert_eq!(client.get(&gateway.https("/a"), &[]).await?.status, 200);
    Ok(())
}
