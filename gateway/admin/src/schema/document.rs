//! The whole document at once: to look at, to export, and to replace.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use gateway_model::{
    Attachment, Certificate, Consumer, Credential, Document, DocumentFile, Finding, Kind, Path, Plugin, Route,
    Upstream, UsagePlan,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::{
    Scope,
    change::{self, Options, Outcome, UserError},
    difference::Change,
};
use crate::error::Failure;

#[derive(Default)]
pub(crate) struct DocumentQueries;

#[Object]
impl DocumentQueries {
    /// The whole configuration in the form of a configuration file: lists by kind. API keys and passwords are in it only as hashes, private keys only sealed.
    async fn document(&self, context: &Context<'_>) -> Value {
        let file = DocumentFile::from(&*Scope::of(context).view.document);
        serde_json::to_value(&file).expect("a document is made of what JSON can hold")
    }
}

/// A whole configuration.
#[derive(Debug, InputObject)]
pub(crate) struct ApplyDocumentInput {
    /// The configuration in the form of a configuration file: lists by kind. What is not in it is deleted. Private keys may be in PEM: they are sealed before anything is stored.
    document: Value,
    #[graphql(flatten)]
    options: Options,
}

/// What became of the replacement.
#[derive(SimpleObject)]
pub(crate) struct ApplyDocumentPayload {
    /// What was changed, by kind and name; of a dry run, what would be. Empty if the change was refused.
    edits: Vec<Change>,
    #[graphql(flatten)]
    outcome: Outcome,
}

#[derive(Default)]
pub(crate) struct DocumentMutations;

#[Object]
impl DocumentMutations {
    /// Replaces the whole configuration: makes the fewest edits that lead from the present one to this one, as one revision.
    async fn apply_document(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The configuration that is to be.")] input: ApplyDocumentInput,
    ) -> Result<Option<ApplyDocumentPayload>, Failure> {
        let wanted = read(input.document);
        let answer = change::change(Scope::of(context), &input.options, |present| match &wanted {
            Ok(wanted) => Ok(present.diff(wanted)),
            Err(findings) => Err(findings.iter().cloned().map(UserError::from).collect()),
        });
        let answer = answer.await?;
        let edits = answer.edits.iter().map(|edit| Change::of(edit, &answer.before.document)).collect();
        Ok(Some(ApplyDocumentPayload { edits, outcome: answer.outcome }))
    }
}

/// Reads a document item by item, so that a mistake in one does not hide those in others.
fn read(value: Value) -> Result<Document, Vec<Finding>> {
    let Value::Object(lists) = value else {
        return Err(vec![Finding::error(Path::new(), "a document is an object with a list for each kind of resource")]);
    };
    let mut findings = Vec::new();
    for (key, list) in &lists {
        findings.extend(mistakes(key, list));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let file: Result<DocumentFile, _> = serde_json::from_value(Value::Object(lists));
    file.map_err(|error| vec![Finding::error(Path::new(), error.to_string())])?.into_document()
}

fn mistakes(key: &str, list: &Value) -> Vec<Finding> {
    let path = Path::new().then(key);
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.as_str() == key) else {
        let known = Kind::ALL.map(Kind::as_str).join(", ");
        return vec![Finding::error(path, format!("there are no {key:?}: a document has {known}"))];
    };
    let Value::Array(items) = list else {
        return vec![Finding::error(path, "this is no list: give a list of resources")];
    };
    items.iter().enumerate().filter_map(|(index, item)| mistake(kind, &path, index, item)).collect()
}

fn mistake(kind: Kind, list: &Path, index: usize, item: &Value) -> Option<Finding> {
    let name = item.get("name").and_then(Value::as_str);
    let place = name.map_or_else(|| list.then(index), |name| list.then(name));
    let read = match kind {
        Kind::Routes => read_item::<Route>,
        Kind::Upstreams => read_item::<Upstream>,
        Kind::Consumers => read_item::<Consumer>,
        Kind::Credentials => read_item::<Credential>,
        Kind::UsagePlans => read_item::<UsagePlan>,
        Kind::Plugins => read_item::<Plugin>,
        Kind::Attachments => read_item::<Attachment>,
        Kind::Certificates => read_item::<Certificate>,
    };
    read(&place, item).err()
}

/// Reads an item and forgets it: whether it can be read is all that is asked.
fn read_item<T: DeserializeOwned>(place: &Path, item: &Value) -> Result<(), Finding> {
    let item: Result<T, _> = serde_path_to_error::deserialize(item);
    item.map(drop).map_err(|error| {
        let place = error.path().iter().fold(place.clone(), |place, step| match step {
            Segment::Seq { index } => place.then(index),
            Segment::Map { key } => place.then(key),
            Segment::Enum { variant } => place.then(variant),
            Segment::Unknown => place,
        });
        Finding::error(place, gateway_model::without_keys(error.inner().to_string()))
    })
}
