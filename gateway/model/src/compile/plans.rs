//! Usage plans and consumers → who may call how much on which route.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use gateway_algorithms::{
    calendar::Zone,
    limit::{Gcra, LONGEST_SHARED_WINDOW, RateError},
};
use http::Method;

use super::{Compiler, at, basis::Section};
use crate::{
    consumer::Consumer,
    edit::Kind,
    finding::{Finding, Path},
    plan::{Counting, LimitOverride, MethodThrottle, Quota, Throttle, UsagePlan},
    snapshot::{CompiledMethodThrottle, CompiledOverride, CompiledPlan, CompiledQuota, Identities, Identity},
};

/// The most usage plans of a consumer, and the most overrides: requests look through them.
const PLANS: usize = 32;

/// The most groups of a consumer, and the bytes of a group's name.
const GROUPS: usize = 128;
const GROUP: usize = 128;

/// The largest quota: up to here counters are exact in every store (2^53 - 1).
const LARGEST_QUOTA: u64 = 9_007_199_254_740_991;

/// The plans that are sound, by name.
pub(super) type Plans = BTreeMap<String, Arc<CompiledPlan>>;

impl Compiler<'_> {
    pub(super) fn plans(&mut self) -> Section<Plans> {
        let is_same = !self.is_touched(&[Kind::UsagePlans]) && !self.has_lost(&[Kind::Routes]);
        self.section(&self.basis.plans, is_same, |this| {
            let plans = this.document.usage_plans.iter();
            plans.map(|(name, plan)| (name.clone(), Arc::new(this.plan(&at(Kind::UsagePlans, name), plan)))).collect()
        })
    }

    fn plan(&mut self, path: &Path, plan: &UsagePlan) -> CompiledPlan {
        if plan.counting != Counting::Local && plan.quota.as_ref().is_some_and(|quota| quota.offset > 0) {
            let message = "an offset is for plans that count LOCAL: nodes do not tell each other who is new";
            self.error(path.then("quota").then("offset"), message);
        }
        for (index, route) in plan.routes.iter().enumerate() {
            self.known_route(path.then("routes").then(index), route);
        }
        let limits = plan.throttle.is_some() || plan.quota.is_some() || !plan.method_throttles.is_empty();
        if !limits && plan.priority.is_none() {
            let message = "the plan limits nothing: give it a throttle or a quota";
            self.findings.push(Finding::warning(path.clone(), message));
        }
        CompiledPlan {
            name: plan.name.as_str().into(),
            throttle_name: format!("{}/throttle", plan.name).into(),
            quota_name: format!("{}/quota", plan.name).into(),
            routes: plan.routes.iter().map(|route| route.as_str().into()).collect(),
            throttle: plan.throttle.and_then(|throttle| self.throttle(&path.then("throttle"), throttle, plan.counting)),
            method_throttles: self.method_throttles(
                &path.then("methodThrottles"),
                &plan.method_throttles,
                plan.counting,
            ),
            quota: plan.quota.as_ref().and_then(|quota| self.quota(&path.then("quota"), quota)),
            counting: plan.counting,
            on_outage: plan.on_outage,
            priority: plan.priority,
        }
    }

    fn throttle(&mut self, path: &Path, throttle: Throttle, counting: Counting) -> Option<Gcra> {
        match Gcra::new(throttle.rate_limit, throttle.burst_limit) {
            Ok(gcra) if counting != Counting::Local && gcra.refill() > LONGEST_SHARED_WINDOW => {
                let message = "the burst comes back after more than 52 days, which nodes cannot count together: give a \
                               smaller one, or let the plan count LOCAL";
                self.error(path.then("burstLimit"), message);
                None
            }
            Ok(gcra) => Some(gcra),
            Err(error) => {
                let field = match error {
                    RateError::Rate(_) => "rateLimit",
                    RateError::Burst | RateError::Refill { .. } => "burstLimit",
                };
                self.error(path.then(field), error.to_string());
                // One field hides the other: check the second by itself, so that both are told at once.
                if field == "rateLimit" && throttle.burst_limit == 0 {
                    self.error(path.then("burstLimit"), RateError::Burst.to_string());
                }
                None
            }
        }
    }

    fn method_throttles(
        &mut self,
        path: &Path,
        throttles: &[MethodThrottle],
        counting: Counting,
    ) -> Vec<CompiledMethodThrottle> {
        let mut compiled: Vec<CompiledMethodThrottle> = Vec::with_capacity(throttles.len());
        for (index, item) in throttles.iter().enumerate() {
            let place = path.then(index);
            let Some(throttle) = self.method_throttle(&place, item, counting) else { continue };
            if compiled.iter().any(|it| it.route == throttle.route && it.method == throttle.method) {
                self.error(place, "the same route and method have a throttle in this plan already: delete one");
                continue;
            }
            compiled.push(throttle);
        }
        // That of a method before that of all methods: the first one that fits counts.
        compiled.sort_by_key(|it| it.method.is_none());
        compiled
    }

    fn method_throttle(
        &mut self,
        place: &Path,
        item: &MethodThrottle,
        counting: Counting,
    ) -> Option<CompiledMethodThrottle> {
        self.known_route(place.then("route"), &item.route);
        let method = item.method.as_deref().map(|text| self.method(place, text));
        let throttle = self.throttle(&place.then("throttle"), item.throttle, counting)?;
        let method = match method {
            Some(method) => Some(method?),
            None => None,
        };
        let name = format!("{}/{}", item.route, method.as_ref().map_or("", Method::as_str)).into();
        Some(CompiledMethodThrottle { name, route: item.route.as_str().into(), method, throttle })
    }

    fn method(&mut self, place: &Path, text: &str) -> Option<Method> {
        let upper = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        let method = Method::from_bytes(text.as_bytes()).ok().filter(|_| upper);
        if method.is_none() {
            self.error(place.then("method"), format!("{text:?} is no method: use one such as GET, in capitals"));
        }
        method
    }

    fn quota(&mut self, path: &Path, quota: &Quota) -> Option<CompiledQuota> {
        if !(1..=LARGEST_QUOTA).contains(&quota.limit) {
            let message = match quota.limit {
                0 => "a quota of 0 admits no request: give at least 1".to_owned(),
                limit => format!("a quota of {limit} cannot be counted: give at most {LARGEST_QUOTA}"),
            };
            self.error(path.then("limit"), message);
            return None;
        }
        if quota.offset >= quota.limit {
            let message = format!(
                "an offset of {} leaves nothing of the first period: give at most {}",
                quota.offset,
                quota.limit - 1
            );
            self.error(path.then("offset"), message);
            return None;
        }
        match Zone::new(&quota.time_zone) {
            Ok(zone) => {
                Some(CompiledQuota { limit: quota.limit, period: quota.period.into(), offset: quota.offset, zone })
            }
            Err(error) => {
                self.error(path.then("timeZone"), error.to_string());
                None
            }
        }
    }

    // === consumers ===

    pub(super) fn identities(&mut self, plans: &Section<Plans>) -> Section<Identities> {
        let plans = &plans.value;
        let is_same = !self.is_touched(&[Kind::Consumers]) && Arc::ptr_eq(plans, &self.basis.plans.value);
        self.section(&self.basis.identities, is_same, |this| this.make_identities(plans))
    }

    fn make_identities(&mut self, plans: &Plans) -> Identities {
        let mut identities = HashMap::with_capacity(self.document.consumers.len());
        for (name, consumer) in &self.document.consumers {
            let identity = Arc::new(self.identity(&at(Kind::Consumers, name), consumer, plans));
            identities.insert(identity.consumer.clone(), identity);
        }
        identities
    }

    fn identity(&mut self, path: &Path, consumer: &Consumer, plans: &Plans) -> Identity {
        self.groups(&path.then("groups"), &consumer.groups);
        Identity {
            consumer: consumer.name.as_str().into(),
            groups: consumer.groups.iter().map(|group| group.as_str().into()).collect(),
            plans: self.plans_of(&path.then("usagePlans"), consumer, plans),
            overrides: self.overrides(&path.then("overrides"), consumer),
        }
    }

    /// Upstreams are told groups in one field, parted by commas.
    fn groups(&mut self, path: &Path, groups: &[String]) {
        if groups.len() > GROUPS {
            self.error(path.clone(), format!("a consumer is in at most {GROUPS} groups"));
        }
        for (index, group) in groups.iter().enumerate() {
            let is_sound = |c: char| c != ',' && !c.is_control();
            if !(1..=GROUP).contains(&group.len()) || !group.chars().all(is_sound) {
                let quoted: String = group.chars().take(GROUP).collect();
                let problem = format!(
                    "{quoted:?} is no name of a group: give 1 to {GROUP} bytes without commas and control characters"
                );
                self.error(path.then(index), problem);
            }
        }
    }

    /// How the plans count whose throttle an override replaces: together if one of them does.
    fn counting(&self, consumer: &Consumer, item: &LimitOverride) -> Counting {
        let mut replaced =
            consumer.usage_plans.iter().filter(|plan| item.usage_plan.as_ref().is_none_or(|it| it == *plan));
        let plan = replaced.find_map(|name| {
            let plan = self.document.usage_plans.get(name)?;
            (plan.counting != Counting::Local).then_some(plan.counting)
        });
        plan.unwrap_or_default()
    }

    fn plans_of(&mut self, path: &Path, consumer: &Consumer, plans: &Plans) -> Vec<Arc<CompiledPlan>> {
        let mut own: Vec<Arc<CompiledPlan>> = Vec::with_capacity(consumer.usage_plans.len());
        if consumer.usage_plans.len() > PLANS {
            self.error(path.clone(), format!("a consumer has at most {PLANS} usage plans"));
            return own;
        }
        for (index, name) in consumer.usage_plans.iter().enumerate() {
            let place = path.then(index);
            let Some(plan) = plans.get(name) else {
                self.dangling(place, Kind::UsagePlans, name);
                continue;
            };
            if let Some(other) = own.iter().find(|other| collide(other, plan)) {
                let message =
                    format!("the plans {:?} and {name:?} are for the same route: name one of them", other.name);
                self.error(place, message);
                continue;
            }
            own.push(plan.clone());
        }
        // Those that name routes before the one for all others: the first one that fits counts.
        own.sort_by_key(|plan| plan.routes.is_empty());
        own
    }

    fn overrides(&mut self, path: &Path, consumer: &Consumer) -> Vec<CompiledOverride> {
        if consumer.overrides.len() > PLANS {
            self.error(path.clone(), format!("a consumer has at most {PLANS} overrides: delete those that have ended"));
            return Vec::new();
        }
        let overrides = consumer.overrides.iter().enumerate();
        overrides.filter_map(|(index, item)| self.limit_override(&path.then(index), consumer, item)).collect()
    }

    fn limit_override(&mut self, path: &Path, consumer: &Consumer, item: &LimitOverride) -> Option<CompiledOverride> {
        if let Some(plan) = item.usage_plan.as_ref().filter(|plan| !consumer.usage_plans.contains(plan)) {
            self.error(path.then("usagePlan"), format!("{plan:?} is none of the consumer's usage plans"));
        }
        if item.throttle.is_none() && item.quota_limit.is_none() {
            self.error(path.clone(), "the override changes nothing: give it a throttle or a quotaLimit");
        }
        if let Some(limit) = item.quota_limit.filter(|limit| !(1..=LARGEST_QUOTA).contains(limit)) {
            let message = format!("a quota of {limit} cannot be enforced: give 1 to {LARGEST_QUOTA}");
            self.error(path.then("quotaLimit"), message);
        }
        let throttle = match item.throttle {
            Some(throttle) => Some(self.throttle(&path.then("throttle"), throttle, self.counting(consumer, item))?),
            None => None,
        };
        Some(CompiledOverride {
            plan: item.usage_plan.as_deref().map(Into::into),
            throttle,
            quota_limit: item.quota_limit,
            until_ms: u64::try_from(item.until.as_millisecond()).unwrap_or(0),
        })
    }

    fn known_route(&mut self, place: Path, name: &str) {
        if !self.document.routes.contains_key(name) {
            self.dangling(place, Kind::Routes, name);
        }
    }
}

/// Whether both plans are for the same route.
fn collide(one: &CompiledPlan, other: &CompiledPlan) -> bool {
    match (one.routes.is_empty(), other.routes.is_empty()) {
        (true, true) => true,
        (false, false) => one.routes.iter().any(|route| other.routes.contains(route)),
        _ => false,
    }
}
