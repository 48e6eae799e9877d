//! Heads: what a hook is handed in the IN area.
//!
//! Request: method `u8` (255: its name follows as a field), content length `u64` ([`u64::MAX`]: unknown), then the
//! fields path, query, authority, client IP, consumer, then one field for each declared header.
//! Response: status `u16`, source `u8`, content length `u64`, then one field for each declared header.
//! A field is its length as `u16` and its bytes; length 65 535 is an absent field.

use crate::bytes::{Full, Malformed, Reader, Writer};

const UNKNOWN_LENGTH: u64 = u64::MAX;
const OTHER_METHOD: u8 = u8::MAX;
/// Four absent fields in a row: what nearly all plugins are handed, so both sides look for it first.
const NONE_WANTED: [u8; 8] = [u8::MAX; 8];

/// The methods that cross as one byte, at their positions.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/// The head of a request.
#[derive(Clone, Copy, Debug)]
pub struct RequestHead<'a> {
    /// In upper case unless it is a method of nobody's standard.
    pub method: &'a str,
    /// In bytes; 0 when there is no body, `None` when it is not known yet.
    pub content_length: Option<u64>,
    /// Normalised, beginning with '/'. In UTF-8, which is left to be looked at by who wants the text.
    pub path: &'a [u8],
    /// Only if wanted.
    pub query: Option<&'a str>,
    /// Only if wanted.
    pub authority: Option<&'a str>,
    /// Only if wanted.
    pub client_ip: Option<&'a str>,
    /// Only if wanted and known.
    pub consumer: Option<&'a str>,
    /// The declared headers.
    pub headers: Slots<'a>,
}

/// The head of a response.
#[derive(Clone, Copy, Debug)]
pub struct ResponseHead<'a> {
    /// The status code.
    pub status: u16,
    /// Who made the response.
    pub source: Source,
    /// In bytes; `None` when it is not known yet.
    pub content_length: Option<u64>,
    /// The declared headers.
    pub headers: Slots<'a>,
}

/// Who made a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The upstream.
    Upstream,
    /// A plugin of the chain.
    Plugin,
    /// The gateway itself, by refusing.
    Gateway,
    /// A plugin of the chain, with a response that was kept.
    Cache,
}

/// Header values in the order in which they were declared.
#[derive(Clone, Copy, Debug)]
pub struct Slots<'a> {
    fields: Reader<'a>,
}

/// The fixed part of a request head, as the host has it.
#[derive(Clone, Copy, Debug)]
pub struct RequestLine<'a> {
    /// The method as on the wire.
    pub method: &'a str,
    /// In bytes, if known.
    pub content_length: Option<u64>,
    /// The normalised path.
    pub path: &'a str,
    /// What the plugin does not want is `None`.
    pub query: Option<&'a str>,
    /// What the plugin does not want is `None`.
    pub authority: Option<&'a str>,
    /// What the plugin does not want is `None`.
    pub client_ip: Option<&'a str>,
    /// What the plugin does not want is `None`.
    pub consumer: Option<&'a str>,
}

/// Writes the fixed part of a request head; the declared headers follow with [`Writer::joined`], one for each name.
///
/// # Errors
/// [`Full`].
#[inline]
pub fn write_request(out: &mut Writer<'_>, line: &RequestLine<'_>) -> Result<(), Full> {
    match METHODS.iter().position(|method| *method == line.method).and_then(|at| u8::try_from(at).ok()) {
        Some(id) => out.u8(id)?,
        None => {
            out.u8(OTHER_METHOD)?;
            out.optional(Some(line.method.as_bytes()))?;
        }
    }
    out.u64(line.content_length.unwrap_or(UNKNOWN_LENGTH))?;
    out.optional(Some(line.path.as_bytes()))?;
    let fields = [line.query, line.authority, line.client_ip, line.consumer];
    if fields.iter().all(Option::is_none) {
        return out.raw(&NONE_WANTED);
    }
    for field in fields {
        out.optional(field.map(str::as_bytes))?;
    }
    Ok(())
}

