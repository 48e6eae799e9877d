//! The request, as its hook sees and changes it.

use std::time::Duration;

use sluice_abi::{head::RequestHead, outcome::Operation, wire::Wants};

use crate::{
    Admission, Caching, HeaderSlot,
    field::{FieldName, FieldValue},
    guest::Out,
    limits::Limit,
    sys,
};

/// The head of a request, cut to what the plugin declared, and the changes that the hook makes to it.
///
/// Reading borrows from the host's buffer and writing fills another: neither allocates.
/// Changes show to the plugins behind this one and to the upstream, never in this value.
///
/// In the body hook it is there for the changes: the head was the request hook's to read, so that reading it here
/// panics. Keep in the state what is needed, or ask [`current`](crate::current).
#[derive(Debug)]
pub struct Request<'a> {
    head: Option<RequestHead<'a>>,
    wants: Wants,
    out: &'a mut Out,
}

// === impl Request: reading ===

impl<'a> Request<'a> {
    pub(crate) fn new(head: RequestHead<'a>, wants: Wants, out: &'a mut Out) -> Self {
        Self { head: Some(head), wants, out }
    }

    /// For the body hook.
    pub(crate) fn headless(wants: Wants, out: &'a mut Out) -> Self {
        Self { head: None, wants, out }
    }

    #[track_caller]
    fn head(&self) -> &RequestHead<'a> {
        self.head.as_ref().expect("the head is the request hook's to read: keep in the state what the body hook needs")
    }

    /// The method, in upper case for all standard ones.
    #[must_use]
    #[track_caller]
    pub fn method(&self) -> &'a str {
        self.head().method
    }

    /// The normalised path: it begins with '/', has no dot segments and no query.
    #[must_use]
    #[track_caller]
    pub fn path(&self) -> &'a str {
        std::str::from_utf8(self.head().path).expect("the host hands over text")
    }

    /// Whether the path is `prefix` or below it: `/orders` is no prefix of `/orders-archive`.
    #[must_use]
    #[track_caller]
    pub fn is_below(&self, prefix: &str) -> bool {
        is_below(self.path(), prefix)
    }

    /// The length of the body in bytes: 0 when there is none, `None` when it is not known yet.
    #[must_use]
    #[track_caller]
    pub fn content_length(&self) -> Option<u64> {
        self.head().content_length
    }

    /// The query without its '?'.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_query`](crate::Setup::want_query).
    #[must_use]
    #[track_caller]
    pub fn query(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::QUERY), "call setup.want_query() in new() to read the query");
        self.head().query
    }

    /// Host and port as the client sent them.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_authority`](crate::Setup::want_authority).
    #[must_use]
    #[track_caller]
    pub fn authority(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::AUTHORITY), "call setup.want_authority() in new() to read the authority");
        self.head().authority
    }

    /// The client's address: an IPv4 or IPv6 address without port.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_client_ip`](crate::Setup::want_client_ip).
    #[must_use]
    #[track_caller]
    pub fn client_ip(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::CLIENT_IP), "call setup.want_client_ip() in new() to read the client's address");
        self.head().client_ip
    }

    /// The consumer's name, if a plugin before this one has said who it is.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_consumer`](crate::Setup::want_consumer).
    #[must_use]
    #[track_caller]
    pub fn consumer(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::CONSUMER), "call setup.want_consumer() in new() to read the consumer");
        self.head().consumer
    }

    /// The value of a declared header; `None` also for a value that is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn header(&self, slot: HeaderSlot) -> Option<&'a str> {
        self.header_bytes(slot).and_then(sys::text)
    }

    /// The value of a declared header as it came.
    #[must_use]
    #[track_caller]
    pub fn header_bytes(&self, slot: HeaderSlot) -> Option<&'a [u8]> {
        self.head().headers.get(slot.position())
    }
}

// === impl Request: writing ===

