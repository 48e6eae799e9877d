//! The cache in front of upstreams, by the rules of HTTP.

mod collapsing;
mod identity;
mod lower;
mod origin;
mod ranges;
mod reusing;
mod storing;
mod validating;

use std::{net::SocketAddr, time::Duration};

use gateway_model::{Document, Grant};
use gateway_telemetry::CacheSource as _;
use sluice_abi::{
    outcome::Operation,
    wire::{self, Caching, CachingFlags},
};

use self::origin::Origin;
use crate::ProxySettings;

use super::{
    guest::{Guest, Hook},
    harness::*,
};

/// A gateway whose cache answers for an origin.
struct Cached {
    gate: Gate,
    origin: Origin,
    client: Raw,
}

impl Cached {
    /// By the rules of HTTP alone.
    async fn start() -> Self {
        Self::with(&Caching::default()).await
    }

    async fn with(caching: &Caching<'_>) -> Self {
        Self::before(Origin::start().await, caching, |_| {}).await
    }

    /// In front of an origin that is there.
    async fn before(origin: Origin, caching: &Caching<'_>, change: impl FnOnce(&mut ProxySettings)) -> Self {
        let gate = Gate::with(&document(&origin, caching), change);
        let client = Raw::to(gate.http()).await;
        Self { gate, origin, client }
    }

    /// The answer to a GET with these fields.
    async fn get(&mut self, target: &str, fields: &[&str]) -> Message {
        self.ask("GET", target, fields).await
    }

    async fn ask(&mut self, method: &str, target: &str, fields: &[&str]) -> Message {
        let lines: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
        self.client.send(format!("{method} {target} HTTP/1.1\r\nHost: a\r\n{lines}\r\n")).await;
        match method {
            "HEAD" => Message { head: self.client.take_until("\r\n\r\n").await.unwrap(), body: String::new() },
            _ => self.client.expect().await,
        }
    }

    /// Lets time pass for the cache.
    fn passes(&self, seconds: u64) {
        self.gate.cache.clock().advance(Duration::from_secs(seconds));
    }

    /// Waits until so many responses were stored in all.
    async fn stored(&self, number: u64) {
        soon("a response is stored", async {
            while self.gate.cache.stats().stored < number {
                tokio::task::yield_now().await;
            }
        })
        .await;
    }
}

fn document(origin: &Origin, caching: &Caching<'_>) -> Document {
    document_of(origin.address(), caching)
}

/// One route to that address, cached so.
fn document_of(address: SocketAddr, caching: &Caching<'_>) -> Document {
    let mut document = one_route(&[address]);
    let rules: &'static [u8] = wire::encode(caching).leak();
    let guest = Guest::on_request(Hook::next(&[Operation::Cache(rules)]));
    add_attachment(&mut document, "caches", 1, &guest, |attachment| attachment.grants.push(Grant::Cache));
    document
}

/// What the response says of the cache.
fn status(message: &Message) -> String {
    message.field("cache-status").unwrap_or_default()
}