/// Writes the fixed part of a response head; the declared headers follow with [`Writer::joined`], one for each name.
///
/// # Errors
/// [`Full`].
#[inline]
pub fn write_response(
    out: &mut Writer<'_>,
    status: u16,
    source: Source,
    content_length: Option<u64>,
) -> Result<(), Full> {
    out.u16(status)?;
    out.u8(source as u8)?;
    out.u64(content_length.unwrap_or(UNKNOWN_LENGTH))
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    /// The status code; 499 when the client had gone before there was a response.
    pub status: u16,
    /// The response was sent whole.
    pub complete: bool,
    /// Of the body.
    pub request_bytes: u64,
    /// Of the body.
    pub response_bytes: u64,
    /// Microseconds.
    pub duration_us: u64,
    /// From sending to the head of the response, in microseconds; `None` when the upstream was not asked.
    pub upstream_us: Option<u64>,
    /// As the client sent it.
    pub method: &'a str,
    /// Normalised.
    pub path: &'a str,
    /// Name of the route.
    pub route: &'a str,
    /// Address of the target.
    pub upstream: Option<&'a str>,
    /// Name of the attachment, or the gateway's reason.
    pub refused_by: Option<&'a str>,
}

/// Writes a summary.
///
/// # Errors
/// [`Full`].
pub fn write_summary(out: &mut Writer<'_>, summary: &Summary<'_>) -> Result<(), Full> {
    out.u16(summary.status)?;
    out.u8(u8::from(summary.complete))?;
    let numbers = [
        summary.request_bytes,
        summary.response_bytes,
        summary.duration_us,
        summary.upstream_us.unwrap_or(UNKNOWN_LENGTH),
    ];
    numbers.into_iter().try_for_each(|number| out.u64(number))?;
    let texts = [Some(summary.method), Some(summary.path), Some(summary.route), summary.upstream, summary.refused_by];
    texts.into_iter().try_for_each(|text| out.optional(text.map(str::as_bytes)))
}

impl<'a> Summary<'a> {
    /// Reads what [`write_summary`] wrote.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are no summary.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let (status, complete) = (reader.u16()?, reader.u8()? != 0);
        let (request_bytes, response_bytes) = (reader.u64()?, reader.u64()?);
        let (duration_us, upstream_us) = (reader.u64()?, length(reader.u64()?));
        let mut field = || reader.optional()?.map(text).transpose();
        Ok(Self {
            status,
            complete,
            request_bytes,
            response_bytes,
            duration_us,
            upstream_us,
            method: field()?.ok_or(Malformed)?,
            path: field()?.ok_or(Malformed)?,
            route: field()?.ok_or(Malformed)?,
            upstream: field()?,
            refused_by: field()?,
        })
    }
}

impl<'a> RequestHead<'a> {
    /// Reads what [`write_request`] wrote.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are no head.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let method = match reader.u8()? {
            OTHER_METHOD => text(reader.optional()?.ok_or(Malformed)?)?,
            id => METHODS.get(usize::from(id)).ok_or(Malformed)?,
        };
        let content_length = length(reader.u64()?);
        let path = reader.optional()?.ok_or(Malformed)?;
        let [query, authority, client_ip, consumer] = wanted(&mut reader)?;
        Ok(Self {
            method,
            content_length,
            path,
            query,
            authority,
            client_ip,
            consumer,
            headers: Slots { fields: reader },
        })
    }
}

impl<'a> ResponseHead<'a> {
    /// Reads what [`write_response`] wrote.
    ///
    /// # Errors
    /// [`Malformed`] when the bytes are no head.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let status = reader.u16()?;
        let source = match reader.u8()? {
            0 => Source::Upstream,
            1 => Source::Plugin,
            2 => Source::Gateway,
            3 => Source::Cache,
            _ => return Err(Malformed),
        };
        let content_length = length(reader.u64()?);
        Ok(Self { status, source, content_length, headers: Slots { fields: reader } })
    }
}

impl<'a> Slots<'a> {
    /// The value of the header that was declared at `position`.
    #[must_use]
    pub fn get(&self, position: usize) -> Option<&'a [u8]> {
        let mut fields = self.fields;
        for _ in 0..position {
            fields.optional().ok()?;
        }
        fields.optional().ok()?
    }
}

