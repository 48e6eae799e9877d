//! One hash for all nodes, of every version.

const PRIME_1: u64 = 0x9e37_79b1_85eb_ca87;
const PRIME_2: u64 = 0xc2b2_ae3d_27d4_eb4f;
const PRIME_3: u64 = 0x1656_67b1_9e37_79f9;
const PRIME_4: u64 = 0x85eb_ca77_c2b2_ae63;
const PRIME_5: u64 = 0x27d4_eb2f_1656_67c5;

/// The hash by which a [`Ring`](super::Ring) knows keys and names: XXH64 with seed 0 (the xxHash specification, version
/// 0.2.0). It is the same on all nodes and in all versions, so that they agree on who has a key.
///
/// It keeps no secret: a client that chooses its key chooses its endpoint, and what bounds it is the ring's bound on
/// loads.
#[must_use]
pub fn stable_hash(bytes: &[u8]) -> u64 {
    let stripes = bytes.chunks_exact(32);
    let rest = stripes.remainder();
    let mut hash = if bytes.len() >= 32 { of_stripes(stripes) } else { PRIME_5 };
    hash = hash.wrapping_add(bytes.len() as u64);
    avalanche(of_rest(hash, rest))
}

fn of_stripes<'a>(stripes: impl Iterator<Item = &'a [u8]>) -> u64 {
    let mut lanes = [PRIME_1.wrapping_add(PRIME_2), PRIME_2, 0, 0_u64.wrapping_sub(PRIME_1)];
    for stripe in stripes {
        for (lane, word) in lanes.iter_mut().zip(stripe.chunks_exact(8)) {
            *lane = round(*lane, little_endian(word));
        }
    }
    let [one, two, three, four] = lanes;
    let merged = one.rotate_left(1).wrapping_add(two.rotate_left(7));
    let merged = merged.wrapping_add(three.rotate_left(12)).wrapping_add(four.rotate_left(18));
    lanes.iter().fold(merged, |hash, lane| (hash ^ round(0, *lane)).wrapping_mul(PRIME_1).wrapping_add(PRIME_4))
}

/// What is left beyond whole stripes, in words, half a word and bytes.
fn of_rest(mut hash: u64, rest: &[u8]) -> u64 {
    let words = rest.chunks_exact(8);
    let mut bytes = words.remainder();
    for word in words {
        hash = (hash ^ round(0, little_endian(word))).rotate_left(27).wrapping_mul(PRIME_1).wrapping_add(PRIME_4);
    }
    if let Some((half, after)) = bytes.split_at_checked(4) {
        hash ^= little_endian(half).wrapping_mul(PRIME_1);
        hash = hash.rotate_left(23).wrapping_mul(PRIME_2).wrapping_add(PRIME_3);
        bytes = after;
    }
    for byte in bytes {
        hash = (hash ^ u64::from(*byte).wrapping_mul(PRIME_5)).rotate_left(11).wrapping_mul(PRIME_1);
    }
    hash
}

fn round(lane: u64, word: u64) -> u64 {
    lane.wrapping_add(word.wrapping_mul(PRIME_2)).rotate_left(31).wrapping_mul(PRIME_1)
}

fn avalanche(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(PRIME_2);
    hash = (hash ^ (hash >> 29)).wrapping_mul(PRIME_3);
    hash ^ (hash >> 32)
}

/// Of up to eight bytes.
fn little_endian(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_text_never_changes() {
        let cases: [(&str, u64); 7] = [
            ("", 0xef46_db37_51d8_e999),
            ("a", 0xd24e_c4f1_a98c_6e5b),
            ("abc", 0x44bc_2cf5_ad77_0999),
            ("10.0.0.1:80", 0x011f_acba_8043_b217),
            ("session=0123456789abcdef", 0x7e9f_d696_aa96_9972),
            ("/users/42/orders?page=7&sort=asc", 0x1486_838a_bd3e_268d),
            ("The quick brown fox jumps over the lazy dog", 0x0b24_2d36_1fda_71bc),
        ];
        for (text, hash) in cases {
            assert_eq!(stable_hash(text.as_bytes()), hash, "{text}");
        }
    }

    #[test]
    fn every_length_has_its_hash() {
        let bytes: Vec<u8> = (0..=255).collect();
        let hashes: Vec<u8> = (0..=256).flat_map(|length| stable_hash(&bytes[..length]).to_le_bytes()).collect();
        // As the reference implementation has it: the hash of all hashes.
        assert_eq!(stable_hash(&hashes), 0x8e21_6226_9383_beb3);
    }
}
