//! One account: what one consumer has taken under one plan.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use gateway_algorithms::{
    calendar,
    limit::{Decision, Gcra, Limit},
};
use gateway_model::CompiledQuota;
use jiff::civil::Date;
use parking_lot::Mutex;

use crate::counters::advance;

use super::{AccountName, Allowance, DAYS, DayChange, Given, UnsavedUsage};

/// Nanoseconds in a millisecond.
const MILLI: u64 = 1_000_000;

/// What one consumer has taken under one plan.
#[derive(Debug, Default)]
pub struct Account {
    /// The state of its throttle: a theoretical arrival time.
    throttle: AtomicU64,
    /// Those of routes and methods that have a throttle of their own, by their names: as many as the plan has.
    method_throttles: Mutex<Vec<(Box<str>, u64)>>,
    /// Locked for each request that is charged to the quota, for some nanoseconds.
    book: Mutex<Book>,
}

/// Which throttle of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThrottleOf<'a> {
    /// Of the plan.
    Plan,
    /// Of one method of one route, by a name of the two.
    Method(&'a str),
}

#[derive(Debug, Default)]
struct Book {
    /// What was used, by day: at most those that count against a quota.
    days: BTreeMap<Date, u64>,
    /// What was given beyond the quota, by the first day of the period: this one, and the last.
    allowances: BTreeMap<Date, Given>,
    /// The day of the first request of all.
    first_day: Option<Date>,
    now: Today,
    /// What the store does not know yet, by day and by period.
    unsaved: BTreeMap<Date, i64>,
    unsaved_given: BTreeMap<Date, Given>,
}

/// What is worked out once a day, not for each request.
#[derive(Debug, Default)]
struct Today {
    /// The end of the day, in milliseconds since 1970.
    until: u64,
    day: Date,
    /// The period's first day, its length and its end in milliseconds.
    period: Option<Period>,
    /// Used in the period.
    used: u64,
}

#[derive(Clone, Debug, PartialEq)]
struct Period {
    kind: calendar::Period,
    zone: calendar::Zone,
    first_day: Date,
    length: u64,
    end: u64,
}

/// How an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaState {
    /// Requests in the period: the quota, less its offset in the first period, and what was given beyond it.
    pub limit: u64,
    /// Requests in a later period.
    pub whole: u64,
    pub used: u64,
    /// The end of the period, in milliseconds since 1970.
    pub ends_at_ms: u64,
    /// The length of the period, in milliseconds.
    pub length_ms: u64,
    /// The period's first day.
    pub first_day: Date,
    /// The day that is counted at the moment.
    pub today: Date,
}

impl Account {
    /// Decides a request of `cost` at `now` (nanoseconds of one steady clock), and takes it if it passes.
    #[must_use]
    pub fn throttle(&self, of: ThrottleOf<'_>, gcra: &Gcra, now: u64, cost: u32) -> Decision {
        self.change_throttle(of, |state| gcra.decide(state, now, cost))
    }

    /// What [`throttle`](Self::throttle) would answer.
    #[must_use]
    pub fn peek_throttle(&self, of: ThrottleOf<'_>, gcra: &Gcra, now: u64, cost: u32) -> Decision {
        let state = match of {
            ThrottleOf::Plan => self.throttle.load(Ordering::Relaxed),
            ThrottleOf::Method(name) => {
                let throttles = self.method_throttles.lock();
                throttles.iter().find(|(known, _)| **known == *name).map_or(0, |(_, state)| *state)
            }
        };
        gcra.peek(&state, now, cost)
    }

    /// Undoes what a throttle has admitted at `taken_at`.
    pub fn give_back_throttle(&self, of: ThrottleOf<'_>, gcra: &Gcra, taken_at: u64, cost: u32) {
        self.change_throttle(of, |state| gcra.give_back(state, taken_at, cost));
    }

    fn change_throttle<R>(&self, of: ThrottleOf<'_>, change: impl Fn(&mut u64) -> R) -> R {
        let ThrottleOf::Method(name) = of else { return advance(&self.throttle, change) };
        let mut throttles = self.method_throttles.lock();
        let position = throttles.iter().position(|(known, _)| **known == *name).unwrap_or_else(|| {
            throttles.push((name.into(), 0));
            throttles.len() - 1
        });
        change(&mut throttles[position].1)
    }

