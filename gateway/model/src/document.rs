//! The document: all that an operator may set, as one value.

use std::sync::Arc;

use imbl::{OrdMap, ordmap::DiffItem};
use serde::{Deserialize, Serialize};

use crate::{
    attachment::Attachment,
    certificate::Certificate,
    consumer::Consumer,
    credential::Credential,
    edit::{Edit, Kind, Resource},
    finding::{Finding, Path},
    plan::UsagePlan,
    plugin::Plugin,
    route::Route,
    upstream::Upstream,
};

/// All resources by name. Cheap to clone: resources are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub routes: Named<Route>,
    pub upstreams: Named<Upstream>,
    pub consumers: Named<Consumer>,
    pub credentials: Named<Credential>,
    pub usage_plans: Named<UsagePlan>,
    pub plugins: Named<Plugin>,
    pub attachments: Named<Attachment>,
    pub certificates: Named<Certificate>,
}

/// The resources of one kind. Copies share what is the same in them, and tell what is not without a look at all.
pub type Named<T> = OrdMap<String, Arc<T>>;

/// A document as it stands in a file: lists, in which a name may by mistake appear twice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DocumentFile {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Arc<Route>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub upstreams: Vec<Arc<Upstream>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consumers: Vec<Arc<Consumer>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<Arc<Credential>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub usage_plans: Vec<Arc<UsagePlan>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plugins: Vec<Arc<Plugin>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Arc<Attachment>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Arc<Certificate>>,
}

impl Document {
    /// Applies one edit and returns what stood there before.
    pub fn apply(&mut self, edit: &Edit) -> Option<Resource> {
        match edit {
            Edit::Put(resource) => self.put(resource.clone()),
            Edit::Delete { kind, name } => self.delete(*kind, name),
        }
    }

    /// The resource of that kind and name.
    #[must_use]
    pub fn get(&self, kind: Kind, name: &str) -> Option<Resource> {
        match kind {
            Kind::Routes => self.routes.get(name).cloned().map(Resource::Route),
            Kind::Upstreams => self.upstreams.get(name).cloned().map(Resource::Upstream),
            Kind::Consumers => self.consumers.get(name).cloned().map(Resource::Consumer),
            Kind::Credentials => self.credentials.get(name).cloned().map(Resource::Credential),
            Kind::UsagePlans => self.usage_plans.get(name).cloned().map(Resource::UsagePlan),
            Kind::Plugins => self.plugins.get(name).cloned().map(Resource::Plugin),
            Kind::Attachments => self.attachments.get(name).cloned().map(Resource::Attachment),
            Kind::Certificates => self.certificates.get(name).cloned().map(Resource::Certificate),
        }
    }

    /// The names of all resources of `kind`, in order.
    #[must_use]
    pub fn names(&self, kind: Kind) -> Vec<&str> {
        fn keys<T>(named: &Named<T>) -> Vec<&str> {
            named.keys().map(String::as_str).collect()
        }
        match kind {
            Kind::Routes => keys(&self.routes),
            Kind::Upstreams => keys(&self.upstreams),
            Kind::Consumers => keys(&self.consumers),
            Kind::Credentials => keys(&self.credentials),
            Kind::UsagePlans => keys(&self.usage_plans),
            Kind::Plugins => keys(&self.plugins),
            Kind::Attachments => keys(&self.attachments),
            Kind::Certificates => keys(&self.certificates),
        }
    }

    /// The edits that lead from this document to `other`: none when they are equal.
    #[must_use]
    pub fn diff(&self, other: &Self) -> Vec<Edit> {
        let mut edits = Vec::new();
        for kind in Kind::ALL {
            edits.extend(match kind {
                Kind::Routes => difference(kind, &self.routes, &other.routes, Resource::Route),
                Kind::Upstreams => difference(kind, &self.upstreams, &other.upstreams, Resource::Upstream),
                Kind::Consumers => difference(kind, &self.consumers, &other.consumers, Resource::Consumer),
                Kind::Credentials => difference(kind, &self.credentials, &other.credentials, Resource::Credential),
                Kind::UsagePlans => difference(kind, &self.usage_plans, &other.usage_plans, Resource::UsagePlan),
                Kind::Plugins => difference(kind, &self.plugins, &other.plugins, Resource::Plugin),
                Kind::Attachments => difference(kind, &self.attachments, &other.attachments, Resource::Attachment),
                Kind::Certificates => difference(kind, &self.certificates, &other.certificates, Resource::Certificate),
            });
        }
        edits
    }

