//! The plugins of a route: in their order on the way in, in reverse on the way out.
//!
//! The ways are loops that run at once for plugins that do not wait, which is nearly all of them.
//! Where a request has to wait, for its body or for a plugin, they stop at that place and are taken up behind it.

mod guard;
mod limits;
mod link;
mod passage;
mod waiting;
mod way_in;
mod way_out;

use std::{rc::Rc, sync::Arc};

use gateway_host::Hooks;
use http::HeaderName;

pub(crate) use self::{
    link::{Link, Outcome, Reason, Stopwatch},
    passage::{Passage, Seat},
    way_in::Step,
    way_out::{Seen, Turn},
};

/// The seats of a request's plugins, by place.
pub(crate) type Seats = Rc<[Seat]>;

/// The plugins of a route in the order in which they see a request.
#[derive(Clone)]
pub(crate) struct Chain {
    links: Box<[Arc<Link>]>,
    /// A plugin has later hooks than that of the request's head.
    has_later_hooks: bool,
    pub(crate) has_log_hooks: bool,
    /// A plugin asks how busy the node is.
    pub(crate) samples_load: bool,
    /// Fields that plugins write or take away: what the client says of them is theirs to decide.
    guarded: Box<[HeaderName]>,
}

impl Chain {
    pub(crate) fn new(links: impl IntoIterator<Item = Arc<Link>>) -> Self {
        let links: Box<[Arc<Link>]> = links.into_iter().collect();
        let later = |link: &Arc<Link>| link.hooks.without(Hooks::REQUEST.with(Hooks::TICK)) != Hooks::NONE;
        let has_later_hooks = links.iter().any(later);
        let samples_load = links.iter().any(|link| link.plugin.samples_load());
        let has_log_hooks = links.iter().any(|link| link.hooks.has(Hooks::LOG));
        let mut guarded: Vec<HeaderName> = links.iter().flat_map(|link| link.plugin.header_names()).cloned().collect();
        guarded.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
        guarded.dedup();
        Self { links, has_later_hooks, has_log_hooks, samples_load, guarded: guarded.into() }
    }

    /// Fields that plugins write or take away.
    pub(crate) fn guarded(&self) -> &[HeaderName] {
        &self.guarded
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    pub(crate) fn link(&self, place: usize) -> &Link {
        &self.links[place]
    }

    /// With their places.
    pub(crate) fn links(&self) -> impl DoubleEndedIterator<Item = (usize, &Link)> + ExactSizeIterator {
        self.links.iter().map(|link| &**link).enumerate()
    }

    /// The name of the attachment at `place`.
    pub(crate) fn name(&self, place: usize) -> &str {
        self.links[place].name()
    }

    /// The place of an attachment.
    pub(crate) fn place(&self, attachment: &str) -> Option<usize> {
        self.links.iter().position(|link| link.name() == attachment)
    }

    /// Whether requests go on without the plugin at `place` when it fails.
    pub(crate) fn is_open(&self, place: usize) -> bool {
        self.links[place].is_open()
    }

    /// What a request begins with.
    pub(crate) fn passage(&self) -> Passage {
        Passage::new(if self.has_later_hooks { self.links.len() } else { 0 })
    }
}
