//! Records of scalars: their fields one behind the other, little-endian, `bool` as one byte.
//!
//! Plugins take them on every request, and reading them so costs a few loads.

use crate::{
    bytes::{Full, Malformed, Reader, Writer},
    wire::{CacheHit, Decision, LoadSignal, PressureSignal, UpstreamSignal},
};

/// The largest of these records, in bytes.
pub const FLAT_MAX: usize = 40;

/// A record of scalars.
pub trait Flat: Sized {
    /// Bytes of the record.
    const SIZE: usize;

    /// Appends the record.
    ///
    /// # Errors
    /// [`Full`].
    fn write(&self, out: &mut Writer<'_>) -> Result<(), Full>;

    /// Takes a record.
    ///
    /// # Errors
    /// [`Malformed`] when there are fewer bytes, or a `bool` is neither 0 nor 1.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed>;
}

macro_rules! flat {
    ($record:ident { $($field:ident: $scalar:ident),* $(,)? }) => {
        impl Flat for $record {
            const SIZE: usize = 0 $(+ size_of::<$scalar>())*;

            #[inline]
            fn write(&self, out: &mut Writer<'_>) -> Result<(), Full> {
                $(out.$scalar(self.$field)?;)*
                Ok(())
            }

            #[inline]
            fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
                Ok(Self { $($field: reader.$scalar()?,)* })
            }
        }

        const _: () = assert!($record::SIZE <= FLAT_MAX);
    };
}

flat!(Decision { allowed: bool, burst: u32, window: u64, remaining: u32, more_after: u64, retry_after: u64 });
flat!(CacheHit { status: u16, age: u64, ttl: u64, length: u64 });
flat!(LoadSignal {
    in_flight: u32,
    route_in_flight: u32,
    upstream_in_flight: u32,
    cpu_permille: u32,
    memory_permille: u32,
    lag_us: u32,
});
flat!(UpstreamSignal {
    in_flight: u32,
    limit: u32,
    waiting: u32,
    queue_wait_us: u32,
    latency_p50_us: u32,
    latency_p90_us: u32,
    error_permille: u32,
});
flat!(PressureSignal { cpu_permille: u32, memory_permille: u32, io_permille: u32 });

#[cfg(test)]
mod tests {
    use super::*;

    const DECISION: Decision =
        Decision { allowed: true, burst: 20, window: 10_000, remaining: 1, more_after: 2, retry_after: u64::MAX };

    #[test]
    fn a_record_arrives_as_it_was_written() {
        let mut area = [0; FLAT_MAX];
        let mut out = Writer::new(&mut area);
        DECISION.write(&mut out).unwrap();
        assert_eq!(out.len(), Decision::SIZE);
        assert_eq!(area[..6], [1, 20, 0, 0, 0, 0x10], "a byte, four bytes, and the first of eight");
        assert_eq!(Decision::read(&mut Reader::new(&area)), Ok(DECISION));
    }

    #[test]
    fn what_is_cut_or_no_bool_is_malformed() {
        let mut area = [0; Decision::SIZE];
        DECISION.write(&mut Writer::new(&mut area)).unwrap();
        assert_eq!(Decision::read(&mut Reader::new(&area[..Decision::SIZE - 1])), Err(Malformed));
        area[0] = 2;
        assert_eq!(Decision::read(&mut Reader::new(&area)), Err(Malformed));
        assert_eq!(DECISION.write(&mut Writer::new(&mut area[1..])), Err(Full));
    }
}
