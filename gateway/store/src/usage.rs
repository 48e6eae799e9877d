//! What consumers have taken under their plans: an account for each plan and consumer, in memory; quotas are written
//! behind.
//!
//! An account counts by days of the plan's time zone; what counts against a quota is the sum of the days of its period,
//! so that a plan may change its period, and nothing is forgiven by that.
//! What was counted since the last [`Usage::unsaved`] is lost when the process is killed: about a second.

mod account;

use std::{
    collections::HashMap,
    fmt,
    hash::{BuildHasher, RandomState},
    sync::Arc,
};

use async_trait::async_trait;
use gateway_algorithms::calendar::Zone;
use jiff::{ToSpan, civil::Date};
use parking_lot::RwLock;

use crate::error::StoreError;

pub use self::account::{Account, QuotaState, ThrottleOf};

/// Parts of the accounts, each with a lock of its own, which requests share but for the first of a consumer.
const SHARDS: usize = 64;

/// Days that count against a quota: the longest month.
pub const DAYS: i32 = 31;

/// All accounts of a node. Shared by all workers, and outlives revisions.
///
/// There is one for each plan and consumer that has ever called: as many as the document has of them, once those that are
/// gone are forgotten ([`Usage::retain`]).
pub struct Usage {
    hasher: RandomState,
    shards: Box<[RwLock<Accounts>]>,
}

type Accounts = HashMap<AccountName, Arc<Account>>;

/// Whose account it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountName {
    pub usage_plan: Box<str>,
    pub consumer: Box<str>,
}

/// What an account has counted on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageDay {
    pub account: AccountName,
    /// In the plan's time zone.
    pub day: Date,
    pub used: u64,
}

/// What was given to an account beyond its quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub account: AccountName,
    /// The first day of the period for which it is given.
    pub from: Date,
    pub given: Given,
}

/// What was given in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Requests beyond the quota.
    pub extra: u64,
    /// Requests that were used, and count no more.
    pub forgiven: u64,
}

/// By how much an account has changed on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChange {
    pub account: AccountName,
    pub day: Date,
    pub by: i64,
}

/// What a store does not know yet. Changes, not sums: several processes may count in one store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsavedUsage {
    pub days: Vec<DayChange>,
    pub allowances: Vec<Allowance>,
}

/// What a store keeps of accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredUsage {
    pub days: Vec<UsageDay>,
    pub allowances: Vec<Allowance>,
    /// The first day of each account.
    pub first_days: Vec<(AccountName, Date)>,
}

/// Where usage outlives the process.
#[async_trait]
pub trait UsageStore: Send + Sync {
    /// The days and allowances from `since` on.
    async fn load_usage(&self, since: Date) -> Result<StoredUsage, StoreError>;

    /// Adds to what days and allowances stand at, all or nothing.
    async fn save_usage(&self, unsaved: &UnsavedUsage) -> Result<(), StoreError>;

    /// Deletes days and allowances that are older than anybody may read.
    async fn forget_usage(&self) -> Result<(), StoreError>;

    /// The days of one account, in order.
    async fn usage_days(&self, account: &AccountName, from: Date, to: Date) -> Result<Vec<UsageDay>, StoreError>;
}

/// The most that is given: up to here every store counts exactly (2^53 - 1).
const MOST: u64 = (1 << 53) - 1;

// === impl Given ===

impl Given {
    fn add(&mut self, more: Self) {
        self.extra = self.extra.saturating_add(more.extra).min(MOST);
        self.forgiven = self.forgiven.saturating_add(more.forgiven).min(MOST);
    }
}

// === impl AccountName ===

impl AccountName {
    /// Where a store that nodes share counts it. Names of plans and consumers have no slashes.
    #[must_use]
    pub fn key(usage_plan: &str, consumer: &str) -> String {
        format!("{usage_plan}/{consumer}")
    }
}

// === impl Usage ===

impl Usage {
    /// The accounts as they were stored.
    #[must_use]
    pub fn new(stored: StoredUsage) -> Self {
        let shards = (0..SHARDS).map(|_| RwLock::default()).collect();
        let usage = Self { hasher: RandomState::new(), shards };
        for (name, day) in stored.first_days {
            usage.open(&name.usage_plan, &name.consumer).began(day);
        }
        for UsageDay { account, day, used } in stored.days {
            usage.open(&account.usage_plan, &account.consumer).restore(day, used);
        }
        for Allowance { account, from, given } in stored.allowances {
            usage.open(&account.usage_plan, &account.consumer).restore_allowance(from, given);
        }
        usage
    }

