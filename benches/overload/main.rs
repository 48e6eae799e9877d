//! The overload simulation: what becomes of important requests, and of all, when more come than the server can answer.
//!
//! `cargo bench -p gateway-benches --bench overload`; README.md in the folder above explains the figures.
#![allow(clippy::print_stdout, reason = "a command-line tool prints its report")]

mod events;
mod plot;
mod report;
mod run;
mod scenarios;
mod server;
mod systems;
mod tally;
mod traffic;

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Parser;

/// In nanoseconds, as all times are.
pub(crate) const SECOND: u64 = 1_000_000_000;

/// Where the figures of the documentation are, from the folder of this package.
const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/overload");

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Simulates overload in virtual time and writes the figures of the documentation: the same ones for the same seed.
#[derive(Parser)]
struct Options {
    /// Seconds of traffic in each run.
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// Of everything that is random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where tables and plots are written.
    #[arg(long, default_value = DOCS)]
    out: PathBuf,
    /// Writes nothing, and fails if anything there is another than it would write.
    #[arg(long)]
    check: bool,
    /// A short run that shows that everything works; it writes nothing.
    #[arg(long)]
    quick: bool,
    /// Set by cargo bench; without it the run is a quick one.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let is_quick = options.quick || !options.bench;
    let plan = scenarios::Plan { seconds: if is_quick { 5 } else { options.seconds }, seed: options.seed };
    let files = report::files(&plan);
    println!("{}", files[0].text);
    if is_quick {
        return Ok(());
    }
    fs::create_dir_all(&options.out).with_context(|| options.out.display().to_string())?;
    for file in &files {
        let path = options.out.join(file.name);
        if options.check {
            let there = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            ensure!(there == file.text, "{} is not what this run would write", path.display());
        } else {
            fs::write(&path, &file.text).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}
