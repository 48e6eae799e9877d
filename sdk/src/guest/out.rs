//! The OUT area: what a call hands back.

use std::mem;

use serde::Serialize;
use sluice_abi::{
    OUT_MAX,
    bounds::ATTRIBUTE_NAME,
    bytes::{Full, Writer},
    outcome::{Action, BodyWish, Name, OPERATIONS_MAX, Operation, Packed, write_operation, write_state},
    wire,
};

use crate::{
    field::{FieldName, FieldValue, Scratch},
    sys::{OutArea, out_area},
};

/// Bytes of an empty state, with which the operations of a hook begin.
const EMPTY_STATE: usize = 2;

/// Bytes of a state that is encoded without allocation.
const SMALL_STATE: usize = 64;

/// The longest header name that is written.
const NAME_MAX: usize = 255;

/// The longest message of a fault or a refusal, in bytes; the host logs it.
const MESSAGE_MAX: usize = 1024;

/// The buffer of one call and what has been written to it; its memory is used again by the next.
#[derive(Debug)]
pub(crate) struct Out {
    /// [`AREA`](sluice_abi::AREA) bytes.
    area: OutArea,
    /// Takes over once a call outgrows the area; empty until then.
    spill: Vec<u8>,
    len: usize,
    operations: usize,
    /// How many operations say something of the request, and where they end: they stand first, as answers keep them.
    said: (usize, usize),
    /// Why this outcome cannot be handed back.
    failure: Option<&'static str>,
    scratch: Scratch,
}

// === impl Out: a call ===

impl Default for Out {
    fn default() -> Self {
        Self {
            area: out_area(),
            spill: Vec::new(),
            len: 0,
            operations: 0,
            said: (0, EMPTY_STATE),
            failure: None,
            scratch: Scratch::default(),
        }
    }
}

impl Out {
    /// Begins the outcome of a hook.
    pub(crate) fn begin(&mut self) {
        self.clear();
        self.write(|writer| write_state(writer, &[]));
    }

    /// Replaces all that was written by a message for the log.
    pub(crate) fn fault(&mut self, message: &str) -> u64 {
        self.begin();
        self.operation(&Operation::Detail(cut(message)));
        self.packed(Action::Fault, 0, false)
    }

    /// Replaces all that was written by a message for the operator, as `configure` refuses.
    pub(crate) fn refusal(&mut self, message: &str) -> u64 {
        self.raw(cut(message).as_bytes());
        self.packed(Action::Fault, 0, false)
    }

    /// Hands back what was written, or a fault if something could not be.
    pub(crate) fn finish(&mut self, action: Action, status: u16, more: bool) -> u64 {
        match self.failure {
            Some(failure) => self.fault(failure),
            None => self.packed(action, status, more),
        }
    }

    /// As [`Out::finish`], for a hook that goes on and has told its state.
    pub(crate) fn finish_with_body(&mut self, body: BodyWish) -> u64 {
        match self.failure {
            Some(failure) => self.fault(failure),
            None => self.packed_with_body(Action::Next, 0, true, body),
        }
    }

    /// Replaces all that was written by bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> u64 {
        self.clear();
        self.write(|writer| writer.raw(bytes));
        self.finish(Action::Next, 0, false)
    }

    /// What has been written.
    #[must_use]
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.buffer()[..self.len]
    }

    /// The whole buffer in use: the area, or a larger one while a call needs it.
    #[must_use]
    pub(crate) fn buffer(&self) -> &[u8] {
        if self.spill.is_empty() { &self.area[..] } else { &self.spill }
    }

    fn clear(&mut self) {
        if !self.spill.is_empty() {
            self.spill = Vec::new();
        }
        self.len = 0;
        self.operations = 0;
        self.said = (0, EMPTY_STATE);
        self.failure = None;
    }

    fn packed(&self, action: Action, status: u16, more: bool) -> u64 {
        self.packed_with_body(action, status, more, BodyWish::Pass)
    }

    fn packed_with_body(&self, action: Action, status: u16, more: bool, body: BodyWish) -> u64 {
        let len = u32::try_from(self.len).expect("OUT_MAX fits in 32 bits");
        Packed { len, action, more, body, status }.pack()
    }
}

fn cut(message: &str) -> &str {
    &message[..message.floor_char_boundary(MESSAGE_MAX)]
}

// === impl Out: operations ===

impl Out {
    pub(crate) fn set_header(&mut self, name: FieldName<'_>, value: &impl FieldValue) {
        self.with_name(name, |out, name| {
            out.with_value(value, |out, value| out.operation(&Operation::SetHeader(name, value)));
        });
    }

