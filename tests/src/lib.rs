//! The harness of the end-to-end tests: a gateway in this process, or as a process of its own.

mod gateway;
mod process;

pub use gateway::{Gateway, plugin_wasm};
pub use process::{Process, sluice};
