//! The host's imports, and the memory that it fills.
#![allow(unsafe_code, reason = "calling imports and reading memory that the host wrote needs it")]

mod calls;
#[cfg(feature = "getrandom")]
mod getrandom;
mod imports;

use std::{
    cell::{Cell, RefCell, UnsafeCell},
    sync::atomic::{AtomicBool, Ordering},
};

use sluice_abi::AREA;

pub(crate) use calls::*;

// === memory: static, so that only the pages that a request touches are ever there ===

/// The memory of the OUT area.
pub(crate) type OutArea = &'static mut [u8];

/// Memory that the host reads or writes between calls.
#[repr(align(16))]
struct Shared(UnsafeCell<[u8; AREA]>);

// A module has one thread.
unsafe impl Sync for Shared {}

static IN: Shared = Shared(UnsafeCell::new([0; AREA]));
static OUT: Shared = Shared(UnsafeCell::new([0; AREA]));

/// Hands out the OUT area, once.
pub(crate) fn out_area() -> OutArea {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    assert!(!TAKEN.swap(true, Ordering::Relaxed), "an instance has one OUT area");
    // The only reference there is: nobody else names OUT, and the host does not write to it.
    unsafe { &mut *OUT.0.get() }
}

/// The IN area: memory that the host fills before a call and leaves alone during it.
pub(crate) struct Input {
    start: Cell<*const u8>,
    capacity: Cell<usize>,
    /// Memory for what the static area cannot hold. Never looked at through this, for the host writes behind it.
    larger: RefCell<Vec<u8>>,
}

impl Input {
    pub(crate) const fn new() -> Self {
        let start = IN.0.get().cast_const().cast();
        Self { start: Cell::new(start), capacity: Cell::new(AREA), larger: RefCell::new(Vec::new()) }
    }

    /// Makes the area at least `capacity` bytes large; what it held is lost.
    pub(crate) fn reserve(&self, capacity: usize) {
        if capacity <= self.capacity.get() {
            return;
        }
        let mut memory = vec![0; capacity];
        self.start.set(memory.as_mut_ptr());
        self.capacity.set(capacity);
        self.larger.replace(memory);
    }

    pub(crate) fn start(&self) -> usize {
        self.start.get() as usize
    }

    pub(crate) fn capacity(&self) -> usize {
        self.capacity.get()
    }

    /// Hands out what the host wrote before this call.
    pub(crate) fn with<T>(&self, len: usize, read: impl FnOnce(&[u8]) -> T) -> T {
        let len = len.min(self.capacity.get());
        // The area holds `capacity` bytes, and neither host nor `reserve` changes them while a hook runs:
        // the host never calls into an instance that is in a call.
        read(unsafe { std::slice::from_raw_parts(self.start.get(), len) })
    }
}
