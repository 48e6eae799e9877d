//! `log`: the guest's lines, in the gateway's log.

use sluice_abi::import::LOG;
use tracing::Level;
use wasmtime::{Caller, Linker};

use super::parts;
use crate::{
    clock::monotonic_ns,
    error::Misuse,
    memory::{excerpt, slice},
    pool,
    state::State,
};

/// Where the lines of guests are found in the log, whoever wrote them.
const TARGET: &str = "plugin";

/// Lines in a second, for each attachment and worker.
const LINES: u32 = 64;

const SECOND_NS: u64 = 1_000_000_000;

/// The lines that one attachment may still write on one thread in this second.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    second: u64,
    written: u32,
}

/// What to do with a line.
#[derive(Debug, PartialEq, Eq)]
enum Admission {
    Write,
    /// The last one of this second: say so.
    WriteAndSaySo,
    Drop,
}

pub(super) fn define(linker: &mut Linker<State>) -> wasmtime::Result<()> {
    linker.func_wrap(LOG, "enabled", enabled)?;
    linker.func_wrap(LOG, "write", write)?;
    Ok(())
}

fn enabled(mut caller: Caller<'_, State>, level: u32) -> wasmtime::Result<u32> {
    let state = caller.data_mut();
    state.crossing.call()?;
    Ok(u32::from(is_enabled(self::level(level)?) && !state.muted))
}

fn write(mut caller: Caller<'_, State>, level: u32, ptr: u32, len: u32) -> wasmtime::Result<()> {
    let level = self::level(level)?;
    let (memory, state) = parts(&mut caller)?;
    // Bounds are checked even for a line that nobody will see: whether it traps must not depend on the log level.
    slice(memory, ptr, len)?;
    if state.muted || !is_enabled(level) {
        return Ok(());
    }
    let admission = match &state.owner {
        Some(owner) => pool::with_local(owner, |local| local.lines.admit(monotonic_ns() / SECOND_NS)),
        None => Admission::Write,
    };
    if admission == Admission::Drop {
        // The rest of this call is told that nobody listens: a flood is not to cost a clock and a copy for each line.
        state.muted = true;
        return Ok(());
    }
    emit(state, level, &excerpt(memory, ptr, len)?);
    if admission == Admission::WriteAndSaySo {
        emit(state, Level::WARN, "the plugin logs too much: further lines of this second are dropped");
    }
    Ok(())
}

fn level(level: u32) -> Result<Level, Misuse> {
    match level {
        0 => Ok(Level::TRACE),
        1 => Ok(Level::DEBUG),
        2 => Ok(Level::INFO),
        3 => Ok(Level::WARN),
        4 => Ok(Level::ERROR),
        _ => Err(Misuse::new("there is no such log level")),
    }
}

/// Levels of events are constants in the log's macros: the macro writes out a branch for each.
macro_rules! at_level {
    ($level:expr, $macro:ident, $($rest:tt)*) => {
        match $level {
            Level::TRACE => tracing::$macro!(target: TARGET, Level::TRACE $($rest)*),
            Level::DEBUG => tracing::$macro!(target: TARGET, Level::DEBUG $($rest)*),
            Level::INFO => tracing::$macro!(target: TARGET, Level::INFO $($rest)*),
            Level::WARN => tracing::$macro!(target: TARGET, Level::WARN $($rest)*),
            Level::ERROR => tracing::$macro!(target: TARGET, Level::ERROR $($rest)*),
        }
    };
}

fn is_enabled(level: Level) -> bool {
    at_level!(level, enabled,)
}

fn emit(state: &State, level: Level, line: &str) {
    let attachment = state.owner.as_ref().map_or("-", |owner| &*owner.attachment.name);
    let request_id = state.call.request_id.as_str();
    at_level!(level, event, , attachment, request_id, "{line}");
    if state.owner.is_some() {
        state.core.services.metrics.plugin_logs().write(attachment, level, request_id, line);
    }
}

impl Lines {
    fn admit(&mut self, second: u64) -> Admission {
        if self.second != second {
            *self = Self { second, written: 0 };
        }
        self.written = self.written.saturating_add(1);
        match self.written {
            ..LINES => Admission::Write,
            LINES => Admission::WriteAndSaySo,
            _ => Admission::Drop,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_beyond_the_budget_wait_for_the_next_second() {
        let mut lines = Lines::default();
        for _ in 1..LINES {
            assert_eq!(lines.admit(7), Admission::Write);
        }
        assert_eq!(lines.admit(7), Admission::WriteAndSaySo);
        assert_eq!(lines.admit(7), Admission::Drop);
        assert_eq!(lines.admit(8), Admission::Write);
    }
}
