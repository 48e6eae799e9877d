//! How important a request is, and with whom it shares its turns.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    sync::LazyLock,
};

use gateway_model::{Identity, PriorityClass};

/// A client has as many addresses of version 6 as it likes in its network, but one of these.
const NETWORK_V6: u32 = 64;

/// Who shares turns in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow<'a> {
    /// All requests that plugins name so, whichever plugin it is.
    Named(&'a str),
    /// All of a consumer.
    Consumer(&'a str),
    /// All of a client that nobody knows: by its address, or its network of version 6.
    Client(IpAddr),
}

impl Flow<'_> {
    /// Keyed anew in each process: who does not know the key cannot choose whose turns it takes.
    #[must_use]
    pub fn hash(self) -> u64 {
        static KEY: LazyLock<RandomState> = LazyLock::new(RandomState::new);
        match self {
            Self::Named(key) => KEY.hash_one((0_u8, key)),
            Self::Consumer(name) => KEY.hash_one((1_u8, name)),
            Self::Client(ip) => KEY.hash_one((2_u8, network(ip))),
        }
    }
}

fn network(ip: IpAddr) -> impl Hash {
    match ip.to_canonical() {
        IpAddr::V4(ip) => (4_u8, u128::from(ip.to_bits())),
        IpAddr::V6(ip) => (6_u8, ip.to_bits() >> (128 - NETWORK_V6)),
    }
}

/// What says how important a request is, beside its consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) route: Option<PriorityClass>,
    pub(crate) wish: Option<PriorityClass>,
}

impl Given {
    pub(crate) fn class(self, route: &str, consumer: Option<&Identity>) -> PriorityClass {
        let plan = consumer.and_then(|identity| identity.plan(route)).and_then(|plan| plan.priority);
        PriorityClass::of(self.route, plan, self.wish).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use gateway_model::CompiledPlan;

    use super::*;

    #[test]
    fn turns_are_shared_by_name_by_consumer_and_by_client() {
        let client = |ip: &str| Flow::Client(ip.parse().expect("is an address")).hash();
        assert_eq!(Flow::Named("acme").hash(), Flow::Named("acme").hash());
        assert_ne!(Flow::Named("acme").hash(), Flow::Consumer("acme").hash());
        assert_ne!(client("192.0.2.1"), client("192.0.2.2"));
        assert_eq!(client("192.0.2.1"), client("::ffff:192.0.2.1"));
        assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:1"), "one network");
        assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
    }

    #[test]
    fn the_class_is_of_route_plan_and_client() {
        use PriorityClass::{Critical, High, Low, Normal};
        let plan = CompiledPlan { priority: Some(High), ..CompiledPlan::default() };
        let acme = Identity { plans: vec![Arc::new(plan)], ..Identity::default() };
        let class = |route, wish, consumer| Given { route, wish }.class("shop", consumer);
        assert_eq!((class(None, None, None), class(None, None, Some(&acme))), (Normal, High));
        assert_eq!((class(Some(Critical), None, None), class(Some(Critical), None, Some(&acme))), (Critical, High));
        assert_eq!(class(Some(Critical), Some(Low), Some(&acme)), Low);
    }
}
