//! How requests are admitted to upstreams, as OpenMetrics text.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;

use super::{
    super::{AdmissionMetrics, AdmissionRefusal, AdmissionStatus, CLASSES, LimitCause},
    Exposition, count, describe, histogram,
};
use crate::names;

/// An upstream that requests are admitted to, or were.
struct Admitted {
    upstream: Box<str>,
    metrics: AdmissionMetrics,
    /// None where they are admitted no longer.
    status: Option<AdmissionStatus>,
}

impl Exposition {
    pub(super) fn admission(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let admitted = self.admitted();
        standing(encoder, &admitted)?;
        let mut metric = describe(encoder, &names::UPSTREAM_QUEUE_DURATION)?;
        for it in &admitted {
            for (rank, class) in CLASSES.into_iter().enumerate() {
                let told = it.metrics.class(rank).waited.distribution();
                if told.count() > 0 {
                    histogram(&mut metric, &[("upstream", &*it.upstream), ("class", class)], &told)?;
                }
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_SHED)?;
        for it in &admitted {
            for (rank, class) in CLASSES.into_iter().enumerate() {
                for refusal in AdmissionRefusal::ALL {
                    let labels = [("upstream", &*it.upstream), ("class", class), ("reason", refusal.as_str())];
                    count(&mut metric, &labels, it.metrics.class(rank).refused(refusal).value())?;
                }
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_LIMIT_CHANGES)?;
        for it in &admitted {
            for cause in LimitCause::ALL {
                let labels = [("upstream", &*it.upstream), ("cause", cause.as_str())];
                count(&mut metric, &labels, it.metrics.changes_by(cause))?;
            }
        }
        Ok(())
    }

    fn admitted(&self) -> Vec<Admitted> {
        // Whoever knows how it stands is asked without the lock: it has one of its own.
        let upstreams = self.0.upstreams.lock();
        let known: Vec<_> = upstreams.iter().map(|(name, it)| (name.clone(), it.admission.clone())).collect();
        drop(upstreams);
        let admitted = |(upstream, metrics): (Box<str>, AdmissionMetrics)| {
            let status = metrics.status();
            (status.is_some() || metrics.has_counts()).then_some(Admitted { upstream, metrics, status })
        };
        known.into_iter().filter_map(admitted).collect()
    }
}

/// What holds only while requests are admitted.
fn standing(encoder: &mut DescriptorEncoder<'_>, admitted: &[Admitted]) -> fmt::Result {
    let standing = || admitted.iter().filter_map(|it| it.status.map(|status| (&*it.upstream, status)));
    let mut metric = describe(encoder, &names::UPSTREAM_LIMIT)?;
    for (upstream, status) in standing() {
        metric.encode_family(&[("upstream", upstream)])?.encode_gauge(&status.limit)?;
    }
    let mut metric = describe(encoder, &names::UPSTREAM_SLOTS)?;
    for (upstream, status) in standing() {
        metric.encode_family(&[("upstream", upstream)])?.encode_gauge(&status.in_flight)?;
    }
    let mut metric = describe(encoder, &names::UPSTREAM_WAITING)?;
    for (upstream, status) in standing() {
        for (class, waiting) in CLASSES.into_iter().zip(status.waiting) {
            metric.encode_family(&[("upstream", upstream), ("class", class)])?.encode_gauge(&waiting)?;
        }
    }
    let mut metric = describe(encoder, &names::UPSTREAM_WAITING_BYTES)?;
    for (upstream, status) in standing() {
        metric.encode_family(&[("upstream", upstream)])?.encode_gauge(&status.waiting_bytes)?;
    }
    let mut metric = describe(encoder, &names::UPSTREAM_UNLOADED)?;
    for (upstream, latency) in standing().filter_map(|(name, status)| Some((name, status.unloaded_latency?))) {
        metric.encode_family(&[("upstream", upstream)])?.encode_gauge(&latency.as_secs_f64())?;
    }
    Ok(())
}
