//! What happens to an instance before its first hook: it describes its module, or it is configured.

use std::sync::Arc;

use sluice_abi::{
    EXPORT_CONFIGURE, EXPORT_DESCRIBE,
    outcome::{Action, Packed},
    wire::{self, Declaration, Descriptor, Hooks},
};
use wasmtime::InstancePre;

use super::{Exports, Guest, Instance, guest::narrow};
use crate::{
    deadline::Budget,
    declared::Declared,
    engine::Core,
    error::{ConfigureError, Failure, FailureKind, quoted},
    generation::Generation,
    state::State,
    uses::Uses,
};

/// The largest configuration that is handed to a plugin, in bytes.
const CONFIGURATION: usize = 1024 * 1024;

/// Runs `describe` in an instance of its own.
pub(crate) fn describe(core: &Arc<Core>, module: &InstancePre<State>, uses: Uses) -> Result<Descriptor, Failure> {
    let mut guest = Guest::start(State::new(core.clone(), None), module, uses.blocking)?;
    let function = guest.function::<(), u32>(EXPORT_DESCRIBE)?;
    let len = guest.call(&function, (), &core.start)?;
    wire::decode(guest.output(len)?)
        .map_err(|error| guest.failure(FailureKind::Malformed, format_args!("it gave no descriptor: {error}")))
}

/// What the log is told when a hook needed an instance and got none.
#[cold]
pub(crate) fn start_failed(generation: &Arc<Generation>, error: ConfigureError) -> Failure {
    match error {
        ConfigureError::Failed(failure) => failure,
        other => {
            let state = State::new(generation.core.clone(), Some(generation.clone()));
            Failure::new(FailureKind::Start, &state, other)
        }
    }
}

impl Instance {
    /// Instantiates the module and configures it.
    pub(crate) fn start(generation: &Arc<Generation>) -> Result<Box<Self>, ConfigureError> {
        let state = State::new(generation.core.clone(), Some(generation.clone()));
        let waits = generation.waits();
        let mut guest = Guest::start(state, generation.module.pre(waits), waits)?;
        let declared = configure(&mut guest, generation)?;
        Ok(Box::new(Self {
            exports: Exports::of(&mut guest, declared.hooks)?,
            guest,
            generation: generation.clone(),
            declared,
            uses: generation.module.uses,
            lends: generation.module.uses.lends(),
            changes: Vec::new(),
            calls_left: share_of_calls(generation.core.limits.calls_per_instance),
            left: Budget::default(),
        }))
    }
}

/// Has the guest read its configuration, and reads what it declares.
fn configure(guest: &mut Guest, generation: &Generation) -> Result<Arc<Declared>, ConfigureError> {
    let config = &*generation.attachment.config;
    hand_over(guest, config)?;
    guest.state().configuring = true;
    let function = guest.function::<u32, u64>(EXPORT_CONFIGURE)?;
    let budget = guest.core().start;
    let bits = guest.call(&function, narrow(config.len()), &budget)?;
    guest.state().configuring = false;
    let packed = guest.unpack(bits)?;
    let out = guest.output(packed.len)?;
    match packed {
        Packed { action: Action::Next, .. } => {
            let declared = generation.declared(out, || declared(guest, out, generation.module.hooks()))?;
            Ok(declared)
        }
        Packed { action: Action::Fault, .. } => Err(ConfigureError::Refused(quoted(&String::from_utf8_lossy(out)))),
        _ => Err(guest.failure(FailureKind::Malformed, "`configure` answered like a hook").into()),
    }
}

/// Puts the configuration into IN.
fn hand_over(guest: &mut Guest, config: &str) -> Result<(), Failure> {
    if config.len() > CONFIGURATION {
        let cause = format!("its configuration has {} bytes: use at most {CONFIGURATION}", config.len());
        return Err(guest.failure(FailureKind::Malformed, cause));
    }
    guest.put([config.as_bytes()])
}

fn declared(guest: &Guest, out: &[u8], hooks: Hooks) -> Result<Declared, Failure> {
    let malformed = |cause: String| guest.failure(FailureKind::Malformed, cause);
    let declaration: Declaration =
        wire::decode(out).map_err(|error| malformed(format!("`configure` returned no declaration: {error}")))?;
    Declared::new(&declaration, hooks).map_err(malformed)
}

/// `calls` give or take a quarter.
fn share_of_calls(calls: u32) -> u32 {
    let quarter = calls / 4;
    fastrand::u32(calls - quarter..=calls.saturating_add(quarter))
}
