//! What is made of a random number that a caller hands in, or of a hash.

/// What consecutive numbers of a stream are apart: 2^64 by the golden ratio (Steele, Lea and Flood, "Fast Splittable
/// Pseudorandom Number Generators", 2014).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A number below `limit`, each as probable as any other to within `limit` in 2^64; 0 if the limit is.
///
/// It grows with `random` (Lemire, "Fast Random Integer Generation in an Interval", 2019, without its second draw).
pub(crate) fn below(random: u64, limit: u64) -> u64 {
    ((u128::from(random) * u128::from(limit)) >> 64) as u64
}

/// The number at this place of the stream that belongs to `seed`: `SplitMix64`, as in the paper above.
pub(crate) fn of_stream(seed: u64, place: u64) -> u64 {
    let mut bits = seed.wrapping_add(place.wrapping_add(1).wrapping_mul(GOLDEN));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_below_its_limit_and_grows_with_what_is_handed_in() {
        let cases = [(0, 10, 0), (u64::MAX, 10, 9), (1 << 63, 10, 5), (u64::MAX, 1, 0), (u64::MAX, 0, 0)];
        for (random, limit, expected) in cases {
            assert_eq!(below(random, limit), expected, "{random} below {limit}");
        }
    }

    #[test]
    fn a_stream_is_that_of_split_mix() {
        // The first numbers of the reference implementation (Vigna, splitmix64.c) for the seed 1234567.
        let first = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([0, 1, 2].map(|place| of_stream(1_234_567, place)), first);
    }
}