    fn put(&mut self, resource: Resource) -> Option<Resource> {
        let name = resource.name().to_owned();
        match resource {
            Resource::Route(it) => self.routes.insert(name, it).map(Resource::Route),
            Resource::Upstream(it) => self.upstreams.insert(name, it).map(Resource::Upstream),
            Resource::Consumer(it) => self.consumers.insert(name, it).map(Resource::Consumer),
            Resource::Credential(it) => self.credentials.insert(name, it).map(Resource::Credential),
            Resource::UsagePlan(it) => self.usage_plans.insert(name, it).map(Resource::UsagePlan),
            Resource::Plugin(it) => self.plugins.insert(name, it).map(Resource::Plugin),
            Resource::Attachment(it) => self.attachments.insert(name, it).map(Resource::Attachment),
            Resource::Certificate(it) => self.certificates.insert(name, it).map(Resource::Certificate),
        }
    }

    fn delete(&mut self, kind: Kind, name: &str) -> Option<Resource> {
        match kind {
            Kind::Routes => self.routes.remove(name).map(Resource::Route),
            Kind::Upstreams => self.upstreams.remove(name).map(Resource::Upstream),
            Kind::Consumers => self.consumers.remove(name).map(Resource::Consumer),
            Kind::Credentials => self.credentials.remove(name).map(Resource::Credential),
            Kind::UsagePlans => self.usage_plans.remove(name).map(Resource::UsagePlan),
            Kind::Plugins => self.plugins.remove(name).map(Resource::Plugin),
            Kind::Attachments => self.attachments.remove(name).map(Resource::Attachment),
            Kind::Certificates => self.certificates.remove(name).map(Resource::Certificate),
        }
    }
}

/// What leads from some resources of a kind to others: first what goes, then what comes.
fn difference<T: PartialEq>(
    kind: Kind,
    before: &Named<T>,
    after: &Named<T>,
    wrap: fn(Arc<T>) -> Resource,
) -> Vec<Edit> {
    let (mut edits, mut puts) = (Vec::new(), Vec::new());
    for item in before.diff(after) {
        match item {
            DiffItem::Remove(name, _) => edits.push(Edit::Delete { kind, name: name.clone() }),
            DiffItem::Add(_, it) | DiffItem::Update { new: (_, it), .. } => puts.push(Edit::Put(wrap(it.clone()))),
        }
    }
    edits.append(&mut puts);
    edits
}

impl DocumentFile {
    /// The document, or a finding for each name that stands twice.
    ///
    /// # Errors
    /// Every duplicate, at its position in the file.
    pub fn into_document(self) -> Result<Document, Vec<Finding>> {
        let mut document = Document::default();
        let mut findings = Vec::new();
        for (index, resource) in self.resources() {
            let (kind, name) = (resource.kind(), resource.name().to_owned());
            if document.put(resource).is_some() {
                let path = Path::new().then(kind).then(index).then("name");
                findings.push(Finding::error(path, format!("{name:?} stands twice: names are unique among {kind}")));
            }
        }
        match findings.is_empty() {
            true => Ok(document),
            false => Err(findings),
        }
    }

    fn resources(self) -> impl Iterator<Item = (usize, Resource)> {
        fn each<T>(list: Vec<Arc<T>>, wrap: fn(Arc<T>) -> Resource) -> impl Iterator<Item = (usize, Resource)> {
            list.into_iter().map(wrap).enumerate()
        }
        each(self.routes, Resource::Route)
            .chain(each(self.upstreams, Resource::Upstream))
            .chain(each(self.consumers, Resource::Consumer))
            .chain(each(self.credentials, Resource::Credential))
            .chain(each(self.usage_plans, Resource::UsagePlan))
            .chain(each(self.plugins, Resource::Plugin))
            .chain(each(self.attachments, Resource::Attachment))
            .chain(each(self.certificates, Resource::Certificate))
    }
}

impl From<&Document> for DocumentFile {
    fn from(document: &Document) -> Self {
        fn list<T>(named: &Named<T>) -> Vec<Arc<T>> {
            named.values().cloned().collect()
        }
        Self {
            routes: list(&document.routes),
            upstreams: list(&document.upstreams),
            consumers: list(&document.consumers),
            credentials: list(&document.credentials),
            usage_plans: list(&document.usage_plans),
            plugins: list(&document.plugins),
            attachments: list(&document.attachments),
            certificates: list(&document.certificates),
        }
    }
}

#[cfg(test)]
mod tests;
