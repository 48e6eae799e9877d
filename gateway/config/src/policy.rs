//! What the operator set for modules, grants and keys, beside the configuration.

use std::collections::BTreeSet;

use crate::{keys::API_KEY, signature::TrustedKeys, vault::Vault};

/// Settings of the service, read once at the start.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Whose signature a module needs; none means that any module is taken in.
    pub trusted_keys: TrustedKeys,
    /// Modules that are kept although nothing needs them: beyond that number the oldest uploads are deleted.
    pub unused_modules: usize,
    /// The remote stores that plugins may be granted.
    pub stores: BTreeSet<String>,
    /// Whether a store is set in which nodes count limits together.
    pub counts_together: bool,
    /// What API keys that are issued begin with.
    pub key_prefix: String,
    /// What private keys are sealed with; without it none are kept.
    pub vault: Option<Vault>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            trusted_keys: TrustedKeys::default(),
            unused_modules: 64,
            stores: BTreeSet::new(),
            counts_together: false,
            key_prefix: API_KEY.to_owned(),
            vault: None,
        }
    }
}
