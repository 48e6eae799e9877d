//! Why numbers make no limit.

use std::fmt;

use super::{
    fixed_window::{LONGEST_WINDOW, MOST},
    gcra::{FASTEST, SLOWEST},
};

/// Why a rate and a burst make no limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateError {
    /// The rate is not a number between one in eleven days and one each nanosecond.
    Rate(f64),
    /// A burst below one admits nothing, ever.
    Burst,
    /// A spent burst would come back after more than ten years.
    Refill {
        /// Requests a second.
        rate: f64,
        /// Requests at one instant.
        burst: u32,
    },
}

/// Why a count and a window make no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountError {
    /// The limit admits nothing, or is above what can be counted.
    Limit {
        /// What was given.
        given: u64,
        /// The greatest limit.
        most: u64,
    },
    /// The window, in nanoseconds, is empty or longer than a year.
    Window(u64),
}

impl CountError {
    /// Checks a limit.
    pub(super) fn limit(given: u64, most: u64) -> Result<u64, Self> {
        if (1..=most).contains(&given) { Ok(given) } else { Err(Self::Limit { given, most }) }
    }

    /// Checks a limit of a window, and the window.
    pub(super) fn window(limit: u64, window: u64) -> Result<(u64, u64), Self> {
        let limit = Self::limit(limit, MOST)?;
        if (1..=LONGEST_WINDOW).contains(&window) { Ok((limit, window)) } else { Err(Self::Window(window)) }
    }
}

impl fmt::Display for RateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate(rate) => write!(
                f,
                "a rate of {rate} requests a second cannot be enforced: give a number from {SLOWEST} to {FASTEST}"
            ),
            Self::Burst => write!(f, "a burst of 0 admits no request: give at least 1"),
            Self::Refill { rate, burst } => write!(
                f,
                "a burst of {burst} comes back after more than ten years at {rate} requests a second: give a smaller one"
            ),
        }
    }
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Limit { given: 0, .. } => write!(f, "a limit of 0 admits no request: give at least 1"),
            Self::Limit { given, most } => write!(f, "a limit of {given} cannot be counted: give at most {most}"),
            Self::Window(0) => write!(f, "a window of 0 ns has no requests in it: give at least 1"),
            Self::Window(window) => {
                write!(f, "a window of {window} ns is too long: give at most {LONGEST_WINDOW}, which is 366 days")
            }
        }
    }
}

impl std::error::Error for RateError {}
impl std::error::Error for CountError {}
