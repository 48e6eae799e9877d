use gateway_algorithms::calendar::{Period, Zone};
use gateway_model::CompiledQuota;
use jiff::civil::date;

use super::*;
use crate::Sqlite;

const HOUR: u64 = 3_600_000;
/// 2026-11-29 00:00 in Berlin, where a day ends at 23:00 UTC.
const SUNDAY: u64 = 1_795_906_800_000;

fn quota(limit: u64, period: Period) -> CompiledQuota {
    CompiledQuota { limit, period, offset: 0, zone: Zone::new("Europe/Berlin").unwrap() }
}

/// Takes `count` requests; how many passed.
fn take(account: &Account, quota: &CompiledQuota, now: u64, count: u32) -> u32 {
    (0..count).filter(|_| account.take(quota, quota.limit, now, 1).admitted).count() as u32
}

#[test]
fn a_quota_ends_and_begins_anew_at_midnight_of_its_zone() {
    let (account, quota) = (Account::default(), quota(3, Period::Day));
    let evening = SUNDAY + 24 * HOUR - 1;
    assert_eq!(take(&account, &quota, evening, 5), 3);
    let refused = account.take(&quota, quota.limit, evening, 1);
    assert_eq!((refused.remaining, refused.retry_after), (0, Some(1_000_000)), "a millisecond is left of the day");
    assert_eq!(take(&account, &quota, evening + 1, 5), 3);
}

#[test]
fn a_refused_request_and_one_that_costs_nothing_take_nothing() {
    let (account, quota) = (Account::default(), quota(3, Period::Week));
    assert!(!account.take(&quota, 3, SUNDAY, 4).admitted);
    assert_eq!(account.take(&quota, 3, SUNDAY, 4).retry_after, None, "it never will");
    assert!(account.take(&quota, 3, SUNDAY, 0).admitted);
    assert_eq!(account.take(&quota, 3, SUNDAY, 3).remaining, 0);
    account.give_back(2);
    assert_eq!(take(&account, &quota, SUNDAY, 5), 2);
}

#[test]
fn a_week_ends_on_sunday_and_a_month_on_its_last_day() {
    for (period, ends) in [(Period::Week, SUNDAY + 24 * HOUR), (Period::Month, SUNDAY + 48 * HOUR)] {
        let (account, quota) = (Account::default(), quota(2, period));
        assert_eq!(take(&account, &quota, SUNDAY, 3), 2);
        assert_eq!(account.state(&quota, 2, SUNDAY).ends_at_ms, ends);
        assert_eq!(take(&account, &quota, ends - 1, 3), 0);
        assert_eq!(take(&account, &quota, ends, 3), 2);
    }
}

#[test]
fn a_longer_period_counts_the_days_before() {
    let account = Account::default();
    assert_eq!(take(&account, &quota(5, Period::Day), SUNDAY - HOUR, 5), 5);
    assert_eq!(take(&account, &quota(5, Period::Day), SUNDAY, 2), 2);
    assert_eq!(take(&account, &quota(10, Period::Month), SUNDAY, 5), 3);
}

#[test]
fn a_clock_that_goes_back_forgives_nothing() {
    let (account, quota) = (Account::default(), quota(2, Period::Day));
    assert_eq!(take(&account, &quota, SUNDAY, 2), 2);
    assert_eq!(take(&account, &quota, SUNDAY - HOUR, 1), 0);
}

#[test]
fn the_first_period_is_shorter_by_the_offset() {
    let account = Account::default();
    let quota = CompiledQuota { offset: 2, ..quota(5, Period::Day) };
    assert_eq!(take(&account, &quota, SUNDAY, 9), 3);
    assert_eq!(take(&account, &quota, SUNDAY + 24 * HOUR, 9), 5);
}

#[test]
fn a_top_up_is_for_its_period_and_a_reset_gives_back_all_of_it() {
    let (account, quota) = (Account::default(), quota(2, Period::Day));
    assert_eq!(take(&account, &quota, SUNDAY, 9), 2);
    account.top_up(&quota, SUNDAY, 3);
    assert_eq!(take(&account, &quota, SUNDAY, 9), 3);
    account.reset(&quota, SUNDAY);
    assert_eq!((account.state(&quota, 2, SUNDAY).used, account.state(&quota, 2, SUNDAY).limit), (0, 5));
    assert_eq!(take(&account, &quota, SUNDAY, 9), 5);
    assert_eq!(account.days(), [(date(2026, 11, 29), 10)], "what was used stays readable");
    assert_eq!(take(&account, &quota, SUNDAY + 24 * HOUR, 9), 2);
}

