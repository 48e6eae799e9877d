//! What a route asks of its clients' certificates.

use async_graphql::{Enum, InputObject, SimpleObject};
use gateway_model as model;

/// What a route asks of its clients' certificates.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct ClientCertificateRule {
    /// What becomes of clients that have none.
    mode: ClientCertificateMode,
    /// The certificates of the authorities that must have issued them, in PEM.
    authorities: String,
}

/// What becomes of clients that have no certificate by the authorities of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::ClientCertificateMode")]
pub(crate) enum ClientCertificateMode {
    /// They are refused.
    Required,
    /// They are served, and nobody knows who they are.
    Optional,
}

/// What a route asks of its clients' certificates.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ClientCertificateRuleInput {
    /// What becomes of clients that have none; `REQUIRED` if not given.
    mode: Option<ClientCertificateMode>,
    /// The certificates of the authorities that must have issued them, in PEM: the only ones that count on this route.
    authorities: String,
}

impl From<model::ClientCertificateRule> for ClientCertificateRule {
    fn from(rule: model::ClientCertificateRule) -> Self {
        Self { mode: rule.mode.into(), authorities: rule.authorities }
    }
}

impl From<ClientCertificateRuleInput> for model::ClientCertificateRule {
    fn from(input: ClientCertificateRuleInput) -> Self {
        Self { mode: input.mode.map(Into::into).unwrap_or_default(), authorities: input.authorities }
    }
}
