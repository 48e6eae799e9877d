//! The IN and OUT areas: where they are, by the guest's own record.

use sluice_abi::{AREA, OUT_MAX};

use super::slice;
use crate::error::Misuse;

/// A range of the guest's memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) start: u32,
    pub(crate) capacity: u32,
}

/// Where the guest keeps the record of its areas: four `u32`. IN moves only when it is made larger, OUT with any call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Areas(pub(crate) u32);

impl Areas {
    /// Where the host writes, until it makes IN larger. Never smaller than the ABI promises, so that no plugin refuses usual requests.
    #[inline]
    pub(crate) fn input(self, memory: &[u8]) -> Result<Area, Misuse> {
        let area = self.read(memory, 0)?;
        match area.capacity as usize >= AREA {
            true => Ok(area),
            false => Err(Misuse::new(format!("IN has {} bytes: it needs at least {AREA}", area.capacity))),
        }
    }

    /// The first `len` bytes of what the guest wrote.
    #[inline]
    pub(crate) fn output(self, memory: &[u8], len: u32) -> Result<&[u8], Misuse> {
        let area = self.read(memory, 2)?;
        if len > area.capacity || len as usize > OUT_MAX {
            let message =
                format!("the guest filled {len} bytes of OUT, which has {} (at most {OUT_MAX})", area.capacity);
            return Err(Misuse::new(message));
        }
        slice(memory, area.start, len)
    }

    #[inline]
    fn read(self, memory: &[u8], field: usize) -> Result<Area, Misuse> {
        let record = slice(memory, self.0, 16)?;
        let at = |field: usize| {
            let bytes = record[4 * field..][..4].try_into().expect("four bytes of sixteen");
            u32::from_le_bytes(bytes)
        };
        Ok(Area { start: at(field), capacity: at(field + 1) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(record: [u32; 4]) -> Vec<u8> {
        let mut memory = vec![7; 3 * AREA];
        for (position, value) in record.into_iter().enumerate() {
            memory[4 * position..][..4].copy_from_slice(&value.to_le_bytes());
        }
        memory
    }

    #[test]
    fn areas_are_where_the_record_says() {
        let area = AREA as u32;
        let memory = memory([16, area, 16 + area, 100]);
        assert_eq!(Areas(0).input(&memory).expect("sound"), Area { start: 16, capacity: area });
        assert_eq!(Areas(0).output(&memory, 3).expect("sound"), [7; 3]);
    }

    #[test]
    fn an_area_outside_of_the_memory_is_refused() {
        let area = AREA as u32;
        let memory = memory([0, area - 1, u32::MAX - 10, u32::MAX]);
        assert!(Areas(0).input(&memory).is_err(), "too small");
        for len in [1, OUT_MAX as u32, OUT_MAX as u32 + 1, u32::MAX] {
            assert!(Areas(0).output(&memory, len).is_err(), "{len}");
        }
        assert!(Areas(3 * area - 15).input(&memory).is_err(), "the record itself");
        assert!(Areas(u32::MAX).output(&memory, 0).is_err(), "the record itself");
    }

    #[test]
    fn more_than_the_guest_has_is_refused() {
        let memory = memory([0, 0, 16, 8]);
        assert!(Areas(0).output(&memory, 8).is_ok());
        assert!(Areas(0).output(&memory, 9).is_err());
    }
}
