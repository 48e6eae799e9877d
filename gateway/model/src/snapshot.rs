//! The snapshot: a revision compiled for serving. Immutable, but for when credentials were last used, and cheap to share.

mod certificates;
mod client_rules;
mod credentials;
mod identity;
mod last_use;
mod route;
mod router;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use gateway_algorithms::caching::Purges;

use crate::{
    attachment::{FailurePolicy, Isolation},
    document::Named,
    grant::Grant,
    plugin::Digest,
    upstream::Upstream,
};

pub use self::certificates::{CertificateTable, CompiledCertificate};
pub use self::client_rules::ClientRules;
pub use self::identity::{CompiledMethodThrottle, CompiledOverride, CompiledPlan, CompiledQuota, Identity};
pub(crate) use self::route::Part;
pub use self::route::{
    Action, Authorities, CompiledClientRule, CompiledFields, CompiledRedirect, CompiledResponse, CompiledRewrite,
    CompiledRoute, CompiledShare, NewPath, NoNewPath,
};
pub(crate) use self::router::{Clash, Conditions, MOST_AT_ONE_PLACE, Wanted};
pub use self::router::{Head, PathPattern, RouteTable};
pub use credentials::{Acceptance, Credentials, KnownCredential, KnownPassword, UseId};
pub use last_use::LastUse;

/// Everything that requests are served from.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Number of the revision this was compiled from.
    pub revision: u64,
    pub routes: RouteTable,
    pub upstreams: Named<Upstream>,
    /// By name.
    pub attachments: Arc<Attachments>,
    /// Consumers by name.
    pub identities: Arc<Identities>,
    /// Credentials by what clients send, and by name.
    pub credentials: Arc<Credentials>,
    /// What is shown to clients that begin a TLS connection.
    pub certificates: Arc<CertificateTable>,
    /// Whose certificates clients are asked for, by host.
    pub client_rules: Arc<ClientRules>,
    /// What is no longer to be served from the cache.
    pub purges: Purges,
}

/// Attachments by name.
pub type Attachments = BTreeMap<Arc<str>, Arc<ResolvedAttachment>>;

/// Consumers by name.
pub type Identities = HashMap<Arc<str>, Arc<Identity>>;

/// An attachment with its plugin resolved; equal values behave alike, so that a new revision can keep the old one's instances.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedAttachment {
    /// Name of the attachment; with the plugin's own names it identifies limiters across revisions.
    pub name: Arc<str>,
    /// Name of the plugin, for metrics and logs.
    pub plugin: Arc<str>,
    pub digest: Digest,
    /// The configuration as JSON.
    pub config: Arc<str>,
    pub grants: Vec<Grant>,
    pub on_failure: FailurePolicy,
    pub isolation: Isolation,
    /// For one call of a hook, in milliseconds; none takes the gateway's setting.
    pub deadline_ms: Option<u32>,
    /// Whether every call counts as failed without being made.
    pub quarantined: bool,
}
