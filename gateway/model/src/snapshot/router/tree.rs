//! The routes of one host by path: a tree with a step for each segment.

use std::collections::HashMap;

use super::{candidates::Candidates, conditions::Head, pattern::Segment};

/// A tree of segments. Finding a route looks at each segment of the path once for each way through literals and parameters
/// that fits it so far, which is one way where no parameter stands beside a literal.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    literals: HashMap<Box<str>, usize, foldhash::fast::FixedState>,
    parameter: Option<usize>,
    /// Routes whose path ends here.
    whole: Candidates,
    /// Routes for everything from here on.
    beginning: Candidates,
}

/// How much of the path a route is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Whole,
    Beginning,
}

impl Tree {
    /// Those that are at the end of these segments.
    pub(super) fn at(&mut self, segments: &[Segment], reach: Reach) -> &mut Candidates {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let mut node = 0;
        for segment in segments {
            let next = self.nodes.len();
            let here = &mut self.nodes[node];
            let step = match segment {
                Segment::Literal(literal) => *here.literals.entry(literal.clone()).or_insert(next),
                Segment::Parameter(_) => *here.parameter.get_or_insert(next),
            };
            if step == next {
                self.nodes.push(Node::default());
            }
            node = step;
        }
        match reach {
            Reach::Whole => &mut self.nodes[node].whole,
            Reach::Beginning => &mut self.nodes[node].beginning,
        }
    }

    /// The first route of that reach, literals before parameters and the longest path first.
    pub(super) fn find(&self, reach: Reach, head: &Head<'_>) -> Option<usize> {
        let path = head.path.strip_prefix('/')?;
        self.descend(self.nodes.first()?, Some(path), reach, head)
    }

    fn descend(&self, node: &Node, rest: Option<&str>, reach: Reach, head: &Head<'_>) -> Option<usize> {
        if let Some(rest) = rest {
            let (segment, behind) = match rest.split_once('/') {
                Some((segment, behind)) => (segment, Some(behind)),
                None => (rest, None),
            };
            let literal = if node.literals.is_empty() { None } else { node.literals.get(segment) };
            let parameter = node.parameter.as_ref().filter(|_| !segment.is_empty());
            let deeper = literal.into_iter().chain(parameter);
            let found = deeper.filter_map(|step| self.descend(&self.nodes[*step], behind, reach, head)).next();
            if found.is_some() {
                return found;
            }
        }
        match reach {
            Reach::Whole if rest.is_some() => None,
            Reach::Whole => node.whole.find(head),
            Reach::Beginning => node.beginning.find(head),
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Candidates> {
        self.nodes.iter().flat_map(|node| [&node.whole, &node.beginning])
    }
}
