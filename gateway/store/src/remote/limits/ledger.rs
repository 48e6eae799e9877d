//! What operators read and write: what was used of a quota, more of it, and usage by day.
//!
//! These go over the connection of plugins' values, which waits longer and holds up no charge.

use std::{collections::BTreeMap, sync::LazyLock};

use redis::{FromRedisValue, Script};

use super::{Group, PeriodSpan, SharedLimits, draw::quota_key};
use crate::{error::KvError, remote::redis::Request};

/// What was used of a quota in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Requests, by their cost.
    pub used: u64,
    /// What the period has more than its limit: the sum of its top-ups.
    pub extra: i64,
}

/// `ARGV`: what is added, the milliseconds to keep.
static TOP_UP: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "redis.call('HINCRBY', KEYS[1], 'extra', ARGV[1])
         if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
         return redis.call('HMGET', KEYS[1], 'used', 'extra')",
    )
});

/// Keeps what the period has more.
static RESET: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        "redis.call('HDEL', KEYS[1], 'used')
         return redis.call('HMGET', KEYS[1], 'used', 'extra')",
    )
});

impl SharedLimits {
    /// What was used of the quota under `key` in this period.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn used(&self, group: &Group, key: &str, period: PeriodSpan) -> Result<Used, KvError> {
        let mut command = redis::cmd("HMGET");
        command.arg(quota_key(group, key, period)).arg("used").arg("extra");
        read(self.store.call(Request::Command(command)).await?)
    }

    /// Adds `amount` to what may be used in this period; less than nothing takes away.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn top_up(&self, group: &Group, key: &str, period: PeriodSpan, amount: i64) -> Result<Used, KvError> {
        let length = period.end_ms.saturating_sub(period.start_ms);
        let mut script = TOP_UP.key(quota_key(group, key, period));
        script.arg(amount).arg(length.saturating_add(3_600_000).min(1 << 41));
        read(self.store.call(Request::Script(script)).await?)
    }

    /// Forgets what was used in this period; its top-ups stay.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn reset(&self, group: &Group, key: &str, period: PeriodSpan) -> Result<Used, KvError> {
        read(self.store.call(Request::Script(RESET.key(quota_key(group, key, period)))).await?)
    }

    /// Usage under `key` by local date, from the date `from` to `to`, both with it; at most 400 days are kept.
    ///
    /// # Errors
    /// [`KvError`].
    pub async fn usage(
        &self,
        group: &Group,
        key: &str,
        from: &str,
        to: &str,
    ) -> Result<BTreeMap<String, u64>, KvError> {
        let mut command = redis::cmd("HGETALL");
        command.arg(group.key("u", key));
        let answer = self.store.call(Request::Command(command)).await?;
        let mut days = BTreeMap::<String, u64>::from_redis_value(answer).map_err(|_| strange())?;
        days.retain(|day, _| (from..=to).contains(&day.as_str()));
        Ok(days)
    }
}

fn read(answer: redis::Value) -> Result<Used, KvError> {
    let (used, extra) = <(Option<u64>, Option<i64>)>::from_redis_value(answer).map_err(|_| strange())?;
    Ok(Used { used: used.unwrap_or_default(), extra: extra.unwrap_or_default() })
}

fn strange() -> KvError {
    KvError::Unavailable("the store answered what makes no sense".to_owned())
}
