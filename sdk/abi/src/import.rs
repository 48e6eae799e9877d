//! The table of imports: what a module may import, and how each function is lowered.

/// The value types of core Wasm that the lowering uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
}

/// One function that the host offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Import {
    /// The WIT interface, which is the Wasm import module.
    pub interface: &'static str,
    /// The WIT function, which is the Wasm import name.
    pub function: &'static str,
    /// Lowered parameters.
    pub params: &'static [Value],
    /// Lowered result.
    pub result: Option<Value>,
}

use Value::{I32, I64};

/// Functions of the lowering itself, which the WIT does not name.
pub const SYS: &str = "sluice:sys@0.1.0";
/// Log lines.
pub const LOG: &str = "sluice:plugin/log@0.1.0";
/// Counters.
pub const METRICS: &str = "sluice:plugin/metrics@0.1.0";
/// Clocks.
pub const CLOCK: &str = "sluice:plugin/clock@0.1.0";
/// Random numbers.
pub const RANDOM: &str = "sluice:plugin/random@0.1.0";
/// Limits.
pub const RATE_LIMIT: &str = "sluice:plugin/rate-limit@0.1.0";
/// Credentials and tokens.
pub const IDENTITY: &str = "sluice:plugin/identity@0.1.0";

/// Every import. `ptr, len` for text and bytes; aggregates are postcard `ptr, len`; a result that is no scalar adds
/// `ret-ptr, ret-cap` and returns the length, or the negated length if `sys.take` must fetch it.
pub const IMPORTS: &[Import] = &[
    // Fetches the result that did not fit, once: (ret-ptr, ret-cap) -> length.
    import(SYS, "take", &[I32, I32], Some(I32)),
    // Tells the message of a panic before the trap: (ptr, len).
    import(SYS, "panic", &[I32, I32], None),
    import(LOG, "enabled", &[I32], Some(I32)),
    import(LOG, "write", &[I32, I32, I32], None),
    import(METRICS, "define-counter", &[I32, I32, I32, I32], Some(I32)),
    import(METRICS, "add", &[I32, I64], None),
    import(CLOCK, "now-unix-ms", &[], Some(I64)),
    import(CLOCK, "monotonic-ns", &[], Some(I64)),
    import(RANDOM, "next-u64", &[], Some(I64)),
    import(RATE_LIMIT, "define", &[I32, I32, I32, I32], Some(I32)),
    import(RATE_LIMIT, "acquire", &[I32, I32, I32, I32, I32, I32], Some(I32)),
    import(RATE_LIMIT, "acquire-plan", &[I32, I32, I32], Some(I32)),
    import(IDENTITY, "verify-api-key", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "consumer-exists", &[I32, I32], Some(I32)),
    import(IDENTITY, "define-jwt", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "verify-jwt", &[I32, I32, I32, I32, I32], Some(I32)),
];

const fn import(
    interface: &'static str,
    function: &'static str,
    params: &'static [Value],
    result: Option<Value>,
) -> Import {
    Import { interface, function, params, result }
}

#[cfg(test)]
mod tests;
