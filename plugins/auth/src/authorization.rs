//! The header `authorization`: a scheme and what it takes (RFC 9110, 11.4).

/// What stands behind a scheme, whose name has no case. `scheme` is in lower case.
pub(crate) fn credentials<'v>(value: &'v [u8], scheme: &str) -> Option<&'v [u8]> {
    let (name, rest) = value.split_at_checked(scheme.len())?;
    let ours = name.eq_ignore_ascii_case(scheme.as_bytes()) && matches!(rest.first(), None | Some(b' '));
    ours.then(|| rest.trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_has_no_case_and_is_a_whole_word() {
        let cases: [(&str, Option<&str>); 6] = [
            ("Bearer a.b.c", Some("a.b.c")),
            ("bEARER   a.b.c", Some("a.b.c")),
            ("Bearer", Some("")),
            ("Bearerx a", None),
            ("Basic dTpw", None),
            ("", None),
        ];
        for (value, token) in cases {
            assert_eq!(credentials(value.as_bytes(), "bearer"), token.map(str::as_bytes), "{value:?}");
        }
    }
}
