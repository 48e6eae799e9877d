//! Moments, as the cache counts them, and as HTTP writes them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::HeaderValue;
use httpdate::HttpDate;

/// The last second that has a date in HTTP, the end of the year 9999.
const LAST_DATE: u64 = 253_402_300_799;

/// Milliseconds since the Unix epoch, of a clock that never runs back within a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

impl Time {
    /// The time that has passed since an earlier moment; zero since a later one.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// The moment so much later, or the last one there is.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// The moment so much earlier, or the epoch.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(millis(duration)))
    }

    /// Reads a date in any of the three forms of HTTP (RFC 9110, section 5.6.7), in any case of letters (RFC 9111,
    /// section 4.2). Zones other than GMT are no dates.
    pub(super) fn of_date(value: &HeaderValue) -> Option<Self> {
        let text = value.to_str().ok()?;
        let date: HttpDate = text.parse().or_else(|_| in_usual_case(text).parse()).ok()?;
        let since_epoch = SystemTime::from(date).duration_since(UNIX_EPOCH).ok()?;
        Some(Self(millis(since_epoch)))
    }

    /// The date in the form that HTTP writes, in whole seconds.
    #[must_use]
    pub fn to_date(self) -> HeaderValue {
        let seconds = Duration::from_secs((self.0 / 1_000).min(LAST_DATE));
        let date = HttpDate::from(UNIX_EPOCH + seconds).to_string();
        HeaderValue::try_from(date).unwrap_or(HeaderValue::from_static("Thu, 01 Jan 1970 00:00:00 GMT"))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Days and months with a capital, and `GMT` in capitals.
fn in_usual_case(text: &str) -> String {
    let mut before = ' ';
    let words = text.chars().map(|letter| {
        let starts = !before.is_ascii_alphabetic();
        before = letter;
        if starts { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() }
    });
    words.collect::<String>().replace("Gmt", "GMT")
}