impl Request<'_> {
    /// Replaces all field lines of that name by one.
    pub fn set_header<'n>(&mut self, name: impl Into<FieldName<'n>>, value: impl FieldValue) {
        self.out.set_header(name.into(), &value);
    }

    /// Adds a field line.
    pub fn append_header<'n>(&mut self, name: impl Into<FieldName<'n>>, value: impl FieldValue) {
        self.out.append_header(name.into(), &value);
    }

    /// Removes all field lines of that name.
    pub fn remove_header<'n>(&mut self, name: impl Into<FieldName<'n>>) {
        self.out.remove_header(name.into());
    }

    /// Says who calls, by the name of a consumer that exists. Needs the grant `identity`.
    ///
    /// Unlike the other changes it also holds when the hook answers the request itself.
    pub fn set_consumer(&mut self, name: &str) {
        self.out.set_consumer(name);
    }

    /// Changes the method, which is in upper case unless it is a method of nobody's standard.
    pub fn set_method(&mut self, method: &str) {
        self.out.operation(&Operation::SetMethod(method));
    }

    /// Changes the path, which begins with '/'; the host normalises it as it does a client's.
    /// The route stays the one that was matched, and the query stays as it is.
    pub fn set_path(&mut self, path: &str) {
        self.out.operation(&Operation::SetPath(path));
    }

    /// Changes the query, without its '?'.
    pub fn set_query(&mut self, query: &str) {
        self.out.operation(&Operation::SetQuery(query));
    }

    /// Takes the query away.
    pub fn remove_query(&mut self) {
        self.out.operation(&Operation::RemoveQuery);
    }

    /// Sends the request to another upstream, by its name. Needs the grant `upstream:NAME`.
    pub fn set_upstream(&mut self, name: &str) {
        self.out.operation(&Operation::SetUpstream(name));
    }

    /// The longest wait for the head of the response; the upstream's own timeout if that is shorter.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.out.operation(&Operation::SetTimeout(u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX)));
    }

    /// Takes `cost` from what `key` has left of a limit, once the hook has ended and goes on.
    ///
    /// All that one hook charges, at most 16 limits, is charged together or not at all: when one of them refuses, the
    /// host refuses the request, and nothing is taken from the others.
    pub fn charge(&mut self, limit: Limit, key: &str, cost: u32) {
        self.out.operation(&Operation::Charge { limit: limit.handle(), cost, key });
    }

    /// As [`Request::charge`]: takes `cost` from the usage plan of the consumer, of its throttle and of its quota.
    ///
    /// Nothing is taken when it has no plan for this route: see [`limits::has_plan`](crate::limits::has_plan).
    /// Needs the grant `usage-plan`.
    pub fn charge_plan(&mut self, cost: u32) {
        self.out.operation(&Operation::ChargePlan(cost));
    }

    /// Says how important the request is, and how it waits for its upstream; the last one holds, also of several plugins.
    ///
    /// Unlike the other changes it also holds when the hook answers the request itself. Needs the grant `priority`.
    pub fn admit(&mut self, admission: Admission<'_>) {
        self.out.admit(&admission.operation());
    }

    /// Lets the request be answered from the cache in front of its upstream, and its response be stored there; the last one
    /// holds, also of several plugins. Needs the grant `cache`.
    pub fn cache(&mut self, caching: &Caching<'_>) {
        self.out.operation(&Operation::Cache(&caching.encoded()));
    }

    /// Notes something for the access log and for later plugins, which read it by
    /// [`current::attribute`](crate::current::attribute).
    ///
    /// At most 32 for a request; names have 1 to 64 bytes, values at most 1 KiB.
    /// Unlike the other changes it also holds when the hook answers the request itself.
    pub fn set_attribute(&mut self, name: &str, value: &str) {
        self.out.set_attribute(name, value);
    }
}

fn is_below(path: &str, prefix: &str) -> bool {
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || prefix.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_end_with_a_segment() {
        for (path, prefix, expected) in [
            ("/search", "/search", true),
            ("/search/a", "/search", true),
            ("/search/a", "/search/", true),
            ("/searches", "/search", false),
            ("/searches", "/", true),
            ("/a", "/search", false),
        ] {
            assert_eq!(is_below(path, prefix), expected, "{path} {prefix}");
        }
    }
}
