//! Which group of endpoints a request goes to.

use crate::random::below;

/// Groups of an upstream, at most: one for each byte of a word.
pub const MAX_GROUPS: usize = 8;

/// The percentage of usable endpoints below which all of a group are used, as in Envoy.
pub const DEFAULT_PANIC_PERCENT: u32 = 50;

/// So many times the endpoints that it needs has a group, in percent: with 72 % of them it takes its whole load.
const OVERPROVISIONING: u64 = 140;

const PANIC: u8 = 0x80;

/// Endpoints of one priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Those that may be used.
    pub usable: u32,
    /// All of them.
    pub total: u32,
}

/// How requests are shared between groups, as Envoy does it (load balancing, "Priority levels" and "Panic threshold").
///
/// A group takes as much of the load as its usable endpoints allow for, the most important group first; what is left
/// goes to the next ones. Where all groups together cannot take the whole load they share it in proportion, and then a
/// group of which too few are usable panics: all of its endpoints are used, since those that are left would go down
/// under its load, and more probably it is the checks that are wrong. Where all groups panic, they share by their
/// sizes.
///
/// It is one word, so that a caller can keep it in an atomic, and make it anew whenever an endpoint comes, goes or is
/// ejected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shares(
    /// A byte for each group: its percentage, and [`PANIC`].
    [u8; MAX_GROUPS],
);

/// The group that a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Its place in the list.
    pub group: usize,
    /// All of its endpoints are to be taken for usable.
    pub panic: bool,
}

impl Shares {
    /// Shares of up to [`MAX_GROUPS`] groups, the most important first; others have none. A panic percentage of 0 lets
    /// nobody panic.
    #[must_use]
    pub fn new(groups: &[Group], panic_percent: u32) -> Self {
        let groups = &groups[..groups.len().min(MAX_GROUPS)];
        let all: u64 = groups.iter().map(|group| group.health()).sum();
        if all >= 100 {
            return Self::in_order(groups, |group| group.health(), 100);
        }
        let exist = || groups.iter().filter(|group| group.total > 0);
        let mut shares = if exist().all(|group| group.panics(panic_percent)) {
            Self::in_order(groups, |group| group.total.into(), exist().map(|group| u64::from(group.total)).sum())
        } else {
            Self::in_order(groups, |group| group.health(), all)
        };
        for (share, group) in shares.0.iter_mut().zip(groups) {
            *share |= if group.panics(panic_percent) { PANIC } else { 0 };
        }
        shares
    }

    /// Each gets its part of `all` until nothing is left of the load; the first that gets any gets what rounding
    /// leaves.
    fn in_order(groups: &[Group], part: impl Fn(&Group) -> u64, all: u64) -> Self {
        let mut shares = [0; MAX_GROUPS];
        let mut left = 100;
        for (share, group) in shares.iter_mut().zip(groups) {
            let percent = (part(group) * 100).checked_div(all).unwrap_or(0).min(left);
            left -= percent;
            *share = percent as u8;
        }
        if let Some(first) = (0..groups.len()).find(|index| part(&groups[*index]) > 0) {
            shares[first] += left as u8;
        }
        Self(shares)
    }

    /// What [`to_bits`](Self::to_bits) has given; 0 are the shares of no groups.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits.to_le_bytes())
    }

    /// All shares in one word.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        u64::from_le_bytes(self.0)
    }

    /// The percentage of requests that goes to this group.
    #[must_use]
    pub fn percent(self, group: usize) -> u32 {
        self.0.get(group).map_or(0, |share| u32::from(share & !PANIC))
    }

    /// Whether all endpoints of this group are to be taken for usable.
    #[must_use]
    pub fn panics(self, group: usize) -> bool {
        self.0.get(group).is_some_and(|share| share & PANIC != 0)
    }

    /// The group that a request goes to. None if no group has anybody to use.
    #[must_use]
    pub fn pick(self, random: u64) -> Option<Pick> {
        let mut place = below(random, 100) as u32;
        for group in 0..MAX_GROUPS {
            let percent = self.percent(group);
            if place < percent {
                return Some(Pick { group, panic: self.panics(group) });
            }
            place -= percent;
        }
        None
    }
}

impl Group {
    /// The percentage of the load that its usable endpoints can take; at least 1 if there are any.
    fn health(self) -> u64 {
        let usable = self.usable.min(self.total);
        let health = (OVERPROVISIONING * u64::from(usable)).checked_div(self.total.into()).unwrap_or(0);
        health.clamp(u64::from(usable > 0), 100)
    }

    fn panics(self, panic_percent: u32) -> bool {
        u64::from(self.usable) * 100 < u64::from(self.total) * u64::from(panic_percent.min(100))
    }
}

#[cfg(test)]
mod tests;
