//! What an upstream may say: its targets, how they are balanced and checked, and what is sent again.

mod tls;

use std::{collections::BTreeSet, ops::RangeInclusive};

use http::{HeaderName, uri::PathAndQuery};

use super::{Compiler, at, basis::Told, is_host};
use crate::{
    edit::Kind,
    finding::{Finding, Path},
    upstream::{
        ActiveHealth, Algorithm, Balancing, CheckKind, CircuitBreaker, HashOn, HashSource, Retries, RetryOn, Timeouts,
        Upstream,
    },
};

/// The longest time that an upstream may be waited for, in milliseconds: an hour.
const LONGEST_TIMEOUT_MS: u32 = 3_600_000;

/// The heaviest that a target may be.
const MOST_WEIGHT: u32 = 1_000;

/// The last priority; there are eight.
const LAST_PRIORITY: u32 = 7;

/// The longest time of a slow start, of an ejection and between checks, in milliseconds: a day.
const LONGEST_PAUSE_MS: u32 = 86_400_000;

/// The shortest time between two checks of a target, in milliseconds.
const SHORTEST_INTERVAL_MS: u32 = 10;

/// The most failures, or checks, in a row that are counted.
const MOST_IN_A_ROW: u32 = 1_000;

/// The most requests without which a circuit does not open.
const MOST_COUNTED: u32 = 1_000_000;

/// The longest name of a service that a check asks about, in bytes.
const LONGEST_SERVICE: usize = 255;

/// The most times that a request is sent again.
const MOST_ATTEMPTS: u32 = 10;

