//! Heads (RFC 9112, sections 2 to 5), and trailers, which are a head's fields without its request line.
//!
//! Reads strictly from left to right, so that the first fault is the same in whatever pieces the bytes came;
//! where bytes are missing, it goes on later where it stopped.

use super::{
    Limits, bytes,
    fault::Fault,
    fields::{Body, Fields},
    target::{Form, Method},
};

/// A place in a head or in trailers. Offsets are from its first byte.
#[derive(Clone, Debug)]
pub(super) struct Section {
    part: Part,
    /// How far it is read.
    at: usize,
    /// Where the part begins that is being read: a method, a target, a name or a value.
    mark: usize,
    method: Method,
    /// Where the target begins and ends.
    target: (usize, usize),
    fields: Fields,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Before everything: one empty line may be here.
    Start,
    Method,
    Target,
    Version,
    /// The beginning of a field line, or of the empty line that ends it all.
    Line,
    Name,
    /// With the length of the name before it, which ends at the colon.
    Value {
        name: usize,
    },
}

/// What a step came to.
enum Step {
    On,
    /// More bytes are needed.
    Wait,
    End,
}

impl Section {
    /// Before a request.
    pub(super) const fn head() -> Self {
        Self::new(Part::Start, Fields::of_head())
    }

    /// Behind the last chunk.
    pub(super) const fn trailers() -> Self {
        Self::new(Part::Line, Fields::of_trailers())
    }

    const fn new(part: Part, fields: Fields) -> Self {
        Self { part, at: 0, mark: 0, method: Method::Other, target: (0, 0), fields }
    }

    /// Whether this is not a head.
    pub(super) const fn is_trailers(&self) -> bool {
        self.fields.are_trailers()
    }

    /// The most bytes that it may have.
    pub(super) fn limit(&self, limits: &Limits) -> usize {
        match self.is_trailers() {
            true => limits.trailer_bytes.max(self.at),
            false => limits.head_bytes.max(self.at),
        }
    }

    /// Reads on in `bytes`, which are all from the first one: of this section, and perhaps of what follows.
    /// Says where it ends, once it does; [`Section::body`] is known then.
    pub(super) fn read(&mut self, bytes: &[u8], limits: &Limits) -> Result<Option<usize>, Fault> {
        let limit = self.limit(limits);
        let within = &bytes[..bytes.len().min(limit)];
        loop {
            let step = match self.part {
                Part::Start => self.start(within)?,
                Part::Method => self.method(within)?,
                Part::Target => self.target(within, limits)?,
                Part::Version => self.version(within)?,
                Part::Line => self.line(within, limits)?,
                Part::Name => self.name(within)?,
                Part::Value { name } => self.value(within, name)?,
            };
            match step {
                Step::On => {}
                Step::End => return Ok(Some(self.at)),
                Step::Wait if bytes.len() > limit => return Err(self.too_large()),
                Step::Wait => return Ok(None),
            }
        }
    }

    /// The body behind a head that was read to its end.
    pub(super) const fn body(&self) -> Body {
        self.fields.body()
    }

    /// Whether what follows a head that was read to its end depends on the answer.
    pub(super) fn asks_to_switch(&self) -> bool {
        self.fields.asks_to_switch()
    }

    fn too_large(&self) -> Fault {
        match self.part {
            Part::Target => Fault::TargetTooLong,
            _ if self.is_trailers() => Fault::TrailersTooLarge,
            _ => Fault::HeadTooLarge,
        }
    }

    fn start(&mut self, bytes: &[u8]) -> Result<Step, Fault> {
        match bytes.get(self.at) {
            None => return Ok(Step::Wait),
            Some(b'\r') => match line_end(bytes, self.at)? {
                None => return Ok(Step::Wait),
                Some(_) if self.at > 0 => return Err(Fault::EmptyLineBeforeRequest),
                Some(next) => self.at = next,
            },
            Some(_) => self.begin(Part::Method, self.at),
        }
        Ok(Step::On)
    }

    fn method(&mut self, bytes: &[u8]) -> Result<Step, Fault> {
        self.at = bytes::end_of_token(bytes, self.at);
        match bytes.get(self.at) {
            None => Ok(Step::Wait),
            Some(b' ') if self.at > self.mark => {
                self.method = Method::of(&bytes[self.mark..self.at]);
                self.begin(Part::Target, self.at + 1);
                Ok(Step::On)
            }
            Some(b' ' | b'\r') => Err(Fault::BadRequestLine),
            Some(byte) => Err(special(*byte).unwrap_or(Fault::BadMethod)),
        }
    }

