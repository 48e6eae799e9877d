//! What may go wrong, named for what the caller can do.

use std::{borrow::Cow, fmt, io, ops::Deref, time::Duration};

use gateway_model::{Digest, Grant};
use wasmtime::Trap;

use crate::{compile::CompileError, limits::Limits, state::State, trace::Trace};

/// Why there is no sandbox.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// A limit cannot be enforced.
    #[error("plugin limit {field} is out of bounds: {remedy} (the limits are {limits:?})")]
    Limit { field: &'static str, limits: Box<Limits>, remedy: &'static str },
    /// The runtime did not start, most likely for want of address space.
    #[error("the Wasm runtime does not start: {0}; a smaller plugin limit `instances` needs less address space")]
    Engine(String),
    /// The thread that enforces deadlines did not start.
    #[error("the deadline thread does not start")]
    Ticker(#[source] io::Error),
}

/// Why a module cannot be a plugin; the text says what is wrong with the module and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The bytes have another digest.
    #[error("the module has the digest {actual}, not {expected}: load the bytes that belong to the digest")]
    Digest { expected: Digest, actual: Digest },
    /// It is no core Wasm module, or needs a feature that plugins do not have.
    #[error("this is no core Wasm module that plugins may be: {0}; build it for wasm32-unknown-unknown")]
    Invalid(String),
    /// It has more of something than a plugin may have.
    #[error(
        "the module has {found} {what}, and at most {most} are accepted: build it for release with link-time \
         optimisation, as `sluice plugin build` does"
    )]
    TooMuch { what: &'static str, found: u64, most: u64 },
    /// It is made to be validated slowly.
    #[error("the module is not validated after {0:?}: no compiler emits code like this")]
    SlowToValidate(Duration),
    /// It is sound, and there is no code of it all the same.
    #[error("the module does not compile: {0}")]
    Compile(#[from] CompileError),
    /// Others were first.
    #[error("{0} modules wait for the compiler already: try again in a minute")]
    CompilerBusy(usize),
    /// It imports what the host does not offer.
    #[error(
        "the module imports what the host does not offer: {}; build it for wasm32-unknown-unknown with the plugin SDK",
        .0.join(", ")
    )]
    Imports(Vec<String>),
    /// It does not speak this ABI.
    #[error("the module does not export {}: build it with the plugin SDK of this gateway's version", .0.join(", "))]
    Exports(Vec<String>),
    /// It failed to describe itself.
    #[error("the module failed to describe itself: {0}")]
    Describe(Failure),
    /// What it says of itself makes no sense.
    #[error("the module describes itself wrongly: {0}")]
    Descriptor(String),
}

/// Why an attachment has no plugin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigureError {
    /// The module must be loaded first.
    #[error("module {0} is not loaded")]
    NotLoaded(Digest),
    /// The module's imports need a grant that the attachment does not give.
    #[error("the plugin needs the grant {0}: add it to the attachment's grants")]
    Grant(Grant),
    /// The plugin refused its configuration, in its own words.
    #[error("{0}")]
    Refused(String),
    /// The plugin failed while it was configured.
    #[error("{0}")]
    Failed(#[from] Failure),
}

/// A hook that came to no verdict. Nothing that it asked for was applied.
///
/// In a box: nearly all calls end well, and their results are moved from hand to hand.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(Box<FailureDetails>);

/// What is known of a [`Failure`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureDetails {
    pub kind: FailureKind,
    /// For the log, never for the client: attachment, plugin, cause, the guest's own words, and where it was.
    pub message: String,
    /// What the call took of the processor after the first half of its deadline (at most 100 ms of it), by the thread's own
    /// clock: so long it has certainly held up others of its thread, however busy the machine was. 0 for shorter calls.
    pub measured: Duration,
}