#[tokio::test]
async fn usage_survives_a_restart() {
    let store = Sqlite::in_memory().await.unwrap();
    let quota = quota(10, Period::Month);
    let usage = Usage::default();
    let account = usage.open("gold", "acme");
    assert_eq!(take(&account, &quota, SUNDAY - 24 * HOUR, 3), 3);
    assert_eq!(take(&account, &quota, SUNDAY, 4), 4);
    account.top_up(&quota, SUNDAY, 1);
    store.save_usage(&usage.unsaved()).await.unwrap();
    assert_eq!(usage.unsaved(), UnsavedUsage::default(), "what is saved is not saved again");
    assert_eq!(take(&account, &quota, SUNDAY, 1), 1);
    store.save_usage(&usage.unsaved()).await.unwrap();

    let again = Usage::load(&store, SUNDAY).await.unwrap();
    let account = again.find("gold", "acme").unwrap();
    assert_eq!(account.state(&quota, 10, SUNDAY).remaining(), 3);
    assert!(again.find("gold", "zoo").is_none());
    let name = AccountName { usage_plan: "gold".into(), consumer: "acme".into() };
    let days = store.usage_days(&name, date(2026, 11, 1), date(2026, 11, 30)).await.unwrap();
    assert_eq!(days.iter().map(|day| day.used).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn what_could_not_be_saved_is_told_again() {
    let usage = Usage::default();
    assert_eq!(take(&usage.open("gold", "acme"), &quota(10, Period::Day), SUNDAY, 1), 1);
    let unsaved = usage.unsaved();
    usage.not_saved(unsaved.clone());
    assert_eq!(usage.unsaved(), unsaved);
}

// The one that saved last took back what the other had counted.
#[tokio::test]
async fn two_processes_count_in_one_store() {
    let store = Sqlite::in_memory().await.unwrap();
    let quota = quota(100, Period::Day);
    let (one, other) = (Usage::default(), Usage::default());
    for (usage, count) in [(&one, 60), (&other, 10), (&one, 5)] {
        assert_eq!(take(&usage.open("gold", "acme"), &quota, SUNDAY, count), count);
        usage.open("gold", "acme").top_up(&quota, SUNDAY, 1);
        store.save_usage(&usage.unsaved()).await.unwrap();
    }
    let account = Usage::load(&store, SUNDAY).await.unwrap().find("gold", "acme").unwrap();
    let state = account.state(&quota, 100, SUNDAY);
    assert_eq!((state.used, state.limit), (75, 103));
}

// A consumer whose first request was refused had a first period for ever.
#[test]
fn the_first_period_is_that_of_the_first_request_even_of_a_refused_one() {
    let account = Account::default();
    let quota = CompiledQuota { offset: 4, ..quota(5, Period::Day) };
    let refused = account.take(&quota, 5, SUNDAY, 2);
    assert!(!refused.admitted && refused.retry_after.is_some(), "{refused:?}");
    assert_eq!(take(&account, &quota, SUNDAY + 24 * HOUR, 9), 5);
}

#[test]
fn accounts_that_nobody_knows_go_once_they_are_saved() {
    let usage = Usage::default();
    assert_eq!(take(&usage.open("gold", "acme"), &quota(10, Period::Day), SUNDAY, 1), 1);
    let much_later = SUNDAY + 40 * 24 * HOUR;
    usage.retain(much_later, |_| false);
    assert!(usage.find("gold", "acme").is_some(), "it is not saved");
    drop(usage.unsaved());
    usage.retain(SUNDAY + 20 * 24 * HOUR, |_| false);
    assert!(usage.find("gold", "acme").is_some(), "who comes back this month has used it");
    usage.retain(much_later, |_| false);
    assert!(usage.find("gold", "acme").is_none());
}

/// A process that takes another one's place counts beside it for a while: neither may forgive what the other has counted.
#[tokio::test]
async fn what_another_process_has_saved_counts_together_with_what_is_not_saved_here() {
    let store = Sqlite::in_memory().await.unwrap();
    let (old, quota) = (Usage::default(), quota(10, Period::Month));
    assert_eq!(take(&old.open("gold", "acme"), &quota, SUNDAY, 2), 2);
    store.save_usage(&old.unsaved()).await.unwrap();
    let new = Usage::load(&store, SUNDAY).await.unwrap();
    let account = new.open("gold", "acme");
    assert_eq!(take(&account, &quota, SUNDAY, 3), 3);
    assert_eq!(take(&old.open("gold", "acme"), &quota, SUNDAY, 4), 4);
    old.open("gold", "acme").top_up(&quota, SUNDAY, 1);
    store.save_usage(&old.unsaved()).await.unwrap();

    new.refresh(&store, SUNDAY).await.unwrap();
    let state = account.state(&quota, quota.limit, SUNDAY);
    assert_eq!((state.used, state.limit), (9, 11));
    assert_eq!(take(&account, &quota, SUNDAY, 5), 2);
    store.save_usage(&new.unsaved()).await.unwrap();
    new.refresh(&store, SUNDAY).await.unwrap();
    assert_eq!(account.state(&quota, quota.limit, SUNDAY).used, 11, "what is saved here is not counted twice");
}
