//! Guests that call imports one after the other: in `configure`, then in their hooks.

use sluice_abi::import::{IMPORTS, Import, Value};

use super::guest::{DATA, Guest, RESULT};

/// Room for a result.
const ROOM: u32 = 8 * 1024;

/// An argument of an import, as the contract has it.
pub(super) enum Arg<'a> {
    /// A handle, a number or a flag.
    Int(u32),
    Long(i64),
    Float(f64),
    /// A text, a byte list, or the encoded form of anything else.
    Bytes(&'a [u8]),
    /// Where the result goes: the last one, if there is one.
    To,
}

/// A guest that is being written.
#[derive(Clone)]
pub(super) struct Script {
    guest: Guest,
    imported: Vec<&'static Import>,
    data: Vec<u8>,
    configure: String,
    body: String,
}

impl Script {
    pub(super) fn new() -> Self {
        Self { guest: Guest::new(), imported: vec![], data: vec![], configure: String::new(), body: String::new() }
    }

    /// A call in `configure`, whose result nobody reads.
    pub(super) fn configure(mut self, interface: &str, function: &str, args: &[Arg<'_>]) -> Self {
        let call = self.call(interface, function, args);
        self.configure += &call;
        self
    }

    /// A call in the hook, whose result nobody reads.
    pub(super) fn step(mut self, interface: &str, function: &str, args: &[Arg<'_>]) -> Self {
        let call = self.call(interface, function, args);
        self.body += &call;
        self
    }

    /// The guest, whose request hook makes a last call and leaves its result as the state.
    pub(super) fn last(mut self, interface: &str, function: &str, args: &[Arg<'_>]) -> Guest {
        let row = self.row(interface, function);
        let call = self.bare_call(row, args);
        let result = match (row.result, args.last()) {
            (Some(Value::I32), Some(Arg::To)) => call,
            (Some(Value::I32), _) => format!("(i32.store (i32.const {RESULT}) {call}) (i32.const 4)"),
            (Some(_), _) => format!("(i64.store (i32.const {RESULT}) {call}) (i32.const 8)"),
            (None, _) => format!("{call} (i32.const 0)"),
        };
        let body = format!("(block (result i32) {} {result})", self.body);
        self.guest.configure_first(&self.configure).data(&self.data).result_as_state(&body)
    }

    fn call(&mut self, interface: &str, function: &str, args: &[Arg<'_>]) -> String {
        let row = self.row(interface, function);
        let call = self.bare_call(row, args);
        if row.result.is_some() { format!("(drop {call})\n") } else { format!("{call}\n") }
    }

    fn bare_call(&mut self, row: &'static Import, args: &[Arg<'_>]) -> String {
        let args: Vec<String> = args.iter().map(|arg| self.arg(arg)).collect();
        format!("(call ${} {})", name(row), args.join(" "))
    }

    fn arg(&mut self, arg: &Arg<'_>) -> String {
        match arg {
            Arg::Int(value) => format!("(i32.const {value})"),
            Arg::Long(value) => format!("(i64.const {value})"),
            Arg::Float(value) => format!("(f64.const {value})"),
            Arg::To => format!("(i32.const {RESULT}) (i32.const {ROOM})"),
            Arg::Bytes(bytes) => {
                let at = DATA as usize + self.data.len();
                self.data.extend_from_slice(bytes);
                assert!(self.data.len() < (RESULT - DATA) as usize, "the arguments do not fit");
                format!("(i32.const {at}) (i32.const {})", bytes.len())
            }
        }
    }

    /// Imports a row of the table, once.
    fn row(&mut self, interface: &str, function: &str) -> &'static Import {
        let row = IMPORTS.iter().find(|row| row.interface == interface && row.function == function);
        let row = row.unwrap_or_else(|| panic!("{interface}.{function} is not in the table"));
        if !self.imported.contains(&row) {
            self.imported.push(row);
            self.guest = self.guest.clone().import(interface, function, &name(row), &ty(row));
        }
        row
    }
}

fn name(row: &Import) -> String {
    let interface = row.interface.rsplit('/').next().unwrap_or(row.interface);
    format!("{}.{}", interface.split('@').next().unwrap_or(interface), row.function)
}

fn ty(row: &Import) -> String {
    let of = |value: &Value| match value {
        Value::I32 => "i32",
        Value::I64 => "i64",
        Value::F64 => "f64",
    };
    let params: Vec<&str> = row.params.iter().map(of).collect();
    let result = row.result.map_or(String::new(), |value| format!("(result {})", of(&value)));
    format!("(param {}) {result}", params.join(" "))
}
