//! The OUT area: what a call hands back.

mod buffer;

use serde::Serialize;
use sluice_abi::{
    bounds::ATTRIBUTE_NAME,
    bytes::{Full, Writer},
    outcome::{Action, BodyWish, Name, OPERATIONS_MAX, Operation, Packed, write_header, write_operation},
    wire,
};

use self::buffer::Buffer;
use crate::field::{FieldName, FieldValue, Scratch};

/// Bytes of a state that is encoded without allocation, and for which there is room in front of the operations.
const SMALL_STATE: usize = 64;

/// Bytes of the length in front of a state.
const STATE_LENGTH: usize = 2;

/// The largest state in bytes, which its length in front of it can tell.
const STATE_MAX: usize = u16::MAX as usize - 1;

/// The longest header name that is written.
const NAME_MAX: usize = 255;

/// The longest message of a fault or a refusal, in bytes; the host logs it.
const MESSAGE_MAX: usize = 1024;

const TOO_LARGE: &str = "the outcome is larger than 1 MiB";

/// What one call hands back; its memory is used again by the next.
#[derive(Debug, Default)]
pub(crate) struct Out {
    written: Written,
    scratch: Scratch,
}

/// The operations and the state of one call.
#[derive(Debug, Default)]
struct Written {
    buffer: Buffer,
    operations: usize,
    /// The state stands in front of the operations.
    has_state: bool,
    /// How many operations say something of the request, and where they end: they stand first, as answers keep them.
    said: (usize, usize),
    /// Why this outcome cannot be handed back.
    failure: Option<&'static str>,
}

// === impl Out: a call ===

impl Out {
    /// Begins the outcome of a hook.
    pub(crate) fn begin(&mut self) {
        self.written.clear(STATE_LENGTH + SMALL_STATE);
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
        Packed { len: self.written_len(), action: Action::Fault, more: false, body: BodyWish::Pass, status: 0 }.pack()
    }

    /// Hands back what was written, or a fault if something could not be.
    pub(crate) fn finish(&mut self, action: Action, status: u16, more: bool) -> u64 {
        match self.written.failure {
            Some(failure) => self.fault(failure),
            None => self.packed(action, status, more),
        }
    }

    /// As [`Out::finish`], for a hook that goes on and has told its state.
    pub(crate) fn finish_with_body(&mut self, body: BodyWish) -> u64 {
        match self.written.failure {
            Some(failure) => self.fault(failure),
            None => self.packed_with_body(Action::Next, 0, true, body),
        }
    }

    /// Replaces all that was written by bytes as they are.
    pub(crate) fn raw(&mut self, bytes: &[u8]) -> u64 {
        self.written.clear(0);
        self.written.write(|writer| writer.raw(bytes));
        match self.written.failure {
            Some(failure) => self.fault(failure),
            None => {
                let len = self.written_len();
                Packed { len, action: Action::Next, more: false, body: BodyWish::Pass, status: 0 }.pack()
            }
        }
    }

    /// What has been written.
    #[must_use]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.written.buffer.bytes()
    }

    /// The same with the room behind it, which is all that the host may look at.
    #[cfg(any(test, target_family = "wasm"))]
    #[must_use]
    pub(crate) fn area(&self) -> &[u8] {
        self.written.buffer.with_room()
    }

    fn packed(&mut self, action: Action, status: u16, more: bool) -> u64 {
        self.packed_with_body(action, status, more, BodyWish::Pass)
    }

    fn packed_with_body(&mut self, action: Action, status: u16, more: bool, body: BodyWish) -> u64 {
        // An empty state without operations is told by an empty OUT, which the host need not read.
        if !self.written.has_state && self.written.buffer.len() > 0 {
            self.written.put_in_front(&[0; STATE_LENGTH]);
        }
        Packed { len: self.written_len(), action, more, body, status }.pack()
    }

    fn written_len(&self) -> u32 {
        u32::try_from(self.written.buffer.len()).expect("OUT_MAX fits in 32 bits")
    }
}

fn cut(message: &str) -> &str {
    &message[..message.floor_char_boundary(MESSAGE_MAX)]
}

// === impl Out: operations ===

impl Out {
    pub(crate) fn set_header(&mut self, name: FieldName<'_>, value: &impl FieldValue) {
        self.header(name, value, false);
    }

