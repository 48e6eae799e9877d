//! One key set: what requests read, and how they ask for a newer one.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use arc_swap::{ArcSwap, ArcSwapOption};
use http::Uri;
use parking_lot::Mutex;
use sluice_abi::wire::KeySetSource;
use tokio::sync::{Notify, watch};

use super::{
    KeyDocument,
    document::{self, Published},
    schedule,
};
use crate::jwt::key::Key;

/// The longest wait for a set that was asked for.
const WAIT: Duration = Duration::from_secs(2);

/// Key ids that are remembered as absent, at most; the oldest go first.
const ABSENT: usize = 256;

pub(crate) struct KeySet {
    source: KeySetSource,
    url: Uri,
    current: ArcSwapOption<Current>,
    /// Ids that were looked for in vain, as keyed hashes.
    absent: ArcSwap<Vec<Absent>>,
    hasher: RandomState,
    /// Whether a fetch is under way, or about to be, that somebody asked for.
    awaited: AtomicBool,
    /// Until then nobody may ask, in milliseconds since 1970.
    quiet_until: AtomicU64,
    /// Locked by those who wait for a fetch, and once for each fetch.
    asking: Mutex<Asking>,
    answered: watch::Sender<Answered>,
    wake: Notify,
}

struct Current {
    published: Vec<Published>,
    /// The same keys, as requests read them.
    keys: Vec<Arc<Key>>,
    /// In milliseconds since 1970.
    usable_until: u64,
}

#[derive(Clone, Copy)]
struct Absent {
    id: u64,
    /// In milliseconds since 1970.
    until: u64,
}

struct Asking {
    /// The number of the last question.
    asked: u64,
    /// The ids for whose sake it was asked.
    ids: Vec<u64>,
    failures: u32,
    /// Of the last good document, in milliseconds.
    lifetime: u64,
}

/// The last question that was answered, and whether by a set.
#[derive(Clone, Copy, Debug)]
struct Answered {
    question: u64,
    came: bool,
}

/// A newer set that will be there; dropped by who no longer waits.
#[derive(Debug)]
pub(crate) struct Newer {
    answered: watch::Receiver<Answered>,
    question: u64,
}

// === impl KeySet: requests ===

impl KeySet {
    /// A set that is about to be fetched for the first time.
    pub(super) fn new(source: KeySetSource, url: Uri, now: u64) -> Self {
        let quiet_until = AtomicU64::new(now.saturating_add(source.cooldown));
        Self {
            source,
            url,
            current: ArcSwapOption::empty(),
            absent: ArcSwap::default(),
            hasher: RandomState::new(),
            awaited: AtomicBool::new(true),
            quiet_until,
            asking: Mutex::new(Asking { asked: 1, ids: Vec::new(), failures: 0, lifetime: 0 }),
            answered: watch::Sender::new(Answered { question: 0, came: false }),
            wake: Notify::new(),
        }
    }

    /// Looks at the keys; none when there are none that may be used at `now`.
    #[inline]
    pub(crate) fn with_keys<R>(&self, now: u64, look: impl FnOnce(Option<&[Arc<Key>]>) -> R) -> R {
        let current = self.current.load();
        look(current.as_ref().filter(|current| now < current.usable_until).map(|current| &*current.keys))
    }

    /// Whether there is a key with this id that may be used at `now`.
    pub(crate) fn has(&self, id: Option<&str>, now: u64) -> bool {
        id.is_some_and(|id| self.with_keys(now, |keys| keys.unwrap_or_default().iter().any(|key| key.id() == Some(id))))
    }

    /// Asks for a newer set, for the sake of a key with this id; none when there is no use in asking now.
    pub(crate) fn ask(&self, id: Option<&str>, now: u64) -> Option<Newer> {
        let id = id.map(|id| self.hasher.hash_one(id));
        // A flood of unknown keys ends here, without a lock.
        if !self.awaited.load(Ordering::Acquire) && self.is_quiet(id, now) {
            return None;
        }
        let mut asking = self.asking.lock();
        if !self.awaited.load(Ordering::Acquire) {
            if self.is_quiet(id, now) {
                return None;
            }
            self.quiet_until.store(now.saturating_add(self.source.cooldown), Ordering::Release);
            self.awaited.store(true, Ordering::Release);
            asking.asked += 1;
            self.wake.notify_one();
        }
        if let Some(id) = id.filter(|id| asking.ids.len() < ABSENT && !asking.ids.contains(id)) {
            asking.ids.push(id);
        }
        Some(Newer { answered: self.answered.subscribe(), question: asking.asked })
    }

