//! What gRPC has beyond HTTP/2: deadlines, and statuses of its own.
//!
//! <https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md> says how both are written, and
//! <https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md> which status of gRPC one of HTTP is.

use std::{
    borrow::Cow,
    fmt::Write as _,
    time::{Duration, Instant},
};

use gateway_model::Problem;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER},
};

pub(crate) const GRPC_TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");
const GRPC_STATUS: HeaderName = HeaderName::from_static("grpc-status");
const GRPC_MESSAGE: HeaderName = HeaderName::from_static("grpc-message");
/// After how many milliseconds the client may call again (proposal A6 of gRPC).
const GRPC_RETRY_PUSHBACK: HeaderName = HeaderName::from_static("grpc-retry-pushback-ms");

/// The longest number in a deadline: eight digits.
const LONGEST: u128 = 99_999_999;

/// A status of gRPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Unknown = 2,
    DeadlineExceeded = 4,
    PermissionDenied = 7,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}

/// How a call ends that the gateway does not let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    pub(crate) code: Code,
    message: Cow<'static, str>,
}

/// Whether a request is a call. gRPC-Web is none: it has statuses in its bodies, and its clients understand those of HTTP.
pub(crate) fn is_call(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes) else { return false };
    let rest = kind.strip_prefix(b"application/grpc");
    rest.is_some_and(|rest| matches!(rest.first(), None | Some(b'+' | b';')))
}

/// How long the client waits for the whole call; none if it does not say so, or not as it should.
pub(crate) fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let (unit, digits) = headers.get(GRPC_TIMEOUT)?.as_bytes().split_last()?;
    if digits.is_empty() || digits.len() > 8 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'));
    Some(match unit {
        b'H' => Duration::from_secs(number * 3_600),
        b'M' => Duration::from_secs(number * 60),
        b'S' => Duration::from_secs(number),
        b'm' => Duration::from_millis(number),
        b'u' => Duration::from_micros(number),
        b'n' => Duration::from_nanos(number),
        _ => return None,
    })
}

/// Tells the upstream how much time is left.
pub(crate) fn tell(headers: &mut HeaderMap, deadline: Instant) {
    let left = deadline.saturating_duration_since(Instant::now());
    headers.insert(GRPC_TIMEOUT, written(left));
}

/// In the finest unit that has room for it, rounded down: nobody is to wait for longer than the client does.
fn written(left: Duration) -> HeaderValue {
    let units =
        [(left.as_nanos(), 'n'), (left.as_micros(), 'u'), (left.as_millis(), 'm'), (left.as_secs().into(), 'S')];
    let (number, unit) = units.into_iter().find(|(number, _)| *number <= LONGEST).unwrap_or((LONGEST, 'S'));
    HeaderValue::try_from(format!("{number}{unit}")).unwrap_or(HeaderValue::from_static("0n"))
}

// === impl Code ===

impl Code {
    /// That of a status of HTTP.
    pub(crate) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            400 => Self::Internal,
            401 => Self::Unauthenticated,
            403 => Self::PermissionDenied,
            404 => Self::Unimplemented,
            429 | 502 | 503 | 504 => Self::Unavailable,
            _ => Self::Unknown,
        }
    }
}

// === impl Status ===

impl Status {
    /// That of a problem, as gRPC has it.
    pub(crate) fn of(problem: &Problem) -> Self {
        let message = problem.detail.as_ref().unwrap_or(&problem.title);
        Self { code: Code::of(problem.status), message: message.clone() }
    }

    /// The time for the call is over.
    pub(crate) fn deadline_exceeded() -> Self {
        Self { code: Code::DeadlineExceeded, message: "The service behind this route did not answer in time.".into() }
    }

    /// Makes the head of a problem that of a call that ends with it; there is no body then.
    pub(crate) fn answer(&self, head: &mut http::response::Parts) {
        head.status = StatusCode::OK;
        let headers = &mut head.headers;
        headers.remove(CONTENT_LENGTH);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
        let seconds = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if let Some(seconds) = seconds {
            headers.insert(GRPC_RETRY_PUSHBACK, seconds.saturating_mul(1_000).into());
        }
        self.write(headers);
    }

