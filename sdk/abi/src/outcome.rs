//! Outcomes: what a hook hands back in the OUT area.
//!
//! Every hook returns [`Packed`]: how much of OUT it filled, its action, flags and a status.
//! An empty OUT is an empty state and no operations.
//! Any other OUT holds the state (length `u16`, bytes) and then operations: kind `u8`, for header operations the name
//! (position `u16` in the declared names, or [`INLINE`] and a length byte and the name), then the value
//! (length `u32`, bytes).

mod admission;

pub use self::admission::{Admission, PriorityClass};

use crate::bytes::{Full, Malformed, Reader, Writer, copy};

/// The name position that says that the name itself follows.
pub const INLINE: u16 = u16::MAX;

/// The most operations that a host applies for one hook.
pub const OPERATIONS_MAX: usize = 256;

/// Whether a header belongs to the connection, to the framing of messages or to the routing of the request.
///
/// The gateway sets these itself: a hook that sets, appends or removes one fails, and so does a `configure` that
/// declares one among its `header_names`. Reading them is fine. `name` is in lower case.
#[must_use]
pub fn is_reserved(name: &str) -> bool {
    let connection = ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];
    connection.contains(&name) || matches!(name, "content-length" | "host") || name.starts_with("proxy-")
}

/// What the hook wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Action {
    /// Go on with the chain.
    Next = 0,
    /// Answer with the status of [`Packed`] and the headers and body among the operations.
    Respond = 1,
    /// Answer with a problem made of the status and the problem members among the operations.
    Refuse = 2,
    /// The hook failed; the message is among the operations.
    Fault = 3,
    /// Answer with the kept response whose key is among the operations.
    ServeCached = 4,
    /// Break the message off; for chunks only.
    Reset = 5,
}

/// What a hook wants of the body whose head it saw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyWish {
    /// Nothing: the body passes by.
    #[default]
    Pass,
    /// All of it at once, up to the limit among the operations.
    Buffer,
    /// Piece by piece.
    Stream,
}

/// The 64 bits that a hook returns: OUT length (32), action (8), flags (8), status (16), from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Bytes of OUT in use.
    pub len: u32,
    /// What to do.
    pub action: Action,
    /// The later hooks are to be called for this request.
    pub more: bool,
    /// The hooks of the body are to be called.
    pub body: BodyWish,
    /// Status of an answer; 0 for none.
    pub status: u16,
}

