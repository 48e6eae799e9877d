//! What the lower tiers keep of an entry beside its body, and how it comes back.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use gateway_algorithms::caching::{Freshness, LifetimeSource, Time};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

use super::{entry::EntryHead, record::HEAD};

/// The form below. What has another one is not read.
const FORM: u8 = 2;

/// What a record is about.
#[derive(Debug)]
pub(super) enum Kept {
    Response(Box<EntryHead>),
    Varies(Arc<[HeaderName]>),
    /// What was requested until then is no longer so.
    Invalidated(Time),
}

/// As it is written: postcard, behind a byte for the form.
#[derive(Serialize, Deserialize)]
enum Written<'h> {
    #[serde(borrow)]
    Response(Box<Response<'h>>),
    #[serde(borrow)]
    Varies(Vec<&'h str>),
    Invalidated(u64),
}

#[derive(Serialize, Deserialize)]
struct Response<'h> {
    status: u16,
    for_anyone: bool,
    requested: u64,
    revision: u64,
    url: &'h str,
    #[serde(borrow)]
    tags: Vec<&'h str>,
    #[serde(borrow)]
    headers: Vec<(&'h str, &'h [u8])>,
    freshness: Times,
}

/// [`Freshness`], in milliseconds.
#[derive(Serialize, Deserialize)]
struct Times {
    received: u64,
    initial_age: u64,
    lifetime: u64,
    /// Its place in [`SOURCES`].
    source: u8,
    no_cache: bool,
    must_revalidate: bool,
    s_maxage: bool,
    immutable: bool,
    stale_while_revalidate: Option<u64>,
    stale_if_error: Option<u64>,
    validators: bool,
}

const SOURCES: [LifetimeSource; 4] =
    [LifetimeSource::Explicit, LifetimeSource::Heuristic, LifetimeSource::Override, LifetimeSource::Default];

// === writing ===

/// The head of a record of a response; none when it is too long for one.
pub(super) fn response(head: &EntryHead) -> Option<Bytes> {
    let headers = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    write(&Written::Response(Box::new(Response {
        status: head.status.as_u16(),
        for_anyone: head.for_anyone,
        requested: head.requested.0,
        revision: head.revision,
        url: &head.url,
        tags: head.tags.iter().map(|tag| &**tag).collect(),
        headers,
        freshness: Times::of(&head.freshness),
    })))
}

pub(super) fn varies(names: &[HeaderName]) -> Option<Bytes> {
    write(&Written::Varies(names.iter().map(HeaderName::as_str).collect()))
}

pub(super) fn invalidated(at: Time) -> Option<Bytes> {
    write(&Written::Invalidated(at.0))
}

fn write(written: &Written<'_>) -> Option<Bytes> {
    let bytes = postcard::to_extend(written, vec![FORM]).ok()?;
    (bytes.len() <= HEAD).then(|| bytes.into())
}

// === reading ===

/// What the head of a record says; none when it is of another form.
pub(super) fn read(head: &[u8]) -> Option<Kept> {
    let written = head.strip_prefix(&[FORM])?;
    match postcard::from_bytes(written).ok()? {
        Written::Response(response) => response.read().map(Box::new).map(Kept::Response),
        Written::Varies(names) => {
            let names = names.into_iter().map(|name| HeaderName::try_from(name).ok());
            Some(Kept::Varies(names.collect::<Option<_>>()?))
        }
        Written::Invalidated(at) => Some(Kept::Invalidated(Time(at))),
    }
}

impl Response<'_> {
    fn read(&self) -> Option<EntryHead> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            // Whoever can write to the store could write more fields than there may be.
            headers.try_append(HeaderName::try_from(*name).ok()?, HeaderValue::from_bytes(value).ok()?).ok()?;
        }
        Some(EntryHead {
            status: StatusCode::from_u16(self.status).ok()?,
            headers,
            freshness: self.freshness.read()?,
            for_anyone: self.for_anyone,
            requested: Time(self.requested),
            revision: self.revision,
            url: self.url.into(),
            tags: self.tags.iter().map(|tag| Box::from(*tag)).collect(),
        })
    }
}

impl Times {
    fn of(freshness: &Freshness) -> Self {
        let source = SOURCES.iter().position(|source| *source == freshness.source);
        Self {
            received: freshness.received.0,
            initial_age: millis(freshness.initial_age),
            lifetime: millis(freshness.lifetime),
            source: source.map_or(u8::MAX, |place| place as u8),
            no_cache: freshness.no_cache,
            must_revalidate: freshness.must_revalidate,
            s_maxage: freshness.s_maxage,
            immutable: freshness.immutable,
            stale_while_revalidate: freshness.stale_while_revalidate.map(millis),
            stale_if_error: freshness.stale_if_error.map(millis),
            validators: freshness.validators,
        }
    }

    fn read(&self) -> Option<Freshness> {
        Some(Freshness {
            received: Time(self.received),
            initial_age: Duration::from_millis(self.initial_age),
            lifetime: Duration::from_millis(self.lifetime),
            source: *SOURCES.get(usize::from(self.source))?,
            no_cache: self.no_cache,
            must_revalidate: self.must_revalidate,
            s_maxage: self.s_maxage,
            immutable: self.immutable,
            stale_while_revalidate: self.stale_while_revalidate.map(Duration::from_millis),
            stale_if_error: self.stale_if_error.map(Duration::from_millis),
            validators: self.validators,
        })
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> EntryHead {
        let mut headers = HeaderMap::new();
        headers.append("vary", HeaderValue::from_static("accept"));
        headers.append("vary", HeaderValue::from_static("accept-language"));
        headers.insert("x-bytes", HeaderValue::from_bytes(b"\xff\xfe").unwrap());
        EntryHead {
            status: StatusCode::NOT_FOUND,
            headers,
            freshness: Freshness {
                received: Time(1_700_000_000_123),
                initial_age: Duration::from_secs(3),
                lifetime: Duration::from_secs(60),
                source: LifetimeSource::Override,
                no_cache: false,
                must_revalidate: true,
                s_maxage: false,
                immutable: true,
                stale_while_revalidate: Some(Duration::from_secs(5)),
                stale_if_error: None,
                validators: true,
            },
            for_anyone: true,
            requested: Time(1_700_000_000_100),
            revision: 17,
            url: "https://shop/a?b".into(),
            tags: Box::new(["one".into(), "two".into()]),
        }
    }

    #[test]
    fn a_head_comes_back_as_it_was() {
        let written = response(&head()).unwrap();
        let Some(Kept::Response(read)) = read(&written) else { panic!("no response") };
        assert_eq!(format!("{read:?}"), format!("{:?}", head()));
    }

    #[test]
    fn what_is_known_of_a_url_comes_back() {
        let names = [HeaderName::from_static("accept")];
        assert!(matches!(read(&varies(&names).unwrap()), Some(Kept::Varies(read)) if *read == names));
        assert!(matches!(read(&invalidated(Time(7)).unwrap()), Some(Kept::Invalidated(Time(7)))));
    }

    #[test]
    fn what_is_damaged_or_of_another_form_is_not_read() {
        let written = response(&head()).unwrap();
        for cut in 0..written.len() {
            assert!(read(&written[..cut]).is_none(), "{cut}");
        }
        let mut other = written.to_vec();
        other[0] = FORM + 1;
        assert!(read(&other).is_none());
    }
}
