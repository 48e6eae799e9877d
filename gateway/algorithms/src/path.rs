//! Paths: RFC 3986, section 6.2.2, and what keeps a path from meaning more to the upstream than to the gateway.
//!
//! - Percent-encoded letters, digits, `-`, `.`, `_` and `~` are decoded, other escapes written in upper case.
//! - Printable characters that do not belong into a path are encoded.
//! - Dot segments are removed, and empty segments too: many servers take `//a` for `/a`, so a prefix must match both.
//! - An encoded slash stays encoded, since it is data to some servers.
//!   Others decode it, and then dot segments: a segment that could become one is refused.

use http::uri::PathAndQuery;

/// Why a path is not taken on. The texts are for whoever sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It does not begin with a slash, or is longer than 65 534 bytes.
    #[error("The request target is neither a path nor an http or https URL.")]
    Target,
    /// It holds a `%` that begins no escape.
    #[error("The path holds a '%' without two hex digits after it.")]
    Escape,
    /// It holds a control character, escaped or not.
    #[error("The path holds a control character.")]
    Control,
    /// It holds a backslash or a byte beyond ASCII.
    #[error("The path holds a character that must be percent-encoded.")]
    Character,
    /// Decoding a slash would bring a dot segment to light.
    #[error("The path hides a dot segment behind an encoded slash or backslash.")]
    HiddenDots,
}

/// The normal form of a path, with the query behind it untouched. A target that is normal already is cloned, not copied.
///
/// # Errors
/// [`PathError`] for a path that two servers could read differently.
pub fn normalise(target: &PathAndQuery) -> Result<PathAndQuery, PathError> {
    let path = target.path();
    if target.as_str() == "/" {
        // An empty one says the same of itself, and would be written as nothing: it comes of `#x`, or of `http://a#x`.
        return Ok(PathAndQuery::from_static("/"));
    }
    let starts_well = target.as_str().starts_with('/');
    if starts_well && is_normal(path) {
        return Ok(target.clone());
    }
    let mut normal = rewritten(path)?;
    if let Some(query) = target.query() {
        normal.push(b'?');
        normal.extend_from_slice(query.as_bytes());
    }
    PathAndQuery::try_from(normal).map_err(|_| PathError::Target)
}

/// Whether there is certainly nothing to do: the case of nearly all requests, found in one pass.
fn is_normal(path: &str) -> bool {
    let mut before = 0;
    for byte in path.bytes() {
        let starts_oddly = before == b'/' && matches!(byte, b'/' | b'.');
        if starts_oddly || !is_path_byte(byte) {
            return false;
        }
        before = byte;
    }
    true
}

fn rewritten(path: &str) -> Result<Vec<u8>, PathError> {
    let path = path.strip_prefix('/').ok_or(PathError::Target)?;
    let mut normal: Vec<u8> = Vec::with_capacity(path.len() + 1);
    let mut open = false;
    for segment in path.split('/') {
        let start = normal.len();
        normal.push(b'/');
        decode(segment, &mut normal)?;
        let segment = &normal[start + 1..];
        open = matches!(segment, b"" | b"." | b"..");
        match segment {
            b"" | b"." => normal.truncate(start),
            b".." => {
                normal.truncate(start);
                normal.truncate(normal.iter().rposition(|byte| *byte == b'/').unwrap_or(0));
            }
            segment if hides_dots(segment) => return Err(PathError::HiddenDots),
            _ => {}
        }
    }
    if open || normal.is_empty() {
        normal.push(b'/');
    }
    Ok(normal)
}

/// Appends a segment with its escapes in normal form.
fn decode(segment: &str, normal: &mut Vec<u8>) -> Result<(), PathError> {
    let mut bytes = segment.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let digits = (bytes.next().and_then(hex), bytes.next().and_then(hex));
                let (Some(high), Some(low)) = digits else { return Err(PathError::Escape) };
                match high << 4 | low {
                    0..0x20 | 0x7f => return Err(PathError::Control),
                    byte if is_unreserved(byte) => normal.push(byte),
                    byte => escape(byte, normal),
                }
            }
            byte if is_path_byte(byte) => normal.push(byte),
            // A backslash is a slash to some servers, and bytes beyond ASCII are read in many ways.
            b'\\' | 0x80.. => return Err(PathError::Character),
            0..0x20 | 0x7f => return Err(PathError::Control),
            byte => escape(byte, normal),
        }
    }
    Ok(())
}

