//! What a plugin says of a metric, and what of it is accepted.

use std::fmt;

use crate::names;

/// Begins the name of every metric of a plugin.
pub(super) const PREFIX: &str = "sluice_plugin_";

/// Bytes of a name, of a metric and of a label.
const NAME: usize = 64;

/// Labels of a metric at most.
const LABELS: usize = 4;

/// Bounds of a histogram at most.
const BUCKETS: usize = 32;

/// The longest help text, in bytes; what is longer is cut.
const HELP: usize = 200;

/// Endings that the exposition adds itself: a name that has one could be taken for another metric's.
const ENDINGS: [&str; 6] = ["_total", "_bucket", "_sum", "_count", "_info", "_created"];

/// Labels that are not a plugin's to give.
const RESERVED_LABELS: [&str; 2] = ["attachment", "le"];

/// What a metric measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// Grows; exposed with `_total`.
    Counter,
    /// Is set.
    Gauge,
    /// Values by bucket.
    Histogram,
}

/// A metric to define.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricDefinition {
    pub kind: MetricKind,
    /// 1 to 64 of a-z, 0-9 and '_', beginning with a letter; exposed with `sluice_plugin_` before it.
    pub name: String,
    /// One sentence.
    pub help: String,
    /// Names of at most 4 labels.
    pub labels: Vec<String>,
    /// Upper bounds of a histogram, at most 32, ascending; empty for those of durations in seconds.
    pub buckets: Vec<f64>,
}

impl MetricDefinition {
    pub(super) fn check(&self) -> Result<(), String> {
        self.check_name()?;
        self.check_labels()?;
        self.check_buckets()
    }

    fn check_name(&self) -> Result<(), String> {
        let name = &*self.name;
        if !is_name(name) {
            return Err(format!(
                "{} is no name for a metric: use 1 to {NAME} of a-z, 0-9 and '_', beginning with a letter",
                quoted(name)
            ));
        }
        if let Some(ending) = ENDINGS.iter().find(|ending| name.ends_with(*ending)) {
            return Err(format!("metric {name:?} ends with {ending:?}, which is added where it belongs: leave it out"));
        }
        let exposed = format!("{PREFIX}{name}");
        match names::ALL.iter().any(|ours| ours.family() == exposed) {
            true => Err(format!("{exposed} is a metric of the gateway itself: choose another name")),
            false => Ok(()),
        }
    }

    fn check_labels(&self) -> Result<(), String> {
        let Self { name, labels, .. } = self;
        if labels.len() > LABELS {
            return Err(format!("metric {name:?} has {} labels: use at most {LABELS}", labels.len()));
        }
        for (position, label) in labels.iter().enumerate() {
            if !is_name(label) || label.starts_with("__") || RESERVED_LABELS.contains(&&**label) {
                return Err(format!(
                    "{} is no label for metric {name:?}: use 1 to {NAME} of a-z, 0-9 and '_', beginning with a letter, and not {}",
                    quoted(label),
                    RESERVED_LABELS.join(" or ")
                ));
            }
            if labels[..position].contains(label) {
                return Err(format!("metric {name:?} has the label {label:?} twice"));
            }
        }
        Ok(())
    }

    fn check_buckets(&self) -> Result<(), String> {
        let Self { name, buckets, .. } = self;
        if buckets.len() > BUCKETS {
            return Err(format!("metric {name:?} has {} buckets: use at most {BUCKETS}", buckets.len()));
        }
        if self.kind != MetricKind::Histogram && !buckets.is_empty() {
            return Err(format!("metric {name:?} has buckets, but is no histogram"));
        }
        let ascending = buckets.windows(2).all(|pair| pair[0] < pair[1]);
        match ascending && buckets.iter().all(|bound| bound.is_finite()) {
            true => Ok(()),
            false => Err(format!("the buckets of metric {name:?} do not ascend: give finite numbers, lowest first")),
        }
    }

    /// Whether both mean the same, however they explain it.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.kind, &self.labels, &self.buckets) == (other.kind, &other.labels, &other.buckets)
    }

    /// The help text on one line.
    pub(super) fn help(&self) -> String {
        let front = &self.help[..self.help.floor_char_boundary(HELP)];
        let line: String = front.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        line.replace('\\', "\\\\")
    }
}

fn is_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    (1..=NAME).contains(&name.len()) && letters && name.starts_with(|first: char| first.is_ascii_lowercase())
}

/// The front of what a plugin calls a name.
fn quoted(name: &str) -> String {
    format!("{:?}", &name[..name.floor_char_boundary(NAME)])
}

impl fmt::Display for MetricDefinition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            MetricKind::Counter => "a counter",
            MetricKind::Gauge => "a gauge",
            MetricKind::Histogram => "a histogram",
        })?;
        match self.labels.is_empty() {
            true => f.write_str(" without labels")?,
            false => write!(f, " with the labels {}", self.labels.join(", "))?,
        }
        match self.buckets.is_empty() {
            true => Ok(()),
            false => write!(f, " and {} buckets up to {:?}", self.buckets.len(), self.buckets[self.buckets.len() - 1]),
        }
    }
}
