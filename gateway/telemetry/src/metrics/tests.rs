use std::time::{Duration, SystemTime};

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

struct Standing;

impl AdmissionSource for Standing {
    fn status(&self) -> AdmissionStatus {
        AdmissionStatus {
            limit: 8,
            in_flight: 7,
            waiting: [0, 1, 2, 3],
            waiting_bytes: 4_096,
            unloaded_latency: Some(20 * MILLISECOND),
            ..AdmissionStatus::default()
        }
    }
}

#[test]
fn how_requests_are_admitted_is_told_by_upstream_and_class() {
    let metrics = Metrics::new(1);
    let standing: Arc<dyn AdmissionSource> = Arc::new(Standing);
    let admission = metrics.upstream("shop").admission;
    admission.set_source(Some(Arc::downgrade(&standing)));
    admission.class(0).waited.observe(3 * MILLISECOND);
    admission.class(3).refused(AdmissionRefusal::TooLong).add(2);
    let (time, cause) = (SystemTime::UNIX_EPOCH, LimitCause::Latency);
    admission.changed(LimitChange { time, from: 10, to: 8, cause, latency: None });
    let one = |line: &str| assert_eq!(lines(&metrics, line.rsplit_once(' ').unwrap().0), [line]);
    one(r#"sluice_upstream_concurrency_limit{upstream="shop"} 8"#);
    one(r#"sluice_upstream_slots_in_flight{upstream="shop"} 7"#);
    one(r#"sluice_upstream_waiting{upstream="shop",class="low"} 3"#);
    one(r#"sluice_upstream_waiting_bytes{upstream="shop"} 4096"#);
    one(r#"sluice_upstream_unloaded_latency_seconds{upstream="shop"} 0.02"#);
    one(r#"sluice_upstream_queue_duration_seconds_count{upstream="shop",class="critical"} 1"#);
    one(r#"sluice_upstream_shed_total{upstream="shop",class="low",reason="too_long"} 2"#);
    one(r#"sluice_upstream_limit_changes_total{upstream="shop",cause="latency"} 1"#);

    // The configuration took the admission away: what was counted stays, and how it stands is not told.
    drop(standing);
    assert!(lines(&metrics, "sluice_upstream_concurrency_limit{").is_empty());
    one(r#"sluice_upstream_shed_total{upstream="shop",class="low",reason="too_long"} 2"#);
    metrics.retain(&InUse::default());
    assert!(!metrics.render().contains(r#""shop""#));
}

#[test]
fn an_upstream_without_admission_has_no_series_of_it_and_one_that_nobody_knows_gets_none() {
    let metrics = Metrics::new(1);
    metrics.upstream("plain").connections_opened.add(1);
    assert!(metrics.admission("plain").is_some_and(|admission| admission.status().is_none()));
    assert!(metrics.admission("unheard-of").is_none());
    let text = metrics.render();
    assert!(!text.contains("unheard-of"), "{text}");
    for series in ["sluice_upstream_shed_total{", "sluice_upstream_waiting{", "sluice_upstream_limit_changes_total{"] {
        assert!(!text.contains(series), "{series}");
    }
}

#[test]
fn the_lag_of_the_latest_worker_is_told() {
    let metrics = Metrics::new(1);
    metrics.worker_lag().set(25 * MILLISECOND);
    assert_eq!(lines(&metrics, "sluice_worker_lag_seconds"), ["sluice_worker_lag_seconds 0.025"]);
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
    let labels = faults.into_iter().chain(CalloutOutcome::ALL.map(CalloutOutcome::label)).chain(CLASSES);
    let labels = labels.chain(AdmissionRefusal::ALL.map(AdmissionRefusal::as_str));
    for label in labels.chain(LimitCause::ALL.map(LimitCause::as_str)) {
        assert!(document.contains(&format!("`{label}`")), "{label}");
    }
}

struct Targets;

impl TargetSource for Targets {
    fn targets(&self) -> Vec<TargetStatus> {
        let target = |drained, checked, ejection| TargetStatus {
            address: "127.0.0.1:1".into(),
            drained,
            ejection,
            checked,
            pending: None,
            latency: None,
        };
        let ejection = Some((EjectionCause::LocalErrors, SystemTime::UNIX_EPOCH));
        vec![
            target(false, None, None),
            target(false, Some(true), ejection),
            target(false, Some(false), ejection),
            target(true, Some(false), None),
            target(false, Some(true), None),
        ]
    }
}

#[test]
fn how_targets_are_is_told_by_upstream_while_somebody_knows() {
    let metrics = Metrics::new(1);
    let known: Arc<dyn TargetSource> = Arc::new(Targets);
    let targets = metrics.upstream("shop").targets;
    targets.set_source(Arc::downgrade(&known));
    targets.ejections(EjectionCause::LocalErrors).add(1);
    targets.checks(false).add(2);
    targets.retries(RetryCause::Unavailable).add(3);
    targets.retries_refused().add(4);
    for line in [
        r#"sluice_upstream_targets{upstream="shop",state="usable"} 2"#,
        r#"sluice_upstream_targets{upstream="shop",state="ejected"} 1"#,
        r#"sluice_upstream_targets{upstream="shop",state="down"} 1"#,
        r#"sluice_upstream_targets{upstream="shop",state="drained"} 1"#,
        r#"sluice_upstream_ejections_total{upstream="shop",cause="local_errors"} 1"#,
        r#"sluice_upstream_health_checks_total{upstream="shop",result="failed"} 2"#,
        r#"sluice_upstream_retries_total{upstream="shop",after="503"} 3"#,
        r#"sluice_upstream_retries_refused_total{upstream="shop"} 4"#,
    ] {
        assert_eq!(lines(&metrics, line.rsplit_once(' ').unwrap().0), [line]);
    }
    assert_eq!((metrics.targets("shop").len(), metrics.targets("other").len()), (5, 0));
    drop(known);
    assert!(lines(&metrics, "sluice_upstream_targets{").is_empty());
}
