//! How many connections each client has. Looked at once per connection, never per request.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::IpAddr,
    sync::Arc,
};

use parking_lot::Mutex;

/// Connections by client, over all workers: an entry for each that has one, so no more than there are connections.
#[derive(Clone, Debug)]
pub(crate) struct Addresses {
    counts: Arc<Mutex<HashMap<u128, usize>>>,
    most: usize,
}

/// A connection's place among those of its client; given back when dropped.
pub(crate) struct Place {
    counts: Arc<Mutex<HashMap<u128, usize>>>,
    customer: u128,
}

impl Addresses {
    /// So many connections for each client.
    pub(crate) fn new(most: usize) -> Self {
        Self { counts: Arc::default(), most }
    }

    /// A place for a connection of that client, if it may have another one.
    pub(crate) fn take(&self, ip: IpAddr) -> Option<Place> {
        let customer = customer(ip);
        let mut counts = self.counts.lock();
        let count = counts.entry(customer).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place { counts: self.counts.clone(), customer })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.counts.lock().entry(self.customer) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// An IPv4 address, and the /64 of an IPv6 address, because that is the least that one customer has.
fn customer(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => ip.to_ipv6_mapped().to_bits(),
        IpAddr::V6(ip) => ip.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_as_many_as_it_may_and_is_forgotten_with_the_last() {
        let addresses = Addresses::new(2);
        let take = |ip: &str| addresses.take(ip.parse().unwrap());
        let (first, second) = (take("192.0.2.1"), take("192.0.2.1"));
        assert!(first.is_some() && second.is_some() && take("192.0.2.1").is_none());
        assert!(take("192.0.2.2").is_some());
        drop(first);
        assert!(take("192.0.2.1").is_some());
        let network = (take("2001:db8::1"), take("2001:db8::2"));
        assert!(take("2001:db8::3").is_none() && take("2001:db8:0:1::1").is_some());
        drop((second, network));
        assert!(addresses.counts.lock().is_empty());
    }
}
