//! The request, as its hook sees and changes it.

use sluice_abi::{head::RequestHead, wire::Wants};

use crate::{
    HeaderSlot,
    field::{FieldName, FieldValue},
    guest::Out,
};

/// The head of a request, cut to what the plugin declared, and the changes that the hook makes to it.
///
/// Reading borrows from the host's buffer and writing fills another: neither allocates.
/// Changes show to the plugins behind this one and to the upstream, never in this value.
#[derive(Debug)]
pub struct Request<'a> {
    head: RequestHead<'a>,
    wants: Wants,
    out: &'a mut Out,
}

// === impl Request: reading ===

impl<'a> Request<'a> {
    pub(crate) fn new(head: RequestHead<'a>, wants: Wants, out: &'a mut Out) -> Self {
        Self { head, wants, out }
    }

    /// The method, in upper case for all standard ones.
    #[must_use]
    pub fn method(&self) -> &'a str {
        self.head.method
    }

    /// The normalised path: it begins with '/', has no dot segments and no query.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.head.path
    }

    /// The length of the body in bytes: 0 when there is none, `None` when it is not known yet.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.head.content_length
    }

    /// The query without its '?'.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_query`](crate::Setup::want_query).
    #[must_use]
    pub fn query(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::QUERY), "call setup.want_query() in new() to read the query");
        self.head.query
    }

    /// Host and port as the client sent them.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_authority`](crate::Setup::want_authority).
    #[must_use]
    pub fn authority(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::AUTHORITY), "call setup.want_authority() in new() to read the authority");
        self.head.authority
    }

    /// The client's address: an IPv4 or IPv6 address without port.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_client_ip`](crate::Setup::want_client_ip).
    #[must_use]
    pub fn client_ip(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::CLIENT_IP), "call setup.want_client_ip() in new() to read the client's address");
        self.head.client_ip
    }

    /// The consumer's name, if a plugin before this one has said who it is.
    ///
    /// # Panics
    /// If `new` did not call [`Setup::want_consumer`](crate::Setup::want_consumer).
    #[must_use]
    pub fn consumer(&self) -> Option<&'a str> {
        assert!(self.wants.has(Wants::CONSUMER), "call setup.want_consumer() in new() to read the consumer");
        self.head.consumer
    }

    /// The value of a declared header; `None` also for a value that is not UTF-8.
    #[must_use]
    pub fn header(&self, slot: HeaderSlot) -> Option<&'a str> {
        self.header_bytes(slot).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// The value of a declared header as it came.
    #[must_use]
    pub fn header_bytes(&self, slot: HeaderSlot) -> Option<&'a [u8]> {
        self.head.headers.get(slot.position())
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
}
