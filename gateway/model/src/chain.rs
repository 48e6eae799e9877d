//! Chains: which plugins a request to a route meets, in which order.

use std::sync::Arc;

use crate::{attachment::Attachment, document::Document, plugin::Catalog, snapshot::ResolvedAttachment};

/// An attachment in the chain of a route.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainLink {
    /// Its own place, or the default of its module.
    pub order: i32,
    pub attachment: Arc<Attachment>,
}

/// What chains are made of.
pub(crate) trait Attached {
    fn name(&self) -> &str;
    fn plugin(&self) -> &str;
}

/// The chain of a route, as [`compile`](crate::compile) makes it; attachments without a plugin or module are left out.
#[must_use]
pub fn chain(document: &Document, catalog: &dyn Catalog, route: &str) -> Vec<ChainLink> {
    let place = |attachment: &Arc<Attachment>| {
        let plugin = document.plugins.get(&attachment.plugin)?;
        let facts = catalog.facts(&plugin.digest)?;
        Some((attachment.order.unwrap_or(facts.default_order), attachment.clone()))
    };
    let attachments = || document.attachments.values();
    let general: Vec<_> = attachments().filter(|it| it.route.is_none()).filter_map(place).collect();
    let own: Vec<_> = attachments().filter(|it| it.route.as_deref() == Some(route)).filter_map(place).collect();
    let links = assemble(&general, &own).into_iter();
    links.map(|(order, attachment)| ChainLink { order, attachment }).collect()
}

/// Puts together those to every route and those to one: the latter replace the former of the same plugin; by order, then name.
pub(crate) fn assemble<T: Attached>(general: &[(i32, Arc<T>)], own: &[(i32, Arc<T>)]) -> Vec<(i32, Arc<T>)> {
    let replaced = |general: &T| own.iter().any(|(_, it)| it.plugin() == general.plugin());
    let general = general.iter().filter(|(_, attachment)| !replaced(attachment));
    let mut chain: Vec<_> = general.chain(own).cloned().collect();
    chain.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.name().cmp(y.name())));
    chain
}

impl Attached for Attachment {
    fn name(&self) -> &str {
        &self.name
    }

    fn plugin(&self) -> &str {
        &self.plugin
    }
}

impl Attached for ResolvedAttachment {
    fn name(&self) -> &str {
        &self.name
    }

    fn plugin(&self) -> &str {
        &self.plugin
    }
}
