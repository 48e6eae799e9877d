//! The host's imports, and the memory that it fills: the only unsafe code of the SDK.
#![allow(unsafe_code, reason = "calling imports and reading memory that the host wrote needs it")]

use std::{
    cell::{Cell, RefCell, UnsafeCell},
    sync::atomic::{AtomicBool, Ordering},
};

use sluice_abi::AREA;

use crate::log::Level;

mod imports {
    #[link(wasm_import_module = "sluice:sys@0.1.0")]
    unsafe extern "C" {
        pub(super) fn take(result: *mut u8, capacity: usize) -> i32;
        pub(super) fn panic(message: *const u8, len: usize);
    }

    #[link(wasm_import_module = "sluice:plugin/log@0.1.0")]
    unsafe extern "C" {
        #[link_name = "enabled"]
        pub(super) safe fn log_enabled(level: i32) -> i32;
        #[link_name = "write"]
        pub(super) fn log_write(level: i32, message: *const u8, len: usize);
    }

    #[link(wasm_import_module = "sluice:plugin/metrics@0.1.0")]
    unsafe extern "C" {
        #[link_name = "define-counter"]
        pub(super) fn define_counter(name: *const u8, len: usize, result: *mut u8, capacity: usize) -> i32;
        #[link_name = "add"]
        pub(super) safe fn add(counter: u32, delta: u64);
    }

    #[link(wasm_import_module = "sluice:plugin/clock@0.1.0")]
    unsafe extern "C" {
        #[link_name = "now-unix-ms"]
        pub(super) safe fn now_unix_ms() -> u64;
        #[link_name = "monotonic-ns"]
        pub(super) safe fn monotonic_ns() -> u64;
    }

    #[link(wasm_import_module = "sluice:plugin/random@0.1.0")]
    unsafe extern "C" {
        #[link_name = "next-u64"]
        pub(super) safe fn next_u64() -> u64;
    }

    #[link(wasm_import_module = "sluice:plugin/rate-limit@0.1.0")]
    unsafe extern "C" {
        #[link_name = "define"]
        pub(super) fn define_limit(policy: *const u8, len: usize, result: *mut u8, capacity: usize) -> i32;
        pub(super) fn acquire(
            limiter: u32,
            key: *const u8,
            len: usize,
            cost: u32,
            result: *mut u8,
            capacity: usize,
        ) -> i32;
        #[link_name = "acquire-plan"]
        pub(super) fn acquire_plan(cost: u32, result: *mut u8, capacity: usize) -> i32;
    }

    #[link(wasm_import_module = "sluice:plugin/identity@0.1.0")]
    unsafe extern "C" {
        #[link_name = "verify-api-key"]
        pub(super) fn verify_api_key(key: *const u8, len: usize, result: *mut u8, capacity: usize) -> i32;
        #[link_name = "consumer-exists"]
        pub(super) fn consumer_exists(name: *const u8, len: usize) -> i32;
        #[link_name = "define-jwt"]
        pub(super) fn define_jwt(policy: *const u8, len: usize, result: *mut u8, capacity: usize) -> i32;
        #[link_name = "verify-jwt"]
        pub(super) fn verify_jwt(policy: u32, token: *const u8, len: usize, result: *mut u8, capacity: usize) -> i32;
    }
}

// === imports: the pointers and lengths are those of live slices, and the host keeps none of them ===

pub(crate) fn take(result: &mut [u8]) -> i32 {
    unsafe { imports::take(result.as_mut_ptr(), result.len()) }
}

pub(crate) fn panic(message: &[u8]) {
    unsafe { imports::panic(message.as_ptr(), message.len()) }
}

pub(crate) fn log_enabled(level: Level) -> bool {
    imports::log_enabled(level as i32) != 0
}

pub(crate) fn log_write(level: Level, message: &str) {
    unsafe { imports::log_write(level as i32, message.as_ptr(), message.len()) }
}

pub(crate) fn define_counter(name: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::define_counter(name.as_ptr(), name.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn add(counter: u32, delta: u64) {
    imports::add(counter, delta);
}

pub(crate) fn now_unix_ms() -> u64 {
    imports::now_unix_ms()
}

pub(crate) fn monotonic_ns() -> u64 {
    imports::monotonic_ns()
}

pub(crate) fn next_u64() -> u64 {
    imports::next_u64()
}

pub(crate) fn define_limit(policy: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_limit(policy.as_ptr(), policy.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn acquire(limiter: u32, key: &str, cost: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::acquire(limiter, key.as_ptr(), key.len(), cost, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn acquire_plan(cost: u32, result: &mut [u8]) -> i32 {
    unsafe { imports::acquire_plan(cost, result.as_mut_ptr(), result.len()) }
}

pub(crate) fn verify_api_key(key: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::verify_api_key(key.as_ptr(), key.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn consumer_exists(name: &str) -> bool {
    unsafe { imports::consumer_exists(name.as_ptr(), name.len()) != 0 }
}

pub(crate) fn define_jwt(policy: &[u8], result: &mut [u8]) -> i32 {
    unsafe { imports::define_jwt(policy.as_ptr(), policy.len(), result.as_mut_ptr(), result.len()) }
}

pub(crate) fn verify_jwt(policy: u32, token: &str, result: &mut [u8]) -> i32 {
    unsafe { imports::verify_jwt(policy, token.as_ptr(), token.len(), result.as_mut_ptr(), result.len()) }
}

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
