//! The table of imports: what a module may import, and how each function is lowered.

/// The value types of core Wasm that the lowering uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 64-bit floating point number.
    F64,
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

use Value::{F64, I32, I64};

/// Functions of the lowering itself, which the WIT does not name.
pub const SYS: &str = "sluice:sys@0.1.0";
/// What the hook that runs is about.
pub const CURRENT: &str = "sluice:plugin/current@0.1.0";
/// Buffered bodies.
pub const BODY: &str = "sluice:plugin/body@0.1.0";
/// Log lines.
pub const LOG: &str = "sluice:plugin/log@0.1.0";
/// Counters, gauges and histograms.
pub const METRICS: &str = "sluice:plugin/metrics@0.1.0";
/// Clocks.
pub const CLOCK: &str = "sluice:plugin/clock@0.1.0";
/// Random numbers.
pub const RANDOM: &str = "sluice:plugin/random@0.1.0";
/// State that the instances of a node share.
pub const KV: &str = "sluice:plugin/kv@0.1.0";
/// Limits.
pub const RATE_LIMIT: &str = "sluice:plugin/rate-limit@0.1.0";
/// Limits that the host charges.
pub const LIMITS: &str = "sluice:plugin/limits@0.1.0";
/// Responses that are kept.
pub const CACHE: &str = "sluice:plugin/cache@0.1.0";
/// Credentials and tokens.
pub const IDENTITY: &str = "sluice:plugin/identity@0.1.0";
/// Hashes and signatures.
pub const CRYPTO: &str = "sluice:plugin/crypto@0.1.0";
/// How busy the node is.
pub const LOAD: &str = "sluice:plugin/load@0.1.0";
/// Requests to upstreams.
pub const CALLOUT: &str = "sluice:plugin/callout@0.1.0";
/// Requests to upstreams that nobody waits for.
pub const CALLOUT_DETACHED: &str = "sluice:plugin/callout-detached@0.1.0";
/// A store that nodes share.
pub const KV_REMOTE: &str = "sluice:plugin/kv-remote@0.1.0";

/// Whether a function may suspend its caller: a module that imports one runs its hooks on fibers.
#[must_use]
pub fn is_blocking(interface: &str, function: &str) -> bool {
    match interface {
        CALLOUT => true,
        KV_REMOTE => function != "open",
        IDENTITY => matches!(function, "verify-token" | "verify-password"),
        _ => false,
    }
}

