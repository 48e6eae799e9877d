//! What the fields of a head say of its host and its body, and which fields trailers may not have.

use crate::authority::Authority;

use super::{bytes::trimmed, fault::Fault, target::Form};

/// The largest body: far beyond what anybody sends, and far from where numbers overflow.
const LARGEST: u64 = 1 << 60;

/// Fields that say where a message ends, where it goes or what becomes of its connection: too late in a trailer, and
/// whoever merges trailers into the head would be misled (RFC 9110, section 6.5.1).
const NOT_IN_TRAILERS: [&[u8]; 11] = [
    b"connection",
    b"content-length",
    b"expect",
    b"host",
    b"keep-alive",
    b"proxy-authorization",
    b"proxy-connection",
    b"te",
    b"trailer",
    b"transfer-encoding",
    b"upgrade",
];

/// What is known of a head while its fields are read.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) form: Form,
    pub(super) is_http10: bool,
    pub(super) count: usize,
    are_trailers: bool,
    is_chunked: bool,
    has_upgrade: bool,
    /// Where the value of `Host` begins and ends; no value can begin at 0.
    host: (usize, usize),
    length: Option<u64>,
}

/// The body behind a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// As many bytes, perhaps none.
    Length(u64),
    Chunked,
}

impl Fields {
    pub(super) const fn of_head() -> Self {
        Self {
            form: Form::Path,
            is_http10: false,
            count: 0,
            are_trailers: false,
            is_chunked: false,
            has_upgrade: false,
            host: (0, 0),
            length: None,
        }
    }

    pub(super) const fn of_trailers() -> Self {
        Self { are_trailers: true, ..Self::of_head() }
    }

    pub(super) const fn are_trailers(&self) -> bool {
        self.are_trailers
    }

    /// RFC 9112, section 6.3.
    pub(super) const fn body(&self) -> Body {
        match self.length {
            _ if self.is_chunked => Body::Chunked,
            Some(length) => Body::Length(length),
            None => Body::Length(0),
        }
    }

    /// Whether another protocol may follow, if the answer says so. Over HTTP/1.0 the field means nothing (RFC 9110, section 7.8).
    pub(super) fn asks_to_switch(&self) -> bool {
        self.has_upgrade && !self.is_http10 && self.body() == Body::Length(0)
    }

    /// Takes in a field line, with the place of its value in `bytes`.
    pub(super) fn add(&mut self, name: &[u8], bytes: &[u8], value: (usize, usize)) -> Result<(), Fault> {
        if self.are_trailers {
            let is_refused = NOT_IN_TRAILERS.iter().any(|refused| name.eq_ignore_ascii_case(refused));
            return if is_refused { Err(Fault::BadTrailer) } else { Ok(()) };
        }
        match name.len() {
            7 if name.eq_ignore_ascii_case(b"upgrade") => {
                self.has_upgrade = true;
                Ok(())
            }
            4 if name.eq_ignore_ascii_case(b"host") => self.add_host(bytes, value),
            14 if name.eq_ignore_ascii_case(b"content-length") => self.add_length(trimmed(&bytes[value.0..value.1])),
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => self.add_coding(trimmed(&bytes[value.0..value.1])),
            _ => Ok(()),
        }
    }

    /// What can be said only when all fields are there.
    pub(super) fn finish(&self, bytes: &[u8], target: (usize, usize)) -> Result<(), Fault> {
        if self.are_trailers {
            return Ok(());
        }
        let has_host = self.host != (0, 0);
        if !has_host && !self.is_http10 {
            return Err(Fault::MissingHost);
        }
        if self.form == Form::Authority && self.body() != Body::Length(0) {
            return Err(Fault::BodyInConnect);
        }
        let host = trimmed(&bytes[self.host.0..self.host.1]);
        match has_host && !self.form.agrees(&bytes[target.0..target.1], host) {
            true => Err(Fault::HostsDiffer),
            false => Ok(()),
        }
    }

    fn add_host(&mut self, bytes: &[u8], value: (usize, usize)) -> Result<(), Fault> {
        if self.host != (0, 0) {
            return Err(Fault::DuplicateHost);
        }
        self.host = value;
        Authority::parse(trimmed(&bytes[value.0..value.1])).map(drop).ok_or(Fault::BadHost)
    }

    fn add_length(&mut self, value: &[u8]) -> Result<(), Fault> {
        if self.is_chunked {
            return Err(Fault::LengthAndCoding);
        }
        if self.length.is_some() || value.contains(&b',') {
            return Err(Fault::DuplicateLength);
        }
        self.length = Some(decimal(value).ok_or(Fault::BadLength)?);
        Ok(())
    }

    fn add_coding(&mut self, value: &[u8]) -> Result<(), Fault> {
        if self.is_http10 {
            return Err(Fault::CodingInHttp10);
        }
        if self.length.is_some() {
            return Err(Fault::LengthAndCoding);
        }
        if self.is_chunked {
            return Err(Fault::BadCoding);
        }
        self.is_chunked = true;
        match value.eq_ignore_ascii_case(b"chunked") {
            true => Ok(()),
            false => Err(wrong_coding(value)),
        }
    }
}

/// A plain number, up to [`LARGEST`]: no sign, and no zeros before it.
fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 19 || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    // Nineteen digits fit.
    let number = digits.iter().try_fold(0, |number, byte| Some(number * 10 + digit(byte)?))?;
    (number <= LARGEST).then_some(number)
}

/// What is wrong with codings other than `chunked`: only a body that ends with that has an end.
fn wrong_coding(value: &[u8]) -> Fault {
    let mut codings = value.rsplit(|byte| *byte == b',').map(trimmed);
    let ends_with_chunked = codings.next().is_some_and(|last| last.eq_ignore_ascii_case(b"chunked"));
    match ends_with_chunked && codings.all(|coding| !coding.is_empty()) {
        true => Fault::UnknownCoding,
        false => Fault::BadCoding,
    }
}
