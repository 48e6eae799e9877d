//! Quotas of calendar periods, and usage by day.

use super::*;

fn quota(limit: u64, adjustment: i64, span: std::ops::Range<u64>, now_ms: u64) -> Measure {
    Measure::Quota(PeriodQuota { limit, adjustment, period: span.into(), now_ms })
}

fn drawn(measure: Measure, cost: u32) -> Draw {
    Draw { key: "acme".to_owned(), measure, cost }
}

#[tokio::test]
async fn a_quota_is_used_up_until_its_period_ends() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let one = |span, now| limits.charge(charge([drawn(quota(2, 0, span, now), 1)]));
    let first = one(1_000..5_000, 2_000).await.expect("it is up").decisions[0];
    assert_eq!((first.admitted, first.remaining, first.more_after), (true, 1, 3_000_000_000));
    one(1_000..5_000, 2_000).await.expect("it is up");
    let refused = one(1_000..5_000, 4_999).await.expect("it is up").decisions[0];
    assert_eq!((refused.admitted, refused.retry_after), (false, Some(1_000_000)));
    assert!(one(5_000..9_000, 5_000).await.expect("it is up").admitted(), "the next period begins with nothing used");
    let never = limits.charge(charge([drawn(quota(2, 0, 5_000..9_000, 5_000), 3)])).await.expect("it is up");
    assert_eq!(never.decisions[0].retry_after, None);
}

#[tokio::test]
async fn a_quota_and_a_throttle_are_taken_together_or_not_at_all() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let both = || charge([draw("acme", gcra(0.001, 5), 1), drawn(quota(3, 0, 0..10_000, 1), 1)]);
    for _ in 0..3 {
        assert!(limits.charge(both()).await.expect("it is up").admitted());
    }
    let refused = limits.charge(both()).await.expect("it is up");
    assert_eq!(refused.decisions.iter().map(|it| it.admitted).collect::<Vec<_>>(), [true, false]);
    assert_eq!(refused.decisions[0].remaining, 2, "the throttle was not charged");
    let used = limits.used(&group(), "acme", (0..10_000).into()).await.expect("it is up");
    assert_eq!(used, Used { used: 3, extra: 0 });
}

#[tokio::test]
async fn a_top_up_adds_to_the_period_and_a_reset_forgets_what_was_used() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let day = || PeriodSpan::from(0..86_400_000);
    let take = |cost| limits.charge(charge([drawn(quota(10, -4, 0..86_400_000, 1), cost)]));
    assert_eq!(limits.top_up(&group(), "acme", day(), 2).await, Ok(Used { used: 0, extra: 2 }));
    assert!(take(8).await.expect("it is up").admitted(), "10, less 4 in this period, and 2 more");
    assert!(!take(1).await.expect("it is up").admitted());
    assert_eq!(limits.top_up(&group(), "acme", day(), 5).await, Ok(Used { used: 8, extra: 7 }));
    assert_eq!(take(1).await.expect("it is up").decisions[0].remaining, 4);
    assert_eq!(limits.reset(&group(), "acme", day()).await, Ok(Used { used: 0, extra: 7 }));
    assert_eq!(take(0).await.expect("it is up").decisions[0].remaining, 13);
    assert_ne!(redis.command(&["PTTL", "sluice:{plan}:q:0:acme"]).expect("answers"), ":-1", "it is not kept for ever");
}

#[tokio::test]
async fn usage_is_counted_by_day_when_the_charge_passes() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let on = |date: &str, amount| Usage { key: "acme".to_owned(), date: date.to_owned(), amount };
    let one = || draw("k", fixed(2, 60 * MINUTE), 1);
    for date in ["2026-01-31", "2026-02-01", "2026-02-01"] {
        let charge = Charge { usage: vec![on(date, 1)], ..charge([one()]) };
        limits.charge(charge).await.expect("it is up");
    }
    limits.charge(Charge { usage: vec![on("2026-02-02", 7)], ..charge([]) }).await.expect("it is up");
    let usage = limits.usage(&group(), "acme", "2026-01-01", "2026-02-01").await.expect("it is up");
    let expected = [("2026-01-31", 1), ("2026-02-01", 1)].map(|(day, amount)| (day.to_owned(), amount));
    assert_eq!(usage, expected.into(), "what was refused is not counted");
    let all = limits.usage(&group(), "acme", "0", "9").await.expect("it is up");
    assert_eq!(all.len(), 3);
}

#[tokio::test]
async fn the_oldest_day_of_usage_makes_room_for_a_new_one() {
    let redis = redis();
    let limits = patient(&redis, "a");
    let day = |day: u32| Usage { key: "acme".to_owned(), date: format!("{day:010}"), amount: 1 };
    for first in (0..405).step_by(45) {
        let usage = (first..first + 45).map(day).collect();
        limits.charge(Charge { usage, ..charge([]) }).await.expect("it is up");
    }
    let days = limits.usage(&group(), "acme", "0", "9").await.expect("it is up");
    assert_eq!((days.len(), days.keys().next().map(String::as_str)), (400, Some("0000000005")));
}
