//! What a client is sent of a response that is stored, or comes in: all of it, parts, or that it has it already.

use std::ops::Range;

use bytes::Bytes;
use gateway_algorithms::caching::{
    CacheStatus, Precondition, Ranges, Time, not_modified_headers, precondition, ranges,
};
use gateway_store::cache::entry::{Entry, EntryHead, Pieces};
use http::{
    HeaderMap, HeaderValue, Method, Response, StatusCode,
    header::{ACCEPT_RANGES, AGE, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE},
};

use super::{growing::Reader, result};
use crate::body::Content;

/// Where the body is.
pub(crate) enum Served<'a> {
    /// Here, whole.
    Stored(&'a Entry),
    /// On its way.
    Coming(&'a EntryHead, Reader),
}

/// What the client wants of it.
#[derive(Clone, Copy)]
pub(crate) struct Shape<'a> {
    pub(crate) method: &'a Method,
    /// With conditions and ranges.
    pub(crate) headers: &'a HeaderMap,
}

/// The response for a client.
pub(crate) fn serve(served: Served<'_>, shape: Shape<'_>, now: Time, status: &CacheStatus<'_>) -> Response<Content> {
    let head = match &served {
        Served::Stored(entry) => &entry.head,
        Served::Coming(head, _) => head,
    };
    let age = head.freshness.age(now).as_secs();
    let mut response = match precondition(shape.headers, head.status, &head.headers) {
        Precondition::NotModified => not_modified(head),
        Precondition::Proceed => match served {
            Served::Stored(entry) => stored(entry, shape),
            Served::Coming(head, reader) => coming(head, reader, shape.method),
        },
    };
    let headers = response.headers_mut();
    headers.insert(AGE, age.into());
    result::announce(headers, status);
    response
}

fn not_modified(head: &EntryHead) -> Response<Content> {
    response(StatusCode::NOT_MODIFIED, not_modified_headers(&head.headers), Bytes::new().into())
}

fn coming(head: &EntryHead, reader: Reader, method: &Method) -> Response<Content> {
    let mut headers = head.headers.clone();
    if let Some(length) = reader.length().filter(|_| head.status != StatusCode::NO_CONTENT) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    let content = if *method == Method::HEAD { Bytes::new().into() } else { reader.into() };
    response(head.status, headers, content)
}

fn stored(entry: &Entry, shape: Shape<'_>) -> Response<Content> {
    let Entry { head, body } = entry;
    let wanted = match *shape.method == Method::GET && head.status == StatusCode::OK {
        true => ranges(shape.headers, &head.headers, body.length()),
        false => Ranges::Whole,
    };
    match wanted {
        Ranges::Whole => whole(head, body, shape.method),
        Ranges::One(range) => one_part(head, body, range),
        Ranges::Many(ranges) => many_parts(head, body, &ranges),
        Ranges::Unsatisfiable => unsatisfiable(head, body.length()),
    }
}

fn whole(head: &EntryHead, body: &Pieces, method: &Method) -> Response<Content> {
    let mut headers = head.headers.clone();
    if head.status != StatusCode::NO_CONTENT {
        headers.insert(CONTENT_LENGTH, body.length().into());
    }
    if head.status == StatusCode::OK {
        headers.entry(ACCEPT_RANGES).or_insert(HeaderValue::from_static("bytes"));
    }
    let content = match body.as_slice() {
        _ if *method == Method::HEAD => Bytes::new().into(),
        // Most have one piece, which needs no list.
        [piece] => piece.clone().into(),
        pieces => pieces.to_vec().into(),
    };
    response(head.status, headers, content)
}

/// 206 with one part (RFC 9110, section 15.3.7.1).
fn one_part(head: &EntryHead, body: &Pieces, range: Range<u64>) -> Response<Content> {
    let mut headers = head.headers.clone();
    headers.insert(CONTENT_RANGE, content_range(&range, body.length()));
    headers.insert(CONTENT_LENGTH, (range.end - range.start).into());
    response(StatusCode::PARTIAL_CONTENT, headers, cut(body, &range).into())
}

/// 206 with several parts (RFC 9110, section 15.3.7.2).
fn many_parts(head: &EntryHead, body: &Pieces, ranges: &[Range<u64>]) -> Response<Content> {
    let boundary = format!("sluice-{:032x}", fastrand::u128(..));
    let kind = head.headers.get(CONTENT_TYPE);
    let mut pieces = Vec::new();
    for range in ranges {
        let mut part = format!("\r\n--{boundary}\r\n").into_bytes();
        if let Some(kind) = kind {
            part.extend_from_slice(b"Content-Type: ");
            part.extend_from_slice(kind.as_bytes());
            part.extend_from_slice(b"\r\n");
        }
        part.extend_from_slice(b"Content-Range: ");
        part.extend_from_slice(content_range(range, body.length()).as_bytes());
        part.extend_from_slice(b"\r\n\r\n");
        pieces.push(Bytes::from(part));
        pieces.extend(cut(body, range));
    }
    pieces.push(format!("\r\n--{boundary}--\r\n").into());
    let mut headers = head.headers.clone();
    let length: usize = pieces.iter().map(Bytes::len).sum();
    headers.insert(CONTENT_LENGTH, length.into());
    if let Ok(kind) = HeaderValue::try_from(format!("multipart/byteranges; boundary={boundary}")) {
        headers.insert(CONTENT_TYPE, kind);
    }
    response(StatusCode::PARTIAL_CONTENT, headers, pieces.into())
}

fn unsatisfiable(head: &EntryHead, length: u64) -> Response<Content> {
    let mut headers = not_modified_headers(&head.headers);
    if let Ok(value) = HeaderValue::try_from(format!("bytes */{length}")) {
        headers.insert(CONTENT_RANGE, value);
    }
    headers.insert(CONTENT_LENGTH, 0.into());
    response(StatusCode::RANGE_NOT_SATISFIABLE, headers, Bytes::new().into())
}

fn content_range(range: &Range<u64>, length: u64) -> HeaderValue {
    let text = format!("bytes {}-{}/{length}", range.start, range.end.saturating_sub(1));
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("bytes */*"))
}

/// The bytes of a range, which is within the body.
fn cut(body: &Pieces, range: &Range<u64>) -> Vec<Bytes> {
    let mut at = 0;
    let mut cut = Vec::new();
    for piece in body.as_slice() {
        let length = piece.len() as u64;
        let from = range.start.clamp(at, at + length) - at;
        let to = range.end.clamp(at, at + length) - at;
        if from < to {
            cut.push(piece.slice(from as usize..to as usize));
        }
        at += length;
    }
    cut
}

fn response(status: StatusCode, headers: HeaderMap, content: Content) -> Response<Content> {
    let mut response = Response::new(content);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cut_has_the_bytes_of_its_range(
            pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..6),
            from in any::<prop::sample::Index>(),
            to in any::<prop::sample::Index>(),
        ) {
            let all: Vec<u8> = pieces.concat();
            let (from, to) = (from.index(all.len() + 1), to.index(all.len() + 1));
            let range = from.min(to) as u64..from.max(to) as u64;
            let body = Pieces::from_iter(pieces.into_iter().map(Bytes::from));
            let cut: Vec<u8> = cut(&body, &range).concat();
            prop_assert_eq!(&cut[..], &all[range.start as usize..range.end as usize]);
        }
    }
}
