//! One client floods its class: what the others of that class get.

use std::time::Duration;

use anyhow::Result;
use gateway_benches::load::{
    Target,
    paced::{Ask, Asked, Expected, Paced},
};
use hyper::{
    HeaderMap, StatusCode,
    header::{HeaderName, HeaderValue},
};
use serde_json::json;

use crate::{PATIENCE, millis, shop::Shop, stage::Stage};

/// Clients that ask for less than their share.
const OTHERS: usize = 4;

/// Tells what came of each client: one that asks for three times the capacity, and others for a sixth of it each, where an
/// equal share would be a fifth.
pub(crate) fn run(stage: &Stage, shop: &Shop, target: &Target, window: Duration) -> Result<Vec<String>> {
    stage.throttle(&json!({ "fairBy": "x-client" }))?;
    stage.admission(&json!({}))?;
    let capacity = shop.capacity();
    let mut rates = vec![("flood".to_owned(), capacity * 3.0, 3_000)];
    rates.extend((1..=OTHERS).map(|other| (format!("client {other}"), capacity / 6.0, 400)));
    let connections: Vec<usize> = rates.iter().map(|(.., connections)| *connections).collect();
    let clients = Paced::connect_each(target, &connections)?;
    let asked = rates.iter().map(|(name, rate, _)| asked(name, *rate)).collect::<Result<Vec<_>>>()?;
    let heard = clients.run(&asked, window, 4)?;
    let lines = rates.iter().zip(&heard.tallies).map(|((name, rate, _), tally)| {
        let served = tally.served_within(PATIENCE);
        format!(
            "{name:10} asked {:.1} % of the capacity, got {:.1} %: {:.1} % of its requests, p99 {}",
            rate / capacity * 100.0,
            served as f64 / window.as_secs_f64() / capacity * 100.0,
            served as f64 / tally.requests().max(1) as f64 * 100.0,
            millis(tally.served_latency(0.99)),
        )
    });
    Ok(lines.collect())
}

fn asked(client: &str, rate: f64) -> Result<Asked> {
    let mut headers = HeaderMap::new();
    headers.insert(HeaderName::from_static("x-client"), HeaderValue::from_str(client)?);
    let refused = Expected { status: StatusCode::SERVICE_UNAVAILABLE, length: None };
    let expected = vec![Expected::UPSTREAM, refused];
    Ok(Asked { asks: vec![Ask { path: "/search".to_owned(), headers, expected }], rate })
}
