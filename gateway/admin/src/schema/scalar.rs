//! Scalars of our own.

use std::time::{SystemTime, UNIX_EPOCH};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

/// A whole number of up to 53 bits, which JSON and JavaScript carry exactly; `Int` ends at 31 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Long(pub(crate) i64);

/// A moment in UTC, as in RFC 3339: `2026-11-22T10:00:00.123Z`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateTime(Timestamp);

/// The largest whole number below which every one has its own double.
const EXACT: i64 = (1 << 53) - 1;

/// A whole number of up to 53 bits, which JSON and JavaScript carry exactly; `Int` ends at 31 bits.
#[Scalar]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = match &value {
            Value::Number(number) => number.as_i64().filter(|number| (-EXACT..=EXACT).contains(number)),
            _ => return Err(InputValueError::expected_type(value)),
        };
        number.map(Self).ok_or_else(|| InputValueError::custom(format!("{value} is no whole number of up to 53 bits")))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

/// A moment in UTC, as in RFC 3339: `2026-11-22T10:00:00.123Z`.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Ok(Self(text.parse()?)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.to_string())
    }
}

impl From<u64> for Long {
    /// Numbers that do not fit are told as the largest that does.
    fn from(number: u64) -> Self {
        Self(i64::try_from(number).unwrap_or(EXACT).min(EXACT))
    }
}

impl From<Timestamp> for DateTime {
    fn from(moment: Timestamp) -> Self {
        Self(moment)
    }
}

impl From<DateTime> for Timestamp {
    fn from(DateTime(moment): DateTime) -> Self {
        moment
    }
}

impl DateTime {
    /// The moment of a clock.
    pub(crate) fn of(moment: SystemTime) -> Self {
        let since_epoch = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::from_ms(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    /// The moment so many milliseconds after the Unix epoch; beyond the calendar its end.
    pub(crate) fn from_ms(ms: i64) -> Self {
        let end = if ms < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Self(Timestamp::from_millisecond(ms).unwrap_or(end))
    }
}