/// Query, authority, client IP and consumer.
fn wanted<'a>(reader: &mut Reader<'a>) -> Result<[Option<&'a str>; 4], Malformed> {
    if reader.rest().starts_with(&NONE_WANTED) {
        reader.raw(NONE_WANTED.len())?;
        return Ok([None; 4]);
    }
    let mut field = || reader.optional()?.map(text).transpose();
    Ok([field()?, field()?, field()?, field()?])
}

fn length(value: u64) -> Option<u64> {
    (value != UNKNOWN_LENGTH).then_some(value)
}

fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    std::str::from_utf8(bytes).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_head_arrives_as_it_was_sent() {
        let mut area = [0; 256];
        let mut out = Writer::new(&mut area);
        let line = RequestLine {
            method: "GET",
            content_length: Some(0),
            path: "/orders",
            query: Some("a=1"),
            authority: None,
            client_ip: Some("192.0.2.1"),
            consumer: None,
        };
        write_request(&mut out, &line).unwrap();
        out.joined([&b"one"[..], b"two"].into_iter(), b", ").unwrap();
        out.joined(std::iter::empty(), b", ").unwrap();
        out.joined([&b""[..]].into_iter(), b", ").unwrap();
        let len = out.len();
        let head = RequestHead::read(&area[..len]).unwrap();
        assert_eq!((head.method, head.path, head.content_length), ("GET", &b"/orders"[..], Some(0)));
        assert_eq!(
            (head.query, head.authority, head.client_ip, head.consumer),
            (Some("a=1"), None, Some("192.0.2.1"), None)
        );
        assert_eq!(head.headers.get(0), Some(&b"one, two"[..]));
        assert_eq!(head.headers.get(1), None);
        assert_eq!(head.headers.get(2), Some(&b""[..]));
        assert_eq!(head.headers.get(3), None);
    }

    #[test]
    fn a_method_of_nobodys_standard_crosses_by_name() {
        let mut area = [0; 64];
        let mut out = Writer::new(&mut area);
        let line = RequestLine {
            method: "PROPFIND",
            content_length: None,
            path: "/",
            query: None,
            authority: None,
            client_ip: None,
            consumer: None,
        };
        write_request(&mut out, &line).unwrap();
        let len = out.len();
        let head = RequestHead::read(&area[..len]).unwrap();
        assert_eq!((head.method, head.content_length), ("PROPFIND", None));
    }

    #[test]
    fn a_head_that_does_not_fit_is_full_and_never_cut() {
        let mut area = [0; 8];
        let mut out = Writer::new(&mut area);
        assert_eq!(out.joined([&[b'x'; 7][..]].into_iter(), b", "), Err(Full));
        let long = vec![b'x'; 65_535];
        let mut area = vec![0; 70_000];
        assert_eq!(Writer::new(&mut area).optional(Some(&long)), Err(Full));
    }

    #[test]
    fn a_summary_arrives_as_it_was_sent() {
        let summary = Summary {
            status: 200,
            complete: true,
            request_bytes: 1,
            response_bytes: 2,
            duration_us: 3,
            upstream_us: None,
            method: "GET",
            path: "/orders",
            route: "orders",
            upstream: Some("192.0.2.1:80"),
            refused_by: None,
        };
        let mut area = [0; 256];
        let mut out = Writer::new(&mut area);
        write_summary(&mut out, &summary).unwrap();
        let len = out.len();
        assert_eq!(Summary::read(&area[..len]), Ok(summary));
        assert_eq!(Summary::read(&area[..len - 3]), Err(Malformed));
    }

    #[test]
    fn a_response_head_arrives_as_it_was_sent() {
        let mut area = [0; 64];
        let mut out = Writer::new(&mut area);
        write_response(&mut out, 201, Source::Plugin, Some(9)).unwrap();
        out.joined([&b"v"[..]].into_iter(), b", ").unwrap();
        let len = out.len();
        let head = ResponseHead::read(&area[..len]).unwrap();
        assert_eq!((head.status, head.source, head.content_length), (201, Source::Plugin, Some(9)));
        assert_eq!(head.headers.get(0), Some(&b"v"[..]));
    }
}
