//! How an upstream's targets are spoken to.

use async_graphql::{Enum, InputObject, MaybeUndefined, SimpleObject};
use gateway_model as model;

use super::super::patch::{set_option, set_or_default};

/// The version of HTTP that targets are spoken to in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::Protocol")]
pub(crate) enum UpstreamProtocol {
    /// HTTP/1.1: a connection for each request under way.
    #[graphql(name = "HTTP1")]
    Http1,
    /// HTTP/2, and nothing else: agreed on by ALPN over TLS, known beforehand in cleartext.
    #[graphql(name = "HTTP2")]
    Http2,
    /// Over TLS what ALPN agrees on, HTTP/2 first; HTTP/1.1 in cleartext.
    Auto,
}

/// TLS to an upstream's targets.
#[derive(SimpleObject)]
pub(crate) struct UpstreamTls {
    /// Whom a target's certificate must be for, and what it is asked for by SNI; null for the host of its address.
    server_name: Option<String>,
    /// Certificates in PEM, by one of which that of a target must be issued; null for those that the system trusts.
    authorities: Option<String>,
    /// What the gateway shows when a target asks who it is.
    client_certificate: Option<UpstreamCertificate>,
    /// Whether a target's certificate is looked at. Without it, whoever is between can be the target.
    verify: bool,
}

/// A certificate of the gateway's own.
#[derive(SimpleObject)]
pub(crate) struct UpstreamCertificate {
    /// The certificate and its issuers in PEM, leaf first.
    certificate: String,
    /// Name of the secret that holds the private key.
    key_secret: String,
}

/// TLS to an upstream's targets; fields that are left out stay as they are, which for an upstream without TLS is the default.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct UpstreamTlsInput {
    /// Whom a target's certificate must be for, and what it is asked for by SNI: a host name without a port, or an IP address; null for the host of its address.
    server_name: MaybeUndefined<String>,
    /// Certificates in PEM, by one of which that of a target must be issued; null for those that the system trusts.
    authorities: MaybeUndefined<String>,
    /// What the gateway shows when a target asks who it is; null for nothing.
    client_certificate: MaybeUndefined<UpstreamCertificateInput>,
    /// Whether a target's certificate is looked at; null means that it is. Without it, whoever is between can be the target.
    verify: MaybeUndefined<bool>,
}

/// A certificate of the gateway's own, and where its key is.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct UpstreamCertificateInput {
    /// The certificate and its issuers in PEM, leaf first.
    certificate: String,
    /// Name of the secret that holds the private key in PEM, unencrypted: a file of this name among the gateway's secrets.
    key_secret: String,
}

/// TLS as it was, changed.
pub(super) fn patched(patch: &MaybeUndefined<UpstreamTlsInput>, tls: &mut Option<model::UpstreamTls>) {
    match patch {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *tls = None,
        MaybeUndefined::Value(input) => input.apply(tls.get_or_insert_default()),
    }
}

impl UpstreamTlsInput {
    fn apply(&self, tls: &mut model::UpstreamTls) {
        set_option(&self.server_name, &mut tls.server_name);
        set_option(&self.authorities, &mut tls.authorities);
        set_option(&self.client_certificate.clone().map_value(Into::into), &mut tls.client_certificate);
        set_or_default(&self.verify, &mut tls.verify, || true);
    }
}

impl From<UpstreamCertificateInput> for model::UpstreamCertificate {
    fn from(input: UpstreamCertificateInput) -> Self {
        let UpstreamCertificateInput { certificate, key_secret } = input;
        Self { certificate, key_secret }
    }
}

impl From<&model::UpstreamTls> for UpstreamTls {
    fn from(tls: &model::UpstreamTls) -> Self {
        let model::UpstreamTls { server_name, authorities, client_certificate, verify } = tls.clone();
        let client_certificate = client_certificate.map(|known| {
            let model::UpstreamCertificate { certificate, key_secret } = known;
            UpstreamCertificate { certificate, key_secret }
        });
        Self { server_name, authorities, client_certificate, verify }
    }
}
