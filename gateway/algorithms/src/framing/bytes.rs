//! Kinds of bytes, and how far a run of one kind goes.

/// `tchar` of RFC 9110, section 5.6.2: what methods and field names are made of.
const TOKEN: [bool; 256] = {
    const SIGNS: &[u8] = b"!#$%&'*+-.^_`|~";
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut sign = 0;
    while sign < SIGNS.len() {
        table[SIGNS[sign] as usize] = true;
        sign += 1;
    }
    table
};

/// Each byte of a word one.
const ONES: u64 = u64::MAX / 255;
/// The highest bit of each byte.
const HIGH: u64 = ONES << 7;

/// Where the token that goes on at `from` ends: at its first byte that is not a `tchar`, or at the end of `bytes`.
pub(super) fn end_of_token(bytes: &[u8], from: usize) -> usize {
    let is_other = |byte: &u8| !TOKEN[usize::from(*byte)];
    bytes[from..].iter().position(is_other).map_or(bytes.len(), |length| from + length)
}

/// Where the next space or control character is from `from` on, or the end of `bytes`.
pub(super) fn end_of_target(bytes: &[u8], from: usize) -> usize {
    end_of(bytes, from, |byte| byte < 0x21 || byte == 0x7f, |word| below(word, 0x21) | equal(word, 0x7f))
}

/// Where the first of `"`, `#`, `<`, `>` and the backquote is, which few targets hold, or the end of `bytes`.
pub(super) fn end_of_plain(bytes: &[u8]) -> usize {
    let is_end = |byte| matches!(byte, b'"' | b'#' | b'<' | b'>' | b'`');
    let marks =
        |word| equal(word, b'"') | equal(word, b'#') | equal(word, b'<') | equal(word, b'>') | equal(word, b'`');
    end_of(bytes, 0, is_end, marks)
}

/// Where a field value ends that goes on at `from`: at its first control character but a tab (RFC 9110, section 5.5).
pub(super) fn end_of_value(bytes: &[u8], from: usize) -> usize {
    let is_control = |byte: u8| byte < 0x20 || byte == 0x7f;
    let mut at = from;
    loop {
        at = end_of(bytes, at, is_control, |word| below(word, 0x20) | equal(word, 0x7f));
        match bytes.get(at) {
            Some(b'\t') => at += 1,
            _ => return at,
        }
    }
}

/// `bytes` without spaces and tabs at their ends.
pub(super) fn trimmed(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// Where the first byte is for which `is_end` holds, or the end of `bytes`. `marks` says the same of eight bytes at
/// once: it sets the highest bit of each such byte, and may be wrong only about bytes above the lowest one.
fn end_of(bytes: &[u8], from: usize, is_end: impl Fn(u8) -> bool, marks: impl Fn(u64) -> u64) -> usize {
    let mut at = from;
    while let Some(word) = bytes[at..].first_chunk::<8>() {
        let marked = marks(u64::from_le_bytes(*word));
        if marked != 0 {
            return at + marked.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    bytes[at..].iter().position(|byte| is_end(*byte)).map_or(bytes.len(), |length| at + length)
}

/// Marks bytes below `limit`, which is at most 128. A borrow comes only from a marked byte.
fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGH
}

/// Marks bytes that are `byte`, which is ASCII.
fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * u64::from(byte)), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_they_do_byte_by_byte() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = [b'a', 0x7e, b'!'].repeat(7);
                bytes[place] = byte;
                let value = bytes.iter().position(|byte| (*byte < 0x20 && *byte != b'\t') || *byte == 0x7f);
                assert_eq!(end_of_value(&bytes, 0), value.unwrap_or(21), "{byte:#x} at {place}");
                let target = bytes.iter().position(|byte| *byte < 0x21 || *byte == 0x7f);
                assert_eq!(end_of_target(&bytes, 0), target.unwrap_or(21), "{byte:#x} at {place}");
                assert_eq!(end_of_value(&bytes, place + 1), 21);
            }
        }
    }

    #[test]
    fn tokens_are_those_of_rfc_9110() {
        let delimiters = b"\"(),/:;<=>?@[\\]{}";
        for byte in 0..=u8::MAX {
            let is_token = byte.is_ascii_graphic() && !delimiters.contains(&byte);
            assert_eq!(end_of_token(&[b'a', byte], 0), if is_token { 2 } else { 1 }, "{byte:#x}");
        }
    }
}
