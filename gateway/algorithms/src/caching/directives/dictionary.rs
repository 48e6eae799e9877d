//! Directives in a dictionary of structured fields (RFC 9213, section 2.1; RFC 8941, section 3.2).
//!
//! Parsed as strictly as that says: a field with an error in it counts for nothing.

use std::{borrow::Cow, collections::BTreeMap};

use http::HeaderMap;

use super::Directive;

/// What a member is worth to a directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value {
    True,
    Integer(Vec<u8>),
    Text(Vec<u8>),
    /// Of a type that no directive has.
    Other,
}

/// The members of a dictionary, of those with one name the last; none if the field is absent, empty or not well-formed.
pub(super) fn members(headers: &HeaderMap, name: &str) -> Option<BTreeMap<String, Value>> {
    let lines: Vec<&[u8]> = headers.get_all(name).iter().map(|line| line.as_bytes()).collect();
    let text = lines.join(&b","[..]);
    let members = Parser(&text).dictionary()?;
    (!members.is_empty()).then_some(members)
}

impl Value {
    /// The directive that it is, if it is of that directive's type (RFC 9213, section 2.1).
    pub(super) fn directive<'a>(&'a self, name: &'a str) -> Option<Directive<'a>> {
        let is_time = matches!(name, "max-age" | "s-maxage" | "stale-while-revalidate" | "stale-if-error");
        let names_fields = matches!(name, "no-cache" | "private");
        let argument = match self {
            Self::True if !is_time => None,
            Self::Integer(digits) if is_time => Some(Cow::Borrowed(&digits[..])),
            Self::Text(text) if names_fields => Some(Cow::Borrowed(&text[..])),
            _ => return None,
        };
        Some(Directive { name: name.as_bytes(), argument })
    }
}

/// What is still to be parsed. Every method takes from its beginning what it is named for, or answers none.
struct Parser<'a>(&'a [u8]);

impl<'a> Parser<'a> {
    fn dictionary(&mut self) -> Option<BTreeMap<String, Value>> {
        let mut members = BTreeMap::new();
        self.skip(b" ");
        while !self.0.is_empty() {
            let key = self.key()?;
            let value = if self.takes(b'=') { self.member()? } else { Value::True };
            self.parameters()?;
            members.insert(key, value);
            self.skip(b" \t");
            if self.0.is_empty() {
                break;
            }
            let has_next = self.takes(b',');
            self.skip(b" \t");
            if !has_next || self.0.is_empty() {
                return None;
            }
        }
        Some(members)
    }

    fn member(&mut self) -> Option<Value> {
        match self.takes(b'(') {
            true => self.inner_list(),
            false => self.item(),
        }
    }

    fn inner_list(&mut self) -> Option<Value> {
        loop {
            self.skip(b" ");
            if self.takes(b')') {
                return Some(Value::Other);
            }
            self.item()?;
            self.parameters()?;
            if !matches!(self.0.first()?, b' ' | b')') {
                return None;
            }
        }
    }

    fn parameters(&mut self) -> Option<()> {
        while self.takes(b';') {
            self.skip(b" ");
            self.key()?;
            if self.takes(b'=') {
                self.item()?;
            }
        }
        Some(())
    }

    fn key(&mut self) -> Option<String> {
        let starts_well = matches!(self.0.first()?, b'a'..=b'z' | b'*');
        let is_key = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'*');
        let key = self.take_while(is_key);
        starts_well.then(|| String::from_utf8_lossy(key).into_owned())
    }

    fn item(&mut self) -> Option<Value> {
        match self.0.first()? {
            b'-' | b'0'..=b'9' => self.number(),
            b'"' => self.string(),
            b'?' => self.boolean(),
            b':' => self.bytes(),
            byte if byte.is_ascii_alphabetic() || *byte == b'*' => {
                self.take_while(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~:/".contains(&byte));
                Some(Value::Other)
            }
            _ => None,
        }
    }

    /// An integer of at most 15 digits, or a decimal of at most 12 and 3.
    fn number(&mut self) -> Option<Value> {
        let is_negative = self.takes(b'-');
        let digits = self.take_while(|byte| byte.is_ascii_digit()).to_vec();
        if self.takes(b'.') {
            let fraction = self.take_while(|byte| byte.is_ascii_digit()).len();
            return (matches!(digits.len(), 1..=12) && matches!(fraction, 1..=3)).then_some(Value::Other);
        }
        let value = if is_negative { Value::Other } else { Value::Integer(digits.clone()) };
        matches!(digits.len(), 1..=15).then_some(value)
    }

    fn string(&mut self) -> Option<Value> {
        let mut text = Vec::new();
        self.takes(b'"');
        loop {
            match self.byte()? {
                b'"' => return Some(Value::Text(text)),
                b'\\' => text.push(self.byte().filter(|byte| matches!(byte, b'"' | b'\\'))?),
                byte @ b' '..=b'~' => text.push(byte),
                _ => return None,
            }
        }
    }

    fn boolean(&mut self) -> Option<Value> {
        self.takes(b'?');
        match self.byte()? {
            b'1' => Some(Value::True),
            b'0' => Some(Value::Other),
            _ => None,
        }
    }

    fn bytes(&mut self) -> Option<Value> {
        self.takes(b':');
        self.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='));
        self.takes(b':').then_some(Value::Other)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn takes(&mut self, byte: u8) -> bool {
        let rest = self.0.strip_prefix(&[byte]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn skip(&mut self, bytes: &[u8]) {
        self.take_while(|byte| bytes.contains(&byte));
    }

    fn take_while(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().position(|byte| !belongs(*byte)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }
}
