//! What a route asks of its clients' certificates.

use serde::{Deserialize, Serialize};

/// By whom clients' certificates must be issued, and what becomes of clients that have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientCertificateRule {
    #[serde(default)]
    pub mode: ClientCertificateMode,
    /// The certificates of the authorities, in PEM.
    pub authorities: String,
}

/// What becomes of clients that have no such certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClientCertificateMode {
    /// They are refused.
    #[default]
    Required,
    /// They are served, and nobody knows who they are.
    Optional,
}
