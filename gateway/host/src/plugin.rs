//! The public face of a configured plugin.

use std::{fmt, sync::Arc};

use gateway_model::ResolvedAttachment;
use sluice_abi::wire::Hooks;

use crate::{
    call::{Continued, RequestCall, ResponseCall, Verdict},
    engine::Core,
    error::{ConfigureError, Failure},
    generation::Generation,
    instance::{Instance, start_failed},
    module::Loaded,
    pool,
};

/// One attachment with its plugin configured. Clones share it; the last one to be dropped retires its instances.
#[derive(Clone)]
pub struct Plugin(Arc<InUse>);

/// Apart from the generation, because instances hold that: this is held by those who call.
struct InUse(Arc<Generation>);

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
        let instance = Instance::start(&generation)?;
        generation.keep_spare(instance);
        Ok(Self(Arc::new(InUse(generation))))
    }

    /// The attachment that was configured.
    #[must_use]
    pub fn attachment(&self) -> &Arc<ResolvedAttachment> {
        &self.generation().attachment
    }

    /// The hooks that the plugin implements; calling another one does nothing.
    #[must_use]
    pub fn hooks(&self) -> Hooks {
        self.generation().module.hooks()
    }

    /// Runs the request hook, and applies what it asks for to `call`.
    ///
    /// Runs at once and on this thread, for at most about the deadline; never waits.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` as it was.
    #[inline]
    pub fn on_request(&self, call: &mut RequestCall<'_>) -> Result<Verdict, Failure> {
        if !self.hooks().has(Hooks::REQUEST) {
            return Ok(Verdict::Next(Continued::default()));
        }
        self.run(|instance| instance.on_request(call))
    }

    /// Runs the response hook, and applies what it asks for to `call`.
    ///
    /// # Errors
    /// A [`Failure`] leaves `call` as it was.
    #[inline]
    pub fn on_response(&self, call: &mut ResponseCall<'_>) -> Result<(), Failure> {
        if !self.hooks().has(Hooks::RESPONSE) {
            return Ok(());
        }
        self.run(|instance| instance.on_response(call))
    }

    fn run<R>(&self, hook: impl FnOnce(&mut Instance) -> Result<R, Failure>) -> Result<R, Failure> {
        let generation = self.generation();
        let mut instance = match pool::checkout(generation) {
            Some(instance) => instance,
            None => fresh(generation)?,
        };
        // Should the host panic in here, the instance goes down with this frame.
        let result = hook(&mut instance);
        let sound = result.as_ref().map_or_else(|failure| failure.kind.leaves_instance_sound(), |_| true);
        if sound && !instance.is_spent() {
            pool::give_back(generation, instance);
        }
        result
    }

    fn generation(&self) -> &Arc<Generation> {
        &self.0.0
    }

    #[cfg(test)]
    pub(crate) fn watch(&self) -> std::sync::Weak<Generation> {
        Arc::downgrade(self.generation())
    }
}

#[cold]
fn fresh(generation: &Arc<Generation>) -> Result<Box<Instance>, Failure> {
    match generation.take_spare() {
        Some(instance) => Ok(instance),
        None => Instance::start(generation).map_err(|error| start_failed(generation, error)),
    }
}

impl Drop for InUse {
    fn drop(&mut self) {
        self.0.retire();
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
