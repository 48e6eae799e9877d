//! The trait that a plugin implements.

use serde::{Serialize, de::DeserializeOwned};
use sluice_abi::wire::Hooks;

use crate::{Body, Chunk, Config, Flow, Request, Response, Result, Setup, Summary};

/// A policy on requests and responses.
///
/// Write it as `#[plugin(name = "…")] impl Plugin for …`; the crate's documentation begins with an example.
/// One value is made for each instance of the module, and a worker thread keeps a few instances.
/// Hooks take `&self` and run to their end without interruption, at most 10 ms of CPU time unless the operator says
/// otherwise; whatever must be remembered from one request to another belongs in the host (limits, stores, metrics).
/// Only what the block defines is ever called.
///
/// Without a request hook there is nobody to make a state, so it must be `()`:
///
/// ```compile_fail,E0271
/// # use sluice_sdk::prelude::*;
/// struct Odd;
///
/// #[plugin(name = "odd")]
/// impl Plugin for Odd {
///     type State = u32;
///
///     fn new(_config: (), _setup: &mut Setup) -> Result<Self> {
///         Ok(Self)
///     }
///
///     fn on_response(&self, _response: &mut Response<'_>, _state: u32) -> Result<Flow<u32>> {
///         Ok(Flow::next())
///     }
/// }
/// ```
pub trait Plugin: Sized {
    /// What the operator sets; `()` for nothing.
    type Config: Config;
    /// What a hook hands to the next one of the same request; `()` for nothing.
    type State: State;

    /// Runs once for each instance: declare the headers to read and to write, define limits, stores, keys and metrics.
    ///
    /// # Errors
    /// The configuration is refused; the message goes to the operator.
    fn new(config: Self::Config, setup: &mut Setup) -> Result<Self>;

    /// Runs when a request has been read up to its body.
    ///
    /// Changes to the request are applied after the hook has returned `Ok`, in order.
    ///
    /// # Errors
    /// A fault: no change is applied, and the failure policy of the attachment decides.
    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Self::State>> {
        let _unused = request;
        Ok(Flow::next())
    }

    /// Runs when the whole body of the request is there, if [`Flow::buffer_body`] asked for it.
    ///
    /// The head was the request hook's to read; here it is within reach by [`current`](crate::current).
    /// Changes to the head still reach the upstream.
    ///
    /// # Errors
    /// A fault, as in the request hook.
    fn on_request_body(
        &self,
        request: &mut Request<'_>,
        body: &mut Body,
        state: Self::State,
    ) -> Result<Flow<Self::State>> {
        let _unused = (request, body, state);
        Ok(Flow::next())
    }

    /// Runs for each piece of the request's body on its way to the upstream, if [`Flow::stream_body`] asked for it.
    ///
    /// # Errors
    /// A fault: the message is broken off, or passes on as it is, as the failure policy says.
    fn on_request_chunk(&self, chunk: &mut Chunk<'_>, state: &mut Self::State) -> Result<()> {
        let _unused = (chunk, state);
        Ok(())
    }

    /// Runs when the head of the response is there, if the request hook returned a state
    /// or the plugin has no request hook.
    ///
    /// # Errors
    /// A fault, as in the request hook.
    fn on_response(&self, response: &mut Response<'_>, state: Self::State) -> Result<Flow<Self::State>> {
        let _unused = (response, state);
        Ok(Flow::next())
    }

    /// Runs when the whole body of the response is there, if the response hook asked for it by [`Flow::buffer_body`].
    ///
    /// # Errors
    /// A fault, as in the request hook.
    fn on_response_body(
        &self,
        response: &mut Response<'_>,
        body: &mut Body,
        state: Self::State,
    ) -> Result<Flow<Self::State>> {
        let _unused = (response, body, state);
        Ok(Flow::next())
    }

    /// Runs for each piece of the response's body on its way to the client, if the response hook asked for it by
    /// [`Flow::stream_body`].
    ///
    /// # Errors
    /// A fault: the client sees that the response is not whole, or gets it as it is, as the failure policy says.
    fn on_response_chunk(&self, chunk: &mut Chunk<'_>, state: &mut Self::State) -> Result<()> {
        let _unused = (chunk, state);
        Ok(())
    }

    /// Runs after the response has gone out, if the last hook before it returned a state; never delays the client.
    ///
    /// # Errors
    /// A fault: counted and logged.
    fn on_log(&self, summary: &Summary<'_>, state: Self::State) -> Result<()> {
        let _unused = (summary, state);
        Ok(())
    }

    /// Runs as often as [`Setup::tick_every`] says, on one thread of the node; never while a request waits for it.
    ///
    /// # Errors
    /// A fault: counted and logged.
    fn on_tick(&self) -> Result<()> {
        Ok(())
    }
}

/// Data that travels from one hook to the next of a request: encoded by postcard, 64 KiB at most, best a few bytes.
///
/// `#[derive(State)]` makes a struct one; every serde type is one already.
pub trait State: Serialize + DeserializeOwned {}

impl<T: Serialize + DeserializeOwned> State for T {}

/// What `#[plugin]` says of a plugin.
pub trait Described: Plugin {
    /// Facts that need no configuration.
    const ABOUT: About;
}

/// Facts about a plugin.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Name of the module.
    pub name: &'static str,
    /// Semantic version.
    pub version: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// Default place in the chain.
    pub order: i32,
    /// The hooks that the block defines.
    pub hooks: Hooks,
}
