//! `sluice plugin test`

use std::path::PathBuf;

use clap::Args;

use super::Failure;

/// Runs the tests of the plugin in a folder, natively: `cargo test` there.
///
/// They need no gateway and no WebAssembly: the SDK's harness plays the host, with the gateway's own encoders.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin test
  sluice plugin test my-plugin -- every_response     only tests with that in their name")]
pub(in crate::cli) struct Test {
    /// Folder with the plugin's Cargo.toml.
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
    /// For `cargo test`, as it is.
    #[arg(last = true, value_name = "ARGUMENT")]
    arguments: Vec<String>,
}

impl Test {
    pub(super) fn run(self) -> Result<(), Failure> {
        Ok(sluice_build::test(&self.folder, &self.arguments)?)
    }
}
