//! What a hook is called with, and what comes of it.

use std::{net::IpAddr, sync::Arc};

use bytes::Bytes;
use gateway_model::{Identity, Problem, Snapshot};
use http::{HeaderMap, Method, StatusCode};
use sluice_abi::head::Source;

/// A request, as the request hook sees and changes it. Changed only by a hook that succeeds.
#[derive(Debug)]
pub struct RequestCall<'a> {
    pub method: &'a Method,
    /// Normalised, beginning with '/'.
    pub path: &'a str,
    /// Without the '?'.
    pub query: Option<&'a str>,
    /// Host and port as the client sent them.
    pub authority: &'a str,
    pub headers: &'a mut HeaderMap,
    pub client_ip: IpAddr,
    /// 0 when there is no body, `None` when its length is not known yet.
    pub content_length: Option<u64>,
    pub consumer: &'a mut Option<Arc<Identity>>,
    pub snapshot: &'a Arc<Snapshot>,
    pub request_id: &'a str,
}

/// A response, as the response hook sees and changes it. Changed only by a hook that succeeds.
#[derive(Debug)]
pub struct ResponseCall<'a> {
    pub status: &'a mut StatusCode,
    pub source: Source,
    pub headers: &'a mut HeaderMap,
    pub content_length: Option<u64>,
    /// What the request hook of the same plugin returned as [`Continued::state`]; empty if it had none to return.
    pub state: &'a [u8],
    pub consumer: &'a Option<Arc<Identity>>,
    pub snapshot: &'a Arc<Snapshot>,
    pub request_id: &'a str,
}

/// What a request hook decided.
#[derive(Debug)]
pub enum Verdict {
    /// The request goes on, changed as the plugin asked.
    Next(Continued),
    /// The plugin answers.
    Respond(http::Response<Bytes>),
    /// The plugin refuses.
    Refuse(Refusal),
}

/// What a request that goes on carries for the plugin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Continued {
    /// To be handed to the response hook; empty when that is not wanted.
    pub state: Box<[u8]>,
    /// Whether the response hook is to be called for this request.
    pub more: bool,
}

/// A refusal in the plugin's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub problem: Problem,
    /// Sent beside the problem.
    pub headers: HeaderMap,
}
