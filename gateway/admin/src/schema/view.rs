//! One revision of the configuration as resolvers read it, with the links between its resources.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use gateway_config::Service;
use gateway_model::{Attachment, Consumer, Credential, Document, Named, Route};
use parking_lot::Mutex;

/// A document and its number. Links against the direction of references are made when first asked for.
#[derive(Debug)]
pub(crate) struct View {
    pub(crate) revision: u64,
    pub(crate) document: Arc<Document>,
    routes_by_upstream: OnceLock<Links<Route>>,
    consumers_by_plan: OnceLock<Links<Consumer>>,
    credentials_by_consumer: OnceLock<Links<Credential>>,
    attachments_by_plugin: OnceLock<Links<Attachment>>,
    attachments_by_route: OnceLock<Links<Attachment>>,
}

/// Resources by the name of another one that they refer to.
type Links<T> = HashMap<String, Named<T>>;

/// The newest view, shared by the requests that read the same revision, so that its links are made once.
pub(crate) struct Views {
    service: Service,
    /// Held to compare and replace a pointer, never while a view is read.
    newest: Mutex<Arc<View>>,
}

impl Views {
    pub(crate) fn new(service: Service) -> Self {
        let newest = Mutex::new(Arc::new(View::of(&service)));
        Self { service, newest }
    }

    /// What is published now.
    pub(crate) fn newest(&self) -> Arc<View> {
        let (revision, document) = self.service.document();
        let mut newest = self.newest.lock();
        if newest.revision != revision {
            *newest = Arc::new(View::new(revision, document));
        }
        newest.clone()
    }
}

impl View {
    pub(crate) fn new(revision: u64, document: Arc<Document>) -> Self {
        Self {
            revision,
            document,
            routes_by_upstream: OnceLock::new(),
            consumers_by_plan: OnceLock::new(),
            credentials_by_consumer: OnceLock::new(),
            attachments_by_plugin: OnceLock::new(),
            attachments_by_route: OnceLock::new(),
        }
    }

    /// What is published now.
    pub(crate) fn of(service: &Service) -> Self {
        let (revision, document) = service.document();
        Self::new(revision, document)
    }

    pub(crate) fn routes_of_upstream(&self, name: &str) -> Named<Route> {
        let links = || link_all(&self.document.routes, |route| route.upstreams().map(|(_, name)| name));
        self.routes_by_upstream.get_or_init(links).get(name).cloned().unwrap_or_default()
    }

    pub(crate) fn consumers_of_plan(&self, name: &str) -> Named<Consumer> {
        let links = || link_all(&self.document.consumers, |consumer| consumer.usage_plans.iter().map(String::as_str));
        self.consumers_by_plan.get_or_init(links).get(name).cloned().unwrap_or_default()
    }

    pub(crate) fn credentials_of_consumer(&self, name: &str) -> Named<Credential> {
        let links = || link(&self.document.credentials, |credential| Some(&credential.consumer));
        self.credentials_by_consumer.get_or_init(links).get(name).cloned().unwrap_or_default()
    }

    pub(crate) fn attachments_of_plugin(&self, name: &str) -> Named<Attachment> {
        let links = || link(&self.document.attachments, |attachment| Some(&attachment.plugin));
        self.attachments_by_plugin.get_or_init(links).get(name).cloned().unwrap_or_default()
    }

    /// Attachments to this route alone, without those to every route.
    pub(crate) fn attachments_of_route(&self, name: &str) -> Named<Attachment> {
        let links = || link(&self.document.attachments, |attachment| attachment.route.as_deref());
        self.attachments_by_route.get_or_init(links).get(name).cloned().unwrap_or_default()
    }
}

fn link<T>(all: &Named<T>, target: impl Fn(&T) -> Option<&str>) -> Links<T> {
    link_all(all, |item| target(item).into_iter())
}

fn link_all<'a, T, N: Iterator<Item = &'a str>>(all: &'a Named<T>, targets: impl Fn(&'a T) -> N) -> Links<T> {
    let mut links = Links::new();
    for (name, item) in all {
        for target in targets(item) {
            links.entry(target.to_owned()).or_default().insert(name.clone(), item.clone());
        }
    }
    links
}
