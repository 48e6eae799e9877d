//! Charging: what hooks have named becomes draws on limits and on the plan of the consumer.

use gateway_algorithms::limit::Decision;
use gateway_model::Identity;
use gateway_store::limits::{Charged, Draw};
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
    pub decision: Decision,
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
}

impl Plugin {
    /// Takes all that the plugin's hook has charged, or nothing. Hands each limit's answer to `tell`, in order.
    pub fn charge(&self, charges: &[Charge], caller: Caller<'_>, mut tell: impl FnMut(Told<'_>)) -> Charged {
        let limiters = &self.core().services.limiters;
        let plan = match charges.iter().any(|charge| matches!(charge, Charge::Plan { .. })) {
            true => caller.identity.and_then(|it| limiters.entitlement(it, caller.route, Some(caller.method))),
            false => None,
        };
        let mut asked = Asked::default();
        for charge in charges {
            match *charge {
                Charge::Limit { limit, key, cost } => {
                    asked.add(TellsOf::Limit(limit), self.limits().get(limit).map(|limit| limit.draw(key, cost)));
                }
                Charge::Plan { cost } => {
                    asked.add(TellsOf::Throttle, plan.as_ref().and_then(|plan| plan.throttle(limiters, cost)));
                    asked.add(TellsOf::Quota, plan.as_ref().and_then(|plan| plan.quota(cost)));
                }
            }
        }
        let charged = limiters.charge(&asked.draws);
        for ((draw, of), decision) in asked.draws.iter().zip(asked.of).zip(&charged.decisions) {
            let (name, limit, window) = (draw.name, draw.limit(), draw.window());
            tell(Told { of, name, limit, window, decision: *decision, enforced: draw.enforced });
        }
        charged
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
