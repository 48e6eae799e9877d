//! The plugins' work in plain Rust, by the same means as the host: the same tables, hashes and header types.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    io::Write,
    sync::{Arc, LazyLock},
    time::Instant,
};

use aws_lc_rs::hmac;
use gateway_algorithms::limit::{Algorithm, Decision, Gcra};
use gateway_model::{Identity, KeyDigest};
use gateway_store::{LimitKind, Table};
use http::{HeaderName, HeaderValue, header::USER_AGENT};

use crate::{
    exchange::{API_KEY, Exchange, Hooks, ROUTE, Standing, UNREACHABLE, consumer},
    sandbox::{COUNTERS, KEY_HASH_SECRET},
};

static KEY_HASH: LazyLock<hmac::Key> = LazyLock::new(|| hmac::Key::new(hmac::HMAC_SHA256, &KEY_HASH_SECRET));

/// The digest of an API key.
pub(crate) fn digest(key: &[u8]) -> [u8; 32] {
    hmac::sign(&KEY_HASH, key).as_ref().try_into().expect("HMAC-SHA-256 has 32 bytes")
}

/// Limits by key, as the host keeps them.
struct Limits {
    counters: Table,
    hashes: [RandomState; 2],
    origin: Instant,
}

impl Limits {
    fn new() -> Self {
        let hashes = [RandomState::new(), RandomState::new()];
        Self { counters: Table::new(LimitKind::Gcra, COUNTERS), hashes, origin: Instant::now() }
    }

    fn take(&self, limit: &str, key: &str, gcra: &Gcra) -> Decision {
        let [high, low] = self.hashes.each_ref().map(|state| {
            let mut hasher = state.build_hasher();
            hasher.write(limit.as_bytes());
            hasher.write(key.as_bytes());
            u128::from(hasher.finish())
        });
        let now = u64::try_from(self.origin.elapsed().as_nanos()).expect("runs for centuries");
        let decision = self.counters.take(high << 64 | low, &Algorithm::Gcra(*gcra), now, 1);
        assert!(decision.admitted, "the limit was not to be reached");
        decision
    }
}

fn unreachable_limit() -> Gcra {
    Gcra::new(f64::from(UNREACHABLE), UNREACHABLE).expect("a rate within bounds")
}

// === guest-header ===

/// Sets one header of the request and one of the response.
pub(crate) struct Header {
    name: HeaderName,
    value: HeaderValue,
}

impl Header {
    pub(crate) fn new() -> Self {
        Self { name: HeaderName::from_static("x-guest-header"), value: HeaderValue::from_static("passed") }
    }
}

impl Hooks for Header {
    type State = ();

    fn on_request(&self, exchange: &mut Exchange) {
        exchange.request.insert(self.name.clone(), self.value.clone());
    }

    fn on_response(&self, exchange: &mut Exchange, (): ()) {
        exchange.response.insert(self.name.clone(), self.value.clone());
    }
}

// === guest-typical ===

/// Reads three headers, takes a limit, sets two headers, and a third one of the response.
pub(crate) struct Typical {
    version: HeaderName,
    tenant: HeaderName,
    limits: Limits,
    quota: Gcra,
    tenant_out: HeaderName,
    remaining: HeaderName,
}

impl Typical {
    pub(crate) fn new() -> Self {
        Self {
            version: HeaderName::from_static("x-version"),
            tenant: HeaderName::from_static("x-tenant"),
            limits: Limits::new(),
            quota: unreachable_limit(),
            tenant_out: HeaderName::from_static("x-tenant-seen"),
            remaining: HeaderName::from_static("x-remaining"),
        }
    }
}

impl Hooks for Typical {
    type State = u64;

