//! The only writer of configuration.
//!
//! [`Service`] takes edits, refuses what is wrong with every reason, commits the rest to the store and
//! publishes what the store holds as snapshots.
//! Start, edit and another process' edit take one path: what is published was read from the store.
//! How a module is run is known to the [`Sandbox`] that the caller brings.

mod actor;
mod advice;
mod applied;
mod catalog;
mod certificates;
mod credentials;
mod error;
mod format;
mod keys;
mod policy;
mod references;
mod reload;
mod sandbox;
mod service;
mod signature;
#[cfg(test)]
mod testing;
mod tokens;
mod usage;
mod uses;
mod vault;

pub use actor::{command_line, system};
pub use applied::AppliedReporter;
pub use certificates::{WARNING_DAYS, days_left, remark};
pub use credentials::{IssuedKey, KeyImportError, PasswordError};
pub use error::{ChangeError, ConfigError, ModuleError, TokenError, UploadError};
pub use format::{parse_yaml, to_yaml};
pub use policy::Policy;
pub use sandbox::Sandbox;
pub use service::{ChangeRequest, Changed, KEPT_REVISIONS, LARGEST_MODULE, Service, key_hash_secret};
pub use signature::{KeyError, SignatureError, TrustedKeys};
pub use usage::{Metering, QuotaUsage, UsageError};
pub use vault::{PrivateKeyError, Vault, VaultError};

// What the service takes and returns belongs to its API.
pub use gateway_store::{
    AuditEntry, Page, ResourceChange, Slice, Step, StoreError, StoredModule, StoredPurge, StoredToken, action,
    usage::AccountName,
};
