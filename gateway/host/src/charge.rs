//! Charging: what hooks have named becomes draws on limits and on the plan of the consumer.

use gateway_model::Identity;
use gateway_store::limits::{Answer, Charged, Draw, Entitlement, Limiters};
use http::Method;
use sluice_abi::wire::Announcement;
use smallvec::SmallVec;

use crate::{call::Charge, plugin::Plugin};

/// Draws of one charge that need no allocation: a plan has two.
const FEW: usize = 4;

/// Who is charged, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    pub identity: Option<&'a Identity>,
    /// Name of the route.
    pub route: &'a str,
    /// As the client sent it.
    pub method: &'a Method,
    /// Whether another attachment has charged the consumer's plan: a request counts there once.
    pub plan_is_charged: bool,
}

/// One limit, and what it said to a request.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    pub of: TellsOf,
    pub name: &'a str,
    /// The most that can pass at one instant, or in a quota's period.
    pub limit: u64,
    /// The time in which a spent limit comes back whole, in nanoseconds; `None` when time does not bring it back.
    pub window: Option<u64>,
    pub answer: Answer,
    /// Whether its refusal is one.
    pub enforced: bool,
}

/// Where a limit comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellsOf {
    /// The plugin has defined it, with this handle.
    Limit(u32),
    /// The throttle of the consumer's plan.
    Throttle,
    /// The quota of the consumer's plan.
    Quota,
}

/// Draws, and where their limits come from.
#[derive(Default)]
struct Asked<'d> {
    of: SmallVec<[TellsOf; FEW]>,
    draws: SmallVec<[Draw<'d>; FEW]>,
}

impl<'d> Asked<'d> {
    fn add(&mut self, of: TellsOf, draw: Option<Draw<'d>>) {
        if let Some(draw) = draw {
            self.of.push(of);
            self.draws.push(draw);
        }
    }

    fn tell(self, charged: &Charged, mut tell: impl FnMut(Told<'_>)) {
        for ((draw, of), answer) in self.draws.iter().zip(self.of).zip(&charged.answers) {
            let (name, limit, window) = (draw.name, draw.limit(), draw.window());
            tell(Told { of, name, limit, window, answer: *answer, enforced: draw.enforced });
        }
    }
}

impl Plugin {
    /// Takes all that the plugin's hook has charged, or nothing. Hands each limit's answer to `tell`, in order.
    ///
    /// None when a store that nodes share has to be asked: then [`charge_shared`](Self::charge_shared) does all of it.
    pub fn charge(&self, charges: &[Charge], caller: Caller<'_>, tell: impl FnMut(Told<'_>)) -> Option<Charged> {
        let plan = self.entitlement(charges, caller);
        let asked = self.asked(charges, plan.as_ref());
        if Limiters::asks(&asked.draws) {
            return None;
        }
        let charged = self.limiters().charge(&asked.draws);
        asked.tell(&charged, tell);
        Some(charged)
    }

    /// As [`charge`](Self::charge), and waits for the store that nodes share, within its deadline.
    pub async fn charge_shared(&self, charges: &[Charge], caller: Caller<'_>, tell: impl FnMut(Told<'_>)) -> Charged {
        let plan = self.entitlement(charges, caller);
        let asked = self.asked(charges, plan.as_ref());
        let charged = self.limiters().charge_shared(&asked.draws).await;
        asked.tell(&charged, tell);
        charged
    }

    fn entitlement<'c>(&self, charges: &[Charge], caller: Caller<'c>) -> Option<Entitlement<'c>> {
        let wanted = !caller.plan_is_charged && charges.iter().any(Charge::is_of_plan);
        let identity = caller.identity.filter(|_| wanted)?;
        self.limiters().entitlement(identity, caller.route, Some(caller.method))
    }

    fn asked<'d>(&'d self, charges: &[Charge], plan: Option<&'d Entitlement<'d>>) -> Asked<'d> {
        let mut asked = Asked::default();
        for charge in charges {
            match *charge {
                Charge::Limit { limit, key, cost } => {
                    asked.add(TellsOf::Limit(limit), self.limits().get(limit).map(|limit| limit.draw(key, cost)));
                }
                Charge::Plan { cost } => {
                    asked.add(TellsOf::Throttle, plan.and_then(|plan| plan.throttle(cost)));
                    asked.add(TellsOf::Quota, plan.and_then(|plan| plan.quota(cost)));
                }
            }
        }
        asked
    }

    fn limiters(&self) -> &Limiters {
        &self.core().services.limiters
    }

    /// The names of the limits that the plugin has defined, in the order of their handles.
    pub fn limit_names(&self) -> impl Iterator<Item = &str> {
        (0..).map_while(|handle| self.limits().get(handle)).map(|limit| &*limit.settings.name)
    }

    /// How clients are told of the limits that the plugin charges.
    #[must_use]
    pub fn announcement(&self) -> &Announcement {
        self.limits().announcement()
    }
}
