use std::thread;

use super::*;
use crate::{InUse, Metrics, enter_worker, names};

fn definition(kind: MetricKind, name: &str, labels: &[&str]) -> MetricDefinition {
    let labels = labels.iter().map(|label| (*label).to_owned()).collect();
    MetricDefinition { kind, name: name.into(), help: "Counts things.".into(), labels, buckets: vec![] }
}

fn counter(name: &str, labels: &[&str]) -> MetricDefinition {
    definition(MetricKind::Counter, name, labels)
}

/// The lines of the exposition about `name`.
fn lines(metrics: &Metrics, name: &str) -> Vec<String> {
    let samples = format!("sluice_plugin_{name}");
    metrics.render().lines().filter(|line| line.starts_with(&samples)).map(str::to_owned).collect()
}

#[test]
fn a_counter_adds_up_what_all_workers_observed() {
    let metrics = Metrics::new(2);
    let seen = metrics.define_metric("a", &counter("seen", &["what"])).expect("is sound");
    thread::scope(|scope| {
        for worker in 0..4 {
            let seen = seen.clone();
            scope.spawn(move || {
                enter_worker(worker);
                (0..100).for_each(|_| seen.observe(0.5, &["cat"]).expect("is sound"));
            });
        }
    });
    seen.observe(1.0, &["dog\"\n"]).expect("is sound");
    assert_eq!(
        lines(&metrics, "seen"),
        [
            r#"sluice_plugin_seen_total{attachment="a",what="cat"} 200.0"#,
            r#"sluice_plugin_seen_total{attachment="a",what="dog\"\n"} 1.0"#,
        ]
    );
    assert!(metrics.render().contains("# HELP sluice_plugin_seen Counts things.\n# TYPE sluice_plugin_seen counter\n"));
}

