//! A gateway under measurement, running as a process of its own.

pub mod bare;
pub mod nginx;
pub mod sluice;
pub mod varnish;

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use hyper::HeaderMap;

use crate::{certificate::Certificate, cpu, process::Process};

/// How long a gateway may take from its start to its first accepted connection.
const START_LIMIT: Duration = Duration::from_secs(10);

/// A started gateway; it ends with this value.
pub struct Contender {
    /// What the report calls it.
    pub name: String,
    /// Its process, whose CPU time is counted together with that of its children.
    pub process: Process,
    /// Processes that it needs beside it, counted alike.
    pub beside: Vec<Process>,
    /// Where it serves TLS for [`SERVER_NAME`](crate::SERVER_NAME).
    pub address: SocketAddr,
    /// What requests must carry for it, a credential for example; the requests of all contenders carry it then.
    pub headers: HeaderMap,
}

impl Contender {
    /// CPU time that it has used, all its processes together.
    ///
    /// # Errors
    /// When one of them has ended.
    pub fn cpu_time(&self) -> Result<Duration> {
        let processes = std::iter::once(&self.process).chain(&self.beside);
        processes.map(|process| cpu::time_of(process.id())).sum()
    }
}

/// What every contender of a run is given, and the same for each.
pub struct Surroundings<'a> {
    /// The service behind it, HTTP/1.1 without TLS.
    pub upstream: SocketAddr,
    /// The certificate to serve with.
    pub certificate: &'a Certificate,
    /// Worker threads or processes to serve with.
    pub workers: usize,
    /// Whether the load speaks HTTP/2, for those that have to be told.
    pub http2: bool,
    /// Most connections the load opens, so that a contender can keep as many to the upstream.
    pub connections: usize,
    /// A folder for its files, removed after the run.
    pub scratch: &'a Path,
}

/// Waits until `process` accepts connections on `address`.
///
/// # Errors
/// When it ends, or takes longer than ten seconds.
pub fn wait_until_accepting(process: &mut Process, address: SocketAddr) -> Result<()> {
    let deadline = Instant::now() + START_LIMIT;
    while TcpStream::connect(address).is_err() {
        process.check_running()?;
        ensure!(
            Instant::now() < deadline,
            "process {} does not accept on {address} after {START_LIMIT:?}",
            process.id()
        );
        // A foreign process tells nobody when it begins to listen.
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// A port that is free now, for a contender that cannot say which one the system chose for it.
///
/// Another process may take it before the contender does, which then does not start.
///
/// # Errors
/// When the system has no port left.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
