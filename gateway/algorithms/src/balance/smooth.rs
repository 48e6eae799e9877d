//! Turns by weight, as evenly as they can be taken.

/// Parts of a weight of 1 that are counted: an endpoint that comes has a part of its weight.
const PARTS: f64 = 1_000.0;

/// Smooth weighted round robin, after nginx (`ngx_http_upstream_round_robin.c`): with weights 5, 1 and 1 the turns are
/// `a a b a c a a`, not `a a a a a b c`.
///
/// Each turn gives every endpoint its weight as credit, and takes the credit of them all from the one that has the most
/// of it, whose turn it is. Who is not usable gains and pays nothing, so that the turns of the others are what they
/// would be without it, and it comes back neither with a burst nor with a debt beyond one round.
#[derive(Clone, Debug)]
pub struct Smooth {
    endpoints: Box<[Endpoint]>,
}

#[derive(Clone, Copy, Debug)]
struct Endpoint {
    weight: u32,
    /// In [`PARTS`] of a weight of 1.
    credit: i64,
}

impl Smooth {
    /// Endpoints by their weights. One of weight 0 has no turns.
    #[must_use]
    pub fn new(weights: impl IntoIterator<Item = u32>) -> Self {
        Self { endpoints: weights.into_iter().map(|weight| Endpoint { weight, credit: 0 }).collect() }
    }

    /// Whose turn it is; nobody's if none is usable.
    pub fn next(&mut self, usable: impl Fn(usize) -> bool) -> Option<usize> {
        self.next_by(|index| f64::from(u8::from(usable(index))))
    }

    /// Whose turn it is, by the part of its weight that each endpoint has at the moment, from 0 to 1: 0 if it is not
    /// usable, [`slow_start`](super::slow_start) if it is new.
    pub fn next_by(&mut self, part: impl Fn(usize) -> f64) -> Option<usize> {
        let mut all = 0;
        let mut best: Option<(usize, i64)> = None;
        for (index, endpoint) in self.endpoints.iter_mut().enumerate() {
            let weight = endpoint.weight_now(part(index));
            if weight == 0 {
                continue;
            }
            all += weight;
            endpoint.credit += weight;
            if best.is_none_or(|(_, most)| endpoint.credit > most) {
                best = Some((index, endpoint.credit));
            }
        }
        let (index, _) = best?;
        self.endpoints[index].credit -= all;
        Some(index)
    }
}

impl Endpoint {
    /// A weight above 0, however small a part of it there is, is at least one of [`PARTS`].
    fn weight_now(self, part: f64) -> i64 {
        match f64::from(self.weight) * part {
            weight if weight > 0.0 => ((weight * PARTS) as i64).max(1),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests;
