//! Plugins written by hand, whose hooks do one thing each.

use sluice_abi::{
    EXPORT_AREAS, EXPORT_CONFIGURE, EXPORT_DESCRIBE, EXPORT_ON_REQUEST, EXPORT_ON_RESPONSE, MARKER,
    bytes::Writer,
    outcome::{Action, BodyWish, Operation, Packed, write_operation, write_state},
    wire::{self, Declaration, Descriptor, Hooks},
};

/// Where things are in the guest's memory of eight pages.
const AREAS: u32 = 16;
const DESCRIPTOR: u32 = 1024;
const DECLARATION: u32 = 8 * 1024;
const REQUEST: u32 = 16 * 1024;
const RESPONSE: u32 = 32 * 1024;
const IN: u32 = 64 * 1024;
const OUT: u32 = 128 * 1024;

/// A module whose hooks are fixed.
pub(super) struct Guest {
    pub(super) request: Option<Hook>,
    pub(super) response: Option<Hook>,
    /// Headers that cross to the request hook.
    pub(super) wants: Vec<String>,
}

/// What a hook does.
pub(super) enum Hook {
    Returns { action: Action, status: u16, more: bool, operations: Vec<Operation<'static>> },
    Traps,
}

impl Hook {
    /// Goes on, and wants the response.
    pub(super) fn next(operations: &[Operation<'static>]) -> Self {
        Self::Returns { action: Action::Next, status: 0, more: true, operations: operations.to_vec() }
    }

    /// Ends the way in.
    pub(super) fn ends(action: Action, status: u16, operations: &[Operation<'static>]) -> Self {
        Self::Returns { action, status, more: false, operations: operations.to_vec() }
    }

    /// The bytes of its outcome, and its instructions when these bytes are at `place`.
    fn compile(&self, place: u32) -> (Vec<u8>, String) {
        let Self::Returns { action, status, more, operations } = self else {
            return (Vec::new(), "unreachable".into());
        };
        let mut bytes = vec![0; 15 * 1024];
        let mut out = Writer::new(&mut bytes);
        write_state(&mut out, b"").unwrap();
        operations.iter().for_each(|operation| write_operation(&mut out, operation).unwrap());
        let len = out.len();
        bytes.truncate(len);
        let packed = Packed { len: len as u32, action: *action, more: *more, body: BodyWish::Pass, status: *status };
        (bytes, format!("{} (i64.const {:#x})", copy(place, len), packed.pack()))
    }
}

impl Guest {
    pub(super) fn on_request(hook: Hook) -> Self {
        Self { request: Some(hook), response: None, wants: Vec::new() }
    }

    pub(super) fn wasm(&self) -> Vec<u8> {
        let none = Hook::next(&[]);
        let (request, on_request) = self.request.as_ref().unwrap_or(&none).compile(REQUEST);
        let (response, on_response) = self.response.as_ref().unwrap_or(&none).compile(RESPONSE);
        let descriptor = wire::encode(&Descriptor {
            name: "test".into(),
            version: "1.0.0".into(),
            description: "a test".into(),
            order: 0,
            config_schema: "{}".into(),
            hooks: Hooks::REQUEST.when(self.request.is_some()).with(Hooks::RESPONSE.when(self.response.is_some())),
        });
        let declaration = wire::encode(&Declaration { request_headers: self.wants.clone(), ..Declaration::default() });
        let declared = Packed {
            len: declaration.len() as u32,
            action: Action::Next,
            more: false,
            body: BodyWish::Pass,
            status: 0,
        };
        let areas: Vec<u8> =
            [IN, OUT - IN, OUT, 64 * 1024].iter().flat_map(|value: &u32| value.to_le_bytes()).collect();
        let data = [
            (AREAS, &areas),
            (DESCRIPTOR, &descriptor),
            (DECLARATION, &declaration),
            (REQUEST, &request),
            (RESPONSE, &response),
        ]
        .map(|(at, bytes)| format!("(data (i32.const {at}) \"{}\")\n", escaped(bytes)))
        .concat();
        let text = format!(
            "(module
               (memory (export \"memory\") 8)
               {data}
               (func (export \"{MARKER}\"))
               (func (export \"{EXPORT_AREAS}\") (result i32) (i32.const {AREAS}))
               (func (export \"{EXPORT_DESCRIBE}\") (result i32) {} (i32.const {}))
               (func (export \"{EXPORT_CONFIGURE}\") (param i32) (result i64) {} (i64.const {:#x}))
               (func (export \"{EXPORT_ON_REQUEST}\") (param i32) (result i64) {on_request})
               (func (export \"{EXPORT_ON_RESPONSE}\") (param i32 i32) (result i64) {on_response}))",
            copy(DESCRIPTOR, descriptor.len()),
            descriptor.len(),
            copy(DECLARATION, declaration.len()),
            declared.pack(),
        );
        wat::parse_str(text).unwrap()
    }
}

fn copy(from: u32, len: usize) -> String {
    format!("(memory.copy (i32.const {OUT}) (i32.const {from}) (i32.const {len}))")
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}
