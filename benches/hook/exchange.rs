//! A request and its response as hooks see them, and what can be done to them.

use std::sync::{Arc, LazyLock};

use gateway_algorithms::limit::Gcra;
use gateway_host::{Attributes, Charges, Way};
use gateway_model::{CompiledPlan, Identity};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, uri::PathAndQuery};

/// The consumer of all requests.
pub(crate) const CONSUMER: &str = "acme";
/// The API key of all requests; a gateway's own keys are about as long.
pub(crate) const API_KEY: &str = "sk_0123456789abcdefghijklmnopqrstuvwxyz01234";
/// The route of all requests.
pub(crate) const ROUTE: &str = "orders";
/// Never exhausted.
pub(crate) const UNREACHABLE: u32 = 1_000_000_000;

/// What a browser's or a program's request usually has, and what the plugins ask for.
const REQUEST: [(&str, &str); 13] = [
    ("host", "bench.test"),
    ("user-agent", "sluice-bench/1.0 (Linux; x86_64)"),
    ("accept", "application/json"),
    ("accept-encoding", "gzip, br"),
    ("accept-language", "en-GB,en;q=0.9"),
    ("cache-control", "no-cache"),
    ("content-type", "application/json"),
    ("cookie", "session=0123456789abcdef; theme=dark"),
    ("referer", "https://bench.test/orders"),
    ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
    ("x-version", "1"),
    ("x-tenant", "acme"),
    ("x-api-key", API_KEY),
];

const RESPONSE: [(&str, &str); 5] = [
    ("content-type", "application/json"),
    ("content-length", "1024"),
    ("date", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("etag", "\"0123456789abcdef\""),
    ("server", "upstream"),
];

static FRESH: LazyLock<Exchange> = LazyLock::new(|| Exchange {
    request: headers(&REQUEST),
    response: headers(&RESPONSE),
    status: StatusCode::OK,
    consumer: Some(consumer()),
    method: Method::GET,
    target: PathAndQuery::from_static("/orders/17/items"),
    attributes: Attributes::default(),
    way: Way::default(),
    charges: Charges::new(),
    standing: None,
});

/// What hooks change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Exchange {
    pub(crate) request: HeaderMap,
    pub(crate) response: HeaderMap,
    pub(crate) status: StatusCode,
    /// Known from the start, so that a limit by usage plan has one without `auth` before it.
    pub(crate) consumer: Option<Arc<Identity>>,
    pub(crate) method: Method,
    pub(crate) target: PathAndQuery,
    pub(crate) attributes: Attributes,
    pub(crate) way: Way,
    pub(crate) charges: Charges,
    /// What its response is to say of a limit.
    pub(crate) standing: Option<Standing>,
}

/// How a request stands with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) limit: u64,
    pub(crate) window: u64,
    pub(crate) remaining: u64,
    pub(crate) more_after: u64,
}

/// A plugin, or what does the same without a sandbox.
pub(crate) trait Hooks {
    /// What the request hook hands to the response hook.
    type State;

    fn on_request(&self, exchange: &mut Exchange) -> Self::State;
    fn on_response(&self, exchange: &mut Exchange, state: Self::State);
}

/// Several in a row: the way out is the way in, backwards.
pub(crate) struct Repeated<H, const COUNT: usize>(pub(crate) [H; COUNT]);

/// The consumer of all requests, on a plan that is never exhausted.
pub(crate) fn consumer() -> Arc<Identity> {
    let throttle = Gcra::new(f64::from(UNREACHABLE), UNREACHABLE).expect("a rate within bounds");
    let plan = CompiledPlan {
        name: "gold".into(),
        throttle_name: "gold/throttle".into(),
        throttle: Some(throttle),
        ..CompiledPlan::default()
    };
    Arc::new(Identity { consumer: CONSUMER.into(), plans: vec![Arc::new(plan)], ..Identity::default() })
}

fn headers(fields: &[(&'static str, &'static str)]) -> HeaderMap {
    let field = |&(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value));
    fields.iter().map(field).collect()
}

// === impl Exchange ===

impl Exchange {
    /// One that no hook has seen.
    pub(crate) fn fresh() -> Self {
        FRESH.clone()
    }

    pub(crate) fn without_attributes(self) -> Self {
        Self { attributes: Attributes::default(), ..self }
    }

    /// What becomes of a fresh one.
    pub(crate) fn after(hooks: &impl Hooks) -> Self {
        let mut exchange = Self::fresh();
        let state = hooks.on_request(&mut exchange);
        hooks.on_response(&mut exchange, state);
        exchange
    }
}

// === impl Hooks ===

impl<H: Hooks> Hooks for &H {
    type State = H::State;

    fn on_request(&self, exchange: &mut Exchange) -> H::State {
        (*self).on_request(exchange)
    }

    fn on_response(&self, exchange: &mut Exchange, state: H::State) {
        (*self).on_response(exchange, state);
    }
}

impl<H: Hooks, const COUNT: usize> Hooks for Repeated<H, COUNT> {
    type State = [H::State; COUNT];

    fn on_request(&self, exchange: &mut Exchange) -> Self::State {
        self.0.each_ref().map(|hooks| hooks.on_request(exchange))
    }

    fn on_response(&self, exchange: &mut Exchange, states: Self::State) {
        for (hooks, state) in self.0.iter().zip(states).rev() {
            hooks.on_response(exchange, state);
        }
    }
}
