//! Which targets of an upstream are left out.

use async_graphql::{Enum, InputObject, MaybeUndefined, SimpleObject};
use gateway_model as model;

use super::{
    super::patch::{Draft, set_option, set_or_default},
    number,
};

/// How it is found out which targets can be used.
#[derive(SimpleObject)]
pub(crate) struct UpstreamHealth {
    /// By what becomes of requests.
    passive: PassiveHealth,
    /// By requests that are sent for that alone; null for none.
    active: Option<ActiveHealth>,
}

/// When a target is ejected because of what became of requests, and for how long.
#[derive(SimpleObject)]
pub(crate) struct PassiveHealth {
    /// Responses with a status from 500 in a row that eject; 0 for none.
    #[graphql(name = "consecutive5xx")]
    consecutive_5xx: u32,
    /// Responses with status 502, 503 or 504 in a row that eject; 0 for none.
    consecutive_gateway_errors: u32,
    /// Requests in a row without a response that eject; 0 for none.
    consecutive_local_errors: u32,
    /// In this time a target that is not ejected is forgiven one ejection, in milliseconds.
    interval_ms: u32,
    /// The time of the first ejection, in milliseconds; the second one in a row takes twice as long, and so on.
    base_ejection_ms: u32,
    /// The longest time of an ejection, in milliseconds.
    max_ejection_ms: u32,
    /// Of 100 targets so many may be ejected at one time; one always may, except with 0, or if there is no other.
    max_ejection_percent: u32,
}

/// Checks of each target by requests that are sent for that alone.
#[derive(SimpleObject)]
pub(crate) struct ActiveHealth {
    /// What a check does.
    kind: CheckKind,
    /// For `HTTP`: what is asked for.
    path: String,
    /// For `HTTP` and `GRPC`: the host that is asked for; null for the target's address.
    host: Option<String>,
    /// For `GRPC`: the service that is asked about; null for the server as a whole.
    service: Option<String>,
    /// Between two checks of a target, 15 % more or less, in milliseconds.
    interval_ms: u32,
    /// For a check, in milliseconds.
    timeout_ms: u32,
    /// Checks in a row that pass until the target is used again.
    healthy_threshold: u32,
    /// Checks in a row that fail until the target is left out.
    unhealthy_threshold: u32,
    /// For `HTTP`: the statuses that pass.
    expected_statuses: StatusRange,
}

/// What a check does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "model::CheckKind")]
pub(crate) enum CheckKind {
    /// A `GET` over a connection of its own.
    Http,
    /// A connection that is made, and closed.
    Tcp,
    /// A call of `grpc.health.v1.Health/Check` over a connection of its own.
    Grpc,
}

/// Statuses from one to another, both among them.
#[derive(SimpleObject)]
pub(crate) struct StatusRange {
    /// The first.
    from: u32,
    /// The last.
    to: u32,
}

/// How it is found out which targets can be used; parts that are left out stay as they are.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct UpstreamHealthInput {
    /// By what becomes of requests; null means the defaults.
    passive: MaybeUndefined<PassiveHealthInput>,
    /// By requests that are sent for that alone: `{}` for the defaults where there are none; null takes them away.
    active: MaybeUndefined<ActiveHealthInput>,
}

/// When a target is ejected because of what became of requests, and for how long; fields that are left out stay as they are.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct PassiveHealthInput {
    /// Responses with a status from 500 in a row that eject, up to 1000; 0 for none. Null means 5.
    #[graphql(name = "consecutive5xx")]
    consecutive_5xx: MaybeUndefined<i32>,
    /// Responses with status 502, 503 or 504 in a row that eject, up to 1000; 0 for none. Null means 5.
    consecutive_gateway_errors: MaybeUndefined<i32>,
    /// Requests in a row without a response that eject, up to 1000; 0 for none. Null means 5.
    consecutive_local_errors: MaybeUndefined<i32>,
    /// In this time a target that is not ejected is forgiven one ejection, in milliseconds; null means 10000.
    interval_ms: MaybeUndefined<i32>,
    /// The time of the first ejection, in milliseconds; null means 30000.
    base_ejection_ms: MaybeUndefined<i32>,
    /// The longest time of an ejection, in milliseconds; null means 300000.
    max_ejection_ms: MaybeUndefined<i32>,
    /// Of 100 targets so many may be ejected at one time; 0 for none. Null means 50.
    max_ejection_percent: MaybeUndefined<i32>,
}

/// Checks of each target by requests that are sent for that alone; fields that are left out stay as they are, which for an upstream that has none is the default.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ActiveHealthInput {
    /// What a check does; null means `HTTP`.
    kind: MaybeUndefined<CheckKind>,
    /// For `HTTP`: what is asked for, from the `/` on; null means `/`.
    path: MaybeUndefined<String>,
    /// For `HTTP` and `GRPC`: the host that is asked for; null means the target's address.
    host: MaybeUndefined<String>,
    /// For `GRPC`, which needs HTTP/2: the service that is asked about; null means the server as a whole.
    service: MaybeUndefined<String>,
    /// Between two checks of a target, 15 % more or less, in milliseconds: 10 to 86400000. Null means 10000.
    interval_ms: MaybeUndefined<i32>,
    /// For a check, in milliseconds; null means 2000.
    timeout_ms: MaybeUndefined<i32>,
    /// Checks in a row that pass until the target is used again, 1 to 1000; null means 2.
    healthy_threshold: MaybeUndefined<i32>,
    /// Checks in a row that fail until the target is left out, 1 to 1000; null means 3.
    unhealthy_threshold: MaybeUndefined<i32>,
    /// For `HTTP`: the statuses that pass; null means 200 to 399.
    expected_statuses: MaybeUndefined<StatusRangeInput>,
}

