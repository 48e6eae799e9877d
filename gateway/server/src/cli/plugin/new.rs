//! `sluice plugin new`

use std::path::PathBuf;

use clap::Args;
use sluice_build::SdkSource;

use super::Failure;

/// Makes a folder with a plugin that builds and tests as it is.
///
/// The plugin sets a header of every response; its test runs natively.
/// The SDK's sources are written beside it, in `.sluice`, so the folder needs no checkout of Sluice.
/// Nothing is overwritten.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  sluice plugin new hello                      in the new folder ./hello
  sluice plugin new hello --path .             in this folder, which is empty
  sluice plugin new hello --sdk ../sluice      with the SDK of a checkout")]
pub(in crate::cli) struct New {
    /// Of the plugin and its package: up to 63 of a-z, 0-9 and `-`.
    name: String,
    /// Where to make it; by default a folder of that name here.
    #[arg(long, value_name = "FOLDER")]
    path: Option<PathBuf>,
    /// A checkout of Sluice to take the SDK from, in place of the sources in this binary.
    #[arg(long, value_name = "FOLDER")]
    sdk: Option<PathBuf>,
}

impl New {
    pub(super) fn run(self) -> Result<(), Failure> {
        let folder = self.path.unwrap_or_else(|| PathBuf::from(&self.name));
        let source = self.sdk.map_or(SdkSource::Embedded, SdkSource::Checkout);
        sluice_build::create(&self.name, &folder, &source)?;
        println!("made {}", folder.display());
        println!("\nnext:");
        if folder.as_os_str() != "." {
            println!("  cd {}", folder.display());
        }
        println!("  sluice plugin dev       run it in a gateway to try, and swap it at every save");
        println!("  sluice plugin test      run its tests");
        println!("  sluice plugin build     compile it to {}.wasm", self.name);
        Ok(())
    }
}
