//! Limits on a parsed GraphQL document, checked before it is validated.
//!
//! Fragments are weighed once and by name, so that a chain of fragments that each use the next one twice costs
//! nothing to refuse; the validator behind would walk every copy.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned,
    parser::types::{
        DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, OperationType, Selection,
        SelectionSet,
    },
};

use crate::refusal::Refusal;

const MOST_OPERATIONS: usize = 20;
const MOST_FRAGMENTS: usize = 100;

/// Fields after each fragment is copied to where it is used.
const MOST_FIELDS: u64 = 2_000;
/// Fields with an alias, copied likewise: the way to ask for one thing many times, mutations among them.
const MOST_ALIASES: u64 = 50;
const MOST_DIRECTIVES: u64 = 50;
/// Fields inside each other; the introspection query of common tools needs 15.
pub(crate) const DEEPEST_FIELDS: u64 = 20;
/// Fields and fragments inside each other.
const DEEPEST_LEVELS: u64 = 40;
const LEVELS: &str = "fields and fragments inside each other";
/// Lists of types inside each other: introspection needs one, each further one multiplies the answer by the schema.
const DEEPEST_TYPE_LISTS: u64 = 2;

/// The fields of introspection that list what a type has; the types of these have them again.
const TYPE_LISTS: [&str; 4] = ["fields", "interfaces", "possibleTypes", "inputFields"];

/// Checks the document and finds out what its operation does.
///
/// # Errors
/// A refusal that names the limit, or says that the operation cannot be told.
pub(super) fn check(document: &ExecutableDocument, name: Option<&str>) -> Result<OperationType, Refusal> {
    let operations = document.operations.iter().count();
    below("operations", operations as u64, MOST_OPERATIONS as u64)?;
    below("fragments", document.fragments.len() as u64, MOST_FRAGMENTS as u64)?;

    let mut scale = Scale { fragments: &document.fragments, known: HashMap::new(), open: HashSet::new() };
    let mut total = Weight::default();
    for (_, operation) in document.operations.iter() {
        let weight = scale.selections(&operation.node.selection_set.node, 0)?;
        total = total.beside(weight.with_directives(operation.node.directives.len()));
    }
    total.check()?;
    Ok(operation(&document.operations, name)?.ty)
}

fn operation<'a>(operations: &'a DocumentOperations, name: Option<&str>) -> Result<&'a OperationDefinition, Refusal> {
    let found = match (operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Multiple(all), Some(name)) => all.get(name),
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next(),
        _ => None,
    };
    let operation = found.ok_or_else(|| match name {
        Some(name) => Refusal::bad_request(format!("the query has no operation {name:?}: send one of its names")),
        None => Refusal::bad_request("the query has several operations: say which with `operationName`"),
    })?;
    Ok(&operation.node)
}

/// What a part of a document costs: sums of things side by side, the deepest of things inside each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Weight {
    fields: u64,
    aliases: u64,
    directives: u64,
    depth: u64,
    levels: u64,
    type_lists: u64,
}

impl Weight {
    fn beside(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
            levels: self.levels.max(other.levels),
            type_lists: self.type_lists.max(other.type_lists),
        }
    }

    fn with_directives(self, count: usize) -> Self {
        Self { directives: self.directives.saturating_add(count as u64), ..self }
    }

    fn one_level_down(self) -> Self {
        Self { levels: self.levels + 1, ..self }
    }

    fn check(&self) -> Result<(), Refusal> {
        below("fields", self.fields, MOST_FIELDS)?;
        below("aliases", self.aliases, MOST_ALIASES)?;
        below("directives", self.directives, MOST_DIRECTIVES)?;
        below("fields inside each other", self.depth, DEEPEST_FIELDS)?;
        below(LEVELS, self.levels, DEEPEST_LEVELS)?;
        below("lists of types inside each other", self.type_lists, DEEPEST_TYPE_LISTS)
    }
}

fn below(what: &str, count: u64, most: u64) -> Result<(), Refusal> {
    match count <= most {
        true => Ok(()),
        false => Err(Refusal::beyond_limits(format!("the query has more than {most} {what}: split it"))),
    }
}

/// Weighs selections; `level` bounds its own recursion.
struct Scale<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    known: HashMap<&'a str, Weight>,
    open: HashSet<&'a str>,
}

