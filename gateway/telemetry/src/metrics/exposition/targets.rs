//! How the targets of upstreams are, as OpenMetrics text.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;

use super::{
    super::{EjectionCause, RetryCause, TargetMetrics, TargetState},
    Exposition, count, describe,
};
use crate::names;

impl Exposition {
    pub(super) fn targets(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        // Whoever knows how they are is asked without the lock: it has locks of its own.
        let upstreams = self.0.upstreams.lock();
        let known: Vec<(Box<str>, TargetMetrics)> =
            upstreams.iter().map(|(name, it)| (name.clone(), it.targets.clone())).collect();
        drop(upstreams);
        let mut metric = describe(encoder, &names::UPSTREAM_TARGETS)?;
        for (upstream, it) in &known {
            let targets = it.targets();
            for state in TargetState::ALL.into_iter().filter(|_| !targets.is_empty()) {
                let count = targets.iter().filter(|target| target.state() == state).count() as u64;
                metric.encode_family(&[("upstream", &**upstream), ("state", state.as_str())])?.encode_gauge(&count)?;
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_EJECTIONS)?;
        for (upstream, it) in &known {
            let counted = EjectionCause::ALL.map(|cause| (cause.as_str(), it.ejections(cause).value()));
            for (cause, value) in counted.into_iter().filter(|(_, value)| *value > 0) {
                count(&mut metric, &[("upstream", &**upstream), ("cause", cause)], value)?;
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_CHECKS)?;
        for (upstream, it) in &known {
            let counted = [("passed", it.checks(true).value()), ("failed", it.checks(false).value())];
            for (result, value) in counted.into_iter().filter(|(_, value)| *value > 0) {
                count(&mut metric, &[("upstream", &**upstream), ("result", result)], value)?;
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_RETRIES)?;
        for (upstream, it) in &known {
            let counted = RetryCause::ALL.map(|cause| (cause.as_str(), it.retries(cause).value()));
            for (after, value) in counted.into_iter().filter(|(_, value)| *value > 0) {
                count(&mut metric, &[("upstream", &**upstream), ("after", after)], value)?;
            }
        }
        let mut metric = describe(encoder, &names::UPSTREAM_RETRIES_REFUSED)?;
        for (upstream, it) in known.iter().filter(|(_, it)| it.retries_refused().value() > 0) {
            count(&mut metric, &[("upstream", &**upstream)], it.retries_refused().value())?;
        }
        let mut metric = describe(encoder, &names::UPSTREAM_CIRCUIT_OPENED)?;
        for (upstream, it) in known.iter().filter(|(_, it)| it.circuit().opened().value() > 0) {
            count(&mut metric, &[("upstream", &**upstream)], it.circuit().opened().value())?;
        }
        let mut metric = describe(encoder, &names::UPSTREAM_CIRCUIT_REFUSALS)?;
        for (upstream, it) in known.iter().filter(|(_, it)| it.circuit().refused().value() > 0) {
            count(&mut metric, &[("upstream", &**upstream)], it.circuit().refused().value())?;
        }
        let mut metric = describe(encoder, &names::UPSTREAM_CIRCUIT_OPEN)?;
        for (upstream, it) in known.iter().filter(|(_, it)| it.circuit().opened().value() > 0) {
            let is_open = u64::from(it.circuit().open_until().is_some());
            metric.encode_family(&[("upstream", &**upstream)])?.encode_gauge(&is_open)?;
        }
        Ok(())
    }
}
