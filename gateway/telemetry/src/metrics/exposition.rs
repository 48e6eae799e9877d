//! The metrics as OpenMetrics text.

mod admission;
mod targets;

use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeLabelSet, MetricEncoder, NoLabelSet, text},
    metrics::MetricType,
    registry::{Registry, Unit},
};

use super::{
    AttachmentMetrics, CacheResult, CalloutOutcome, Instruments, LimitAnswer, Relaxed, RouteMetrics, UpstreamFault,
    route::{Key, method_label},
};
use crate::{
    health::HealthState,
    instrument::Distribution,
    names::{self, Kind, Name},
};

/// The media type of [`Metrics::render`](super::Metrics::render).
pub const EXPOSITION_CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug)]
pub(super) struct Exposition(pub(super) Arc<Instruments>);

pub(super) fn render(registry: &Registry) -> String {
    let mut text = String::new();
    text::encode(&mut text, registry).expect("writing to a string does not fail");
    text
}

impl Collector for Exposition {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        self.requests(&mut encoder)?;
        self.connections(&mut encoder)?;
        self.upstreams(&mut encoder)?;
        self.targets(&mut encoder)?;
        self.admission(&mut encoder)?;
        self.cache(&mut encoder)?;
        self.plugins(&mut encoder)?;
        self.process(&mut encoder)
    }
}

impl Exposition {
    fn requests(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let routes: Vec<_> = self.0.routes.lock().iter().map(|(name, it)| (name.clone(), it.clone())).collect();
        let told: Vec<_> = routes.iter().map(|(name, it)| (name, it.distributions(), it.bytes())).collect();

        let mut metric = describe(encoder, &names::REQUESTS)?;
        for (route, distributions, _) in &told {
            for (key, distribution) in distributions {
                count(&mut metric, &request_labels(route, *key), distribution.count())?;
            }
        }
        let mut metric = describe(encoder, &names::REQUEST_DURATION)?;
        for (route, distributions, _) in &told {
            for (key, distribution) in distributions {
                histogram(&mut metric, &request_labels(route, *key), distribution)?;
            }
        }
        describe(encoder, &names::REQUESTS_IN_FLIGHT)?.encode_gauge(&self.0.in_flight.value())?;
        let mut metric = describe(encoder, &names::ROUTE_IN_FLIGHT)?;
        for (route, it) in routes.iter().filter(|(route, _)| **route != *RouteMetrics::NO_ROUTE) {
            metric.encode_family(&[("route", &**route)])?.encode_gauge(&it.in_flight())?;
        }
        let mut metric = describe(encoder, &names::REQUEST_BODY)?;
        for (route, _, (request_bytes, _)) in &told {
            count(&mut metric, &[("route", &***route)], *request_bytes)?;
        }
        let mut metric = describe(encoder, &names::RESPONSE_BODY)?;
        for (route, _, (_, response_bytes)) in &told {
            count(&mut metric, &[("route", &***route)], *response_bytes)?;
        }
        Ok(())
    }

    fn connections(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let listeners = [("http", &self.0.http), ("https", &self.0.https)];
        let mut metric = describe(encoder, &names::CONNECTIONS)?;
        for (name, listener) in listeners {
            metric.encode_family(&[("listener", name)])?.encode_gauge(&listener.open.value())?;
        }
        let mut metric = describe(encoder, &names::CONNECTIONS_ACCEPTED)?;
        for (name, listener) in listeners {
            count(&mut metric, &[("listener", name)], listener.accepted.value())?;
        }
        let mut metric = describe(encoder, &names::CONNECTIONS_REFUSED)?;
        for (name, listener) in listeners {
            count(&mut metric, &[("listener", name)], listener.refused.value())?;
        }
        let mut metric = describe(encoder, &names::HANDSHAKES_FAILED)?;
        count(&mut metric, &[("listener", "https")], self.0.https.handshakes_failed.value())?;
        let mut metric = describe(encoder, &names::HANDSHAKES_UNRECOGNIZED)?;
        count(&mut metric, &[("listener", "https")], self.0.https.handshakes_unrecognized.value())?;
        self.certificates(encoder)?;
        let mut metric = describe(encoder, &names::FRAMING_FAULTS)?;
        for (fault, counter) in self.0.framing_faults.all() {
            count(&mut metric, &[("fault", fault)], counter.value())?;
        }
        let websockets = &self.0.websockets;
        describe(encoder, &names::WEBSOCKETS)?.encode_gauge(&websockets.open.value())?;
        let mut metric = describe(encoder, &names::WEBSOCKET_BYTES)?;
        for (direction, counter) in [("received", &websockets.received), ("sent", &websockets.sent)] {
            count(&mut metric, &[("direction", direction)], counter.value())?;
        }
        Ok(())
    }

