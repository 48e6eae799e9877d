//! Plugins written by hand, whose hooks do one thing each.

use sluice_abi::{
    EXPORT_AREAS, EXPORT_CONFIGURE, EXPORT_DESCRIBE, EXPORT_ON_LOG, EXPORT_ON_REQUEST, EXPORT_ON_REQUEST_BODY,
    EXPORT_ON_REQUEST_CHUNK, EXPORT_ON_RESPONSE, EXPORT_ON_RESPONSE_BODY, EXPORT_ON_RESPONSE_CHUNK, MARKER,
    bytes::Writer,
    import::{BODY, CALLOUT},
    outcome::{Action, BodyWish, Operation, Packed, write_operation, write_state},
    wire::{self, Call, Declaration, Descriptor, Hooks},
};

/// Where things are in the guest's memory of eight pages.
const AREAS: u32 = 16;
const DESCRIPTOR: u32 = 1024;
const DECLARATION: u32 = 8 * 1024;
/// The outcomes of hooks, one behind the other.
const OUTCOMES: u32 = 12 * 1024;
const OUTCOME: u32 = 7 * 1024;
const CALL: u32 = 62 * 1024;
const REPLY: u32 = 256 * 1024;
pub(super) const IN: u32 = 64 * 1024;
pub(super) const OUT: u32 = 128 * 1024;

/// A module whose hooks are fixed.
#[derive(Default)]
pub(super) struct Guest {
    pub(super) request: Option<Hook>,
    pub(super) request_body: Option<Hook>,
    pub(super) request_chunk: Option<Hook>,
    pub(super) response: Option<Hook>,
    pub(super) response_body: Option<Hook>,
    pub(super) response_chunk: Option<Hook>,
    pub(super) log: Option<Hook>,
    /// A request to an upstream, which [`Hook::calls_out`] sends.
    pub(super) call: Option<Call>,
    /// What [`Hook::replaces_body`] puts in the place of a body.
    pub(super) body: Option<&'static str>,
    /// Headers that cross to the request hook.
    pub(super) wants: Vec<String>,
}

/// What a hook does.
pub(super) enum Hook {
    Returns {
        action: Action,
        status: u16,
        more: bool,
        body: BodyWish,
        operations: Vec<Operation<'static>>,
    },
    /// Instructions, with parameters `$0`, `$1` and `$2` as the hook has them.
    Does(String),
    /// Instructions, and then what the hook does.
    Then(String, Box<Hook>),
    Traps,
}