impl Compiler<'_> {
    pub(super) fn upstreams(&mut self) -> Told {
        let mut told = self.basis.upstreams.clone();
        for name in self.touched(Kind::Upstreams) {
            match self.document.upstreams.get(name) {
                Some(upstream) => {
                    self.alone(&mut told, name, |this| this.upstream(&at(Kind::Upstreams, name), upstream))
                }
                None => drop(told.remove(name)),
            }
        }
        self.tell(&told);
        told
    }

    fn upstream(&mut self, path: &Path, upstream: &Upstream) {
        self.targets(&path.then("targets"), upstream);
        let timeouts = &upstream.timeouts;
        let named =
            [("connectMs", timeouts.connect_ms), ("responseMs", timeouts.response_ms), ("idleMs", timeouts.idle_ms)];
        for (field, value) in named {
            if !(1..=LONGEST_TIMEOUT_MS).contains(&value) {
                let message = format!("{value} is no timeout: use 1 to {LONGEST_TIMEOUT_MS} milliseconds");
                self.error(path.then("timeouts").then(field), message);
            }
        }
        self.more_timeouts(&path.then("timeouts"), timeouts);
        self.protocol(path, upstream);
        if let Some(admission) = &upstream.admission {
            self.admission(&path.then("admission"), admission);
        }
        self.balancing(&path.then("balancing"), &upstream.balancing);
        self.health(&path.then("health"), upstream);
        if let Some(retries) = &upstream.retries {
            self.retries(&path.then("retries"), retries);
        }
        if let Some(breaker) = &upstream.circuit_breaker {
            self.circuit_breaker(&path.then("circuitBreaker"), breaker);
        }
    }

    fn more_timeouts(&mut self, path: &Path, timeouts: &Timeouts) {
        self.within(path.then("pingMs"), timeouts.ping_ms, 0..=LONGEST_TIMEOUT_MS, "time in milliseconds");
        let Some(total) = timeouts.total_ms else { return };
        let path = path.then("totalMs");
        self.within(path.clone(), total, 1..=LONGEST_PAUSE_MS, "timeout in milliseconds");
        if total < timeouts.response_ms {
            let response = timeouts.response_ms;
            let message = format!("{total} is below responseMs, which is {response}: that one changes nothing then");
            self.findings.push(Finding::warning(path, message));
        }
    }

    fn targets(&mut self, path: &Path, upstream: &Upstream) {
        if upstream.targets.is_empty() {
            self.error(path.clone(), "an upstream needs at least one target");
        } else if upstream.targets.iter().all(|target| target.weight == 0) {
            let message = "all targets have weight 0, so that none takes a request: give one a weight of 1 or more";
            self.findings.push(Finding::warning(path.clone(), message));
        }
        let mut addresses = BTreeSet::new();
        for (index, target) in upstream.targets.iter().enumerate() {
            let path = path.then(index);
            let address = &target.address;
            if !is_address(address) {
                let message = format!("{address:?} is no address: use host:port, such as 127.0.0.1:8000");
                self.error(path.then("address"), message);
            } else if !addresses.insert(address) {
                let message = format!("{address:?} is there twice: give one target the weight of both");
                self.findings.push(Finding::warning(path.then("address"), message));
            }
            self.within(path.then("weight"), target.weight, 0..=MOST_WEIGHT, "weight");
            self.within(path.then("priority"), target.priority, 0..=LAST_PRIORITY, "priority");
        }
    }

    fn balancing(&mut self, path: &Path, balancing: &Balancing) {
        let Balancing { algorithm, hash_on, slow_start_ms, panic_percent } = balancing;
        self.within(path.then("slowStartMs"), *slow_start_ms, 0..=LONGEST_PAUSE_MS, "time in milliseconds");
        self.within(path.then("panicPercent"), *panic_percent, 0..=100, "percentage");
        match (algorithm, hash_on) {
            (Algorithm::ConsistentHash, None) => {
                self.error(path.then("hashOn"), "CONSISTENT_HASH needs to know what a request's key is made of");
            }
            (Algorithm::ConsistentHash, Some(hash_on)) => self.hash_on(&path.then("hashOn"), hash_on),
            (_, Some(_)) => {
                let message = "hashOn is for the algorithm CONSISTENT_HASH: it changes nothing here";
                self.findings.push(Finding::warning(path.then("hashOn"), message));
            }
            (_, None) => {}
        }
    }

    fn hash_on(&mut self, path: &Path, hash_on: &HashOn) {
        let path = path.then("name");
        match (hash_on.source, hash_on.name.as_deref()) {
            (HashSource::ClientIp, None) => {}
            (HashSource::ClientIp, Some(_)) => self.error(path, "an address has no name: leave it out"),
            (_, None | Some("")) => self.error(path, "give the name of the header field, cookie or query parameter"),
            (HashSource::Header, Some(name)) if HeaderName::from_bytes(name.as_bytes()).is_err() => {
                self.error(path, format!("{name:?} is no name of a header field: use one such as x-user"));
            }
            (HashSource::Cookie, Some(name)) if HeaderName::from_bytes(name.as_bytes()).is_err() => {
                self.error(path, format!("{name:?} is no name of a cookie: use one such as session"));
            }
            (HashSource::QueryParameter, Some(name)) if name.contains(['&', '=', '#', ' ']) => {
                let message =
                    format!("{name:?} never stands in a query so: write it as requests do, such as user%20id");
                self.error(path, message);
            }
            _ => {}
        }
    }

    fn health(&mut self, path: &Path, upstream: &Upstream) {
        let passive = &upstream.health.passive;
        let place = path.then("passive");
        for (field, value) in [
            ("consecutive5xx", passive.consecutive_5xx),
            ("consecutiveGatewayErrors", passive.consecutive_gateway_errors),
            ("consecutiveLocalErrors", passive.consecutive_local_errors),
        ] {
            self.within(place.then(field), value, 0..=MOST_IN_A_ROW, "number of failures");
        }
        for (field, value) in [
            ("intervalMs", passive.interval_ms),
            ("baseEjectionMs", passive.base_ejection_ms),
            ("maxEjectionMs", passive.max_ejection_ms),
        ] {
            self.within(place.then(field), value, 1..=LONGEST_PAUSE_MS, "time in milliseconds");
        }
        if passive.max_ejection_ms < passive.base_ejection_ms {
            let (longest, first) = (passive.max_ejection_ms, passive.base_ejection_ms);
            let message = format!("{longest} is below baseEjectionMs, which is {first}: swap them");
            self.error(place.then("maxEjectionMs"), message);
        }
        self.within(place.then("maxEjectionPercent"), passive.max_ejection_percent, 0..=100, "percentage");
        if let Some(active) = &upstream.health.active {
            self.active(&path.then("active"), active);
        }
    }

    fn active(&mut self, path: &Path, active: &ActiveHealth) {
        let interval = SHORTEST_INTERVAL_MS..=LONGEST_PAUSE_MS;
        self.within(path.then("intervalMs"), active.interval_ms, interval, "time in milliseconds");
        self.within(path.then("timeoutMs"), active.timeout_ms, 1..=LONGEST_TIMEOUT_MS, "timeout in milliseconds");
        for (field, value) in
            [("healthyThreshold", active.healthy_threshold), ("unhealthyThreshold", active.unhealthy_threshold)]
        {
            self.within(path.then(field), value, 1..=MOST_IN_A_ROW, "number of checks");
        }
        if active.kind == CheckKind::Tcp {
            return;
        }
        if let Some(host) = active.host.as_ref().filter(|host| !is_host(host) && !is_address(host)) {
            let message = format!("{host:?} is no host: use one such as api.example.com, with a port if it needs one");
            self.error(path.then("host"), message);
        }
        if active.kind == CheckKind::Grpc {
            let service = active.service.as_ref().filter(|service| service.len() > LONGEST_SERVICE);
            if service.is_some() {
                self.error(path.then("service"), format!("it is too long: use at most {LONGEST_SERVICE} bytes"));
            }
            return;
        }
        let origin_form = active.path.starts_with('/') && active.path.parse::<PathAndQuery>().is_ok();
        if !origin_form || active.path.contains('#') {
            let message = format!("{:?} is no path: begin with '/', such as /healthz", active.path);
            self.error(path.then("path"), message);
        }
        let place = path.then("expectedStatuses");
        let statuses = active.expected_statuses;
        // What comes with a status below 200 is no response yet.
        self.within(place.then("from"), statuses.from, 200..=599, "status");
        self.within(place.then("to"), statuses.to, 200..=599, "status");
        if statuses.to < statuses.from {
            let message = format!("{} is below from, which is {}: swap them", statuses.to, statuses.from);
            self.error(place.then("to"), message);
        }
    }

    fn retries(&mut self, path: &Path, retries: &Retries) {
        self.within(path.then("attempts"), retries.attempts, 0..=MOST_ATTEMPTS, "number of attempts");
        self.within(path.then("budgetPercent"), retries.budget_percent, 0..=100, "percentage");
        let Some(timeout) = retries.per_try_timeout_ms else { return };
        let path = path.then("perTryTimeoutMs");
        self.within(path.clone(), timeout, 1..=LONGEST_TIMEOUT_MS, "timeout in milliseconds");
        if !retries.on.contains(&RetryOn::Timeout) {
            let message = "on has no TIMEOUT, so that what takes too long is not sent again: this changes nothing";
            self.findings.push(Finding::warning(path, message));
        }
    }

    fn circuit_breaker(&mut self, path: &Path, breaker: &CircuitBreaker) {
        let CircuitBreaker { failure_percent, min_requests, window_ms, base_open_ms, max_open_ms, probes } = *breaker;
        self.within(path.then("failurePercent"), failure_percent, 1..=100, "percentage");
        self.within(path.then("minRequests"), min_requests, 1..=MOST_COUNTED, "number of requests");
        for (field, value) in [("windowMs", window_ms), ("baseOpenMs", base_open_ms), ("maxOpenMs", max_open_ms)] {
            self.within(path.then(field), value, 1..=LONGEST_PAUSE_MS, "time in milliseconds");
        }
        if max_open_ms < base_open_ms {
            let message = format!("{max_open_ms} is below baseOpenMs, which is {base_open_ms}: swap them");
            self.error(path.then("maxOpenMs"), message);
        }
        self.within(path.then("probes"), probes, 1..=MOST_IN_A_ROW, "number of requests");
    }

    fn within(&mut self, path: Path, value: u32, range: RangeInclusive<u32>, what: &str) {
        if !range.contains(&value) {
            let message = format!("{value} is no {what}: use {} to {}", range.start(), range.end());
            self.error(path, message);
        }
    }
}

fn is_address(address: &str) -> bool {
    let Some((host, port)) = address.rsplit_once(':') else { return false };
    is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests;
