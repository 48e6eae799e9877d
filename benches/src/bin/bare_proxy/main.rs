//! The yardstick: a TLS reverse proxy on hyper and rustls that does nothing a proxy may leave out.
//!
//! It has no routes, limits, time-outs, retries, logs or metrics, so what a gateway on the same libraries costs more than this
//! is the price of what the gateway does.
//! One current-thread runtime, listener socket and connection pool per worker; nothing is shared between them.

mod forward;
mod listener;
mod pool;

use std::{
    io::Write,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    thread,
};

use anyhow::{Context, Result, anyhow};
use clap::Parser;
use gateway_benches::certificate;

use crate::{listener::Worker, pool::Pool};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Forwards every request to one upstream over HTTP/1.1 and prints the address it listens on.
///
/// Example: bare_proxy --upstream 127.0.0.1:8000 --certificate server.pem --key server.key
#[derive(Parser)]
struct Options {
    /// Address of the only upstream, which speaks HTTP/1.1 without TLS.
    #[arg(long)]
    upstream: SocketAddr,
    /// PEM file with the server's certificate chain.
    #[arg(long)]
    certificate: PathBuf,
    /// PEM file with the server's private key.
    #[arg(long)]
    key: PathBuf,
    /// Worker threads.
    #[arg(long, default_value_t = 2)]
    workers: usize,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let tls = certificate::server_config(&options.certificate, &options.key)?;
    let sockets = listener::bind_shared((Ipv4Addr::LOCALHOST, 0).into(), options.workers)?;
    let address = sockets.first().context("--workers 0 leaves nobody to listen; give 1 or more")?.local_addr()?;
    writeln!(std::io::stdout(), "{address}")?;

    let workers: Vec<_> = sockets
        .into_iter()
        .map(|socket| {
            let tls = tls.clone();
            let upstream = options.upstream;
            thread::spawn(move || Worker { socket, tls, pool: Pool::new(upstream) }.run())
        })
        .collect();
    for worker in workers {
        worker.join().map_err(|_| anyhow!("a worker panicked"))??;
    }
    Ok(())
}
