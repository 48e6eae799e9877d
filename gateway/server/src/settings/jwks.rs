//! `[jwks]`: from where the key sets of issuers are fetched.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What is allowed of issuers, for the whole gateway; the rest stands in the configuration of `auth`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Jwks {
    /// Whether hosts may have addresses of private networks. `localhost` is reached by that name without it.
    pub allow_private: bool,
    /// PEM file with authorities that are trusted to say who an issuer is, beside those that the system trusts.
    pub authorities: PathBuf,
}
