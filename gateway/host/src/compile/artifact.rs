//! What the compiler makes of a module: code for this machine, and where its lines are in the author's files.
//!
//! In bytes, as it crosses the pipe and as it lies in the cache: [`MAGIC`], the hash of the engine that it is for, the
//! length of the lines, the lines, and the code to the end.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};

use wasmtime::{Engine, Module};

use super::{
    error::CompileError,
    lines::{self, Lines},
};

const MAGIC: &[u8; 8] = b"sluice\0\x01";
const HEADER: usize = 24;

/// Compiled code and its lines: bytes that this gateway, or its own compile child, has made.
///
/// To have one is the right to run what is in it: it is made where that was ascertained, and nowhere else.
pub(crate) struct Artifact {
    bytes: Vec<u8>,
    lines: Range<usize>,
}

/// Compiles a module in this process.
///
/// # Errors
/// What the compiler says.
pub(crate) fn make(engine: &Engine, wasm: &[u8]) -> Result<Artifact, String> {
    let code = engine.precompile_module(wasm).map_err(|error| format!("{error:#}"))?;
    let lines = lines::of_module(wasm);
    let mut bytes = Vec::with_capacity(HEADER + lines.len() + code.len());
    bytes.extend(MAGIC);
    bytes.extend(engine_hash(engine).to_le_bytes());
    bytes.extend((lines.len() as u64).to_le_bytes());
    bytes.extend(&lines);
    bytes.extend(&code);
    Ok(Artifact { bytes, lines: HEADER..HEADER + lines.len() })
}

/// What compiled code depends on: the target, the settings of the compiler, its version.
pub(crate) fn engine_hash(engine: &Engine) -> u64 {
    let mut hasher = DefaultHasher::new();
    engine.precompile_compatibility_hash().hash(&mut hasher);
    hasher.finish()
}

impl Artifact {
    /// What this gateway's own compile child wrote.
    pub(super) fn of_child(bytes: Vec<u8>, engine: &Engine) -> Result<Self, CompileError> {
        Self::of_bytes(bytes, engine).ok_or(CompileError::OtherCompiler)
    }

    /// What this gateway wrote into its cache, after its MAC was checked.
    pub(crate) fn of_cache(bytes: Vec<u8>, engine: &Engine) -> Option<Self> {
        Self::of_bytes(bytes, engine)
    }

    /// All of it, for the pipe or the cache.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Loads the code; fails when it is of another engine after all.
    #[allow(unsafe_code, reason = "compiled code is loaded here and nowhere else")]
    pub(crate) fn load(&self, engine: &Engine) -> Result<(Module, Lines), CompileError> {
        // SAFETY: an artifact has been made by the compiler of this very program: in this process, in the child that
        // this process started and read from through a pipe of its own, or by an earlier gateway that put a MAC over
        // it, under a key that only the gateway's user can read, which was checked before it came here.
        let module = unsafe { Module::deserialize(engine, &self.bytes[self.lines.end..]) };
        let module = module.map_err(|_| CompileError::OtherCompiler)?;
        Ok((module, Lines::new(&self.bytes[self.lines.clone()])))
    }

    fn of_bytes(bytes: Vec<u8>, engine: &Engine) -> Option<Self> {
        let header: &[u8; HEADER] = bytes.first_chunk()?;
        let number = |at: usize| header[at..].first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
        let is_ours = header.starts_with(MAGIC) && number(8)? == engine_hash(engine);
        let lines = HEADER..HEADER.checked_add(usize::try_from(number(16)?).ok()?)?;
        (is_ours && lines.end <= bytes.len()).then_some(Self { bytes, lines })
    }
}
