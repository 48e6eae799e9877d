//! How deep the operations of a document are.

use std::collections::HashMap;

use apollo_parser::{
    Parser,
    cst::{CstChildren, Definition, Document, Selection, SelectionSet},
};

/// Levels of syntax that are read: more than any operation needs, and few enough for the stack.
const RECURSION: usize = 256;

/// Why a document is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It cannot be read.
    Malformed(String),
    TooDeep,
    /// The fragment of this name holds itself.
    Circular(String),
}

/// Checks that no operation of the document has more than `most` levels of fields.
///
/// Takes time that grows with the length of the document, not with what its fragments stand for.
pub(crate) fn depth(document: &str, most: usize, tokens: usize) -> Result<(), Refused> {
    let tree = Parser::new(document).recursion_limit(RECURSION).token_limit(tokens).parse();
    if let Some(error) = tree.errors().next() {
        return Err(Refused::Malformed(error.message().to_owned()));
    }
    let document = tree.document();
    let mut fragments = Fragments::of(&document);
    for definition in document.definitions() {
        if let Definition::OperationDefinition(operation) = definition
            && levels(operation.selection_set(), &mut fragments, 0)? > most
        {
            return Err(Refused::TooDeep);
        }
    }
    Ok(())
}

/// The fragments of a document, each measured at most once.
struct Fragments(HashMap<String, Fragment>);

enum Fragment {
    Unmeasured(Option<SelectionSet>),
    /// Measured further up: to meet it again is a circle.
    BeingMeasured,
    Levels(usize),
}

impl Fragments {
    fn of(document: &Document) -> Self {
        let definitions: CstChildren<Definition> = document.definitions();
        let named = definitions.filter_map(|definition| match definition {
            Definition::FragmentDefinition(fragment) => {
                let name = fragment.fragment_name()?.name()?.text().to_string();
                Some((name, Fragment::Unmeasured(fragment.selection_set())))
            }
            _ => None,
        });
        Self(named.collect())
    }

    fn levels(&mut self, name: String, within: usize) -> Result<usize, Refused> {
        // A fragment that is not there has no levels: the upstream tells the client.
        let Some(fragment) = self.0.get_mut(&name) else { return Ok(0) };
        match std::mem::replace(fragment, Fragment::BeingMeasured) {
            Fragment::BeingMeasured => Err(Refused::Circular(name)),
            Fragment::Levels(levels) => {
                *fragment = Fragment::Levels(levels);
                Ok(levels)
            }
            Fragment::Unmeasured(selections) => {
                let levels = levels(selections, self, within)?;
                self.0.insert(name, Fragment::Levels(levels));
                Ok(levels)
            }
        }
    }
}

/// Levels of fields in a set of selections, which is `within` so many others; none in one that is not there.
fn levels(selections: Option<SelectionSet>, fragments: &mut Fragments, within: usize) -> Result<usize, Refused> {
    // A chain of fragments may be longer than the syntax is deep.
    if within > RECURSION {
        return Err(Refused::TooDeep);
    }
    let within = within + 1;
    let mut deepest = 0;
    for selection in selections.iter().flat_map(SelectionSet::selections) {
        let found = match selection {
            Selection::Field(field) => 1 + levels(field.selection_set(), fragments, within)?,
            Selection::InlineFragment(inline) => levels(inline.selection_set(), fragments, within)?,
            Selection::FragmentSpread(spread) => {
                let name = spread.fragment_name().and_then(|name| name.name());
                name.map_or(Ok(0), |name| fragments.levels(name.text().to_string(), within))?
            }
        };
        deepest = deepest.max(found);
    }
    Ok(deepest)
}
