//! The nouns of the gateway and their invariants.
//!
//! A [`Document`] is all that an operator may set, exactly as written.
//! [`compile`] turns it into a [`Snapshot`], the immutable form that requests are served from, or
//! into every [`Finding`] that stands in the way.
//! The wire form of each resource (YAML files, stored rows) is its serde form: there is one.

mod admission;
mod attachment;
mod certificate;
mod chain;
mod compile;
mod consumer;
mod credential;
mod document;
mod edit;
mod finding;
mod grant;
mod name;
mod nearest;
mod plan;
mod plugin;
mod problem;
mod purge;
mod revision;
mod route;
mod snapshot;
mod upstream;

pub use admission::{Admission, ClassRule, Classes, Concurrency, ConcurrencyAlgorithm, Queue};
pub use attachment::{Attachment, FailurePolicy, Isolation};
pub use certificate::{Certificate, CertificateError, CertificateFacts, PrivateKey, certificates};
pub use chain::{ChainLink, chain};
pub use compile::{Basis, Compiled, compile, compile_on};
pub use consumer::Consumer;
pub use credential::{
    ApiKey, CertificateName, ClientCertificate, Credential, KeyDigest, KeyRecord, Password, PreviousKey, Proof,
};
pub use document::{Document, DocumentFile, Named};
pub use edit::{Edit, Kind, Resource};
pub use finding::{Code, Finding, Path, Severity, without_keys};
pub use gateway_algorithms::{caching::Covered, priority::PriorityClass};
pub use grant::{Grant, GrantError};
pub use name::check_name;
pub use nearest::nearest;
pub use plan::{Counting, LimitOverride, MethodThrottle, OnOutage, Period, Quota, Throttle, UsagePlan};
pub use plugin::{Catalog, Digest, NoModules, Plugin, PluginFacts};
pub use problem::Problem;
pub use purge::{
    KeptPurge, KeptPurges, LONGEST_PURGE_SCOPE, LONGEST_TAG, MOST_PURGES, Purge, PurgeKind, PurgeScope, PurgeScopeError,
};
pub use revision::{Actor, Revision};
pub use route::{
    ClientCertificateMode, ClientCertificateRule, DirectResponse, Field, FieldEdits, Redirect, Rewrite, Route, Share,
    ValueMatch,
};
pub use snapshot::{
    Acceptance, Action, Attachments, Authorities, CertificateTable, ClientRules, CompiledCertificate,
    CompiledClientRule, CompiledFields, CompiledMethodThrottle, CompiledOverride, CompiledPlan, CompiledQuota,
    CompiledRedirect, CompiledResponse, CompiledRewrite, CompiledRoute, CompiledShare, Credentials, Head, Identities,
    Identity, KnownCredential, KnownPassword, LastUse, NewPath, NoNewPath, PathPattern, ResolvedAttachment, RouteTable,
    Snapshot, UseId,
};
pub use upstream::{
    ActiveHealth, Algorithm, Balancing, CheckKind, CircuitBreaker, HashOn, HashSource, Health, PassiveHealth, Protocol,
    Retries, RetryOn, StatusRange, Target, Timeouts, Upstream, UpstreamCertificate, UpstreamTls,
};
