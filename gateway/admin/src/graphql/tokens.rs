//! Limits on the text of a GraphQL document, checked before it is parsed.
//!
//! The parser recurses into each bracket and the validator compares fields with each other: a text within these
//! limits costs both little.

use crate::refusal::Refusal;

/// The longest document, in bytes.
const LONGEST: usize = 64 * 1024;

/// Names, numbers, strings and punctuators in a document.
const MOST_TOKENS: usize = 4_000;

/// Brackets of any kind inside each other.
const DEEPEST: usize = 48;

/// Checks that the document is short, has few tokens and nests moderately.
///
/// # Errors
/// A refusal that names the limit.
pub(super) fn check(document: &str) -> Result<(), Refusal> {
    if document.len() > LONGEST {
        return Err(beyond(format!("is longer than {LONGEST} bytes: pass large values as variables")));
    }
    let (mut count, mut depth) = (0_usize, 0_usize);
    for token in (Tokens { rest: document.as_bytes() }) {
        count += 1;
        match token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            Token::Other => {}
        }
        if count > MOST_TOKENS {
            return Err(beyond(format!("has more than {MOST_TOKENS} tokens: split it, or pass values as variables")));
        }
        if depth > DEEPEST {
            return Err(beyond(format!("nests deeper than {DEEPEST} brackets: split it")));
        }
    }
    Ok(())
}

fn beyond(how: String) -> Refusal {
    Refusal::beyond_limits(format!("the query {how}"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Other,
}

/// Cuts a document into tokens, roughly: what is no GraphQL is left to the parser.
struct Tokens<'a> {
    rest: &'a [u8],
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip_ignored();
        let (first, after) = self.rest.split_first()?;
        match first {
            b'{' | b'(' | b'[' => self.take(Token::Open, after),
            b'}' | b')' | b']' => self.take(Token::Close, after),
            b'"' => {
                self.rest = after_string(self.rest);
                Some(Token::Other)
            }
            byte if is_word(*byte) => {
                let end = self.rest.iter().position(|byte| !is_word(*byte)).unwrap_or(self.rest.len());
                self.rest = &self.rest[end..];
                Some(Token::Other)
            }
            _ => self.take(Token::Other, after),
        }
    }
}

impl<'a> Tokens<'a> {
    fn take(&mut self, token: Token, rest: &'a [u8]) -> Option<Token> {
        self.rest = rest;
        Some(token)
    }

    /// Skips white space, commas and comments, which are no tokens.
    fn skip_ignored(&mut self) {
        loop {
            match self.rest {
                [b' ' | b'\t' | b'\r' | b'\n' | b',', rest @ ..] | [0xEF, 0xBB, 0xBF, rest @ ..] => self.rest = rest,
                [b'#', rest @ ..] => {
                    let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
                    self.rest = &rest[end..];
                }
                _ => return,
            }
        }
    }
}

/// Names, and numbers with sign and exponent.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.')
}

/// What follows the string that `text` begins with.
fn after_string(text: &[u8]) -> &[u8] {
    let (mark, escape): (&[u8], &[u8]) = match text.starts_with(b"\"\"\"") {
        true => (b"\"\"\"", b"\\\"\"\""),
        false => (b"\"", b"\\\""),
    };
    let mut rest = &text[mark.len()..];
    loop {
        if rest.is_empty() || rest.starts_with(mark) {
            return rest.get(mark.len()..).unwrap_or_default();
        }
        let step = match () {
            () if rest.starts_with(escape) => escape.len(),
            () if mark.len() == 1 && rest.starts_with(b"\\\\") => 2,
            () => 1,
        };
        rest = &rest[step..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        Tokens { rest: text.as_bytes() }.count()
    }

    #[test]
    fn tokens_are_counted_and_ignored_text_is_not() {
        for (text, tokens) in [
            ("{ a }", 3),
            ("{a,b # c d e f\n}", 4),
            ("query Q($a: Int = -1.5e+3) { a(x: \"y { z\") }", 18),
            (r#"{ a(x: "\"{\\") }"#, 8),
            ("{ a(x: \"\"\" { \\\"\"\" { \"\"\") }", 8),
            ("\"unclosed { {", 1),
            ("\"\"\"unclosed { {", 1),
            ("", 0),
        ] {
            assert_eq!(count(text), tokens, "{text}");
        }
    }

    #[test]
    fn a_document_beyond_a_limit_is_refused() {
        let refusal = |text: &str| check(text).unwrap_err().detail().to_owned();
        assert!(refusal(&"{a".repeat(DEEPEST + 1)).contains("nests deeper"));
        assert!(refusal(&"[".repeat(DEEPEST + 1)).contains("nests deeper"));
        assert!(refusal(&"a ".repeat(MOST_TOKENS + 1)).contains("tokens"));
        assert!(refusal(&" ".repeat(LONGEST + 1)).contains("longer"));
        assert!(check(&"a ".repeat(MOST_TOKENS)).is_ok());
    }
}
