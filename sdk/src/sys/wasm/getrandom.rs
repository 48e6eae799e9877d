//! The source of random numbers for the crate `getrandom`, versions 0.3 and 0.4, which calls it by this name.

use std::{ptr, slice};

use sluice_abi::bounds::RANDOM_BYTES;

/// Fills `len` bytes at `target` from the host.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(target: *mut u8, len: usize) -> Result<(), getrandom::Error> {
    // It may not have been written to before; the caller says that it is there.
    let bytes = unsafe {
        ptr::write_bytes(target, 0, len);
        slice::from_raw_parts_mut(target, len)
    };
    for part in bytes.chunks_mut(RANDOM_BYTES) {
        let count = u32::try_from(part.len()).expect("a part is within the bound");
        super::random_bytes(count, part);
    }
    Ok(())
}
