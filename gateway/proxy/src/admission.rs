//! Admission to an upstream: a slot for each request under way, and a queue for those that find none.
//!
//! A request that finds a slot takes it with one atomic exchange. Only those that do not, and those that give a slot back
//! while others wait, take the lock of their upstream's queue: it is held for about a microsecond, and nobody waits in it.
//! The order, the bounds and the limit are decided in `gateway-algorithms`; here are the clocks, counters and wakers.

mod configured;
mod gate;
mod meter;
mod pacer;
mod slot;
#[cfg(test)]
mod tests;
mod waiting;
mod wish;

pub(crate) use self::{
    gate::{Gate, Refused},
    slot::{Outcome, Slot},
    wish::{X_SLUICE_PRIORITY, wish},
};
