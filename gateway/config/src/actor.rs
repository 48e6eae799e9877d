//! Who acts when no admin token does.

use gateway_model::Actor;

const SYSTEM: &str = "system";
const COMMAND_LINE: &str = "command-line";

/// The gateway itself, such as at its first start.
#[must_use]
pub fn system() -> Actor {
    Actor { name: SYSTEM.to_owned() }
}

/// Somebody at the machine, who needs no token because the store's file is theirs.
#[must_use]
pub fn command_line() -> Actor {
    Actor { name: COMMAND_LINE.to_owned() }
}

/// Whether no token may have this name: the audit log could not tell who acted.
pub(crate) fn is_reserved(name: &str) -> bool {
    [SYSTEM, COMMAND_LINE].contains(&name)
}
