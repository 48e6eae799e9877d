//! How consumers stand with their quotas, and what is given to them beyond.

use async_graphql::{ComplexObject, Context, InputObject, Object, SimpleObject};
use gateway_config::{AccountName, QuotaUsage, UsageError};
use gateway_model::{Path, Period};
use jiff::{ToSpan, civil::Date};

use super::{
    Scope,
    change::{UserError, UserErrorCode},
    plan::QuotaPeriod,
    scalar::{DateTime, Long},
};
use crate::error::Failure;

/// Days that are told if nothing is said.
const DAYS: i32 = 31;

/// How a consumer stands with the quota of one of its usage plans: on this node, or on all that count it together.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Usage {
    /// Name of the usage plan.
    usage_plan: String,
    /// How long the quota lasts.
    period: QuotaPeriod,
    /// Requests in this period: the quota, or the override in its place, less its offset in the first period, and with
    /// what was given beyond it.
    limit: Long,
    /// Requests that were used in this period.
    used: Long,
    /// Requests that are left of this period.
    remaining: Long,
    /// When the period ends.
    ends_at: DateTime,
    #[graphql(skip)]
    account: AccountName,
    /// The day of today, where the plan is.
    #[graphql(skip)]
    today: Date,
}

/// Requests that were used on one day.
#[derive(SimpleObject)]
pub(crate) struct UsageDay {
    /// The day in the plan's time zone, such as `2026-11-29`.
    day: String,
    /// Requests that were used.
    used: Long,
}

#[ComplexObject]
impl Usage {
    /// What was used by day, in order; days without any are left out. Of a plan that counts `LEASED` it is what this node
    /// has used.
    #[graphql(complexity = "31 * child_complexity + 1")]
    async fn days(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first day, such as `2026-11-01`; 31 days before the last if not given.")] from: Option<
            String,
        >,
        #[graphql(desc = "The last day; today in the plan's time zone if not given.")] to: Option<String>,
    ) -> Result<Vec<UsageDay>, Failure> {
        let to = to.map_or(Ok(self.today), |text| day("to", &text))?;
        let from = from.map_or(Ok(to.saturating_sub((DAYS - 1).days())), |text| day("from", &text))?;
        let days = Scope::of(context).service.usage_days(&self.account, from, to).await;
        let days = days.map_err(Failure::store)?;
        Ok(days.into_iter().map(|it| UsageDay { day: it.day.to_string(), used: it.used.into() }).collect())
    }
}

impl From<QuotaUsage> for Usage {
    fn from(it: QuotaUsage) -> Self {
        let QuotaUsage { account, quota, state, .. } = it;
        Self {
            usage_plan: account.usage_plan.to_string(),
            period: Period::from(quota.period).into(),
            limit: state.limit.into(),
            used: state.used.into(),
            remaining: state.remaining().into(),
            ends_at: DateTime::from_ms(i64::try_from(state.ends_at_ms).unwrap_or(i64::MAX)),
            today: state.today,
            account,
        }
    }
}

/// How a consumer stands with all its quotas.
pub(crate) async fn of_consumer(scope: &Scope, name: &str) -> Result<Vec<Usage>, Failure> {
    match scope.service.quotas(name).await {
        Ok(quotas) => Ok(quotas.into_iter().map(Usage::from).collect()),
        // One that another process has made a moment ago has used nothing yet.
        Err(UsageError::UnknownConsumer(_)) => Ok(Vec::new()),
        Err(cause) => Err(Failure::store(cause)),
    }
}

fn day(argument: &str, text: &str) -> Result<Date, Failure> {
    text.parse().map_err(|_| Failure::BadInput(format!("{argument}: {text:?} is no day: write it as 2026-11-29")))
}

/// Requests beyond a quota.
#[derive(Debug, InputObject)]
pub(crate) struct TopUpUsageInput {
    /// Name of the consumer.
    consumer: String,
    /// Name of one of its usage plans, which has a quota.
    usage_plan: String,
    /// Requests beyond the quota, in the current period only; at least 1.
    requests: Long,
    /// Why, for the audit log.
    reason: String,
    /// Any text; it comes back in the payload.
    client_mutation_id: Option<String>,
}

/// A quota as if it were unused.
#[derive(Debug, InputObject)]
pub(crate) struct ResetUsageInput {
    /// Name of the consumer.
    consumer: String,
    /// Name of one of its usage plans, which has a quota.
    usage_plan: String,
    /// Why, for the audit log.
    reason: String,
    /// Any text; it comes back in the payload.
    client_mutation_id: Option<String>,
}

/// What became of a top-up or a reset.
#[derive(SimpleObject)]
pub(crate) struct UsagePayload {
    /// How the consumer stands now; null if it was refused.
    usage: Option<Usage>,
    /// Why it was refused; empty if it was not.
    user_errors: Vec<UserError>,
    /// The text that came with the input.
    client_mutation_id: Option<String>,
}

#[derive(Default)]
pub(crate) struct UsageMutations;

#[Object]
impl UsageMutations {
    /// Gives a consumer requests beyond its quota, in the current period only. It makes no revision, but a line in the
    /// audit log.
    async fn top_up_usage(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whom to give how much.")] input: TopUpUsageInput,
    ) -> Result<Option<UsagePayload>, Failure> {
        let scope = Scope::of(context);
        let account = account(&input.usage_plan, &input.consumer);
        let extra = u64::try_from(input.requests.0).unwrap_or(0);
        let done = scope.service.top_up(&scope.actor, &account, extra, &input.reason).await;
        payload(done, &account, input.client_mutation_id).map(Some)
    }

    /// Gives back to a consumer all that it has used in the current period; what it used stays readable by day. It makes
    /// no revision, but a line in the audit log.
    async fn reset_usage(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose usage to reset.")] input: ResetUsageInput,
    ) -> Result<Option<UsagePayload>, Failure> {
        let scope = Scope::of(context);
        let account = account(&input.usage_plan, &input.consumer);
        let done = scope.service.reset_usage(&scope.actor, &account, &input.reason).await;
        payload(done, &account, input.client_mutation_id).map(Some)
    }
}

fn account(usage_plan: &str, consumer: &str) -> AccountName {
    AccountName { usage_plan: usage_plan.into(), consumer: consumer.into() }
}

fn payload(
    done: Result<QuotaUsage, UsageError>,
    account: &AccountName,
    client_mutation_id: Option<String>,
) -> Result<UsagePayload, Failure> {
    let (usage, error) = match done {
        Ok(usage) => (Some(usage.into()), None),
        Err(cause @ (UsageError::Store(_) | UsageError::Shared(_))) => return Err(Failure::store(cause)),
        Err(error @ UsageError::NotMetered) => return Err(Failure::internal(error)),
        Err(error) => (None, Some(error)),
    };
    let at = |error: UsageError| {
        let consumer = || Path::new().then("consumers").then(&account.consumer);
        let (path, code) = match &error {
            UsageError::UnknownConsumer(_) => (consumer(), UserErrorCode::NotFound),
            UsageError::NotItsPlan { .. } => (consumer().then("usagePlans"), UserErrorCode::NotFound),
            UsageError::NoQuota(plan) => {
                (Path::new().then("usagePlans").then(plan).then("quota"), UserErrorCode::Invalid)
            }
            UsageError::Extra => (Path::new().then("requests"), UserErrorCode::Invalid),
            _ => (Path::new().then("reason"), UserErrorCode::Invalid),
        };
        UserError::new(path, error.to_string(), code)
    };
    Ok(UsagePayload { usage, user_errors: error.map(at).into_iter().collect(), client_mutation_id })
}
