//! The response, as its hook sees and changes it.

use sluice_abi::{head::ResponseHead, outcome::Operation};

use crate::{
    ResponseHeaderSlot,
    field::{FieldName, FieldValue},
    guest::Out,
};

pub use sluice_abi::head::Source;

/// The head of a response, cut to what the plugin declared, and the changes that the hook makes to it.
#[derive(Debug)]
pub struct Response<'a> {
    head: ResponseHead<'a>,
    out: &'a mut Out,
}

impl<'a> Response<'a> {
    pub(crate) fn new(head: ResponseHead<'a>, out: &'a mut Out) -> Self {
        Self { head, out }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.status
    }

    /// Who made the response: the upstream, a plugin behind this one, or the gateway.
    #[must_use]
    pub fn source(&self) -> Source {
        self.head.source
    }

    /// The length of the body in bytes; `None` when it is not known yet.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.head.content_length
    }

    /// The value of a declared header; `None` also for a value that is not UTF-8.
    #[must_use]
    pub fn header(&self, slot: ResponseHeaderSlot) -> Option<&'a str> {
        self.header_bytes(slot).and_then(|value| std::str::from_utf8(value).ok())
    }

    /// The value of a declared header as it came.
    #[must_use]
    pub fn header_bytes(&self, slot: ResponseHeaderSlot) -> Option<&'a [u8]> {
        self.head.headers.get(slot.position())
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
}
