//! The same key to the same endpoint, within bounds.

use super::hash::stable_hash;
use crate::random::of_stream;

/// Points of the heaviest endpoint, at most, and more than half as many at least: parts of the ring are off by 6 % or
/// less (one standard deviation). Lighter ones have fewer, by their weight.
const MOST_POINTS: usize = 512;

/// Points of a ring, at most: 2 MiB. More than 256 endpoints have fewer points each.
const ALL_POINTS: usize = 131_072;

/// Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam, "Consistent Hashing with Bounded Loads",
/// 2016).
///
/// A key belongs to the endpoint whose point follows its hash. If that one is not usable, or has 1.25 times the
/// requests that are its part of those under way, the key goes to the next one: one key that everybody asks for cannot
/// drown an endpoint.
///
/// An endpoint's points depend on its name, its weight, and the highest weight of all, rounded up to a power of two. So
/// where an endpoint goes, only its own keys move, unless it is the heaviest by far: then the points of all double, and
/// keys of others move too. The order of the endpoints changes nothing.
#[derive(Clone, Debug)]
pub struct Ring {
    /// In the order of their places.
    points: Box<[Point]>,
    weights: Box<[u32]>,
}

#[derive(Clone, Copy, Debug)]
struct Point {
    at: u64,
    endpoint: u32,
}

/// What is under way at all usable endpoints together.
struct Load {
    /// With the request that looks for a place.
    requests: u64,
    weight: u64,
}

impl Ring {
    /// A ring of endpoints by their names, which are different ones, and weights. One of weight 0 has no keys.
    #[must_use]
    pub fn new<N: AsRef<str>>(endpoints: &[(N, u32)]) -> Self {
        let weights: Box<[u32]> = endpoints.iter().map(|(_, weight)| *weight).collect();
        let (scale, whole) = scale(&weights);
        let mut points = Vec::new();
        for (endpoint, (name, weight)) in (0..).zip(endpoints) {
            let seed = stable_hash(name.as_ref().as_bytes());
            let count = (u64::from(*weight) * scale).div_ceil(whole);
            points.extend((0..count).map(|place| Point { at: of_stream(seed, place), endpoint }));
        }
        let name = |point: &Point| endpoints[point.endpoint as usize].0.as_ref();
        points.sort_unstable_by(|one, other| one.at.cmp(&other.at).then_with(|| name(one).cmp(name(other))));
        Self { points: points.into(), weights }
    }

    /// Who has the key of this [hash](stable_hash). None if nobody is usable. `pending` are an endpoint's requests
    /// under way.
    ///
    /// Asks about all endpoints only where the first one has requests under way already, or is not usable.
    #[must_use]
    pub fn find(&self, hash: u64, usable: impl Fn(usize) -> bool, pending: impl Fn(usize) -> u32) -> Option<usize> {
        let first = self.from(hash).next()?;
        // The part of an endpoint that has any weight is at least one request.
        if usable(first) && pending(first) == 0 {
            return Some(first);
        }
        let load = self.load(&usable, &pending)?;
        let has_room = |index: usize| u64::from(pending(index)) < load.bound(self.weights[index]);
        let mut candidates = self.from(hash).filter(|index| usable(*index));
        let first = candidates.next()?;
        // Somebody has room, but for requests that come and go meanwhile.
        if has_room(first) { Some(first) } else { candidates.find(|index| has_room(*index)).or(Some(first)) }
    }

    /// The endpoints of all points, beginning with this place.
    fn from(&self, place: u64) -> impl Iterator<Item = usize> {
        let start = self.points.partition_point(|point| point.at < place);
        let (before, after) = self.points.split_at(start);
        after.iter().chain(before).map(|point| point.endpoint as usize)
    }

    fn load(&self, usable: &impl Fn(usize) -> bool, pending: &impl Fn(usize) -> u32) -> Option<Load> {
        let mut load = Load { requests: 1, weight: 0 };
        for (index, weight) in self.weights.iter().enumerate().filter(|(index, weight)| **weight > 0 && usable(*index))
        {
            load.requests += u64::from(pending(index));
            load.weight += u64::from(*weight);
        }
        (load.weight > 0).then_some(load)
    }
}

impl Load {
    /// Requests that an endpoint of this weight may have: 1.25 times its part, rounded up. Their sum is more than all
    /// requests, so that somebody has room.
    fn bound(&self, weight: u32) -> u64 {
        let part = u128::from(self.requests) * u128::from(weight) * 5;
        u64::try_from(part.div_ceil(u128::from(self.weight) * 4)).unwrap_or(u64::MAX)
    }
}

/// Points for so much weight, both powers of two.
fn scale(weights: &[u32]) -> (u64, u64) {
    let heaviest = weights.iter().copied().max().unwrap_or_default();
    let count = weights.iter().filter(|weight| **weight > 0).count();
    let each = (ALL_POINTS / count.max(1)).clamp(1, MOST_POINTS);
    (1 << each.ilog2(), u64::from(heaviest).next_power_of_two())
}

#[cfg(test)]
mod tests;
