//! The one binary: the gateway and the command line that runs and administers it.

use std::process::ExitCode;

/// The request path allocates small, short-lived values on many threads, which is what mimalloc is good at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gateway_server::cli::main()
}
