//! What a resource is to the schema: an entry of a view, with a global id.

use std::sync::Arc;

use async_graphql::ID;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use gateway_model::{
    Attachment, Certificate, Consumer, Credential, Document, Kind, Named, Path, Plugin, Resource, Route, Upstream,
    UsagePlan,
};

use super::view::View;

/// A kind of resource.
pub(crate) trait Item: Send + Sync + Sized + 'static {
    const KIND: Kind;
    /// Name of the GraphQL type, and so the first part of global ids.
    const TYPE: &'static str;

    fn all(document: &Document) -> &Named<Self>;
    fn name(&self) -> &str;
    fn resource(self: Arc<Self>) -> Resource;
}

/// A resource in a view. Each GraphQL object of a resource is one of these, so that its links lead to the same revision.
pub(crate) struct Entry<T> {
    pub(crate) view: Arc<View>,
    pub(crate) item: Arc<T>,
}

impl<T: Item> Entry<T> {
    /// The resource of that name.
    pub(crate) fn find(view: &Arc<View>, name: &str) -> Option<Self> {
        let item = T::all(&view.document).get(name)?.clone();
        Some(Self { view: view.clone(), item })
    }

    /// What `item` refers to, in the same view.
    pub(crate) fn linked<L: Item>(&self, name: &str) -> Option<Entry<L>> {
        Entry::find(&self.view, name)
    }

    pub(crate) fn node_id(&self) -> ID {
        global_id(T::TYPE, self.item.name())
    }
}

/// The place of a resource in a document.
pub(crate) fn path<T: Item>(name: &str) -> Path {
    Path::new().then(T::KIND).then(name)
}

/// An id that is unique among all types; opaque to clients.
pub(crate) fn global_id(type_name: &str, key: &str) -> ID {
    ID(BASE64_URL_SAFE_NO_PAD.encode(format!("{type_name}:{key}")))
}

/// The type and key in a global id, or `None` if we never made such an id.
pub(crate) fn read_global_id(id: &ID) -> Option<(String, String)> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(id.as_str()).ok()?).ok()?;
    text.split_once(':').map(|(type_name, key)| (type_name.to_owned(), key.to_owned()))
}

macro_rules! items {
    ($($type:ident in $field:ident, $kind:ident;)+) => {$(
        impl Item for $type {
            const KIND: Kind = Kind::$kind;
            const TYPE: &'static str = stringify!($type);

            fn all(document: &Document) -> &Named<Self> {
                &document.$field
            }

            fn name(&self) -> &str {
                &self.name
            }

            fn resource(self: Arc<Self>) -> Resource {
                Resource::$type(self)
            }
        }
    )+};
}

items! {
    Route in routes, Routes;
    Upstream in upstreams, Upstreams;
    Consumer in consumers, Consumers;
    Credential in credentials, Credentials;
    UsagePlan in usage_plans, UsagePlans;
    Plugin in plugins, Plugins;
    Attachment in attachments, Attachments;
    Certificate in certificates, Certificates;
}
