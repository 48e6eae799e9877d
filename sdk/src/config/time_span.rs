//! Times as operators write them: `250ms`, `5m`, `1h30m`.

use std::time::Duration;

use serde_json::Value;

use super::{Config, Reading, Schema};

/// Units and their milliseconds. `m` is after `ms`, so that the longer one is tried first.
const UNITS: [(&str, u64); 5] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];

/// The same as a regular expression of JSON Schema.
const PATTERN: &str = r#""^([0-9]+(ms|s|m|h|d))+$""#;

/// A time in whole milliseconds: numbers with the units `ms`, `s`, `m`, `h` and `d`, one behind the other.
impl Config for Duration {
    fn schema() -> Schema {
        Schema::of_type("string").set("format", r#""time-span""#).set("pattern", PATTERN)
    }

    fn read(value: &Value, reading: &mut Reading) -> Option<Self> {
        let Value::String(text) = value else { return reading.expected("a time such as \"5m\"", value) };
        let time = parse(text);
        if time.is_none() {
            reading.find(format!("{text:?} is no time: write it as \"250ms\", \"5m\" or \"1h30m\""));
        }
        time
    }
}

pub(super) fn parse(text: &str) -> Option<Duration> {
    let (mut rest, mut millis) = (text, 0_u64);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().ok()?;
        let (unit, factor) = UNITS.into_iter().find(|(unit, _)| rest[digits..].starts_with(unit))?;
        millis = millis.checked_add(number.checked_mul(factor)?)?;
        rest = &rest[digits + unit.len()..];
    }
    (!text.is_empty()).then(|| Duration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        for (text, millis) in [("250ms", 250), ("5m", 300_000), ("1h30m", 5_400_000), ("1d1ms", 86_400_001), ("0s", 0)]
        {
            assert_eq!(parse(text), Some(Duration::from_millis(millis)), "{text}");
        }
        for text in ["", "5", "m", "5 m", "5x", "-5m", "1.5h", "99999999999999999999d", "ä"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
