//! What is read out of cookies and queries.

/// The values of all cookies of that name in the field `cookie` (RFC 6265, section 4.2.1): which of them counts is for the
/// upstream to know. None if there is no such cookie.
pub(crate) fn cookie(field: &[u8], name: &str) -> Option<Vec<u8>> {
    let pairs = field.split(|byte| *byte == b';').map(<[u8]>::trim_ascii);
    let values: Vec<&[u8]> = pairs.filter_map(|pair| pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")).collect();
    // No value has a semicolon in it.
    (!values.is_empty()).then(|| values.join(&b";"[..]))
}

/// The parameters of a query that are among `names`, in the order in which they come.
pub(crate) fn only(query: &str, names: &[String]) -> String {
    let kept = query.split('&').filter(|parameter| names.iter().any(|name| is(parameter, name)));
    kept.collect::<Vec<_>>().join("&")
}

/// Whether a query has a parameter of one of these names.
pub(crate) fn has(query: &str, names: &[String]) -> bool {
    query.split('&').any(|parameter| names.iter().any(|name| is(parameter, name)))
}

/// Whether a parameter may have this name: some upstreams separate parameters by semicolons, too, so one with any counts.
fn is(parameter: &str, name: &str) -> bool {
    parameter.contains(';') || decoded(parameter.split('=').next().unwrap_or_default()) == name.as_bytes()
}

/// As forms are decoded (WHATWG URL, section 5.1).
fn decoded(text: &str) -> Vec<u8> {
    let (mut bytes, mut decoded) = (text.as_bytes(), Vec::new());
    while let [first, rest @ ..] = bytes {
        (decoded, bytes) = match (first, rest) {
            (b'%', [high, low, rest @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| (*byte as char).to_digit(16).unwrap_or_default() as u8;
                (push(decoded, digit(high) * 16 + digit(low)), rest)
            }
            (b'+', rest) => (push(decoded, b' '), rest),
            (byte, rest) => (push(decoded, *byte), rest),
        };
    }
    decoded
}

fn push(mut bytes: Vec<u8>, byte: u8) -> Vec<u8> {
    bytes.push(byte);
    bytes
}

/// A part of the key that may be absent, told apart from an empty one.
pub(crate) fn optional(value: Option<impl AsRef<[u8]>>) -> Vec<u8> {
    match value {
        Some(value) => [b"=", value.as_ref()].concat(),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let field = b"theme=dark; session=a=b;x=";
        assert_eq!(cookie(field, "session"), Some(b"a=b".to_vec()));
        assert_eq!(cookie(field, "x"), Some(Vec::new()));
        assert_eq!([cookie(field, "the"), cookie(field, "ession"), cookie(b"", "x")], [None, None, None]);
        assert_eq!(cookie(b"a=1; a=2", "a"), Some(b"1;2".to_vec()), "all of them count");
    }

    #[test]
    fn a_query_is_cut_to_what_matters_in_its_order() {
        let wanted = names(&["page", "q"]);
        for (query, expected) in [
            ("utm=1&q=a&page=2", "q=a&page=2"),
            ("page=1&page=2", "page=1&page=2"),
            ("pages=1&q", "q"),
            ("", ""),
            ("utm=1", ""),
            ("p%61ge=9&PAGE=1", "p%61ge=9"),
            ("utm=1;page=2", "utm=1;page=2"),
            ("p%6=1&%zz", ""),
        ] {
            assert_eq!(only(query, &wanted), expected, "{query}");
        }
        assert!(has("a=1&preview", &names(&["preview"])) && !has("previews=1", &names(&["preview"])));
    }

    #[test]
    fn an_absent_part_is_none_that_is_empty() {
        assert_ne!(optional(None::<&[u8]>), optional(Some(b"")));
    }
}
