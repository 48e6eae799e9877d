//! Responses that are kept in tiers: what is looked for in memory, then on disk, then in a Redis that nodes share.
//!
//! The lower two tiers keep opaque records and know nothing of HTTP. Neither makes a worker wait for longer than its
//! deadline, and both answer a record whole and as it was put, or not at all.

pub mod disk;
pub mod entry;
mod head;
pub mod key;
pub mod lower;
pub mod memory;
mod recent;
pub mod record;
pub mod remote;
pub mod tiers;
