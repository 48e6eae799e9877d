//! Prefixes of URLs, found segment by segment.

use std::collections::HashMap;

use super::Newest;

/// A tree of segments. Its nodes stand in one list and know each other by their place: a prefix of thousands of segments,
/// which an operator may well write, then takes no stack.
#[derive(Clone, Debug)]
pub(super) struct Prefixes(Vec<Node>);

#[derive(Clone, Debug, Default)]
struct Node {
    below: HashMap<Box<str>, usize>,
    /// Of the prefix that ends with this segment.
    closed: Newest,
    /// Of the prefix that ends with the slash behind it.
    open: Newest,
}

impl Default for Prefixes {
    fn default() -> Self {
        Self(vec![Node::default()])
    }
}

impl Prefixes {
    /// What is known of a prefix, to be changed.
    pub(super) fn entry(&mut self, prefix: &str) -> &mut Newest {
        let (segments, is_open) = match prefix.strip_suffix('/') {
            Some(segments) => (segments, true),
            None => (prefix, false),
        };
        let place = segments.split('/').fold(0, |place, segment| self.child(place, segment));
        let node = &mut self.0[place];
        if is_open { &mut node.open } else { &mut node.closed }
    }

    fn child(&mut self, parent: usize, segment: &str) -> usize {
        if let Some(place) = self.0[parent].below.get(segment) {
            return *place;
        }
        let place = self.0.len();
        self.0[parent].below.insert(segment.into(), place);
        self.0.push(Node::default());
        place
    }

    /// Hands over what is known of each prefix of a URL without a query.
    pub(super) fn each(&self, url: &str, mut visit: impl FnMut(&Newest)) {
        let mut segments = url.split('/').peekable();
        let mut node = &self.0[0];
        while let Some(segment) = segments.next() {
            let Some(place) = node.below.get(segment) else { return };
            node = &self.0[*place];
            visit(&node.closed);
            if segments.peek().is_some() {
                visit(&node.open);
            }
        }
    }
}
