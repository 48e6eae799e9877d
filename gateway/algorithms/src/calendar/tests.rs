use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> Zone {
    Zone::new(name).unwrap()
}

/// An instant written as RFC 3339.
fn ms(instant: &str) -> u64 {
    instant.parse::<Timestamp>().unwrap().as_millisecond() as u64
}

/// The bounds of the period of `at` are `start` and `end`, and both edges belong where they should.
#[track_caller]
fn check(period: Period, name: &str, at: &str, start: &str, end: &str) {
    let zone = zone(name);
    let bounds = ms(start)..ms(end);
    for at in [ms(at), bounds.start, bounds.end - 1] {
        assert_eq!(period.bounds(&zone, at), bounds, "{name} at {at}");
    }
    assert_eq!(period.bounds(&zone, bounds.end).start, bounds.end);
    assert_eq!(period.bounds(&zone, bounds.start - 1).end, bounds.start);
}

#[test]
fn periods_in_utc() {
    let at = "2028-02-29T13:14:15Z";
    check(Period::Day, "UTC", at, "2028-02-29T00:00:00Z", "2028-03-01T00:00:00Z");
    check(Period::Week, "UTC", at, "2028-02-28T00:00:00Z", "2028-03-06T00:00:00Z");
    check(Period::Month, "UTC", at, "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z");
}

#[test]
fn a_day_has_23_or_25_hours_when_the_clock_is_changed() {
    check(Period::Day, "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z");
    check(Period::Day, "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z");
}

#[test]
fn weeks_and_months_begin_at_local_midnight() {
    check(Period::Week, "Europe/Berlin", "2026-10-25T22:59:59Z", "2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z");
    check(Period::Month, "Europe/Berlin", "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z");
    check(Period::Month, "America/Santiago", "2026-12-31T12:00:00Z", "2026-12-01T03:00:00Z", "2027-01-01T03:00:00Z");
}

#[test]
fn a_day_whose_midnight_is_left_out_begins_where_the_clock_goes_on() {
    // 24:00 of Saturday was 01:00 of Sunday.
    check(Period::Day, "America/Santiago", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z");
    // And 24:00 of a Saturday in April is 23:00 once more.
    check(Period::Day, "America/Santiago", "2026-04-04T12:00:00Z", "2026-04-04T03:00:00Z", "2026-04-05T04:00:00Z");
}

#[test]
fn a_day_that_was_left_out_has_no_period() {
    // Samoa went from the 29th to the 31st of December 2011.
    check(Period::Day, "Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z");
    check(Period::Day, "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
    check(Period::Week, "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-26T10:00:00Z", "2012-01-01T10:00:00Z");
    assert_eq!(zone("Pacific/Apia").date(ms("2011-12-30T10:00:00Z")).to_string(), "2011-12-31");
}

// Newfoundland put its clocks back at 00:01: Sunday had begun, and then it was Saturday again for 59 minutes.
#[test]
fn a_day_that_has_begun_does_not_end_when_the_clock_is_put_back_over_midnight() {
    let (first, end) = ("2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z");
    check(Period::Day, "America/St_Johns", "2010-11-07T03:00:00Z", first, end);
    assert_eq!(zone("America/St_Johns").date(ms("2010-11-07T03:00:00Z")).to_string(), "2010-11-07");
}

#[test]
fn the_date_is_that_of_the_place() {
    let at = ms("2026-11-29T23:30:00Z");
    let dates = ["UTC", "Europe/Berlin", "America/Santiago"].map(|name| zone(name).date(at).to_string());
    assert_eq!(dates, ["2026-11-29", "2026-11-30", "2026-11-29"]);
}

#[test]
fn names_are_those_of_the_database() {
    assert_eq!(zone("europe/berlin").name(), "Europe/Berlin");
    assert_eq!(Zone::UTC.name(), "UTC");
    let told = Zone::new("Europe/Berlim").unwrap_err().to_string();
    assert!(told.starts_with("\"Europe/Berlim\" is no time zone"), "{told}");
    assert!(Zone::new("../../etc/passwd").is_err());
}

proptest! {
    #[test]
    fn every_instant_is_in_one_period_and_they_lie_side_by_side(
        name in prop::sample::select(vec![
            "UTC", "Europe/Berlin", "America/Santiago", "Pacific/Apia", "America/St_Johns", "America/Havana",
            "Asia/Tehran", "Australia/Lord_Howe", "Africa/Cairo", "Antarctica/Troll",
        ]),
        // 1980 to 2060.
        at in 315_532_800_000u64..2_840_140_800_000,
    ) {
        let zone = zone(name);
        for period in [Period::Day, Period::Week, Period::Month] {
            let bounds = period.bounds(&zone, at);
            prop_assert!(bounds.contains(&at), "{name}: {at} is not in {bounds:?}");
            prop_assert_eq!(period.bounds(&zone, bounds.start), bounds.clone());
            prop_assert_eq!(period.bounds(&zone, bounds.end).start, bounds.end);
        }
    }

    #[test]
    fn no_instant_is_out_of_reach(at: u64) {
        let at = Period::Month.bounds(&zone("Pacific/Kiritimati"), at);
        prop_assert!(at.start < at.end);
    }
}
