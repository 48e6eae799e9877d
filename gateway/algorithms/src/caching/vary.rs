//! Which fields of requests select a stored response (RFC 9111, section 4.1).

use http::{
    HeaderMap, HeaderName,
    header::{ACCEPT, ACCEPT_CHARSET, ACCEPT_ENCODING, ACCEPT_LANGUAGE, VARY},
};

use super::{
    fields::{self, Split},
    write_part,
};

/// The most fields that a response may vary on. More than that is nothing that two requests would have in common.
const MOST_NAMES: usize = 16;

/// What a response varies on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vary {
    /// More than can be told from fields: it matches no other request.
    Any,
    /// The values of these fields, in order, each once.
    Fields(Box<[HeaderName]>),
}

/// What a response varies on; none if nothing.
#[must_use]
pub fn vary(headers: &HeaderMap) -> Option<Vary> {
    fields::elements(headers, VARY).next()?;
    // What is no name, or `*`, cannot be compared.
    let is_any = fields::elements(headers, VARY).any(|name| name == b"*");
    let names = fields::names(fields::elements(headers, VARY)).filter(|_| !is_any);
    let Some(mut names) = names else { return Some(Vary::Any) };
    names.sort_unstable_by(|one, other| one.as_str().cmp(other.as_str()));
    names.dedup();
    Some(match names.len() <= MOST_NAMES {
        true => Vary::Fields(names.into()),
        false => Vary::Any,
    })
}

/// Writes the values of the fields that select, in a form that is the same for requests that mean the same, and for no others.
pub fn selecting(names: &[HeaderName], request: &HeaderMap, mut write: impl FnMut(&[u8])) {
    for name in names {
        write_part(name.as_str().as_bytes(), &mut write);
        match request.contains_key(name) {
            true => {
                write(&[1]);
                write_part(&normalised(name, request), &mut write);
            }
            // Absent matches only absent, not empty.
            false => write(&[0]),
        }
    }
}

/// The lines of a field as one. That is all that is safe for a field that may not be a list; of those known to be one, blanks
/// around elements and empty elements go as well.
fn normalised(name: &HeaderName, request: &HeaderMap) -> Vec<u8> {
    let lines = request.get_all(name).iter().map(|line| line.as_bytes().trim_ascii());
    match name {
        // Codings, languages, charsets and the `q` of their weights are compared without regard to case (RFC 9110, sections
        // 8.3.2, 8.4.1 and 12.4.2; RFC 4647, section 2), and nothing in them is quoted. The order stays: origins may heed it.
        name if [ACCEPT_ENCODING, ACCEPT_LANGUAGE, ACCEPT_CHARSET].contains(name) => {
            let elements = fields::elements(request, name).map(|element| {
                let parts: Vec<&[u8]> = element.split(|byte| *byte == b';').map(<[u8]>::trim_ascii).collect();
                parts.join(&b';').to_ascii_lowercase()
            });
            elements.collect::<Vec<_>>().join(&b',')
        }
        // Parameters of media types may have values in which case matters.
        name if name == ACCEPT => {
            let elements = lines.flat_map(|line| Split::new(line, b',')).filter(|element| !element.is_empty());
            elements.collect::<Vec<_>>().join(&b',')
        }
        _ => lines.collect::<Vec<_>>().join(&b", "[..]),
    }
}
