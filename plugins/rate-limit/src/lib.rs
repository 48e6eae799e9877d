//! Limits how many requests pass: by consumer, by address or by a header.
//!
//! - A consumer's usage plan decides; the configured limit is for consumers without one, and for everybody else.
//! - Requests that do not say who they are, by consumer or by header, count by their address.
//! - Every response to a request that was counted says how much is left (draft-ietf-httpapi-ratelimit-headers-10).

mod address;
mod settings;
mod standing;
#[cfg(test)]
mod tests;

use sluice_sdk::prelude::*;

use settings::By;
pub use settings::Settings;
use standing::{LimitField, PolicyField, Scope, Standing};

/// The plugin, configured.
#[derive(Debug)]
pub struct RateLimitPlugin {
    by: Counted,
    by_address: RateLimit,
    policy: HeaderName,
    limit: HeaderName,
    limited: Counter,
}

/// Whose requests are counted together, when they say so.
#[derive(Clone, Copy, Debug)]
enum Counted {
    Consumer(RateLimit),
    Address,
    Header(HeaderSlot, RateLimit),
}

#[plugin(name = "rate-limit", order = 200)]
impl Plugin for RateLimitPlugin {
    type Config = Settings;
    type State = Standing;

    fn new(settings: Settings, setup: &mut Setup) -> Result<Self> {
        setup.want_client_ip();
        let limit = |scope: Scope, setup: &mut Setup| setup.rate_limit(settings.policy(scope.name())?);
        let by = match settings.by {
            By::Consumer => {
                setup.want_consumer();
                Counted::Consumer(limit(Scope::Consumer, setup)?)
            }
            By::Ip => Counted::Address,
            By::Header => {
                let name = settings.header.as_deref().ok_or("/header: missing")?;
                Counted::Header(setup.request_header(name), limit(Scope::Header, setup)?)
            }
        };
        Ok(Self {
            by,
            by_address: limit(Scope::Ip, setup)?,
            policy: setup.header_name("ratelimit-policy"),
            limit: setup.header_name("ratelimit"),
            limited: setup.counter("limited")?,
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<Standing>> {
        let (scope, decision) = self.charge(request)?;
        let standing = Standing::new(scope, &decision);
        match decision.allowed {
            true => Ok(Flow::next_with(standing)),
            false => Ok(self.refuse(scope, &decision, &standing)),
        }
    }

    fn on_response(&self, response: &mut Response<'_>, standing: Standing) -> Result<Flow<Standing>> {
        // Lists: what other limits of the chain and the upstream say stays beside ours.
        response.append_header(self.policy, PolicyField(&standing));
        response.append_header(self.limit, LimitField(&standing));
        Ok(Flow::next())
    }
}

impl RateLimitPlugin {
    /// Takes one request from what the caller has left.
    fn charge(&self, request: &Request<'_>) -> Result<(Scope, Decision)> {
        match self.by {
            Counted::Consumer(limit) => match request.consumer() {
                Some(name) => Ok(limit::acquire_plan(1)
                    .map_or_else(|| (Scope::Consumer, limit.acquire(name, 1)), |decision| (Scope::Plan, decision))),
                None => self.charge_address(request),
            },
            Counted::Header(slot, limit) => match request.header(slot) {
                Some(value) => Ok((Scope::Header, limit.acquire(value, 1))),
                None => self.charge_address(request),
            },
            Counted::Address => self.charge_address(request),
        }
    }

    fn charge_address(&self, request: &Request<'_>) -> Result<(Scope, Decision)> {
        let Some(address) = request.client_ip() else { bail!("the gateway does not say where the request is from") };
        Ok((Scope::Ip, self.by_address.acquire(&address::key(address), 1)))
    }

    fn refuse(&self, scope: Scope, decision: &Decision, standing: &Standing) -> Flow<Standing> {
        self.limited.increment();
        let seconds = decision.retry_after_seconds();
        let plural = if seconds == 1 { "" } else { "s" };
        Flow::too_many(decision)
            .detail(format!(
                "The limit by {} is used up; the next request passes in {seconds} second{plural}.",
                scope.name()
            ))
            .header(self.policy, PolicyField(standing))
            .header(self.limit, LimitField(standing))
    }
}
