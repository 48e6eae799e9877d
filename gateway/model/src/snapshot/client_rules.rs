//! Whose certificates clients are asked for when they begin a connection: all that a route for the host may want to see.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::Authorities;

/// What routes ask of clients' certificates, by host.
#[derive(Debug, Default)]
pub struct ClientRules {
    hosts: HashMap<Box<str>, Arc<Authorities>>,
    /// By what follows the `*`, with its dot.
    wildcards: HashMap<Box<str>, Arc<Authorities>>,
    any: Option<Arc<Authorities>>,
}

/// Certificates of authorities by host, as routes name both.
type ByHost<'a> = HashMap<&'a str, BTreeSet<&'a [u8]>>;

impl ClientRules {
    /// From pairs of a host, which is empty for every host, and what a route for it asks.
    pub(crate) fn new<'a>(rules: impl Iterator<Item = (&'a str, &'a Authorities)>) -> Self {
        let mut by_host = ByHost::new();
        for (host, authorities) in rules {
            by_host.entry(host).or_default().extend(authorities.iter());
        }
        // Equal ones are one, so that connections to their hosts are alike.
        let mut known = BTreeSet::<Arc<Authorities>>::new();
        let mut table = Self::default();
        for &host in by_host.keys() {
            let authorities = Arc::new(all_for(host, &by_host));
            let authorities = known.get(&authorities).cloned().unwrap_or(authorities);
            known.insert(authorities.clone());
            match (host, host.strip_prefix('*')) {
                ("", _) => table.any = Some(authorities),
                (_, Some(above)) => drop(table.wildcards.insert(above.into(), authorities)),
                (host, None) => drop(table.hosts.insert(host.into(), authorities)),
            }
        }
        table
    }

    /// The authorities whose certificates a client is asked for that wants to speak to this host, which is in lower case.
    #[must_use]
    pub fn of(&self, host: &str) -> Option<&Arc<Authorities>> {
        let wildcard =
            || host.match_indices('.').filter(|(at, _)| *at > 0).find_map(|(at, _)| self.wildcards.get(&host[at..]));
        self.hosts.get(host).or_else(wildcard).or(self.any.as_ref())
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Authorities>> {
        self.hosts.values().chain(self.wildcards.values()).chain(&self.any)
    }
}

/// Those of routes for `host`, and of all routes that its requests may come to when none of those takes them.
fn all_for(host: &str, by_host: &ByHost<'_>) -> Authorities {
    let above = host.match_indices('.').map(|(at, _)| &host[at..]);
    let mut found = BTreeSet::new();
    for suffix in above {
        // Of a wildcard, `*` itself stands before the first dot.
        found.extend(by_host.get(format!("*{suffix}").as_str()).into_iter().flatten().copied());
    }
    for own in [host, ""] {
        found.extend(by_host.get(own).into_iter().flatten().copied());
    }
    Authorities::new(found.into_iter().map(<[u8]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_asked_for_all_that_a_route_may_want_to_see() {
        let [every, wide, narrow, own] = [1, 2, 3, 4].map(|byte| Authorities::new(vec![vec![byte]]));
        let rules = ClientRules::new(
            [("*.example.com", &wide), ("", &every), ("*.eu.example.com", &narrow), ("shop.eu.example.com", &own)]
                .into_iter(),
        );
        let of = |host: &str| rules.of(host).unwrap().iter().map(|der| der[0]).collect::<Vec<_>>();
        assert_eq!(of("elsewhere.test"), [1]);
        assert_eq!(of("example.com"), [1], "it is not below itself");
        assert_eq!(of("shop.example.com"), [1, 2]);
        assert_eq!(of("a.b.example.com"), [1, 2]);
        assert_eq!(of("pay.eu.example.com"), [1, 2, 3]);
        assert_eq!(of("shop.eu.example.com"), [1, 2, 3, 4]);
        assert!(ClientRules::new([].into_iter()).of("example.com").is_none());
    }

    #[test]
    fn hosts_that_ask_the_same_share_it() {
        let one = Authorities::new(vec![vec![2], vec![1]]);
        let other = Authorities::new(vec![vec![1], vec![2], vec![1]]);
        let rules = ClientRules::new([("a.test", &one), ("b.test", &other)].into_iter());
        assert!(Arc::ptr_eq(rules.of("a.test").unwrap(), rules.of("b.test").unwrap()));
    }
}
