//! Tasks for those who work on Sluice: `cargo xtask <task>`.
//!
//! A task is a module with a `run` function, and an entry in [`TASKS`].

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its terminal")]

mod codegen;
mod demo;
mod plugins;
mod test;
mod tidy;
mod ui;

use std::{
    env,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What can be run, in the order in which `--help` lists it.
const TASKS: &[Task] = &[
    Task {
        name: "demo",
        about: "set everything up and run a gateway to try; --smoke checks it and ends",
        run: demo::run,
    },
    Task { name: "test", about: "run every check, from formatting to the demo", run: test::run },
    Task { name: "plugins", about: "compile plugins and test guests to target/plugins/", run: plugins::run },
    Task { name: "codegen", about: "write docs/plugin-abi.md from the contract and its lowering", run: codegen::run },
    Task { name: "ui", about: "bundle GraphiQL for the admin pages; needs node and npm", run: ui::run },
    Task { name: "tidy", about: "check the rules of the house that no compiler checks", run: tidy::run },
];

struct Task {
    name: &'static str,
    about: &'static str,
    /// Takes the root of the checkout and the arguments after the task's name.
    run: fn(&Path, &[String]) -> anyhow::Result<()>,
}

/// Exits with 0 on success, 1 if the task failed, 2 if there is no such task.
fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprint!("{}", usage());
        return ExitCode::from(2);
    };
    if matches!(name.as_str(), "-h" | "--help" | "help") {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => finish((task.run)(&repo_root(), rest)),
        None => {
            eprint!("there is no task `{name}`\n\n{}", usage());
            ExitCode::from(2)
        }
    }
}

fn finish(outcome: anyhow::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let width = TASKS.iter().map(|task| task.name.len()).max().unwrap_or_default();
    let lines = TASKS.iter().map(|task| format!("  {:width$}  {}\n", task.name, task.about));
    format!("Usage: cargo xtask TASK [ARGUMENT]...\n\nTasks:\n{}", lines.collect::<String>())
}

/// The checkout that this was compiled from.
fn repo_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository's root").to_owned()
}
