//! Edits: the closed list of what can be done to a document.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    attachment::Attachment, certificate::Certificate, consumer::Consumer, credential::Credential, plan::UsagePlan,
    plugin::Plugin, route::Route, upstream::Upstream,
};

/// One step from a document to the next.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Creates the resource, or replaces the one of the same kind and name.
    Put(Resource),
    /// Removes the resource if it is there.
    Delete { kind: Kind, name: String },
}

/// Any resource of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Resource {
    Route(Arc<Route>),
    Upstream(Arc<Upstream>),
    Consumer(Arc<Consumer>),
    Credential(Arc<Credential>),
    UsagePlan(Arc<UsagePlan>),
    Plugin(Arc<Plugin>),
    Attachment(Arc<Attachment>),
    Certificate(Arc<Certificate>),
}

/// The kinds of resource; the text form is the document's field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Routes,
    Upstreams,
    Consumers,
    Credentials,
    UsagePlans,
    Plugins,
    Attachments,
    Certificates,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Routes,
        Self::Upstreams,
        Self::Consumers,
        Self::Credentials,
        Self::UsagePlans,
        Self::Plugins,
        Self::Attachments,
        Self::Certificates,
    ];

    /// The document's field for this kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Routes => "routes",
            Self::Upstreams => "upstreams",
            Self::Consumers => "consumers",
            Self::Credentials => "credentials",
            Self::UsagePlans => "usagePlans",
            Self::Plugins => "plugins",
            Self::Attachments => "attachments",
            Self::Certificates => "certificates",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Edit {
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Put(resource) => resource.kind(),
            Self::Delete { kind, .. } => *kind,
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Put(resource) => resource.name(),
            Self::Delete { name, .. } => name,
        }
    }
}

impl Resource {
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Route(_) => Kind::Routes,
            Self::Upstream(_) => Kind::Upstreams,
            Self::Consumer(_) => Kind::Consumers,
            Self::Credential(_) => Kind::Credentials,
            Self::UsagePlan(_) => Kind::UsagePlans,
            Self::Plugin(_) => Kind::Plugins,
            Self::Attachment(_) => Kind::Attachments,
            Self::Certificate(_) => Kind::Certificates,
        }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Route(route) => &route.name,
            Self::Upstream(upstream) => &upstream.name,
            Self::Consumer(consumer) => &consumer.name,
            Self::Credential(credential) => &credential.name,
            Self::UsagePlan(plan) => &plan.name,
            Self::Plugin(plugin) => &plugin.name,
            Self::Attachment(attachment) => &attachment.name,
            Self::Certificate(certificate) => &certificate.name,
        }
    }

    /// The resource as JSON, in its wire form.
    ///
    /// # Errors
    /// A number that JSON cannot hold, such as a rate that is not a number.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        match self {
            Self::Route(route) => serde_json::to_string(route),
            Self::Upstream(upstream) => serde_json::to_string(upstream),
            Self::Consumer(consumer) => serde_json::to_string(consumer),
            Self::Credential(credential) => serde_json::to_string(credential),
            Self::UsagePlan(plan) => serde_json::to_string(plan),
            Self::Plugin(plugin) => serde_json::to_string(plugin),
            Self::Attachment(attachment) => serde_json::to_string(attachment),
            Self::Certificate(certificate) => serde_json::to_string(certificate),
        }
    }

    /// Reads the wire form of a resource of `kind`.
    ///
    /// # Errors
    /// The text is no JSON, or no such resource.
    pub fn from_json(kind: Kind, text: &str) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            Kind::Routes => Self::Route(serde_json::from_str(text)?),
            Kind::Upstreams => Self::Upstream(serde_json::from_str(text)?),
            Kind::Consumers => Self::Consumer(serde_json::from_str(text)?),
            Kind::Credentials => Self::Credential(serde_json::from_str(text)?),
            Kind::UsagePlans => Self::UsagePlan(serde_json::from_str(text)?),
            Kind::Plugins => Self::Plugin(serde_json::from_str(text)?),
            Kind::Attachments => Self::Attachment(serde_json::from_str(text)?),
            Kind::Certificates => Self::Certificate(serde_json::from_str(text)?),
        })
    }
}
