use std::collections::HashSet;

use super::*;

#[test]
fn a_secret_has_its_prefix_and_190_random_bits() {
    let issued: HashSet<String> = (0..1_000).map(|_| issue(API_KEY)).collect();
    assert_eq!(issued.len(), 1_000);
    for text in &issued {
        assert!(text.starts_with("slk_") && text.len() == 42, "{text}");
        assert!(text[4..].bytes().all(|byte| byte.is_ascii_alphanumeric()), "{text}");
        assert!(is_well_formed(API_KEY, text));
    }
    let used: HashSet<char> = issued.iter().flat_map(|text| text[4..36].chars()).collect();
    assert_eq!(used.len(), 62, "every digit turns up");
}

#[test]
fn a_typing_mistake_is_told_without_a_look_up() {
    let text = issue(API_KEY);
    for position in 4..text.len() {
        let mut wrong = text.clone().into_bytes();
        wrong[position] = if wrong[position] == b'x' { b'y' } else { b'x' };
        let wrong = String::from_utf8(wrong).unwrap();
        assert!(!is_well_formed(API_KEY, &wrong), "{text} {wrong}");
    }
    for wrong in [&text[..41], &format!("{text}0"), &format!(" {text}"), &text.replace("slk_", "slk-"), ""] {
        assert!(!is_well_formed(API_KEY, wrong), "{wrong}");
    }
}

#[test]
fn a_key_is_no_admin_token() {
    let (key, token) = (issue(API_KEY), issue(ADMIN_TOKEN));
    assert!(!is_well_formed(ADMIN_TOKEN, &key));
    assert!(!is_well_formed(API_KEY, &token));
    assert!(!is_well_formed(ADMIN_TOKEN, &key.replace("slk_", "sla_")));
}

#[test]
fn a_keyed_hash_is_hmac_sha_256() {
    // RFC 4231, test case 2, whose key "Jefe" HMAC fills up with zeros.
    let mut secret = [0; 32];
    secret[..4].copy_from_slice(b"Jefe");
    let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    assert_eq!(keyed_hash(&secret, "what do ya want for nothing?").to_hex(), expected);
}
