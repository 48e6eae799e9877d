//! Compiling: from a module that was vetted to code that may be loaded.
//!
//! Epochs, fuel and memory limits hold back code that runs, not the compiler. So a gateway compiles in a [child
//! process](child) with limits of its own, one module at a time and never on a worker; what the child writes through
//! its pipe is what this gateway's own compiler made, and is loaded.

pub(crate) mod artifact;
mod child;
mod error;
mod limits;
pub(crate) mod lines;
mod parent;
mod queue;

use std::{ffi::OsString, path::PathBuf};

use gateway_model::Digest;
use wasmtime::{Engine, Module};

use self::{artifact::Artifact, lines::Lines};
pub use self::{
    child::{ChildError, compile_child},
    error::CompileError,
    limits::CompileLimits,
};
use crate::{cache::Cache, engine::features, error::LoadError, vet::vet};

/// How modules are compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compiler {
    /// In this process, without limits: for tools, which compile what their own user gave them.
    InProcess,
    /// In a process that runs [`compile_child`]: the gateway's own program, so that both have the same compiler.
    Child { program: PathBuf, args: Vec<OsString>, limits: CompileLimits },
}

/// Where modules become code: the compiler, the queue in front of it, and what was compiled before.
pub(crate) struct Workshop {
    compiler: Compiler,
    queue: queue::Queue,
    cache: Option<Cache>,
}

impl Workshop {
    pub(crate) fn new(compiler: Compiler, cache: Option<Cache>) -> Self {
        Self { compiler, queue: queue::Queue::default(), cache }
    }

    /// Removes the code of a module from the cache.
    pub(crate) fn forget(&self, digest: &Digest) {
        if let Some(cache) = &self.cache {
            cache.remove(digest);
        }
    }

    /// Takes the code from the cache, or vets the module, compiles it and puts it there.
    ///
    /// Waits for its turn and then for the compiler, so never to be called by a worker.
    pub(crate) fn code(
        &self,
        engine: &Engine,
        memory: usize,
        digest: &Digest,
        wasm: &[u8],
    ) -> Result<(Module, Lines), LoadError> {
        if let Some(module) = self.cache.as_ref().and_then(|cache| cache.take(engine, digest)) {
            return Ok(module);
        }
        vet(wasm, features(), memory)?;
        let code = self.compile(engine, wasm)?;
        let module = code.load(engine)?;
        if let Some(cache) = &self.cache {
            cache.put(digest, &code);
        }
        Ok(module)
    }

    fn compile(&self, engine: &Engine, wasm: &[u8]) -> Result<Artifact, LoadError> {
        match &self.compiler {
            Compiler::InProcess => Ok(artifact::make(engine, wasm).map_err(CompileError::Failed)?),
            Compiler::Child { program, args, limits } => {
                let _turn = self.queue.wait_for_turn()?;
                let bytes = parent::run(program, args, limits, wasm)?;
                Ok(Artifact::of_child(bytes, engine)?)
            }
        }
    }
}

#[cfg(test)]
mod tests;
