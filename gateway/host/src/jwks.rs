//! Key sets that issuers publish (RFC 7517 section 5): fetched in the background, and shared by all who name the same one.
//!
//! - A set is fetched when the first attachment names it, and again before what its `cache-control` allows is over.
//! - A token that names a key nobody knows makes it be fetched at once: one fetch for all such tokens, no sooner than a
//!   cooldown after the last one of that kind, and not for a key that was looked for in vain a little while ago.
//! - While it cannot be fetched, the last good keys stay, for as long as the configuration says.
//!
//! Requests read the keys without a lock. Fetching is done by whoever has the connections: [`KeyFetch`].

mod document;
mod fetch;
mod schedule;
mod set;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Weak},
    time::Duration,
};

use gateway_telemetry::KeySetMetrics;
use parking_lot::Mutex;
use sluice_abi::wire::KeySetSource;
use tokio::time::{Instant, sleep_until, timeout};

pub use self::fetch::{Fetching, KEY_SET_BYTES, KEY_SET_TIME, KeyDocument, KeyFetch, NoKeys, is_loopback};
pub(crate) use self::set::{KeySet, Newer};
use crate::clock::unix_ms;

/// Sets that are fetched at one time at most.
const SETS: usize = 256;

/// How often a set looks whether anybody still uses it; it stays for as long after the last one, for the next revision.
const IDLE: Duration = Duration::from_secs(60);

/// All sets that are in use.
#[derive(Clone)]
pub(crate) struct KeySets(Arc<Inner>);

struct Inner {
    /// Locked when attachments are configured and when a set is no longer used, never by a request.
    sets: Mutex<HashMap<KeySetSource, Weak<KeySet>>>,
    fetch: Arc<dyn KeyFetch>,
    metrics: KeySetMetrics,
}

impl KeySets {
    pub(crate) fn new(fetch: Arc<dyn KeyFetch>, metrics: KeySetMetrics) -> Self {
        Self(Arc::new(Inner { sets: Mutex::default(), fetch, metrics }))
    }

    /// The set of this source, which begins to be fetched if it is a new one.
    ///
    /// # Errors
    /// A sentence that names the field, the value and the remedy.
    pub(crate) fn of(&self, source: &KeySetSource) -> Result<Arc<KeySet>, String> {
        let mut sets = self.0.sets.lock();
        if let Some(set) = sets.get(source).and_then(Weak::upgrade) {
            return Ok(set);
        }
        let url = fetch::checked(source)?;
        sets.retain(|_, set| set.strong_count() > 0);
        if sets.len() >= SETS {
            return Err(format!("{SETS} key sets are in use, which is the most: let issuers share theirs"));
        }
        let set = Arc::new(KeySet::new(source.clone(), url, unix_ms()));
        sets.insert(source.clone(), Arc::downgrade(&set));
        self.0.fetch.spawn(Box::pin(keep_fresh(self.clone(), set.clone())));
        Ok(set)
    }

    /// Forgets a set that only its own task holds.
    fn release(&self, set: &Arc<KeySet>) -> bool {
        let mut sets = self.0.sets.lock();
        // Under the lock nobody can come to hold it anew.
        let is_free = Arc::strong_count(set) == 1;
        if is_free {
            sets.remove(set.source());
        }
        is_free
    }

    async fn fetch(&self, set: &KeySet) {
        let asked = set.asked();
        let fetched = timeout(KEY_SET_TIME, self.0.fetch.fetch(set.url())).await;
        let fetched = fetched.unwrap_or_else(|_| Err(format!("it did not come within {} s", KEY_SET_TIME.as_secs())));
        let outcome = set.take(fetched, asked, unix_ms());
        let metrics = &self.0.metrics;
        if outcome.is_ok() { &metrics.fetched } else { &metrics.failed }.add(1);
        if let Err(error) = outcome {
            let (host, path) = (set.url().authority().map_or("", |it| it.as_str()), set.url().path());
            tracing::warn!(host, path, error, "a key set could not be fetched: its last good keys stay in use");
        }
    }
}

/// Fetches a set whenever it is time to, for as long as anybody uses it.
async fn keep_fresh(sets: KeySets, set: Arc<KeySet>) {
    let mut free_since = None;
    loop {
        sets.fetch(&set).await;
        let next = Instant::now() + set.next_in(fastrand::f64());
        while Instant::now() < next {
            tokio::select! {
                () = set.woken() => break,
                () = sleep_until(next.min(Instant::now() + IDLE)) => {}
            }
            if Arc::strong_count(&set) > 1 {
                free_since = None;
            } else if free_since.get_or_insert_with(Instant::now).elapsed() >= IDLE && sets.release(&set) {
                return;
            }
        }
    }
}

impl fmt::Debug for KeySets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySets").field("sets", &self.0.sets.lock().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
