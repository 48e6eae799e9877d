//! How a request comes to its upstream: at once, after its turn in the queue, or not at all.

use std::time::Duration;

use gateway_algorithms::{admission::Request, priority::PriorityClass};
use gateway_host::{Flow, Way};
use gateway_telemetry::AdmissionRefusal;
use http::{HeaderMap, HeaderValue, request::Parts};

use crate::{
    admission::{Slot, X_SLUICE_PRIORITY},
    error::{GatewayError, NoCapacity},
    exchange::Exchange,
    live::{LiveRoute, LiveUpstream},
};

/// What a response says of how its request was admitted (Server Timing, W3C).
const SERVER_TIMING: &str = "server-timing";

/// How a request was admitted, for the log and the response.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admitted {
    pub(crate) class: PriorityClass,
    /// None if it did not have to wait.
    pub(crate) waited: Option<Duration>,
    /// Why it was turned away.
    pub(crate) shed: Option<AdmissionRefusal>,
    announced: bool,
}

/// A slot at the upstream, as soon as there is one for the request. `bytes` are what it holds while it waits.
pub(super) async fn admit(
    exchange: &mut Exchange,
    route: &LiveRoute,
    upstream: &LiveUpstream,
    way: &Way,
    bytes: impl FnOnce() -> u64,
) -> Result<Slot, GatewayError> {
    let gate = &upstream.gate;
    let said = class(exchange, route, way);
    let class = said.unwrap_or_default();
    let mut admitted = Admitted { class, waited: None, shed: None, announced: gate.announces() };
    if let Some(slot) = gate.try_enter() {
        exchange.admitted = (said.is_some() || gate.is_limited()).then_some(admitted);
        return Ok(slot);
    }
    let asked = way.admission.as_deref();
    let max_wait =
        asked.and_then(|asked| asked.max_wait).map(|wait| u64::try_from(wait.as_nanos()).unwrap_or(u64::MAX));
    let flow = asked.and_then(|asked| asked.fairness).unwrap_or_else(|| flow(exchange));
    // Those that wait are in boxes: most requests do not, and need no room for it.
    let entered = Box::pin(gate.enter(Request { class, flow, bytes: bytes(), max_wait })).await;
    let (waited, result) = match entered {
        Ok((slot, waited)) => (waited, Ok(slot)),
        Err(refused) => {
            admitted.shed = Some(refused.reason);
            (refused.waited, Err(GatewayError::NoCapacity(NoCapacity::new(refused))))
        }
    };
    admitted.waited = (!waited.is_zero()).then_some(waited);
    exchange.admitted = Some(admitted);
    result
}

/// Turns a request away where the gateway itself has too much to do. No plugin has seen it: its route and its client say how
/// important it is.
pub(super) fn check_overload(exchange: &mut Exchange, route: usize) -> Result<(), GatewayError> {
    let route = exchange.serving.route(route);
    let class = PriorityClass::of(route.priority, None, exchange.lowered_to).unwrap_or_default();
    if !exchange.client.worker.overload.refuses(class) {
        return Ok(());
    }
    let gate = route.upstream(exchange.drawn).map(|upstream| &upstream.gate);
    if let Some(gate) = gate {
        gate.turned_away(class, AdmissionRefusal::Overload);
    }
    let announced = gate.is_some_and(|gate| gate.announces());
    let shed = Some(AdmissionRefusal::Overload);
    exchange.admitted = Some(Admitted { class, waited: None, shed, announced });
    Err(GatewayError::NoCapacity(NoCapacity::of_gateway()))
}

/// What is said of the class of a request by plugins, or else by its route, its consumer and its client; none if nobody says
/// anything.
pub(super) fn class(exchange: &Exchange, route: &LiveRoute, way: &Way) -> Option<PriorityClass> {
    if let Some(asked) = &way.admission {
        return Some(asked.class);
    }
    let plan = exchange.consumer.as_ref().and_then(|consumer| consumer.plan(&route.name)?.priority);
    PriorityClass::of(route.priority, plan, exchange.lowered_to)
}

/// Consumers share the upstream equally; who is not known is told apart by address.
fn flow(exchange: &Exchange) -> u64 {
    match &exchange.consumer {
        Some(identity) => Flow::Consumer(&identity.consumer).hash(),
        None => Flow::Client(exchange.origin.ip).hash(),
    }
}

/// Tells the upstream the class.
pub(super) fn tell(headers: &mut HeaderMap, class: PriorityClass) {
    headers.insert(X_SLUICE_PRIORITY, HeaderValue::from_static(class.as_str()));
}

/// Memory that a waiting request's head holds, in bytes.
pub(super) fn head_bytes(head: &Parts) -> u64 {
    let fields: usize = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let target = head.uri.path_and_query().map_or(0, |target| target.as_str().len());
    (size_of::<Parts>() + fields + target) as u64
}

impl Admitted {
    /// Of a request that did not come to its upstream.
    pub(super) fn answered_before(class: PriorityClass) -> Self {
        Self { class, waited: None, shed: None, announced: false }
    }

    /// The class in text.
    pub(crate) fn class_name(&self) -> &'static str {
        self.class.as_str()
    }

    /// Tells the client, where the upstream's configuration wants it told.
    pub(crate) fn announce(&self, headers: &mut HeaderMap) {
        if !self.announced {
            return;
        }
        let millis = self.waited.unwrap_or_default().as_secs_f64() * 1000.0;
        let reason = self.shed.map(|reason| format!(" {}", reason.as_str())).unwrap_or_default();
        let value = format!("queue;dur={millis:.1};desc=\"{}{reason}\"", self.class_name());
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.append(SERVER_TIMING, value);
        }
    }
}
