//! The public face of a configured plugin.

mod waiting;

use std::{
    fmt,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use bytes::Bytes;
use gateway_model::{ResolvedAttachment, Snapshot};
use http::HeaderName;
use sluice_abi::{head::Summary, wire::Hooks};

use crate::{
    call::{ChunkCall, ChunkVerdict, Onward, RequestCall, ResponseCall, ResponseVerdict, Verdict, Visit},
    engine::Core,
    error::{ConfigureError, Failure},
    generation::Generation,
    imports::DefinedLimits,
    instance::{Instance, at_once, start_failed},
    module::Loaded,
    pool,
};

/// One attachment with its plugin configured. Clones share it; the last one to be dropped retires its instances.
///
/// A hook that the plugin does not have does nothing when it is called. The others run at once and on this thread, for at
/// most about the deadline, and never wait; after a [`Failure`] what they were lent is as it was.
#[derive(Clone)]
pub struct Plugin(Arc<InUse>);

/// Apart from the generation, because instances hold that: this is held by those who call.
struct InUse {
    generation: Arc<Generation>,
    hooks: Hooks,
    tick_every: Option<Duration>,
}

impl Plugin {
    pub(crate) fn configure(
        core: Arc<Core>,
        module: Arc<Loaded>,
        attachment: &Arc<ResolvedAttachment>,
    ) -> Result<Self, ConfigureError> {
        if let Some(need) = module.needs.iter().find(|need| !attachment.grants.contains(need)) {
            return Err(ConfigureError::Grant(need.clone()));
        }
        let generation = Arc::new(Generation::new(core, module, attachment.clone()));
        let mut instance = Instance::start(&generation)?;
        if generation.waits() && instance.declared.never_waits() {
            // Once for a configuration: it was started on a fiber, which it does not need.
            generation.never_waits();
            instance = Instance::start(&generation)?;
        }
        let (hooks, tick_every) = (instance.declared.hooks, instance.declared.tick_every);
        if !generation.isolated {
            generation.keep_spare(instance);
        }
        Ok(Self(Arc::new(InUse { generation, hooks, tick_every })))
    }

    /// The attachment that was configured.
    #[must_use]
    pub fn attachment(&self) -> &Arc<ResolvedAttachment> {
        &self.0.generation.attachment
    }

    /// The hooks that the module implements and this configuration needs.
    #[must_use]
    pub fn hooks(&self) -> Hooks {
        self.0.hooks
    }

    /// How often the tick hook is to be called; `None` for never.
    #[must_use]
    pub fn tick_every(&self) -> Option<Duration> {
        self.0.tick_every
    }

    /// Whether the plugin may wait for upstreams, remote stores or keys: then its hooks of heads and of whole bodies, and its
    /// ticks, are to be called on fibers. Called directly they work too, but whatever they would wait for is unavailable.
    #[must_use]
    pub fn is_blocking(&self) -> bool {
        self.generation().waits()
    }

    /// Whether the plugin looks at how busy the surroundings of a request are: only then [`LocalLoad`] needs to be told.
    ///
    /// [`LocalLoad`]: crate::LocalLoad
    #[must_use]
    pub fn samples_load(&self) -> bool {
        self.generation().module.uses.load
    }

    /// Names of fields that the plugin writes or takes away, as far as it has declared them.
    #[must_use]
    pub fn header_names(&self) -> &[HeaderName] {
        self.generation().header_names()
    }

    /// Runs the hook of the request's head, and applies what it asks for to `call`.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` as it was.
    #[inline]
    pub fn on_request(&self, call: &mut RequestCall<'_>, visit: &mut Visit) -> Result<Verdict, Failure> {
        if !self.hooks().has(Hooks::REQUEST) {
            return Ok(Verdict::Next(Onward::NOTHING_MORE));
        }
        self.run(|instance| instance.on_request(call, visit))
    }

    /// Runs the hook of the request's whole body, and applies what it asks for to `call` and `body`.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` and `body` as they were.
    pub fn on_request_body(
        &self,
        call: &mut RequestCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<Verdict, Failure> {
        if !self.hooks().has(Hooks::REQUEST_BODY) {
            return Ok(Verdict::Next(Onward::NOTHING_MORE));
        }
        self.run(|instance| done(instance.on_request_body::<false>(call, visit, body)))
    }

    /// Runs the hook of a piece of the request's body: at most [`CHUNK_MAX`](sluice_abi::CHUNK_MAX) bytes, `last` with
    /// the end of the body.
    ///
    /// # Errors
    /// A [`Failure`]; the chunk is lost, so keep a clone to go on with.
    pub fn on_request_chunk(
        &self,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        chunk: Bytes,
        last: bool,
    ) -> Result<ChunkVerdict, Failure> {
        if !self.hooks().has(Hooks::REQUEST_CHUNK) {
            return Ok(ChunkVerdict::Pass(chunk));
        }
        self.run(|instance| instance.on_request_chunk(call, visit, chunk, last))
    }

    /// Runs the hook of the response's head, and applies what it asks for to `call`.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` as it was.
    #[inline]
    pub fn on_response(&self, call: &mut ResponseCall<'_>, visit: &mut Visit) -> Result<ResponseVerdict, Failure> {
        if !self.hooks().has(Hooks::RESPONSE) {
            return Ok(ResponseVerdict::Next(Onward::NOTHING_MORE));
        }
        self.run(|instance| instance.on_response(call, visit))
    }

    /// Runs the hook of the response's whole body, and applies what it asks for to `call` and `body`.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` and `body` as they were.
    pub fn on_response_body(
        &self,
        call: &mut ResponseCall<'_>,
        visit: &mut Visit,
        body: &mut Bytes,
    ) -> Result<ResponseVerdict, Failure> {
        if !self.hooks().has(Hooks::RESPONSE_BODY) {
            return Ok(ResponseVerdict::Next(Onward::NOTHING_MORE));
        }
        self.run(|instance| done(instance.on_response_body::<false>(call, visit, body)))
    }

    /// As [`on_request_chunk`](Self::on_request_chunk), for the response.
    ///
    /// # Errors
    /// A [`Failure`]; the chunk is lost, so keep a clone to go on with.
    pub fn on_response_chunk(
        &self,
        call: &ChunkCall<'_>,
        visit: &mut Visit,
        chunk: Bytes,
        last: bool,
    ) -> Result<ChunkVerdict, Failure> {
        if !self.hooks().has(Hooks::RESPONSE_CHUNK) {
            return Ok(ChunkVerdict::Pass(chunk));
        }
        self.run(|instance| instance.on_response_chunk(call, visit, chunk, last))
    }

    /// Tells the plugin what became of a request; the last hook of its visit.
    ///
    /// # Errors
    /// A [`Failure`].
    pub fn on_log(&self, call: &ChunkCall<'_>, visit: Visit, summary: &Summary<'_>) -> Result<(), Failure> {
        if !self.hooks().has(Hooks::LOG) {
            return Ok(());
        }
        let mut visit = visit;
        self.run(|instance| instance.on_log(call, &mut visit, summary))
    }

    /// Runs the hook of time. To be called on one thread of the node, [`tick_every`](Self::tick_every) so often.
    ///
    /// # Errors
    /// A [`Failure`].
    pub fn on_tick(&self, snapshot: &Arc<Snapshot>) -> Result<(), Failure> {
        if !self.hooks().has(Hooks::TICK) {
            return Ok(());
        }
        self.run(|instance| done(instance.on_tick::<false>(snapshot)))
    }

    /// Gives up the calls on fibers that are under way and have used more than a tick of the processor, on every thread:
    /// they fail at their next tick. For a plugin that is quarantined; later calls are not concerned.
    pub fn withdraw(&self) {
        self.generation().withdrawals.fetch_add(1, Ordering::Relaxed);
    }

    #[inline]
    fn run<R>(&self, hook: impl FnOnce(&mut Instance) -> Result<R, Failure>) -> Result<R, Failure> {
        let mut instance = self.instance()?;
        // Should the host panic in here, the instance goes down with this frame.
        let result = hook(&mut instance);
        self.leave(instance, &result);
        result
    }

    /// An instance for one call: a warm one, unless each call is to have its own.
    #[inline]
    fn instance(&self) -> Result<Box<Instance>, Failure> {
        let generation = self.generation();
        match pool::checkout(generation) {
            Some(instance) => Ok(instance),
            None => fresh(generation),
        }
    }

    /// Keeps an instance for the next call if it may have another one.
    #[inline]
    fn leave<R>(&self, instance: Box<Instance>, result: &Result<R, Failure>) {
        let mut instance = instance;
        let sound = result.as_ref().map_or_else(|failure| failure.kind.leaves_instance_sound(), |_| true);
        if sound && !instance.is_spent() && !self.generation().isolated {
            pool::give_back(self.generation(), instance);
        }
    }

    pub(crate) fn core(&self) -> &Core {
        &self.generation().core
    }

    pub(crate) fn limits(&self) -> &DefinedLimits {
        &self.generation().shared.limits
    }

    fn generation(&self) -> &Arc<Generation> {
        &self.0.generation
    }

    #[cfg(test)]
    pub(crate) fn watch(&self) -> std::sync::Weak<Generation> {
        Arc::downgrade(self.generation())
    }
}

#[cold]
fn fresh(generation: &Arc<Generation>) -> Result<Box<Instance>, Failure> {
    // The spare is behind a lock: only for a thread's first call, not for each call of an isolated plugin.
    let spare = if generation.isolated { None } else { generation.take_spare() };
    match spare {
        Some(instance) => Ok(instance),
        None => Instance::start(generation).map_err(|error| start_failed(generation, error)),
    }
}

/// The result of a hook that is called directly, where nothing is awaited.
fn done<R>(hook: impl Future<Output = R>) -> R {
    at_once(hook).expect("a direct call is over when it returns")
}

impl Drop for InUse {
    fn drop(&mut self) {
        self.generation.retire();
    }
}

impl fmt::Debug for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plugin")
            .field("attachment", &self.attachment().name)
            .field("generation", &self.generation().id)
            .finish_non_exhaustive()
    }
}
