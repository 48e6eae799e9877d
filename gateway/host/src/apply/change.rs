//! Changes of something else than a header.

use std::{sync::Arc, time::Duration};

use gateway_model::Identity;
use http::{Method, StatusCode, uri::PathAndQuery};

use crate::call::{Admission, Attributes, Caching, Charge, Charges, StoreResponse, Way};

/// A change that passed all checks. One that has no place where it is applied was refused, or looked at, before.
#[derive(Debug)]
pub(crate) enum Change {
    Status(StatusCode),
    Consumer(Arc<Identity>),
    Method(Method),
    Target(PathAndQuery),
    Upstream(Box<str>),
    Timeout(Duration),
    Attribute(Box<str>, Box<str>),
    Store(Box<StoreResponse>),
    Charge(Charge),
    Admit(Box<Admission>),
    Cache(Box<Caching>),
}

/// What changes of a request apply to, but for its headers.
pub(super) struct OnRequest<'a> {
    pub(super) method: &'a mut Method,
    pub(super) target: &'a mut PathAndQuery,
    pub(super) consumer: &'a mut Option<Arc<Identity>>,
    pub(super) attributes: &'a mut Attributes,
    pub(super) way: &'a mut Way,
    pub(super) charges: &'a mut Charges,
}

/// What changes of a response apply to, but for its headers.
pub(super) struct OnResponse<'a> {
    pub(super) status: &'a mut StatusCode,
    pub(super) attributes: &'a mut Attributes,
    pub(super) store: &'a mut Option<StoreResponse>,
}

impl OnRequest<'_> {
    pub(super) fn apply(&mut self, change: Change) {
        match change {
            Change::Consumer(identity) => *self.consumer = Some(identity),
            Change::Method(method) => *self.method = method,
            Change::Target(target) => *self.target = target,
            Change::Upstream(name) => self.way.upstream = Some(name),
            Change::Timeout(timeout) => self.way.timeout = Some(timeout),
            Change::Attribute(name, value) => self.attributes.set(name, value),
            Change::Charge(charge) => self.charges.push(charge),
            Change::Admit(admission) => self.way.admission = Some(admission),
            Change::Cache(caching) => self.way.caching = Some(caching),
            Change::Status(_) | Change::Store(_) => {}
        }
    }
}

impl OnResponse<'_> {
    pub(super) fn apply(&mut self, change: Change) {
        match change {
            Change::Status(status) => *self.status = status,
            Change::Attribute(name, value) => self.attributes.set(name, value),
            Change::Store(response) => *self.store = Some(*response),
            Change::Consumer(_)
            | Change::Method(_)
            | Change::Target(_)
            | Change::Upstream(_)
            | Change::Timeout(_)
            | Change::Charge(_)
            | Change::Admit(_)
            | Change::Cache(_) => {}
        }
    }
}
