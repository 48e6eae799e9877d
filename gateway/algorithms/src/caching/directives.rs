//! Cache-Control, of requests and of responses (RFC 9111, section 5.2).
//!
//! Read as tolerantly as is safe: names in any case of letters, arguments with and without quotes, unknown ones left aside.

mod dictionary;
mod request;
mod response;

use std::borrow::Cow;

use http::{HeaderMap, header::CACHE_CONTROL};

use super::fields;

pub use self::{
    request::{MaxStale, RequestDirectives},
    response::ResponseDirectives,
};

/// A name and what stands behind its `=`, without quotes.
struct Directive<'a> {
    name: &'a [u8],
    argument: Option<Cow<'a, [u8]>>,
}

impl<'a> Directive<'a> {
    fn new(element: &'a [u8]) -> Self {
        match element.iter().position(|byte| *byte == b'=') {
            Some(at) => {
                let argument = fields::unquoted(element[at + 1..].trim_ascii());
                Self { name: element[..at].trim_ascii(), argument: Some(argument) }
            }
            None => Self { name: element, argument: None },
        }
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// The directives of `Cache-Control`, in order.
fn cache_control(headers: &HeaderMap) -> impl Iterator<Item = Directive<'_>> {
    fields::elements(headers, CACHE_CONTROL).map(Directive::new)
}