impl Hook {
    /// Goes on, and wants the response.
    pub(super) fn next(operations: &[Operation<'static>]) -> Self {
        Self::Returns {
            action: Action::Next,
            status: 0,
            more: true,
            body: BodyWish::Pass,
            operations: operations.to_vec(),
        }
    }

    /// Goes on, and wants all of the body, up to so many bytes.
    pub(super) fn buffers(max: u64) -> Self {
        let operations = vec![Operation::BodyLimit(max)];
        Self::Returns { action: Action::Next, status: 0, more: true, body: BodyWish::Buffer, operations }
    }

    /// Goes on, and wants to see the body piece by piece.
    pub(super) fn streams() -> Self {
        Self::Returns { action: Action::Next, status: 0, more: true, body: BodyWish::Stream, operations: Vec::new() }
    }

    /// Ends the way in.
    pub(super) fn ends(action: Action, status: u16, operations: &[Operation<'static>]) -> Self {
        Self::Returns { action, status, more: false, body: BodyWish::Pass, operations: operations.to_vec() }
    }

    /// The bytes of its outcome, and its instructions when these bytes are at `place`.
    fn compile(&self, place: u32) -> (Vec<u8>, String) {
        let (action, status, more, body, operations) = match self {
            Self::Returns { action, status, more, body, operations } => (action, status, more, body, operations),
            Self::Then(instructions, then) => {
                let (bytes, rest) = then.compile(place);
                return (bytes, format!("{instructions} {rest}"));
            }
            Self::Does(instructions) => return (Vec::new(), instructions.clone()),
            Self::Traps => return (Vec::new(), "unreachable".into()),
        };
        let mut bytes = vec![0; OUTCOME as usize];
        let mut out = Writer::new(&mut bytes);
        write_state(&mut out, b"").unwrap();
        operations.iter().for_each(|operation| write_operation(&mut out, operation).unwrap());
        let len = out.len();
        bytes.truncate(len);
        let packed = Packed { len: len as u32, action: *action, more: *more, body: *body, status: *status };
        (bytes, format!("{} (i64.const {:#x})", copy(place, len), packed.pack()))
    }
}

impl Guest {
    pub(super) fn on_request(hook: Hook) -> Self {
        Self { request: Some(hook), ..Self::default() }
    }

    pub(super) fn wasm(&self) -> Vec<u8> {
        let hooks = self.hooks();
        let compiled: Vec<_> = hooks
            .iter()
            .zip(0..)
            .filter_map(|((hook, ..), number)| Some((OUTCOMES + number * OUTCOME, hook.as_ref()?)))
            .map(|(place, hook)| (place, hook.compile(place)))
            .collect();
        let implemented = hooks.iter().filter(|(hook, ..)| hook.is_some());
        let exports = implemented
            .clone()
            .zip(&compiled)
            .map(|((_, _, export, params), (_, (_, instructions)))| {
                format!("(func (export \"{export}\") {params} (result i64) {instructions})\n")
            })
            .collect::<String>();
        let flags = implemented.fold(Hooks::NONE, |all, (_, flag, ..)| all.with(*flag));
        let descriptor = wire::encode(&Descriptor {
            name: "test".into(),
            version: "1.0.0".into(),
            description: "a test".into(),
            order: 0,
            config_schema: "{}".into(),
            hooks: flags,
        });
        let declaration =
            wire::encode(&Declaration { hooks: flags, request_headers: self.wants.clone(), ..Declaration::default() });
        let declared = Packed {
            len: declaration.len() as u32,
            action: Action::Next,
            more: false,
            body: BodyWish::Pass,
            status: 0,
        };
        let areas: Vec<u8> =
            [IN, OUT - IN, OUT, 64 * 1024].iter().flat_map(|value: &u32| value.to_le_bytes()).collect();
        let data = [(AREAS, &areas), (DESCRIPTOR, &descriptor), (DECLARATION, &declaration)];
        let outcomes = compiled.iter().map(|(place, (bytes, _))| (*place, bytes));
        let data = data
            .into_iter()
            .chain(outcomes)
            .map(|(at, bytes)| format!("(data (i32.const {at}) \"{}\")\n", escaped(bytes)))
            .collect::<String>();
        let (call, import) = match (&self.call, self.body) {
            (Some(call), _) => (wire::encode(call), import(CALLOUT, "send", "(param i32 i32 i32 i32) (result i32)")),
            (None, Some(body)) => (body.as_bytes().to_vec(), import(BODY, "replace", "(param i32 i32)")),
            (None, None) => (Vec::new(), String::new()),
        };
        let data = data + &format!("(data (i32.const {CALL}) \"{}\")\n", escaped(&call));
        let exports = exports.replace("CALL_LENGTH", &call.len().to_string());
        let text = format!(
            "(module
               {import}
               (memory (export \"memory\") 8)
               {data}
               (func (export \"{MARKER}\"))
               (func (export \"{EXPORT_AREAS}\") (result i32) (i32.const {AREAS}))
               (func (export \"{EXPORT_DESCRIBE}\") (result i32) {} (i32.const {}))
               (func (export \"{EXPORT_CONFIGURE}\") (param i32) (result i64) {} (i64.const {:#x}))
               {exports})",
            copy(DESCRIPTOR, descriptor.len()),
            descriptor.len(),
            copy(DECLARATION, declaration.len()),
            declared.pack(),
        );
        wat::parse_str(text).unwrap()
    }

    /// Hooks with their flags, exports and parameters.
    fn hooks(&self) -> [(&Option<Hook>, Hooks, &'static str, &'static str); 7] {
        const ONE: &str = "(param $0 i32)";
        const TWO: &str = "(param $0 i32) (param $1 i32)";
        const THREE: &str = "(param $0 i32) (param $1 i32) (param $2 i32)";
        [
            (&self.request, Hooks::REQUEST, EXPORT_ON_REQUEST, ONE),
            (&self.request_body, Hooks::REQUEST_BODY, EXPORT_ON_REQUEST_BODY, ONE),
            (&self.request_chunk, Hooks::REQUEST_CHUNK, EXPORT_ON_REQUEST_CHUNK, THREE),
            (&self.response, Hooks::RESPONSE, EXPORT_ON_RESPONSE, TWO),
            (&self.response_body, Hooks::RESPONSE_BODY, EXPORT_ON_RESPONSE_BODY, ONE),
            (&self.response_chunk, Hooks::RESPONSE_CHUNK, EXPORT_ON_RESPONSE_CHUNK, THREE),
            (&self.log, Hooks::LOG, EXPORT_ON_LOG, TWO),
        ]
    }
}

impl Hook {
    /// Puts the guest's own body in the place of the one that it is shown, and does this.
    pub(super) fn replaces_body(then: Self) -> Self {
        Self::Then(format!("(call $replace (i32.const {CALL}) (i32.const CALL_LENGTH))"), Box::new(then))
    }

    /// Sends the guest's request and waits for the reply before it does this; traps if there is none.
    pub(super) fn calls_out(then: Self) -> Self {
        let send =
            format!("(call $send (i32.const {CALL}) (i32.const CALL_LENGTH) (i32.const {REPLY}) (i32.const 4096))");
        // The reply's buffer begins with 0 for a success.
        let failed = format!("(i32.or (i32.lt_s {send} (i32.const 0)) (i32.load8_u (i32.const {REPLY})))");
        Self::Then(format!("(if {failed} (then unreachable))"), Box::new(then))
    }

    /// Puts each piece of a body between two marks, and a dot behind the last one.
    pub(super) fn brackets(open: char, close: char) -> Self {
        let (open, close) = (open as u32, close as u32);
        let (state, body, text) = (OUT, OUT + 2, OUT + 8);
        Self::Does(format!(
            "(i32.store16 (i32.const {state}) (i32.const 0))
             (i32.store8 (i32.const {body}) (i32.const 6))
             (i32.store (i32.const {}) (i32.add (i32.add (local.get $1) (local.get $2)) (i32.const 2)))
             (i32.store8 (i32.const {}) (i32.const {open}))
             (memory.copy (i32.const {text}) (i32.add (i32.const {IN}) (local.get $0)) (local.get $1))
             (i32.store8 (i32.add (i32.const {text}) (local.get $1)) (i32.const 46))
             (i32.store8 (i32.add (i32.const {text}) (i32.add (local.get $1) (local.get $2))) (i32.const {close}))
             (i64.or
               (i64.shl
                 (i64.extend_i32_u (i32.add (i32.add (local.get $1) (local.get $2)) (i32.const 9)))
                 (i64.const 32))
               (i64.const 0x10000))",
            body + 1,
            body + 5,
        ))
    }

    /// Goes on without a change, unless the condition makes it trap.
    pub(super) fn traps_if(condition: &str) -> Self {
        Self::Does(format!(
            "(if {condition} (then unreachable))
             (i32.store16 (i32.const {OUT}) (i32.const 0))
             (i64.const 0x200010000)"
        ))
    }
}

fn import(interface: &str, function: &str, kind: &str) -> String {
    format!("(import \"{interface}\" \"{function}\" (func ${function} {kind}))")
}

fn copy(from: u32, len: usize) -> String {
    format!("(memory.copy (i32.const {OUT}) (i32.const {from}) (i32.const {len}))")
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("\\{byte:02x}")).collect()
}
