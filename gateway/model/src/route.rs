//! Routes: which requests they take, and what becomes of those.

mod action;
mod client;
mod matching;

use gateway_algorithms::priority::PriorityClass;
use serde::{Deserialize, Serialize};

pub use self::{
    action::{DirectResponse, Field, FieldEdits, Redirect, Rewrite, Share},
    client::{ClientCertificateMode, ClientCertificateRule},
    matching::ValueMatch,
};

/// Takes requests by host, path, method, fields and query, and says what becomes of them.
///
/// One of `path`, `path_prefix` and `path_regex`, or none for every path; and one of `upstream`, `split`, `redirect` and
/// `respond`. Which route of several that match takes a request is in `docs/routing.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    pub name: String,
    /// Host names without port, compared without regard to case, or `*.` and a name for all names below it; none means every
    /// host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// The whole path, with parameters: `/orders/{id}` and `/files/{*rest}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whole path segments that the path begins with: `/orders` matches `/orders` and `/orders/7`, not `/orders7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_prefix: Option<String>,
    /// A regular expression for the whole path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_regex: Option<String>,
    /// None means every method.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// Header fields that the request must have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<ValueMatch>,
    /// Parameters that its query must have, compared as they are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<ValueMatch>,
    /// Name of the upstream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upstream: Option<String>,
    /// Several upstreams, each with its part of the requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub split: Vec<Share>,
    /// An answer that sends the client elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Redirect>,
    /// An answer that is always the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond: Option<DirectResponse>,
    /// Another path or host for the upstream.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rewrite: Option<Rewrite>,
    /// Changes to the fields that go to the upstream.
    #[serde(default, skip_serializing_if = "FieldEdits::is_empty")]
    pub request_headers: FieldEdits,
    /// Changes to the fields that go to the client.
    #[serde(default, skip_serializing_if = "FieldEdits::is_empty")]
    pub response_headers: FieldEdits,
    /// How much it matters that its requests are served; `normal` if neither this nor the consumer's plan says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityClass>,
    /// Whether clients prove by a certificate who they are, in the place of what the TLS listener asks of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<ClientCertificateRule>,
}

impl Route {
    /// A route by the beginning of the path.
    #[must_use]
    pub fn to(name: &str, path_prefix: &str, upstream: &str) -> Self {
        Self {
            name: name.to_owned(),
            path_prefix: Some(path_prefix.to_owned()),
            upstream: Some(upstream.to_owned()),
            ..Self::default()
        }
    }

    /// The upstreams that it names, each with the steps from the route to its name.
    pub fn upstreams(&self) -> impl Iterator<Item = (Vec<String>, &str)> {
        let one = self.upstream.iter().map(|name| (vec!["upstream".to_owned()], name.as_str()));
        let several = self.split.iter().enumerate().map(|(index, share)| {
            (vec!["split".to_owned(), index.to_string(), "upstream".to_owned()], share.upstream.as_str())
        });
        one.chain(several)
    }
}
