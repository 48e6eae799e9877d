//! Plugins: names for modules, and what is known of the modules.

use std::{fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{finding::Path, grant::Grant};

/// A name for a Wasm module; attachments follow it when its digest changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plugin {
    pub name: String,
    /// The uploaded module.
    pub digest: Digest,
}

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

    /// The names of secrets in a configuration, as the module's schema marks them, each at its place relative to the configuration.
    fn secrets(&self, _digest: &Digest, _config: &Value) -> Vec<(Path, String)> {
        Vec::new()
    }
}

/// A catalog of no modules: documents without plugins compile with it.
#[derive(Clone, Copy, Debug)]
pub struct NoModules;

impl Catalog for NoModules {
    fn facts(&self, _: &Digest) -> Option<Arc<PluginFacts>> {
        None
    }

    fn check_config(&self, _: &Digest, _: &Value) -> Vec<(Path, String)> {
        Vec::new()
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
