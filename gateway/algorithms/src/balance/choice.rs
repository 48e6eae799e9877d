//! The better one of two at random.

use crate::random::{below, of_stream};

/// Pairs that are drawn before those that are usable are counted: of a list of which half is usable four draws find a
/// pair two times in three.
const DRAWS: u64 = 4;

/// The power of two choices (Mitzenmacher, 2001): two different usable endpoints out of `count`, every pair as probable
/// as any other, and of these the one of lower cost. Who has the lowest cost of all is not run over by everybody at
/// once.
///
/// Asks `usable` about a few endpoints where most are, and twice about each where few are. None if none is. A cost is
/// to be divided by the endpoint's weight ([`per_weight`]); one of weight 0 is to be unusable. `random` is for this
/// choice alone: what was drawn with the same number is not independent of it.
#[must_use]
pub fn two_choices(
    count: usize,
    random: u64,
    usable: impl Fn(usize) -> bool,
    cost: impl Fn(usize) -> f64,
) -> Option<usize> {
    let cheaper = |one, other| if cost(other) < cost(one) { other } else { one };
    if count >= 2 {
        for draw in 0..DRAWS {
            // The first draw takes the number as it is.
            let random = if draw == 0 { random } else { of_stream(random, draw) };
            let (one, other) = pair(count, random);
            if usable(one) && usable(other) {
                return Some(cheaper(one, other));
            }
        }
    }
    let all_usable = || (0..count).filter(|index| usable(*index));
    match all_usable().count() {
        0 => None,
        1 => all_usable().next(),
        few => {
            let (one, other) = pair(few, of_stream(random, DRAWS));
            let (low, high) = (one.min(other), one.max(other));
            let mut rest = all_usable();
            // There may be fewer of them now.
            match (rest.nth(low), rest.nth(high - low - 1)) {
                (Some(first), Some(second)) if one < other => Some(cheaper(first, second)),
                (Some(first), Some(second)) => Some(cheaper(second, first)),
                (first, _) => first.or_else(|| all_usable().next()),
            }
        }
    }
}

/// A cost by weight: twice the weight takes twice the load. What has no weight costs more than anything.
#[must_use]
pub fn per_weight(cost: f64, weight: f64) -> f64 {
    if weight > 0.0 { cost / weight } else { f64::INFINITY }
}

/// Two different numbers below `count`, which is at least 2, in any order.
fn pair(count: usize, random: u64) -> (usize, usize) {
    let count = count as u64;
    let one = below(random, count);
    // The low half: the first number was made of the high one.
    let other = below(random << 32, count - 1);
    (one as usize, if other < one { other } else { other + 1 } as usize)
}

#[cfg(test)]
mod tests;
