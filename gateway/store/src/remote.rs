//! Key-value stores outside of this process, which nodes share: by the name that the settings give them.
//!
//! Their connections live on a thread of their own with its own runtime, so that workers, whose runtimes each serve
//! one thread, share them; a call costs its caller two hand-overs and no wait of its thread.

pub mod limits;
mod line;
mod redis;

use std::{collections::HashMap, fmt, future::Future, io, sync::Arc, thread, time::Duration};

use tokio::{
    runtime::{self, Handle},
    sync::{Semaphore, oneshot},
    time,
};

pub(crate) use self::line::Line;
use self::redis::{Redis, Request};
use crate::{
    error::KvError,
    kv::{VALUE, check, check_ttl},
};

/// The longest time from a call to its answer.
pub const ANSWER: Duration = Duration::from_secs(1);

/// Calls of one store that are on their way at most; each may carry two values of 64 KiB.
const CALLS: usize = 256;

/// The stores by name. Clones share them; the last one ends their thread.
#[derive(Clone, Default)]
pub struct RemoteStores {
    stores: Arc<HashMap<Box<str>, RemoteStore>>,
}

/// Where a store is.
#[derive(Clone, Default)]
pub struct RemoteAddress {
    /// `redis://…`, or `rediss://…` with TLS. May hold a password, so it is not shown.
    pub url: String,
    /// With TLS, the certificates of the authorities that are trusted, in PEM; none for those that the system trusts.
    pub authorities: Option<Vec<u8>>,
}

/// One store. What a namespace holds is out of reach of every other.
#[derive(Clone)]
pub struct RemoteStore(Arc<Shared>);

struct Shared {
    name: Box<str>,
    redis: Redis,
    calls: Arc<Semaphore>,
    driver: Arc<Driver>,
}

/// The thread that connections live on; it ends when this is dropped.
struct Driver {
    runtime: Handle,
    _alive: oneshot::Sender<()>,
}

