//! How an upstream's requests are shared between its targets.

use async_graphql::{Enum, InputObject, MaybeUndefined, SimpleObject};
use gateway_model as model;

use super::{
    super::patch::{Draft, set_or_default},
    number,
};

/// How requests are shared between targets of one priority, and between priorities.
#[derive(SimpleObject)]
pub(crate) struct Balancing {
    /// How a target is found.
    algorithm: BalancingAlgorithm,
    /// For `CONSISTENT_HASH`: what requests have in common that are to go to the same target; null if nothing is said.
    hash_on: Option<HashOn>,
    /// The time in which a target that is new, or back, comes to its whole part of the requests, in milliseconds; 0 for at once.
    slow_start_ms: u32,
    /// Where fewer targets of a priority can be used than so many of 100, all of them are; 0 for never.
    panic_percent: u32,
}

/// How a target is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::Algorithm")]
pub(crate) enum BalancingAlgorithm {
    /// In turn, by weight; each worker has turns of its own.
    RoundRobin,
    /// Of two at random the one with fewer requests under way.
    LeastRequest,
    /// Of two at random the one that answers sooner, by its latencies and its requests under way.
    PeakEwma,
    /// The same key to the same target, as long as that has no more than 1.25 times its part of the requests under way.
    ConsistentHash,
}

/// What a request's key is made of. A request without it goes to the one of two targets that has fewer requests.
#[derive(SimpleObject)]
pub(crate) struct HashOn {
    /// Where the key is.
    source: HashSource,
    /// Of the header field, the cookie or the query parameter; null for `CLIENT_IP`.
    name: Option<String>,
}

/// Where a request's key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::HashSource")]
pub(crate) enum HashSource {
    /// The value of a header field, as plugins have left it.
    Header,
    /// The value of a cookie.
    Cookie,
    /// The address that the request came from.
    ClientIp,
    /// The value of a query parameter, as it is written in the request.
    QueryParameter,
}

/// How requests are shared between targets; fields that are left out stay as they are, which for a new upstream is the default.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct BalancingInput {
    /// How a target is found; null means `PEAK_EWMA`.
    algorithm: MaybeUndefined<BalancingAlgorithm>,
    /// For `CONSISTENT_HASH`, which needs it: what a request's key is made of. Null takes it away.
    hash_on: MaybeUndefined<HashOnInput>,
    /// The time in which a target that is new, or back, comes to its whole part of the requests, in milliseconds: 0 to 86400000. Null means 0.
    slow_start_ms: MaybeUndefined<i32>,
    /// Where fewer targets of a priority can be used than so many of 100, all of them are; 0 for never. Null means 50.
    panic_percent: MaybeUndefined<i32>,
}

/// What a request's key is made of.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct HashOnInput {
    /// Where the key is.
    source: HashSource,
    /// Of the header field, the cookie or the query parameter; none for `CLIENT_IP`.
    name: Option<String>,
}

impl BalancingInput {
    pub(super) fn apply(&self, balancing: &mut model::Balancing, draft: &mut Draft) {
        let usual = model::Balancing::default();
        set_or_default(&self.algorithm.map_value(Into::into), &mut balancing.algorithm, || usual.algorithm);
        match &self.hash_on {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => balancing.hash_on = None,
            MaybeUndefined::Value(HashOnInput { source, name }) => {
                balancing.hash_on = Some(model::HashOn { source: (*source).into(), name: name.clone() });
            }
        }
        number("slowStartMs", self.slow_start_ms, &mut balancing.slow_start_ms, usual.slow_start_ms, draft);
        number("panicPercent", self.panic_percent, &mut balancing.panic_percent, usual.panic_percent, draft);
    }
}

impl From<&model::Balancing> for Balancing {
    fn from(balancing: &model::Balancing) -> Self {
        let model::Balancing { algorithm, hash_on, slow_start_ms, panic_percent } = balancing;
        let hash_on =
            hash_on.as_ref().map(|hash_on| HashOn { source: hash_on.source.into(), name: hash_on.name.clone() });
        Self { algorithm: (*algorithm).into(), hash_on, slow_start_ms: *slow_start_ms, panic_percent: *panic_percent }
    }
}