/// Statuses from one to another, both among them.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct StatusRangeInput {
    /// The first: 200 to 599.
    from: i32,
    /// The last: 200 to 599.
    to: i32,
}

impl UpstreamHealthInput {
    pub(super) fn apply(&self, health: &mut model::Health, draft: &mut Draft) {
        match &self.passive {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => health.passive = model::PassiveHealth::default(),
            MaybeUndefined::Value(input) => draft.within("passive", |draft| input.apply(&mut health.passive, draft)),
        }
        match &self.active {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => health.active = None,
            MaybeUndefined::Value(input) => {
                let active = health.active.get_or_insert_default();
                draft.within("active", |draft| input.apply(active, draft));
            }
        }
    }
}

impl PassiveHealthInput {
    fn apply(&self, passive: &mut model::PassiveHealth, draft: &mut Draft) {
        let usual = model::PassiveHealth::default();
        for (field, patch, target, usual) in [
            ("consecutive5xx", self.consecutive_5xx, &mut passive.consecutive_5xx, usual.consecutive_5xx),
            (
                "consecutiveGatewayErrors",
                self.consecutive_gateway_errors,
                &mut passive.consecutive_gateway_errors,
                usual.consecutive_gateway_errors,
            ),
            (
                "consecutiveLocalErrors",
                self.consecutive_local_errors,
                &mut passive.consecutive_local_errors,
                usual.consecutive_local_errors,
            ),
            ("intervalMs", self.interval_ms, &mut passive.interval_ms, usual.interval_ms),
            ("baseEjectionMs", self.base_ejection_ms, &mut passive.base_ejection_ms, usual.base_ejection_ms),
            ("maxEjectionMs", self.max_ejection_ms, &mut passive.max_ejection_ms, usual.max_ejection_ms),
            (
                "maxEjectionPercent",
                self.max_ejection_percent,
                &mut passive.max_ejection_percent,
                usual.max_ejection_percent,
            ),
        ] {
            number(field, patch, target, usual, draft);
        }
    }
}

impl ActiveHealthInput {
    fn apply(&self, active: &mut model::ActiveHealth, draft: &mut Draft) {
        let usual = model::ActiveHealth::default();
        set_or_default(&self.kind.map_value(Into::into), &mut active.kind, || usual.kind);
        set_or_default(&self.path, &mut active.path, || usual.path);
        set_option(&self.host, &mut active.host);
        set_option(&self.service, &mut active.service);
        for (field, patch, target, usual) in [
            ("intervalMs", self.interval_ms, &mut active.interval_ms, usual.interval_ms),
            ("timeoutMs", self.timeout_ms, &mut active.timeout_ms, usual.timeout_ms),
            ("healthyThreshold", self.healthy_threshold, &mut active.healthy_threshold, usual.healthy_threshold),
            (
                "unhealthyThreshold",
                self.unhealthy_threshold,
                &mut active.unhealthy_threshold,
                usual.unhealthy_threshold,
            ),
        ] {
            number(field, patch, target, usual, draft);
        }
        let statuses = self.expected_statuses.clone().map_value(|range| {
            draft.within("expectedStatuses", |draft| model::StatusRange {
                from: draft.count("from", range.from),
                to: draft.count("to", range.to),
            })
        });
        set_or_default(&statuses, &mut active.expected_statuses, || usual.expected_statuses);
    }
}

impl From<&model::Health> for UpstreamHealth {
    fn from(health: &model::Health) -> Self {
        Self { passive: health.passive.into(), active: health.active.as_ref().map(Into::into) }
    }
}

impl From<model::PassiveHealth> for PassiveHealth {
    fn from(passive: model::PassiveHealth) -> Self {
        let model::PassiveHealth {
            consecutive_5xx,
            consecutive_gateway_errors,
            consecutive_local_errors,
            interval_ms,
            base_ejection_ms,
            max_ejection_ms,
            max_ejection_percent,
        } = passive;
        Self {
            consecutive_5xx,
            consecutive_gateway_errors,
            consecutive_local_errors,
            interval_ms,
            base_ejection_ms,
            max_ejection_ms,
            max_ejection_percent,
        }
    }
}

impl From<&model::ActiveHealth> for ActiveHealth {
    fn from(active: &model::ActiveHealth) -> Self {
        let model::StatusRange { from, to } = active.expected_statuses;
        Self {
            kind: active.kind.into(),
            path: active.path.clone(),
            host: active.host.clone(),
            service: active.service.clone(),
            interval_ms: active.interval_ms,
            timeout_ms: active.timeout_ms,
            healthy_threshold: active.healthy_threshold,
            unhealthy_threshold: active.unhealthy_threshold,
            expected_statuses: StatusRange { from, to },
        }
    }
}
