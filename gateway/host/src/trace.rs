//! Where a guest was when it failed: its author's functions and lines, innermost first.

use std::fmt;

use wasmtime::WasmBacktrace;

use crate::{
    compile::lines::{Line, Lines},
    error::function_name,
};

/// Calls that are told, functions that were inlined counted as such.
const TOLD: usize = 20;

/// Code that stands between an author's mistake and its effect: it is left out where the trace begins.
const MACHINERY: [&str; 14] = [
    "core::",
    "std::",
    "alloc::",
    "<core::",
    "<std::",
    "<alloc::",
    "__rust",
    "rust_",
    "panic_abort::",
    "dlmalloc::",
    "<dlmalloc::",
    "compiler_builtins::",
    "sluice_sdk::",
    "abort",
];

/// The guest's calls at the time of the error, as many as the engine collects.
pub(crate) struct Trace<'a> {
    pub(crate) error: &'a wasmtime::Error,
    /// Of the module, where it is known.
    pub(crate) lines: Option<&'a Lines>,
}

/// One call.
struct Call {
    function: String,
    /// File and line.
    place: Option<(String, u32)>,
    /// In the module; told when nothing better is known.
    offset: Option<usize>,
}

impl fmt::Display for Trace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = self.calls();
        let machinery = calls.iter().take_while(|call| call.is_machinery()).count();
        // A trace of nothing else is better than none.
        let skipped = if machinery == calls.len() { 0 } else { machinery };
        for (position, call) in calls[skipped..].iter().take(TOLD).enumerate() {
            f.write_str(if position == 0 { "; at " } else { " < " })?;
            call.fmt(f)?;
        }
        Ok(())
    }
}

impl Trace<'_> {
    fn calls(&self) -> Vec<Call> {
        let Some(trace) = self.error.downcast_ref::<WasmBacktrace>() else { return Vec::new() };
        let mut calls = Vec::new();
        for frame in trace.frames() {
            let offset = frame.module_offset();
            let lines = offset.zip(self.lines).map(|(offset, lines)| lines.at(offset)).unwrap_or_default();
            let unnamed = || format!("function {}", frame.func_index());
            let function = || frame.func_name().map_or_else(unnamed, function_name);
            if lines.is_empty() {
                calls.push(Call { function: function(), place: None, offset });
            }
            // Tables of lines name inlined functions only, so the one that is called has its name from the module.
            calls.extend(lines.into_iter().map(|line| match line.function {
                "" => Call { function: function(), ..Call::of_line(line) },
                _ => Call::of_line(line),
            }));
        }
        calls
    }
}

impl Call {
    fn of_line(line: Line<'_>) -> Self {
        Self { function: line.function.to_owned(), place: Some((line.file.to_owned(), line.number)), offset: None }
    }

    fn is_machinery(&self) -> bool {
        let in_library = self.place.as_ref().is_some_and(|(file, _)| file.starts_with("library/"));
        in_library || MACHINERY.iter().any(|start| self.function.starts_with(start))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.function)?;
        match (&self.place, self.offset) {
            (Some((file, line)), _) => write!(f, " ({file}:{line})"),
            (None, Some(offset)) => write!(f, "@{offset:#x}"),
            (None, None) => Ok(()),
        }
    }
}
