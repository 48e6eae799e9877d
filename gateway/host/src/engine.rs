//! The engine: which Wasm is accepted, and what all modules and instances share.

use std::sync::Arc;

use aws_lc_rs::hmac;
use gateway_store::{RemoteStores, Responses, Stores, limits::Limiters};
use gateway_telemetry::{Load, Metrics};
use wasmparser::WasmFeatures;
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, Linker, OptLevel, PoolingAllocationConfig, Strategy,
    WasmBacktraceDetails,
};

use crate::{
    deadline::Budget,
    error::HostError,
    host::{HostSettings, Secrets},
    imports::{self, Waiting},
    jwks::KeySets,
    limits::Limits,
    memory::TABLE_ENTRIES,
    outbound::Outbound,
    passwords::Passwords,
    state::State,
    ticker::Ticker,
};

/// The most frames in the trace of a failure.
const FRAMES: usize = 20;

/// The part of a fiber's stack that is left to imports, in bytes.
const HOST_STACK: usize = 512 * 1024;

/// Bytes of a memory or a table that are wiped rather than given back when an instance ends, for the next one in its slot.
const KEPT_RESIDENT: usize = 256 * 1024;

/// The most instances with a stack of their own, over all plugins and threads: a few hundred MiB of address space.
const STACKS: u32 = 1_000;

/// What all modules share. Lives as long as any plugin, so that the ticker ticks for as long as a guest may run.
pub(crate) struct Core {
    pub(crate) engine: Engine,
    pub(crate) linker: Linker<State>,
    /// The same for configurations that never wait.
    pub(crate) direct: Linker<State>,
    pub(crate) ticker: Ticker,
    pub(crate) limits: Limits,
    /// For what happens before hooks: instantiation, `describe`, `configure`.
    pub(crate) start: Budget,
    pub(crate) services: Services,
}

/// What imports act on.
pub(crate) struct Services {
    /// Hashes API keys to what the snapshot knows them by.
    pub(crate) key_hash: hmac::Key,
    /// Verifies passwords, beside the threads that serve.
    pub(crate) passwords: Arc<Passwords>,
    pub(crate) secrets: Secrets,
    pub(crate) key_sets: KeySets,
    pub(crate) limiters: Arc<Limiters>,
    pub(crate) metrics: Metrics,
    pub(crate) outbound: Arc<dyn Outbound>,
    pub(crate) stores: Arc<Stores>,
    pub(crate) responses: Arc<Responses>,
    pub(crate) remote: RemoteStores,
    pub(crate) load: Load,
}

impl Core {
    pub(crate) fn new(settings: HostSettings) -> Result<Self, HostError> {
        settings.limits.check()?;
        let engine = engine(&settings.limits)?;
        let linker = |waiting| imports::linker(&engine, waiting).map_err(|error| HostError::Engine(error.to_string()));
        let (linker, direct) = (linker(Waiting::OnFiber)?, linker(Waiting::Never)?);
        let ticker = Ticker::start(engine.clone()).map_err(HostError::Ticker)?;
        let services = Services {
            key_hash: hmac::Key::new(hmac::HMAC_SHA256, &settings.key_hash_secret),
            passwords: Arc::default(),
            secrets: settings.secrets,
            key_sets: KeySets::new(settings.key_sets, settings.metrics.key_sets()),
            limiters: settings.limiters,
            metrics: settings.metrics,
            outbound: settings.outbound,
            stores: settings.stores,
            responses: settings.responses,
            remote: settings.remote,
            load: settings.load,
        };
        let limits = settings.limits;
        let start = Budget::new(limits.start_deadline);
        Ok(Self { engine, linker, direct, ticker, limits, start, services })
    }
}

fn engine(limits: &Limits) -> Result<Engine, HostError> {
    let mut config = config();
    config
        .max_wasm_stack(limits.stack)
        .async_stack_size(limits.stack + HOST_STACK)
        .wasm_backtrace_max_frames(FRAMES.try_into().ok())
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool(limits)));
    Engine::new(&config).map_err(|error| HostError::Engine(format!("{error:#}")))
}

/// What compiled code depends on: the same wherever it is compiled and run.
///
/// The engine does not read debug information, which is a guest's: see `compile::lines`.
pub(crate) fn config() -> Config {
    let mut config = Config::new();
    config
        .strategy(Strategy::Cranelift)
        .cranelift_opt_level(OptLevel::Speed)
        .epoch_interruption(true)
        .consume_fuel(false)
        .concurrency_support(false)
        .wasm_backtrace_details(WasmBacktraceDetails::Disable)
        .wasm_features(WasmFeatures::all().difference(features()), false);
    config
}

/// What compilers emit for plain 32-bit code today. No threads, shared or several memories, 64-bit memory, garbage
/// collection, exceptions or stack switching: each is more to trust, and plugins need none.
pub(crate) fn features() -> WasmFeatures {
    WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::REFERENCE_TYPES
        | WasmFeatures::MULTI_VALUE
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::SIMD
        | WasmFeatures::TAIL_CALL
        | WasmFeatures::FLOATS
        | WasmFeatures::EXTENDED_CONST
}

/// Slots for instances, reserved at start: a fresh instance is a few system calls.
///
/// Nothing is kept resident after use: that pays only with a kernel that can scan page tables, and instances are reused.
fn pool(limits: &Limits) -> PoolingAllocationConfig {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_core_instances(limits.instances)
        .total_memories(limits.instances)
        .total_tables(limits.instances)
        .total_stacks(limits.instances.min(STACKS))
        .max_memories_per_module(1)
        .max_tables_per_module(1)
        .table_elements(TABLE_ENTRIES)
        .max_memory_size(limits.memory);
    if PoolingAllocationConfig::is_pagemap_scan_available() {
        pool.pagemap_scan(Enabled::Yes).linear_memory_keep_resident(KEPT_RESIDENT).table_keep_resident(KEPT_RESIDENT);
    }
    pool
}
