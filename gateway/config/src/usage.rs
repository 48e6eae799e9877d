//! How consumers stand with their quotas, and what is given to them beyond.
//!
//! What is used is no configuration: top-ups and resets make no revision, but a line in the audit log.

use std::sync::Arc;

use gateway_model::{Actor, CompiledQuota};
use gateway_store::{
    AuditRecord, StoreError, action,
    limits::Clock,
    usage::{AccountName, QuotaState, Usage, UsageDay, UsageStore},
};
use jiff::civil::Date;

use crate::service::Service;

/// The longest reason for a top-up or a reset, in bytes.
const REASON: usize = 512;

/// What counts the use of quotas on this node.
#[derive(Clone)]
pub struct Metering {
    pub usage: Arc<Usage>,
    pub store: Arc<dyn UsageStore>,
    pub clock: Clock,
}

/// How a consumer stands with the quota of one of its plans.
#[derive(Clone, Debug)]
pub struct QuotaUsage {
    pub account: AccountName,
    pub quota: CompiledQuota,
    pub state: QuotaState,
}

/// Why there is nothing to tell or to give.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    #[error("there is no consumer {0:?}")]
    UnknownConsumer(String),
    #[error("{plan:?} is none of the usage plans of {consumer:?}")]
    NotItsPlan { consumer: String, plan: String },
    #[error("the usage plan {0:?} has no quota")]
    NoQuota(String),
    #[error("give 1 to 9007199254740991 requests")]
    Extra,
    #[error("give a reason of 1 to {REASON} bytes")]
    Reason,
    #[error("this process does not count the use of quotas")]
    NotMetered,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Service {
    /// Where the use of quotas is counted; to be told once, by who serves.
    pub fn meter(&self, metering: Metering) {
        // Told once: a second one would count what nobody charges.
        let _first = self.core.metering.set(metering);
    }

    /// How a consumer stands with all its plans that have a quota, at this moment.
    ///
    /// # Errors
    /// [`UsageError::UnknownConsumer`].
    pub fn quotas(&self, consumer: &str) -> Result<Vec<QuotaUsage>, UsageError> {
        let Some(metering) = self.core.metering.get() else { return Ok(Vec::new()) };
        let snapshot = self.core.snapshots.borrow().clone();
        let identity =
            snapshot.identities.get(consumer).ok_or_else(|| UsageError::UnknownConsumer(consumer.to_owned()))?;
        let now = metering.clock.unix_ms();
        let plans = identity.plans.iter().filter_map(|plan| Some((plan, plan.quota.clone()?)));
        Ok(plans
            .map(|(plan, quota)| {
                let other = identity.limit_override(&plan.name, now).and_then(|other| other.quota_limit);
                let quota = CompiledQuota { limit: other.unwrap_or(quota.limit), ..quota };
                let account = metering.usage.open(&plan.name, consumer);
                let state = account.state(&quota, quota.limit, now);
                let account = AccountName { usage_plan: (&*plan.name).into(), consumer: consumer.into() };
                QuotaUsage { account, quota, state }
            })
            .collect())
    }

    /// What a consumer has used under one of its plans by day, in order; what was used within the last second included.
    ///
    /// # Errors
    /// [`UsageError::Store`], and [`UsageError::NotMetered`].
    pub async fn usage_days(&self, account: &AccountName, from: Date, to: Date) -> Result<Vec<UsageDay>, UsageError> {
        let metering = self.core.metering.get().ok_or(UsageError::NotMetered)?;
        let mut days = metering.store.usage_days(account, from, to).await?;
        let newer = metering.usage.find(&account.usage_plan, &account.consumer);
        for (day, used) in newer.iter().flat_map(|account| account.days()).filter(|(day, _)| (from..=to).contains(day))
        {
            match days.binary_search_by_key(&day, |known| known.day) {
                Ok(position) => days[position].used = used,
                Err(position) => days.insert(position, UsageDay { account: account.clone(), day, used }),
            }
        }
        Ok(days)
    }

    /// Gives a consumer `extra` requests beyond its quota, in the current period only.
    ///
    /// # Errors
    /// [`UsageError`]; nothing was given then.
    pub async fn top_up(
        &self,
        actor: &Actor,
        account: &AccountName,
        extra: u64,
        reason: &str,
    ) -> Result<QuotaUsage, UsageError> {
        if !(1..=9_007_199_254_740_991).contains(&extra) {
            return Err(UsageError::Extra);
        }
        let detail = format!("{extra} requests beyond the quota");
        self.adjust(actor, account, action::USAGE_TOPPED_UP, &detail, reason, |metering, it| {
            let account = metering.usage.open(&account.usage_plan, &account.consumer);
            account.top_up(&it.quota, metering.clock.unix_ms(), extra);
        })
        .await
    }

    /// Gives back to a consumer all that it has used in the current period.
    ///
    /// # Errors
    /// [`UsageError`]; nothing was given then.
    pub async fn reset_usage(
        &self,
        actor: &Actor,
        account: &AccountName,
        reason: &str,
    ) -> Result<QuotaUsage, UsageError> {
        self.adjust(actor, account, action::USAGE_RESET, "the quota as if it were unused", reason, |metering, it| {
            let account = metering.usage.open(&account.usage_plan, &account.consumer);
            account.reset(&it.quota, metering.clock.unix_ms());
        })
        .await
    }

    async fn adjust(
        &self,
        actor: &Actor,
        account: &AccountName,
        action: &'static str,
        detail: &str,
        reason: &str,
        adjust: impl FnOnce(&Metering, &QuotaUsage),
    ) -> Result<QuotaUsage, UsageError> {
        let metering = self.core.metering.get().ok_or(UsageError::NotMetered)?;
        if !(1..=REASON).contains(&reason.len()) {
            return Err(UsageError::Reason);
        }
        let before = self.quota_of(account)?;
        // First, so that nothing is given without a line that says who gave it.
        let AccountName { usage_plan, consumer } = account;
        let detail = format!("{detail} for consumer {consumer:?} under usage plan {usage_plan:?}: {reason}");
        self.core.store.record(&AuditRecord { actor: actor.clone(), action, detail }).await?;
        adjust(metering, &before);
        self.quota_of(account)
    }

    fn quota_of(&self, account: &AccountName) -> Result<QuotaUsage, UsageError> {
        let (plan, consumer) = (&*account.usage_plan, &*account.consumer);
        if let Some(found) = self.quotas(consumer)?.into_iter().find(|it| *it.account.usage_plan == *plan) {
            return Ok(found);
        }
        let snapshot = self.core.snapshots.borrow().clone();
        let has_it = snapshot.identities.get(consumer).is_some_and(|it| it.plans.iter().any(|it| *it.name == *plan));
        Err(match has_it {
            true => UsageError::NoQuota(plan.to_owned()),
            false => UsageError::NotItsPlan { consumer: consumer.to_owned(), plan: plan.to_owned() },
        })
    }
}

impl std::fmt::Debug for Metering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metering").finish_non_exhaustive()
    }
}
