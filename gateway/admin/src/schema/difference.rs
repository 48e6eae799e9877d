//! What a change did to one resource.

use async_graphql::{Enum, SimpleObject};
use gateway_config::ResourceChange;
use gateway_model::{Document, Edit, Kind, Resource};
use serde_json::{Value, json};

/// What a change did to one resource.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Change {
    /// The kind of resource.
    kind: ResourceKind,
    /// The name of the resource.
    name: String,
    /// What was done to it.
    action: ChangeAction,
    /// The resource before, in the document's form; null if it was created. Private keys and the hashes of keys and passwords are left out.
    before: Option<Value>,
    /// The resource after, in the document's form; null if it was deleted. Private keys and the hashes of keys and passwords are left out.
    after: Option<Value>,
}

/// What can be done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum ChangeAction {
    /// It was not there before.
    Create,
    /// It was there and is different now.
    Update,
    /// It is not there any more.
    Delete,
}

/// The kinds of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum ResourceKind {
    /// In the document: `routes`.
    Route,
    /// In the document: `upstreams`.
    Upstream,
    /// In the document: `consumers`.
    Consumer,
    /// In the document: `credentials`.
    Credential,
    /// In the document: `usagePlans`.
    UsagePlan,
    /// In the document: `plugins`.
    Plugin,
    /// In the document: `attachments`.
    Attachment,
    /// In the document: `certificates`.
    Certificate,
}

impl Change {
    fn new(kind: Kind, name: String, before: Option<&Resource>, after: Option<&Resource>) -> Self {
        let action = match (before, after) {
            (None, _) => ChangeAction::Create,
            (Some(_), Some(_)) => ChangeAction::Update,
            (Some(_), None) => ChangeAction::Delete,
        };
        Self { kind: kind.into(), name, action, before: before.map(shown), after: after.map(shown) }
    }

    /// What an edit does to `document`.
    pub(crate) fn of(edit: &Edit, document: &Document) -> Self {
        let before = document.get(edit.kind(), edit.name());
        let after = match edit {
            Edit::Put(resource) => Some(resource),
            Edit::Delete { .. } => None,
        };
        Self::new(edit.kind(), edit.name().to_owned(), before.as_ref(), after)
    }
}

impl From<ResourceChange> for Change {
    fn from(change: ResourceChange) -> Self {
        Self::new(change.kind, change.name, change.before.as_ref(), change.after.as_ref())
    }
}

/// The wire form of a resource without what is nobody's business.
fn shown(resource: &Resource) -> Value {
    let text = resource.to_json().expect("a resource is made of what JSON can hold");
    let mut value: Value = serde_json::from_str(&text).expect("it was written as JSON a moment ago");
    hide(&mut value);
    let previous = value.get_mut("previousKeys").and_then(Value::as_array_mut);
    previous.into_iter().flatten().for_each(hide);
    value
}

fn hide(value: &mut Value) {
    for field in ["keyDigest", "passwordHash", "privateKey"] {
        if let Some(hash) = value.get_mut(field) {
            *hash = json!("(hidden)");
        }
    }
}

impl From<Kind> for ResourceKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Routes => Self::Route,
            Kind::Upstreams => Self::Upstream,
            Kind::Consumers => Self::Consumer,
            Kind::Credentials => Self::Credential,
            Kind::UsagePlans => Self::UsagePlan,
            Kind::Plugins => Self::Plugin,
            Kind::Attachments => Self::Attachment,
            Kind::Certificates => Self::Certificate,
        }
    }
}
