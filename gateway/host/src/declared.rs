//! What a configured instance declared, with its header names parsed once.
//!
//! Each instance has its own: a name that is no standard one is reference-counted, and a count shared by workers
//! would be written by all of them for each mutation.

use http::{HeaderName, header::COOKIE};
use sluice_abi::{
    outcome::is_reserved,
    wire::{Declaration, Wants},
};

/// The most names in one list.
const NAMES: usize = 256;

/// What to hand to the guest, and the names that it writes.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) wants: Wants,
    pub(crate) request_headers: Vec<Wanted>,
    pub(crate) response_headers: Vec<Wanted>,
    pub(crate) header_names: Vec<HeaderName>,
}

/// A header that the guest reads.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) name: HeaderName,
    /// Between its field lines (RFC 9110 section 5.3, RFC 9113 section 8.2.3 for `cookie`).
    pub(crate) separator: &'static [u8],
}

impl Declared {
    /// Parses the names.
    ///
    /// # Errors
    /// A sentence that names the list, the name and the remedy.
    pub(crate) fn new(declaration: &Declaration) -> Result<Self, String> {
        let header_names = names("header_names", &declaration.header_names)?;
        if let Some(reserved) = header_names.iter().find(|name| is_reserved(name.as_str())) {
            return Err(format!("header_names has {reserved:?}, which the gateway sets itself: leave it alone"));
        }
        Ok(Self {
            wants: declaration.wants,
            request_headers: wanted("request_headers", &declaration.request_headers)?,
            response_headers: wanted("response_headers", &declaration.response_headers)?,
            header_names,
        })
    }
}

fn wanted(list: &str, declared: &[String]) -> Result<Vec<Wanted>, String> {
    let names = names(list, declared)?;
    Ok(names.into_iter().map(|name| Wanted { separator: separator(&name), name }).collect())
}

fn names(list: &str, declared: &[String]) -> Result<Vec<HeaderName>, String> {
    if declared.len() > NAMES {
        return Err(format!("{list} has {} names: declare at most {NAMES}", declared.len()));
    }
    let parse = |name: &String| {
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("{list} has {name:?}, which is no header name"))
    };
    declared.iter().map(parse).collect()
}

fn separator(name: &HeaderName) -> &'static [u8] {
    match *name == COOKIE {
        true => b"; ",
        false => b", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_once_and_in_order() {
        let declaration = Declaration {
            request_headers: vec!["Cookie".into(), "x-key".into()],
            header_names: vec!["x-plan".into()],
            ..Declaration::default()
        };
        let declared = Declared::new(&declaration).expect("sound");
        let request: Vec<_> = declared.request_headers.iter().map(|it| (it.name.as_str(), it.separator)).collect();
        assert_eq!(request, [("cookie", &b"; "[..]), ("x-key", b", ")]);
        assert_eq!(declared.header_names[0], "x-plan");
    }

    #[test]
    fn a_name_that_is_none_is_quoted_with_its_list() {
        let declaration = Declaration { response_headers: vec!["a b".into()], ..Declaration::default() };
        let error = Declared::new(&declaration).expect_err("no name");
        assert_eq!(error, r#"response_headers has "a b", which is no header name"#);
    }

    #[test]
    fn a_plugin_cannot_write_what_frames_messages() {
        let declaration = Declaration { header_names: vec!["Transfer-Encoding".into()], ..Declaration::default() };
        let error = Declared::new(&declaration).expect_err("reserved");
        assert!(error.contains("transfer-encoding"), "{error}");
        let reading = Declaration { request_headers: vec!["host".into()], ..Declaration::default() };
        assert!(Declared::new(&reading).is_ok());
    }

    #[test]
    fn a_list_without_end_is_refused() {
        let declaration = Declaration { header_names: vec!["a".into(); NAMES + 1], ..Declaration::default() };
        assert!(Declared::new(&declaration).is_err());
    }
}
