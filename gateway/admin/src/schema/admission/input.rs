//! What is set of an admission: patches of patches, each part by itself.

use async_graphql::{InputObject, MaybeUndefined};
use gateway_model as model;

use super::{
    super::{
        patch::{Draft, set_option, set_or_default},
        scalar::Long,
    },
    ConcurrencyAlgorithm,
};

/// Admission to an upstream; fields that are left out stay as they are, which for an upstream that has none is the default.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct AdmissionInput {
    /// How many requests the upstream has at one time, from each node; null means the defaults.
    concurrency: MaybeUndefined<ConcurrencyInput>,
    /// What may wait, on each node; null means the defaults.
    queue: MaybeUndefined<AdmissionQueueInput>,
    /// How each class waits; null means the defaults.
    classes: MaybeUndefined<AdmissionClassesInput>,
    /// Whether responses tell their class and how long they waited, in `Server-Timing`; null means false.
    announce: MaybeUndefined<bool>,
}

/// How many requests an upstream has at one time, from each node; fields that are left out stay as they are.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ConcurrencyInput {
    /// How the limit is found; null means `GRADIENT`.
    algorithm: MaybeUndefined<ConcurrencyAlgorithm>,
    /// The limit of `FIXED`; where the others begin, between `min` and `max`. Null means 20.
    initial: MaybeUndefined<i32>,
    /// The limit never falls below; 1 to 1000000. Null means 2.
    min: MaybeUndefined<i32>,
    /// The limit never rises above; 1 to 1000000. Null means 1000.
    max: MaybeUndefined<i32>,
    /// For `AIMD`, which needs it: the longest mean time to a response's head that is still good, in milliseconds. Null takes it away.
    latency_ms: MaybeUndefined<i32>,
}

/// What may wait for a slot of an upstream, on each node; fields that are left out stay as they are.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct AdmissionQueueInput {
    /// Requests, 0 to 1000000; 0 for no queue, where what finds no slot is refused. Null means 1000.
    max_requests: MaybeUndefined<i32>,
    /// Memory of their heads, and of bodies that plugins had kept whole; up to 64 GiB. Null means 16777216, which is 16 MiB.
    max_bytes: MaybeUndefined<Long>,
}

/// How each class waits; classes that are left out stay as they are. The shares of all together are at most 100.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct AdmissionClassesInput {
    /// The class that goes first; null means its defaults, 10000 ms and a share of 0.
    critical: MaybeUndefined<ClassRuleInput>,
    /// The class after it; null means its defaults, 5000 ms and a share of 10.
    high: MaybeUndefined<ClassRuleInput>,
    /// The class of requests of which nothing else is said; null means its defaults, 2000 ms and a share of 10.
    normal: MaybeUndefined<ClassRuleInput>,
    /// The class that goes last; null means its defaults, 1000 ms and a share of 5.
    low: MaybeUndefined<ClassRuleInput>,
}

/// How a class waits; fields that are left out stay as they are.
#[derive(Clone, Debug, InputObject)]
pub(crate) struct ClassRuleInput {
    /// The longest wait for a slot, in milliseconds: 0 to 600000. Null means the default of the class.
    max_wait_ms: MaybeUndefined<i32>,
    /// Of 100 slots that come free while the class waits, so many go to it even if classes above wait too. Null means the
    /// default of the class.
    share: MaybeUndefined<i32>,
}

/// What an upstream's admission becomes, one field of the upstream.
pub(crate) fn patched(
    input: &AdmissionInput,
    before: Option<model::Admission>,
    draft: &mut Draft,
) -> Option<model::Admission> {
    let mut admission = before.unwrap_or_default();
    draft.within("admission", |draft| input.apply(&mut admission, draft));
    Some(admission)
}

impl AdmissionInput {
    fn apply(&self, admission: &mut model::Admission, draft: &mut Draft) {
        let usual = model::Admission::default();
        let model::Admission { concurrency, queue, classes, announce } = admission;
        part("concurrency", &self.concurrency, concurrency, usual.concurrency, draft, ConcurrencyInput::apply);
        part("queue", &self.queue, queue, usual.queue, draft, AdmissionQueueInput::apply);
        part("classes", &self.classes, classes, usual.classes, draft, AdmissionClassesInput::apply);
        set_or_default(&self.announce, announce, || usual.announce);
    }
}

impl ConcurrencyInput {
    fn apply(&self, concurrency: &mut model::Concurrency, usual: model::Concurrency, draft: &mut Draft) {
        let model::Concurrency { algorithm, initial, min, max, latency_ms } = concurrency;
        set_or_default(&self.algorithm.map_value(Into::into), algorithm, || usual.algorithm);
        number("initial", self.initial, initial, usual.initial, draft);
        number("min", self.min, min, usual.min, draft);
        number("max", self.max, max, usual.max, draft);
        set_option(&self.latency_ms.map_value(|value| draft.count("latencyMs", value)), latency_ms);
    }
}

impl AdmissionQueueInput {
    fn apply(&self, queue: &mut model::Queue, usual: model::Queue, draft: &mut Draft) {
        number("maxRequests", self.max_requests, &mut queue.max_requests, usual.max_requests, draft);
        let max_bytes = self.max_bytes.map_value(|value| draft.long("maxBytes", value));
        set_or_default(&max_bytes, &mut queue.max_bytes, || usual.max_bytes);
    }
}

impl AdmissionClassesInput {
    fn apply(&self, classes: &mut model::Classes, usual: model::Classes, draft: &mut Draft) {
        let model::Classes { critical, high, normal, low } = classes;
        part("critical", &self.critical, critical, usual.critical, draft, ClassRuleInput::apply);
        part("high", &self.high, high, usual.high, draft, ClassRuleInput::apply);
        part("normal", &self.normal, normal, usual.normal, draft, ClassRuleInput::apply);
        part("low", &self.low, low, usual.low, draft, ClassRuleInput::apply);
    }
}

impl ClassRuleInput {
    fn apply(&self, rule: &mut model::ClassRule, usual: model::ClassRule, draft: &mut Draft) {
        number("maxWaitMs", self.max_wait_ms, &mut rule.max_wait_ms, usual.max_wait_ms, draft);
        number("share", self.share, &mut rule.share, usual.share, draft);
    }
}

/// Changes a part of the admission; null asks for what is usual.
fn part<P, T>(
    field: &str,
    patch: &MaybeUndefined<P>,
    target: &mut T,
    usual: T,
    draft: &mut Draft,
    apply: impl FnOnce(&P, &mut T, T, &mut Draft),
) {
    match patch {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *target = usual,
        MaybeUndefined::Value(patch) => draft.within(field, |draft| apply(patch, target, usual, draft)),
    }
}

/// Changes a number; null asks for what is usual.
fn number(field: &str, patch: MaybeUndefined<i32>, target: &mut u32, usual: u32, draft: &mut Draft) {
    set_or_default(&patch.map_value(|value| draft.count(field, value)), target, || usual);
}
