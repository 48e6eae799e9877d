//! Compiles the plugin that does nothing, which `sluice plugin bench` compares others with.

use std::{env, error::Error, fs, path::Path};

const NOOP: &str = "src/cli/plugin/bench/noop.wat";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={NOOP}");
    let wasm = wat::parse_file(NOOP)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("noop.wasm"), wasm)?;
    Ok(())
}
