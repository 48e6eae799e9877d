//! From one table to the next: what is changed costs, the rest is shared.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    CompiledRoute, Hosts, RouteTable,
    candidates::{Candidate, Clash},
    host::Host,
    pattern::PathPattern,
};

/// A route to come in the place of the one of its name, or none in its place.
type Change = (Arc<str>, Option<Arc<CompiledRoute>>);

impl RouteTable {
    /// This table with the changes made, and those of the new routes that cannot stand beside the others.
    pub(crate) fn with(&self, changes: Vec<Change>) -> (Self, Vec<Clash>) {
        let mut table = self.clone();
        let mut incomplete = BTreeSet::new();
        // First all that goes, so that nothing stands in the way of what comes but what stays.
        for (name, _) in &changes {
            let place = table.places.get(name).copied();
            if let Some((place, route)) = place.and_then(|place| Some((place, table.routes[place].take()?))) {
                table.take_out(place, &route, &mut incomplete);
            }
        }
        let mut faults = Vec::new();
        for (name, route) in changes {
            match route {
                Some(route) => {
                    let place = table.place(name);
                    faults.extend(table.put_in(place, &route, &mut incomplete));
                    table.routes[place] = Some(route);
                }
                None => table.free.extend(table.places.remove(&name)),
            }
        }
        for host in incomplete {
            table.change(host.as_deref(), Host::complete);
        }
        faults.sort_unstable();
        faults.dedup();
        (table, faults)
    }

    /// Routes for the same requests which only their names tell apart, the first one first.
    pub(crate) fn overlaps(&self) -> impl Iterator<Item = Clash> {
        self.overlaps.keys().map(|&(first, second)| Clash::Overlapping { first, second })
    }

    /// The place of a route of that name.
    fn place(&mut self, name: Arc<str>) -> usize {
        if let Some(place) = self.places.get(&name) {
            return *place;
        }
        let place = self.free.pop().unwrap_or_else(|| {
            self.routes.push(None);
            self.routes.len() - 1
        });
        self.places.insert(name, place);
        place
    }

    fn put_in(
        &mut self,
        place: usize,
        route: &CompiledRoute,
        incomplete: &mut BTreeSet<Option<Box<str>>>,
    ) -> Vec<Clash> {
        let mut faults = Vec::new();
        for host in hosts(route) {
            let candidate = Candidate { conditions: route.conditions.clone(), name: route.name.clone(), place };
            for clash in self.change(host, |host| host.add(&route.pattern, candidate)) {
                match clash {
                    Clash::Overlapping { first, second } => {
                        let times = self.overlaps.get(&(first, second)).map_or(0, |times| *times);
                        self.overlaps.insert((first, second), times + 1);
                    }
                    Clash::Same { .. } | Clash::Crowded { .. } => faults.push(clash),
                }
            }
            if matches!(route.pattern, PathPattern::Regex(_)) {
                incomplete.insert(host.map(Into::into));
            }
        }
        faults
    }

    fn take_out(&mut self, place: usize, route: &CompiledRoute, incomplete: &mut BTreeSet<Option<Box<str>>>) {
        for host in hosts(route) {
            for clash in self.change(host, |host| host.remove(&route.pattern, place)) {
                let Clash::Overlapping { first, second } = clash else { continue };
                let times = self.overlaps.remove(&(first, second)).unwrap_or(1);
                if times > 1 {
                    self.overlaps.insert((first, second), times - 1);
                }
            }
            if matches!(route.pattern, PathPattern::Regex(_)) {
                incomplete.insert(host.map(Into::into));
            }
        }
    }

    /// Changes the routes of one host, or those of every host. One that has none afterwards goes.
    fn change<T>(&mut self, host: Option<&str>, change: impl FnOnce(&mut Host) -> T) -> T {
        let (hosts, name) = match host {
            None => return change(Arc::make_mut(&mut self.any)),
            Some(host) => match host.strip_prefix('*') {
                Some(suffix) => (&mut self.wildcards, suffix),
                None => (&mut self.hosts, host),
            },
        };
        let hosts: &mut Hosts = Arc::make_mut(hosts);
        let host = Arc::make_mut(hosts.entry(name.into()).or_default());
        let result = change(host);
        if host.is_empty() {
            hosts.remove(name);
        }
        result
    }
}

/// The hosts of a route; none is every host.
fn hosts(route: &CompiledRoute) -> impl Iterator<Item = Option<&str>> {
    let named = route.hosts.iter().map(|host| Some(&**host));
    named.chain(route.hosts.is_empty().then_some(None))
}
