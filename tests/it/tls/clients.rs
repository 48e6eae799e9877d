//! Client certificates of routes.

use rustls::HandshakeKind;

use super::*;

/// A gateway with a route on `open.test` and one on `closed.test` that wants certificates of `partners`.
async fn serving(server: &Authority, partners: &Authority, mode: &str) -> Result<Gateway> {
    let gateway = Gateway::start().await?;
    create(&gateway, "servers", &server.issue(&["open.test", "closed.test"])?, false).await?;
    answering(&gateway, "open", &["open.test"], json!({})).await?;
    let rule = json!({ "clientCertificate": { "mode": mode, "authorities": partners.pem() } });
    answering(&gateway, "closed", &["closed.test"], rule).await?;
    Ok(gateway)
}

#[tokio::test]
async fn a_route_that_requires_a_certificate_serves_nobody_without_one() -> Result<()> {
    let (server, partners, strangers) = (Authority::new()?, Authority::new()?, Authority::new()?);
    let gateway = serving(&server, &partners, "REQUIRED").await?;
    let to = https(&gateway)?;
    let partner = partners.issue_client(&["batch.partner.test"])?;
    let stranger = strangers.issue_client(&["batch.partner.test"])?;

    let nobody = client(&[&server.pem()], None)?;
    let answer = ask(&mut shake(to, "closed.test", &nobody).await?, "closed.test").await?;
    assert!(
        answer.starts_with("HTTP/1.1 403 ") && answer.contains("/problems/client-certificate-required"),
        "{answer}"
    );
    let known = client(&[&server.pem()], Some(&partner))?;
    let answer = ask(&mut shake(to, "closed.test", &known).await?, "closed.test").await?;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let unknown = client(&[&server.pem()], Some(&stranger))?;
    // In TLS 1.3 the client hears of it when it reads.
    let outcome = async { ask(&mut shake(to, "closed.test", &unknown).await?, "closed.test").await };
    assert!(outcome.await.is_err(), "one that does not hold ends the connection");

    // Elsewhere nobody is asked.
    let stream = &mut shake(to, "open.test", &unknown).await?;
    assert!(ask(stream, "open.test").await?.starts_with("HTTP/1.1 200 "));
    let cleartext = gateway.client(sluice_testkit::client::Version::Http1)?;
    let url = format!("http://{}/shop", gateway.http_address()?);
    assert_eq!(cleartext.get(&url, &[("host", "closed.test")]).await?.status, 403);
    Ok(())
}

#[tokio::test]
async fn no_connection_for_another_host_leads_around_the_certificate() -> Result<()> {
    let (server, partners) = (Authority::new()?, Authority::new()?);
    let gateway = serving(&server, &partners, "REQUIRED").await?;
    let partner = client(&[&server.pem()], Some(&partners.issue_client(&["batch.partner.test"])?))?;
    let mut stream = shake(https(&gateway)?, "open.test", &partner).await?;
    // The certificate has both names; the connection was not asked for what this route wants.
    let answer = ask(&mut stream, "closed.test").await?;
    assert!(answer.starts_with("HTTP/1.1 421 "), "{answer}");
    let mut stream = shake(https(&gateway)?, "closed.test", &partner).await?;
    for host in ["closed.test", "open.test", "closed.test"] {
        let answer = ask(&mut stream, host).await?;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{host}: {answer}");
    }
    Ok(())
}

#[tokio::test]
async fn an_optional_certificate_is_welcome_and_not_needed() -> Result<()> {
    let (server, partners) = (Authority::new()?, Authority::new()?);
    let gateway = serving(&server, &partners, "OPTIONAL").await?;
    let to = https(&gateway)?;
    let partner = partners.issue_client(&["batch.partner.test"])?;
    for own in [None, Some(&partner)] {
        let mut stream = shake(to, "closed.test", &client(&[&server.pem()], own)?).await?;
        assert!(ask(&mut stream, "closed.test").await?.starts_with("HTTP/1.1 200 "));
    }
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_taken_up_again_keeps_its_certificate_until_its_authority_goes() -> Result<()> {
    let (server, partners) = (Authority::new()?, Authority::new()?);
    let gateway = serving(&server, &partners, "REQUIRED").await?;
    let to = https(&gateway)?;
    let partner = client(&[&server.pem()], Some(&partners.issue_client(&["batch.partner.test"])?))?;
    for kind in [HandshakeKind::Full, HandshakeKind::Resumed] {
        let mut stream = shake(to, "closed.test", &partner).await?;
        let answer = ask(&mut stream, "closed.test").await?;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        // A hybrid key share may take another greeting.
        let is_resumed = stream.get_ref().1.handshake_kind() == Some(HandshakeKind::Resumed);
        assert_eq!(is_resumed, kind == HandshakeKind::Resumed);
    }
    // Another change keeps sessions.
    answering(&gateway, "third", &["third.test"], json!({})).await?;
    let stream = shake(to, "closed.test", &partner).await?;
    assert_eq!(stream.get_ref().1.handshake_kind(), Some(HandshakeKind::Resumed));

    let others = Authority::new()?;
    let mutation = "mutation($input: UpdateRouteInput!) { updateRoute(input: $input) { userErrors { path message } } }";
    let input = json!({ "name": "closed", "clientCertificate": { "authorities": others.pem() } });
    gateway.admin.mutate(mutation, json!({ "input": input })).await?;
    let outcome = async { ask(&mut shake(to, "closed.test", &partner).await?, "closed.test").await };
    assert!(outcome.await.is_err(), "what the old authority has issued holds no more");
    Ok(())
}
