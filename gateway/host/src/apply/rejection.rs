//! Why nothing of an outcome is applied.

use gateway_algorithms::path::PathError;
use gateway_model::Grant;
use http::{HeaderName, StatusCode};
use sluice_abi::bounds::{
    ATTRIBUTE_NAME, ATTRIBUTE_VALUE, ATTRIBUTES, CACHE_KEY, CACHE_PART, CACHE_PARTS, CACHE_TAG, CACHE_TAGS, CHARGES,
};

use crate::{error::FailureKind, hook::Hook};

/// Why nothing is applied. Header values are not told: they may be secrets.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("its outcome is not of the form of the ABI, or has too many operations")]
    Malformed,
    #[error("it refers to header name {0}, which it did not declare")]
    UnknownName(u16),
    #[error("{0:?} is no header name")]
    HeaderName(String),
    #[error("its value for header {0} is no header value")]
    HeaderValue(HeaderName),
    #[error("it writes header {0}, which the gateway sets itself")]
    Reserved(HeaderName),
    #[error("{0} is no status that it may answer with here")]
    Status(u16),
    #[error("{0} have no place in this outcome")]
    Misplaced(&'static str),
    #[error("its outcome lacks {0}")]
    Missing(&'static str),
    #[error("it answers with status {0}, which has no body, and a body")]
    Body(StatusCode),
    #[error("there is no consumer {0:?}")]
    UnknownConsumer(String),
    #[error("{0:?} is no method that it may set: use one of HTTP, but not CONNECT, TRACE or, for another one, HEAD")]
    Method(String),
    #[error("it sets a path that is none: {0}")]
    Path(PathError),
    #[error(
        "it sets a query that is none, or makes the target longer than 65 534 bytes: encode what is not visible ASCII"
    )]
    Query,
    #[error("there is no upstream {0:?}")]
    UnknownUpstream(String),
    #[error("it sets a time-out of 0 ms: use at least 1")]
    Timeout,
    #[error(
        "it sets attribute {0:?}: a name has 1 to {ATTRIBUTE_NAME} visible ASCII characters and is none of the gateway's"
    )]
    AttributeName(String),
    #[error("its value for attribute {0:?} has more than {ATTRIBUTE_VALUE} bytes")]
    AttributeValue(String),
    #[error("it sets an attribute where the request has {ATTRIBUTES} already")]
    Attributes,
    #[error("its key of a kept response has {0} bytes: use 1 to {CACHE_KEY}")]
    CacheKey(usize),
    #[error("it keeps a response for 0 ms: use at least 1")]
    TimeToLive,
    #[error("it keeps a response under tags that are none: use at most {CACHE_TAGS}, of 1 to {CACHE_TAG} bytes")]
    CacheTags,
    #[error(
        "its key of a cached response has too much beside the URL: use at most {CACHE_PARTS} parts, of at most {CACHE_PART} bytes"
    )]
    CacheParts,
    #[error("it wants a body of up to {wanted} bytes: at most {most} are buffered here")]
    BodyLimit { wanted: u64, most: u64 },
    #[error("it wants a body, but has no hook {0} for it")]
    NoHook(Hook),
    #[error("there is no limit {0}")]
    UnknownLimit(u32),
    #[error("it charges more than {CHARGES} limits at once")]
    Charges,
    #[error("its outcome needs the grant {0}, which the attachment does not give")]
    NotGranted(Grant),
    #[error("{0}")]
    Fault(String),
}

impl From<sluice_abi::bytes::Malformed> for Rejection {
    fn from(_: sluice_abi::bytes::Malformed) -> Self {
        Self::Malformed
    }
}

impl Rejection {
    pub(crate) fn kind(&self) -> FailureKind {
        match self {
            Self::Fault(_) => FailureKind::Fault,
            Self::NotGranted(_) => FailureKind::Denied,
            _ => FailureKind::Malformed,
        }
    }
}
