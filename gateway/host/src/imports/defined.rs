//! What an instance has defined in `configure`, and what the instances of a generation share of it.

use std::sync::Arc;

use aws_lc_rs::hmac;
use gateway_store::{Kv, KvError, RemoteStore, limits::Limit};
use gateway_telemetry::{Counter, PluginMetric};
use parking_lot::Mutex;

use super::limits::DefinedLimits;
use crate::{engine::Services, error::Misuse, jwt::TokenPolicy};

/// What the handles of one instance stand for: each is a position in one of these.
#[derive(Default)]
pub(crate) struct Definitions {
    pub(super) counters: Vec<(Box<str>, Counter)>,
    pub(super) metrics: Vec<PluginMetric>,
    pub(super) limiters: Vec<Limit>,
    /// How many limits that the host charges: they are in [`Shared`].
    pub(super) limits: u32,
    pub(super) token_policies: Vec<Arc<TokenPolicy>>,
    pub(super) hmac_keys: Vec<hmac::Key>,
    pub(super) stores: Vec<Arc<Kv>>,
    pub(super) remote_stores: Vec<RemoteStore>,
}

/// What outlives the instances of a generation, made by the first one that asks.
///
/// Locked when instances are configured, never by a request. As large as what one `configure` may define.
#[derive(Default)]
pub(crate) struct Shared {
    /// Held here too, so that a store lasts while no instance is there.
    stores: Mutex<Vec<(Box<str>, Arc<Kv>)>>,
    /// By the name of the secret, which is read once.
    hmac_keys: Mutex<Vec<(Box<str>, hmac::Key)>>,
    pub(crate) limits: DefinedLimits,
}

impl Shared {
    pub(super) fn store(&self, services: &Services, namespace: &str) -> Result<Arc<Kv>, KvError> {
        let mut stores = self.stores.lock();
        if let Some((_, store)) = stores.iter().find(|(known, _)| **known == *namespace) {
            return Ok(store.clone());
        }
        let store = services.stores.open(namespace)?;
        stores.push((namespace.into(), store.clone()));
        Ok(store)
    }

    pub(super) fn hmac_key(
        &self,
        secret: &str,
        make: impl FnOnce() -> Result<hmac::Key, String>,
    ) -> Result<hmac::Key, String> {
        let mut keys = self.hmac_keys.lock();
        if let Some((_, key)) = keys.iter().find(|(known, _)| **known == *secret) {
            return Ok(key.clone());
        }
        let key = make()?;
        keys.push((secret.into(), key.clone()));
        Ok(key)
    }
}

/// What a handle stands for.
#[inline]
pub(super) fn at<'t, T>(table: &'t [T], handle: u32, what: &str) -> Result<&'t T, Misuse> {
    table.get(handle as usize).ok_or_else(|| Misuse::new(format!("there is no {what} {handle}")))
}