    /// The trailers of a call that ends with it.
    pub(crate) fn trailers(&self) -> HeaderMap {
        let mut trailers = HeaderMap::new();
        self.write(&mut trailers);
        trailers
    }

    fn write(&self, headers: &mut HeaderMap) {
        headers.insert(GRPC_STATUS, HeaderValue::from(self.code as u16));
        if let Ok(message) = HeaderValue::try_from(percent_encoded(&self.message)) {
            headers.insert(GRPC_MESSAGE, message);
        }
    }
}

/// Text as it may stand in `grpc-message`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => encoded.push(char::from(byte)),
            // Writing to a string does not fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn a_call_is_told_by_its_content_type() {
        for (kind, expected) in [
            ("application/grpc", true),
            ("application/grpc+proto", true),
            ("application/grpc;charset=utf-8", true),
            ("application/grpc-web", false),
            ("application/grpc-web+proto", false),
            ("application/json", false),
        ] {
            assert_eq!(is_call(&headers(CONTENT_TYPE, kind)), expected, "{kind}");
        }
        assert!(!is_call(&HeaderMap::new()));
    }

    #[test]
    fn a_deadline_is_a_number_and_a_unit() {
        for (written, expected) in [
            ("1H", Some(Duration::from_secs(3_600))),
            ("2M", Some(Duration::from_secs(120))),
            ("3S", Some(Duration::from_secs(3))),
            ("99999999m", Some(Duration::from_millis(99_999_999))),
            ("5u", Some(Duration::from_micros(5))),
            ("0n", Some(Duration::ZERO)),
            ("99999999H", Some(Duration::from_secs(99_999_999 * 3_600))),
            ("100000000m", None),
            ("1", None),
            ("m", None),
            ("-1S", None),
            ("1s", None),
            ("1 S", None),
            ("", None),
        ] {
            assert_eq!(timeout(&headers(GRPC_TIMEOUT, written)), expected, "{written}");
        }
    }

    #[test]
    fn what_is_left_is_told_in_eight_digits_and_never_more_than_it_is() {
        for (left, expected) in [
            (Duration::ZERO, "0n"),
            (Duration::from_nanos(99_999_999), "99999999n"),
            (Duration::from_nanos(100_000_999), "100000u"),
            (Duration::from_secs(30), "30000000u"),
            (Duration::from_secs(3_600), "3600000m"),
            (Duration::from_secs(200_000), "200000S"),
            (Duration::MAX, "99999999S"),
        ] {
            assert_eq!(written(left), expected, "{left:?}");
            assert!(timeout(&headers(GRPC_TIMEOUT, expected)).unwrap() <= left);
        }
    }

    #[test]
    fn a_refusal_is_a_head_with_a_status_of_grpc_and_when_to_call_again() {
        let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "/x", "Too many requests").detail("100 % – wait");
        let mut head = http::Response::new(()).into_parts().0;
        head.status = problem.status;
        head.headers.insert(RETRY_AFTER, 2.into());
        Status::of(&problem).answer(&mut head);
        let field = |name: &str| head.headers[name].to_str().unwrap();
        assert_eq!((head.status, field("content-type")), (StatusCode::OK, "application/grpc"));
        assert_eq!((field("grpc-status"), field("grpc-message")), ("14", "100 %25 %E2%80%93 wait"));
        assert_eq!(field("grpc-retry-pushback-ms"), "2000");
    }

    #[test]
    fn statuses_are_those_of_the_mapping() {
        for (status, code) in [(400, 13), (401, 16), (403, 7), (404, 12), (429, 14), (503, 14), (413, 2), (500, 2)] {
            assert_eq!(Code::of(StatusCode::from_u16(status).unwrap()) as u16, code, "{status}");
        }
    }
}
