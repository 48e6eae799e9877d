//! The hooks: their flags, exports and places in a request.

use std::fmt;

use sluice_abi::{
    EXPORT_ON_LOG, EXPORT_ON_REQUEST, EXPORT_ON_REQUEST_BODY, EXPORT_ON_REQUEST_CHUNK, EXPORT_ON_RESPONSE,
    EXPORT_ON_RESPONSE_BODY, EXPORT_ON_RESPONSE_CHUNK, EXPORT_ON_TICK, import::Value, wire::Hooks,
};

/// One hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hook {
    Request,
    RequestBody,
    RequestChunk,
    Response,
    ResponseBody,
    ResponseChunk,
    Log,
    Tick,
}

impl Hook {
    pub(crate) const ALL: [Self; 8] = [
        Self::Request,
        Self::RequestBody,
        Self::RequestChunk,
        Self::Response,
        Self::ResponseBody,
        Self::ResponseChunk,
        Self::Log,
        Self::Tick,
    ];

    pub(crate) fn flag(self) -> Hooks {
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

    pub(crate) fn export(self) -> &'static str {
        match self {
            Self::Request => EXPORT_ON_REQUEST,
            Self::RequestBody => EXPORT_ON_REQUEST_BODY,
            Self::RequestChunk => EXPORT_ON_REQUEST_CHUNK,
            Self::Response => EXPORT_ON_RESPONSE,
            Self::ResponseBody => EXPORT_ON_RESPONSE_BODY,
            Self::ResponseChunk => EXPORT_ON_RESPONSE_CHUNK,
            Self::Log => EXPORT_ON_LOG,
            Self::Tick => EXPORT_ON_TICK,
        }
    }

    /// The parameters of the export: lengths of what is in IN, and a flag for the last chunk.
    pub(crate) fn params(self) -> &'static [Value] {
        const LENGTHS: [Value; 3] = [Value::I32; 3];
        match self {
            Self::Tick => &[],
            Self::Request | Self::RequestBody | Self::ResponseBody => &LENGTHS[..1],
            Self::Response | Self::Log => &LENGTHS[..2],
            Self::RequestChunk | Self::ResponseChunk => &LENGTHS,
        }
    }

    /// As the contract spells it.
    pub(crate) fn name(self) -> &'static str {
        self.flag().names().next().unwrap_or_default()
    }

    /// Whether the request has not gone to the upstream yet.
    pub(crate) fn is_on_request(self) -> bool {
        matches!(self, Self::Request | Self::RequestBody)
    }

    /// The hooks that a wish for the body behind the head of this hook leads to: for the whole, and for chunks.
    pub(crate) fn of_body(self) -> Option<(Self, Self)> {
        match self {
            Self::Request => Some((Self::RequestBody, Self::RequestChunk)),
            Self::Response => Some((Self::ResponseBody, Self::ResponseChunk)),
            _ => None,
        }
    }
}

impl fmt::Display for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_of_the_abi_is_a_hook() {
        let all = Hook::ALL.into_iter().fold(Hooks::NONE, |all, hook| all.with(hook.flag()));
        assert_eq!(all.names().count(), Hook::ALL.len());
        for hook in Hook::ALL {
            assert_eq!(hook.export(), format!("sluice1:on-{hook}"));
        }
    }
}
