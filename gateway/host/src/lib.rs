//! The plugin sandbox: the only place that knows the Wasm runtime.
//!
//! A module is [loaded](Host::load) once for each digest and [configured](Host::configure) once for each attachment.
//! The [`Plugin`] that comes out runs hooks on warm instances of the calling thread: directly, or on fibers where the
//! module imports something that waits and its configuration may ([`Plugin::is_blocking`]). What it keeps of one request is a [`Visit`], which the
//! caller carries from the first hook to the last.
//! A hook's failure is contained to its call: nothing that it asked for is applied, its instance is dropped, and the
//! caller decides by the attachment's policy. `LIFECYCLE.md` has the journey of an instance and of a call.
//!
//! What a plugin may do is what it imports (`sluice_abi::import::IMPORTS`), cut down by the grants of its attachment.
//! It may read every header and write all but those of the connection, the framing and the routing of the request
//! (`sluice_abi::outcome::is_reserved`); a hook that writes one of these fails.

mod apply;
mod cache;
mod call;
mod charge;
mod clock;
mod compile;
mod deadline;
mod declared;
mod engine;
mod error;
mod generation;
mod head;
mod hook;
mod host;
mod imports;
mod instance;
mod jwks;
mod jwt;
mod limits;
mod memory;
mod module;
mod outbound;
mod passwords;
mod plugin;
mod pool;
mod priority;
mod state;
mod ticker;
mod trace;
mod uses;
mod vet;

#[cfg(test)]
mod tests;

pub use call::{
    About, Admission, Attributes, BodyWish, Caching, Charge, Charges, ChunkCall, ChunkVerdict, Kept, LocalLoad, Onward,
    Refusal, RequestCall, ResponseCall, ResponseVerdict, StoreResponse, UpstreamLoad, Verdict, Visit, Way,
};
pub use charge::{Caller, TellsOf, Told};
pub use clock::monotonic_ns;
pub use compile::{ChildError, CompileError, CompileLimits, Compiler, compile_child};
pub use error::{ConfigureError, Failure, FailureDetails, FailureKind, HostError, LoadError};
pub use host::{Host, HostSettings, Secrets};
pub use jwks::{Fetching, KEY_SET_BYTES, KEY_SET_TIME, KeyDocument, KeyFetch, NoKeys, is_loopback};
pub use limits::Limits;
pub use outbound::{Outbound, Sending, Unreachable};
pub use plugin::Plugin;
pub use pool::sweep;
pub use priority::Flow;
pub use sluice_abi::{
    head::{Source, Summary},
    wire::{self, Hooks},
};
