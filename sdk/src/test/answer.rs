//! What a test answers to a callout.

use serde_json::Value;
use sluice_abi::wire::{Header, HostError, Reply};

/// A callout as the plugin sent it.
pub use sluice_abi::wire::Call as SentCall;

/// The answer to a callout: a response, or why there is none.
#[derive(Clone, Debug)]
pub struct Answer(Result<Reply, HostError>);

impl Answer {
    /// A response without a body.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self(Ok(Reply { status, headers: Vec::new(), body: Vec::new() }))
    }

    /// A response with status 200 and JSON.
    #[must_use]
    pub fn json(body: Value) -> Self {
        Self::status(200).header("content-type", "application/json").body(body.to_string())
    }

    /// Adds a field line.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        if let Ok(reply) = &mut self.0 {
            reply.headers.push(Header { name: name.to_ascii_lowercase(), value: value.as_ref().to_vec() });
        }
        self
    }

    /// The body.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        if let Ok(reply) = &mut self.0 {
            reply.body = bytes.into();
        }
        self
    }

    pub(super) fn into_result(self) -> Result<Reply, HostError> {
        self.0
    }
}

impl From<u16> for Answer {
    fn from(status: u16) -> Self {
        Self::status(status)
    }
}

impl From<HostError> for Answer {
    fn from(error: HostError) -> Self {
        Self(Err(error))
    }
}
