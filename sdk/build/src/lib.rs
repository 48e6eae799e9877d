//! Makes the folders of new plugins, compiles plugins to WebAssembly, and finds or fetches the compiler that can.
//!
//! `sluice plugin build` and `cargo xtask plugins` both go through here, so that a plugin comes out the same from either.
//! The module that comes out is the plugin, uploaded as it is: no tool touches it after the linker.
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! let report = |step: &str| eprintln!("{step}");
//! let toolchain = sluice_build::toolchain(&report)?;
//! let module = sluice_build::build(&toolchain, "plugins/auth".as_ref(), None, sluice_build::Profile::Ship, &report)?;
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

mod cache;
mod create;
mod environment;
mod guest;
mod native;
mod process;
mod sdk;
mod toolchain;

use std::path::{Path, PathBuf};

pub use cache::root as cache;
pub use create::{SdkSource, create};
pub use guest::{Guest, Profile, build};
pub use native::test;
pub use toolchain::{Toolchain, toolchain};

/// The target that plugins are compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Takes one line for each step, as it begins; nothing else here writes to the terminal, except cargo itself.
pub type Report<'a> = &'a dyn Fn(&str);

/// Where a checkout keeps the plugins built from it, one `<package>.wasm` each.
///
/// Always inside the checkout, wherever `CARGO_TARGET_DIR` points, so that tests and tools can compute it.
pub fn plugins_dir(repo_root: &Path) -> PathBuf {
    repo_root.join("target/plugins")
}