/// Every import. `ptr, len` for text and bytes; aggregates are postcard `ptr, len`; a result that is no scalar adds
/// `ret-ptr, ret-cap` and returns the length, or the negated length if `sys.take` must fetch it.
pub const IMPORTS: &[Import] = &[
    // Fetches the result that did not fit, once: (ret-ptr, ret-cap) -> length.
    import(SYS, "take", &[I32, I32], Some(I32)),
    // Tells the message of a panic before the trap: (ptr, len).
    import(SYS, "panic", &[I32, I32], None),
    import(CURRENT, "request-header", &[I32, I32, I32, I32], Some(I32)),
    import(CURRENT, "request-headers", &[I32, I32], Some(I32)),
    import(CURRENT, "response-header", &[I32, I32, I32, I32], Some(I32)),
    import(CURRENT, "response-headers", &[I32, I32], Some(I32)),
    import(CURRENT, "attribute", &[I32, I32, I32, I32], Some(I32)),
    import(BODY, "len", &[], Some(I64)),
    import(BODY, "read", &[I64, I32, I32, I32], Some(I32)),
    import(BODY, "replace", &[I32, I32], None),
    import(BODY, "find", &[I32, I32, I32, I32], Some(I32)),
    import(BODY, "sha256", &[I32, I32], Some(I32)),
    import(LOG, "enabled", &[I32], Some(I32)),
    import(LOG, "write", &[I32, I32, I32], None),
    import(METRICS, "define-counter", &[I32, I32, I32, I32], Some(I32)),
    import(METRICS, "add", &[I32, I64], None),
    import(METRICS, "define-metric", &[I32, I32, I32, I32], Some(I32)),
    import(METRICS, "observe", &[I32, F64, I32, I32], None),
    import(CLOCK, "now-unix-ms", &[], Some(I64)),
    import(CLOCK, "monotonic-ns", &[], Some(I64)),
    import(RANDOM, "next-u64", &[], Some(I64)),
    import(RANDOM, "bytes", &[I32, I32, I32], Some(I32)),
    import(KV, "open", &[I32, I32, I32, I32], Some(I32)),
    import(KV, "get", &[I32, I32, I32, I32, I32], Some(I32)),
    import(KV, "set", &[I32, I32, I32, I32, I32, I32, I32, I32, I32], Some(I32)),
    import(KV, "compare-and-set", &[I32, I32, I32, I64, I32, I32, I32, I32, I32, I32], Some(I32)),
    import(KV, "delete", &[I32, I32, I32], Some(I32)),
    import(KV, "increment", &[I32, I32, I32, I64, I32, I32, I32, I32], Some(I32)),
    import(KV, "keys", &[I32, I32, I32, I32, I32, I32], Some(I32)),
    import(RATE_LIMIT, "define", &[I32, I32, I32, I32], Some(I32)),
    import(RATE_LIMIT, "acquire", &[I32, I32, I32, I32, I32, I32], Some(I32)),
    import(RATE_LIMIT, "acquire-plan", &[I32, I32, I32], Some(I32)),
    import(LIMITS, "define", &[I32, I32, I32, I32], Some(I32)),
    import(LIMITS, "announce", &[I32, I32, I32, I32], Some(I32)),
    import(LIMITS, "has-plan", &[], Some(I32)),
    import(CACHE, "lookup", &[I32, I32, I32, I32], Some(I32)),
    import(CACHE, "purge", &[I32, I32], Some(I32)),
    import(CACHE, "purge-tag", &[I32, I32], Some(I32)),
    import(IDENTITY, "verify-api-key", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "consumer-exists", &[I32, I32], Some(I32)),
    import(IDENTITY, "identify-api-key", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "identify-certificate", &[I32, I32], Some(I32)),
    import(IDENTITY, "verify-password", &[I32, I32, I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "define-jwt", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "verify-jwt", &[I32, I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "consumer-groups", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "define-tokens", &[I32, I32, I32, I32], Some(I32)),
    import(IDENTITY, "verify-token", &[I32, I32, I32, I32, I32], Some(I32)),
    import(CRYPTO, "sha256", &[I32, I32, I32, I32], Some(I32)),
    import(CRYPTO, "define-hmac", &[I32, I32, I32, I32], Some(I32)),
    import(CRYPTO, "hmac-sha256", &[I32, I32, I32, I32, I32], Some(I32)),
    import(CRYPTO, "verify-hmac-sha256", &[I32, I32, I32, I32, I32], Some(I32)),
    import(CRYPTO, "constant-time-eq", &[I32, I32, I32, I32], Some(I32)),
    import(LOAD, "sample", &[I32, I32], Some(I32)),
    import(LOAD, "upstream", &[I32, I32], Some(I32)),
    import(LOAD, "pressure", &[I32, I32], Some(I32)),
    import(CALLOUT, "send", &[I32, I32, I32, I32], Some(I32)),
    import(CALLOUT, "send-all", &[I32, I32, I32, I32], Some(I32)),
    import(CALLOUT_DETACHED, "post", &[I32, I32, I32, I32], Some(I32)),
    import(KV_REMOTE, "open", &[I32, I32, I32, I32], Some(I32)),
    import(KV_REMOTE, "get", &[I32, I32, I32, I32, I32], Some(I32)),
    import(KV_REMOTE, "set", &[I32, I32, I32, I32, I32, I32, I32, I32, I32], Some(I32)),
    import(KV_REMOTE, "compare-and-set", &[I32, I32, I32, I32, I32, I32, I32, I32, I32, I32, I32], Some(I32)),
    import(KV_REMOTE, "delete", &[I32, I32, I32, I32, I32], Some(I32)),
    import(KV_REMOTE, "increment", &[I32, I32, I32, I64, I32, I32, I32, I32], Some(I32)),
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
