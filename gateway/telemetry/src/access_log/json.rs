//! JSON text, written field by field into a buffer.

/// Appends `"name":"value",`.
pub(super) fn text(line: &mut Vec<u8>, name: &str, value: &str) {
    key(line, name);
    line.push(b'"');
    escaped(line, value);
    line.extend_from_slice(b"\",");
}

/// Appends `"name":{"key":"value",...},`.
pub(super) fn texts(line: &mut Vec<u8>, name: &str, texts: &[(&str, &str)]) {
    key(line, name);
    for (position, (name, value)) in texts.iter().enumerate() {
        line.extend_from_slice(if position == 0 { b"{\"" } else { b",\"" });
        escaped(line, name);
        line.extend_from_slice(b"\":\"");
        escaped(line, value);
        line.push(b'"');
    }
    line.extend_from_slice(if texts.is_empty() { b"{}," } else { b"}," });
}

/// Appends `"name":value,`.
pub(super) fn number(line: &mut Vec<u8>, name: &str, value: u64) {
    key(line, name);
    decimal(line, value);
    line.push(b',');
}

/// Appends `"name":`.
pub(super) fn key(line: &mut Vec<u8>, name: &str) {
    line.push(b'"');
    line.extend_from_slice(name.as_bytes());
    line.extend_from_slice(b"\":");
}

/// Appends a number in decimal digits.
pub(super) fn decimal(line: &mut Vec<u8>, value: u64) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    let mut rest = value;
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    line.extend_from_slice(&digits[first..]);
}

/// Appends `text` with what RFC 8259, section 7, wants escaped. Runs that need no escape are copied whole.
fn escaped(line: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(position) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
        line.extend_from_slice(&rest[..position]);
        match rest[position] {
            byte @ (b'"' | b'\\') => line.extend_from_slice(&[b'\\', byte]),
            byte => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let [high, low] = [byte >> 4, byte & 15].map(|nibble| HEX[usize::from(nibble)]);
                line.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            }
        }
        rest = &rest[position + 1..];
    }
    line.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in any::<String>(), size in any::<u64>()) {
            let mut line = vec![b'{'];
            text(&mut line, "text", &value);
            number(&mut line, "number", size);
            texts(&mut line, "texts", &[(&value, &value), ("b", &value)]);
            texts(&mut line, "none", &[]);
            *line.last_mut().unwrap() = b'}';
            let read: Value = serde_json::from_slice(&line).unwrap();
            prop_assert_eq!(&read["text"], &Value::from(value.clone()));
            prop_assert_eq!(&read["number"], &Value::from(size));
            prop_assert_eq!(&read["texts"][&*value], &Value::from(value.clone()));
            prop_assert!(read["none"].as_object().is_some_and(serde_json::Map::is_empty));
        }
    }
}
