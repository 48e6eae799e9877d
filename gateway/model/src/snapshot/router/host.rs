//! The routes of one host.

use std::sync::Arc;

use regex::{Regex, RegexSet, RegexSetBuilder};

use super::{
    candidates::{Candidate, Candidates, Clash},
    conditions::Head,
    pattern::PathPattern,
    tree::{Node, Reach},
};

/// All regular expressions of one host take no more memory than this, in bytes.
const MOST_REGEX_BYTES: usize = 2 << 20;

#[derive(Clone, Debug, Default)]
pub(super) struct Host {
    tree: Node,
    /// In the order of the names of their first routes.
    expressions: Vec<(Arc<Regex>, Candidates)>,
    /// Tells in one pass over a path which of the expressions match it; none where there is at most one, and where they
    /// are too large together.
    set: Option<RegexSet>,
}

impl Host {
    /// Adds a route; the host is to be [completed](Self::complete) after one that is found by a regular expression.
    pub(super) fn add(&mut self, pattern: &PathPattern, candidate: Candidate) -> Vec<Clash> {
        let candidates = match pattern {
            PathPattern::Whole(segments) => self.tree.at(segments, Reach::Whole),
            PathPattern::Beginning(segments, _) => self.tree.at(segments, Reach::Beginning),
            PathPattern::Regex(regex) => {
                let at = self.expression(regex).unwrap_or_else(|| {
                    self.expressions.push((regex.clone(), Candidates::default()));
                    self.expressions.len() - 1
                });
                &mut self.expressions[at].1
            }
        };
        candidates.add(candidate)
    }

    /// Takes a route away, and what there was for it alone; to be completed as after [`add`](Self::add).
    pub(super) fn remove(&mut self, pattern: &PathPattern, place: usize) -> Vec<Clash> {
        match pattern {
            PathPattern::Whole(segments) => self.tree.remove(segments, Reach::Whole, place),
            PathPattern::Beginning(segments, _) => self.tree.remove(segments, Reach::Beginning, place),
            PathPattern::Regex(regex) => {
                let Some(at) = self.expression(regex) else { return Vec::new() };
                let clashes = self.expressions[at].1.remove(place);
                if self.expressions[at].1.is_empty() {
                    self.expressions.remove(at);
                }
                clashes
            }
        }
    }

    fn expression(&self, regex: &Regex) -> Option<usize> {
        self.expressions.iter().position(|(known, _)| known.as_str() == regex.as_str())
    }

    /// Brings the regular expressions into their order.
    pub(super) fn complete(&mut self) {
        self.expressions.sort_by(|(_, one), (_, other)| one.first_name().cmp(&other.first_name()));
        self.set = None;
        if self.expressions.len() > 1 {
            let patterns = self.expressions.iter().map(|(regex, _)| regex.as_str());
            self.set = RegexSetBuilder::new(patterns).size_limit(MOST_REGEX_BYTES).build().ok();
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.expressions.is_empty() && self.tree.is_empty()
    }

    pub(super) fn find(&self, head: &Head<'_>) -> Option<usize> {
        let (whole, beginning) = self.tree.find(head);
        whole.or_else(|| self.find_by_expression(head)).or(beginning)
    }

    fn find_by_expression(&self, head: &Head<'_>) -> Option<usize> {
        if self.expressions.is_empty() {
            return None;
        }
        match &self.set {
            Some(set) => set.matches(head.path).into_iter().filter_map(|at| self.expressions[at].1.find(head)).next(),
            None => {
                let matching = self.expressions.iter().filter(|(regex, _)| regex.is_match(head.path));
                matching.filter_map(|(_, candidates)| candidates.find(head)).next()
            }
        }
    }
}
