//! Guests in the text form of Wasm, sound in everything that a test does not change.

use crate::hook::Hook;
use sluice_abi::{
    EXPORT_AREAS, EXPORT_CONFIGURE, EXPORT_DESCRIBE, EXPORT_ON_REQUEST, EXPORT_ON_RESPONSE, MARKER,
    bytes::Writer,
    outcome::{Action, BodyWish, Operation, Packed, write_operation, write_state},
    wire::{self, Declaration, Descriptor, Hooks},
};

/// Where things are in a guest's memory of eight pages.
pub(super) const AREAS: u32 = 16;
const DESCRIPTOR: u32 = 1024;
const DECLARATION: u32 = 8 * 1024;
const OUTCOME: u32 = 16 * 1024;
/// Free for tests.
pub(super) const DATA: u32 = 32 * 1024;
/// Free for results of imports.
pub(super) const RESULT: u32 = 48 * 1024;
pub(super) const IN: u32 = 64 * 1024;
pub(super) const OUT: u32 = 128 * 1024;

/// The parts of a guest; bodies are instructions.
#[derive(Clone)]
pub(super) struct Guest {
    pub(super) marker: String,
    pub(super) imports: String,
    pub(super) areas: [u32; 4],
    pub(super) descriptor: Descriptor,
    pub(super) declaration: Declaration,
    pub(super) describe: Option<String>,
    pub(super) configure: Option<String>,
    pub(super) on_request: String,
    pub(super) on_response: String,
    /// At [`DATA`].
    pub(super) data: Vec<u8>,
    outcome: Vec<u8>,
    pub(super) extra: String,
}

impl Guest {
    pub(super) fn new() -> Self {
        let descriptor = Descriptor {
            name: "test".into(),
            version: "1.0.0".into(),
            description: "a test".into(),
            order: 5,
            config_schema: "{}".into(),
            hooks: Hooks::REQUEST.with(Hooks::RESPONSE),
        };
        Self {
            marker: MARKER.into(),
            imports: String::new(),
            areas: [IN, 64 * 1024, OUT, 64 * 1024],
            descriptor,
            declaration: Declaration { hooks: Hooks(u32::MAX), ..Declaration::default() },
            describe: None,
            configure: None,
            on_request: String::new(),
            on_response: String::new(),
            data: Vec::new(),
            outcome: Vec::new(),
            extra: String::new(),
        }
        .outcome(Action::Next, 0, b"", &[])
    }

    /// Both hooks run these instructions, which leave the packed result.
    pub(super) fn hook(mut self, body: impl Into<String>) -> Self {
        self.on_request = body.into();
        self.on_response = self.on_request.clone();
        self
    }

