//! The hooks, by name.

use sluice_abi::wire::Hooks;

/// A hook of a plugin, to leave out of a configuration: [`Setup::without_hook`](crate::Setup::without_hook).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hook {
    /// `on_request`.
    Request,
    /// `on_request_body`.
    RequestBody,
    /// `on_request_chunk`.
    RequestChunk,
    /// `on_response`.
    Response,
    /// `on_response_body`.
    ResponseBody,
    /// `on_response_chunk`.
    ResponseChunk,
    /// `on_log`.
    Log,
    /// `on_tick`.
    Tick,
}

impl Hook {
    pub(crate) const fn flag(self) -> Hooks {
        match self {
            Self::Request => Hooks::REQUEST,
            Self::RequestBody => Hooks::REQUEST_BODY,
            Self::RequestChunk => Hooks::REQUEST_CHUNK,
            Self::Response => Hooks::RESPONSE,
            Self::ResponseBody => Hooks::RESPONSE_BODY,
            Self::ResponseChunk => Hooks::RESPONSE_CHUNK,
            Self::Log => Hooks::LOG,
            Self::Tick => Hooks::TICK,
        }
    }
}
