//! `sluice compile-module`: what a gateway runs to compile a plugin, with limits of its own.

use std::{ffi::OsString, time::Duration};

use clap::Args;
use gateway_host::{CompileLimits, Compiler, compile_child};

use super::Failure;

/// This very program, even when its file was replaced or deleted since: both sides have the same compiler.
const OURSELVES: &str = "/proc/self/exe";

/// The command's name.
const NAME: &str = "compile-module";

/// Compiles the plugin on standard input to standard output, for the gateway that runs it.
#[derive(Debug, Args)]
pub(super) struct CompileModule {
    /// Of the processor.
    #[arg(long, value_name = "SECONDS")]
    cpu: u64,
    /// Address space.
    #[arg(long, value_name = "BYTES")]
    memory: u64,
    /// How much to let other processes go first, 0 to 19.
    #[arg(long, value_name = "LEVEL")]
    nice: u8,
}

impl CompileModule {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { cpu, memory, nice } = self;
        let limits = CompileLimits { cpu: Duration::from_secs(cpu), memory, nice, ..CompileLimits::default() };
        Ok(compile_child(&limits)?)
    }
}

/// The compiler of a gateway: this command, in a process of its own.
pub(super) fn in_a_child() -> Compiler {
    let limits = CompileLimits::default();
    let args = [
        NAME.to_owned(),
        format!("--cpu={}", limits.cpu.as_secs()),
        format!("--memory={}", limits.memory),
        format!("--nice={}", limits.nice),
    ];
    Compiler::Child { program: OURSELVES.into(), args: args.map(OsString::from).into(), limits }
}