    fn target(&mut self, bytes: &[u8], limits: &Limits) -> Result<Step, Fault> {
        let longest = self.mark.saturating_add(limits.target_bytes);
        self.at = bytes::end_of_target(bytes, self.at);
        if self.at > longest {
            return Err(Fault::TargetTooLong);
        }
        match bytes.get(self.at) {
            None => return Ok(Step::Wait),
            Some(b' ') if self.at > self.mark => {}
            Some(b' ' | b'\r') => return Err(Fault::BadRequestLine),
            Some(byte) => return Err(special(*byte).unwrap_or(Fault::BadTarget)),
        }
        self.target = (self.mark, self.at);
        self.fields.form = Form::of(self.method, &bytes[self.mark..self.at])?;
        self.begin(Part::Version, self.at + 1);
        Ok(Step::On)
    }

    fn version(&mut self, bytes: &[u8]) -> Result<Step, Fault> {
        const FORM: &[u8; 8] = b"HTTP/0.0";
        let version = &bytes[self.mark..bytes.len().min(self.mark + FORM.len())];
        let has_form = |(byte, form): (&u8, &u8)| byte == form || (*form == b'0' && byte.is_ascii_digit());
        if let Some(wrong) = version.iter().zip(FORM).position(|pair| !has_form(pair)) {
            return Err(special(version[wrong]).unwrap_or(Fault::BadRequestLine));
        }
        self.fields.is_http10 = match version {
            b"HTTP/1.1" => false,
            b"HTTP/1.0" => true,
            version if version.len() < FORM.len() => return Ok(Step::Wait),
            _ => return Err(Fault::BadVersion),
        };
        let end = self.mark + FORM.len();
        match bytes.get(end) {
            None => Ok(Step::Wait),
            Some(b'\r') => Ok(self.begin_line(line_end(bytes, end)?)),
            Some(byte) => Err(special(*byte).unwrap_or(Fault::BadRequestLine)),
        }
    }

    /// Begins a line at `next`, if the one before has ended.
    fn begin_line(&mut self, next: Option<usize>) -> Step {
        let Some(next) = next else { return Step::Wait };
        self.begin(Part::Line, next);
        Step::On
    }

    fn line(&mut self, bytes: &[u8], limits: &Limits) -> Result<Step, Fault> {
        match bytes.get(self.at) {
            None => Ok(Step::Wait),
            Some(b'\r') => self.end(bytes),
            Some(b' ' | b'\t') if self.fields.count == 0 => Err(Fault::SpaceBeforeFirstField),
            Some(b' ' | b'\t') => Err(Fault::ObsoleteFolding),
            Some(_) if self.fields.count >= limits.headers => Err(Fault::TooManyHeaders),
            Some(_) => {
                self.fields.count += 1;
                self.begin(Part::Name, self.at);
                Ok(Step::On)
            }
        }
    }

    fn name(&mut self, bytes: &[u8]) -> Result<Step, Fault> {
        self.at = bytes::end_of_token(bytes, self.at);
        let name = self.at - self.mark;
        match bytes.get(self.at) {
            None => Ok(Step::Wait),
            Some(b':') if name > 0 => {
                self.begin(Part::Value { name }, self.at + 1);
                Ok(Step::On)
            }
            Some(b' ' | b'\t') if name > 0 => Err(Fault::SpaceBeforeColon),
            Some(byte) => Err(special(*byte).unwrap_or(Fault::BadFieldName)),
        }
    }

    fn value(&mut self, bytes: &[u8], name: usize) -> Result<Step, Fault> {
        self.at = bytes::end_of_value(bytes, self.at);
        match bytes.get(self.at) {
            None => return Ok(Step::Wait),
            Some(b'\r') => {}
            Some(byte) => return Err(special(*byte).unwrap_or(Fault::BadFieldValue)),
        }
        let Some(next) = line_end(bytes, self.at)? else { return Ok(Step::Wait) };
        let colon = self.mark - 1;
        self.fields.add(&bytes[colon - name..colon], bytes, (self.mark, self.at))?;
        Ok(self.begin_line(Some(next)))
    }

    /// The empty line at the end: now all is known.
    fn end(&mut self, bytes: &[u8]) -> Result<Step, Fault> {
        let Some(end) = line_end(bytes, self.at)? else { return Ok(Step::Wait) };
        self.fields.finish(bytes, self.target)?;
        self.at = end;
        Ok(Step::End)
    }

    fn begin(&mut self, part: Part, at: usize) {
        self.part = part;
        self.at = at;
        self.mark = at;
    }
}

/// Where the next line begins, behind the CR at `cr` and its LF, if that is there already.
fn line_end(bytes: &[u8], cr: usize) -> Result<Option<usize>, Fault> {
    match bytes.get(cr + 1) {
        None => Ok(None),
        Some(b'\n') => Ok(Some(cr + 2)),
        Some(_) => Err(Fault::BareCr),
    }
}

/// What is wrong with bytes that are wrong everywhere.
fn special(byte: u8) -> Option<Fault> {
    match byte {
        b'\n' => Some(Fault::BareLf),
        0 => Some(Fault::Nul),
        _ => None,
    }
}
