//! Why a request is not served: the reason in words for the log, and the status of the answer.

use http::StatusCode;

/// Why a request is not to be served. The texts are for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// RFC 9112, section 2.2: others may not take it for the end of a line.
    #[error("a line ends with LF alone")]
    BareLf,
    /// RFC 9112, section 2.2: others may take it for the end of a line, or for a space.
    #[error("a CR is not followed by LF")]
    BareCr,
    /// RFC 9110, section 5.5.
    #[error("there is a NUL in a head, in trailers or in a chunk's size line")]
    Nul,
    /// RFC 9112, section 2.2: one empty line may be there, as old clients send it behind a body.
    #[error("there is more than one empty line before the request line")]
    EmptyLineBeforeRequest,
    /// Not `method SP target SP version` (RFC 9112, section 3), an HTTP/0.9 request among others.
    #[error("the request line is not method, target and version with one space between them")]
    BadRequestLine,
    /// RFC 9110, section 9.1.
    #[error("the method holds a byte that no token may hold")]
    BadMethod,
    /// No form of RFC 9112, section 3.2, or not the one that goes with the method.
    #[error("the request target has none of the forms that its method may have")]
    BadTarget,
    /// RFC 9110, section 15.5.15.
    #[error("the request target is longer than allowed")]
    TargetTooLong,
    /// RFC 9110, section 15.6.6.
    #[error("the version is neither HTTP/1.0 nor HTTP/1.1")]
    BadVersion,
    /// RFC 6585, section 5.
    #[error("the head is larger than allowed")]
    HeadTooLarge,
    /// RFC 6585, section 5; trailer fields have the same limit, for themselves.
    #[error("there are more fields than allowed")]
    TooManyHeaders,
    /// RFC 9112, section 2.2.
    #[error("the first field line begins with a space")]
    SpaceBeforeFirstField,
    /// RFC 9112, section 5.2.
    #[error("a field line is folded")]
    ObsoleteFolding,
    /// RFC 9112, section 5.1.
    #[error("there is a space between a field name and its colon")]
    SpaceBeforeColon,
    /// RFC 9110, section 5.1.
    #[error("a field name is empty, or holds a byte that no token may hold")]
    BadFieldName,
    /// RFC 9110, section 5.5.
    #[error("a field value holds a control character")]
    BadFieldValue,
    /// RFC 9112, section 3.2.
    #[error("an HTTP/1.1 request has no Host")]
    MissingHost,
    /// RFC 9112, section 3.2.
    #[error("there is more than one Host")]
    DuplicateHost,
    /// RFC 9110, section 7.2; an empty one among others, as nothing could be routed by it.
    #[error("the Host is not a host, perhaps with a port")]
    BadHost,
    /// RFC 9112, section 3.2.2, has the target win: whoever does not know that goes by `Host`.
    #[error("the request target and Host name different hosts or ports")]
    HostsDiffer,
    /// RFC 9112, section 6.1: the usual way to smuggle a request.
    #[error("there is a Content-Length beside a Transfer-Encoding")]
    LengthAndCoding,
    /// RFC 9112, section 6.3: refused even if all are equal, since whoever repeats it may repeat it otherwise.
    #[error("there is more than one Content-Length")]
    DuplicateLength,
    /// RFC 9110, section 8.6; also with leading zeros, which some take for octal.
    #[error("the Content-Length is not a plain decimal number up to 2^60")]
    BadLength,
    /// RFC 9112, section 6.1: a body that ends with `chunked`, but is more than that.
    #[error("the Transfer-Encoding has another coding before chunked")]
    UnknownCoding,
    /// RFC 9112, section 6.3: nobody can say where this body ends.
    #[error("the Transfer-Encoding does not end with chunked, or is not a list of codings, or is there twice")]
    BadCoding,
    /// RFC 9112, section 6.1.
    #[error("an HTTP/1.0 request has a Transfer-Encoding")]
    CodingInHttp10,
    /// RFC 9110, section 9.3.6.
    #[error("a CONNECT request has a body")]
    BodyInConnect,
    /// RFC 9112, section 7.1; also with more than 16 digits, be they zeros.
    #[error("the size of a chunk is not a plain hexadecimal number up to 2^60")]
    BadChunkSize,
    /// RFC 9112, section 7.1: there may be more bytes than the size said, or fewer.
    #[error("the data of a chunk is not followed by CR LF")]
    BadChunkEnd,
    /// RFC 9112, section 7.1.1.
    #[error("a chunk extension holds a byte that it may not hold, or leaves a quoted string open")]
    BadChunkExtension,
    /// RFC 9112, section 7.1.1.
    #[error("the chunk extensions of a body are longer than allowed")]
    ChunkExtensionTooLong,
    /// RFC 9110, section 6.5.1.
    #[error("a trailer field belongs to framing, routing or the connection")]
    BadTrailer,
    /// As [`Fault::HeadTooLarge`].
    #[error("the trailers are larger than allowed")]
    TrailersTooLarge,
}

impl Fault {
    /// The status of the answer, after which the connection ends.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::HeadTooLarge | Self::TooManyHeaders | Self::TrailersTooLarge => {
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
            }
            Self::UnknownCoding => StatusCode::NOT_IMPLEMENTED,
            Self::BadVersion => StatusCode::HTTP_VERSION_NOT_SUPPORTED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Its name where faults are counted.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BareLf => "bare_lf",
            Self::BareCr => "bare_cr",
            Self::Nul => "nul",
            Self::EmptyLineBeforeRequest => "empty_line_before_request",
            Self::BadRequestLine => "bad_request_line",
            Self::BadMethod => "bad_method",
            Self::BadTarget => "bad_target",
            Self::TargetTooLong => "target_too_long",
            Self::BadVersion => "bad_version",
            Self::HeadTooLarge => "head_too_large",
            Self::TooManyHeaders => "too_many_headers",
            Self::SpaceBeforeFirstField => "space_before_first_field",
            Self::ObsoleteFolding => "obsolete_folding",
            Self::SpaceBeforeColon => "space_before_colon",
            Self::BadFieldName => "bad_field_name",
            Self::BadFieldValue => "bad_field_value",
            Self::MissingHost => "missing_host",
            Self::DuplicateHost => "duplicate_host",
            Self::BadHost => "bad_host",
            Self::HostsDiffer => "hosts_differ",
            Self::LengthAndCoding => "length_and_coding",
            Self::DuplicateLength => "duplicate_length",
            Self::BadLength => "bad_length",
            Self::UnknownCoding => "unknown_coding",
            Self::BadCoding => "bad_coding",
            Self::CodingInHttp10 => "coding_in_http10",
            Self::BodyInConnect => "body_in_connect",
            Self::BadChunkSize => "bad_chunk_size",
            Self::BadChunkEnd => "bad_chunk_end",
            Self::BadChunkExtension => "bad_chunk_extension",
            Self::ChunkExtensionTooLong => "chunk_extension_too_long",
            Self::BadTrailer => "bad_trailer",
            Self::TrailersTooLarge => "trailers_too_large",
        }
    }
}