/// Whether a part between encoded slashes or backslashes is a dot segment.
fn hides_dots(segment: &[u8]) -> bool {
    let mut hidden = false;
    let mut start = 0;
    let mut ends = segment
        .windows(3)
        .enumerate()
        .filter(|(_, window)| matches!(*window, b"%2F" | b"%5C"))
        .map(|(at, _)| at)
        .peekable();
    if ends.peek().is_none() {
        return false;
    }
    for end in ends.chain([segment.len()]) {
        hidden |= matches!(&segment[start..end], b"." | b"..");
        start = end + 3;
    }
    hidden
}

fn escape(byte: u8, normal: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    normal.extend_from_slice(&[b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| digit.try_into().ok())
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// `pchar` of RFC 3986 without escapes, and the slash.
fn is_path_byte(byte: u8) -> bool {
    const SUB_DELIMS: &[u8] = b"!$&'()*+,;=";
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            let c = byte as u8;
            table[byte] = c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'_' | b'~' | b':' | b'@' | b'/');
            byte += 1;
        }
        let mut delimiter = 0;
        while delimiter < SUB_DELIMS.len() {
            table[SUB_DELIMS[delimiter] as usize] = true;
            delimiter += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn normal(target: &str) -> Result<String, PathError> {
        let target: PathAndQuery = target.parse().map_err(|_| PathError::Target)?;
        normalise(&target).map(|target| target.to_string())
    }

    #[test]
    fn an_empty_target_is_the_root_where_it_is_written_too() {
        for target in ["", "#a", "#/a?b"] {
            let target = PathAndQuery::try_from(target).unwrap_or(PathAndQuery::from_static("/"));
            assert_eq!(http::Uri::from(normalise(&target).unwrap()).to_string(), "/");
        }
    }

    #[test]
    fn paths_take_their_normal_form() {
        for (given, expected) in [
            ("/", "/"),
            ("/a/b.c?x=%zz&y=/../", "/a/b.c?x=%zz&y=/../"),
            ("/%61%2d%7E", "/a-~"),
            ("/a%2fb%3a", "/a%2Fb%3A"),
            ("/a/./b/../c", "/a/c"),
            ("/a/..", "/"),
            ("/a/b/..", "/a/"),
            ("/a/.", "/a/"),
            ("/../../a", "/a"),
            ("/%2e%2E/a", "/a"),
            ("/a/%2e%2e/b", "/b"),
            ("//a///b//", "/a/b/"),
            ("/.well-known/x", "/.well-known/x"),
            ("/...", "/..."),
            ("/a%2F..b", "/a%2F..b"),
            ("/%252e%252e/a", "/%252e%252e/a"),
            ("/a|b^c", "/a%7Cb%5Ec"),
            ("/%E4", "/%E4"),
            ("?q", "/?q"),
        ] {
            assert_eq!(normal(given).as_deref(), Ok(expected), "{given:?}");
        }
    }

    #[test]
    fn paths_that_could_mean_two_things_are_refused() {
        for (given, expected) in [
            ("/%", PathError::Escape),
            ("/%2", PathError::Escape),
            ("/%2x", PathError::Escape),
            ("/%00", PathError::Control),
            ("/a%0d%0ab", PathError::Control),
            ("/%7f", PathError::Control),
            ("/a\\b", PathError::Character),
            ("/ä", PathError::Character),
            ("/a/..%2fb", PathError::HiddenDots),
            ("/a/%2e%2e%5Cb", PathError::HiddenDots),
            ("/a%2F..", PathError::HiddenDots),
            ("/a%2F.%2Fb", PathError::HiddenDots),
        ] {
            assert_eq!(normal(given), Err(expected), "{given:?}");
        }
    }

    proptest! {
        #[test]
        fn a_normal_path_stays_as_it_is(path in "/[a-zA-Z0-9%./\\-~:@2eEfF5cC\"|]{0,24}") {
            if let Ok(once) = normal(&path) {
                prop_assert_eq!(normal(&once), Ok(once.clone()));
                prop_assert!(once.starts_with('/') && !once.contains("//"), "{}", once);
                prop_assert!(!once.split('/').any(|segment| matches!(segment, "." | "..")), "{}", once);
            }
        }

        #[test]
        fn what_is_called_normal_is_what_rewriting_leaves_alone(path in "/[a-zA-Z0-9%./~]{0,16}") {
            if is_normal(&path) {
                prop_assert_eq!(rewritten(&path), Ok(path.into_bytes()));
            }
        }
    }
}
