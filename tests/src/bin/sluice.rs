//! The `sluice` command, as a process that tests can start, ask and kill.

use std::process::ExitCode;

fn main() -> ExitCode {
    gateway_server::cli::main()
}
