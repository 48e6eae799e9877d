//! How consumers stand with their quotas, and what is given to them beyond.
//!
//! What is used is no configuration: top-ups and resets make no revision, but a line in the audit log.

use std::sync::Arc;

use gateway_model::{Actor, CompiledPlan, CompiledQuota, Counting, Identity};
use gateway_store::{
    AuditRecord, KvError, StoreError, action,
    limits::{Clock, Shared},
    remote::limits::{PeriodSpan, Used},
    usage::{AccountName, QuotaState, Usage, UsageDay, UsageStore},
};
use jiff::civil::Date;

use crate::service::Service;

/// The longest reason for a top-up or a reset, in bytes.
const REASON: usize = 512;

/// What counts the use of quotas: on this node, and where nodes count together.
#[derive(Clone)]
pub struct Metering {
    pub usage: Arc<Usage>,
    pub store: Arc<dyn UsageStore>,
    pub clock: Clock,
    /// None when the settings name no store for limits.
    pub shared: Option<Shared>,
}

/// How a consumer stands with the quota of one of its plans.
#[derive(Clone, Debug)]
pub struct QuotaUsage {
    pub account: AccountName,
    pub quota: CompiledQuota,
    pub state: QuotaState,
    /// Whether nodes count it together.
    pub is_shared: bool,
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
    #[error("the store in which nodes count together is out of reach: {0}")]
    Shared(#[from] KvError),
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
    /// [`UsageError::UnknownConsumer`], and [`UsageError::Shared`].
    pub async fn quotas(&self, consumer: &str) -> Result<Vec<QuotaUsage>, UsageError> {
        let Some(metering) = self.core.metering.get() else { return Ok(Vec::new()) };
        let identity = self.identity(consumer)?;
        let mut quotas = Vec::new();
        for plan in &identity.plans {
            quotas.extend(metering.quota(&identity, plan).await?);
        }
        Ok(quotas)
    }

    fn identity(&self, consumer: &str) -> Result<Arc<Identity>, UsageError> {
        let snapshot = self.core.snapshots.borrow().clone();
        let identity = snapshot.identities.get(consumer).cloned();
        identity.ok_or_else(|| UsageError::UnknownConsumer(consumer.to_owned()))
    }

    /// What a consumer has used under one of its plans by day, in order; what was used within the last second included.
    ///
    /// Of plans that count in slices it is what this node has used.
    ///
    /// # Errors
    /// [`UsageError::Store`], [`UsageError::Shared`], and [`UsageError::NotMetered`].
    pub async fn usage_days(&self, account: &AccountName, from: Date, to: Date) -> Result<Vec<UsageDay>, UsageError> {
        let metering = self.core.metering.get().ok_or(UsageError::NotMetered)?;
        let mut days = metering.store.usage_days(account, from, to).await?;
        let newer = metering.usage.find(&account.usage_plan, &account.consumer);
        for (day, used) in newer.iter().flat_map(|account| account.days()).filter(|(day, _)| (from..=to).contains(day))
        {
            // Other processes may have counted in the same store, and this one may have more that is not stored yet.
            put_day(&mut days, account, day, |stored| stored.max(used));
        }
        if let Some(shared) = metering.shared.as_ref().filter(|_| self.counts_elsewhere(account)) {
            let (key, [from, to]) = (account_key(account), [from, to].map(|day| day.to_string()));
            for (day, used) in shared.limits.usage(&shared.group, &key, &from, &to).await? {
                // What was counted here while that store was out of reach, or before the plan counted there, is beside it.
                let Ok(day) = day.parse() else { continue };
                put_day(&mut days, account, day, |here| here.saturating_add(used));
            }
        }
        Ok(days)
    }

    /// Whether nodes count together what a plan allows. One that is gone may have.
    fn counts_elsewhere(&self, account: &AccountName) -> bool {
        let snapshot = self.core.snapshots.borrow().clone();
        let identity = snapshot.identities.get(&*account.consumer);
        let plan = identity.and_then(|it| it.plans.iter().find(|plan| *plan.name == *account.usage_plan));
        plan.is_none_or(|plan| plan.counting != Counting::Local)
    }

    /// Gives a consumer `extra` requests beyond its quota, in the current period only.
    ///
    /// # Errors
    /// [`UsageError`]; nothing was given then, but with [`UsageError::Shared`] it may have been: look before giving again.
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
        let (metering, before) = self.recorded(actor, account, action::USAGE_TOPPED_UP, &detail, reason).await?;
        match metering.shared.as_ref().filter(|_| before.is_shared) {
            Some(shared) => {
                let amount = i64::try_from(extra).map_err(|_| UsageError::Extra)?;
                let key = account_key(account);
                let used = shared.limits.top_up(&shared.group, &key, span(&before.state), amount).await?;
                // Not read once more: an error then would say that nothing was given.
                Ok(before.stands_at(used))
            }
            None => {
                let counted = metering.usage.open(&account.usage_plan, &account.consumer);
                counted.top_up(&before.quota, metering.clock.unix_ms(), extra);
                self.quota_of(account).await
            }
        }
    }

