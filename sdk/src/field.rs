//! Names and values of header fields, as they are written.

use sluice_abi::outcome::Name;

use crate::HeaderName;

/// The name of a header to write: a declared [`HeaderName`], or a text, which the host parses for each request.
#[derive(Clone, Copy, Debug)]
pub struct FieldName<'a>(pub(crate) Name<'a>);

/// A value that can be written into a header field without allocation.
///
/// Texts, bytes and whole numbers are values; a type of your own builds its text in the [`Scratch`].
///
/// ```
/// # use sluice_sdk::prelude::*;
/// struct MaxAge(u64);
///
/// impl FieldValue for MaxAge {
///     fn bytes<'a>(&'a self, scratch: &'a mut Scratch) -> &'a [u8] {
///         scratch.text("max-age=").number(self.0).as_bytes()
///     }
/// }
/// ```
pub trait FieldValue {
    /// The bytes of the value: its own, or those that it wrote into the empty `scratch`.
    fn bytes<'a>(&'a self, scratch: &'a mut Scratch) -> &'a [u8];
}

/// A text in the making; its memory is used again for each request.
#[derive(Debug, Default)]
pub struct Scratch {
    bytes: Vec<u8>,
    /// For a value that is one number: its digits need no text.
    digits: Digits,
}

/// The decimal digits of a number, at the end.
type Digits = [u8; 20];

// === impl FieldName ===

impl From<HeaderName> for FieldName<'_> {
    fn from(name: HeaderName) -> Self {
        Self(Name::Declared(name.position()))
    }
}

impl<'a> From<&'a str> for FieldName<'a> {
    fn from(name: &'a str) -> Self {
        Self(Name::Inline(name))
    }
}

impl<'a> From<&'a String> for FieldName<'a> {
    fn from(name: &'a String) -> Self {
        Self(Name::Inline(name))
    }
}

// === impl Scratch ===

impl Scratch {
    /// Appends a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    /// Appends a number in decimal digits.
    pub fn number(&mut self, number: impl Into<u64>) -> &mut Self {
        let mut digits = Digits::default();
        self.bytes.extend_from_slice(decimal(number.into(), &mut digits));
        self
    }

    /// Appends bytes; field values need not be UTF-8.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// What has been written.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }
}

fn decimal(number: u64, digits: &mut Digits) -> &[u8] {
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            return &digits[at..];
        }
    }
}

// === impl FieldValue ===

impl FieldValue for str {
    fn bytes<'a>(&'a self, _scratch: &'a mut Scratch) -> &'a [u8] {
        self.as_bytes()
    }
}

impl FieldValue for [u8] {
    fn bytes<'a>(&'a self, _scratch: &'a mut Scratch) -> &'a [u8] {
        self
    }
}

impl FieldValue for String {
    fn bytes<'a>(&'a self, _scratch: &'a mut Scratch) -> &'a [u8] {
        self.as_bytes()
    }
}

impl FieldValue for Vec<u8> {
    fn bytes<'a>(&'a self, _scratch: &'a mut Scratch) -> &'a [u8] {
        self
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl FieldValue for $number {
            fn bytes<'a>(&'a self, scratch: &'a mut Scratch) -> &'a [u8] {
                decimal((*self).into(), &mut scratch.digits)
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64);

impl<T: FieldValue + ?Sized> FieldValue for &T {
    fn bytes<'a>(&'a self, scratch: &'a mut Scratch) -> &'a [u8] {
        (**self).bytes(scratch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_decimal() {
        for number in [0, 7, 10, 1_234_567_890, u64::MAX] {
            assert_eq!(number.bytes(&mut Scratch::default()), number.to_string().as_bytes());
        }
    }
}