/// Why there are no remote stores.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The text says what is wrong with the address, and never what it is: it may hold a password.
    #[error(
        "the address of the store {name} cannot be used: {problem}; use redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE], \
         or rediss:// for TLS"
    )]
    Address { name: String, problem: &'static str },
    /// What is to be trusted is no certificate, or would not be used.
    #[error("the authorities of the store {name} cannot be used: {problem}")]
    Authorities { name: String, problem: &'static str },
    /// The thread or its runtime did not start.
    #[error("the thread of the remote stores does not start")]
    Thread(#[source] io::Error),
}

impl RemoteStores {
    /// Stores by name and address. Connects when a store is first used; TLS is that of the process's provider of
    /// cryptography for rustls.
    ///
    /// # Errors
    /// [`RemoteError`].
    pub fn new<N, A>(stores: impl IntoIterator<Item = (N, A)>) -> Result<Self, RemoteError>
    where
        N: Into<String>,
        A: Into<RemoteAddress>,
    {
        let mut opened = Vec::new();
        for (name, address) in stores {
            let name = name.into();
            let redis = Redis::new(&name, &address.into())?;
            opened.push((name, redis));
        }
        if opened.is_empty() {
            return Ok(Self::default());
        }
        let driver = Arc::new(Driver::start().map_err(RemoteError::Thread)?);
        let share = |(name, redis): (String, Redis)| {
            let calls = Arc::new(Semaphore::new(CALLS));
            let name: Box<str> = name.into();
            let shared = Shared { name: name.clone(), redis, calls, driver: driver.clone() };
            (name, RemoteStore(Arc::new(shared)))
        };
        Ok(Self { stores: Arc::new(opened.into_iter().map(share).collect()) })
    }

    /// The store of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RemoteStore> {
        self.stores.get(name)
    }
}

/// All calls are answered within [`ANSWER`]: with [`KvError::Timeout`] or [`KvError::Unavailable`] if need be.
impl RemoteStore {
    /// The value under `key`.
    ///
    /// # Errors
    /// [`KvError`], with [`KvError::Limit`] for a value that is larger than a store takes.
    pub async fn get(&self, namespace: &str, key: &str) -> Result<Option<Vec<u8>>, KvError> {
        check(key, 0)?;
        redis::value(self.call(redis::get(namespace, key)).await?)
    }

    /// Writes `value` under `key`.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn set(&self, namespace: &str, key: &str, value: &[u8], ttl: Option<Duration>) -> Result<(), KvError> {
        check(key, value.len())?;
        check_ttl(ttl)?;
        self.call(redis::set(namespace, key, value, ttl)).await.map(drop)
    }

    /// Writes `value` under `key` if the value there is `expected`, or nothing is there and nothing is expected;
    /// whether it did.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn compare_and_set(
        &self,
        namespace: &str,
        key: &str,
        expected: Option<&[u8]>,
        value: &[u8],
        ttl: Option<Duration>,
    ) -> Result<bool, KvError> {
        check(key, value.len())?;
        check_ttl(ttl)?;
        if expected.is_some_and(|expected| expected.len() > VALUE) {
            return Ok(false);
        }
        redis::flag(&self.call(redis::compare_and_set(namespace, key, expected, value, ttl)).await?)
    }

    /// Deletes what is under `key`; whether something was there.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn delete(&self, namespace: &str, key: &str) -> Result<bool, KvError> {
        check(key, 0)?;
        redis::flag(&self.call(redis::delete(namespace, key)).await?)
    }

    /// Adds `delta` to the counter under `key`, which is 0 when there is none, and answers the sum.
    /// `ttl` counts from when the counter is made.
    ///
    /// # Errors
    /// [`KvError`], with [`KvError::Invalid`] when the value is no counter and [`KvError::Limit`] when the sum is out of range.
    pub async fn increment(
        &self,
        namespace: &str,
        key: &str,
        delta: i64,
        ttl: Option<Duration>,
    ) -> Result<i64, KvError> {
        check(key, 0)?;
        check_ttl(ttl)?;
        redis::number(self.call(redis::increment(namespace, key, delta, ttl)).await?)
    }

    /// Has the thread of the connections ask, which goes on to its end when the caller does not wait for it.
    fn call(&self, request: Request) -> impl Future<Output = Result<::redis::Value, KvError>> + Send + use<> {
        let shared = self.0.clone();
        async move {
            let Ok(permit) = shared.calls.clone().try_acquire_owned() else {
                return Err(KvError::Limit(format!("{CALLS} calls of the store {} are on their way", shared.name)));
            };
            let runtime = shared.driver.runtime.clone();
            let task = runtime.spawn(async move {
                let _permit = permit;
                let answer = time::timeout(ANSWER, shared.redis.ask(request)).await;
                answer.unwrap_or_else(|_| {
                    shared.redis.forget_slow();
                    Err(KvError::Timeout)
                })
            });
            task.await.unwrap_or_else(|_| Err(KvError::Unavailable("the gateway stops".to_owned())))
        }
    }
}

impl Driver {
    fn start() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let (alive, ended) = oneshot::channel::<()>();
        let handle = runtime.handle().clone();
        thread::Builder::new().name("remote-stores".into()).spawn(move || {
            // An error says that the sender was dropped, which is all that is waited for.
            runtime.block_on(ended).unwrap_or_default();
        })?;
        Ok(Self { runtime: handle, _alive: alive })
    }
}

impl From<&str> for RemoteAddress {
    fn from(url: &str) -> Self {
        Self { url: url.to_owned(), authorities: None }
    }
}

impl From<String> for RemoteAddress {
    fn from(url: String) -> Self {
        Self { url, authorities: None }
    }
}

impl fmt::Debug for RemoteAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteAddress").finish_non_exhaustive()
    }
}

impl fmt::Debug for RemoteStores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.stores.keys()).finish()
    }
}

impl fmt::Debug for RemoteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RemoteStore").field(&self.0.name).finish()
    }
}

#[cfg(test)]
mod tests;
