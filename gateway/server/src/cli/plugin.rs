//! `sluice plugin`: everything that the author of a plugin does.

mod build;
mod inspect;
mod module;
mod new;
mod test;

use clap::Subcommand;

use super::Failure;

/// Makes, tests, compiles, tries and ships plugins.
#[derive(Debug, Subcommand)]
pub(super) enum Plugin {
    New(new::New),
    Test(test::Test),
    Build(build::Build),
    Inspect(inspect::Inspect),
}

impl Plugin {
    pub(super) fn run(self) -> Result<(), Failure> {
        match self {
            Self::New(command) => command.run(),
            Self::Test(command) => command.run(),
            Self::Build(command) => command.run(),
            Self::Inspect(command) => command.run(),
        }
    }
}
