//! What a plugin of some use does, for benches: reads three headers, compares one, takes a limit by the others,
//! sets two headers of the request and one of the response.

use sluice_sdk::prelude::*;

/// The plugin.
#[derive(Debug)]
pub struct Typical {
    version: HeaderSlot,
    tenant: HeaderSlot,
    agent: HeaderSlot,
    limit: RateLimit,
    tenant_out: HeaderName,
    remaining: HeaderName,
}

#[plugin(name = "typical", order = 500)]
impl Plugin for Typical {
    type State = u32;

    fn new(_config: (), setup: &mut Setup) -> Result<Self> {
        Ok(Self {
            version: setup.request_header("x-version"),
            tenant: setup.request_header("x-tenant"),
            agent: setup.request_header("user-agent"),
            limit: setup.rate_limit(Policy::new("tenant", 1_000_000_000, Duration::from_secs(1)))?,
            tenant_out: setup.header_name("x-tenant-seen"),
            remaining: setup.header_name("x-remaining"),
        })
    }

    fn on_request(&self, request: &mut Request<'_>) -> Result<Flow<u32>> {
        if request.header(self.version).is_some_and(|version| version != "1") {
            return Ok(Flow::refuse(400, "about:blank", "Bad Request").detail("Only version 1 is served."));
        }
        let tenant = request.header(self.tenant).or(request.header(self.agent)).unwrap_or("nobody");
        let decision = self.limit.acquire(tenant, 1);
        request.set_header(self.tenant_out, tenant);
        request.set_header(self.remaining, decision.remaining);
        Ok(Flow::next_with(decision.remaining))
    }

    fn on_response(&self, response: &mut Response<'_>, remaining: u32) -> Result<Flow<u32>> {
        response.set_header(self.remaining, remaining);
        Ok(Flow::next())
    }
}

#[cfg(test)]
mod tests {
    use sluice_sdk::test::*;

    use super::*;

    #[test]
    fn the_limit_is_told_both_ways() {
        let mut h = Harness::<Typical>::new(json!({}));
        let reply = h.get("/").header("x-tenant", "acme").send();
        assert_eq!(reply.upstream_request().header("x-tenant-seen"), Some("acme"));
        assert_eq!(reply.header("x-remaining"), reply.upstream_request().header("x-remaining"));
        assert_eq!(h.get("/").header("x-version", "2").send().status(), 400);
    }
}