#[test]
fn a_gauge_is_what_it_was_set_to_last_by_whatever_worker() {
    let metrics = Metrics::new(2);
    let depth = metrics.define_metric("a", &definition(MetricKind::Gauge, "depth", &[])).expect("is sound");
    for (worker, value) in [(0, 5.0), (1, -2.5)] {
        let depth = depth.clone();
        thread::spawn(move || {
            enter_worker(worker);
            depth.observe(value, &[] as &[&str]).expect("is sound");
        })
        .join()
        .expect("ends");
    }
    assert_eq!(lines(&metrics, "depth"), [r#"sluice_plugin_depth{attachment="a"} -2.5"#]);
}

#[test]
fn a_histogram_counts_by_its_own_bounds() {
    let metrics = Metrics::new(1);
    let sizes = MetricDefinition { buckets: vec![1.0, 10.0], ..definition(MetricKind::Histogram, "sizes", &[]) };
    let sizes = metrics.define_metric("a", &sizes).expect("is sound");
    for value in [0.5, 1.0, 7.0, 11.0] {
        sizes.observe(value, &[] as &[&str]).expect("is sound");
    }
    assert_eq!(
        lines(&metrics, "sizes"),
        [
            r#"sluice_plugin_sizes_sum{attachment="a"} 19.5"#,
            r#"sluice_plugin_sizes_count{attachment="a"} 4"#,
            r#"sluice_plugin_sizes_bucket{le="1.0",attachment="a"} 2"#,
            r#"sluice_plugin_sizes_bucket{le="10.0",attachment="a"} 3"#,
            r#"sluice_plugin_sizes_bucket{le="+Inf",attachment="a"} 4"#,
        ]
    );
    let usual = metrics.define_metric("a", &definition(MetricKind::Histogram, "waits", &[])).expect("is sound");
    usual.observe(0.002, &[] as &[&str]).expect("is sound");
    assert!(
        lines(&metrics, "waits").contains(&r#"sluice_plugin_waits_bucket{le="0.0025",attachment="a"} 1"#.to_owned())
    );
}

#[test]
fn label_sets_beyond_the_bound_are_counted_as_other() {
    let metrics = Metrics::new(0);
    let seen = metrics.define_metric("a", &counter("seen", &["what", "where"])).expect("is sound");
    for n in 0..LABEL_SETS + 50 {
        seen.observe(1.0, &[n.to_string().as_str(), "here"]).expect("is sound");
    }
    seen.observe(1.0, &["7", "here"]).expect("is sound");
    let told = lines(&metrics, "seen");
    assert_eq!(told.len(), LABEL_SETS + 1);
    let other = r#"sluice_plugin_seen_total{attachment="a",what="other",where="other"} 50.0"#;
    assert!(told.iter().any(|line| line == other), "{told:?}");
    assert!(told.iter().any(|line| line.contains(r#"what="7""#) && line.ends_with(" 2.0")));
}

#[test]
fn label_sets_are_bounded_over_all_metrics() {
    let metrics = Metrics::new(0);
    let mut held = vec![];
    for attachment in 0..=LABEL_SETS_IN_ALL / LABEL_SETS {
        let seen = metrics.define_metric(&attachment.to_string(), &counter("seen", &["what"])).expect("is sound");
        (0..LABEL_SETS).for_each(|n| seen.observe(1.0, &[n.to_string()]).expect("is sound"));
        held.push(seen);
    }
    assert_eq!(lines(&metrics, "seen").len(), LABEL_SETS_IN_ALL + 1);
    held.clear();
    metrics.retain(&InUse::default());
    let seen = metrics.define_metric("late", &counter("seen", &["what"])).expect("is sound");
    seen.observe(1.0, &["cat"]).expect("is sound");
    assert_eq!(lines(&metrics, "seen"), [r#"sluice_plugin_seen_total{attachment="late",what="cat"} 1.0"#]);
}

#[test]
fn label_values_are_cut_and_cannot_be_shifted_into_one_another() {
    let metrics = Metrics::new(0);
    let seen = metrics.define_metric("a", &counter("seen", &["x", "y"])).expect("is sound");
    for pair in [["ab", "c"], ["a", "bc"], ["\u{1}a", ""], ["", "\u{1}a"]] {
        seen.observe(1.0, &pair).expect("is sound");
    }
    assert_eq!(lines(&metrics, "seen").len(), 4);
    seen.observe(1.0, &["ä".repeat(LABEL_VALUE).as_str(), ""]).expect("is sound");
    assert!(lines(&metrics, "seen").iter().any(|line| line.contains(&format!("\"{}\"", "ä".repeat(LABEL_VALUE / 2)))));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let metrics = Metrics::new(0);
    let seen = metrics.define_metric("a", &counter("seen", &["what"])).expect("is sound");
    for value in [-1.0, f64::NAN, f64::INFINITY] {
        assert!(seen.observe(value, &["cat"]).is_err(), "{value}");
    }
    assert!(seen.observe(1.0, &[] as &[&str]).is_err() && seen.observe(1.0, &["a", "b"]).is_err());
    let sizes = metrics.define_metric("a", &definition(MetricKind::Histogram, "sizes", &[])).expect("is sound");
    assert!(sizes.observe(f64::NAN, &[] as &[&str]).is_err() && sizes.observe(-1.0, &[] as &[&str]).is_ok());
    assert!(lines(&metrics, "seen").is_empty());
}

#[test]
fn definitions_that_make_no_sense_are_refused_by_name() {
    let metrics = Metrics::new(0);
    let gauge = |name: &str, labels: &[&str]| definition(MetricKind::Gauge, name, labels);
    let bounds = |buckets: Vec<f64>| MetricDefinition { buckets, ..definition(MetricKind::Histogram, "x", &[]) };
    let refused = [
        (gauge("", &[]), "no name"),
        (gauge("Upper", &[]), "no name"),
        (gauge("1st", &[]), "no name"),
        (gauge(&"n".repeat(65), &[]), "no name"),
        (gauge("x\ny", &[]), "no name"),
        (gauge("x_total", &[]), "_total"),
        (gauge("x_bucket", &[]), "_bucket"),
        (gauge("duration_seconds", &[]), "of the gateway itself"),
        (gauge("events", &[]), "of the gateway itself"),
        (gauge("x", &["a", "b", "c", "d", "e"]), "5 labels"),
        (gauge("x", &["attachment"]), "no label"),
        (gauge("x", &["le"]), "no label"),
        (gauge("x", &["B"]), "no label"),
        (gauge("x", &["a", "a"]), "twice"),
        (MetricDefinition { buckets: vec![1.0], ..gauge("x", &[]) }, "no histogram"),
        (bounds(vec![2.0, 1.0]), "ascend"),
        (bounds(vec![1.0, 1.0]), "ascend"),
        (bounds(vec![1.0, f64::INFINITY]), "ascend"),
        (bounds(vec![f64::NAN]), "ascend"),
        (bounds((0..33).map(f64::from).collect()), "33 buckets"),
    ];
    for (definition, part) in refused {
        let error = metrics.define_metric("a", &definition).expect_err(part);
        assert!(error.contains(part), "{error}");
    }
    assert!(metrics.define_metric("a", &gauge(&"n".repeat(64), &["a", "b", "c", "d"])).is_ok());
    assert!(metrics.define_metric("a", &bounds((0..32).map(f64::from).collect())).is_ok());
}

#[test]
fn attachments_agree_in_what_a_name_means() {
    let metrics = Metrics::new(0);
    let one = metrics.define_metric("one", &counter("seen", &["what"])).expect("is sound");
    let two = metrics.define_metric("two", &counter("seen", &["what"])).expect("is the same");
    one.observe(1.0, &["cat"]).expect("is sound");
    two.observe(2.0, &["cat"]).expect("is sound");
    assert_eq!(lines(&metrics, "seen").len(), 2);
    for other in [counter("seen", &["who"]), definition(MetricKind::Gauge, "seen", &["what"])] {
        let error = metrics.define_metric("three", &other).expect_err("others use the name");
        assert!(error.contains("a counter with the labels what of attachment \"one\""), "{error}");
    }
    metrics.retain(&InUse { attachments: ["three"].into(), ..InUse::default() });
    assert!(metrics.define_metric("three", &counter("seen", &["who"])).is_ok());
}

#[test]
fn an_attachment_may_change_its_own_metric() {
    let metrics = Metrics::new(0);
    let old = metrics.define_metric("a", &counter("seen", &["what"])).expect("is sound");
    old.observe(1.0, &["cat"]).expect("is sound");
    let again = metrics.define_metric("a", &counter("seen", &["what"])).expect("is the same");
    again.observe(1.0, &["cat"]).expect("is sound");
    assert_eq!(lines(&metrics, "seen"), [r#"sluice_plugin_seen_total{attachment="a",what="cat"} 2.0"#]);
    let new = metrics.define_metric("a", &definition(MetricKind::Gauge, "seen", &[])).expect("it is its own");
    new.observe(7.0, &[] as &[&str]).expect("is sound");
    old.observe(1.0, &["cat"]).expect("the old generation still runs");
    assert_eq!(lines(&metrics, "seen"), [r#"sluice_plugin_seen{attachment="a"} 7.0"#]);
}

#[test]
fn metrics_are_bounded_and_those_that_nobody_holds_make_room() {
    let metrics = Metrics::new(0);
    let mut held: Vec<_> = (0..OF_ATTACHMENT)
        .map(|n| metrics.define_metric("a", &counter(&format!("m{n}"), &[])).expect("room"))
        .collect();
    let error = metrics.define_metric("a", &counter("more", &[])).expect_err("full");
    assert!(error.contains("64 metrics"), "{error}");
    assert!(metrics.define_metric("b", &counter("more", &[])).is_ok(), "others have room");
    held.truncate(1);
    assert!(metrics.define_metric("a", &counter("more", &[])).is_ok());
    held.extend((0..IN_ALL).filter_map(|n| metrics.define_metric(&format!("c{n}"), &counter("x", &[])).ok()));
    assert!(metrics.define_metric("late", &counter("x", &[])).expect_err("full").contains("2000 metrics"));
}

#[test]
fn help_is_one_line() {
    let metrics = Metrics::new(0);
    let evil = MetricDefinition { help: "a\n# EOF\nb".into(), ..counter("seen", &[]) };
    metrics.define_metric("a", &evil).expect("is sound").observe(1.0, &[] as &[&str]).expect("is sound");
    assert!(metrics.render().contains("# HELP sluice_plugin_seen a # EOF b\n"));
    assert_eq!(metrics.render().matches("\n# EOF\n").count(), 1);
    assert!(names::ALL.len() > 1);
}
