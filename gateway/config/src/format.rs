//! The document as YAML: what `sluice config` reads and writes.

use std::collections::BTreeMap;

use gateway_model::{
    Attachment, Certificate, Consumer, Credential, Document, DocumentFile, Finding, Kind, Path, Plugin, Route,
    Upstream, UsagePlan,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_saphyr::{Options, Spanned};

/// The lists of a file before their items are read: kind, then items with their lines.
type Lists = BTreeMap<String, Spanned<Vec<Spanned<Value>>>>;

/// Reads a document from YAML, or JSON, which is YAML too.
///
/// # Errors
/// Everything that is wrong with its form, at its path and line: syntax, unknown fields, wrong types, names that stand twice.
/// What the document means is checked by compiling it.
pub fn parse_yaml(text: &str) -> Result<Document, Vec<Finding>> {
    match serde_saphyr::from_str_with_options::<Option<DocumentFile>>(text, options()) {
        Ok(file) => file.unwrap_or_default().into_document(),
        Err(first) => Err(all_mistakes(text).unwrap_or_else(|| vec![mistake(&first)])),
    }
}

/// Writes a document as YAML: equal documents give equal texts, and reading one back gives an equal document.
#[must_use]
pub fn to_yaml(document: &Document) -> String {
    serde_saphyr::to_string(&DocumentFile::from(document)).expect("a document is made of what YAML can hold")
}

/// Limits far above the largest document (100,000 routes have a million nodes), yet no file can eat the machine.
fn options() -> Options {
    serde_saphyr::options! {
        with_snippet: false,
        budget: serde_saphyr::budget! { max_nodes: 20_000_000, max_events: 50_000_000 },
    }
}

/// The parser stops at the first mistake; reading item by item finds them all, with their paths.
fn all_mistakes(text: &str) -> Option<Vec<Finding>> {
    let lists: Lists = serde_saphyr::from_str_with_options(text, options()).ok()?;
    let findings: Vec<Finding> = lists.into_iter().flat_map(|(kind, list)| mistakes_in(&kind, list)).collect();
    (!findings.is_empty()).then_some(findings)
}

fn mistakes_in(kind: &str, list: Spanned<Vec<Spanned<Value>>>) -> Vec<Finding> {
    let path = Path::new().then(kind);
    match Kind::ALL.into_iter().find(|known| known.as_str() == kind) {
        Some(kind) => list
            .value
            .into_iter()
            .enumerate()
            .filter_map(|(index, item)| mistake_of(kind, &path, index, item))
            .collect(),
        None => {
            let known = Kind::ALL.map(Kind::as_str).join(", ");
            let line = list.referenced.line();
            vec![Finding::error(path, format!("line {line}: there is no such list: use {known}"))]
        }
    }
}

fn mistake_of(kind: Kind, list: &Path, index: usize, item: Spanned<Value>) -> Option<Finding> {
    let line = item.referenced.line();
    let path = match item.value.get("name").and_then(Value::as_str) {
        Some(name) => list.then(name),
        None => list.then(index),
    };
    let (inner, message) = match kind {
        Kind::Routes => read::<Route>(item.value),
        Kind::Upstreams => read::<Upstream>(item.value),
        Kind::Consumers => read::<Consumer>(item.value),
        Kind::Credentials => read::<Credential>(item.value),
        Kind::UsagePlans => read::<UsagePlan>(item.value),
        Kind::Plugins => read::<Plugin>(item.value),
        Kind::Attachments => read::<Attachment>(item.value),
        Kind::Certificates => read::<Certificate>(item.value),
    }
    .err()?;
    let place = inner.iter().fold(path, |path, step| path.then(step));
    Some(Finding::error(place, format!("in the item at line {line}: {message}")))
}

/// Reads an item; if it cannot be read, where in it and why.
fn read<T: DeserializeOwned>(value: Value) -> Result<(), (Vec<String>, String)> {
    use serde_path_to_error::Segment;
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { variant } => Some(variant.clone()),
        Segment::Unknown => None,
    };
    let outcome: Result<T, _> = serde_path_to_error::deserialize(value);
    outcome.map(drop).map_err(|error| {
        (error.path().iter().filter_map(step).collect(), gateway_model::without_keys(error.inner().to_string()))
    })
}

/// A mistake of the parser's own, at its line.
fn mistake(error: &serde_saphyr::Error) -> Finding {
    Finding::error(Path::new(), gateway_model::without_keys(error.to_string()))
}

#[cfg(test)]
mod tests;
