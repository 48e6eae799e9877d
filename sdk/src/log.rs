//! Log lines; the host adds attachment, route and request id.
//!
//! ```
//! # use sluice_sdk::prelude::*;
//! # fn example(seconds: u64) {
//! log::warn!("the key expires in {seconds} s");
//! # }
//! ```
//! A line is at most 1 KiB, what is longer is cut. The host passes on 64 lines a second for each attachment and worker.
//! Never log secrets: neither keys nor tokens, nor what stands in `authorization`.

use std::{
    cell::Cell,
    fmt::{self, Write},
};

use crate::sys;

pub use crate::{
    __log_debug as debug, __log_error as error, __log_info as info, __log_trace as trace, __log_warn as warn,
};

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Every step.
    Trace,
    /// What helps to find a mistake.
    Debug,
    /// What an operator may want to know.
    Info,
    /// What an operator should look at.
    Warn,
    /// What an operator must look at.
    Error,
}

thread_local! {
    /// A bit for each level that the host has said nobody listens to, in the hook that runs.
    static UNHEARD: Cell<u8> = const { Cell::new(0) };
}

/// Whether lines of that level are written at all. The answer that they are not holds for the rest of the hook, so that
/// a loop full of lines costs little where nobody reads them.
#[must_use]
pub fn enabled(level: Level) -> bool {
    let (unheard, bit) = (UNHEARD.get(), 1 << level as u8);
    if unheard & bit != 0 {
        return false;
    }
    let enabled = sys::log_enabled(level);
    if !enabled {
        UNHEARD.set(unheard | bit);
    }
    enabled
}

/// A hook begins: the host is asked again.
pub(crate) fn begin() {
    UNHEARD.set(0);
}

/// Writes a line; the macros are the usual way.
pub fn write(level: Level, message: fmt::Arguments<'_>) {
    if !enabled(level) {
        return;
    }
    let mut line = Line::new();
    // A message that is too long is cut, which is all that can go wrong.
    let _cut = line.write_fmt(message);
    sys::log_write(level, line.as_str());
}

/// A text of at most 1 KiB, made without allocation; what is longer is cut.
pub(crate) struct Line {
    bytes: [u8; 1024],
    len: usize,
}

impl Line {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; 1024], len: 0 }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("lines are cut between characters")
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.len() - self.len;
        let cut = text.floor_char_boundary(room);
        self.bytes[self.len..self.len + cut].copy_from_slice(&text.as_bytes()[..cut]);
        self.len += cut;
        if cut == text.len() { Ok(()) } else { Err(fmt::Error) }
    }
}

/// Logs at the level `trace`, with the arguments of [`format!`](std::format).
#[doc(hidden)]
#[macro_export]
macro_rules! __log_trace {
    ($($argument:tt)+) => {
        $crate::log::write($crate::log::Level::Trace, ::core::format_args!($($argument)+))
    };
}

/// Logs at the level `debug`, with the arguments of [`format!`](std::format).
#[doc(hidden)]
#[macro_export]
macro_rules! __log_debug {
    ($($argument:tt)+) => {
        $crate::log::write($crate::log::Level::Debug, ::core::format_args!($($argument)+))
    };
}

/// Logs at the level `info`, with the arguments of [`format!`](std::format).
#[doc(hidden)]
#[macro_export]
macro_rules! __log_info {
    ($($argument:tt)+) => {
        $crate::log::write($crate::log::Level::Info, ::core::format_args!($($argument)+))
    };
}

/// Logs at the level `warn`, with the arguments of [`format!`](std::format).
#[doc(hidden)]
#[macro_export]
macro_rules! __log_warn {
    ($($argument:tt)+) => {
        $crate::log::write($crate::log::Level::Warn, ::core::format_args!($($argument)+))
    };
}

/// Logs at the level `error`, with the arguments of [`format!`](std::format).
#[doc(hidden)]
#[macro_export]
macro_rules! __log_error {
    ($($argument:tt)+) => {
        $crate::log::write($crate::log::Level::Error, ::core::format_args!($($argument)+))
    };
}
