//! The routes of one host by path: a tree with a step for each segment.

use std::{collections::HashMap, sync::Arc};

use foldhash::fast::FixedState;

use super::{
    candidates::{Candidates, Clash},
    conditions::Head,
    pattern::Segment,
};

/// A tree of segments, by its root. Finding a route looks at each segment of the path once for each way through literals and
/// parameters that fits it so far, which is one way where no parameter stands beside a literal.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    literals: HashMap<Arc<str>, Arc<Node>, FixedState>,
    parameter: Option<Arc<Node>>,
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

impl Node {
    /// Those that are at the end of these segments.
    pub(super) fn at(&mut self, segments: &[Segment], reach: Reach) -> &mut Candidates {
        let mut node = self;
        for segment in segments {
            node = Arc::make_mut(match segment {
                Segment::Literal(literal) => node.literals.entry(literal.clone()).or_default(),
                Segment::Parameter(_) => node.parameter.get_or_insert_default(),
            });
        }
        node.of(reach)
    }

    /// Takes the route away that has this place, and the steps that lead nowhere then.
    pub(super) fn remove(&mut self, segments: &[Segment], reach: Reach, place: usize) -> Vec<Clash> {
        let Some((segment, rest)) = segments.split_first() else { return self.of(reach).remove(place) };
        let step = match segment {
            Segment::Literal(literal) => self.literals.get_mut(literal),
            Segment::Parameter(_) => self.parameter.as_mut(),
        };
        let Some(step) = step.map(Arc::make_mut) else { return Vec::new() };
        let clashes = step.remove(rest, reach, place);
        if step.is_empty() {
            match segment {
                Segment::Literal(literal) => drop(self.literals.remove(literal)),
                Segment::Parameter(_) => self.parameter = None,
            }
        }
        clashes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.literals.is_empty() && self.parameter.is_none() && self.whole.is_empty() && self.beginning.is_empty()
    }

    fn of(&mut self, reach: Reach) -> &mut Candidates {
        match reach {
            Reach::Whole => &mut self.whole,
            Reach::Beginning => &mut self.beginning,
        }
    }

    /// The first route for the whole path, and the first one for a beginning of it: literals before parameters, and longer
    /// beginnings before shorter ones. Where there is one for the whole path, the other may not have been looked for.
    pub(super) fn find(&self, head: &Head<'_>) -> (Option<usize>, Option<usize>) {
        let mut beginning = None;
        let path = head.path.strip_prefix('/');
        let whole = path.and_then(|path| self.descend(Some(path), head, &mut beginning));
        (whole, beginning)
    }

    fn descend(&self, rest: Option<&str>, head: &Head<'_>, beginning: &mut Option<usize>) -> Option<usize> {
        let whole = match rest {
            None => self.whole.find(head),
            Some(rest) => {
                let (segment, behind) = match rest.split_once('/') {
                    Some((segment, behind)) => (segment, Some(behind)),
                    None => (rest, None),
                };
                let literal = if self.literals.is_empty() { None } else { self.literals.get(segment) };
                let parameter = self.parameter.as_ref().filter(|_| !segment.is_empty());
                let deeper = literal.into_iter().chain(parameter);
                deeper.filter_map(|step| step.descend(behind, head, beginning)).next()
            }
        };
        if whole.is_none() && beginning.is_none() {
            *beginning = self.beginning.find(head);
        }
        whole
    }
}