    pub(crate) fn append_header(&mut self, name: FieldName<'_>, value: &impl FieldValue) {
        self.with_name(name, |out, name| {
            out.with_value(value, |out, value| out.operation(&Operation::AppendHeader(name, value)));
        });
    }

    pub(crate) fn remove_header(&mut self, name: FieldName<'_>) {
        self.with_name(name, |out, name| out.operation(&Operation::RemoveHeader(name)));
    }

    pub(crate) fn set_consumer(&mut self, name: &str) {
        self.say(&Operation::SetConsumer(name));
    }

    pub(crate) fn set_attribute(&mut self, name: &str, value: &str) {
        match name.len() {
            1..=ATTRIBUTE_NAME => self.say(&Operation::SetAttribute(name, value)),
            _ => self.failure = Some("the name of an attribute has 1 to 64 bytes"),
        }
    }

    /// Writes an operation before all that are not like it.
    fn say(&mut self, operation: &Operation<'_>) {
        let start = self.len;
        self.operation(operation);
        let ((count, end), len) = (self.said, self.len);
        self.buffer_mut()[end..len].rotate_right(len - start);
        self.said = (count + 1, end + (len - start));
    }

    pub(crate) fn operation(&mut self, operation: &Operation<'_>) {
        self.operations += 1;
        if self.operations > OPERATIONS_MAX {
            self.failure = Some("the hook makes more than 256 changes");
            return;
        }
        self.write(|writer| write_operation(writer, operation));
    }

    /// Drops what the hook did to the message, which an answer keeps from everybody; what it said of the request stays.
    pub(crate) fn keep_what_is_said(&mut self) {
        (self.operations, self.len) = self.said;
    }

    /// Puts the state before the operations: it is known last and read first.
    pub(crate) fn state<S: Serialize>(&mut self, state: &S) {
        if size_of::<S>() == 0 {
            return;
        }
        let mut small = [0; SMALL_STATE];
        match wire::encode_into(state, &mut small) {
            Some(bytes) => self.insert_state(bytes),
            None => self.insert_state(&wire::encode(state)),
        }
    }

    fn with_value(&mut self, value: &impl FieldValue, write: impl FnOnce(&mut Self, &[u8])) {
        let mut scratch = mem::take(&mut self.scratch);
        scratch.clear();
        write(self, value.bytes(&mut scratch));
        self.scratch = scratch;
    }

    /// Hands out the name in lower case, as names cross.
    fn with_name(&mut self, name: FieldName<'_>, write: impl FnOnce(&mut Self, Name<'_>)) {
        match name.0 {
            Name::Inline(text) if text.len() > NAME_MAX => {
                self.failure = Some("a header name is longer than 255 bytes")
            }
            Name::Inline(text) if text.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                write(self, Name::Inline(&text.to_ascii_lowercase()));
            }
            name => write(self, name),
        }
    }

    fn insert_state(&mut self, state: &[u8]) {
        let operations = self.len;
        self.write(|writer| writer.raw(state));
        if self.failure.is_some() || state.is_empty() {
            return;
        }
        self.buffer_mut().copy_within(EMPTY_STATE..operations, EMPTY_STATE + state.len());
        if write_state(&mut Writer::new(self.buffer_mut()), state).is_err() {
            self.failure = Some("the state is larger than 64 KiB");
        }
    }
}

// === impl Out: memory ===

impl Out {
    fn buffer_mut(&mut self) -> &mut [u8] {
        if self.spill.is_empty() { &mut self.area[..] } else { &mut self.spill }
    }

    fn write(&mut self, fields: impl Fn(&mut Writer<'_>) -> Result<(), Full>) {
        loop {
            let start = self.len;
            let mut writer = Writer::new(&mut self.buffer_mut()[start..]);
            let written = fields(&mut writer).map(|()| writer.len());
            match written {
                Ok(len) => {
                    self.len += len;
                    return;
                }
                Err(Full) if self.grow() => {}
                Err(Full) => {
                    self.failure = Some("the outcome is larger than 1 MiB");
                    return;
                }
            }
        }
    }

    fn grow(&mut self) -> bool {
        let capacity = self.buffer().len();
        if capacity >= OUT_MAX {
            return false;
        }
        let mut larger = vec![0; (capacity * 4).min(OUT_MAX)];
        larger[..self.len].copy_from_slice(self.bytes());
        self.spill = larger;
        true
    }
}
