//! Days, weeks and months in a time zone: when a quota's period began and when the next one begins.
//!
//! Rules of time zones are those of the IANA database that is compiled in, so that no file of the system is read and
//! the same build answers the same everywhere.
//!
//! A period begins at the first midnight of its first day, or where the clock goes on after a midnight that was left
//! out. Periods lie side by side without gaps: also where a clock that is put back shows the day before once more,
//! which does not bring back the period before.

use std::{fmt, ops::Range, sync::LazyLock};

use jiff::{
    Timestamp, ToSpan,
    civil::Date,
    tz::{TimeZone, TimeZoneDatabase},
};

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The latest instant that has a date, in milliseconds since 1970; in the year 9987. Later ones count as this one.
const LATEST_MS: u64 = 253_000_000_000_000;

/// A time zone of the IANA database.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

/// How long a quota lasts before it begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// From midnight to midnight.
    Day,
    /// From Monday to Monday (ISO 8601).
    Week,
    /// From the first to the first.
    Month,
}

/// A name that no time zone has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownZone(String);

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self(TimeZone::UTC);

    /// The zone of this name, in any letter case.
    ///
    /// # Errors
    /// [`UnknownZone`] when the database has none.
    pub fn new(name: &str) -> Result<Self, UnknownZone> {
        DATABASE.get(name).map(Self).map_err(|_| UnknownZone(name.to_owned()))
    }

    /// The name, as the database spells it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The date of the day that an instant, in milliseconds since 1970, is in.
    #[must_use]
    pub fn date(&self, at_ms: u64) -> Date {
        Period::Day.first_day(self, at_ms)
    }

    /// When a day begins here, in milliseconds since 1970; 0 for days before.
    fn begins(&self, day: Date) -> u64 {
        let midnight = day.to_zoned(self.0.clone()).expect("days around a timestamp that was cut have timestamps");
        u64::try_from(midnight.timestamp().as_millisecond()).unwrap_or(0)
    }
}

impl Period {
    /// The period that an instant is in: from its begin to the next one's. All in milliseconds since 1970.
    #[must_use]
    pub fn bounds(self, zone: &Zone, at_ms: u64) -> Range<u64> {
        let first = self.first_day(zone, at_ms);
        zone.begins(first)..zone.begins(self.after(first))
    }

    /// The first day of the period that an instant is in.
    fn first_day(self, zone: &Zone, at_ms: u64) -> Date {
        let at_ms = at_ms.min(LATEST_MS);
        let at = Timestamp::from_millisecond(at_ms as i64).expect("it was cut to what has a date");
        let first = self.first_of(zone.0.to_datetime(at).date());
        // A clock that was put back over midnight shows the day before again, when the next period has begun already.
        let next = self.after(first);
        if zone.begins(next) <= at_ms { next } else { first }
    }

    fn first_of(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
        }
    }

    fn after(self, first: Date) -> Date {
        first.saturating_add(match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
        })
    }
}

impl fmt::Display for UnknownZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.0;
        write!(f, "{name:?} is no time zone: give a name of the IANA database, such as \"Europe/Berlin\" or \"UTC\"")
    }
}

impl std::error::Error for UnknownZone {}

#[cfg(test)]
mod tests;
