//! A connection of its own to a store's Redis, for values that are too large to share the one of plugins.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::time;

use super::{
    ANSWER, Driver, RemoteStore,
    redis::{self, Redis, Request},
};
use crate::error::KvError;

/// What is kept under names that begin with `sluice:cache:`: no namespace of a plugin and no group of limits does.
pub(crate) struct Line {
    name: Box<str>,
    redis: Redis,
    driver: Arc<Driver>,
}

impl Line {
    /// Connects when something is first asked.
    pub(crate) fn new(store: &RemoteStore) -> Self {
        let shared = &store.0;
        Self { name: shared.name.clone(), redis: shared.redis.another(), driver: shared.driver.clone() }
    }

    /// The name of the store.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Runs on the thread of the connections, where all that is asked has to be.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        drop(self.driver.runtime.spawn(task));
    }

    /// The value under `name`, of at most `limit` bytes.
    ///
    /// # Errors
    /// [`KvError`], with [`KvError::Limit`] for a larger value.
    pub(crate) async fn get(&self, name: &str, limit: usize) -> Result<Option<Vec<u8>>, KvError> {
        redis::value(self.ask(redis::cached(name, limit)).await?)
    }

    /// # Errors
    /// [`KvError`].
    pub(crate) async fn set(&self, name: &str, value: &[u8], ttl: Duration) -> Result<(), KvError> {
        self.ask(redis::cache(name, value, ttl)).await.map(drop)
    }

    /// # Errors
    /// [`KvError`].
    pub(crate) async fn delete(&self, name: &str) -> Result<(), KvError> {
        self.ask(redis::forget(name)).await.map(drop)
    }

    /// Whether the store serves.
    ///
    /// # Errors
    /// [`KvError`].
    pub(crate) async fn ping(&self) -> Result<(), KvError> {
        self.ask(redis::ping()).await.map(drop)
    }

    /// Answers within [`ANSWER`].
    async fn ask(&self, request: Request) -> Result<::redis::Value, KvError> {
        time::timeout(ANSWER, self.redis.ask(request)).await.unwrap_or_else(|_| {
            self.redis.forget_slow();
            Err(KvError::Timeout)
        })
    }
}
