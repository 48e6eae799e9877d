//! Isolation: nothing of a guest outlives a call.

use std::time::Instant;

use gateway_model::Isolation;
use sluice_abi::wire::Hooks;

use super::*;
use crate::tests::guest::{DATA, RESULT};

/// A guest that counts its calls in memory and returns the count as the state.
fn counting() -> Guest {
    let mut guest = Guest::new().result_as_state(&format!(
        "(i32.store (i32.const {DATA}) (i32.add (i32.load (i32.const {DATA})) (i32.const 1)))
         (i32.store (i32.const {RESULT}) (i32.load (i32.const {DATA})))
         (i32.const 4)",
    ));
    guest.declaration.hooks = Hooks::REQUEST;
    guest
}

fn configured(isolation: Isolation) -> Plugin {
    let (host, wasm) = (host(), counting().wasm());
    let attachment = ResolvedAttachment { isolation, ..(*attachment(&wasm, &[])).clone() };
    host.load(&attachment.digest, &wasm).expect("the guest loads");
    host.configure(&Arc::new(attachment)).expect("the guest is configured")
}

fn count(plugin: &Plugin) -> u32 {
    u32::from_le_bytes(Request::new().state(plugin).try_into().expect("four bytes"))
}

#[test]
fn each_call_finds_the_memory_as_the_module_has_it() {
    let plugin = configured(Isolation::Request);
    assert_eq!([count(&plugin), count(&plugin), count(&plugin)], [1, 1, 1]);
    assert_eq!(plugin.watch().strong_count(), 1, "no instance is left");
}

#[test]
fn isolation_costs_microseconds_not_milliseconds() {
    let (shared, isolated) = (configured(Isolation::Shared), configured(Isolation::Request));
    let time = |plugin: &Plugin| {
        count(plugin);
        let began = Instant::now();
        (0..200).for_each(|_| assert!(count(plugin) > 0));
        began.elapsed() / 200
    };
    // Unoptimised and on a machine that does other things: the benchmark has the true figure.
    assert!(time(&isolated) < time(&shared) + std::time::Duration::from_millis(2));
}
