//! When credentials were last used: requests note it in memory, and here it is written behind and shared between nodes.
//!
//! It is no configuration: it makes no revision, and what a crash loses is a minute of it.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
    time::Duration,
};

use gateway_model::{KeyDigest, Snapshot, UseId};
use gateway_store::{CredentialUse, StoreError};
use jiff::Timestamp;
use tokio::time::{Instant, MissedTickBehavior};

use crate::service::{Core, Service};

/// Between two exchanges with the store: uses are noted to the minute.
const EVERY: Duration = Duration::from_secs(60);

/// Exchanges between two in which what is gone is forgotten: an hour.
const FORGET: u32 = 60;

/// Uses that are written in one transaction, so that no change waits long for its turn.
const AT_ONCE: usize = 500;

/// How far behind the last reading a reading begins, in milliseconds: other nodes write late.
const BEHIND_MS: i64 = 180_000;

/// What the store is known to have. As large as the credentials of the snapshot.
#[derive(Default)]
pub(crate) struct Ledger {
    /// Milliseconds since the Unix epoch.
    stored: HashMap<UseId, i64>,
    /// The newest use that was read.
    newest: i64,
    exchanges: u32,
}

impl Service {
    /// When a credential was last used on any node, in milliseconds since the Unix epoch, to the minute; of an API key, the
    /// key with this digest. None if it never was.
    #[must_use]
    pub fn last_use(&self, credential: &str, key: Option<KeyDigest>) -> Option<i64> {
        let snapshot = self.core.snapshots.borrow();
        let id = UseId { credential: credential.into(), key };
        let used = snapshot.credentials.last_use(&id)?.at_ms()?;
        i64::try_from(used).ok()
    }

    /// Writes what was noted since the last time, and reads what other nodes wrote. The service does so by itself once in a
    /// minute; this is for the end.
    ///
    /// # Errors
    /// The store cannot be read or written; what was noted is tried again the next time.
    pub async fn exchange_uses(&self) -> Result<(), StoreError> {
        self.core.exchange_uses().await
    }
}

impl Core {
    pub(crate) async fn exchange_uses(&self) -> Result<(), StoreError> {
        let mut ledger = self.uses.lock().await;
        let snapshot = self.snapshots.borrow().clone();
        for batch in ledger.unwritten(&snapshot).chunks(AT_ONCE) {
            self.store.note_uses(&batch.iter().map(|(_, used)| used.clone()).collect::<Vec<_>>()).await?;
            ledger.stored.extend(batch.iter().map(|(id, used)| (id.clone(), used.at_ms)));
        }
        if ledger.exchanges.is_multiple_of(FORGET) {
            self.store.forget_uses().await?;
        }
        ledger.exchanges = ledger.exchanges.wrapping_add(1);
        let since = ledger.newest.saturating_sub(BEHIND_MS);
        ledger.read(&snapshot, &self.store.uses_since(since).await?);
        ledger.stored.retain(|id, _| snapshot.credentials.last_use(id).is_some());
        Ok(())
    }
}

impl Ledger {
    /// The uses that the store does not have.
    fn unwritten(&self, snapshot: &Snapshot) -> Vec<(UseId, CredentialUse)> {
        let noted = snapshot.credentials.last_uses().filter_map(|last_use| {
            let at_ms = i64::try_from(last_use.at_ms()?).ok()?;
            let key = last_use.id.key.map(|digest| digest.to_hex()).unwrap_or_default();
            let used = CredentialUse { credential: last_use.id.credential.to_string(), key, at_ms };
            Some((last_use.id.clone(), used))
        });
        noted.filter(|(id, used)| self.stored.get(id).is_none_or(|stored| *stored < used.at_ms)).collect()
    }

    /// Notes what the store has, which other nodes may have written.
    fn read(&mut self, snapshot: &Snapshot, uses: &[CredentialUse]) {
        let now = Timestamp::now().as_millisecond();
        for used in uses {
            // A clock that is ahead must not hide what others have to say, nor keep a key in use.
            let used = CredentialUse { at_ms: used.at_ms.min(now), ..used.clone() };
            self.newest = self.newest.max(used.at_ms);
            let id = UseId { credential: used.credential.as_str().into(), key: KeyDigest::from_hex(&used.key) };
            let (Some(last_use), Ok(at)) = (snapshot.credentials.last_use(&id), u64::try_from(used.at_ms)) else {
                continue;
            };
            last_use.note(at);
            self.stored.insert(id, used.at_ms);
        }
    }
}

/// Exchanges uses for as long as the service is in use.
pub(crate) fn follow(core: &Arc<Core>) {
    tokio::spawn(exchange(Arc::downgrade(core)));
}

async fn exchange(core: Weak<Core>) {
    let mut timer = tokio::time::interval_at(Instant::now() + EVERY, EVERY);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        timer.tick().await;
        let Some(core) = core.upgrade() else { return };
        if let Err(error) = core.exchange_uses().await {
            tracing::warn!(%error, "when credentials were last used is not written: it is tried again in a minute");
        }
    }
}

#[cfg(test)]
mod tests;
