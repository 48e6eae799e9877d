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

    /// The first route for the whole path, and the first one for a beginning of it: literals before parameters, and longer
    /// beginnings before shorter ones. Where there is one for the whole path, the other may not have been looked for.
    pub(super) fn find(&self, head: &Head<'_>) -> (Option<usize>, Option<usize>) {
        let mut beginning = None;
        let path = head.path.strip_prefix('/');
        let whole =
            path.zip(self.nodes.first()).and_then(|(path, root)| self.descend(root, Some(path), head, &mut beginning));
        (whole, beginning)
    }

    fn descend(
        &self,
        node: &Node,
        rest: Option<&str>,
        head: &Head<'_>,
        beginning: &mut Option<usize>,
    ) -> Option<usize> {
        let whole = match rest {
            None => node.whole.find(head),
            Some(rest) => {
                let (segment, behind) = match rest.split_once('/') {
                    Some((segment, behind)) => (segment, Some(behind)),
                    None => (rest, None),
                };
                let literal = if node.literals.is_empty() { None } else { node.literals.get(segment) };
                let parameter = node.parameter.as_ref().filter(|_| !segment.is_empty());
                let deeper = literal.into_iter().chain(parameter);
                deeper.filter_map(|step| self.descend(&self.nodes[*step], behind, head, beginning)).next()
            }
        };
        if whole.is_none() && beginning.is_none() {
            *beginning = node.beginning.find(head);
        }
        whole
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Candidates> {
        self.nodes.iter().flat_map(|node| [&node.whole, &node.beginning])
    }
}
