//! The response, as its hook sees and changes it.

use sluice_abi::{head::ResponseHead, outcome::Operation};

use crate::{
    ResponseHeaderSlot,
    cache::CacheDirective,
    field::{FieldName, FieldValue},
    guest::Out,
    sys,
};

pub use sluice_abi::head::Source;

/// The head of a response, cut to what the plugin declared, and the changes that the hook makes to it.
///
/// In the body hook it is there for the changes: the head was the response hook's to read, so that reading it here
/// panics. Keep in the state what is needed, or ask [`current`](crate::current).
#[derive(Debug)]
pub struct Response<'a> {
    head: Option<ResponseHead<'a>>,
    out: &'a mut Out,
}

impl<'a> Response<'a> {
    pub(crate) fn new(head: ResponseHead<'a>, out: &'a mut Out) -> Self {
        Self { head: Some(head), out }
    }

    /// For the body hook.
    pub(crate) fn headless(out: &'a mut Out) -> Self {
        Self { head: None, out }
    }

    #[track_caller]
    fn head(&self) -> &ResponseHead<'a> {
        self.head.as_ref().expect("the head is the response hook's to read: keep in the state what the body hook needs")
    }

    /// The status code.
    #[must_use]
    #[track_caller]
    pub fn status(&self) -> u16 {
        self.head().status
    }

    /// Who made the response: the upstream, a plugin behind this one, its cache, or the gateway.
    #[must_use]
    #[track_caller]
    pub fn source(&self) -> Source {
        self.head().source
    }

    /// The length of the body in bytes; `None` when it is not known yet.
    #[must_use]
    #[track_caller]
    pub fn content_length(&self) -> Option<u64> {
        self.head().content_length
    }

    /// The value of a declared header; `None` also for a value that is not UTF-8.
    #[must_use]
    #[track_caller]
    pub fn header(&self, slot: ResponseHeaderSlot) -> Option<&'a str> {
        self.header_bytes(slot).and_then(sys::text)
    }

    /// The value of a declared header as it came.
    #[must_use]
    #[track_caller]
    pub fn header_bytes(&self, slot: ResponseHeaderSlot) -> Option<&'a [u8]> {
        self.head().headers.get(slot.position())
    }

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

    /// Changes the status code, 200 to 599.
    pub fn set_status(&mut self, status: u16) {
        self.out.operation(&Operation::SetStatus(status));
    }

    /// Notes something for the access log and for plugins whose response hooks come later, as
    /// [`Request::set_attribute`](crate::Request::set_attribute) does.
    pub fn set_attribute(&mut self, name: &str, value: &str) {
        self.out.set_attribute(name, value);
    }

    /// Keeps the response that the client is sent in the attachment's cache, once it has been sent whole.
    /// Needs the grant `cache`.
    ///
    /// [`Flow::serve_cached`](crate::Flow::serve_cached) answers with it; its body may have 1 MiB.
    pub fn store(&mut self, directive: &CacheDirective) {
        self.out.operation(&Operation::StoreResponse(&directive.encoded()));
    }
}
