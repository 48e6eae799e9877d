//! What comes of a hook. Answers are in boxes: nearly all hooks go on, and their verdicts are moved from hand to hand.

use bytes::Bytes;
use gateway_model::Problem;
use gateway_store::ResponseKey;
use http::HeaderMap;

/// What a hook of a request decided.
#[derive(Debug)]
pub enum Verdict {
    /// The request goes on, changed as the plugin asked.
    Next(Onward),
    /// The plugin answers.
    Respond(Box<http::Response<Bytes>>),
    /// The plugin refuses.
    Refuse(Box<Refusal>),
    /// The plugin answers with a kept response.
    ServeCached(Box<Kept>),
}

/// What a hook of a response decided.
#[derive(Debug)]
pub enum ResponseVerdict {
    /// The response goes on, changed as the plugin asked.
    Next(Onward),
    /// The plugin answers with this instead.
    Respond(Box<http::Response<Bytes>>),
    /// The plugin refuses instead.
    Refuse(Box<Refusal>),
}

/// The kept response that a plugin answers with; if it is gone by then, the request goes on.
#[derive(Debug)]
pub struct Kept {
    pub key: ResponseKey,
    pub onward: Onward,
}

/// What the plugin wants to see of a message that goes on. Its state is in the visit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Onward {
    /// Whether the later hooks are to be called for this request; those of a body that `body` asks for are in any case.
    pub more: bool,
    pub body: BodyWish,
}

impl Onward {
    /// No later hook is to be called.
    pub const NOTHING_MORE: Self = Self { more: false, body: BodyWish::Pass };
}

/// What the plugin wants of the body behind a head. It has the hook that this needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyWish {
    /// Nothing: the body passes by.
    #[default]
    Pass,
    /// All of it at once.
    Buffer {
        /// In bytes; at most [`Limits::buffered_body`](crate::Limits::buffered_body).
        max: u32,
    },
    /// Piece by piece.
    Stream,
}

/// What a hook of chunks decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkVerdict {
    /// The chunk goes on as it was handed in.
    Pass(Bytes),
    /// These bytes go on in its place; none drops it.
    Replace(Bytes),
    /// The message is broken off.
    Reset,
}

/// A refusal in the plugin's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub problem: Problem,
    /// Sent beside the problem.
    pub headers: HeaderMap,
}
