//! The command line: `sluice COMMAND`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks on its standard streams")]

mod client;
mod compile;
mod config;
mod exit;
mod plugin;
mod serve;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use exit::Failure;

const AFTER: &str = "\
Examples:
  sluice serve                                    serve HTTP on 8080, the admin API on 127.0.0.1:9000
  sluice serve --settings sluice.toml             the same, with settings from a file
  sluice config export > sluice.yaml              the running configuration as YAML
  sluice config apply sluice.yaml                 make the running configuration equal to the file
  sluice plugin new hello                         make a plugin in ./hello
  sluice plugin dev                               run the plugin in this folder, and swap it at every save
  sluice plugin push hello.wasm --attach          put a plugin into the running gateway, on every route

Exit codes:
  0  done
  1  failed; the message says why and what to do
  2  the command line was wrong
  3  the input was refused by validation; nothing was changed
  4  the gateway, or the registry, could not be reached
  5  somebody else changed the configuration first; nothing was changed";

/// An API gateway that you extend with WebAssembly and run with GraphQL.
#[derive(Debug, Parser)]
#[command(name = "sluice", version, after_help = AFTER, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    #[command(subcommand)]
    Plugin(plugin::Plugin),
    #[command(subcommand)]
    Config(config::Config),
    #[command(subcommand)]
    Token(token::Token),
    #[command(hide = true)]
    CompileModule(compile::CompileModule),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    crate::install_crypto_provider();
    let result = match Cli::parse().command {
        Command::Serve(command) => command.run(),
        Command::Plugin(command) => command.run(),
        Command::Config(command) => command.run(),
        Command::Token(command) => command.run(),
        Command::CompileModule(command) => command.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("sluice: {failure}");
            failure.exit_code()
        }
    }
}
