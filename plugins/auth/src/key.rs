//! API keys, in a header, in the query or in a cookie.

use sluice_sdk::prelude::*;

use crate::{Claim, caller::Caller, method::Presented, refusal::Refusal, settings::ApiKey};

/// The header unless another place is given.
const HEADER: &str = "x-api-key";

/// The longest path and query that the host takes, in bytes.
const TARGET: usize = 65_534;

/// Where keys are, in the order in which they are looked for, and whether they go on.
#[derive(Debug)]
pub(crate) struct ApiKeys {
    header: Option<(HeaderSlot, HeaderName)>,
    query: Option<String>,
    cookie: Option<Cookie>,
    forward: bool,
}

#[derive(Debug)]
struct Cookie {
    name: String,
    slot: HeaderSlot,
    header: HeaderName,
}

impl ApiKeys {
    pub(crate) fn new(settings: &ApiKey, setup: &mut Setup) -> Self {
        if settings.query.is_some() {
            setup.want_query();
        }
        Self {
            header: header(settings).map(|name| (setup.request_header(name), setup.header_name(name))),
            query: settings.query.clone(),
            cookie: settings.cookie.as_ref().map(|name| Cookie {
                name: name.clone(),
                slot: setup.request_header("cookie"),
                header: setup.header_name("cookie"),
            }),
            forward: settings.forward,
        }
    }

    /// The first key that is there. One that is there twice is none.
    pub(crate) fn find<'r>(&self, request: &Request<'r>) -> Option<Presented<'r>> {
        let in_header = self.header.and_then(|(slot, _)| request.header_bytes(slot)).map(Some);
        in_header.or_else(|| self.in_query(request)).or_else(|| self.in_cookie(request)).map(Presented)
    }

    /// The caller whose key this is.
    pub(crate) fn verify(Presented(key): Presented<'_>) -> Claim {
        let key = key.and_then(|key| std::str::from_utf8(key).ok());
        key.and_then(identity::identify_api_key).map(Caller::from).ok_or(Refusal::Key)
    }

    fn in_query<'r>(&self, request: &Request<'r>) -> Option<Option<&'r [u8]>> {
        let name = self.query.as_deref()?;
        only(request.query()?.as_bytes(), b'&', name)
    }

    fn in_cookie<'r>(&self, request: &Request<'r>) -> Option<Option<&'r [u8]>> {
        let Cookie { name, slot, .. } = self.cookie.as_ref()?;
        only(request.header_bytes(*slot)?, b';', name)
    }

    /// Takes the keys away that the upstream is not to see.
    ///
    /// # Errors
    /// [`Refusal::Long`].
    pub(crate) fn strip(&self, request: &mut Request<'_>) -> Result<(), Refusal> {
        if self.forward {
            return Ok(());
        }
        if let Some((slot, header)) = self.header
            && request.header_bytes(slot).is_some()
        {
            request.remove_header(header);
        }
        self.strip_cookie(request);
        self.strip_query(request)
    }

    fn strip_query(&self, request: &mut Request<'_>) -> Result<(), Refusal> {
        match self.query_without_key(request).as_deref() {
            None => {}
            Some("") => request.remove_query(),
            Some(rest) if request.path().len() + 1 + rest.len() > TARGET => return Err(Refusal::Long),
            Some(rest) => request.set_query(rest),
        }
        Ok(())
    }

    /// What is left of a query that has a key; none if it stays as it is.
    pub(crate) fn query_without_key(&self, request: &Request<'_>) -> Option<String> {
        let name = self.query.as_deref().filter(|_| !self.forward)?;
        without(request.query()?.as_bytes(), b'&', name).as_deref().map(encoded)
    }

    fn strip_cookie(&self, request: &mut Request<'_>) {
        let Some(Cookie { name, slot, header }) = &self.cookie else { return };
        let rest = request.header_bytes(*slot).and_then(|cookies| without(cookies, b';', name));
        match rest.as_deref().map(<[u8]>::trim_ascii) {
            None => {}
            Some(b"") => request.remove_header(*header),
            Some(rest) => request.set_header(*header, rest),
        }
    }
}

/// The header that is looked at.
pub(crate) fn header(settings: &ApiKey) -> Option<&str> {
    let elsewhere = settings.query.is_some() || settings.cookie.is_some();
    settings.header.as_deref().or((!elsewhere).then_some(HEADER))
}

/// The value of the only pair of that name.
fn only<'p>(pairs: &'p [u8], between: u8, name: &str) -> Option<Option<&'p [u8]>> {
    let mut values = pairs.split(|byte| *byte == between).filter_map(|pair| value(pair, name));
    let first = values.next()?;
    Some(values.next().is_none().then_some(first))
}

/// All pairs but those of that name; none if there is none of it.
fn without(pairs: &[u8], between: u8, name: &str) -> Option<Vec<u8>> {
    let all = || pairs.split(|byte| *byte == between);
    all().any(|pair| value(pair, name).is_some()).then(|| {
        let others: Vec<&[u8]> = all().filter(|pair| value(pair, name).is_none()).collect();
        others.join(&between)
    })
}

/// The value of a pair, if it has that name.
fn value<'p>(pair: &'p [u8], name: &str) -> Option<&'p [u8]> {
    let pair = pair.trim_ascii();
    match pair.iter().position(|byte| *byte == b'=') {
        Some(at) => (&pair[..at] == name.as_bytes()).then(|| &pair[at + 1..]),
        None => (pair == name.as_bytes()).then_some(b""),
    }
}

/// A query with nothing in it but what the host takes: clients may send bytes beyond ASCII as they are (RFC 3986, 2.1).
fn encoded(query: &[u8]) -> String {
    query.iter().fold(String::with_capacity(query.len()), |mut text, byte| {
        match byte.is_ascii_graphic() && *byte != b'#' {
            true => text.push(char::from(*byte)),
            false => text.push_str(&format!("%{byte:02X}")),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_found_by_its_whole_name() {
        for (pairs, expected) in [
            (&b"key=k"[..], Some(Some(&b"k"[..]))),
            (b"a=1&key=k&b=2", Some(Some(b"k"))),
            (b"key=a=b", Some(Some(b"a=b"))),
            (b"key", Some(Some(b""))),
            (b"key=1&key=2", Some(None)),
            (b"monkey=1&keys=2&KEY=3", None),
            (b"", None),
        ] {
            assert_eq!(only(pairs, b'&', "key"), expected, "{pairs:?}");
        }
        assert_eq!(only(b"a=1; key=k ;b=2", b';', "key"), Some(Some(&b"k"[..])));
    }

    #[test]
    fn what_is_taken_away_leaves_the_others_as_they_were() {
        for (pairs, expected) in [
            (&b"key=k"[..], Some(&b""[..])),
            (b"a=1&key=k&b=%20", Some(b"a=1&b=%20")),
            (b"key=1&a&key=2", Some(b"a")),
            (b"a=1&&b=2", None),
        ] {
            assert_eq!(without(pairs, b'&', "key").as_deref(), expected, "{pairs:?}");
        }
        assert_eq!(without(b"a=1; key=k; b=2", b';', "key").as_deref(), Some(&b"a=1; b=2"[..]));
        assert_eq!(without(b"key=k; b=2", b';', "key").as_deref(), Some(&b" b=2"[..]));
    }
}