    fn certificates(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let certificates = &self.0.certificates;
        let mut metric = describe(encoder, &names::CERTIFICATE_EXPIRY)?;
        for (name, end) in certificates.ends() {
            metric.encode_family(&[("certificate", &*name)])?.encode_gauge(&end)?;
        }
        describe(encoder, &names::CERTIFICATES_UNUSABLE)?.encode_gauge(&certificates.unusable())?;
        let mut metric = describe(encoder, &names::CERTIFICATE_RELOADS)?;
        count(&mut metric, &[("outcome", "reloaded")], certificates.reloaded.value())?;
        count(&mut metric, &[("outcome", "failed")], certificates.reload_failed.value())
    }

    fn upstreams(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let upstreams = self.0.upstreams.lock();
        let mut metric = describe(encoder, &names::UPSTREAM_DURATION)?;
        for (name, upstream) in &*upstreams {
            histogram(&mut metric, &[("upstream", &**name)], &upstream.response_duration.distribution())?;
        }
        let mut metric = describe(encoder, &names::UPSTREAM_FAULTS)?;
        for (name, upstream) in &*upstreams {
            for fault in UpstreamFault::ALL {
                let labels = [("upstream", &**name), ("fault", fault.label())];
                count(&mut metric, &labels, upstream.fault(fault).value())?;
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_CONNECTIONS)?;
        for (name, upstream) in &*upstreams {
            count(&mut metric, &[("upstream", &**name)], upstream.connections_opened.value())?;
        }
        let mut metric = describe(encoder, &names::UPSTREAM_IN_FLIGHT)?;
        for (name, upstream) in &*upstreams {
            metric.encode_family(&[("upstream", &**name)])?.encode_gauge(&upstream.in_flight.value())?;
        }
        let mut metric = describe(encoder, &names::CALLOUTS)?;
        for (name, upstream) in &*upstreams {
            for outcome in CalloutOutcome::ALL {
                let labels = [("upstream", &**name), ("outcome", outcome.label())];
                count(&mut metric, &labels, upstream.callouts(outcome).value())?;
            }
        }
        Ok(())
    }

    fn plugins(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let attachments = self.0.attachments.lock();
        let hooks = || attachments.iter().flat_map(|(name, it)| it.called().map(move |(hook, it)| (name, hook, it)));
        let mut metric = describe(encoder, &names::PLUGIN_DURATION)?;
        for (attachment, hook, it) in hooks() {
            let told = it.duration.distribution();
            histogram(&mut metric, &[("attachment", &**attachment), ("hook", hook)], &told)?;
        }
        let mut metric = describe(encoder, &names::PLUGIN_FAILURES)?;
        for (attachment, hook, it) in hooks() {
            for (kind, value) in it.failures.by_kind() {
                count(&mut metric, &[("attachment", &**attachment), ("hook", hook), ("kind", kind)], value)?;
            }
        }
        self.limits(encoder, &attachments)?;
        self.usage(encoder, &attachments)?;
        let mut metric = describe(encoder, &names::PLUGIN_QUARANTINED)?;
        for (attachment, health) in self.0.health.all() {
            let quarantined = i64::from(health.state != HealthState::Healthy);
            metric.encode_family(&[("attachment", &*attachment)])?.encode_gauge(&quarantined)?;
        }
        let mut metric = describe(encoder, &names::PLUGIN_EVENTS)?;
        for (attachment, events) in &*self.0.events.lock() {
            for (event, counter) in events {
                count(&mut metric, &[("attachment", &**attachment), ("event", &**event)], counter.value())?;
            }
        }
        self.0.of_plugins.encode(encoder)
    }

    fn limits(
        &self,
        encoder: &mut DescriptorEncoder<'_>,
        attachments: &BTreeMap<Box<str>, AttachmentMetrics>,
    ) -> fmt::Result {
        let mut metric = describe(encoder, &names::LIMIT_ANSWERS)?;
        for (attachment, it) in attachments {
            for (limit, it) in it.limits() {
                let given = LimitAnswer::ALL.map(|answer| (answer.label(), it.answers(answer).value()));
                for (answer, value) in given.into_iter().filter(|(_, value)| *value > 0) {
                    let labels = [("attachment", &**attachment), ("limit", &*limit), ("answer", answer)];
                    count(&mut metric, &labels, value)?;
                }
            }
        }
        Ok(())
    }

    fn usage(
        &self,
        encoder: &mut DescriptorEncoder<'_>,
        attachments: &BTreeMap<Box<str>, AttachmentMetrics>,
    ) -> fmt::Result {
        let used = || attachments.iter().map(|(name, it)| ([("attachment", &**name)], it.usage()));
        let mut metric = describe(encoder, &names::PLUGIN_HOST_CALLS)?;
        for (labels, usage) in used() {
            count(&mut metric, &labels, usage.host_calls.value())?;
        }
        let mut metric = describe(encoder, &names::PLUGIN_INSTANCES)?;
        for (labels, usage) in used() {
            metric.encode_family(&labels)?.encode_gauge(&usage.instances.value())?;
        }
        let mut metric = describe(encoder, &names::PLUGIN_MEMORY)?;
        for (labels, usage) in used() {
            metric.encode_family(&labels)?.encode_gauge(&usage.memory.value())?;
        }
        let mut metric = describe(encoder, &names::PLUGIN_MEMORY_PEAK)?;
        for (labels, usage) in used() {
            metric.encode_family(&labels)?.encode_gauge(&usage.peak())?;
        }
        describe(encoder, &names::PLUGIN_CODE)?.encode_gauge(&self.0.plugin_code.value())
    }

    fn limit_store(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let store = self.0.limit_store.get().map(|source| (source.0)()).unwrap_or_default();
        describe(encoder, &names::LIMIT_STORE_UP)?.encode_gauge(&i64::from(store.up))?;
        describe(encoder, &names::LIMIT_STORE_NODES)?.encode_gauge(&store.nodes)?;
        for (name, value) in [
            (&names::LIMIT_STORE_CHARGES, store.charges),
            (&names::LIMIT_STORE_LEASES, store.leases),
            (&names::LIMIT_STORE_OUTAGES, store.outages),
            (&names::LIMIT_STORE_ROUND_TRIPS, store.round_trips),
        ] {
            describe(encoder, name)?.encode_counter::<NoLabelSet, u64, f64>(&value, None)?;
        }
        Ok(())
    }

    fn cache(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let mut metric = describe(encoder, &names::CACHE_REQUESTS)?;
        for (route, it) in &*self.0.routes.lock() {
            let had = CacheResult::ALL.map(|result| (result.as_str(), it.cache_results(result)));
            for (result, value) in had.into_iter().filter(|(_, value)| *value > 0) {
                count(&mut metric, &[("route", &**route), ("result", result)], value)?;
            }
        }
        let mut metric = describe(encoder, &names::CACHE_NOT_STORED)?;
        for (reason, value) in self.0.cache_metrics.by_reason().filter(|(_, value)| *value > 0) {
            count(&mut metric, &[("reason", reason)], value)?;
        }
        let told = self.0.cache_metrics.fill_duration.distribution();
        let mut metric = describe(encoder, &names::CACHE_FILL_DURATION)?;
        metric.encode_histogram::<NoLabelSet>(told.sum_seconds(), told.count(), &told.buckets(), None)?;
        let stats = self.0.cache.get().map(|source| source.0.stats()).unwrap_or_default();
        for (name, value) in [
            (&names::CACHE_ENTRIES, stats.entries),
            (&names::CACHE_BYTES, stats.bytes),
            (&names::CACHE_FILLING_BYTES, stats.filling_bytes),
            (&names::CACHE_DISK_BYTES, stats.disk_bytes),
        ] {
            describe(encoder, name)?.encode_gauge(&value)?;
        }
        for (name, value) in [
            (&names::CACHE_STORED, stats.stored),
            (&names::CACHE_EVICTED, stats.evicted),
            (&names::CACHE_DISK_HITS, stats.disk_hits),
            (&names::CACHE_SHARED_HITS, stats.shared_hits),
        ] {
            describe(encoder, name)?.encode_counter::<NoLabelSet, u64, f64>(&value, None)?;
        }
        Ok(())
    }

    fn process(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        self.limit_store(encoder)?;
        let kept = self.0.kept.get().map(|source| (source.0)()).unwrap_or_default();
        describe(encoder, &names::KEPT_RESPONSES)?.encode_gauge(&kept.entries)?;
        describe(encoder, &names::KEPT_RESPONSES_BYTES)?.encode_gauge(&kept.bytes)?;
        let mut metric = describe(encoder, &names::ACCESS_LOG_DROPPED)?;
        metric.encode_counter::<NoLabelSet, u64, f64>(&self.0.access_log_dropped.value(), None)?;
        let mut metric = describe(encoder, &names::LOG_HOOKS_DROPPED)?;
        metric.encode_counter::<NoLabelSet, u64, f64>(&self.0.log_hooks_dropped.value(), None)?;
        let mut metric = describe(encoder, &names::KEY_SET_FETCHES)?;
        count(&mut metric, &[("outcome", "fetched")], self.0.key_sets.fetched.value())?;
        count(&mut metric, &[("outcome", "failed")], self.0.key_sets.failed.value())?;
        let lag = self.0.worker_lag.longest().as_secs_f64();
        describe(encoder, &names::WORKER_LAG)?.encode_gauge(&lag)?;
        describe(encoder, &names::CONFIG_REVISION)?.encode_gauge(&self.0.revision.load(Relaxed))?;
        describe(encoder, &names::BUILD)?.encode_info(&[("version", self.0.version)])
    }
}

fn describe<'e>(encoder: &'e mut DescriptorEncoder<'_>, name: &'static Name) -> Result<MetricEncoder<'e>, fmt::Error> {
    let kind = match name.kind {
        Kind::Counter => MetricType::Counter,
        Kind::Gauge => MetricType::Gauge,
        Kind::Histogram => MetricType::Histogram,
        Kind::Info => MetricType::Info,
    };
    encoder.encode_descriptor(name.base, name.help, unit(name.unit), kind)
}

fn unit(unit: Option<&'static str>) -> Option<&'static Unit> {
    match unit? {
        "bytes" => Some(&Unit::Bytes),
        _ => Some(&Unit::Seconds),
    }
}

fn request_labels(route: &str, key: Key) -> [(&'static str, Cow<'_, str>); 3] {
    let status = match key.1 {
        0 => "other".into(),
        status => status.to_string().into(),
    };
    [("method", method_label(key).into()), ("route", route.into()), ("status_code", status)]
}

fn count(metric: &mut MetricEncoder<'_>, labels: &impl EncodeLabelSet, value: u64) -> fmt::Result {
    metric.encode_family(labels)?.encode_counter::<NoLabelSet, u64, f64>(&value, None)
}

fn histogram(metric: &mut MetricEncoder<'_>, labels: &impl EncodeLabelSet, told: &Distribution) -> fmt::Result {
    let mut metric = metric.encode_family(labels)?;
    metric.encode_histogram::<NoLabelSet>(told.sum_seconds(), told.count(), &told.buckets(), None)
}
