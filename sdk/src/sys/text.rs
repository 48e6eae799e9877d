//! Texts among the bytes of the host.
#![allow(unsafe_code, reason = "what is ASCII need not be checked twice")]

/// The text in `bytes`; `None` when they are not UTF-8.
///
/// Field values are short and nearly always ASCII, which is seen here in half the time that the standard library takes in
/// a module.
#[inline]
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    let (eights, rest) = bytes.as_chunks::<8>();
    let bits = eights.iter().fold(0, |bits, eight| bits | u64::from_le_bytes(*eight));
    let is_ascii = bits & 0x8080_8080_8080_8080 == 0 && rest.iter().fold(0, |bits, byte| bits | byte) < 0x80;
    match is_ascii {
        // SAFETY: every byte is ASCII, which is UTF-8.
        true => Some(unsafe { std::str::from_utf8_unchecked(bytes) }),
        false => std::str::from_utf8(bytes).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_what_the_standard_library_takes_for_texts() {
        let long = "a text of more than eight bytes, with an é in it";
        for end in 0..=long.len() {
            let bytes = &long.as_bytes()[..end];
            assert_eq!(text(bytes), std::str::from_utf8(bytes).ok(), "{end}");
        }
        for at in 0..20 {
            let mut bytes = [b'a'; 20];
            bytes[at] = 0x80;
            assert_eq!(text(&bytes), None, "{at}");
        }
    }
}
