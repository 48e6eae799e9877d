//! What caches that are bounded in bytes have in common.

use quick_cache::{Options, OptionsBuilder};

/// What an entry costs beside its bytes, about: its own fields, its place in the cache and in an index.
pub(crate) const OVERHEAD: usize = 512;

/// What a field of a head costs beside its bytes, about.
pub(crate) const FIELD: usize = 96;

/// The least room of one part of a cache, in bytes.
const PART: u64 = 4 * 1024 * 1024;

/// Parts with a lock of their own at most.
const PARTS: u64 = 16;

/// How a cache of `bytes` is arranged, and the room of each of its parts.
pub(crate) fn arranged(bytes: u64) -> (Options, u64) {
    let parts = (bytes / PART).clamp(1, PARTS);
    let options = OptionsBuilder::new()
        .shards(usize::try_from(parts).expect("there are few"))
        // Of 8 KiB each, about; an order of magnitude more or less does no harm.
        .estimated_items_capacity(usize::try_from(bytes / 8192).unwrap_or(usize::MAX).max(64))
        .weight_capacity(bytes)
        .build()
        .expect("both capacities are given");
    (options, bytes / parts)
}
