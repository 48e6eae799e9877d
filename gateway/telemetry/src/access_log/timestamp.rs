//! Points in time as RFC 3339 text in UTC with milliseconds.

use std::time::{SystemTime, UNIX_EPOCH};

const LENGTH: usize = "2026-01-31T23:59:59.999Z".len();

/// Writes timestamps; remembers the last second, since most lines fall into the same one.
#[derive(Debug, Default)]
pub(super) struct Clock {
    second: u64,
    text: Option<[u8; LENGTH]>,
}

impl Clock {
    /// The text of `time`, which counts as the epoch when it lies before it.
    pub(super) fn format(&mut self, time: SystemTime) -> &[u8; LENGTH] {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        if self.second != since.as_secs() {
            self.second = since.as_secs();
            self.text = None;
        }
        let text = self.text.get_or_insert_with(|| whole_second(since.as_secs()));
        digits(&mut text[20..23], since.subsec_millis().into());
        text
    }
}

fn whole_second(second: u64) -> [u8; LENGTH] {
    let (year, month, day) = civil(second / 86_400);
    let mut text = *b"0000-00-00T00:00:00.000Z";
    digits(&mut text[0..4], year);
    digits(&mut text[5..7], month);
    digits(&mut text[8..10], day);
    digits(&mut text[11..13], second / 3_600 % 24);
    digits(&mut text[14..16], second / 60 % 60);
    digits(&mut text[17..19], second % 60);
    text
}

/// Writes `value` right-aligned.
fn digits(place: &mut [u8], value: u64) {
    let mut rest = value;
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// Year, month and day of the Gregorian calendar, for a count of days since 1970-01-01.
///
/// Years begin in March here, so that a leap day is a year's last day: five months then always have 153 days.
fn civil(days: u64) -> (u64, u64, u64) {
    // Days from 0000-03-01 to the epoch, and in 400 years.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn points_in_time_are_written_as_rfc_3339() {
        let mut clock = Clock::default();
        for (millis, expected) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_001, "2000-03-01T00:00:00.001Z"),
            (1_704_067_199_999, "2023-12-31T23:59:59.999Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (1_709_164_800_012, "2024-02-29T00:00:00.012Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            let text = clock.format(UNIX_EPOCH + Duration::from_millis(millis));
            assert_eq!(std::str::from_utf8(text), Ok(expected));
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut before = (1970, 1, 0);
        for day in 0..200_000 {
            let now = civil(day);
            let next_day = now == (before.0, before.1, before.2 + 1);
            let next_month = now == (before.0, before.1 + 1, 1) && before.2 >= 28;
            let next_year = now == (before.0 + 1, 1, 1) && (before.1, before.2) == (12, 31);
            assert!(next_day || next_month || next_year, "{before:?} {now:?}");
            before = now;
        }
    }
}
