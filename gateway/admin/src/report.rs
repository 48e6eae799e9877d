//! Errors for the log: the whole chain of causes in one line.

use std::{error::Error, fmt::Write};

/// The error and what caused it, outermost first, separated by colons.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(text, ": {error}").expect("writing to a String cannot fail");
        cause = error.source();
    }
    text
}
