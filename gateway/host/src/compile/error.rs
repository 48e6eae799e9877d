//! Why a sound module has no code.

use std::{path::PathBuf, time::Duration};

/// What became of the compiler; the text says the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// There is no child.
    #[error(
        "the compiler {program} does not start: {error}; the gateway must be allowed to run its own program",
        program = program.display()
    )]
    Start { program: PathBuf, error: String },
    /// It was not done in time.
    #[error(
        "it takes longer than {0:?}: give it fewer and smaller functions, such as by `opt-level = \"s\"` and fewer \
         dependencies, or try again when the machine is less busy"
    )]
    Time(Duration),
    /// It used up its share of the processor.
    #[error(
        "it takes more than {0:?} of the processor: give it fewer and smaller functions, such as by `opt-level = \"s\"` \
         and fewer dependencies"
    )]
    Cpu(Duration),
    /// It used up its share of memory.
    #[error(
        "it takes more than {0} bytes of memory: give it smaller functions, such as by `opt-level = \"s\"` and fewer \
         dependencies"
    )]
    Memory(u64),
    /// It was killed, or killed itself.
    #[error("the compiler crashed ({0}): report the module that did it, for it should not be able to")]
    Crashed(String),
    /// It gave up, in its own words.
    #[error("{0}")]
    Failed(String),
    /// What it wrote is for another engine, or cut short.
    #[error("the compiler is not that of this gateway: restart the gateway, whose program seems to have been replaced")]
    OtherCompiler,
}