    /// Takes `cost` requests from what is left of a quota of `limit` requests at `now` (milliseconds since 1970), if they
    /// are.
    #[must_use]
    pub fn take(&self, quota: &CompiledQuota, limit: u64, now: u64, cost: u32) -> Decision {
        let mut book = self.book.lock();
        let state = book.state(quota, limit, now);
        book.begin();
        let decision = state.decide(now, cost);
        match decision.admitted && cost > 0 {
            true => {
                book.add(u64::from(cost));
                let state = QuotaState { used: state.used + u64::from(cost), ..state };
                state.decide(now, 0)
            }
            false => decision,
        }
    }

    /// Counts what was taken elsewhere, so that it is readable by day.
    pub fn note(&self, quota: &CompiledQuota, now: u64, cost: u32) {
        let mut book = self.book.lock();
        book.state(quota, quota.limit, now);
        book.add(cost.into());
    }

    /// What [`take`](Self::take) would answer.
    #[must_use]
    pub fn peek(&self, quota: &CompiledQuota, limit: u64, now: u64, cost: u32) -> Decision {
        self.book.lock().state(quota, limit, now).decide(now, cost)
    }

    /// Undoes what was taken on the day that is still counted.
    pub fn give_back(&self, cost: u32) {
        self.book.lock().subtract(u64::from(cost));
    }

    /// How it stands at `now` with a quota of `limit` requests.
    #[must_use]
    pub fn state(&self, quota: &CompiledQuota, limit: u64, now: u64) -> QuotaState {
        self.book.lock().state(quota, limit, now)
    }

    /// Gives `extra` requests beyond the quota, in the period of `now` only.
    pub fn top_up(&self, quota: &CompiledQuota, now: u64, extra: u64) {
        let mut book = self.book.lock();
        book.state(quota, quota.limit, now);
        book.give(Given { extra, forgiven: 0 });
    }

    /// Gives back all that was used in the period of `now`; the days keep what they have counted.
    pub fn reset(&self, quota: &CompiledQuota, now: u64) {
        let mut book = self.book.lock();
        let used = book.state(quota, quota.limit, now).used;
        book.give(Given { extra: 0, forgiven: used });
    }

    /// What this account has counted on days that its store may not know yet.
    #[must_use]
    pub fn days(&self) -> Vec<(Date, u64)> {
        self.book.lock().days.iter().map(|(day, used)| (*day, *used)).collect()
    }
}

// === storing ===

impl Account {
    pub(super) fn began(&self, day: Date) {
        let mut book = self.book.lock();
        book.first_day = Some(book.first_day.map_or(day, |known| known.min(day)));
    }

    pub(super) fn restore(&self, day: Date, used: u64) {
        self.book.lock().days.insert(day, used);
    }

    pub(super) fn restore_allowance(&self, from: Date, given: Given) {
        self.book.lock().allowances.insert(from, given);
    }

    /// The store has this of a day, from whomever: what it does not know is used as well.
    pub(super) fn refresh(&self, day: Date, stored: u64) {
        let mut book = self.book.lock();
        let unsaved = book.unsaved.get(&day).copied().unwrap_or(0);
        book.days.insert(day, stored.saturating_add_signed(unsaved));
        book.now.until = 0;
    }

    /// The same of what was given in a period.
    pub(super) fn refresh_allowance(&self, from: Date, stored: Given) {
        let mut book = self.book.lock();
        let mut given = stored;
        given.add(book.unsaved_given.get(&from).copied().unwrap_or_default());
        book.allowances.insert(from, given);
    }

    /// Adds what the store does not know to `unsaved`, and takes it as known.
    pub(super) fn collect(&self, name: &AccountName, unsaved: &mut UnsavedUsage) {
        let mut book = self.book.lock();
        let (days, given) = (std::mem::take(&mut book.unsaved), std::mem::take(&mut book.unsaved_given));
        unsaved.days.extend(days.into_iter().map(|(day, by)| DayChange { account: name.clone(), day, by }));
        let allowances = given.into_iter();
        unsaved.allowances.extend(allowances.map(|(from, given)| Allowance { account: name.clone(), from, given }));
    }

    /// The store has not taken these.
    pub(super) fn day_not_saved(&self, day: Date, by: i64) {
        *self.book.lock().unsaved.entry(day).or_insert(0) += by;
    }