    /// What was stored of the days that may count at `now_ms` (milliseconds since 1970), wherever it is that day.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read.
    pub async fn load(store: &dyn UsageStore, now_ms: u64) -> Result<Self, StoreError> {
        let oldest = Zone::UTC.date(now_ms).saturating_sub((DAYS + 1).days());
        Ok(Self::new(store.load_usage(oldest).await?))
    }

    /// Takes over what other processes have saved since; what this one has not saved is counted on top. Not while this one
    /// saves.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be read; nothing has changed then.
    pub async fn refresh(&self, store: &dyn UsageStore, now_ms: u64) -> Result<(), StoreError> {
        let oldest = Zone::UTC.date(now_ms).saturating_sub((DAYS + 1).days());
        let stored = store.load_usage(oldest).await?;
        for (name, day) in stored.first_days {
            self.open(&name.usage_plan, &name.consumer).began(day);
        }
        for UsageDay { account, day, used } in stored.days {
            self.open(&account.usage_plan, &account.consumer).refresh(day, used);
        }
        for Allowance { account, from, given } in stored.allowances {
            self.open(&account.usage_plan, &account.consumer).refresh_allowance(from, given);
        }
        Ok(())
    }

    /// The account of a consumer, made when it is not there.
    #[must_use]
    pub fn open(&self, usage_plan: &str, consumer: &str) -> Arc<Account> {
        if let Some(account) = self.find(usage_plan, consumer) {
            return account;
        }
        let name = AccountName { usage_plan: usage_plan.into(), consumer: consumer.into() };
        self.shard(usage_plan, consumer).write().entry(name).or_default().clone()
    }

    /// The account of a consumer, if it has one.
    #[must_use]
    pub fn find(&self, usage_plan: &str, consumer: &str) -> Option<Arc<Account>> {
        let name: &dyn Named = &(usage_plan, consumer);
        self.shard(usage_plan, consumer).read().get(name).cloned()
    }

    /// What has changed since it was asked last. Visits all accounts: for the one that writes behind, once a second.
    #[must_use]
    pub fn unsaved(&self) -> UnsavedUsage {
        let mut unsaved = UnsavedUsage::default();
        for shard in &self.shards {
            for (name, account) in shard.read().iter() {
                account.collect(name, &mut unsaved);
            }
        }
        unsaved
    }

    /// Takes back that these were saved.
    pub fn not_saved(&self, unsaved: UnsavedUsage) {
        for DayChange { account, day, by } in unsaved.days {
            self.open(&account.usage_plan, &account.consumer).day_not_saved(day, by);
        }
        for Allowance { account, from, given } in unsaved.allowances {
            self.open(&account.usage_plan, &account.consumer).given_not_saved(from, given);
        }
    }

    /// Forgets the accounts of whom nobody knows any more, once all is saved and nothing of it counts any more at `now_ms`
    /// (milliseconds since 1970): whoever comes back finds what he has used. Visits all of them, now and then.
    pub fn retain(&self, now_ms: u64, is_known: impl Fn(&AccountName) -> bool) {
        let oldest = Zone::UTC.date(now_ms).saturating_sub((DAYS + 1).days());
        for shard in &self.shards {
            let counts = |account: &Account| account.days().iter().any(|(day, _)| *day >= oldest);
            let in_use =
                |account: &Arc<Account>| Arc::strong_count(account) > 1 || !account.is_saved() || counts(account);
            shard.write().retain(|name, account| is_known(name) || in_use(account));
        }
    }

    fn shard(&self, usage_plan: &str, consumer: &str) -> &RwLock<Accounts> {
        let hash = self.hasher.hash_one((usage_plan, consumer));
        &self.shards[hash as usize % SHARDS]
    }
}

impl Default for Usage {
    fn default() -> Self {
        Self::new(StoredUsage::default())
    }
}

impl fmt::Debug for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Usage").finish_non_exhaustive()
    }
}

// === lookup without making a name ===

/// The two parts of a name, owned or not, so that a lookup allocates nothing.
trait Named {
    fn parts(&self) -> (&str, &str);
}

impl Named for AccountName {
    fn parts(&self) -> (&str, &str) {
        (&self.usage_plan, &self.consumer)
    }
}

impl Named for (&str, &str) {
    fn parts(&self) -> (&str, &str) {
        *self
    }
}

impl<'a> std::borrow::Borrow<dyn Named + 'a> for AccountName {
    fn borrow(&self) -> &(dyn Named + 'a) {
        self
    }
}

impl std::hash::Hash for dyn Named + '_ {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let (usage_plan, consumer) = self.parts();
        usage_plan.hash(state);
        consumer.hash(state);
    }
}

impl PartialEq for dyn Named + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for dyn Named + '_ {}

#[cfg(test)]
mod tests;