    /// Gives back to a consumer all that it has used in the current period.
    ///
    /// # Errors
    /// [`UsageError`]; nothing was given then, but with [`UsageError::Shared`] it may have been.
    pub async fn reset_usage(
        &self,
        actor: &Actor,
        account: &AccountName,
        reason: &str,
    ) -> Result<QuotaUsage, UsageError> {
        let detail = "the quota as if it were unused";
        let (metering, before) = self.recorded(actor, account, action::USAGE_RESET, detail, reason).await?;
        match metering.shared.as_ref().filter(|_| before.is_shared) {
            Some(shared) => {
                let used = shared.limits.reset(&shared.group, &account_key(account), span(&before.state)).await?;
                Ok(before.stands_at(used))
            }
            None => {
                let counted = metering.usage.open(&account.usage_plan, &account.consumer);
                counted.reset(&before.quota, metering.clock.unix_ms());
                self.quota_of(account).await
            }
        }
    }

    /// Writes the line in the audit log, first, so that nothing is given without one that says who gave it.
    async fn recorded(
        &self,
        actor: &Actor,
        account: &AccountName,
        action: &'static str,
        detail: &str,
        reason: &str,
    ) -> Result<(&Metering, QuotaUsage), UsageError> {
        let metering = self.core.metering.get().ok_or(UsageError::NotMetered)?;
        if !(1..=REASON).contains(&reason.len()) {
            return Err(UsageError::Reason);
        }
        let before = self.quota_of(account).await?;
        let AccountName { usage_plan, consumer } = account;
        let detail = format!("{detail} for consumer {consumer:?} under usage plan {usage_plan:?}: {reason}");
        self.core.store.record(&AuditRecord { actor: actor.clone(), action, detail }).await?;
        Ok((metering, before))
    }

    async fn quota_of(&self, account: &AccountName) -> Result<QuotaUsage, UsageError> {
        let metering = self.core.metering.get().ok_or(UsageError::NotMetered)?;
        let identity = self.identity(&account.consumer)?;
        let Some(plan) = identity.plans.iter().find(|plan| *plan.name == *account.usage_plan) else {
            let (consumer, plan) = (account.consumer.to_string(), account.usage_plan.to_string());
            return Err(UsageError::NotItsPlan { consumer, plan });
        };
        let quota = metering.quota(&identity, plan).await?;
        quota.ok_or_else(|| UsageError::NoQuota(account.usage_plan.to_string()))
    }
}

impl QuotaUsage {
    /// As it stands where nodes count together.
    fn stands_at(self, used: Used) -> Self {
        let limit = self.quota.limit.saturating_add_signed(used.extra);
        Self { state: QuotaState { limit, used: used.used, ..self.state }, ..self }
    }
}

impl Metering {
    /// How a consumer stands with the quota of one of its plans, if that has one.
    async fn quota(&self, identity: &Identity, plan: &CompiledPlan) -> Result<Option<QuotaUsage>, UsageError> {
        let Some(quota) = plan.quota.clone() else { return Ok(None) };
        let now = self.clock.unix_ms();
        let other = identity.limit_override(&plan.name, now).and_then(|other| other.quota_limit);
        let quota = CompiledQuota { limit: other.unwrap_or(quota.limit), ..quota };
        let account = AccountName { usage_plan: (&*plan.name).into(), consumer: (&*identity.consumer).into() };
        let local = self.usage.open(&account.usage_plan, &account.consumer).state(&quota, quota.limit, now);
        let shared = self.shared.as_ref().filter(|_| plan.counting != Counting::Local);
        // The period is that of the calendar in any case.
        let here = QuotaUsage { account, quota, state: local, is_shared: shared.is_some() };
        let Some(shared) = shared else { return Ok(Some(here)) };
        let key = account_key(&here.account);
        let used = shared.limits.used(&shared.group, &key, span(&here.state)).await?;
        Ok(Some(here.stands_at(used)))
    }
}

fn span(state: &QuotaState) -> PeriodSpan {
    (state.ends_at_ms.saturating_sub(state.length_ms)..state.ends_at_ms).into()
}

fn account_key(account: &AccountName) -> String {
    AccountName::key(&account.usage_plan, &account.consumer)
}

fn put_day(days: &mut Vec<UsageDay>, account: &AccountName, day: Date, used: impl FnOnce(u64) -> u64) {
    match days.binary_search_by_key(&day, |known| known.day) {
        Ok(position) => days[position].used = used(days[position].used),
        Err(position) => days.insert(position, UsageDay { account: account.clone(), day, used: used(0) }),
    }
}

impl std::fmt::Debug for Metering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metering").finish_non_exhaustive()
    }
}