    pub(crate) fn append_header(&mut self, name: FieldName<'_>, value: &impl FieldValue) {
        self.header(name, value, true);
    }

    pub(crate) fn remove_header(&mut self, name: FieldName<'_>) {
        self.written.with_name(name, |written, name| written.operation(&Operation::RemoveHeader(name)));
    }

    pub(crate) fn set_consumer(&mut self, name: &str) {
        self.written.say(&Operation::SetConsumer(name));
    }

    pub(crate) fn set_attribute(&mut self, name: &str, value: &str) {
        match name.len() {
            1..=ATTRIBUTE_NAME => self.written.say(&Operation::SetAttribute(name, value)),
            _ => self.written.failure = Some("the name of an attribute has 1 to 64 bytes"),
        }
    }

    pub(crate) fn admit(&mut self, operation: &Operation<'_>) {
        self.written.say(operation);
    }

    pub(crate) fn operation(&mut self, operation: &Operation<'_>) {
        self.written.operation(operation);
    }

    /// Drops what the hook did to the message, which an answer keeps from everybody; what it said of the request stays.
    pub(crate) fn keep_what_is_said(&mut self) {
        let (operations, len) = self.written.said;
        self.written.operations = operations;
        self.written.buffer.truncate(len);
    }

    /// Puts the state before the operations: it is known last and read first.
    pub(crate) fn state<S: Serialize>(&mut self, state: &S) {
        if size_of::<S>() == 0 {
            return;
        }
        let mut small = [0; STATE_LENGTH + SMALL_STATE];
        match wire::encode_into(state, &mut small[STATE_LENGTH..]).map(|bytes| bytes.len()) {
            Some(len) => {
                small[0] = len as u8;
                self.written.put_in_front(&small[..STATE_LENGTH + len]);
            }
            None => self.large_state(state),
        }
        self.written.has_state = true;
    }

    /// Encodes no more of it than the host takes, however large it is.
    #[cold]
    fn large_state<S: Serialize>(&mut self, state: &S) {
        let mut large = vec![0; STATE_LENGTH + STATE_MAX];
        match wire::encode_into(state, &mut large[STATE_LENGTH..]).map(|bytes| bytes.len() as u16) {
            Some(len) => {
                large[..STATE_LENGTH].copy_from_slice(&len.to_le_bytes());
                self.written.put_in_front(&large[..STATE_LENGTH + usize::from(len)]);
            }
            None => self.written.failure = Some("the state is larger than 64 KiB"),
        }
    }

    fn header(&mut self, name: FieldName<'_>, value: &impl FieldValue, append: bool) {
        let Self { written, scratch } = self;
        scratch.clear();
        let value = value.bytes(scratch);
        written.with_name(name, |written, name| written.count(|writer| write_header(writer, append, name, value)));
    }
}

// === impl Written ===

impl Written {
    fn clear(&mut self, gap: usize) {
        self.buffer.clear(gap);
        self.operations = 0;
        self.has_state = false;
        self.said = (0, 0);
        self.failure = None;
    }

    fn operation(&mut self, operation: &Operation<'_>) {
        self.count(|writer| write_operation(writer, operation));
    }

    /// Writes an operation before all that are not like it.
    fn say(&mut self, operation: &Operation<'_>) {
        let start = self.buffer.len();
        self.operation(operation);
        let ((count, end), len) = (self.said, self.buffer.len());
        self.buffer.rotate(end, start);
        self.said = (count + 1, end + (len - start));
    }

    /// Writes one operation.
    fn count(&mut self, operation: impl Fn(&mut Writer<'_>) -> Result<(), Full>) {
        self.operations += 1;
        if self.operations > OPERATIONS_MAX {
            self.failure = Some("the hook makes more than 256 changes");
            return;
        }
        self.write(operation);
    }

    fn write(&mut self, fields: impl Fn(&mut Writer<'_>) -> Result<(), Full>) {
        if self.buffer.write(fields).is_err() {
            self.failure = Some(TOO_LARGE);
        }
    }

    fn put_in_front(&mut self, bytes: &[u8]) {
        if self.buffer.put_in_front(bytes).is_err() {
            self.failure = Some(TOO_LARGE);
        }
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
}