/// One operation on a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation<'a> {
    /// Replaces all field lines of that name by one.
    SetHeader(Name<'a>, &'a [u8]),
    /// Adds a field line.
    AppendHeader(Name<'a>, &'a [u8]),
    /// Removes all field lines of that name.
    RemoveHeader(Name<'a>),
    /// Changes the status of a response.
    SetStatus(u16),
    /// Says who calls.
    SetConsumer(&'a str),
    /// The body of an answer.
    Body(&'a [u8]),
    /// The type of a problem, a URI reference.
    ProblemKind(&'a str),
    /// The title of a problem.
    ProblemTitle(&'a str),
    /// The detail of a problem, or the message of a fault.
    Detail(&'a str),
    /// Changes the method of a request.
    SetMethod(&'a str),
    /// Changes the path of a request.
    SetPath(&'a str),
    /// Changes the query of a request.
    SetQuery(&'a str),
    /// Takes the query of a request away.
    RemoveQuery,
    /// Sends the request to the upstream of that name.
    SetUpstream(&'a str),
    /// The longest wait for the response's head, in milliseconds.
    SetTimeout(u64),
    /// A name and a value, for the access log and for later plugins.
    SetAttribute(&'a str, &'a str),
    /// Keeps the response: a postcard [`crate::wire::CacheDirective`].
    StoreResponse(&'a [u8]),
    /// The most bytes of a body that is buffered.
    BodyLimit(u64),
    /// Names the kept response to answer with.
    CacheKey(&'a str),
    /// Charges a limit that `configure` has defined.
    Charge {
        /// Its handle.
        limit: u32,
        /// What the request takes.
        cost: u32,
        /// Whose limit.
        key: &'a str,
    },
    /// Charges the usage plan of the consumer with so much.
    ChargePlan(u32),
    /// Says how important the request is, and how it waits for its upstream.
    Admit(Admission<'a>),
    /// Lets the response be cached in front of the upstream: a postcard [`crate::wire::Caching`].
    Cache(&'a [u8]),
}

/// A header name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// Position among the names declared in `configure`.
    Declared(u16),
    /// The name itself, in lower case.
    Inline(&'a str),
}

mod kind {
    pub(super) const SET_HEADER: u8 = 1;
    pub(super) const APPEND_HEADER: u8 = 2;
    pub(super) const REMOVE_HEADER: u8 = 3;
    pub(super) const SET_STATUS: u8 = 4;
    pub(super) const SET_CONSUMER: u8 = 5;
    pub(super) const BODY: u8 = 6;
    pub(super) const PROBLEM_KIND: u8 = 7;
    pub(super) const PROBLEM_TITLE: u8 = 8;
    pub(super) const DETAIL: u8 = 9;
    pub(super) const SET_METHOD: u8 = 10;
    pub(super) const SET_PATH: u8 = 11;
    pub(super) const SET_QUERY: u8 = 12;
    pub(super) const REMOVE_QUERY: u8 = 13;
    pub(super) const SET_UPSTREAM: u8 = 14;
    pub(super) const SET_TIMEOUT: u8 = 15;
    pub(super) const SET_ATTRIBUTE: u8 = 16;
    pub(super) const STORE_RESPONSE: u8 = 17;
    pub(super) const BODY_LIMIT: u8 = 18;
    pub(super) const CACHE_KEY: u8 = 19;
    pub(super) const CHARGE: u8 = 20;
    pub(super) const CHARGE_PLAN: u8 = 21;
    pub(super) const ADMIT: u8 = 22;
    pub(super) const CACHE: u8 = 23;
}

/// Bytes of the handle and of the cost in front of the key of a charge.
const CHARGE_HEAD: usize = 8;

const MORE: u8 = 1;
const BUFFER_BODY: u8 = 2;
const STREAM_BODY: u8 = 4;

// === impl Packed ===

impl Packed {
    /// As the hook returns it.
    #[must_use]
    pub fn pack(self) -> u64 {
        let body = match self.body {
            BodyWish::Pass => 0,
            BodyWish::Buffer => BUFFER_BODY,
            BodyWish::Stream => STREAM_BODY,
        };
        let flags = (u8::from(self.more) * MORE) | body;
        u64::from(self.len) << 32 | u64::from(self.action as u8) << 24 | u64::from(flags) << 16 | u64::from(self.status)
    }

    /// Reads what a hook returned.
    ///
    /// # Errors
    /// [`Malformed`] for an action or a flag that does not exist, and for a body that is to be buffered and streamed.
    #[inline]
    pub fn unpack(bits: u64) -> Result<Self, Malformed> {
        let [a, b, c, d, action, flags, e, f] = bits.to_be_bytes();
        let action = match action {
            0 => Action::Next,
            1 => Action::Respond,
            2 => Action::Refuse,
            3 => Action::Fault,
            4 => Action::ServeCached,
            5 => Action::Reset,
            _ => return Err(Malformed),
        };
        let body = match flags & !MORE {
            0 => BodyWish::Pass,
            BUFFER_BODY => BodyWish::Buffer,
            STREAM_BODY => BodyWish::Stream,
            _ => return Err(Malformed),
        };
        Ok(Self {
            len: u32::from_be_bytes([a, b, c, d]),
            action,
            more: flags & MORE != 0,
            body,
            status: u16::from_be_bytes([e, f]),
        })
    }
}

impl Packed {
    /// Whether the message goes on as it is, with an empty state: then there is nothing to be read.
    #[must_use]
    #[inline]
    pub fn leaves_all_as_it_is(self) -> bool {
        self.len == 0 && self.action == Action::Next && self.body == BodyWish::Pass
    }
}

// === writing ===

/// Begins OUT with the request's state.
///
/// # Errors
/// [`Full`], also for a state of more than 65 534 bytes.
pub fn write_state(out: &mut Writer<'_>, state: &[u8]) -> Result<(), Full> {
    out.optional(Some(state))
}

/// Appends an operation.
///
/// # Errors
/// [`Full`], also for a name of more than 255 bytes.
pub fn write_operation(out: &mut Writer<'_>, operation: &Operation<'_>) -> Result<(), Full> {
    match *operation {
        Operation::SetHeader(name, value) => write_header(out, false, name, value),
        Operation::AppendHeader(name, value) => write_header(out, true, name, value),
        Operation::RemoveHeader(name) => write(out, kind::REMOVE_HEADER, Some(name), &[]),
        Operation::SetStatus(status) => write(out, kind::SET_STATUS, None, &status.to_le_bytes()),
        Operation::SetConsumer(name) => write(out, kind::SET_CONSUMER, None, name.as_bytes()),
        Operation::Body(bytes) => write(out, kind::BODY, None, bytes),
        Operation::ProblemKind(text) => write(out, kind::PROBLEM_KIND, None, text.as_bytes()),
        Operation::ProblemTitle(text) => write(out, kind::PROBLEM_TITLE, None, text.as_bytes()),
        Operation::Detail(text) => write(out, kind::DETAIL, None, text.as_bytes()),
        Operation::SetMethod(text) => write(out, kind::SET_METHOD, None, text.as_bytes()),
        Operation::SetPath(text) => write(out, kind::SET_PATH, None, text.as_bytes()),
        Operation::SetQuery(text) => write(out, kind::SET_QUERY, None, text.as_bytes()),
        Operation::RemoveQuery => write(out, kind::REMOVE_QUERY, None, &[]),
        Operation::SetUpstream(name) => write(out, kind::SET_UPSTREAM, None, name.as_bytes()),
        Operation::SetTimeout(millis) => write(out, kind::SET_TIMEOUT, None, &millis.to_le_bytes()),
        Operation::SetAttribute(name, value) => {
            write(out, kind::SET_ATTRIBUTE, Some(Name::Inline(name)), value.as_bytes())
        }
        Operation::StoreResponse(directive) => write(out, kind::STORE_RESPONSE, None, directive),
        Operation::BodyLimit(bytes) => write(out, kind::BODY_LIMIT, None, &bytes.to_le_bytes()),
        Operation::CacheKey(key) => write(out, kind::CACHE_KEY, None, key.as_bytes()),
        Operation::Charge { limit, cost, key } => write_charge(out, limit, cost, key),
        Operation::ChargePlan(cost) => write(out, kind::CHARGE_PLAN, None, &cost.to_le_bytes()),
        Operation::Admit(admission) => {
            out.u8(kind::ADMIT)?;
            out.u32(u32::try_from(admission.size()).map_err(|_| Full)?)?;
            admission.write(out)
        }
        Operation::Cache(bytes) => write(out, kind::CACHE, None, bytes),
    }
}

/// Handle, cost and key are one value behind the other.
fn write_charge(out: &mut Writer<'_>, limit: u32, cost: u32, key: &str) -> Result<(), Full> {
    let length = key.len().checked_add(CHARGE_HEAD).and_then(|length| u32::try_from(length).ok());
    out.u8(kind::CHARGE)?;
    out.u32(length.ok_or(Full)?)?;
    out.u32(limit)?;
    out.u32(cost)?;
    out.raw(key.as_bytes())
}

/// Appends the operation that most outcomes are made of: sets a header, or with `append` adds a field line.
///
/// # Errors
/// [`Full`], also for a name of more than 255 bytes.
#[inline]
pub fn write_header(out: &mut Writer<'_>, append: bool, name: Name<'_>, value: &[u8]) -> Result<(), Full> {
    let kind = if append { kind::APPEND_HEADER } else { kind::SET_HEADER };
    let Name::Declared(position) = name else { return write(out, kind, Some(name), value) };
    let [p, q] = position.to_le_bytes();
    let [a, b, c, d] = u32::try_from(value.len()).map_err(|_| Full)?.to_le_bytes();
    let room = out.room(value.len().checked_add(7).ok_or(Full)?)?;
    let (front, place) = room.split_first_chunk_mut().ok_or(Full)?;
    *front = [kind, p, q, a, b, c, d];
    copy(place, value);
    Ok(())
}

fn write(out: &mut Writer<'_>, kind: u8, name: Option<Name<'_>>, value: &[u8]) -> Result<(), Full> {
    out.u8(kind)?;
    match name {
        Some(Name::Declared(position)) => out.u16(position)?,
        Some(Name::Inline(name)) => {
            out.u16(INLINE)?;
            out.u8(u8::try_from(name.len()).map_err(|_| Full)?)?;
            out.raw(name.as_bytes())?;
        }
        None => {}
    }
    out.u32(u32::try_from(value.len()).map_err(|_| Full)?)?;
    out.raw(value)
}

// === reading ===

/// OUT, taken apart: the state, and the operations yet to be read.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// Given back to the next hook of the request.
    pub state: &'a [u8],
    operations: Reader<'a>,
}

impl<'a> Outcome<'a> {
    /// Reads OUT. These bytes come from the guest: nothing in them is trusted.
    ///
    /// # Errors
    /// [`Malformed`] when OUT is not empty and does not begin with a state.
    #[inline]
    pub fn read(out: &'a [u8]) -> Result<Self, Malformed> {
        let mut operations = Reader::new(out);
        let state = match out.is_empty() {
            true => &[],
            false => operations.optional()?.ok_or(Malformed)?,
        };
        Ok(Self { state, operations })
    }

    /// Hands the operations to `visitor` in order, up to the first error.
    ///
    /// # Errors
    /// [`Malformed`], and what the visitor returns.
    #[inline]
    pub fn visit<V: Visitor<'a>>(&self, visitor: &mut V) -> Result<(), V::Error> {
        let (mut reader, mut left) = (self.operations, OPERATIONS_MAX);
        while !reader.rest().is_empty() {
            left = left.checked_sub(1).ok_or(Malformed)?;
            match reader.u8()? {
                kind @ (kind::SET_HEADER | kind::APPEND_HEADER) => {
                    let (name, value) = (read_name(&mut reader)?, read_value(&mut reader)?);
                    visitor.header(name, value, kind == kind::APPEND_HEADER)?;
                }
                kind => visitor.other(read_rare(kind, &mut reader)?)?,
            }
        }
        Ok(())
    }

    /// The operations in order; after an error there is nothing more.
    #[must_use]
    pub fn operations(&self) -> Operations<'a> {
        Operations { reader: self.operations, left: OPERATIONS_MAX }
    }
}

/// Is handed the operations of an outcome one by one: those that most outcomes are made of as what they hold, because an
/// [`Operation`] is put together in memory and taken apart again.
pub trait Visitor<'a> {
    /// Why it wants no more.
    type Error: From<Malformed>;

    /// [`Operation::SetHeader`] or, with `append`, [`Operation::AppendHeader`].
    ///
    /// # Errors
    /// When it wants no more.
    fn header(&mut self, name: Name<'a>, value: &'a [u8], append: bool) -> Result<(), Self::Error>;

    /// Any other operation.
    ///
    /// # Errors
    /// When it wants no more.
    fn other(&mut self, operation: Operation<'a>) -> Result<(), Self::Error>;
}

/// The operations of an outcome, read one after the other.
#[derive(Clone, Debug)]
pub struct Operations<'a> {
    reader: Reader<'a>,
    left: usize,
}

impl<'a> Iterator for Operations<'a> {
    type Item = Result<Operation<'a>, Malformed>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.reader.rest().is_empty() {
            return None;
        }
        let operation = match self.left {
            0 => Err(Malformed),
            _ => read_operation(&mut self.reader),
        };
        self.left = self.left.saturating_sub(1);
        if operation.is_err() {
            self.reader = Reader::new(&[]);
        }
        Some(operation)
    }
}

#[inline]
fn read_operation<'a>(reader: &mut Reader<'a>) -> Result<Operation<'a>, Malformed> {
    match reader.u8()? {
        kind::SET_HEADER => Ok(Operation::SetHeader(read_name(reader)?, read_value(reader)?)),
        kind::APPEND_HEADER => Ok(Operation::AppendHeader(read_name(reader)?, read_value(reader)?)),
        kind => read_rare(kind, reader),
    }
}

fn read_rare<'a>(kind: u8, reader: &mut Reader<'a>) -> Result<Operation<'a>, Malformed> {
    let operation = match kind {
        kind::REMOVE_HEADER => {
            let name = read_name(reader)?;
            read_value(reader)?;
            Operation::RemoveHeader(name)
        }
        kind::SET_STATUS => {
            let value = read_value(reader)?.try_into().map_err(|_| Malformed)?;
            Operation::SetStatus(u16::from_le_bytes(value))
        }
        kind::SET_CONSUMER => Operation::SetConsumer(read_text(reader)?),
        kind::BODY => Operation::Body(read_value(reader)?),
        kind::PROBLEM_KIND => Operation::ProblemKind(read_text(reader)?),
        kind::PROBLEM_TITLE => Operation::ProblemTitle(read_text(reader)?),
        kind::DETAIL => Operation::Detail(read_text(reader)?),
        kind::SET_METHOD => Operation::SetMethod(read_text(reader)?),
        kind::SET_PATH => Operation::SetPath(read_text(reader)?),
        kind::SET_QUERY => Operation::SetQuery(read_text(reader)?),
        kind::REMOVE_QUERY => {
            read_value(reader)?;
            Operation::RemoveQuery
        }
        kind::SET_UPSTREAM => Operation::SetUpstream(read_text(reader)?),
        kind::SET_TIMEOUT => Operation::SetTimeout(read_number(reader)?),
        kind::SET_ATTRIBUTE => match read_name(reader)? {
            Name::Inline(name) => Operation::SetAttribute(name, read_text(reader)?),
            Name::Declared(_) => return Err(Malformed),
        },
        kind::STORE_RESPONSE => Operation::StoreResponse(read_value(reader)?),
        kind::BODY_LIMIT => Operation::BodyLimit(read_number(reader)?),
        kind::CACHE_KEY => Operation::CacheKey(read_text(reader)?),
        kind::CHARGE => read_charge(&mut Reader::new(read_value(reader)?))?,
        kind::CHARGE_PLAN => {
            let value = read_value(reader)?.try_into().map_err(|_| Malformed)?;
            Operation::ChargePlan(u32::from_le_bytes(value))
        }
        kind::ADMIT => Operation::Admit(Admission::read(read_value(reader)?)?),
        kind::CACHE => Operation::Cache(read_value(reader)?),
        _ => return Err(Malformed),
    };
    Ok(operation)
}

#[inline]
fn read_name<'a>(reader: &mut Reader<'a>) -> Result<Name<'a>, Malformed> {
    match reader.u16()? {
        INLINE => {
            let len = reader.u8()?;
            let name = reader.raw(usize::from(len))?;
            std::str::from_utf8(name).map(Name::Inline).map_err(|_| Malformed)
        }
        position => Ok(Name::Declared(position)),
    }
}

#[inline]
fn read_value<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Malformed> {
    let len = reader.u32()?;
    reader.raw(usize::try_from(len).map_err(|_| Malformed)?)
}

fn read_charge<'a>(value: &mut Reader<'a>) -> Result<Operation<'a>, Malformed> {
    let (limit, cost) = (value.u32()?, value.u32()?);
    let key = std::str::from_utf8(value.rest()).map_err(|_| Malformed)?;
    Ok(Operation::Charge { limit, cost, key })
}

fn read_number(reader: &mut Reader<'_>) -> Result<u64, Malformed> {
    read_value(reader)?.try_into().map(u64::from_le_bytes).map_err(|_| Malformed)
}

fn read_text<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Malformed> {
    std::str::from_utf8(read_value(reader)?).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests;
