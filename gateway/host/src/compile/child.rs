//! What the compile child does: Wasm from standard input, compiled code to standard output.
//!
//! It limits itself before it reads a byte, and it can do little else: it opens no files and has no secrets.

use std::io::{self, Read, Write};

use rustix::process::{Resource, Rlimit, nice, setrlimit};
use wasmtime::Engine;

use super::{artifact, limits::CompileLimits};
use crate::{engine, vet};

/// Files that the child may have open: its standard streams, and a few that start-up opens and closes again.
const FILES: u64 = 16;

/// Why the child wrote no code; what it says on standard error.
#[derive(Debug, thiserror::Error)]
pub enum ChildError {
    #[error("the compiler's limits cannot be set: {0}")]
    Limits(#[source] io::Error),
    #[error("{0}")]
    Pipe(#[from] io::Error),
    #[error("{0}")]
    Compile(String),
}

/// Limits this process, then compiles the module on standard input to standard output; what [`super::Compiler::Child`]
/// runs. The module was vetted by the process that sends it.
///
/// # Errors
/// [`ChildError`]; nothing was written that a gateway would load.
pub fn compile_child(limits: &CompileLimits) -> Result<(), ChildError> {
    confine(limits).map_err(|error| ChildError::Limits(error.into()))?;
    let mut wasm = Vec::new();
    io::stdin().lock().take(vet::MODULE as u64 + 1).read_to_end(&mut wasm)?;
    let engine = engine().map_err(ChildError::Compile)?;
    let artifact = artifact::make(&engine, &wasm).map_err(ChildError::Compile)?;
    let mut out = io::stdout().lock();
    out.write_all(artifact.bytes())?;
    Ok(out.flush()?)
}

/// The gateway's engine but for what runs code, which would reserve terabytes of address space.
pub(crate) fn engine() -> Result<Engine, String> {
    Engine::new(&engine::config()).map_err(|error| format!("{error:#}"))
}

fn confine(limits: &CompileLimits) -> rustix::io::Result<()> {
    let at_most = |value: u64| Rlimit { current: Some(value), maximum: Some(value) };
    let cpu = limits.cpu.as_secs().max(1);
    // A second between the signal that tells of it and the one that cannot be held off.
    setrlimit(Resource::Cpu, Rlimit { current: Some(cpu), maximum: Some(cpu + 1) })?;
    setrlimit(Resource::As, at_most(limits.memory))?;
    setrlimit(Resource::Core, at_most(0))?;
    setrlimit(Resource::Fsize, at_most(0))?;
    setrlimit(Resource::Nofile, at_most(FILES))?;
    nice(i32::from(limits.nice)).map(drop)
}
