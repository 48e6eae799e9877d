use std::time::Duration;

use super::*;
use crate::{HealthRecord, enter_worker, names};

const MILLISECOND: Duration = Duration::from_millis(1);

/// The lines of the exposition that begin with `start`.
fn lines(metrics: &Metrics, start: &str) -> Vec<String> {
    metrics.render().lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
}

#[test]
fn a_route_counts_requests_by_method_and_status_over_all_workers() {
    let metrics = Metrics::new(2);
    let route = metrics.route("orders");
    for worker in 0..3 {
        enter_worker(worker);
        route.ended("GET", 200, MILLISECOND, 10, 1_000);
    }
    route.ended("GET", 404, MILLISECOND, 0, 1);
    route.ended("BREW", 418, MILLISECOND, 0, 1);
    assert_eq!(
        lines(&metrics, "http_requests_total"),
        [
            r#"http_requests_total{method="GET",route="orders",status_code="200"} 3"#,
            r#"http_requests_total{method="GET",route="orders",status_code="404"} 1"#,
            r#"http_requests_total{method="other",route="orders",status_code="418"} 1"#,
        ]
    );
    assert_eq!(
        lines(&metrics, "http_request_body_bytes_total"),
        [r#"http_request_body_bytes_total{route="orders"} 30"#]
    );
    assert_eq!(
        lines(&metrics, "http_response_body_bytes_total"),
        [r#"http_response_body_bytes_total{route="orders"} 3002"#]
    );
}

#[test]
fn durations_are_told_by_the_names_that_dashboards_know() {
    let metrics = Metrics::new(1);
    metrics.route("orders").ended("POST", 201, Duration::from_micros(150), 0, 0);
    let told = lines(&metrics, "http_request_duration_seconds");
    let labels = r#"method="POST",route="orders",status_code="201"}"#;
    assert_eq!(told[0], format!("http_request_duration_seconds_sum{{{labels} 0.00015"));
    assert_eq!(told[1], format!("http_request_duration_seconds_count{{{labels} 1"));
    assert_eq!(told[2], format!(r#"http_request_duration_seconds_bucket{{le="0.0001",{labels} 0"#));
    assert_eq!(told[3], format!(r#"http_request_duration_seconds_bucket{{le="0.00025",{labels} 1"#));
    assert_eq!(told.last(), Some(&format!(r#"http_request_duration_seconds_bucket{{le="+Inf",{labels} 1"#)));
    for bound in ["0.1", "0.5", "1.0", "2.0", "5.0"] {
        assert!(told.iter().any(|line| line.contains(&format!(r#"le="{bound}""#))), "{bound}");
    }
}

#[test]
fn an_upstream_that_invents_statuses_gets_a_bounded_number_of_series() {
    let metrics = Metrics::new(0);
    let route = metrics.route("wild");
    for status in 100..600 {
        route.ended("GET", status, MILLISECOND, 0, 0);
    }
    let told = lines(&metrics, "http_requests_total");
    assert_eq!(told.len(), 49);
    let other = r#"http_requests_total{method="GET",route="wild",status_code="other"} 452"#;
    assert!(told.iter().any(|line| line == other), "{told:?}");
}

#[test]
fn requests_in_flight_are_counted_by_route_whatever_worker_sees_their_end() {
    let metrics = Metrics::new(2);
    let route = metrics.route("orders");
    for worker in 0..2 {
        enter_worker(worker);
        route.began();
        route.began();
    }
    route.left();
    assert_eq!(route.in_flight(), 3);
    let line = r#"sluice_route_requests_in_flight{route="orders"} 3"#;
    assert_eq!(lines(&metrics, "sluice_route_requests_in_flight"), [line]);
}

#[test]
fn callouts_are_counted_by_upstream_and_outcome() {
    let metrics = Metrics::new(1);
    metrics.upstream("policy").callouts(CalloutOutcome::Timeout).add(2);
    let told = lines(&metrics, r#"sluice_callouts_total{upstream="policy",outcome="timeout"}"#);
    assert_eq!(told, [r#"sluice_callouts_total{upstream="policy",outcome="timeout"} 2"#]);
}

#[test]
fn events_of_an_attachment_are_bounded_too() {
    let metrics = Metrics::new(0);
    for event in 0..100 {
        metrics.plugin_event("auth", &format!("event_{event}")).add(1);
    }
    metrics.plugin_event("auth", "event_7").add(1);
    let told = lines(&metrics, "sluice_plugin_events_total");
    assert_eq!(told.len(), 33);
    assert!(told.contains(&r#"sluice_plugin_events_total{attachment="auth",event="other"} 68"#.to_owned()), "{told:?}");
    assert!(told.contains(&r#"sluice_plugin_events_total{attachment="auth",event="event_7"} 2"#.to_owned()));
}

#[test]
fn a_quarantined_attachment_is_told_as_one() {
    let metrics = Metrics::new(0);
    let (sound, failing) = (HealthRecord::default(), HealthRecord::default());
    failing.quarantine(None);
    metrics.health().replace([("failing".into(), failing), ("sound".into(), sound)]);
    let told = lines(&metrics, "sluice_plugin_quarantined");
    let (one, zero) = (r#"{attachment="failing"} 1"#, r#"{attachment="sound"} 0"#);
    assert_eq!(told, [one, zero].map(|line| format!("sluice_plugin_quarantined{line}")));
}

#[test]
fn what_left_the_configuration_leaves_the_metrics() {
    let metrics = Metrics::new(0);
    for name in ["old", "kept", RouteMetrics::NO_ROUTE] {
        metrics.route(name).ended("GET", 200, MILLISECOND, 0, 0);
    }
    metrics.attachment("old").hook(HookKind::Request).failures.add("trap");
    metrics.plugin_event("old", "trap").add(1);
    metrics.upstream("old").fault(UpstreamFault::Connect).add(1);
    metrics.retain(&InUse { routes: ["kept"].into(), ..InUse::default() });
    assert!(!metrics.render().contains(r#""old""#));
    assert_eq!(lines(&metrics, "http_requests_total").len(), 2);
}

#[test]
fn handles_with_the_same_name_are_the_same_instrument() {
    let metrics = Metrics::new(1);
    metrics.upstream("api").fault(UpstreamFault::BodyTimeout).add(1);
    metrics.upstream("api").fault(UpstreamFault::BodyTimeout).add(1);
    let told = lines(&metrics, r#"sluice_upstream_faults_total{upstream="api",fault="body_timeout"}"#);
    assert_eq!(told, [r#"sluice_upstream_faults_total{upstream="api",fault="body_timeout"} 2"#]);
}

#[test]
fn kept_responses_are_asked_for_whenever_metrics_are_read() {
    let metrics = Metrics::new(1);
    assert_eq!(lines(&metrics, "sluice_kept_responses"), ["sluice_kept_responses 0", "sluice_kept_responses_bytes 0"]);
    let entries = Arc::new(AtomicU64::new(0));
    let counted = entries.clone();
    metrics.watch_kept_responses(move || {
        let entries = counted.load(Relaxed);
        KeptResponses { entries, bytes: entries * 1_000 }
    });
    entries.store(3, Relaxed);
    assert_eq!(
        lines(&metrics, "sluice_kept_responses"),
        ["sluice_kept_responses 3", "sluice_kept_responses_bytes 3000"]
    );
}

#[test]
fn failures_of_a_hook_are_told_by_their_kinds() {
    let metrics = Metrics::new(1);
    let hook = metrics.attachment("auth").hook(HookKind::Request).clone();
    for kind in ["trap", "deadline", "trap", "never heard of"] {
        hook.failures.add(kind);
    }
    let costs = metrics.costs("auth");
    assert_eq!((costs.len(), costs[0].failures), (1, 4));
    assert_eq!(costs[0].failures_by_kind, [("trap", 2), ("deadline", 1), ("other", 1)]);
}

#[test]
fn every_named_metric_is_exposed_with_its_help_and_nothing_else_is() {
    let metrics = Metrics::new(1);
    metrics.serving(7);
    let text = metrics.render();
    for name in names::ALL {
        let unit = name.unit.map(|unit| format!("_{unit}")).unwrap_or_default();
        assert!(text.contains(&format!("# HELP {}{unit} {}", name.base, name.help)), "{}", name.base);
    }
    assert_eq!(text.lines().filter(|line| line.starts_with("# TYPE")).count(), names::ALL.len());
    assert!(text.contains("sluice_config_revision 7\n"));
    assert!(text.contains(concat!(r#"sluice_build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""} 1"#)));
    assert!(text.ends_with("# EOF\n"));
}

#[test]
fn every_metric_and_fault_has_its_place_in_the_document() {
    let document = include_str!("../../../../docs/metrics.md");
    for name in names::ALL {
        let kind = format!("{:?}", name.kind).to_lowercase();
        let labels: Vec<String> = name.labels.iter().map(|label| format!("`{label}`")).collect();
        let unit = name.unit.map_or(String::new(), |unit| format!("{unit} "));
        let labels = if labels.is_empty() { String::new() } else { format!("{} ", labels.join(", ")) };
        let row = format!("| `{}` | {kind} | {unit}| {labels}| {} |", name.exposed(), name.help);
        assert!(document.contains(&row), "missing in docs/metrics.md: {row}");
    }
    assert_eq!(document.lines().filter(|line| line.starts_with("| `")).count(), names::ALL.len());
    let faults = UpstreamFault::ALL.map(UpstreamFault::label);
    for label in faults.into_iter().chain(CalloutOutcome::ALL.map(CalloutOutcome::label)) {
        assert!(document.contains(&format!("`{label}`")), "{label}");
    }
}
