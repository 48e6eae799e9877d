//! Modules that are refused before anything is compiled: each by what it has too much of, how much, and the bound.

use super::*;
use crate::{LoadError, engine::features, vet::vet};

const MEMORY: usize = 16 << 20;

fn refusal(text: &str) -> LoadError {
    vet(&wat::parse_str(text).expect("a module"), features(), MEMORY).expect_err("is refused")
}

#[track_caller]
fn too_much(text: &str, of: &str, how_much: u64, bound: u64) {
    match refusal(text) {
        LoadError::TooMuch { what, found, most } => assert_eq!((what, found, most), (of, how_much, bound)),
        other => panic!("{other}"),
    }
}

/// A sound guest with this beside it.
fn beside(extra: String) -> Vec<u8> {
    let mut guest = Guest::new();
    guest.extra = extra;
    guest.wasm()
}

/// A module of so many functions that do nothing so many times.
fn idle(functions: u8, size: usize) -> Vec<u8> {
    let body = [&leb(size + 2)[..], b"\0", &vec![1; size], b"\x0b"].concat();
    let code = [&[functions][..], &body.repeat(functions.into())].concat();
    let kinds = [&[functions][..], &vec![0; functions.into()]].concat();
    [b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03", &leb(kinds.len())[..], &kinds, b"\x0a", &leb(code.len()), &code]
        .concat()
}

/// A number as Wasm writes it.
fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let seven = (number & 0x7f) as u8;
        number >>= 7;
        bytes.push(seven | u8::from(number > 0) << 7);
        if number == 0 {
            return bytes;
        }
    }
}

fn function(body: &str) -> String {
    format!("(module (func {body}))")
}

#[test]
fn a_file_of_200_mb_is_refused_by_its_size_alone() {
    let text = host().inspect(&vec![0; 200_000_000]).expect_err("is refused").to_string();
    assert!(text.contains("200000000 bytes, and at most 16777216"), "{text}");
}

#[test]
fn functions_have_a_bound() {
    too_much(&format!("(module {})", "(func)".repeat(20_001)), "functions", 20_001, 20_000);
}

#[test]
fn a_module_of_ten_thousand_small_functions_is_a_plugin_like_others() {
    let wasm = beside("(func (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))".repeat(10_000));
    assert_eq!(host().inspect(&wasm).expect("is accepted").name, "test");
}

#[test]
fn one_function_has_a_bound() {
    match vet(&idle(1, 300_000), features(), MEMORY) {
        Err(LoadError::TooMuch { what, found, most }) => {
            assert_eq!((what, found, most), ("bytes of code in one function", 300_002, 256 << 10));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn all_code_has_a_bound() {
    match vet(&idle(40, 240_000), features(), MEMORY) {
        Err(LoadError::TooMuch { what: "bytes of code", found, most }) => {
            assert_eq!(most, 8 << 20);
            assert!(found > 9_600_000, "{found}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_functions_are_made_of_has_bounds() {
    too_much(&function("(local i32) ".repeat(10_001).as_str()), "local variables in one function", 10_001, 10_000);
    let nested = format!("{}{}", "(block ".repeat(1_000), ")".repeat(1_000));
    too_much(&function(&nested), "blocks within one another", 1_001, 1_000);
    too_much(&format!("(module (type (func {})))", "(param i32)".repeat(101)), "parameters in one type", 101, 100);
    too_much(&format!("(module (type (func {})))", "(result i32)".repeat(101)), "results in one type", 101, 100);
}

#[test]
fn a_body_that_claims_four_billion_locals_is_refused_at_once() {
    // type () -> (), one function with one group of 2^32 - 1 locals.
    let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x0b\x01\x09\x01".to_vec();
    wasm.extend(b"\xff\xff\xff\xff\x0f\x7f\x0b");
    let error = vet(&wasm, features(), MEMORY).expect_err("is refused");
    assert!(matches!(error, LoadError::TooMuch { found: 4_294_967_295, .. } | LoadError::Invalid(_)), "{error}");
}

#[test]
fn tables_and_memories_have_bounds() {
    too_much("(module (table 10001 funcref))", "entries in its table", 10_001, 10_000);
    too_much("(module (table 1 funcref) (table 1 funcref))", "tables", 2, 1);
    too_much("(module (memory 1) (memory 1))", "memories", 2, 1);
    too_much("(module (memory 257))", "bytes of memory at its start", 257 * 65_536, 256 * 65_536);
    let entries = "0 ".repeat(10_001);
    too_much(&format!("(module (func) (elem func {entries}))"), "entries in its segments", 10_001, 10_000);
}

#[test]
fn lists_have_bounds() {
    too_much(&format!("(module {})", "(global i32 (i32.const 0))".repeat(1_001)), "globals", 1_001, 1_000);
    too_much(&format!("(module (memory 1) {})", "(data \"\")".repeat(5_001)), "segments of data", 5_001, 5_000);
    too_much(&format!("(module (func) {})", "(elem func)".repeat(5_001)), "segments of table entries", 5_001, 5_000);
    let numbered = |text: &str| (0..1_001).map(|n| text.replace('#', &n.to_string())).collect::<String>();
    let exports = numbered("(export \"#\" (func 0))");
    too_much(&format!("(module (func) {exports})"), "exports", 1_001, 1_000);
    too_much(&format!("(module {})", numbered("(import \"a\" \"#\" (func))")), "imports", 1_001, 1_000);
    let types: String = (0..4_001u32).map(|n| format!("(type (func (param {})))", kinds(n))).collect();
    too_much(&format!("(module {types})"), "types", 4_001, 4_000);
}

/// A list of parameters for each number.
fn kinds(number: u32) -> String {
    (0..12).map(|bit| if number & 1 << bit == 0 { "i32 " } else { "i64 " }).collect()
}

#[test]
fn a_component_is_told_from_a_module() {
    let error = vet(b"\0asm\x0d\0\x01\0", features(), MEMORY).expect_err("is refused");
    assert!(error.to_string().contains("it is a component"), "{error}");
}

#[test]
fn every_truncation_of_a_sound_module_is_refused() {
    let wasm = Guest::new().wasm();
    let host = host();
    vet(&wasm, features(), MEMORY).expect("the whole is sound");
    for len in 0..wasm.len() {
        // Cut between two sections, it may be a module still, but none that can describe itself;
        // unless it is only the names of its functions that were cut off (section 0).
        let refused = vet(&wasm[..len], features(), MEMORY).is_err() || host.inspect(&wasm[..len]).is_err();
        assert!(refused || wasm[len] == 0, "{len} bytes");
    }
}

#[test]
fn wasi_and_the_imports_of_other_hosts_are_named_before_anything_is_compiled() {
    for (module, name) in [("wasi_snapshot_preview1", "proc_exit"), ("env", "proxy_log"), ("env", "memory")] {
        let text = refusal(&format!("(module (import \"{module}\" \"{name}\" (func (param i32))))")).to_string();
        assert!(text.contains(&format!("{module}.{name}")), "{text}");
    }
}

#[test]
fn a_marker_of_another_version_is_refused() {
    for marker in ["sluice-abi-0.2", "sluice-abi-1.0", "proxy_abi_version_0_2_1"] {
        let text = refusal(&format!("(module (func (export \"{marker}\")))")).to_string();
        assert!(text.contains("sluice-abi-0.1"), "{text}");
    }
}