impl<'a> Scale<'a> {
    fn selections(&mut self, set: &'a SelectionSet, level: u64) -> Result<Weight, Refusal> {
        below(LEVELS, level, DEEPEST_LEVELS)?;
        let mut total = Weight::default();
        for selection in &set.items {
            total = total.beside(self.selection(&selection.node, level)?);
        }
        Ok(total)
    }

    fn selection(&mut self, selection: &'a Selection, level: u64) -> Result<Weight, Refusal> {
        match selection {
            Selection::Field(field) => {
                let field = &field.node;
                let inner = self.selections(&field.selection_set.node, level + 1)?;
                let weight = Weight {
                    fields: inner.fields.saturating_add(1),
                    aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
                    depth: inner.depth + 1,
                    type_lists: inner.type_lists + u64::from(TYPE_LISTS.contains(&field.name.node.as_str())),
                    ..inner.one_level_down()
                };
                Ok(weight.with_directives(field.directives.len()))
            }
            Selection::InlineFragment(inline) => {
                let weight = self.selections(&inline.node.selection_set.node, level + 1)?;
                Ok(weight.one_level_down().with_directives(inline.node.directives.len()))
            }
            Selection::FragmentSpread(spread) => {
                let weight = self.fragment(spread.node.fragment_name.node.as_str(), level + 1)?;
                Ok(weight.one_level_down().with_directives(spread.node.directives.len()))
            }
        }
    }

    fn fragment(&mut self, name: &'a str, level: u64) -> Result<Weight, Refusal> {
        if let Some(weight) = self.known.get(name) {
            return Ok(*weight);
        }
        // An unknown fragment weighs nothing: validation says what is wrong with it.
        let Some(fragment) = self.fragments.get(name) else { return Ok(Weight::default()) };
        if !self.open.insert(name) {
            return Err(Refusal::beyond_limits(format!("fragment {name:?} uses itself: no fragment may")));
        }
        let weight = self.selections(&fragment.node.selection_set.node, level)?;
        let weight = weight.with_directives(fragment.node.directives.len());
        self.open.remove(name);
        self.known.insert(name, weight);
        Ok(weight)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn refused(text: &str) -> String {
        check(&parse_query(text).unwrap(), None).unwrap_err().detail().to_owned()
    }

    fn doubling(length: usize) -> String {
        let chain = (0..length).map(|n| format!("fragment f{n} on Query {{ ...f{next} ...f{next} }} ", next = n + 1));
        format!("{{ ...f0 }} {} fragment f{length} on Query {{ currentRevision }}", chain.collect::<String>())
    }

    #[test]
    fn a_chain_of_doubling_fragments_is_refused_at_once() {
        assert!(refused(&doubling(30)).contains("2000 fields"));
        assert!(refused(&doubling(90)).contains("inside each other"));
        assert!(check(&parse_query(doubling(10)).unwrap(), None).is_ok());
    }

    #[test]
    fn each_limit_names_itself() {
        let aliases: String = (0..=MOST_ALIASES).map(|n| format!("a{n}: currentRevision ")).collect();
        let deep = |field: &str, depth: u64| {
            let depth = usize::try_from(depth).unwrap();
            format!("{}{}", format!("{{ {field} ").repeat(depth + 1), "} ".repeat(depth + 1))
        };
        let nested_inline = format!("{}{{ a }}{}", "{ ... on Query ".repeat(41), " }".repeat(41));
        let operations: String = (0..=MOST_OPERATIONS).map(|n| format!("query q{n} {{ a }} ")).collect();
        for (text, said) in [
            (format!("{{ {aliases} }}"), "aliases"),
            (deep("a", DEEPEST_FIELDS), "fields inside each other"),
            (nested_inline, "fields and fragments inside each other"),
            (deep("fields", DEEPEST_TYPE_LISTS), "lists of types"),
            (operations, "operations"),
            (format!("{{ a {} }}", "@skip(if: true) ".repeat(51)), "directives"),
            ("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".into(), "uses itself"),
            ("query a { a } query b { a }".into(), "operationName"),
        ] {
            let detail = refused(&text);
            assert!(detail.contains(said), "{said}: {detail}");
        }
    }

    #[test]
    fn the_kind_of_the_named_operation_is_told() {
        let document = parse_query("query a { a } mutation b { a }").unwrap();
        assert_eq!(check(&document, Some("a")).unwrap(), OperationType::Query);
        assert_eq!(check(&document, Some("b")).unwrap(), OperationType::Mutation);
        assert!(check(&document, Some("c")).is_err());
    }
}
