//! The trait that a plugin implements.

use serde::{Serialize, de::DeserializeOwned};

use crate::{Config, Flow, Request, Response, Result, Setup};

/// A policy on requests and responses.
///
/// Write it as `#[plugin(name = "…")] impl Plugin for …`; the crate's documentation begins with an example.
/// One value is made for each instance of the module, and a worker thread keeps a few instances.
/// Hooks take `&self` and run to their end without interruption, at most 10 ms of CPU time unless the operator says
/// otherwise; whatever must be remembered from one request to another belongs in the host (limits, counters).
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
///     fn on_response(&self, _response: &mut Response<'_>, _state: u32) -> Result<()> {
///         Ok(())
///     }
/// }
/// ```
pub trait Plugin: Sized {
    /// What the operator sets; `()` for nothing.
    type Config: Config;
    /// What the request hook hands to the response hook of the same request; `()` for nothing.
    type State: State;

    /// Runs once for each instance: declare the headers to read and to write, define limits, token policies and counters.
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

    /// Runs when the head of the response is there, if the request hook returned [`Flow::next_with`]
    /// or the plugin has no request hook.
    ///
    /// # Errors
    /// A fault, as in the request hook.
    fn on_response(&self, response: &mut Response<'_>, state: Self::State) -> Result<()> {
        let _unused = (response, state);
        Ok(())
    }
}

/// Data that travels from the request hook to the response hook: encoded by postcard, 64 KiB at most, best a few bytes.
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
    /// The plugin defines `on_request`.
    pub request_hook: bool,
    /// The plugin defines `on_response`.
    pub response_hook: bool,
}
