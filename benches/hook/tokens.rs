//! What a token costs in `auth`, beside the bare call of `jsonwebtoken` that verifies it: one that is new to the gateway
//! each time, and one that it has verified before.

use std::cell::Cell;

use anyhow::{Result, ensure};
use gateway_benches::{statistics::Spread, table};
use gateway_model::Grant;
use http::{HeaderValue, header::AUTHORIZATION};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use sluice_testkit::token::{Signer, Verifier, claims};

use crate::{
    exchange::{CONSUMER, Exchange, Hooks},
    sandbox::Sandbox,
    stopwatch::{self, Lap, Plan},
};

const ISSUER: &str = "https://issuer.example";

/// Few batches: every call of a new token takes one that was signed before.
const PLAN: Plan = Plan { warm_up: 2, batches: 20 };
const TOKENS: usize = (PLAN.warm_up + PLAN.batches) * stopwatch::CALLS;

type Row = [String; 5];

/// The rows of the table that are wanted, measured; `None` when there are none.
pub(crate) fn table(sandbox: &Sandbox, wants: impl Fn(&str) -> bool) -> Result<Option<String>> {
    let mut rows = Vec::new();
    for algorithm in [Algorithm::ES256, Algorithm::RS256] {
        for (name, count) in [("new", TOKENS), ("known", 1)] {
            let name = format!("{name} token, {algorithm:?}");
            if wants(&name) {
                rows.push(row(name, sandbox, algorithm, count)?);
            }
        }
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let titles = ["plugin-auth", "on_request ns", "from", "bare jsonwebtoken ns", "more than bare ns"];
    Ok(Some(table::render(&std::iter::once(titles.map(str::to_owned)).chain(rows).collect::<Vec<_>>())))
}

fn row(name: String, sandbox: &Sandbox, algorithm: Algorithm, count: usize) -> Result<Row> {
    let signer = Signer::new(algorithm)?;
    let Verifier::Pem(pem) = &signer.verifier else { anyhow::bail!("{algorithm:?} has no public key") };
    let key = json!({ "id": "1", "algorithm": signer.name(), "pem": pem });
    let config = json!({ "jwt": { "issuers": [{ "issuer": ISSUER, "keys": [key] }] } });
    let plugin = sandbox.plugin("auth", "plugin-auth", &config, &[Grant::Identity])?;
    let tokens = tokens(&signer, count)?;
    let bare = Bearer::new(Bare::new(algorithm, pem)?, &tokens);
    let auth = Bearer::new(&plugin, &tokens);
    ensure!(bare.passes() && Bearer::new(&plugin, &tokens[..1]).passes(), "{name} is refused");
    let laps = stopwatch::run(PLAN, &auth, &bare)?;
    let median = |value: fn(&(Lap, Lap)) -> f64| Spread::of(laps.iter().map(value));
    let spread = median(|(auth, _)| auth.request);
    Ok([
        name,
        format!("{:.0}", spread.as_ref().map_or(f64::NAN, |it| it.median)),
        spread.map_or_else(String::new, |it| it.to_string()),
        format!("{:.0}", median(|(_, bare)| bare.request).map_or(f64::NAN, |it| it.median)),
        format!("{:.0}", median(|(auth, bare)| auth.request - bare.request).map_or(f64::NAN, |it| it.median)),
    ])
}

/// Tokens of one consumer that differ.
fn tokens(signer: &Signer, count: usize) -> Result<Vec<HeaderValue>> {
    let token = |number: usize| {
        let mut claims = claims(ISSUER, CONSUMER);
        claims["jti"] = json!(format!("{number:08}"));
        Ok(HeaderValue::from_str(&format!("Bearer {}", signer.sign(Some("1"), &claims)?))?)
    };
    (0..count).map(token).collect()
}

/// Gives each request the next token.
struct Bearer<'t, H> {
    hooks: H,
    tokens: &'t [HeaderValue],
    next: Cell<usize>,
}

impl<'t, H: Hooks> Bearer<'t, H> {
    fn new(hooks: H, tokens: &'t [HeaderValue]) -> Self {
        Self { hooks, tokens, next: Cell::new(0) }
    }

    fn passes(&self) -> bool {
        let exchange = Exchange::after(self);
        self.next.set(0);
        exchange.request.contains_key("x-sluice-consumer")
    }
}

impl<H: Hooks> Hooks for Bearer<'_, H> {
    type State = H::State;

    fn on_request(&self, exchange: &mut Exchange) -> H::State {
        let next = self.next.replace(self.next.get() + 1);
        exchange.request.insert(AUTHORIZATION, self.tokens[next % self.tokens.len()].clone());
        self.hooks.on_request(exchange)
    }

    fn on_response(&self, exchange: &mut Exchange, state: H::State) {
        self.hooks.on_response(exchange, state);
    }
}

/// Verifies a token, and says nothing but who calls.
struct Bare {
    key: DecodingKey,
    validation: Validation,
}

impl Bare {
    fn new(algorithm: Algorithm, pem: &str) -> Result<Self> {
        let key = match algorithm {
            Algorithm::RS256 => DecodingKey::from_rsa_pem(pem.as_bytes())?,
            _ => DecodingKey::from_ec_pem(pem.as_bytes())?,
        };
        let mut validation = Validation::new(algorithm);
        validation.set_issuer(&[ISSUER]);
        Ok(Self { key, validation })
    }
}

impl Hooks for Bare {
    type State = ();

    fn on_request(&self, exchange: &mut Exchange) {
        let token = exchange.request.remove(AUTHORIZATION).expect("all requests have a token");
        let token = token.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")).expect("a token");
        let decoded = jsonwebtoken::decode::<Value>(token, &self.key, &self.validation).expect("a good token");
        let consumer = decoded.claims["sub"].as_str().expect("a consumer");
        exchange.request.insert("x-sluice-consumer", HeaderValue::from_str(consumer).expect("a name"));
    }

    fn on_response(&self, _exchange: &mut Exchange, (): ()) {}
}
