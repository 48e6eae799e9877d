//! The snapshot: a revision compiled for serving. Immutable, but for when credentials were last used, and cheap to share.

mod credentials;
mod identity;
mod last_use;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use gateway_algorithms::{caching::Purges, priority::PriorityClass};

use crate::{
    attachment::{FailurePolicy, Isolation},
    grant::Grant,
    plugin::Digest,
    upstream::Upstream,
};

pub use self::identity::{CompiledMethodThrottle, CompiledOverride, CompiledPlan, CompiledQuota, Identity};
pub use credentials::{Acceptance, Credentials, KnownCredential, KnownPassword, UseId};
pub use last_use::LastUse;

/// Everything that requests are served from.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Number of the revision this was compiled from.
    pub revision: u64,
    pub routes: RouteTable,
    pub upstreams: BTreeMap<String, Arc<Upstream>>,
    /// Consumers by name.
    pub identities: HashMap<Arc<str>, Arc<Identity>>,
    /// Credentials by what clients send, and by name.
    pub credentials: Credentials,
    /// What is no longer to be served from the cache.
    pub purges: Purges,
}

/// A route with all that it names, resolved.
#[derive(Debug)]
pub struct CompiledRoute {
    pub name: Arc<str>,
    pub upstream: Arc<Upstream>,
    /// The plugins on this route in the order in which they see a request.
    pub chain: Vec<Arc<ResolvedAttachment>>,
    pub priority: Option<PriorityClass>,
}

/// An attachment with its plugin resolved; equal values behave alike, so that a new revision can keep the old one's instances.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedAttachment {
    /// Name of the attachment; with the plugin's own names it identifies limiters across revisions.
    pub name: Arc<str>,
    /// Name of the plugin, for metrics and logs.
    pub plugin: Arc<str>,
    pub digest: Digest,
    /// The configuration as JSON.
    pub config: Arc<str>,
    pub grants: Vec<Grant>,
    pub on_failure: FailurePolicy,
    pub isolation: Isolation,
    /// For one call of a hook, in milliseconds; none takes the gateway's setting.
    pub deadline_ms: Option<u32>,
    /// Whether every call counts as failed without being made.
    pub quarantined: bool,
}

/// Finds the route of a request. The cost grows with the configured depth of prefixes, not with the number of routes.
#[derive(Debug, Default)]
pub struct RouteTable {
    routes: Vec<Arc<CompiledRoute>>,
    by_host: HashMap<String, Prefixes>,
    any_host: Prefixes,
}

/// Path prefixes without trailing slash (the root is empty), each with the position of its route.
#[derive(Debug, Default)]
struct Prefixes {
    routes: HashMap<String, usize>,
    /// Slashes in the longest prefix: no path needs to be looked at beyond them.
    depth: usize,
}

// === impl RouteTable ===

impl RouteTable {
    /// Adds a route at each of `hosts` (lower case), or at every host when there are none.
    ///
    /// # Errors
    /// The route that already has the same host and prefix; the table is unchanged for that host.
    pub fn insert(
        &mut self,
        hosts: &[String],
        prefix: &str,
        route: Arc<CompiledRoute>,
    ) -> Result<(), Arc<CompiledRoute>> {
        let position = self.routes.len();
        self.routes.push(route);
        let taken = match hosts {
            [] => self.any_host.insert(prefix, position),
            hosts => hosts
                .iter()
                .filter_map(|host| self.by_host.entry(host.clone()).or_default().insert(prefix, position))
                .next(),
        };
        match taken {
            Some(other) => Err(self.routes[other].clone()),
            None => Ok(()),
        }
    }

    /// The route for a host (lower case, without port) and a normalised path.
    #[must_use]
    pub fn find(&self, host: &str, path: &str) -> Option<&Arc<CompiledRoute>> {
        let here = self.by_host.get(host).and_then(|prefixes| prefixes.longest(path));
        here.or_else(|| self.any_host.longest(path)).map(|position| &self.routes[position])
    }

    /// All routes, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<CompiledRoute>> {
        self.routes.iter()
    }
}

// === impl Prefixes ===

impl Prefixes {
    fn insert(&mut self, prefix: &str, position: usize) -> Option<usize> {
        let prefix = prefix.trim_end_matches('/');
        if let Some(&taken) = self.routes.get(prefix) {
            return Some(taken);
        }
        self.depth = self.depth.max(slashes(prefix));
        self.routes.insert(prefix.to_owned(), position);
        None
    }

    fn longest(&self, path: &str) -> Option<usize> {
        let mut prefix = first_segments(path, self.depth);
        loop {
            if let Some(&position) = self.routes.get(prefix) {
                return Some(position);
            }
            prefix = &prefix[..prefix.rfind('/')?];
        }
    }
}

fn slashes(path: &str) -> usize {
    path.bytes().filter(|byte| *byte == b'/').count()
}

/// The part of `path` before its slash number `depth + 1`.
fn first_segments(path: &str, depth: usize) -> &str {
    match path.match_indices('/').nth(depth) {
        Some((end, _)) => &path[..end],
        None => path,
    }
}

#[cfg(test)]
mod tests;
