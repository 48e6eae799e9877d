//! The script that decides, as Redis is asked for it: `lua/numbers.lua` says what goes in and what comes out.

use std::{iter, sync::LazyLock};

use redis::{Cmd, Script, Value};

use super::{
    Charged, Draw, Usage,
    draw::Numbers,
    order::{Answer, Ask, Grant, Order, Work},
};

/// The days of one counter of usage at most; each is kept as many days as this is.
const DAYS: usize = 400;

/// 400 days, in milliseconds.
const USAGE_KEPT: u64 = DAYS as u64 * 24 * 60 * 60 * 1000;

pub(super) static CHARGE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(concat!(
        include_str!("lua/numbers.lua"),
        include_str!("lua/gcra.lua"),
        include_str!("lua/fixed_window.lua"),
        include_str!("lua/sliding_window.lua"),
        include_str!("lua/sliding_log.lua"),
        include_str!("lua/quota.lua"),
        include_str!("lua/charge.lua"),
    ))
});

/// Announces a node and counts them.
pub(super) static NODES: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("lua/nodes.lua")));

/// What the script answered instead of decisions.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// It came later than anybody waits; this is the microsecond at which it came.
    Late(i64),
    /// It makes no sense.
    Strange,
}

/// One call that decides orders of one group. `latest` is the last microsecond at which anybody waits; `now` is a moment
/// in nanoseconds that is put in place of the server's clock.
pub(super) fn command(orders: &[Order], latest: i64, now: Option<u64>) -> Cmd {
    let mut command = redis::cmd("EVALSHA");
    command.arg(CHARGE.get_hash()).arg(orders.iter().map(Order::draws).sum::<usize>());
    for order in orders {
        add_keys(&mut command, order);
    }
    command.arg(latest).arg(now.map(|now| now.to_string()).unwrap_or_default());
    for order in orders {
        add_words(&mut command, order);
    }
    command
}

fn add_keys(command: &mut Cmd, order: &Order) {
    let group = &order.group;
    let mut add = |draws: &[Draw]| {
        for draw in draws {
            command.arg(draw.measure.key(group, &draw.key));
        }
    };
    match &order.work {
        Work::Take { charge, .. } => {
            add(&charge.draws);
            for usage in &charge.usage {
                command.arg(group.key("u", &usage.key));
            }
        }
        Work::Lease { ask, .. } => drop(command.arg(ask.measure.key(group, &ask.key))),
        Work::GiveBack { draws, .. } => add(draws),
    }
}

fn add_words(command: &mut Cmd, order: &Order) {
    match &order.work {
        Work::Take { charge, .. } => {
            command.arg("take").arg(order.draws()).arg("");
            charge.draws.iter().for_each(|draw| add_draw(command, draw));
            charge.usage.iter().for_each(|usage| add_usage(command, usage));
        }
        Work::Lease { ask: Ask { measure, want, least, .. }, .. } => {
            command.arg("lease").arg(1).arg(least);
            add_numbers(command, *want, measure.numbers());
        }
        Work::GiveBack { draws, taken_at } => {
            command.arg("back").arg(draws.len()).arg(taken_at);
            draws.iter().for_each(|draw| add_draw(command, draw));
        }
    }
}

fn add_draw(command: &mut Cmd, draw: &Draw) {
    add_numbers(command, u64::from(draw.cost), draw.measure.numbers());
}

fn add_numbers(command: &mut Cmd, cost: u64, Numbers { kind, of: [a, b, c] }: Numbers) {
    command.arg(kind).arg(cost).arg(a).arg(b).arg(c);
}

fn add_usage(command: &mut Cmd, usage: &Usage) {
    command.arg("u").arg(usage.amount).arg(&usage.date).arg(DAYS).arg(USAGE_KEPT);
}

/// What the script said to these orders, in their order.
pub(super) fn answers(orders: &[Order], answer: Value) -> Result<Vec<Answer>, NoAnswer> {
    let Value::Array(values) = answer else { return Err(NoAnswer::Strange) };
    let mut values = values.into_iter();
    let at = values.next().and_then(|value| moment(&value)).ok_or(NoAnswer::Strange)?;
    let numbers: Option<Vec<i64>> =
        values.map(|value| if let Value::Int(number) = value { Some(number) } else { None }).collect();
    let numbers = numbers.ok_or(NoAnswer::Strange)?;
    let (told, _) = numbers.as_chunks::<5>();
    let expected: usize = orders.iter().map(told_to).sum();
    if told.is_empty() && expected > 0 {
        return Err(NoAnswer::Late(i64::try_from(at / 1000).unwrap_or(i64::MAX)));
    }
    if numbers.len() != expected * 5 {
        return Err(NoAnswer::Strange);
    }
    let mut told = told.iter().copied();
    Ok(orders.iter().map(|order| read(order, at, &mut told)).collect())
}

/// Decisions that the script tells to an order.
fn told_to(order: &Order) -> usize {
    match &order.work {
        Work::Take { charge, .. } => charge.draws.len(),
        Work::Lease { .. } => 1,
        Work::GiveBack { .. } => 0,
    }
}

fn read(order: &Order, at: u64, told: &mut impl Iterator<Item = [i64; 5]>) -> Answer {
    match &order.work {
        Work::Take { charge, .. } => {
            let decisions = iter::zip(&charge.draws, told).map(|(draw, told)| draw.measure.decision(told)).collect();
            Answer::Charged(Charged { at, decisions })
        }
        Work::Lease { ask, .. } => told.next().map_or(Answer::Done, |told| Answer::Grant(grant(ask, at, told))),
        Work::GiveBack { .. } => Answer::Done,
    }
}

fn grant(ask: &Ask, at: u64, [granted, ends, remaining, more, again]: [i64; 5]) -> Grant {
    let number = |number| u64::try_from(number).unwrap_or_default();
    let decision = ask.measure.decision([1, 0, remaining, more, again]);
    let ends_after = match ask.measure {
        super::Measure::Limit(_) => (ends >= 0).then(|| number(ends)),
        super::Measure::Quota(quota) => Some(quota.ends_after()),
    };
    Grant {
        at,
        granted: number(granted),
        ends_after,
        remaining: decision.remaining,
        more_after: decision.more_after,
        retry_after: decision.retry_after.unwrap_or_default(),
    }
}

fn moment(value: &Value) -> Option<u64> {
    let Value::BulkString(text) = value else { return None };
    std::str::from_utf8(text).ok()?.parse().ok()
}
