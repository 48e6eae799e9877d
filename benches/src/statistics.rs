//! Median, quartiles and range: a mean would follow the few rounds that something disturbed.

use std::fmt;

/// Where the values of several rounds lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The value in the middle, or between the two in the middle.
    pub median: f64,
    /// A quarter of the values is not above it.
    pub lower_quartile: f64,
    /// A quarter of the values is not below it.
    pub upper_quartile: f64,
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
}

impl Spread {
    /// The spread of `values`; `None` when there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let (min, max) = (*values.first()?, *values.last()?);
        Some(Self {
            median: quantile(&values, 0.5),
            lower_quartile: quantile(&values, 0.25),
            upper_quartile: quantile(&values, 0.75),
            min,
            max,
        })
    }
}

/// The value at `share`, 0 to 1, of the way through `sorted`, which is not empty; in between, the two neighbours are weighed.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let position = share * (sorted.len() - 1) as f64;
    let (below, above) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
    below + (above - below) * position.fract()
}

impl fmt::Display for Spread {
    /// `median (min–max)`, each with the formatter's precision, 2 by default.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = formatter.precision().unwrap_or(2);
        let Self { median, min, max, .. } = self;
        write!(formatter, "{median:.precision$} ({min:.precision$}–{max:.precision$})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_disturbed_round_moves_neither_median_nor_quartiles_far() {
        let spread = Spread::of([2.0, 900.0, 1.0, 3.0, 4.0]).unwrap();
        assert_eq!((spread.min, spread.lower_quartile, spread.median, spread.upper_quartile), (1.0, 2.0, 3.0, 4.0));
        assert_eq!(spread.max, 900.0);
    }

    #[test]
    fn an_even_number_of_rounds_has_its_median_in_between() {
        assert_eq!(Spread::of([4.0, 1.0, 2.0, 3.0]).unwrap().median, 2.5);
    }

    #[test]
    fn a_single_round_is_its_own_spread() {
        let spread = Spread::of([1.5]).unwrap();
        assert_eq!((spread.min, spread.lower_quartile, spread.median, spread.max), (1.5, 1.5, 1.5, 1.5));
    }

    #[test]
    fn no_rounds_have_no_spread() {
        assert_eq!(Spread::of([]), None);
    }

    #[test]
    fn a_spread_reads_as_median_and_range() {
        let spread = Spread::of([1.0, 1.5, 2.0]).unwrap();
        assert_eq!(format!("{spread:.1}"), "1.5 (1.0–2.0)");
    }
}
