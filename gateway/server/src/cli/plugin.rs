//! `sluice plugin`: everything that the author of a plugin does.

mod bench;
mod build;
mod dev;
mod gateway;
mod inspect;
mod module;
mod new;
mod pull;
mod push;
mod registry;
mod sign;
mod test;

use clap::Subcommand;

use super::Failure;

/// Makes, tests, compiles, tries and ships plugins.
#[derive(Debug, Subcommand)]
pub(super) enum Plugin {
    New(new::New),
    Test(test::Test),
    Build(build::Build),
    Dev(dev::Dev),
    Bench(bench::Bench),
    Inspect(inspect::Inspect),
    Push(Box<push::Push>),
    Pull(pull::Pull),
}

impl Plugin {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::New(command) => command.run(),
            Self::Test(command) => command.run(),
            Self::Build(command) => command.run(),
            Self::Dev(command) => command.run(),
            Self::Bench(command) => command.run(),
            Self::Inspect(command) => command.run(),
            Self::Push(command) => command.run(),
            Self::Pull(command) => command.run(),
        }
    }
}
