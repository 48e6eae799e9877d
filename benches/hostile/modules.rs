//! Plugins in the text form of Wasm, for what the SDK does not let an author do.

use anyhow::Result;
use sluice_abi::{
    EXPORT_AREAS, EXPORT_CONFIGURE, EXPORT_DESCRIBE, EXPORT_ON_REQUEST, MARKER,
    import::KV,
    outcome::{Action, BodyWish, Packed},
    wire::{self, Declaration, Descriptor, Hooks},
};

/// Where things are in a memory of four pages.
const AREAS: u32 = 16;
const DESCRIPTOR: u32 = 1024;
const DECLARATION: u32 = 8 * 1024;
const IN: u32 = 64 * 1024;
const OUT: u32 = 128 * 1024;
const AREA: u32 = 64 * 1024;

/// Grows its table as far as it may, and then tries a thousand times to grow it further; goes on.
pub(crate) fn table_growth() -> Result<Vec<u8>> {
    let grow = "(local $turn i32)
        (block $full (loop $more
            (br_if $full (i32.eq (table.grow (ref.null func) (i32.const 100)) (i32.const -1)))
            (br $more)))
        (loop $again
            (drop (table.grow (ref.null func) (i32.const 1000000)))
            (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
            (br_if $again (i32.lt_u (local.get $turn) (i32.const 1000))))";
    module("table", "", "(table 1 funcref)", &format!("{grow} {}", go_on()))
}

/// Executes what must not be executed.
pub(crate) fn trap() -> Result<Vec<u8>> {
    module("trap", "", "", "unreachable")
}

/// Reads a store that nobody has opened for it.
pub(crate) fn forged_handle() -> Result<Vec<u8>> {
    let import = format!("(import \"{KV}\" \"get\" (func $get (param i32 i32 i32 i32 i32) (result i32)))");
    let get =
        format!("(drop (call $get (i32.const 7777) (i32.const 0) (i32.const 4) (i32.const {OUT}) (i32.const 64)))");
    module("forged", &import, "", &format!("{get} {}", go_on()))
}

/// The request goes on: an outcome with an empty state, which is its length, and without operations.
fn go_on() -> String {
    format!("(i32.store16 (i32.const {OUT}) (i32.const 0)) {}", next(2))
}

/// Returns `next`, with so many bytes in OUT.
fn next(len: u32) -> String {
    let packed = Packed { len, action: Action::Next, more: false, body: BodyWish::Pass, status: 0 }.pack();
    format!("(i64.const {packed:#x})")
}

/// A module whose request hook runs `hook`.
fn module(name: &str, imports: &str, extra: &str, hook: &str) -> Result<Vec<u8>> {
    let descriptor = wire::encode(&Descriptor {
        name: name.to_owned(),
        version: "1.0.0".to_owned(),
        description: "Means harm.".to_owned(),
        order: 900,
        config_schema: "{}".to_owned(),
        hooks: Hooks::REQUEST,
    });
    let declaration = wire::encode(&Declaration { hooks: Hooks::REQUEST, ..Declaration::default() });
    let areas: Vec<u8> = [IN, AREA, OUT, AREA].iter().flat_map(|word| word.to_le_bytes()).collect();
    let data = [(AREAS, &areas), (DESCRIPTOR, &descriptor), (DECLARATION, &declaration)]
        .map(|(at, bytes)| format!("(data (i32.const {at}) \"{}\")", escaped(bytes)))
        .concat();
    let (describe, declare) = (copied(DESCRIPTOR, descriptor.len()), copied(DECLARATION, declaration.len()));
    let declared = next(u32::try_from(declaration.len())?);
    let text = format!(
        r#"(module {imports}
            (memory (export "memory") 4)
            {extra} {data}
            (func (export "{MARKER}"))
            (func (export "{EXPORT_AREAS}") (result i32) (i32.const {AREAS}))
            (func (export "{EXPORT_DESCRIBE}") (result i32) {describe} (i32.const {length}))
            (func (export "{EXPORT_CONFIGURE}") (param i32) (result i64) {declare} {declared})
            (func (export "{EXPORT_ON_REQUEST}") (param i32) (result i64) {hook}))"#,
        length = descriptor.len(),
    );
    Ok(wat::parse_str(text)?)
}

fn copied(from: u32, len: usize) -> String {
    format!("(memory.copy (i32.const {OUT}) (i32.const {from}) (i32.const {len}))")
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}