    fn is_quiet(&self, id: Option<u64>, now: u64) -> bool {
        let is_absent = |id| self.absent.load().iter().any(|absent| absent.id == id && now < absent.until);
        now < self.quiet_until.load(Ordering::Acquire) || id.is_some_and(is_absent)
    }
}

// === impl KeySet: fetching ===

impl KeySet {
    pub(super) fn source(&self) -> &KeySetSource {
        &self.source
    }

    pub(super) fn url(&self) -> &Uri {
        &self.url
    }

    /// The question that a fetch answers which begins now.
    pub(super) fn asked(&self) -> u64 {
        self.asking.lock().asked
    }

    /// Ready when somebody has asked.
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Takes what a fetch brought, and answers those who wait for it.
    ///
    /// # Errors
    /// A sentence for the log; the keys stay as they are.
    pub(super) fn take(&self, fetched: Result<KeyDocument, String>, asked: u64, now: u64) -> Result<(), String> {
        let outcome = fetched.and_then(|document| self.replace(&document, now));
        let mut asking = self.asking.lock();
        match &outcome {
            Ok(lifetime) => (asking.failures, asking.lifetime) = (0, *lifetime),
            Err(_) => asking.failures = asking.failures.saturating_add(1),
        }
        if asking.asked == asked {
            let ids = std::mem::take(&mut asking.ids);
            // What could not be fetched says nothing of what is in it.
            if outcome.is_ok() {
                self.remember_absent(ids, now);
            }
            self.awaited.store(false, Ordering::Release);
        }
        self.answered.send_replace(Answered { question: asked, came: outcome.is_ok() });
        outcome.map(drop)
    }

    /// Puts a new set into the place of the old one; returns for how long it is fresh, in milliseconds.
    fn replace(&self, document: &KeyDocument, now: u64) -> Result<u64, String> {
        let before = self.current.load_full();
        let before = before.as_ref().map_or(&[][..], |current| &current.published);
        let published = document::read(&document.body, before)?;
        let keys = published.iter().map(|it| it.key.clone()).collect();
        let lifetime = schedule::lifetime(document, &self.source);
        let usable_until = now.saturating_add(lifetime).saturating_add(self.source.max_stale);
        self.current.store(Some(Arc::new(Current { published, keys, usable_until })));
        Ok(lifetime)
    }

    /// Ids that were asked for and are still not there are not asked for again for two cooldowns.
    fn remember_absent(&self, ids: Vec<u64>, now: u64) {
        let until = now.saturating_add(self.source.cooldown.saturating_mul(2));
        let known = |id: &u64| {
            self.with_keys(now, |keys| {
                let mut ids = keys.unwrap_or_default().iter().filter_map(|key| key.id());
                ids.any(|known| self.hasher.hash_one(known) == *id)
            })
        };
        let fresh = ids.into_iter().filter(|id| !known(id)).map(|id| Absent { id, until });
        let old = self.absent.load();
        let old = old.iter().filter(|absent| now < absent.until).copied();
        self.absent.store(Arc::new(fresh.chain(old).take(ABSENT).collect()));
    }

    /// How long until the next fetch that nobody asks for; `random` from 0 to 1.
    pub(super) fn next_in(&self, random: f64) -> Duration {
        let asking = self.asking.lock();
        match asking.failures {
            0 => schedule::after_success(asking.lifetime, random),
            failures => schedule::after_failure(failures, random),
        }
    }
}

impl std::fmt::Debug for KeySet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeySet").field("url", &self.url).finish_non_exhaustive()
    }
}

// === impl Newer ===

impl Newer {
    /// Waits for [`WAIT`] at most until the set has been fetched, or could not be; whether it has come.
    pub(crate) async fn come(mut self) -> bool {
        let answered = self.answered.wait_for(|answered| answered.question >= self.question);
        matches!(tokio::time::timeout(WAIT, answered).await, Ok(Ok(answered)) if answered.came)
    }
}
