//! The form of the W3C's Trace Context: `traceparent` and `tracestate`.

/// Members that a state may have.
const MOST_MEMBERS: usize = 32;
/// Bytes of state that are passed on: those who follow the specification take 512 at least.
const LONGEST_STATE: usize = 8 * 1024;

/// Whether this is a `traceparent`: of version 00 exactly, of later ones as far as this one reaches.
#[must_use]
pub fn is_parent(value: &[u8]) -> bool {
    const LENGTH: usize = 55;
    let Some((known, more)) = value.split_at_checked(LENGTH) else { return false };
    let is_hex = |part: &[u8]| part.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let (version, trace, parent, flags) = (&known[..2], &known[3..35], &known[36..52], &known[53..]);
    let is_zero = |part: &[u8]| part.iter().all(|byte| *byte == b'0');
    [known[2], known[35], known[52]] == [b'-'; 3]
        && [version, trace, parent, flags].into_iter().all(is_hex)
        && version != b"ff"
        && !is_zero(trace)
        && !is_zero(parent)
        && (more.is_empty() || (version != b"00" && more[0] == b'-'))
}

/// Whether the values of `tracestate`, in order, are one list of members with keys of their own.
pub fn is_state<'a>(values: impl Iterator<Item = &'a [u8]>) -> bool {
    let (mut keys, mut length): (Vec<&[u8]>, usize) = (Vec::new(), 0);
    for member in values.flat_map(|value| value.split(|byte| *byte == b',')) {
        let member = member.trim_ascii();
        length += member.len() + 1;
        if member.is_empty() {
            continue;
        }
        let Some(at) = member.iter().position(|byte| *byte == b'=') else { return false };
        let (key, value) = (&member[..at], &member[at + 1..]);
        if !is_key(key) || !is_value(value) || keys.contains(&key) || keys.len() == MOST_MEMBERS {
            return false;
        }
        keys.push(key);
    }
    length <= LONGEST_STATE
}

fn is_key(key: &[u8]) -> bool {
    let is_within = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@');
    (1..=256).contains(&key.len()) && key[0].is_ascii_alphanumeric() && key.iter().all(is_within)
}

fn is_value(value: &[u8]) -> bool {
    let is_within = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b',' && *byte != b'=';
    (1..=256).contains(&value.len()) && value.iter().all(is_within)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_parent_has_its_form() {
        let sound = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let zero_trace = sound.replace("4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32));
        for (value, expected) in [
            (sound, true),
            (&sound.replacen("00-", "cc-", 1), true),
            (&format!("{}-more", sound.replacen("00-", "cc-", 1)), true),
            (&format!("{}more", sound.replacen("00-", "cc-", 1)), false),
            (&format!("{sound}-more"), false),
            (&sound.replacen("00-", "ff-", 1), false),
            (&sound.replace("00f067aa0ba902b7", "0000000000000000"), false),
            (&zero_trace, false),
            (&sound.to_uppercase(), false),
            (&sound.replacen('-', "_", 1), false),
            (&sound[1..], false),
            ("", false),
        ] {
            assert_eq!(is_parent(value.as_bytes()), expected, "{value}");
        }
    }

    #[test]
    fn a_state_is_a_list_of_members() {
        let many = |count: usize| (0..count).map(|it| format!("k{it}=v")).collect::<Vec<_>>().join(",");
        for (values, expected) in [
            (vec!["a=1"], true),
            (vec!["fw529a3039@dt=FfAAABBB3a4", " rojo=00f067 , congo=t61 "], true),
            (vec!["a=1,,b=2", ""], true),
            (vec![&*many(32)], true),
            (vec![&*many(33)], false),
            (vec!["a=1", "a=2"], false),
            (vec!["A=1"], false),
            (vec!["a=1=2"], false),
            (vec!["a="], false),
            (vec!["=1"], false),
            (vec!["a"], false),
        ] {
            assert_eq!(is_state(values.iter().map(|value| value.as_bytes())), expected, "{values:?}");
        }
    }

    proptest! {
        #[test]
        fn every_parent_of_this_version_is_taken_and_no_bytes_make_it_panic(
            trace in 1u128.., parent in 1u64.., flags in any::<u8>(), bytes in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let value = format!("00-{trace:032x}-{parent:016x}-{flags:02x}");
            prop_assert!(is_parent(value.as_bytes()));
            prop_assert!(!is_parent(&bytes) || bytes.is_ascii());
            prop_assert!(!is_state([&bytes[..]].into_iter()) || bytes.is_ascii());
        }
    }
}
