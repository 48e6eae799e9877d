//! What an upstream may say of TLS and the version of HTTP.

use x509_parser::{certificate::X509Certificate, pem::Pem, prelude::FromDer};

use super::super::{Compiler, is_host};
use crate::{
    finding::{Finding, Path},
    name::check_name,
    upstream::{CheckKind, Protocol, Upstream, UpstreamCertificate, UpstreamTls},
};

/// The largest PEM text, in bytes: a bundle of all public authorities has a quarter of it.
const LARGEST_PEM: usize = 1024 * 1024;

/// What stands around a certificate in PEM.
const CERTIFICATE: &str = "CERTIFICATE";

impl Compiler<'_> {
    pub(super) fn protocol(&mut self, path: &Path, upstream: &Upstream) {
        let Upstream { protocol, tls, .. } = upstream;
        if *protocol == Protocol::Auto && tls.is_none() {
            let message = "without tls there is nothing to agree on, so that AUTO means HTTP1: say HTTP1 or HTTP2";
            self.findings.push(Finding::warning(path.then("protocol"), message));
        }
        let checks = upstream.health.active.as_ref().map(|active| active.kind);
        let may_be_http2 = *protocol == Protocol::Http2 || *protocol == Protocol::Auto && tls.is_some();
        if checks == Some(CheckKind::Grpc) && !may_be_http2 {
            let message = "GRPC needs HTTP/2: set the upstream's protocol to HTTP2";
            self.error(path.then("health").then("active").then("kind"), message);
        }
        if let Some(tls) = tls {
            self.upstream_tls(&path.then("tls"), tls);
        }
    }

    fn upstream_tls(&mut self, path: &Path, tls: &UpstreamTls) {
        let UpstreamTls { server_name, authorities, client_certificate, verify } = tls;
        if let Some(name) = server_name.as_ref().filter(|name| !is_server_name(name)) {
            let message = format!("{name:?} is no server name: use one such as api.example.com, without a port");
            self.error(path.then("serverName"), message);
        }
        if let Some(pem) = authorities {
            self.pem(path.then("authorities"), pem);
        }
        if let Some(UpstreamCertificate { certificate, key_secret }) = client_certificate {
            let path = path.then("clientCertificate");
            self.pem(path.then("certificate"), certificate);
            self.findings.extend(check_name(key_secret, &path.then("keySecret")).err());
        }
        if !verify {
            let message = "certificates of targets are not looked at: whoever is on the way to them can read and change \
                 everything; set authorities in its place, and leave this to experiments";
            self.findings.push(Finding::warning(path.then("verify"), message));
            if authorities.is_some() {
                let message = "verify is false, so that nothing is checked by these: take one of the two away";
                self.findings.push(Finding::warning(path.then("authorities"), message));
            }
        }
    }

    /// A private key among them is never quoted.
    fn pem(&mut self, path: Path, pem: &str) {
        if let Err(complaint) = check_certificates(pem) {
            self.error(path, complaint);
        }
    }
}

/// A host name, or an IP address without brackets.
fn is_server_name(name: &str) -> bool {
    name.parse::<std::net::IpAddr>().is_ok() || is_host(name) && !name.starts_with('[')
}

fn check_certificates(text: &str) -> Result<(), String> {
    if text.len() > LARGEST_PEM {
        return Err(format!("it has {} bytes: give at most {LARGEST_PEM}", text.len()));
    }
    let mut found = 0;
    for section in Pem::iter_from_buffer(text.as_bytes()) {
        let section = section.map_err(|_| "it is no PEM: give sections from BEGIN CERTIFICATE to END CERTIFICATE")?;
        if section.label.contains("PRIVATE KEY") {
            return Err("there is a private key in it: keep it as a secret, and give certificates alone here".into());
        }
        if section.label != CERTIFICATE {
            return Err(format!("there is a section {:?} in it: give certificates alone", section.label));
        }
        found += 1;
        let whole = X509Certificate::from_der(&section.contents).is_ok_and(|(rest, _)| rest.is_empty());
        if !whole {
            return Err(format!("certificate {found} of it cannot be read: copy it once more, as it was issued"));
        }
    }
    match found {
        0 => Err("there is no certificate in it: give PEM with at least one section CERTIFICATE".into()),
        _ => Ok(()),
    }
}
