//! Reading field values: lists, quoted strings and entity tags.

use std::{borrow::Cow, time::Duration};

use http::{
    HeaderMap, HeaderName,
    header::{AsHeaderName, LAST_MODIFIED},
};

use super::Time;

/// The largest number of seconds that counts; what is larger is read as this (RFC 9111, section 1.2.2).
pub(super) const LARGEST_SECONDS: u64 = 1 << 31;

/// The elements of a list, over all lines of a field; empty ones are left out (RFC 9110, section 5.6.1).
pub(super) fn elements(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &[u8]> {
    let lines = headers.get_all(name).into_iter();
    lines.flat_map(|line| Split::new(line.as_bytes(), b',')).filter(|element| !element.is_empty())
}

/// The names that a list holds; none if it holds anything else.
pub(super) fn names<'a>(elements: impl Iterator<Item = &'a [u8]>) -> Option<Vec<HeaderName>> {
    elements.map(|name| HeaderName::from_bytes(name).ok()).collect()
}

/// Non-negative seconds, none if they are anything else.
pub(super) fn seconds(text: &[u8]) -> Option<Duration> {
    number(text).map(|seconds| Duration::from_secs(seconds.min(LARGEST_SECONDS)))
}

/// A number in digits, the largest there is for any that is larger.
pub(super) fn number(text: &[u8]) -> Option<u64> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}

/// When a representation was last modified, if the field says so.
pub(super) fn last_modified(headers: &HeaderMap) -> Option<Time> {
    headers.get(LAST_MODIFIED).and_then(Time::of_date)
}

// === lists ===

/// The parts of a text between separators that do not stand within quotes, without the blanks around them.
pub(super) struct Split<'a> {
    rest: Option<&'a [u8]>,
    separator: u8,
    /// False from the first quote on that is never closed: such a quote must not hide the rest of a line, and looking for its
    /// end again and again would take time that grows with the square of the line.
    quotes: bool,
}

impl<'a> Split<'a> {
    pub(super) fn new(text: &'a [u8], separator: u8) -> Self {
        Self { rest: Some(text), separator, quotes: true }
    }
}

impl<'a> Iterator for Split<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let text = self.rest.take()?;
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            match byte {
                byte if *byte == self.separator => {
                    self.rest = Some(&text[at + 1..]);
                    return Some(text[..at].trim_ascii());
                }
                b'"' if self.quotes => match closing_quote(text, at) {
                    Some(end) => at = end,
                    None => self.quotes = false,
                },
                _ => {}
            }
            at += 1;
        }
        Some(text.trim_ascii())
    }
}

/// Where the quoted string ends that begins at `start`.
fn closing_quote(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The text of a quoted string, or a text that is none as it is.
pub(super) fn unquoted(text: &[u8]) -> Cow<'_, [u8]> {
    let is_quoted = text.first() == Some(&b'"') && closing_quote(text, 0) == Some(text.len() - 1);
    match text {
        [b'"', inner @ .., b'"'] if is_quoted && inner.contains(&b'\\') => Cow::Owned(unescaped(inner)),
        [b'"', inner @ .., b'"'] if is_quoted => Cow::Borrowed(inner),
        text => Cow::Borrowed(text),
    }
}

fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        plain.extend(if *byte == b'\\' { bytes.next() } else { Some(byte) });
    }
    plain
}

// === entity tags ===

/// A version of a representation (RFC 9110, section 8.8.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EntityTag<'a> {
    pub(super) is_weak: bool,
    opaque: &'a [u8],
}

impl<'a> EntityTag<'a> {
    /// That of a message, from the first line of the field.
    pub(super) fn of(headers: &'a HeaderMap, name: HeaderName) -> Option<Self> {
        match Self::split_first(headers.get(name)?.as_bytes().trim_ascii())? {
            (tag, []) => Some(tag),
            _ => None,
        }
    }

    /// Those of a list, up to the first thing in it that is none. Tags have quotes but no escapes, and may hold commas.
    pub(super) fn list(line: &'a [u8]) -> impl Iterator<Item = Self> {
        let mut rest = line;
        std::iter::from_fn(move || {
            let is_between = |byte: &u8| matches!(byte, b',' | b' ' | b'\t');
            let start = rest.iter().position(|byte| !is_between(byte))?;
            let (tag, after) = Self::split_first(&rest[start..])?;
            rest = after;
            Some(tag)
        })
    }

    fn split_first(text: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (is_weak, quoted) = match text.strip_prefix(b"W/") {
            Some(quoted) => (true, quoted),
            None => (false, text),
        };
        let text = quoted.strip_prefix(b"\"")?;
        let end = text.iter().position(|byte| *byte == b'"')?;
        let opaque = &text[..end];
        let is_legal = opaque.iter().all(|byte| *byte > b' ' && *byte != 0x7f);
        is_legal.then_some((Self { is_weak, opaque }, &text[end + 1..]))
    }

    /// Whether both are strong and the same: byte for byte the same representation.
    pub(super) fn is_strongly(self, other: Self) -> bool {
        !self.is_weak && !other.is_weak && self.opaque == other.opaque
    }

    /// Whether they are the same, weak or not: representations that may stand in for each other.
    pub(super) fn is_weakly(self, other: Self) -> bool {
        self.opaque == other.opaque
    }
}