    fn on_request(&self, exchange: &mut Exchange) -> u64 {
        let headers = &mut exchange.request;
        assert!(headers.get(&self.version).is_none_or(|version| version == "1"), "all requests have version 1");
        let agent = headers.get(USER_AGENT);
        let tenant = headers.get(&self.tenant).or(agent).and_then(|value| value.to_str().ok()).unwrap_or("nobody");
        let remaining = self.limits.take("tenant", tenant, &self.quota).remaining;
        let tenant = HeaderValue::from_str(tenant).expect("it was one");
        headers.insert(self.tenant_out.clone(), tenant);
        headers.insert(self.remaining.clone(), remaining.into());
        remaining
    }

    fn on_response(&self, exchange: &mut Exchange, remaining: u64) {
        exchange.response.insert(self.remaining.clone(), remaining.into());
    }
}

// === plugin-rate-limit ===

/// Takes from the consumer's usage plan, and tells it.
pub(crate) struct RateLimit {
    limits: Limits,
    fields: Fields,
}

impl RateLimit {
    pub(crate) fn new() -> Self {
        Self { limits: Limits::new(), fields: Fields::new() }
    }
}

impl Hooks for RateLimit {
    type State = Standing;

    fn on_request(&self, exchange: &mut Exchange) -> Standing {
        let identity = exchange.consumer.as_ref().expect("all requests have a consumer");
        let plan = identity.plan(ROUTE).expect("it has a plan");
        let throttle = plan.throttle.as_ref().expect("its plan has a throttle");
        let decision = self.limits.take(&plan.name, &identity.consumer, throttle);
        Standing {
            limit: throttle.burst().into(),
            window: throttle.refill(),
            remaining: decision.remaining,
            more_after: decision.more_after,
        }
    }

    fn on_response(&self, exchange: &mut Exchange, standing: Standing) {
        self.fields.write(exchange, standing);
    }
}

/// What responses say of limits; the gateway's own does the same behind the sandbox.
pub(crate) struct Fields {
    policy: HeaderName,
    limit: HeaderName,
}

impl Fields {
    pub(crate) fn new() -> Self {
        Self { policy: HeaderName::from_static("ratelimit-policy"), limit: HeaderName::from_static("ratelimit") }
    }

    pub(crate) fn write(&self, exchange: &mut Exchange, it: Standing) {
        let seconds = |nanos: u64| nanos.div_ceil(1_000_000_000);
        let policy = value(format_args!("\"gold/throttle\";q={};w={}", it.limit, seconds(it.window).max(1)));
        exchange.response.append(self.policy.clone(), policy);
        let left = value(format_args!("\"gold/throttle\";r={};t={}", it.remaining, seconds(it.more_after)));
        exchange.response.append(self.limit.clone(), left);
    }
}

fn value(text: std::fmt::Arguments<'_>) -> HeaderValue {
    let mut buffer = [0; 64];
    let mut rest = &mut buffer[..];
    rest.write_fmt(text).expect("it fits");
    let unused = rest.len();
    HeaderValue::from_bytes(&buffer[..buffer.len() - unused]).expect("digits and signs")
}

// === plugin-auth ===

/// Finds whose API key it is, takes the key away, and says who calls.
pub(crate) struct Auth {
    keys: std::collections::HashMap<KeyDigest, Arc<Identity>>,
    key: HeaderName,
    consumer: HeaderName,
}

impl Auth {
    pub(crate) fn new() -> Self {
        Self {
            keys: [(KeyDigest(digest(API_KEY.as_bytes())), consumer())].into(),
            key: HeaderName::from_static("x-api-key"),
            consumer: HeaderName::from_static("x-sluice-consumer"),
        }
    }
}

impl Hooks for Auth {
    type State = ();

    fn on_request(&self, exchange: &mut Exchange) {
        let key = exchange.request.remove(&self.key).expect("all requests have a key");
        let identity = &self.keys[&KeyDigest(digest(key.as_bytes()))];
        let name = HeaderValue::from_str(&identity.consumer).expect("names are texts");
        exchange.request.insert(self.consumer.clone(), name);
        exchange.consumer = Some(identity.clone());
    }

    fn on_response(&self, _exchange: &mut Exchange, (): ()) {}
}
