//! Where the key is that private keys are sealed with.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Certificates that are configured at runtime.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Certificates {
    /// File with the keys that private keys are sealed with; empty for one in the data folder, made at the first start.
    pub key_file: PathBuf,
}