/// How a hook failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureKind {
    /// The guest executed an instruction that it must not.
    Trap,
    /// The guest used up its time.
    Deadline,
    /// The hooks of this request have used up their time together.
    Budget,
    /// The guest asked for more memory than it may have, and gave up.
    Memory,
    /// The guest overflowed its stack.
    Stack,
    /// The guest panicked.
    Panic,
    /// The guest broke the ABI, or asked for what cannot be done.
    Malformed,
    /// The guest called the host too often, or passed too many bytes.
    HostCalls,
    /// The guest used what its attachment does not grant.
    Denied,
    /// The guest said that it failed.
    Fault,
    /// The declared parts of the head do not fit: the request is too large, the plugin did nothing wrong.
    HeadTooLarge,
    /// No instance could be started.
    Start,
    /// As many calls of the plugin were waiting as may wait, for as long as they may.
    Saturated,
}

/// The guest handed the host something that makes no sense; ends the guest's call.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misuse(pub(crate) Cow<'static, str>);

/// The guest used what was not granted; ends the guest's call.
#[derive(Debug, thiserror::Error)]
#[error("the attachment does not give the grant {0}")]
pub(crate) struct NotGranted(pub(crate) Grant);

/// The guest asked the host for more than it may in one call; ends the guest's call.
#[derive(Debug, thiserror::Error)]
#[error(
    "the guest used up its {most} {what} of one call: make it ask for less, or raise `plugins.host_calls` and \
     `plugins.host_call_bytes`"
)]
pub(crate) struct Exhausted {
    pub(crate) what: &'static str,
    pub(crate) most: usize,
}

/// The guest's time is up; ends the guest's call.
#[derive(Debug, thiserror::Error)]
#[error("the guest used up its time")]
pub(crate) struct TimeIsUp;

/// The plugin was quarantined while the guest ran; ends the guest's call.
#[derive(Debug, thiserror::Error)]
#[error("the plugin was quarantined while the guest used up its time")]
pub(crate) struct Withdrawn;

/// Bytes of a guest's text that enter a message, and of a name: the log must not be as long as a guest likes.
const QUOTED: usize = 1024;
const QUOTED_NAME: usize = 128;

/// The front of what a guest said, on one line.
pub(crate) fn quoted(text: &str) -> String {
    printable(text, QUOTED)
}

/// The front of a name that a guest chose.
pub(crate) fn quoted_name(name: &str) -> String {
    printable(name, QUOTED_NAME)
}

/// A guest must not forge lines or drive terminals.
fn printable(text: &str, most: usize) -> String {
    let front = &text[..text.floor_char_boundary(most)];
    front.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// An import, or another thing with a name in a namespace, as errors name it.
pub(crate) fn named(namespace: &str, name: &str) -> String {
    format!("{}.{}", quoted_name(namespace), quoted_name(name))
}

// === impl LoadError ===

/// Unknown imports that an error names.
const NAMED: usize = 50;

impl LoadError {
    /// The error that names `imports`, as many of them as are bearable to read.
    pub(crate) fn unknown_imports(mut imports: Vec<String>) -> Self {
        let more = imports.len().saturating_sub(NAMED);
        imports.truncate(NAMED);
        imports.extend((more > 0).then(|| format!("and {more} more")));
        Self::Imports(imports)
    }
}

// === impl Misuse ===

impl Misuse {
    pub(crate) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }
}

// === impl Failure ===

impl Failure {
    pub(crate) fn new(kind: FailureKind, state: &State, cause: impl fmt::Display) -> Self {
        let message = format!("{}: {cause}", state.label());
        Self(Box::new(FailureDetails { kind, message, measured: state.deadline.measured() }))
    }

    /// The same, with another word for it.
    pub(crate) fn recast(mut self, kind: FailureKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// A call that ended in a trap or in an error of an import.
    pub(crate) fn of_call(error: &wasmtime::Error, state: &State) -> Self {
        let kind = kind(error, state);
        let cause = match kind {
            FailureKind::Panic => panicked(&state.panic),
            FailureKind::Deadline if !error.is::<Withdrawn>() => too_late(state),
            FailureKind::Memory => {
                format!("{} (the guest asked for {} bytes)", cause(error), state.memory_limit.denied)
            }
            _ => cause(error),
        };
        let lines = state.owner.as_ref().map(|owner| &owner.module.lines);
        Self::new(kind, state, format_args!("{cause}{}", Trace { error, lines }))
    }
}

impl Deref for Failure {
    type Target = FailureDetails;

