//! Grants: what an attachment lets its plugin do.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A capability that an attachment gives to its plugin; without it the host refuses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Grant {
    /// Verify credentials and tokens, and say who the consumer is: `identity`.
    Identity,
    /// Charge the consumer's usage plan: `usage-plan`.
    UsagePlan,
    /// Keep responses and answer with them, and say how responses are cached: `cache`.
    Cache,
    /// Say how important requests are, and how they wait for their upstream: `priority`.
    Priority,
    /// Use the named secret: `secret:NAME`.
    Secret(String),
    /// Send requests to the named upstream, and calls of the plugin's own: `upstream:NAME`.
    Upstream(String),
    /// Share the keys of the named space with other attachments on this node: `kv:NAME`.
    Kv(String),
    /// Use the named remote store: `store:NAME`.
    Store(String),
}

/// A text that names no grant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a grant: use identity, usage-plan, cache, priority, secret:NAME, upstream:NAME, kv:NAME or store:NAME"
)]
pub struct GrantError(String);

impl Grant {
    /// What the grant names: a secret, upstream, space of keys or store.
    #[must_use]
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::Identity | Self::UsagePlan | Self::Cache | Self::Priority => None,
            Self::Secret(name) | Self::Upstream(name) | Self::Kv(name) | Self::Store(name) => Some(name),
        }
    }
}

impl Grant {
    /// The host interfaces through which a plugin makes use of the grant: it needs one of them. Empty if it can do so without.
    #[must_use]
    pub fn interfaces(&self) -> &'static [&'static str] {
        match self {
            Self::Identity => &["identity"],
            Self::UsagePlan => &["rate-limit"],
            Self::Secret(_) => &["identity", "crypto"],
            Self::Kv(_) => &["kv"],
            Self::Store(_) => &["kv-remote"],
            // A request hook may say so, or send its request there, without importing anything.
            Self::Cache | Self::Priority | Self::Upstream(_) => &[],
        }
    }
}

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
        let unknown = || GrantError(text.to_owned());
        let named = |name: &str| if name.is_empty() { Err(unknown()) } else { Ok(name.to_owned()) };
        match text.split_once(':') {
            None if text == "identity" => Ok(Self::Identity),
            None if text == "usage-plan" => Ok(Self::UsagePlan),
            None if text == "cache" => Ok(Self::Cache),
            None if text == "priority" => Ok(Self::Priority),
            Some(("secret", name)) => Ok(Self::Secret(named(name)?)),
            Some(("upstream", name)) => Ok(Self::Upstream(named(name)?)),
            Some(("kv", name)) => Ok(Self::Kv(named(name)?)),
            Some(("store", name)) => Ok(Self::Store(named(name)?)),
            _ => Err(unknown()),
        }
    }
}

impl fmt::Display for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("identity"),
            Self::UsagePlan => f.write_str("usage-plan"),
            Self::Cache => f.write_str("cache"),
            Self::Priority => f.write_str("priority"),
            Self::Secret(name) => write!(f, "secret:{name}"),
            Self::Upstream(name) => write!(f, "upstream:{name}"),
            Self::Kv(name) => write!(f, "kv:{name}"),
            Self::Store(name) => write!(f, "store:{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_reads_back_as_it_is_written() {
        for text in ["identity", "usage-plan", "cache", "priority", "secret:a", "upstream:b", "kv:c", "store:d"] {
            assert_eq!(text.parse::<Grant>().unwrap().to_string(), text);
        }
        for text in ["", "root", "secret:", "upstream", "kv", "identity:x", "cache:x", "priority:x", "Identity"] {
            assert!(text.parse::<Grant>().is_err(), "{text:?}");
        }
    }
}
