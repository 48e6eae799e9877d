//! The plugin ABI `sluice1`: how the contract in `sdk/wit/sluice.wit` crosses between host and guest.
//!
//! Host and SDK share this crate, so an encoder and its decoder cannot drift apart.
//! - Scalars, enums and handles are plain integers; strings and byte lists are pointer and length.
//! - Any other argument is postcard bytes (module [`wire`]): an option, a list and a record alike.
//! - A result that is no scalar goes into a buffer of the caller: the callee returns the bytes written, or the
//!   negated size it needs, and the caller fetches them once with `sys.take`. A plain byte list is its bytes as they
//!   are; a record of scalars is its fields (module [`flat`]), and nothing at all where it is an option's `none`;
//!   anything else is postcard, the byte list in an option or a result included.
//! - Hooks read from the guest's IN area and write to its OUT area (modules [`head`] and [`outcome`]).
#![warn(missing_docs)]

pub mod bounds;
pub mod bytes;
pub mod flat;
pub mod head;
pub mod import;
pub mod outcome;
pub mod wire;

/// The export, a function without arguments or result, by which a module says which ABI it speaks.
pub const MARKER: &str = "sluice-abi-0.1";

/// Returns the address of four `u32`: IN address, IN capacity, OUT address, OUT capacity.
///
/// The host asks for the address once and reads the four values before and after each call: an area may move and
/// grow in between. IN never has less than [`AREA`].
pub const EXPORT_AREAS: &str = "sluice1:areas";
/// Takes a size in bytes and makes IN at least that large; no result. The host reads the areas again afterwards.
pub const EXPORT_RESERVE: &str = "sluice1:reserve";
/// Writes the postcard form of [`wire::Descriptor`] to OUT and returns its length.
pub const EXPORT_DESCRIBE: &str = "sluice1:describe";
/// Takes the length of the JSON in IN and returns a packed [`outcome::Packed`]: `NEXT` with a postcard
/// [`wire::Declaration`] in OUT, or `FAULT` with a message as plain UTF-8 in OUT.
pub const EXPORT_CONFIGURE: &str = "sluice1:configure";
/// Takes the length of the head in IN and returns a packed [`outcome::Packed`].
pub const EXPORT_ON_REQUEST: &str = "sluice1:on-request";
/// Takes the length of the state in IN and returns a packed [`outcome::Packed`]; the body is read by imports.
pub const EXPORT_ON_REQUEST_BODY: &str = "sluice1:on-request-body";
/// Takes the lengths of the state and of the chunk behind it in IN, and 1 with the last chunk; returns a packed
/// [`outcome::Packed`]: `NEXT` passes the chunk, or what stands in OUT as [`outcome::Operation::Body`] instead.
pub const EXPORT_ON_REQUEST_CHUNK: &str = "sluice1:on-request-chunk";
/// Takes the lengths of the head and of the state behind it in IN and returns a packed [`outcome::Packed`].
pub const EXPORT_ON_RESPONSE: &str = "sluice1:on-response";
/// As [`EXPORT_ON_REQUEST_BODY`], for the response.
pub const EXPORT_ON_RESPONSE_BODY: &str = "sluice1:on-response-body";
/// As [`EXPORT_ON_REQUEST_CHUNK`], for the response.
pub const EXPORT_ON_RESPONSE_CHUNK: &str = "sluice1:on-response-chunk";
/// Takes the lengths of the summary and of the state behind it in IN and returns a packed [`outcome::Packed`].
pub const EXPORT_ON_LOG: &str = "sluice1:on-log";
/// Takes nothing and returns a packed [`outcome::Packed`].
pub const EXPORT_ON_TICK: &str = "sluice1:on-tick";

/// Capacity of the IN and OUT areas when an instance starts, in bytes.
pub const AREA: usize = 64 * 1024;

/// The longest state, in bytes: its length crosses in 16 bits, of which one value says that there is none.
pub const STATE_MAX: usize = 65_534;

/// The largest piece of a body that a chunk hook is handed, in bytes.
pub const CHUNK_MAX: usize = 32 * 1024;

/// The largest OUT that a host reads, in bytes: an answer's body included.
pub const OUT_MAX: usize = 1024 * 1024;
