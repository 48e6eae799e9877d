//! The guest's memory as the host sees it: slices that are checked against its bounds, and how large it may grow.

pub(crate) mod area;

use std::sync::Arc;

use gateway_telemetry::PluginUsage;
use wasmtime::ResourceLimiter;

use crate::error::{Misuse, quoted};

/// Bytes of a text that are looked at for an excerpt.
const EXCERPT: usize = 2 * 1024;

/// The guest's bytes from `ptr`, `len` of them.
#[inline]
pub(crate) fn slice(memory: &[u8], ptr: u32, len: u32) -> Result<&[u8], Misuse> {
    let start = ptr as usize;
    // Both come from 32 bits: no overflow in 64.
    memory.get(start..start + len as usize).ok_or_else(|| out_of_bounds(ptr, len))
}

/// The guest's bytes from `ptr`, `len` of them, to be written.
#[inline]
pub(crate) fn slice_mut(memory: &mut [u8], ptr: u32, len: u32) -> Result<&mut [u8], Misuse> {
    let start = ptr as usize;
    memory.get_mut(start..start + len as usize).ok_or_else(|| out_of_bounds(ptr, len))
}

/// The guest's text at `ptr`, `len` bytes of it.
pub(crate) fn text(memory: &[u8], ptr: u32, len: u32) -> Result<&str, Misuse> {
    std::str::from_utf8(slice(memory, ptr, len)?).map_err(|_| Misuse::new("the guest passed text that is not UTF-8"))
}

/// The front of the guest's text at `ptr`, about a kilobyte of it on one line; bytes that are no UTF-8 are replaced.
pub(crate) fn excerpt(memory: &[u8], ptr: u32, len: u32) -> Result<String, Misuse> {
    let bytes = slice(memory, ptr, len)?;
    // More than is quoted, so that only the quotation decides where it ends.
    let front = &bytes[..bytes.len().min(EXCERPT)];
    Ok(quoted(&String::from_utf8_lossy(front)))
}

#[cold]
fn out_of_bounds(ptr: u32, len: u32) -> Misuse {
    Misuse::new(format!("the guest passed {len} bytes at {ptr:#x}, which is not in its memory"))
}

/// Keeps one instance within its memory, remembers that it was refused some, and tells the gauges what it has.
#[derive(Debug)]
pub(crate) struct MemoryLimit {
    /// In bytes.
    most: usize,
    /// Bytes that the guest asked for in vain during this call; 0 when it was refused nothing.
    pub(crate) denied: usize,
    /// Bytes that the instance has.
    held: usize,
    /// Of the attachment, unless the module only describes itself.
    usage: Option<Arc<PluginUsage>>,
}

/// Entries of a table: as many as a large plugin has functions.
pub(crate) const TABLE_ENTRIES: usize = 10_000;

impl MemoryLimit {
    pub(crate) fn new(most: usize, usage: Option<Arc<PluginUsage>>) -> Self {
        if let Some(usage) = &usage {
            usage.instances.add(1);
        }
        Self { most, denied: 0, held: 0, usage }
    }

    /// Bytes that the instance has.
    #[inline]
    pub(crate) fn held(&self) -> usize {
        self.held
    }

    fn hold(&mut self, bytes: usize) {
        if let Some(usage) = &self.usage {
            usage.memory.add(signed(bytes) - signed(self.held));
            usage.grown(bytes as u64);
        }
        self.held = bytes;
    }
}

impl Drop for MemoryLimit {
    fn drop(&mut self) {
        if let Some(usage) = &self.usage {
            usage.memory.add(-signed(self.held));
            usage.instances.add(-1);
        }
    }
}

fn signed(bytes: usize) -> i64 {
    i64::try_from(bytes).expect("memories are far smaller")
}

impl ResourceLimiter for MemoryLimit {
    fn memory_growing(&mut self, _: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        let allowed = desired <= maximum.map_or(self.most, |maximum| self.most.min(maximum));
        match allowed {
            true => self.hold(desired),
            false => self.denied = desired,
        }
        Ok(allowed)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ENTRIES)
    }

    fn instances(&self) -> usize {
        1
    }

    fn tables(&self) -> usize {
        1
    }

    fn memories(&self) -> usize {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_end_with_the_memory() {
        let mut memory = [1, 2, 3];
        assert_eq!(slice(&memory, 1, 2).expect("inside"), [2, 3]);
        assert_eq!(slice(&memory, 3, 0).expect("empty at the end"), [0u8; 0]);
        for (ptr, len) in [(0, 4), (3, 1), (4, 0), (u32::MAX, u32::MAX), (1, u32::MAX)] {
            assert!(slice(&memory, ptr, len).is_err(), "{len} at {ptr}");
            assert!(slice_mut(&mut memory, ptr, len).is_err(), "{len} at {ptr}");
        }
    }

    #[test]
    fn a_refused_guest_is_remembered() {
        let mut limit = MemoryLimit::new(100, None);
        assert!(limit.memory_growing(0, 100, None).expect("no trap"));
        assert_eq!(limit.denied, 0);
        assert!(!limit.memory_growing(0, 101, None).expect("no trap"));
        assert_eq!(limit.denied, 101);
        assert!(!limit.memory_growing(0, 90, Some(80)).expect("no trap"));
    }
}
