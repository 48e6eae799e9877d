//! What another implementation of TLS makes of the gateway: `openssl s_client`, which must be installed.

use std::process::Stdio;

use tokio::process::Command;

use super::*;

/// Runs `openssl s_client` against the gateway, asks for `/shop`, and returns all that it said, and whether it was content.
async fn s_client(gateway: &Gateway, arguments: &[&str]) -> Result<(bool, String)> {
    let mut child = Command::new("openssl")
        .args(["s_client", "-ign_eof", "-verify_return_error", "-connect", &https(gateway)?.to_string()])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("openssl cannot be run: install it")?;
    let mut stdin = child.stdin.take().context("its input")?;
    let request = b"GET /shop HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    // It may have ended already.
    drop(stdin.write_all(request).await);
    let output = tokio::time::timeout(PATIENCE, child.wait_with_output()).await.context("openssl does not end")??;
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Ok((output.status.success(), text))
}

struct Site {
    gateway: Gateway,
    folder: tempfile::TempDir,
}

impl Site {
    async fn start() -> Result<Self> {
        let gateway = Gateway::start().await?;
        answering(&gateway, "shop", &[], json!({})).await?;
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("ca.pem"), &gateway.ca_pem)?;
        Ok(Self { gateway, folder })
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// With the authority of the gateway's own certificate, for `localhost`.
    async fn s_client(&self, arguments: &[&str]) -> Result<(bool, String)> {
        let ca = self.path("ca.pem");
        let all = [&["-CAfile", &ca, "-servername", "localhost"][..], arguments].concat();
        s_client(&self.gateway, &all).await
    }
}

#[tokio::test]
async fn tls_1_2_and_1_3_are_spoken_and_nothing_older() -> Result<()> {
    let site = Site::start().await?;
    for (version, name) in [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")] {
        let (content, said) = site.s_client(&[version]).await?;
        assert!(content && said.contains(name) && said.contains("HTTP/1.1 200 OK"), "{said}");
        assert!(said.contains("Verify return code: 0 (ok)"), "{said}");
    }
    let (content, said) = site.s_client(&["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]).await?;
    assert!(!content && said.contains("alert") && said.contains("Cipher is (NONE)"), "{said}");
    Ok(())
}

#[tokio::test]
async fn suites_without_forward_secrecy_or_authenticated_encryption_are_refused() -> Result<()> {
    let site = Site::start().await?;
    for suite in ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"] {
        let (content, said) = site.s_client(&["-tls1_2", "-cipher", suite]).await?;
        assert!(content && said.contains(suite), "{said}");
    }
    for suite in ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA256", "AES128-GCM-SHA256"] {
        let (content, said) = site.s_client(&["-tls1_2", "-cipher", suite]).await?;
        assert!(!content && said.contains("alert handshake failure"), "{suite}: {said}");
    }
    for suite in ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"] {
        let (content, said) = site.s_client(&["-tls1_3", "-ciphersuites", suite]).await?;
        assert!(content && said.contains(suite), "{said}");
    }
    Ok(())
}

#[tokio::test]
async fn the_version_of_http_is_negotiated() -> Result<()> {
    let site = Site::start().await?;
    let (_, said) = site.s_client(&["-alpn", "http/1.1"]).await?;
    assert!(said.contains("ALPN protocol: http/1.1"), "{said}");
    // It speaks no HTTP/2, and what it sends ends the connection: what was negotiated is all that is asked.
    let (_, said) = site.s_client(&["-alpn", "h2,http/1.1"]).await?;
    assert!(said.contains("ALPN protocol: h2"), "{said}");
    let (content, said) = site.s_client(&["-alpn", "spdy/3"]).await?;
    assert!(!content && said.contains("alert no application protocol"), "{said}");
    Ok(())
}

#[tokio::test]
async fn each_name_is_shown_its_certificate() -> Result<()> {
    let site = Site::start().await?;
    let authority = Authority::new()?;
    fs::write(site.path("other.pem"), authority.pem())?;
    let [exact, wildcard, default] =
        [&["a.shop.test"][..], &["*.shop.test"], &["default.test"]].map(|names| authority.issue(names));
    let (exact, wildcard, default) = (exact?, wildcard?, default?);
    create(&site.gateway, "exact", &exact, false).await?;
    create(&site.gateway, "wildcard", &wildcard, false).await?;
    create(&site.gateway, "default", &default, true).await?;
    let ca = site.path("other.pem");
    for (name, certificate) in [
        (&["-servername", "a.shop.test"][..], &exact),
        (&["-servername", "b.shop.test"], &wildcard),
        (&["-servername", "nobody.test"], &default),
        (&["-noservername"], &default),
    ] {
        let (_, said) = s_client(&site.gateway, &[&["-CAfile", &ca], name].concat()).await?;
        let lines: Vec<&str> = certificate.chain_pem.lines().collect();
        assert!(said.contains(lines[1]) && said.contains(lines[2]), "{name:?}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn sessions_are_taken_up_again_also_after_a_change() -> Result<()> {
    let site = Site::start().await?;
    for version in ["-tls1_2", "-tls1_3"] {
        let session = site.path(version);
        let (content, said) = site.s_client(&[version, "-sess_out", &session]).await?;
        assert!(content && said.contains("New, TLSv1"), "{said}");
        answering(&site.gateway, &version[1..], &["elsewhere.test"], json!({ "pathPrefix": format!("/{version}") }))
            .await?;
        let (content, said) = site.s_client(&[version, "-sess_in", &session]).await?;
        assert!(content && said.contains("Reused, TLSv1") && said.contains("HTTP/1.1 200 OK"), "{said}");
    }
    Ok(())
}

#[tokio::test]
async fn client_certificates_of_a_route_are_asked_for_by_name() -> Result<()> {
    let site = Site::start().await?;
    let partners = Authority::new()?;
    let partner = partners.issue_client(&["batch.partner.test"])?;
    fs::write(site.path("partner.pem"), &partner.chain_pem)?;
    fs::write(site.path("partner.key"), &partner.key_pem)?;
    let (_, said) = site.s_client(&[]).await?;
    assert!(said.contains("No client certificate CA names sent") && said.contains("HTTP/1.1 200 OK"), "{said}");
    let rule = json!({ "clientCertificate": { "authorities": partners.pem() } });
    answering(&site.gateway, "closed", &["localhost"], rule).await?;
    for version in ["-tls1_2", "-tls1_3"] {
        let (_, said) = site.s_client(&[version]).await?;
        assert!(said.contains("CN = Sluice trial authority") && said.contains("HTTP/1.1 403 Forbidden"), "{said}");
        let (certificate, key) = (site.path("partner.pem"), site.path("partner.key"));
        let (_, said) = site.s_client(&[version, "-cert", &certificate, "-key", &key]).await?;
        assert!(said.contains("Acceptable client certificate CA names") && said.contains("HTTP/1.1 200 OK"), "{said}");
    }
    Ok(())
}
