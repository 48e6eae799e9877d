//! Plugins and attachments → the chain of each route.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Compiler, at, basis::Section};
use crate::{
    attachment::Attachment,
    chain::assemble,
    edit::Kind,
    finding::Path,
    grant::Grant,
    name::check_name,
    plugin::{Digest, PluginFacts},
    snapshot::{Attachments, ResolvedAttachment},
};

/// The longest deadline of one call of a hook, in milliseconds.
const LONGEST_DEADLINE_MS: u32 = 10_000;

/// The attachments by place: those on every route, and those on one.
#[derive(Debug, Default)]
pub(super) struct Chains {
    everywhere: Vec<Placed>,
    by_route: BTreeMap<String, Vec<Placed>>,
    /// All of them.
    pub(super) attachments: Arc<Attachments>,
}

/// An attachment and its order.
type Placed = (i32, Arc<ResolvedAttachment>);

/// The routes whose chains are others than before.
pub(super) enum Rechained<'a> {
    All,
    Some(BTreeSet<&'a str>),
}

impl Compiler<'_> {
    pub(super) fn chains(&mut self) -> Section<Chains> {
        let is_same =
            !self.is_touched(&[Kind::Plugins, Kind::Attachments]) && !self.has_lost(&[Kind::Routes, Kind::Upstreams]);
        self.section(&self.basis.chains, is_same, Self::make_chains)
    }

    fn make_chains(&mut self) -> Chains {
        let known = &self.basis.chains.value.attachments;
        let mut attachments = Attachments::new();
        let mut chains = Chains::default();
        for (name, plugin) in &self.document.plugins {
            if self.catalog.facts(&plugin.digest).is_none() {
                let message = format!("{} is not uploaded: upload the module, then name its digest", plugin.digest);
                self.error(at(Kind::Plugins, name).then("digest"), message);
            }
        }
        for (name, attachment) in &self.document.attachments {
            let path = at(Kind::Attachments, name);
            if let Some(route) = attachment.route.as_ref().filter(|r| !self.document.routes.contains_key(*r)) {
                self.dangling(path.then("route"), Kind::Routes, route);
            }
            if let Some((order, resolved)) = self.attachment(&path, attachment) {
                let same = known.get(&resolved.name).filter(|known| ***known == resolved);
                let resolved = same.cloned().unwrap_or_else(|| Arc::new(resolved));
                attachments.insert(resolved.name.clone(), resolved.clone());
                chains.add(attachment.route.as_deref(), order, resolved);
            }
        }
        Chains { attachments: Arc::new(attachments), ..chains }
    }

    fn attachment(&mut self, path: &Path, attachment: &Attachment) -> Option<(i32, ResolvedAttachment)> {
        self.deadline(path, attachment);
        self.grants(path, attachment);
        let Some(plugin) = self.document.plugins.get(&attachment.plugin) else {
            self.dangling(path.then("plugin"), Kind::Plugins, &attachment.plugin);
            return None;
        };
        let facts = self.catalog.facts(&plugin.digest)?;
        for (inner, message) in self.catalog.check_config(&plugin.digest, &attachment.config) {
            self.error(path.then("config").join(&inner), message);
        }
        self.secrets(path, attachment, &plugin.digest);
        self.needs(path, attachment, &facts);
        Some((attachment.order.unwrap_or(facts.default_order), attachment.resolve(&plugin.digest)))
    }

    fn deadline(&mut self, path: &Path, attachment: &Attachment) {
        if let Some(deadline) = attachment.deadline_ms.filter(|ms| !(1..=LONGEST_DEADLINE_MS).contains(ms)) {
            let message = format!("{deadline} is no deadline: use 1 to {LONGEST_DEADLINE_MS} milliseconds");
            self.error(path.then("deadlineMs"), message);
        }
    }

    fn grants(&mut self, path: &Path, attachment: &Attachment) {
        for (index, grant) in attachment.grants.iter().enumerate() {
            let place = path.then("grants").then(index);
            match grant {
                Grant::Upstream(name) if !self.document.upstreams.contains_key(name) => {
                    self.dangling(place, Kind::Upstreams, name);
                }
                _ => {
                    let found = grant.named().map(|name| check_name(name, &place));
                    self.findings.extend(found.and_then(Result::err));
                }
            }
        }
    }

    fn secrets(&mut self, path: &Path, attachment: &Attachment, module: &Digest) {
        for (inner, name) in self.catalog.secrets(module, &attachment.config) {
            let grant = Grant::Secret(name);
            if !attachment.grants.contains(&grant) {
                let message = format!("the secret is not granted: add the grant {grant}, or name one that is granted");
                self.error(path.then("config").join(&inner), message);
            }
        }
    }

    fn needs(&mut self, path: &Path, attachment: &Attachment, facts: &PluginFacts) {
        for need in facts.needs.iter().filter(|need| !attachment.grants.contains(need)) {
            let message =
                format!("plugin {:?} needs the grant {need}: add it, or use another plugin", attachment.plugin);
            self.error(path.then("grants"), message);
        }
    }
}

impl Chains {
    fn add(&mut self, route: Option<&str>, order: i32, attachment: Arc<ResolvedAttachment>) {
        let place = match route {
            Some(route) => self.by_route.entry(route.to_owned()).or_default(),
            None => &mut self.everywhere,
        };
        place.push((order, attachment));
    }

    /// The routes whose chains are others than they were.
    pub(super) fn changed_since<'a>(&'a self, before: &'a Self) -> Rechained<'a> {
        if !are_same(&self.everywhere, &before.everywhere) {
            return Rechained::All;
        }
        let own = |chains: &'a Self, route: &str| chains.by_route.get(route).map_or(&[][..], Vec::as_slice);
        let routes = self.by_route.keys().chain(before.by_route.keys()).map(String::as_str);
        Rechained::Some(routes.filter(|route| !are_same(own(self, route), own(before, route))).collect())
    }

    pub(super) fn of_route(&self, route: &str) -> Vec<Arc<ResolvedAttachment>> {
        let own = self.by_route.get(route).map_or(&[][..], Vec::as_slice);
        assemble(&self.everywhere, own).into_iter().map(|(_, attachment)| attachment).collect()
    }
}

fn are_same(some: &[Placed], others: &[Placed]) -> bool {
    let is_same = |((order, one), (at, other)): (&Placed, &Placed)| order == at && Arc::ptr_eq(one, other);
    some.len() == others.len() && some.iter().zip(others).all(is_same)
}