    fn deref(&self) -> &FailureDetails {
        &self.0
    }
}

impl fmt::Display for FailureDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

/// The guest's last words. Those of the SDK begin with the file and the line.
fn panicked(words: &str) -> String {
    let begins_with_place = words
        .split(": ")
        .next()
        .is_some_and(|place| place.rsplit_once(':').is_some_and(|(_, line)| line.parse::<u32>().is_ok()));
    let at = if begins_with_place { " at" } else { ":" };
    format!("the guest panicked{at} {words}")
}

fn too_late(state: &State) -> String {
    let remedy = match state.hook {
        Some(_) => "make the hook do less, or raise `plugins.deadline_ms` or the attachment's `deadlineMs`",
        None => "make it do less when it starts and reads its configuration",
    };
    format!("the guest used up its time of {:?}: {remedy}", state.deadline.whole())
}

fn kind(error: &wasmtime::Error, state: &State) -> FailureKind {
    if error.is::<TimeIsUp>() || error.is::<Withdrawn>() {
        return FailureKind::Deadline;
    }
    if error.is::<NotGranted>() {
        return FailureKind::Denied;
    }
    if error.is::<Exhausted>() {
        return FailureKind::HostCalls;
    }
    if error.is::<Misuse>() {
        return FailureKind::Malformed;
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::StackOverflow) => FailureKind::Stack,
        Some(Trap::Interrupt) => FailureKind::Deadline,
        // A guest that is refused memory aborts, with a panic message or without.
        Some(_) if state.memory_limit.denied > 0 => FailureKind::Memory,
        Some(_) if !state.panic.is_empty() => FailureKind::Panic,
        Some(_) => FailureKind::Trap,
        None => FailureKind::Start,
    }
}

/// The innermost cause: the outer layers are the trace, which [`Trace`] writes.
fn cause(error: &wasmtime::Error) -> String {
    let cause = error.root_cause();
    match error.downcast_ref::<Trap>() {
        // Compilers keep a second stack in the guest's memory, at its very beginning.
        Some(Trap::MemoryOutOfBounds) => format!("{cause} (also how compiled code runs out of stack)"),
        _ => cause.to_string(),
    }
}

/// A function as its author wrote it, as far as the compiler's spelling tells.
pub(crate) fn function_name(symbol: &str) -> String {
    match rustc_demangle::try_demangle(symbol) {
        Ok(name) => quoted_name(&format!("{name:#}")),
        Err(_) => quoted_name(symbol),
    }
}

// === impl FailureKind ===

impl FailureKind {
    /// The name in metrics and logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Deadline => "deadline",
            Self::Budget => "budget",
            Self::Memory => "memory",
            Self::Stack => "stack",
            Self::Panic => "panic",
            Self::Malformed => "malformed",
            Self::HostCalls => "host-calls",
            Self::Denied => "denied",
            Self::Fault => "fault",
            Self::HeadTooLarge => "head-too-large",
            Self::Start => "start",
            Self::Saturated => "saturated",
        }
    }

    /// Whether the instance may go on after this failure: in the others the guest was cut off, or is not to be trusted.
    pub(crate) fn leaves_instance_sound(self) -> bool {
        matches!(self, Self::Fault | Self::HeadTooLarge)
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_guest_says_is_one_line_of_bounded_length() {
        assert_eq!(quoted("a\r\n\u{1b}[2Jb"), "a   [2Jb");
        assert_eq!(quoted(&"ä".repeat(1_000)).len(), QUOTED);
        assert_eq!(quoted_name(&"x".repeat(1_000)).len(), QUOTED_NAME);
    }
}
