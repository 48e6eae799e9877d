//! Plugins and where they are attached.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::Path;

/// A name for a Wasm module; attachments follow it when its digest changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plugin {
    pub name: String,
    /// The uploaded module.
    pub digest: Digest,
}

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

/// A capability that an attachment gives to its plugin; without it the host refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Grant {
    /// Verify credentials and tokens, and say who the consumer is: `identity`.
    Identity,
    /// Charge the consumer's usage plan: `usage-plan`.
    UsagePlan,
    /// Use the named secret: `secret:NAME`.
    Secret(String),
}

/// A text that names no grant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a grant: use identity, usage-plan or secret:NAME")]
pub struct GrantError(String);

/// The SHA-256 of a Wasm module; displays as `sha256:` and 64 hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest(Arc<str>);

/// A text that is no digest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a digest: use sha256: and 64 lower-case hex digits")]
pub struct DigestError(String);

/// What is known of an uploaded module without running it.
#[derive(Clone, Debug, PartialEq)]
pub struct PluginFacts {
    pub digest: Digest,
    /// The module's own name.
    pub name: String,
    pub version: String,
    pub description: String,
    /// Place in the chain for attachments that name none.
    pub default_order: i32,
    /// JSON Schema (2020-12) of the configuration.
    pub config_schema: Value,
    /// The host interfaces that the module imports, such as `sluice:plugin/log@0.1.0`.
    pub imports: Vec<String>,
    /// The hooks that the module implements, such as `request`.
    pub hooks: Vec<String>,
    /// The grants that its imports need.
    pub needs: Vec<Grant>,
    /// Size of the module in bytes.
    pub size: u64,
}

/// The uploaded modules, as compilation asks for them.
pub trait Catalog {
    /// What is known of the module, or `None` if it was never uploaded.
    fn facts(&self, digest: &Digest) -> Option<Arc<PluginFacts>>;

    /// Checks a configuration against the module's schema: where it breaks, relative to the configuration, and how.
    fn check_config(&self, digest: &Digest, config: &Value) -> Vec<(Path, String)>;
}

// === impl Grant ===

impl From<Grant> for String {
    fn from(grant: Grant) -> Self {
        grant.to_string()
    }
}

impl TryFrom<String> for Grant {
    type Error = GrantError;

    fn try_from(text: String) -> Result<Self, GrantError> {
        text.parse()
    }
}

impl FromStr for Grant {
    type Err = GrantError;

    fn from_str(text: &str) -> Result<Self, GrantError> {
        match (text, text.strip_prefix("secret:")) {
            ("identity", _) => Ok(Self::Identity),
            ("usage-plan", _) => Ok(Self::UsagePlan),
            (_, Some(name)) if !name.is_empty() => Ok(Self::Secret(name.to_owned())),
            _ => Err(GrantError(text.to_owned())),
        }
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("identity"),
            Self::UsagePlan => f.write_str("usage-plan"),
            Self::Secret(name) => write!(f, "secret:{name}"),
        }
    }
}

// === impl Digest ===

impl Digest {
    /// The digest whose SHA-256 is `hash`.
    #[must_use]
    pub fn sha256(hash: [u8; 32]) -> Self {
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("sha256:{hex}").into())
    }

    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0.as_ref().to_owned()
    }
}

impl TryFrom<String> for Digest {
    type Error = DigestError;

    fn try_from(text: String) -> Result<Self, DigestError> {
        text.parse()
    }
}

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let hex = text.strip_prefix("sha256:").unwrap_or("");
        let good = hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        match good {
            true => Ok(Self(text.into())),
            false => Err(DigestError(text.to_owned())),
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn empty_object() -> Value {
    Value::Object(serde_json::Map::new())
}
