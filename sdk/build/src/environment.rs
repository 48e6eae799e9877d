//! What a guest's build must not inherit.
//!
//! `cargo xtask` and `cargo test` tell their children which compiler, flags and target directory they use themselves;
//! none of it is meant for another compiler and another target.

use std::{env, process::Command};

/// Removes every variable that would steer cargo or rustc; the caller then sets those that it means.
pub(crate) fn scrub(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(steers) {
            command.env_remove(name);
        }
    }
}

fn steers(name: &str) -> bool {
    let cargo = name.starts_with("CARGO") || name.starts_with("__CARGO");
    let rustc = name.starts_with("RUSTC") || name.starts_with("RUSTDOC");
    (cargo && !belongs_to_the_machine(name)) || rustc || matches!(name, "RUSTFLAGS" | "RUSTUP_TOOLCHAIN")
}

/// How crates are fetched, how many cores to use and how to print: true of the machine, whatever is built on it.
fn belongs_to_the_machine(name: &str) -> bool {
    const FAMILIES: [&str; 5] = ["CARGO_NET_", "CARGO_HTTP_", "CARGO_REGISTRY_", "CARGO_REGISTRIES_", "CARGO_TERM_"];
    matches!(name, "CARGO_HOME" | "CARGO_BUILD_JOBS") || FAMILIES.iter().any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_build_s_compiler_flags_and_folders_stay_behind() {
        for name in [
            "CARGO",
            "CARGO_BUILD_TARGET",
            "CARGO_ENCODED_RUSTFLAGS",
            "CARGO_INCREMENTAL",
            "CARGO_MAKEFLAGS",
            "CARGO_MANIFEST_DIR",
            "CARGO_PROFILE_RELEASE_LTO",
            "CARGO_TARGET_DIR",
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            "RUSTC",
            "RUSTC_BOOTSTRAP",
            "RUSTC_WORKSPACE_WRAPPER",
            "RUSTC_WRAPPER",
            "RUSTDOCFLAGS",
            "RUSTFLAGS",
            "RUSTUP_TOOLCHAIN",
        ] {
            assert!(steers(name), "{name}");
        }
    }

    #[test]
    fn what_the_machine_needs_to_fetch_and_print_comes_along() {
        for name in [
            "CARGO_BUILD_JOBS",
            "CARGO_HOME",
            "CARGO_HTTP_PROXY",
            "CARGO_NET_OFFLINE",
            "CARGO_REGISTRIES_INHOUSE_TOKEN",
            "CARGO_TERM_COLOR",
            "HOME",
            "PATH",
            "RUSTUP_HOME",
            "RUST_BACKTRACE",
        ] {
            assert!(!steers(name), "{name}");
        }
    }

    #[test]
    fn a_scrubbed_command_names_what_it_removes() {
        // `cargo test` itself sets this one.
        let mut command = Command::new("cargo");
        scrub(&mut command);
        assert!(command.get_envs().any(|(name, value)| name == "CARGO_MANIFEST_DIR" && value.is_none()));
    }
}