    pub(super) fn given_not_saved(&self, from: Date, given: Given) {
        self.book.lock().unsaved_given.entry(from).or_default().add(given);
    }

    /// Whether the store knows all that there is to know.
    pub(super) fn is_saved(&self) -> bool {
        let book = self.book.lock();
        book.unsaved.is_empty() && book.unsaved_given.is_empty()
    }
}

// === impl Book ===

impl Book {
    fn state(&mut self, quota: &CompiledQuota, limit: u64, now: u64) -> QuotaState {
        let period = self.period(quota, now);
        let (first_day, length_ms, ends_at_ms) = (period.first_day, period.length, period.end);
        let given = self.allowances.get(&first_day).copied().unwrap_or_default();
        let is_first = self.first_day.is_none_or(|day| day >= first_day);
        let offset = if is_first { quota.offset } else { 0 };
        let whole = limit;
        let limit = limit.saturating_sub(offset).saturating_add(given.extra);
        let used = self.now.used.saturating_sub(given.forgiven);
        QuotaState { limit, whole, used, ends_at_ms, length_ms, first_day, today: self.now.day }
    }

    /// The period of `now`, worked out anew on another day and for another kind of period.
    fn period(&mut self, quota: &CompiledQuota, now: u64) -> &Period {
        let today = &self.now;
        // A clock that was set back does not begin a day anew: it would forgive what was used.
        let stays = now < today.until;
        let same = |period: &Period| period.kind == quota.period && period.zone == quota.zone;
        if !(stays && today.period.as_ref().is_some_and(same)) {
            self.turn_over(quota, now);
        }
        self.now.period.as_ref().expect("it was worked out")
    }

    #[cold]
    fn turn_over(&mut self, quota: &CompiledQuota, now: u64) {
        let day = calendar::Period::Day.bounds(&quota.zone, now);
        let period = quota.period.bounds(&quota.zone, now);
        let today = quota.zone.date(now);
        let first_day = quota.zone.date(period.start);
        let length = period.end - period.start;
        let oldest = today.saturating_sub(jiff::Span::new().days(DAYS));
        self.days.retain(|day, _| *day >= oldest);
        self.allowances.retain(|from, _| *from >= oldest);
        let used = self.days.range(first_day..=today).map(|(_, used)| used).sum();
        let kind = quota.period;
        let period = Period { kind, zone: quota.zone.clone(), first_day, length, end: period.end };
        self.now = Today { until: day.end, day: today, period: Some(period), used };
    }

    /// Notes the day of the first request, whatever becomes of it: the first period ends with it.
    fn begin(&mut self) {
        if self.first_day.is_none() {
            self.first_day = Some(self.now.day);
            self.change(0);
        }
    }

    fn add(&mut self, cost: u64) {
        self.begin();
        self.now.used = self.now.used.saturating_add(cost);
        self.change(i64::try_from(cost).unwrap_or(i64::MAX));
    }

    fn subtract(&mut self, cost: u64) {
        self.now.used = self.now.used.saturating_sub(cost);
        self.change(i64::try_from(cost).map_or(i64::MIN, |cost| -cost));
    }

    fn change(&mut self, by: i64) {
        let today = self.now.day;
        let used = self.days.entry(today).or_insert(0);
        *used = used.saturating_add_signed(by);
        *self.unsaved.entry(today).or_insert(0) += by;
    }

    fn give(&mut self, given: Given) {
        if let Some(period) = &self.now.period {
            self.allowances.entry(period.first_day).or_default().add(given);
            self.unsaved_given.entry(period.first_day).or_default().add(given);
        }
    }
}

// === impl QuotaState ===

impl QuotaState {
    /// Requests that would still pass.
    #[must_use]
    pub fn remaining(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }

    fn decide(&self, now: u64, cost: u32) -> Decision {
        let (remaining, cost) = (self.remaining(), u64::from(cost));
        let until_end = self.ends_at_ms.saturating_sub(now).saturating_mul(MILLI);
        let more_after = if self.used == 0 { 0 } else { until_end };
        let admitted = cost == 0 || cost <= remaining;
        let retry_after = match admitted {
            true => Some(0),
            false => (cost <= self.whole).then_some(until_end),
        };
        Decision { admitted, delay: 0, remaining, more_after, retry_after }
    }
}
