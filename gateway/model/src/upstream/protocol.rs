//! How an upstream's targets are spoken to: the version of HTTP, and TLS beneath it.

use serde::{Deserialize, Serialize};

/// The version of HTTP that targets are spoken to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Protocol {
    /// HTTP/1.1: a connection for each request under way.
    #[default]
    Http1,
    /// HTTP/2, and nothing else: agreed on by ALPN over TLS, known beforehand in cleartext.
    Http2,
    /// Over TLS what ALPN agrees on, HTTP/2 first; HTTP/1.1 in cleartext.
    Auto,
}

/// TLS to an upstream's targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct UpstreamTls {
    /// Whom a target's certificate must be for, and what it is asked for by SNI; none for the host of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// Certificates in PEM, by one of which that of a target must be issued; none for those that the system trusts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorities: Option<String>,
    /// What the gateway shows when a target asks who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<UpstreamCertificate>,
    /// Whether a target's certificate is looked at. Without it, whoever is between can be the target.
    #[serde(skip_serializing_if = "is_true")]
    pub verify: bool,
}

/// A certificate of the gateway's own, and where its key is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpstreamCertificate {
    /// The certificate and its issuers in PEM, leaf first.
    pub certificate: String,
    /// Name of the secret that holds the private key in PEM, unencrypted.
    pub key_secret: String,
}

impl Default for UpstreamTls {
    fn default() -> Self {
        Self { server_name: None, authorities: None, client_certificate: None, verify: true }
    }
}

fn is_true(value: &bool) -> bool {
    *value
}
