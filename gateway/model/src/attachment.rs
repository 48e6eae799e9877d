//! Attachments: plugins at work.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{grant::Grant, plugin::Digest, snapshot::ResolvedAttachment};

/// Puts a plugin on one route, or on all of them.
///
/// An attachment to a route replaces those of the same plugin to all routes there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attachment {
    pub name: String,
    /// Name of the plugin.
    pub plugin: String,
    /// Name of the route; none means every route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Place in the chain, lowest first; none takes the plugin's own default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<i32>,
    /// The plugin's configuration, valid against the plugin's schema.
    #[serde(default = "empty_object")]
    pub config: Value,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<Grant>,
    #[serde(default)]
    pub on_failure: FailurePolicy,
    #[serde(default, skip_serializing_if = "is_default")]
    pub isolation: Isolation,
    /// For one call of a hook, in milliseconds, 1 to 10,000; none takes the gateway's setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_ms: Option<u32>,
    /// Whether the plugin is not called: each call counts as failed, and `on_failure` decides.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quarantined: bool,
}

/// What becomes of a request whose plugin traps, times out or fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailurePolicy {
    /// The request is refused with 503.
    #[default]
    Closed,
    /// The plugin is skipped and the request goes on.
    Open,
}

/// What requests share of a plugin's memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Isolation {
    /// Warm instances serve one request after the other.
    #[default]
    Shared,
    /// Each call runs in an instance of its own, which is thrown away after it.
    Request,
}

impl Attachment {
    /// The attachment as it runs the module of `digest`.
    #[must_use]
    pub fn resolve(&self, digest: &Digest) -> ResolvedAttachment {
        ResolvedAttachment {
            name: self.name.as_str().into(),
            plugin: self.plugin.as_str().into(),
            digest: digest.clone(),
            config: self.config.to_string().into(),
            grants: self.grants.clone(),
            on_failure: self.on_failure,
            isolation: self.isolation,
            deadline_ms: self.deadline_ms,
            quarantined: self.quarantined,
        }
    }
}

fn empty_object() -> Value {
    Value::Object(serde_json::Map::new())
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