    /// Both hooks return this outcome.
    pub(super) fn outcome(self, action: Action, status: u16, state: &[u8], operations: &[Operation<'_>]) -> Self {
        self.wishing(BodyWish::Pass, action, status, state, operations)
    }

    /// Both hooks return this outcome, with a wish for the body.
    pub(super) fn wishing(
        self,
        body: BodyWish,
        action: Action,
        status: u16,
        state: &[u8],
        operations: &[Operation<'_>],
    ) -> Self {
        let mut bytes = vec![0; 15 * 1024];
        let mut out = Writer::new(&mut bytes);
        write_state(&mut out, state).expect("room");
        operations.iter().for_each(|operation| write_operation(&mut out, operation).expect("room"));
        let len = out.len();
        self.raw_packed(&bytes[..len], Packed { len: 0, action, more: true, body, status })
    }

    /// Both hooks put these bytes into OUT and return them with this action and status.
    pub(super) fn raw_outcome(self, bytes: &[u8], action: Action, status: u16) -> Self {
        self.raw_packed(bytes, Packed { len: 0, action, more: true, body: BodyWish::Pass, status })
    }

    fn raw_packed(mut self, bytes: &[u8], packed: Packed) -> Self {
        self.outcome = bytes.to_vec();
        let len = bytes.len() as u32;
        let packed = Packed { len, ..packed }.pack();
        self.hook(format!("{} {}", copy(OUTCOME, len), constant(packed)))
    }

    /// The request hook returns its IN as the state, so that the test sees what the host wrote.
    pub(super) fn echo(self) -> Self {
        let more = Packed { len: 0, action: Action::Next, more: true, body: BodyWish::Pass, status: 0 }.pack();
        self.hook(format!(
            "(i32.store16 (i32.const {OUT}) (local.get $len))
             (memory.copy (i32.const {}) (i32.const {IN}) (local.get $len))
             (i64.or {} (i64.shl (i64.extend_i32_u (i32.add (local.get $len) (i32.const 2))) (i64.const 32)))",
            OUT + 2,
            constant(more),
        ))
    }

    /// Has one more hook, which runs these instructions; `$a`, `$b` and `$c` are its parameters.
    pub(super) fn on(mut self, hook: Hook, body: impl Into<String>) -> Self {
        self.descriptor.hooks = self.descriptor.hooks.with(hook.flag());
        let params: String =
            ["$a", "$b", "$c"].iter().take(hook.params().len()).map(|it| format!("(param {it} i32)")).collect();
        self.extra += &format!("(func (export \"{}\") {params} (result i64) {})\n", hook.export(), body.into());
        self
    }

    /// As [`on`](Self::on), with what the request hook returns.
    pub(super) fn on_alike(self, hook: Hook) -> Self {
        let body = self.on_request.clone();
        self.on(hook, body)
    }

    /// One more hook, which returns the first `$a` bytes of IN as its state.
    pub(super) fn on_echo(self, hook: Hook) -> Self {
        let more = Packed { len: 0, action: Action::Next, more: true, body: BodyWish::Pass, status: 0 }.pack();
        let body = format!(
            "(i32.store16 (i32.const {OUT}) (local.get $a))
             (memory.copy (i32.const {}) (i32.const {IN}) (local.get $a))
             (i64.or {} (i64.shl (i64.extend_i32_u (i32.add (local.get $a) (i32.const 2))) (i64.const 32)))",
            OUT + 2,
            constant(more),
        );
        self.on(hook, body)
    }

    /// Imports a function under `$name`.
    pub(super) fn import(mut self, interface: &str, function: &str, name: &str, ty: &str) -> Self {
        self.imports += &format!("(import \"{interface}\" \"{function}\" (func ${name} {ty}))\n");
        self
    }

    pub(super) fn data(mut self, data: &[u8]) -> Self {
        self.data = data.to_vec();
        self
    }

    /// `configure` runs these instructions first, then declares what it would have.
    pub(super) fn configure_first(mut self, body: &str) -> Self {
        self.configure = Some(format!("{body} {}", self.declare()));
        self
    }

    /// The request hook runs these instructions, which leave the length of a result at [`RESULT`], and returns the
    /// result as the state.
    pub(super) fn result_as_state(self, body: &str) -> Self {
        let next = Packed { len: 0, action: Action::Next, more: true, body: BodyWish::Pass, status: 0 }.pack();
        self.hook(format!(
            "(local $n i32) (local.set $n {body})
             (i32.store16 (i32.const {OUT}) (local.get $n))
             (memory.copy (i32.const {}) (i32.const {RESULT}) (local.get $n))
             (i64.or {} (i64.shl (i64.extend_i32_u (i32.add (local.get $n) (i32.const 2))) (i64.const 32)))",
            OUT + 2,
            constant(next),
        ))
    }

    pub(super) fn wasm(&self) -> Vec<u8> {
        wat::parse_str(self.text()).unwrap_or_else(|error| panic!("{error}"))
    }

    fn declare(&self) -> String {
        let len = wire::encode(&self.declaration).len() as u32;
        let packed = Packed { len, action: Action::Next, more: false, body: BodyWish::Pass, status: 0 }.pack();
        format!("{} {}", copy(DECLARATION, len), constant(packed))
    }

    fn text(&self) -> String {
        let descriptor = wire::encode(&self.descriptor);
        let descriptor_len = descriptor.len() as u32;
        let describe = self.describe.clone();
        let describe =
            describe.unwrap_or_else(|| format!("{} (i32.const {descriptor_len})", copy(DESCRIPTOR, descriptor_len)));
        let configure = self.configure.clone().unwrap_or_else(|| self.declare());
        let areas: Vec<u8> = self.areas.iter().flat_map(|value| value.to_le_bytes()).collect();
        let segments = [
            (AREAS, &areas[..]),
            (DESCRIPTOR, &descriptor),
            (DECLARATION, &wire::encode(&self.declaration)),
            (OUTCOME, &self.outcome),
            (DATA, &self.data),
        ]
        .map(|(at, bytes)| format!("(data (i32.const {at}) \"{}\")\n", escaped(bytes)))
        .concat();
        format!(
            "(module {imports}
               (memory (export \"memory\") 8)
               {segments}
               (func (export \"{marker}\"))
               (func (export \"{EXPORT_AREAS}\") (result i32) (i32.const {AREAS}))
               (func (export \"{EXPORT_DESCRIBE}\") (result i32) {describe})
               (func (export \"{EXPORT_CONFIGURE}\") (param $len i32) (result i64) {configure})
               (func $on_request (export \"{EXPORT_ON_REQUEST}\") (param $len i32) (result i64) {on_request})
               (func $on_response (export \"{EXPORT_ON_RESPONSE}\") (param $len i32) (param $state i32) (result i64)
                 {on_response})
               {extra})",
            imports = self.imports,
            marker = self.marker,
            on_request = self.on_request,
            on_response = self.on_response,
            extra = self.extra,
        )
    }
}

fn copy(from: u32, len: u32) -> String {
    format!("(memory.copy (i32.const {OUT}) (i32.const {from}) (i32.const {len}))")
}

fn constant(packed: u64) -> String {
    format!("(i64.const {packed:#x})")
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}
