//! The load: keep-alive TLS 1.3 clients in a closed loop, each sending its next request when it has read the last answer.
//!
//! [`paced`] is the other load, an open loop, for benches that compare latencies.
//!
//! [`Generator::connect`] opens the connections, [`Generator::run`] sends through them, as often as wanted, and dropping the
//! generator closes them: so handshakes stay outside the figures.

mod client;
pub mod download;
pub mod paced;
mod tally;
mod worker;

use std::{
    net::SocketAddr,
    sync::{Arc, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::{Context, Result};
use hyper::{HeaderMap, StatusCode};
use rustls::ClientConfig;

pub use self::tally::Tally;
use crate::certificate::Certificate;

/// How much load, and of what kind.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Protocol of the requests.
    pub protocol: Protocol,
    /// Connections, shared out over the threads.
    pub connections: usize,
    /// Requests under way at once on each connection; HTTP/1.1 has always one.
    pub streams: usize,
    /// Threads of the generator.
    pub threads: usize,
}

/// The HTTP versions the generator speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP/1.1.
    Http1,
    /// HTTP/2, negotiated by ALPN.
    Http2,
}

impl Protocol {
    /// The ALPN name.
    pub fn alpn(self) -> &'static [u8] {
        match self {
            Self::Http1 => b"http/1.1",
            Self::Http2 => b"h2",
        }
    }
}

/// Whom to ask, and what for.
#[derive(Clone, Debug)]
pub struct Target {
    /// Where it serves TLS.
    pub address: SocketAddr,
    /// TLS settings, with the protocol to negotiate.
    pub tls: Arc<ClientConfig>,
    /// Fields of each request, beside host.
    pub headers: HeaderMap,
    /// The only status that is right; any other fails the run.
    pub expected: StatusCode,
}

impl Target {
    /// Asks `address` for an answer with status 200 over `protocol`, trusting `certificate`.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn new(address: SocketAddr, certificate: &Certificate, protocol: Protocol, headers: HeaderMap) -> Result<Self> {
        Ok(Self { address, tls: certificate.client_config(protocol.alpn())?, headers, expected: StatusCode::OK })
    }
}

/// When to stop: at whichever comes first.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Most requests, over all connections.
    pub requests: usize,
    /// Longest time.
    pub time: Duration,
}

/// Connected clients on threads of their own.
pub struct Generator {
    workers: Vec<Worker>,
    tallies: mpsc::Receiver<Result<Tally>>,
}

struct Worker {
    windows: mpsc::Sender<Window>,
    thread: JoinHandle<()>,
}

impl Generator {
    /// Opens the connections.
    ///
    /// # Errors
    /// When one is refused or its handshake fails.
    pub fn connect(shape: Shape, target: &Target) -> Result<Self> {
        let (results, tallies) = mpsc::channel();
        let threads = shape.threads.clamp(1, shape.connections.max(1));
        let workers = (0..threads)
            .map(|index| {
                let share = Shape { connections: share(shape.connections, threads, index), ..shape };
                let (windows, commands) = mpsc::channel();
                let (target, results) = (target.clone(), results.clone());
                Worker { windows, thread: thread::spawn(move || worker::work(share, &target, &commands, &results)) }
            })
            .collect();
        let generator = Self { workers, tallies };
        generator.collect().context("cannot connect the load generator")?;
        Ok(generator)
    }

    /// Sends requests until `window` is full; afterwards no request is under way.
    ///
    /// # Errors
    /// When any answer was not as expected or any connection broke; the text counts them.
    pub fn run(&self, window: Window) -> Result<Tally> {
        for (index, worker) in self.workers.iter().enumerate() {
            let requests = share(window.requests, self.workers.len(), index);
            worker.windows.send(Window { requests, ..window }).context("a thread of the load generator has ended")?;
        }
        let tally = self.collect()?;
        tally.check()?;
        Ok(tally)
    }

    fn collect(&self) -> Result<Tally> {
        let mut total = Tally::default();
        for _ in &self.workers {
            total.add(self.tallies.recv().context("a thread of the load generator has ended")??)?;
        }
        Ok(total)
    }
}

impl Drop for Generator {
    /// Waits until every connection is closed: the next contender's window must not contain this one's end.
    fn drop(&mut self) {
        for Worker { windows, thread } in self.workers.drain(..) {
            drop(windows);
            // A panic has already been printed by its thread, and its missing tally has failed the run.
            thread.join().ok();
        }
    }
}

/// The part of `total` that falls to the one with `index` among `parts`.
fn share(total: usize, parts: usize, index: usize) -> usize {
    total / parts + usize::from(index < total % parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_differ_by_one_at_most_and_add_up() {
        let shares: Vec<usize> = (0..3).map(|index| share(64, 3, index)).collect();
        assert_eq!(shares, [22, 21, 21]);
    }
}
